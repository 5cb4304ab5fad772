"""An Open SDG folder as it lies: settings, what is said of each indicator, its table, translations, official classes.

Gets a folder, gives `SdgFolder`. Source: the documentation of Open SDG (formats of data and metadata, progress).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from build_scripts.core.errors import UsageError
from build_scripts.importing.frames import read_text_table
from build_scripts.locale import t

_FRONT = re.compile(r"\A\ufeff?-{3,}[ \t]*\n(.*?)(?:^-{3,}.*)?\Z", re.DOTALL | re.MULTILINE)
_DATA = re.compile(r"indicator_(.+)\.csv")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PREFIX = "data."
_CLASSES = "indicator_calculation_components.yml"


@dataclass(frozen=True)
class SdgFolder:
    """What the folder holds: `meta` by indicator, `words` by language and text, `classes` by indicator."""

    path: Path
    languages: tuple[str, ...]
    meta: Mapping[str, Mapping[str, Any]]
    words: Mapping[str, Mapping[str, str]]
    classes: Mapping[str, Mapping[str, Any]]
    tables: Mapping[str, Path] = field(default_factory=dict)

    def word(self, text: str, language: str) -> str:
        """A text of the data in a language, or in none where it is not translated."""
        return self.words.get(language, {}).get(text.removeprefix(_PREFIX), "")

    def table(self, number: str) -> pd.DataFrame | None:
        """An indicator's table as text, without the prefixes that mark what is to be translated; None without one."""
        path = self.tables.get(number)
        if path is None:
            return None
        frame = read_text_table(path)
        frame.columns = [str(column).strip().removeprefix(_PREFIX) for column in frame.columns]
        for column in ("Year", "Value"):
            if column not in frame.columns:
                raise UsageError(t("importing.fault.column", path=path, column=column))
        tidy: pd.DataFrame = frame.fillna("").apply(lambda column: column.str.strip().str.removeprefix(_PREFIX))
        return tidy


def read_folder(path: Path) -> SdgFolder:
    """Everything but the tables themselves.

    Raises:
        UsageError: it is no such folder, or a file in it cannot be read.
    """
    if not path.is_dir():
        raise UsageError(t("importing.fault.no_folder", path=path))
    files = sorted([*(path / "meta").glob("*.md"), *(path / "meta").glob("*.yml")])
    tables = {found[1]: each for each in sorted((path / "data").glob("*.csv")) if (found := _DATA.fullmatch(each.name))}
    if not files or not tables:
        raise UsageError(t("importing.fault.no_sdg", path=path))
    settings = _mapping(path / "config_data.yml") if (path / "config_data.yml").is_file() else {}
    said = settings.get("languages")
    languages = tuple(str(code) for code in said) if isinstance(said, list) and said else ("en",)
    classes = _mapping(path / _CLASSES) if (path / _CLASSES).is_file() else {}
    meta = {each.stem: _front(each) for each in files if not each.stem.startswith("_")}
    return SdgFolder(path, languages, meta, {code: _words(path, code) for code in languages}, classes, tables)


def _words(path: Path, code: str) -> dict[str, str]:
    """The words of a language by what they translate; those of `data` come first."""
    found: dict[str, str] = {}
    files = sorted((path / "translations" / code).glob("*.y*ml"), key=lambda each: each.stem == "data")
    for each in files:
        for key, text in _mapping(each).items():
            if isinstance(text, str | int | float):
                found[str(key) if each.stem == "data" else f"{each.stem}.{key}"] = str(text)
    return found


def _front(path: Path) -> Mapping[str, Any]:
    """What stands between the lines of hyphens at the head of a page; all of a file that is YAML."""
    text = _text(path)
    if path.suffix == ".md":
        found = _FRONT.match(text)
        text = found[1] if found else ""
    return _parsed(path, text)


def _mapping(path: Path) -> Mapping[str, Any]:
    return _parsed(path, _text(path))


def _parsed(path: Path, text: str) -> Mapping[str, Any]:
    try:
        found = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe one, the faster of two where it is there
    except yaml.YAMLError as failure:
        reason = " ".join(str(failure).split())[:200]
        raise UsageError(t("errors.no_yaml", path=path, reason=reason)) from None
    return found if isinstance(found, dict) else {}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(t("importing.fault.encoding", path=path)) from None
    except OSError as failure:
        raise UsageError(t("importing.fault.unreadable", path=path, reason=failure.strerror or failure)) from None
