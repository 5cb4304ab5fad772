"""Which rows frictionless must look at: those that are not certainly right. Gets tables, gives rows by number.

Certain is what frictionless itself says of every text of a column, asked once a text instead of once a row, with keys
that are there once and references that are found. All else (also whatever cannot be told here) is doubtful and goes to
frictionless, so that every verdict on it, and every word, is its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any

from frictionless import Schema

from build_scripts.load.preflight import CleanTable

Key = tuple[object, ...]


def doubtful(table: CleanTable, tables: Mapping[str, CleanTable], keys: Sequence[Any]) -> tuple[int, ...]:
    """The rows of `table`, in file order, that may break its schema or one of its foreign `keys`."""
    try:
        own = _Columns(table)
        found = {*own.wrong, *own.blank, *own.twice(own.primary_key), *own.empty(own.primary_key)}
        for field in own.unique:
            found |= own.twice((field,))
        for key in keys:
            parent = tables[key["reference"].get("resource") or table.name]
            known = own if parent is table else _Columns(parent)
            found |= own.not_in(_names(key["fields"]), known.keys(_names(key["reference"]["fields"])))
    except Exception:  # what a library makes of any schema at all is for the library to say
        return tuple(table.rows)
    return tuple(row for row in table.rows if row in found) if found else ()


@lru_cache(64)
def _schema(descriptor: str) -> Schema:
    """A schema as the library reads it, which takes some milliseconds; it is only asked, never changed."""
    return Schema.from_descriptor(json.loads(descriptor))


class _Columns:
    """The columns of a table as frictionless reads them; everything is asked when it is needed."""

    def __init__(self, table: CleanTable) -> None:
        self.table = table
        self.schema = _schema(json.dumps({**table.schema, "foreignKeys": []}))
        if [field.name for field in self.schema.fields] != list(table.fields):
            raise ValueError(table.name)
        self.at = {name: number for number, name in enumerate(table.fields)}
        self.primary_key: tuple[str, ...] = tuple(self.schema.primary_key)
        self.unique = [field.name for field in self.schema.fields if field.constraints.get("unique")]
        self._read: dict[str, tuple[dict[str, object], set[str]]] = {}

    def read(self, name: str) -> tuple[dict[str, object], set[str]]:
        """The value of every text of a column, and the texts that frictionless finds wrong."""
        if name not in self._read:
            reader = self.schema.get_field(name).create_cell_reader()
            values: dict[str, object] = {}
            wrong: set[str] = set()
            at = self.at[name]
            for text in {line[at] for line in self.table.rows.values()}:
                values[text], notes = reader(text)
                if notes:
                    wrong.add(text)
            self._read[name] = values, wrong
        return self._read[name]

    @cached_property
    def wrong(self) -> set[int]:
        """The rows with a cell that is of no type or breaks a constraint."""
        watched = [(self.at[name], found) for name in self.at if (found := self.read(name)[1])]
        if not watched:
            return set()
        return {row for row, line in self.table.rows.items() if any(line[at] in found for at, found in watched)}

    @cached_property
    def blank(self) -> set[int]:
        """The rows in which no cell has a value."""
        empty = [{text for text, value in self.read(name)[0].items() if value is None} for name in self.at]
        if not all(empty):
            return set()
        return {
            row
            for row, line in self.table.rows.items()
            if all(text in found for text, found in zip(line, empty, strict=True))
        }

    def rows_with(self, names: Sequence[str]) -> Iterator[Key]:
        """The values of some columns, row by row."""
        lines = self.table.rows.values()
        columns = [(self.at[name], self.read(name)[0]) for name in names]
        return zip(*([values[line[at]] for line in lines] for at, values in columns), strict=True)

    def keys(self, names: Sequence[str]) -> set[Key]:
        """Every combination of values there is in some columns."""
        if len(names) == 1:
            return {(value,) for value in self.read(names[0])[0].values()}
        return set(self.rows_with(names))

    def twice(self, names: Sequence[str]) -> set[int]:
        """The rows whose values in some columns together are another row's too."""
        if not names:
            return set()
        columns = [self.read(name)[0] for name in names]
        if all(len(set(values.values())) == len(values) for values in columns):  # then the texts tell them apart
            texts = itemgetter(*(self.at[name] for name in names))
            if len(set(map(texts, self.table.rows.values()))) == len(self.table.rows):
                return set()
        seen: set[Key] = set()
        again = {key for key in self.rows_with(names) if key in seen or seen.add(key)}  # type: ignore[func-returns-value]
        return self._rows_of(names, again)

    def empty(self, names: Sequence[str]) -> set[int]:
        """The rows without any value in some columns."""
        return self._rows_of(names, [(None,) * len(names)] if self._may_be_empty(names) else ())

    def _may_be_empty(self, names: Sequence[str]) -> bool:
        return bool(names) and all(None in self.read(name)[0].values() for name in names)

    def not_in(self, names: Sequence[str], known: set[Key]) -> set[int]:
        """The rows whose values in some columns are not among the `known`; a row without any refers to nothing."""
        nothing = (None,) * len(names)
        return self._rows_of(names, {key for key in self.keys(names) if key not in known and key != nothing})

    def _rows_of(self, names: Sequence[str], wanted: Iterable[Key]) -> set[int]:
        wanted = set(wanted)
        if not wanted:
            return set()
        return {row for row, key in zip(self.table.rows, self.rows_with(names), strict=True) if key in wanted}


def _names(fields: object) -> list[str]:
    return [fields] if isinstance(fields, str) else [str(name) for name in fields]  # type: ignore[attr-defined]
