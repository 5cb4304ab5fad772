"""The data dictionary, read off the Table Schemas so that it cannot drift. Gets tables, gives records for pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from build_scripts.exports.tables import Field, Table
from build_scripts.locale import listed, t
from build_scripts.locale.catalogue import has


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """One column in words: `type` and `constraints` as sentences, `refers_to` the table it points to or `""`."""

    name: str
    title: str
    type: str
    unit: str
    constraints: tuple[str, ...]
    meaning: str
    is_key: bool
    refers_to: str


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One table in words, with its columns in order and how many rows it has."""

    name: str
    title: str
    description: str
    derived: bool
    rows: int
    fields: tuple[FieldEntry, ...]


def dictionary(tables: Iterable[Table]) -> tuple[TableEntry, ...]:
    """An entry for every table, in the given order."""
    return tuple(
        TableEntry(
            table.name,
            table.title,
            table.description,
            table.derived,
            len(table.rows),
            tuple(_field(table, field) for field in table.fields),
        )
        for table in tables
    )


def _field(table: Table, field: Field) -> FieldEntry:
    return FieldEntry(
        field.name,
        field.title,
        t(f"opendata.type.{field.type}"),
        field.unit,
        tuple(_constraints(field)),
        field.description,
        field.name in table.primary_key,
        _refers_to(table, field.name),
    )


def _constraints(field: Field) -> Iterable[str]:
    """What the schema demands of a cell, one sentence each; what has no sentence is shown as the schema writes it."""
    for name, value in field.raw.get("constraints", {}).items():
        if value is False:
            continue
        shown = listed(map(str, value)) if isinstance(value, list) else str(value)
        key = f"opendata.constraint.{name}"
        yield t(key, value=shown) if has(key) else f"{name}: {shown}"


def _refers_to(table: Table, column: str) -> str:
    return next((other for columns, other, _keys in table.links() if column in columns), "")
