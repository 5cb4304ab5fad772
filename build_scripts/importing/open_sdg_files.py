"""An Open SDG folder as it lies: settings, what is said of each indicator, its table, translations, official classes.

Gets a folder, gives `SdgFolder`. Source: the documentation of Open SDG (formats of data and metadata, progress).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd
import yaml

from build_scripts.core.errors import UsageError
from build_scripts.core.yaml_size import MOST, entries, too_deep
from build_scripts.importing.frames import named, read_text_table
from build_scripts.locale import t

_FRONT = re.compile(r"\A\ufeff?-{3,}[ \t]*\n(.*?)(?:^-{3,}.*)?\Z", re.DOTALL | re.MULTILINE)
_DATA = re.compile(r"indicator_(.+)\.csv")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_NEEDED = ("Year", "Value")
_PREFIX = "data."
_CLASSES = "indicator_calculation_components.yml"


class Front(dict[str, Any]):
    """What is said of an indicator; `said` gives a text as it is written, where YAML makes a number or a day of it."""

    written: Mapping[str, str] = MappingProxyType({})

    def said(self, *keys: str) -> str:
        """The first of some texts that is there; a list of texts is none."""
        return next((text for key in keys if (text := self.written.get(key, "").strip())), "")


@dataclass(frozen=True)
class SdgFolder:
    """What the folder holds: `meta` by indicator, `words` by language and text, `classes` by indicator."""

    path: Path
    languages: tuple[str, ...]
    meta: Mapping[str, Front]
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
        frame.columns = named(path, [str(column).strip().removeprefix(_PREFIX) for column in frame.columns], _NEEDED)
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
    codes = [str(code) for code in said if _LANGUAGE.fullmatch(str(code))] if isinstance(said, list) else []
    languages = tuple(dict.fromkeys(codes)) or ("en",)
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


def _front(path: Path) -> Front:
    """What stands between the lines of hyphens at the head of a page; all of a file that is YAML."""
    text = _text(path)
    if path.suffix == ".md":
        found = _FRONT.match(text)
        text = found[1] if found else ""
    return _parsed(path, text)


def _mapping(path: Path) -> Front:
    return _parsed(path, _text(path))


def _parsed(path: Path, text: str) -> Front:
    """A YAML mapping; of what is none, nothing.

    Raises:
        UsageError: it is no YAML, or stands for more than anybody writes.
    """
    if too_deep(text):
        raise UsageError(t("errors.yaml_too_large", path=path, most=MOST))
    loader = _LOADER(text)
    try:
        node = loader.get_single_node()
        if entries(node) > MOST:
            raise UsageError(t("errors.yaml_too_large", path=path, most=MOST))
        found = None if node is None else loader.construct_document(node)
    except (yaml.YAMLError, ValueError, RecursionError) as failure:  # a day that is no day, half a character
        reason = " ".join(str(failure).split())[:200]
        raise UsageError(t("errors.no_yaml", path=path, reason=reason)) from None
    finally:
        loader.dispose()
    front = Front(found if isinstance(found, dict) else {})
    front.written = _written(node)
    return front


def _written(node: yaml.Node | None) -> dict[str, str]:
    """The texts of a mapping as they are written; what is said to be nothing is none."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    scalars = [(key.value, value) for key, value in pairs if isinstance(value, yaml.ScalarNode)]
    return {str(key): str(value.value) for key, value in scalars if not value.tag.endswith((":null", ":binary"))}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(t("importing.fault.encoding", path=path)) from None
    except OSError as failure:
        raise UsageError(t("importing.fault.unreadable", path=path, reason=failure.strerror or failure)) from None
