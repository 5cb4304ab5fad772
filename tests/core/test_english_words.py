"""The English words: the same keys as the Chinese ones, no other placeholders, no Chinese characters or marks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

from all_of import all_of

import build_scripts.locale
from build_scripts.locale.catalogue import is_plural

FOLDER = Path(build_scripts.locale.__file__).parent
FILES = sorted(path.name for path in (FOLDER / "en").glob("*.toml"))
CHINESE = re.compile(r"[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”]")
# The marks inside quotation marks are the double ones.
QUOTED = frozenset({"format.nested"})


def flat(prefix: str, table: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The words of a table by dotted key; a table of plural forms is one of them."""
    for key, value in table.items():
        if isinstance(value, dict) and not is_plural(value):
            yield from flat(f"{prefix}.{key}", value)
        else:
            yield f"{prefix}.{key}", value


def words(language: str, name: str) -> dict[str, Any]:
    path = FOLDER / language / name
    return dict(flat(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))))


def sentences(value: Any) -> list[str]:
    """What may be printed: the text itself, its plural forms, or the words of a list."""
    if isinstance(value, dict):
        return [text for form, text in value.items() if form not in {"by", "nth"}]
    return value if isinstance(value, list) else [value]


def placeholders(value: Any) -> set[str]:
    return {name for text in sentences(value) for _, name, _, _ in Formatter().parse(text) if name is not None}


@all_of("name", FILES)
def test_every_sentence_has_both_languages(name: str) -> None:
    assert set(words("en", name)) == set(words("zh", name))


@all_of("name", FILES)
def test_english_fills_in_nothing_else(name: str) -> None:
    chinese = words("zh", name)
    for key, value in words("en", name).items():
        assert placeholders(value) <= placeholders(chinese[key]), key


@all_of("name", FILES)
def test_plural_forms_are_chosen_by_a_number_of_the_sentence(name: str) -> None:
    for key, value in words("en", name).items():
        if isinstance(value, dict):
            assert set(value) in ({"by", "one", "other"}, {"nth", "one", "two", "few", "other"}), key
            assert value.get("by", value.get("nth")) in placeholders(value["other"]), key


@all_of("name", FILES)
def test_english_has_no_chinese_characters_or_marks(name: str) -> None:
    for key, value in words("en", name).items():
        if key not in QUOTED:
            assert not [text for text in sentences(value) if CHINESE.search(text)], key
