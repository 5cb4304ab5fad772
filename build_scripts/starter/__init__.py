"""A package and site to start from. Gets a folder and the engine's own files, gives the files of a small, valid site.

Schemas, styles and scripts are copied from the engine's checkout, so they can never fall behind it; the few rows in
`files/` say of themselves that they are examples.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

_FILES = Path(__file__).parent / "files"
_PAGES = ("about.md", "participate.md")
_SITE_WORDS = {
    "site_name": "规划进展公开·示例市",
    "site_description": "示例市规划目标的公开进展：承诺了什么，公布到哪一步，数字出自哪里。",
}
_PACKAGE_WORDS = {
    "name": "example-plan-progress",
    "title": "示例市规划目标与进展",
    "description": "随程序附带的示例数据包：换成自己的规划后，请改写这里的标题和说明。",
    "version": "0.1.0",
    "keywords": ["规划", "目标", "进展", "公开数据"],
    "sources": [{"title": "示例市发展规划（示例，请替换）"}],
}


def write_starter(folder: Path, engine: Path) -> None:
    """Write a new site into `folder`: `datapackage/`, `docs/`, `mkdocs.yml`.

    Args:
        folder: where to; must be empty or not exist yet (the caller checks).
        engine: the engine's checkout, whose schemas, styles and settings are copied.
    """
    package = folder / "datapackage"
    shutil.copytree(_FILES, package, dirs_exist_ok=True)
    shutil.copytree(engine / "datapackage" / "schemas", package / "schemas", dirs_exist_ok=True)
    _write(package / "datapackage.json", _descriptor(engine))
    shutil.copytree(engine / "docs" / "assets", folder / "docs" / "assets", dirs_exist_ok=True)
    for name in _PAGES:
        shutil.copy(engine / "docs" / name, folder / "docs" / name)
    _write(folder / "mkdocs.yml", _site_settings(engine, folder))


def _descriptor(engine: Path) -> str:
    """The engine's descriptor with the words of an example package; the resources stay."""
    descriptor: dict[str, Any] = json.loads((engine / "datapackage" / "datapackage.json").read_text(encoding="utf-8"))
    contract = {path.stem for path in _FILES.rglob("*.csv")}
    descriptor["resources"] = [each for each in descriptor["resources"] if each["name"] in contract]
    return json.dumps(descriptor | _PACKAGE_WORDS, ensure_ascii=False, indent=2) + "\n"


def _site_settings(engine: Path, folder: Path) -> str:
    """The engine's `mkdocs.yml` with the example's words, and without pages that the new site does not have."""
    text = (engine / "mkdocs.yml").read_text(encoding="utf-8")
    for key, words in _SITE_WORDS.items():
        text = re.sub(rf"(?m)^{key}:.*$", f"{key}: {words}", text)
    kept = [line for line in text.splitlines() if not _names_missing_page(line, engine, folder)]
    return "\n".join(kept) + "\n"


def _names_missing_page(line: str, engine: Path, folder: Path) -> bool:
    """Whether a line of `nav` names a hand-written page that was not copied."""
    found = re.fullmatch(r"\s+- [^:]+: (\S+\.md)", line)
    if not found:
        return False
    return (engine / "docs" / found[1]).is_file() and not (folder / "docs" / found[1]).is_file()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
