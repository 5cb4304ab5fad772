"""Records as tables with a Table Schema. Gets an `Edition`, gives `Table`s: what every file format is made from.

Source: Table Schema (Data Package v2). A package's own schema says title, type and meaning of each column; where it
says nothing, the record's types do.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Any

from build_scripts.core.kept import key_of
from build_scripts.core.periods import written
from build_scripts.core.records import Package
from build_scripts.core.tables import TABLES
from build_scripts.core.vocabulary import WORDS_IN
from build_scripts.exports.edition import Edition, Schema
from build_scripts.locale import listed as listed_words
from build_scripts.locale import t
from build_scripts.locale.schema_words import worded

Cell = Decimal | int | date | bool | str | None
Row = tuple[Cell, ...]

# Tables of figures that also tell names and unit of what they count, in columns of these names behind their own; that
# of what authorities judged has its targets' units.
NAMED = frozenset({"observations", "breakdowns"})
ADDED = ("indicator_name", "region_name", "unit")
JUDGED = "official_judgements"
_AT_ONCE = 2_000
_AS_THEY_ARE = frozenset({int, Decimal, date, bool, type(None)})
# How the standard writes cells, as we do; a schema that says otherwise says it of the package's own files.
_AS_STANDARD: Mapping[str, set[object]] = {
    "format": {"default"},
    "decimalChar": {"."},
    "groupChar": set(),
    "bareNumber": {True},
    "trueValues": {"true"},
    "falseValues": {"false"},
}
_TYPES: Mapping[type, str] = {bool: "boolean", int: "integer", Decimal: "number", date: "date"}


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its Table Schema type (`string number integer date boolean`) and what it means, in words."""

    name: str
    type: str
    title: str
    description: str
    raw: Mapping[str, Any]

    @property
    def required(self) -> bool:
        """Whether no cell of the column may be empty."""
        return bool(self.raw.get("constraints", {}).get("required"))

    @property
    def unit(self) -> str:
        """The unit all its values have, `""` when there is none or another column names it."""
        return str(self.raw.get("unit", ""))


@dataclass(frozen=True)
class Table:
    """Rows under a Table Schema. `derived` tables are computed here and not part of the package that editors keep."""

    name: str
    title: str
    description: str
    schema: Schema
    rows: tuple[Row, ...]
    derived: bool = False

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The columns, in order."""
        return tuple(
            Field(
                each["name"],
                each.get("type", "string"),
                each.get("title", each["name"]),
                each.get("description", ""),
                each,
            )
            for each in self.schema["fields"]
        )

    @cached_property
    def fingerprint(self) -> str:
        """One hash over all it says: the key of what is made from it."""
        starts = range(0, len(self.rows), _AT_ONCE)  # the text of all rows would be larger than any file of them
        rows = (key_of(repr(self.rows[start : start + _AT_ONCE])) for start in starts)
        return key_of(repr(replace(self, rows=())), *rows)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(field.name for field in self.fields)

    @property
    def primary_key(self) -> tuple[str, ...]:
        """The columns that identify a row."""
        return _names(self.schema.get("primaryKey", ()))

    def links(self) -> Iterator[tuple[tuple[str, ...], str, tuple[str, ...]]]:
        """The foreign keys: columns, the other table (this one where it names none), its columns."""
        for link in self.schema.get("foreignKeys", ()):
            there = link["reference"]
            yield _names(link["fields"]), str(there.get("resource") or self.name), _names(there["fields"])

    def records(self) -> Iterator[dict[str, Cell]]:
        """The rows by column name."""
        names = self.names
        return (dict(zip(names, row, strict=True)) for row in self.rows)

    def record(self, place: int) -> dict[str, Cell]:
        """One row by column name."""
        return dict(zip(self.names, self.rows[place], strict=True))

    def columns(self) -> tuple[tuple[Cell, ...], ...]:
        """The cells of every column, in order."""
        return tuple(zip(*self.rows, strict=True)) or ((),) * len(self.fields)

    def column(self, name: str) -> tuple[Cell, ...]:
        """All cells of one column."""
        index = self.names.index(name)
        return tuple(row[index] for row in self.rows)


def _names(columns: str | list[str]) -> tuple[str, ...]:
    """Columns that a Table Schema gives as one text or as a list."""
    return (columns,) if isinstance(columns, str) else tuple(columns)


def package_tables(edition: Edition) -> tuple[Table, ...]:
    """Every table of the package, in the contract's order, as seen on the edition's day."""
    say = worded if edition.package.own else lambda _name, resource: resource
    described = {each.get("name"): say(each.get("name"), each) for each in edition.package.meta.get("resources", ())}
    listed = (item for item in TABLES.items() if item[0] in described or not item[1].rare)
    made = (_table(edition, name, each.record, described.get(name, {})) for name, each in listed)
    return tuple(_read_alone(edition, table) for table in made)


def _read_alone(edition: Edition, table: Table) -> Table:
    """A table of figures with what is needed to read its one file alone; any other as it is."""
    if table.name in NAMED:
        return _named(edition, table)
    if table.name != JUDGED:
        return table
    units = unit_of_targets(edition.package)
    at = table.names.index("target_id")
    return _with_columns(table, ADDED[-1:], [(units[str(row[at])] or None,) for row in table.rows])


def unit_of_targets(package: Package) -> Mapping[str, str]:
    """The unit of the figures about each target, by `target_id`."""
    units = {each.indicator_id: each.unit for each in package.indicators}
    return {target.target_id: units[target.indicator_id] for target in package.targets}


def _named(edition: Edition, table: Table) -> Table:
    """The published figures with the names of indicator and place and the unit, so that one file can be read alone."""
    indicators = {each.indicator_id: each for each in edition.package.indicators}
    regions = {each.region_id: each.name for each in edition.package.regions}
    at = {name: table.names.index(name) for name in ("indicator_id", "region_id")}
    cells: list[Row] = []
    for row in table.rows:
        indicator = indicators[str(row[at["indicator_id"]])]
        cells.append((indicator.name, regions[str(row[at["region_id"]])], indicator.unit or None))
    return _with_columns(table, ADDED, cells)


def _with_columns(table: Table, names: Sequence[str], cells: Sequence[Row]) -> Table:
    """A table with columns of text behind its own."""
    added = [
        {"name": name, "type": "string", "title": t(f"opendata.named.{name}.title"),
         "description": t(f"opendata.named.{name}.description")}
        for name in names
    ]  # fmt: skip
    rows = tuple((*row, *more) for row, more in zip(table.rows, cells, strict=True))
    return replace(table, schema={**table.schema, "fields": [*table.schema["fields"], *added]}, rows=rows)


def _table(edition: Edition, name: str, record: type, resource: Mapping[str, Any]) -> Table:
    columns = [item.name for item in fields(record)]
    schema = _in_own_words(edition, name, _schema(edition.schemas.get(name), record, columns))
    if not resource:  # a table that the package leaves out is called what the contract calls it
        resource, schema = worded(name, {}), worded(name, schema)
    rows = rows_of(edition.package.table(name), columns)
    title = str(resource.get("title") or schema.get("title") or name)
    description = str(resource.get("description") or schema.get("description") or "")
    return Table(name, title, description, schema, rows)


def _in_own_words(edition: Edition, name: str, schema: Schema) -> Schema:
    """The schema with the words of the government's own list, where a field holds one of them."""
    field, listed = WORDS_IN.get(name, ("", ""))
    own = edition.package.lists.words.get(listed, ())
    if not own:
        return schema
    words = listed_words(f"{word.code} {word.label}" for word in own)
    codes = {"enum": [word.code for word in own]}
    fields_ = [
        {**each, "description": words, "constraints": {**each.get("constraints", {}), **codes}}
        if each["name"] == field
        else each
        for each in schema["fields"]
    ]
    return {**schema, "fields": fields_}


