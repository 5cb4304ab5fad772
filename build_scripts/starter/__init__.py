"""A package and site to start from. Gets a folder and the engine's own files, gives the files of a small, valid site.

Schemas, styles and scripts are copied from the engine's checkout, so they can never fall behind it; the few rows in
`files.<language>/` say of themselves that they are examples. `words.<language>.toml` has what else is written.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from build_scripts.core.language import language
from build_scripts.core.settings import CONFIG, DESCRIPTOR
from build_scripts.core.tables import TABLES
from build_scripts.locale.schema_words import worded
from build_scripts.starter.resources import resource

_FOLDER = Path(__file__).parent
_PAGES = ("about.md", "participate.md")
# Pictures of the first city's site and of the engine's own modules.
_NOT_COPIED = shutil.ignore_patterns("*.png", "stages.svg")
_PACKAGE: dict[str, Any] = {
    "name": "example-plan-progress",
    "version": "0.1.0",
    "sources": [{"title": "{plan}"}],
    "contributors": [{"title": "{operator}", "roles": ["author", "maintainer"]}],
}


@dataclass(frozen=True, slots=True)
class Names:
    """What a new site is called: the place, its plan, who runs the site, and where it will stand (or nothing yet).

    `mail` and `issues` are where readers write to, empty where there is none. A name not given is that of the example.
    """

    place: str = ""
    plan: str = ""
    operator: str = ""
    address: str = ""
    mail: str = ""
    issues: str = ""

    def or_of(self, example: Mapping[str, Any]) -> Names:
        """These names, and those of the example for what is not given."""
        place = self.place or example["place"]
        operator = self.operator or example["operator"].replace("{place}", place)
        return replace(self, place=place, plan=self.plan or example["plan"], operator=operator)

    def put(self, text: str) -> str:
        """A text with these names in it."""
        facts = {"place": self.place, "plan": self.plan, "operator": self.operator}
        for name, value in facts.items():
            text = text.replace(f"{{{name}}}", value)
        return text


def write_starter(folder: Path, engine: Path, names: Names | None = None) -> None:
    """Write a new site into `folder`, in the language in force: `datapackage/`, `docs/`, `mkdocs.yml`.

    Args:
        folder: where to; must be empty or not exist yet (the caller checks).
        engine: the engine's checkout, whose schemas, styles and settings are copied.
        names: what the place, its plan and the site are called; those of an example where they are not given.
    """
    words = tomllib.loads((_FOLDER / f"words.{language()}.toml").read_text(encoding="utf-8"))
    names = (names or Names()).or_of(words)
    package, tables = folder / "datapackage", _FOLDER / f"files.{language()}"
    for path in sorted(tables.rglob("*.csv")):
        _write(package / path.relative_to(tables), _renamed(path.read_text(encoding="utf-8"), words, names))
    for path in sorted((engine / "datapackage" / "schemas").glob("*.json")):
        schema = worded(path.stem, json.loads(path.read_text(encoding="utf-8")))
        _write(package / "schemas" / path.name, _json(schema))
    contract = {path.stem for path in tables.rglob("*.csv")}
    _write(package / DESCRIPTOR, _descriptor(engine, contract, words, names))
    shutil.copytree(engine / "docs" / "assets", folder / "docs" / "assets", ignore=_NOT_COPIED, dirs_exist_ok=True)
    for path in _pages(engine):
        shutil.copy(path, folder / "docs" / path.name)
    _write(folder / CONFIG, _site_settings(engine, folder, words, names))


def _pages(engine: Path) -> list[Path]:
    """The hand-written pages of a new site: the engine's own, or those of another language."""
    own = sorted((_FOLDER / f"pages.{language()}").glob("*.md"))
    return own or [engine / "docs" / name for name in _PAGES]


def _renamed(table: str, words: Mapping[str, Any], names: Names) -> str:
    """A table of the example with the new names, quoted where a name holds what CSV keeps for itself."""
    example = {words["plan"]: names.plan, words["place"]: names.place}
    rows = [[_put_for(example, cell) for cell in row] for row in _cells(table)]
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _put_for(names: Mapping[str, str], text: str) -> str:
    """A text with each of the example's names replaced, all at once: a new name may hold an old one."""
    return re.sub("|".join(map(re.escape, names)), lambda found: names[found.group()], text)


def _cells(table: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table, newline="")))


def _descriptor(engine: Path, contract: set[str], words: Mapping[str, Any], names: Names) -> str:
    """The engine's descriptor with the words of an example package; the resources stay."""
    descriptor: dict[str, Any] = json.loads((engine / "datapackage" / DESCRIPTOR).read_text(encoding="utf-8"))
    listed = {each["name"]: each for each in descriptor["resources"]}
    names_of_tables = [name for name in TABLES if name in contract]
    resources = [worded(name, listed.get(name) or resource(engine, name)) for name in names_of_tables]
    licences = words.get("licence", {})
    descriptor["licenses"] = [
        each | {"title": licences.get(each["title"], each["title"])} for each in descriptor["licenses"]
    ]
    return _json(descriptor | {"resources": resources} | _put(_PACKAGE | words["package"], names))


def _put(value: Any, names: Names) -> Any:  # noqa: ANN401 - a JSON value
    """A JSON value with the names put into its strings."""
    if isinstance(value, dict):
        return {key: _put(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [_put(item, names) for item in value]
    return names.put(value) if isinstance(value, str) else value


def _site_settings(engine: Path, folder: Path, words: Mapping[str, Any], names: Names) -> str:
    """The engine's `mkdocs.yml` with the new names, and without pages that the new site does not have."""
    text = (engine / CONFIG).read_text(encoding="utf-8")
    for key, said in words["site"].items():
        text = _setting(text, key, names.put(said))
    for key, said in {"name": names.operator, "mail": names.mail, "issues": names.issues}.items():
        text = _setting(text, f"    {key}", said)
    text = _setting(text, "  doi", "")
    # The engine's hook is not there; a new site is built by our own commands.
    text = re.sub(r"(?m)^# Lets `mkdocs build`.*\nhooks:\n(?: {2}- .*\n)+\n?", "", text)
    # What the first city's site is called in other languages is no other's name.
    text = re.sub(r"(?m)^  # What the site and who runs it.*\n  names:\n(?: {4}.*\n)+", "", text)
    text = re.sub(r"(?m)^site_url: .*$", lambda _: f"site_url: !ENV [SITE_URL, {json.dumps(names.address)}]", text)
    lines = [line for line in text.splitlines() if not _names_missing_page(line, engine, folder)]
    kept = [line for line, after in zip(lines, [*lines[1:], ""], strict=True) if not _is_empty(line, after)]
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


def _is_empty(line: str, after: str) -> bool:
    """Whether a line of `nav` heads a group of which no page is left."""
    found = re.fullmatch(r"(\s+)- [^:]+:", line)
    return found is not None and len(after) - len(after.lstrip()) <= len(found[1])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
