"""Copies what an example shares with the engine beside its own pages: `python examples/assets.py examples/canada`.

Styles and scripts, and the guides that every new English site begins with and the example has not written itself.
"""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
GUIDES = ("data-contract.md", "method-notes.md", "open-data.md")


def copy_assets(example: Path) -> None:
    """Styles, scripts, icons and guides as they are now; no picture of the first site."""
    docs = example / "docs"
    shutil.rmtree(docs / "assets", ignore_errors=True)
    shutil.copytree(ROOT / "docs" / "assets", docs / "assets", ignore=shutil.ignore_patterns("*.png", "stages.svg"))
    for name in GUIDES:
        shutil.copy(ROOT / "build_scripts" / "starter" / "pages.en" / name, docs / name)


if __name__ == "__main__":
    copy_assets(Path(sys.argv[1]))
