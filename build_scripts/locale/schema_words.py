"""The contract's tables and columns in the words of a language. Gets a schema as the engine has it, gives it worded.

The engine's own schemas are in Chinese; `<language>/schemas/words.toml` has the words of another language.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from build_scripts.core.language import language

_FOLDER = Path(__file__).parent


def worded(name: str, described: Mapping[str, Any]) -> dict[str, Any]:
    """A table's resource or Table Schema with the title and description of the language in force; the rest stays."""
    words = _words(language()).get(name)
    if words is None:
        return dict(described)
    said = {**described, "title": words["title"], "description": words["description"]}
    if "fields" in said:
        said["fields"] = [_field(name, field) for field in said["fields"]]
    return said


def _field(table: str, field: Mapping[str, Any]) -> dict[str, Any]:
    """A column with its words; the unit only where the language names one."""
    words = _words(language())
    found = words[table].get("fields", {}).get(field["name"]) or words["fields"].get(field["name"])
    if found is None:
        return dict(field)
    title, description, *unit = found
    said = {name: value for name, value in field.items() if name != "unit"}
    return {**said, "title": title, "description": description, **({"unit": unit[0]} if unit else {})}


@cache
def _words(code: str) -> dict[str, Any]:
    path = _FOLDER / code / "schemas" / "words.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
