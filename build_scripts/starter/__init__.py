"""A package and site to start from. Gets a folder and the engine's own files, gives the files of a small, valid site.

Schemas, styles and scripts are copied from the engine's checkout, so they can never fall behind it; the few rows in
`files/` say of themselves that they are examples.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FILES = Path(__file__).parent / "files"
_PAGES = ("about.md", "participate.md")
# Pictures of the first city's site and of the engine's own modules.
_NOT_COPIED = shutil.ignore_patterns("*.png", "stages.svg")
_PLACE, _PLAN = "示例市", "示例市发展规划（示例，请替换）"
_SITE_WORDS = {
    "site_name": "规划进展公开·{place}",
    "site_description": "{place}规划目标的公开进展：承诺了什么，公布到哪一步，数字出自哪里。",
}
_PACKAGE_WORDS: dict[str, Any] = {
    "name": "example-plan-progress",
    "title": "{place}规划目标与进展",
    "description": "随程序附带的示例数据包：换成自己的规划后，请改写这里的标题和说明。",
    "version": "0.1.0",
    "keywords": ["规划", "目标", "进展", "公开数据"],
    "sources": [{"title": "{plan}"}],
    "contributors": [{"title": "{operator}", "roles": ["author", "maintainer"]}],
}


@dataclass(frozen=True, slots=True)
class Names:
    """What a new site is called: the place, its plan, who runs the site, and where it will stand (or nothing yet).

    `mail` and `issues` are where readers write to, empty where there is none.
    """

    place: str = _PLACE
    plan: str = _PLAN
    operator: str = "{place}规划进展公开编辑组"
    address: str = ""
    mail: str = ""
    issues: str = ""

    def put(self, text: str) -> str:
        """A text with these names in it."""
        operator = self.operator.replace("{place}", self.place)
        facts = {"place": self.place, "plan": self.plan, "operator": operator}
        for name, value in facts.items():
            text = text.replace(f"{{{name}}}", value)
        return text


def write_starter(folder: Path, engine: Path, names: Names | None = None) -> None:
    """Write a new site into `folder`: `datapackage/`, `docs/`, `mkdocs.yml`.

    Args:
        folder: where to; must be empty or not exist yet (the caller checks).
        engine: the engine's checkout, whose schemas, styles and settings are copied.
        names: what the place, its plan and the site are called; those of an example where they are not given.
    """
    names = names or Names()
    package = folder / "datapackage"
    for path in sorted(_FILES.rglob("*.csv")):
        _write(package / path.relative_to(_FILES), _renamed(path.read_text(encoding="utf-8"), names))
    shutil.copytree(engine / "datapackage" / "schemas", package / "schemas", dirs_exist_ok=True)
    _write(package / "datapackage.json", _descriptor(engine, names))
    shutil.copytree(engine / "docs" / "assets", folder / "docs" / "assets", ignore=_NOT_COPIED, dirs_exist_ok=True)
    for name in _PAGES:
        shutil.copy(engine / "docs" / name, folder / "docs" / name)
    _write(folder / "mkdocs.yml", _site_settings(engine, folder, names))


def _renamed(table: str, names: Names) -> str:
    """A table of the example with the new names, quoted where a name holds what CSV keeps for itself."""
    rows = [[cell.replace(_PLAN, names.plan).replace(_PLACE, names.place) for cell in row] for row in _cells(table)]
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _cells(table: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table, newline="")))


def _descriptor(engine: Path, names: Names) -> str:
    """The engine's descriptor with the words of an example package; the resources stay."""
    descriptor: dict[str, Any] = json.loads((engine / "datapackage" / "datapackage.json").read_text(encoding="utf-8"))
    contract = {path.stem for path in _FILES.rglob("*.csv")}
    descriptor["resources"] = [each for each in descriptor["resources"] if each["name"] in contract]
    return json.dumps(descriptor | _put(_PACKAGE_WORDS, names), ensure_ascii=False, indent=2) + "\n"


def _put(value: Any, names: Names) -> Any:  # noqa: ANN401 - a JSON value
    """A JSON value with the names put into its strings."""
    if isinstance(value, dict):
        return {key: _put(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [_put(item, names) for item in value]
    return names.put(value)


def _site_settings(engine: Path, folder: Path, names: Names) -> str:
    """The engine's `mkdocs.yml` with the new names, and without pages that the new site does not have."""
    text = (engine / "mkdocs.yml").read_text(encoding="utf-8")
    said = {key: names.put(words) for key, words in _SITE_WORDS.items()}
    operator = {"name": names.put(names.operator), "mail": names.mail, "issues": names.issues}
    for key, words in said.items():
        text = _setting(text, key, words)
    for key, words in operator.items():
        text = _setting(text, f"    {key}", words)
    text = re.sub(r"(?m)^site_url: .*$", lambda _: f"site_url: !ENV [SITE_URL, {json.dumps(names.address)}]", text)
    kept = [line for line in text.splitlines() if not _names_missing_page(line, engine, folder)]
    return "\n".join(kept) + "\n"


def _setting(text: str, key: str, words: str) -> str:
    """A settings file with one value of the first key of that name changed; quoted, so that any name is a text."""
    return re.sub(rf"(?m)^{key}:.*$", lambda _: f"{key}: {json.dumps(words, ensure_ascii=False)}", text, count=1)


def _names_missing_page(line: str, engine: Path, folder: Path) -> bool:
    """Whether a line of `nav` names a hand-written page that was not copied."""
    found = re.fullmatch(r"\s+- [^:]+: (\S+\.md)", line)
    if not found:
        return False
    return (engine / "docs" / found[1]).is_file() and not (folder / "docs" / found[1]).is_file()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
