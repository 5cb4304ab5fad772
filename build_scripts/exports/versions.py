"""What changed between two versions of the package, row by row. Gets two `Package`s, gives a `ChangeList`.

Rows are matched by their table's key, so a row that only moved is not a change. A revision of a published value is a
new row (the progress tables are append-only); a changed cell in an old row is a correction of our own record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from build_scripts.core.records import Package
from build_scripts.core.tables import TABLES
from build_scripts.exports.formats.delimited import text_of
from build_scripts.exports.tables import cell

# A row's record: any of the model's frozen classes.
Record = Any


class Kind(StrEnum):
    """What happened to a row."""

    ADDED = "added"
    REVISED = "revised"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One row added or removed, or one cell of it changed; `old` and `new` as the CSV writes them."""

    kind: Kind
    table: str
    key: tuple[str, ...]
    field: str = ""
    old: str = ""
    new: str = ""

    @property
    def key_text(self) -> str:
        """The key in one word, as addresses and lists show it."""
        return "/".join(self.key)


@dataclass(frozen=True, slots=True)
class ChangeList:
    """Every change from version `old` to version `new`, by table in the contract's order, then by key."""

    old: str
    new: str
    changes: tuple[Change, ...]

    def count(self, table: str, kind: Kind) -> int:
        """How many rows of a table were added, revised or removed; several cells of one row count once."""
        return len({change.key for change in self.changes if change.table == table and change.kind is kind})

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that changed, in the contract's order."""
        changed = {change.table for change in self.changes}
        return tuple(table for table in TABLES if table in changed)


def diff(old: Package, new: Package) -> ChangeList:
    """The changes that turn `old` into `new`."""
    changes = tuple(change for table in TABLES for change in _table(table, getattr(old, table), getattr(new, table)))
    return ChangeList(str(old.meta.get("version") or ""), str(new.meta.get("version") or ""), changes)


def _table(table: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Change]:
    before, after = _by_key(table, old), _by_key(table, new)
    for key in sorted(before.keys() | after.keys()):
        if key not in before:
            yield Change(Kind.ADDED, table, key)
        elif key not in after:
            yield Change(Kind.REMOVED, table, key)
        else:  # compared as text: 2250 and 2250.0 are equal numbers but not the same record
            yield from _row(table, key, before[key], after[key])


def _row(table: str, key: tuple[str, ...], old: Record, new: Record) -> Iterator[Change]:
    for field in fields(new):
        was, now = (text_of(cell(getattr(record, field.name))) for record in (old, new))
        if was != now:
            yield Change(Kind.REVISED, table, key, field.name, was, now)


def _by_key(table: str, records: Sequence[Any]) -> dict[tuple[str, ...], Any]:
    columns = TABLES[table].key
    return {tuple(text_of(cell(getattr(each, column))) for column in columns): each for each in records}
