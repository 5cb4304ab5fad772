"""Copies the engine's styles and scripts beside an example's pages: `python examples/assets.py examples/canada`."""

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def copy_assets(example: Path) -> None:
    """Styles, scripts and icons as they are now; no picture of the first site."""
    to = example / "docs" / "assets"
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(ROOT / "docs" / "assets", to, ignore=shutil.ignore_patterns("*.png", "stages.svg"))


if __name__ == "__main__":
    copy_assets(Path(sys.argv[1]))
