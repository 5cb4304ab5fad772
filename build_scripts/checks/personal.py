"""Rules about people: everything in a package is published, and nobody's numbers may be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from build_scripts.checks.check import Check
from build_scripts.core.characters import strings
from build_scripts.core.government import government
from build_scripts.core.personal import PHONE, Found, numbers
from build_scripts.core.records import Severity, Violation
from build_scripts.core.tables import TABLES
from build_scripts.load import DESCRIPTOR, Place, Tables, violation
from build_scripts.load.violations import visible
from build_scripts.locale import t, words

# How far before a number the words are looked for that say it is an office's.
_BEFORE = 24


def numbers_are_nobodys(tables: Tables, _today: date) -> Iterator[Violation]:
    """No text holds an identity, phone or bank card number; an office's phone is said to be one, there or in a note."""
    country = government(tables.meta).country
    for table in TABLES.values():
        names = [each.name for each in table.columns if each.type in (str, tuple) and _is_text(each.name, table.key)]
        for name in names:
            for row, item in tables.rows_where(table.record, name, partial(_holds, country)):
                note = str(getattr(item, "note", "") or "")
                for found in _private(getattr(item, name), country, note if name != "note" else ""):
                    yield violation("personal-number", tables.place(table.record), row, name, _facts(found))
    for path, text, _prose in strings(dict(tables.meta)):
        if not path.rpartition(".")[2].startswith(("path", "homepage", "url", "hash")):
            for found in _private(text, country, ""):
                yield violation("personal-number", Place(DESCRIPTOR), 0, visible(path), _facts(found))


def _is_text(column: str, key: tuple[str, ...]) -> bool:
    """Whether people write in a column: ids, codes and addresses are no place for anybody's numbers."""
    return column not in {"url", "adcode"} and not column.endswith(("_id", "_ids")) and column not in key[:1]


def _holds(country: str, value: str | tuple[str, ...] | None) -> bool:
    return any(True for _ in _private(value, country, ""))


def _private(value: str | tuple[str, ...] | None, country: str, note: str) -> Iterator[Found]:
    """The numbers in a cell that are not said to be an office's."""
    for text in value if isinstance(value, tuple) else (value or "",):
        for found in numbers(text, country):
            around = (text[max(0, found.start - _BEFORE) : found.start] + note).lower()
            if found.kind != PHONE or not any(word in around for word in words("checks.personal-number.office")):
                yield found


def _facts(found: Found) -> dict[str, object]:
    return {"kind": t(f"checks.personal-number.{found.kind}"), "found": found.masked}


CHECKS = (Check("personal-number", Severity.WARNING, numbers_are_nobodys),)