def rows_of(records: Iterable[object], names: Sequence[str]) -> tuple[Row, ...]:
    """The fields of these names of each record as rows; made by columns, for most hold cells as they are throughout."""
    listed = tuple(records)
    columns = (list(map(attrgetter(name), listed)) for name in names)
    return tuple(zip(*map(_cells, columns), strict=True))


def _cells(column: Sequence[Any]) -> Sequence[Cell]:
    """A column of records' values as a table holds it: each as `cell` has it."""
    kinds = set(map(type, column)) - _AS_THEY_ARE
    if not kinds:
        return column
    if kinds == {str}:
        changed = {value: cell(value) for value in set(column) if cell(value) != value}
        return [changed.get(value, value) for value in column] if changed else column
    return list(map(cell, column))


def cell(value: object) -> Cell:
    """A record's value as a table holds it: empty text is None, several words are joined by `;`."""
    if isinstance(value, tuple):
        value = ";".join(value)
    elif isinstance(value, str) and "M=" in value:  # all that `written` changes
        value = written(value)
    return None if value == "" else value  # type: ignore[return-value]


def _schema(given: Schema | None, record: type, columns: list[str]) -> Schema:
    """The package's own schema with its fields in the record's order, each of the record's type, as the cells are."""
    hints = typing.get_type_hints(record)
    described = {each["name"]: each for each in (given or {}).get("fields", ())}
    listed = [_field(described.get(name) or {"name": name}, _type(hints[name])) for name in columns]
    kept = {key: value for key, value in (given or {}).items() if key != "fields"}
    return {**kept, "fields": listed, "missingValues": [""]}


def _field(described: Schema, kind: str) -> Schema:
    """A field as it is published: its cells are in the default form of their type, whatever the package has."""
    kept = {key: value for key, value in described.items() if key not in _AS_STANDARD or _is_standard(key, value)}
    return {**kept, "type": kind}


def _is_standard(key: str, value: object) -> bool:
    return bool(_AS_STANDARD[key]) and set(value if isinstance(value, list) else [value]) >= _AS_STANDARD[key]


def _type(hint: object) -> str:
    """The Table Schema type of a record's field."""
    if isinstance(hint, types.UnionType):
        hint = next(part for part in typing.get_args(hint) if part is not type(None))
    return _TYPES.get(hint, "string") if isinstance(hint, type) else "string"
