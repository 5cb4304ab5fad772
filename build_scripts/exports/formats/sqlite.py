"""One SQLite file with all tables, keys, links and a few views, ready for Datasette.

Built in a file, which takes a third of the memory; same tables, same bytes.
"""

from __future__ import annotations

import errno
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from build_scripts.exports.tables import Cell, Field, Table
from build_scripts.locale import t

# What the library calls a disk that is full, broken or closed to us; the rest of its code says what exactly.
_OF_THE_DISK = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY})
_TYPES: Mapping[str, str] = {"number": "REAL", "integer": "INTEGER", "boolean": "INTEGER", "date": "TEXT"}

# Questions most readers ask first, as views: name → the tables it needs and its query. Titles are in `opendata.toml`.
VIEWS: Mapping[str, tuple[frozenset[str], str]] = {
    "observations_current": (
        frozenset({"observations", "standing"}),
        """
SELECT o.* FROM observations AS o
JOIN standing AS s USING (indicator_id, region_id, period, basis, pub, source_id)
WHERE s.stands""",
    ),
    "targets_now": (
        frozenset({"targets", "assessments", "targets_wide", "regions", "units", "indicators"}),
        """
SELECT t.target_id, t.name, w.plan, w.project, indicator.name AS indicator,
  region.name AS region, unit.name AS lead_unit, t.figure_as_printed, t.comparator, t.value AS target_value,
  t.value_high AS target_value_high, t.unit AS target_unit, t.target_period, t.due,
  a.status, a.status_label, a.family, a.reason, a.period AS judged_period, a.value AS judged_value,
  w.latest_period, w.latest_value, w.latest_pub, w.latest_source_id, t.unit, a.as_of
FROM targets AS t
JOIN assessments AS a USING (target_id)
JOIN targets_wide AS w USING (target_id)
JOIN indicators AS indicator ON indicator.indicator_id = t.indicator_id
JOIN regions AS region ON region.region_id = t.region_id
LEFT JOIN units AS unit ON unit.unit_id = t.lead_unit_id""",
    ),
    "numbers_by_source": (
        frozenset({"provenance", "sources", "plans"}),
        """
SELECT p.source, coalesce(s.title, plan.title) AS title, p.tier, p.address, count(*) AS numbers
FROM provenance AS p
LEFT JOIN sources AS s ON s.source_id = p.source
LEFT JOIN plans AS plan ON plan.plan_id = p.source
GROUP BY p.source""",
    ),
}


def sqlite(tables: Iterable[Table]) -> bytes:
    """The tables as a database: primary keys, foreign keys, an index on each link. Days are ISO text, booleans 0/1.

    Raises:
        OSError: the file it is made in cannot be written.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "made"
        try:
            _write(file, tables)
        except sqlite3.OperationalError as failure:
            if failure.sqlite_errorcode & 0xFF not in _OF_THE_DISK:
                raise
            raise OSError(errno.EIO, str(failure), tempfile.gettempdir()) from failure
        return file.read_bytes()


def _write(file: Path, tables: Iterable[Table]) -> None:
    listed = tuple(tables)
    names = {table.name for table in listed}
    connection = sqlite3.connect(file)
    try:
        # Nobody reads the file before it is whole, and nothing is to be undone.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = OFF")
        for table in listed:
            connection.execute(_create(table, names))
            marks = ", ".join("?" * len(table.fields))
            connection.executemany(
                f"INSERT INTO {_quoted(table.name)} VALUES ({marks})",  # noqa: S608 - names are quoted
                zip(*map(_stored_column, table.columns()), strict=True),
            )
            for statement in _indexes(table, names):
                connection.execute(statement)
        for name, query in views(names):
            connection.execute(f"CREATE VIEW {_quoted(name)} AS{query}")
        connection.commit()
        connection.execute("VACUUM")
    finally:
        connection.close()


def views(names: set[str]) -> Iterator[tuple[str, str]]:
    """The views that a database of the tables `names` can have: name and query."""
    return ((name, query) for name, (needed, query) in VIEWS.items() if needed <= names)


def datasette_metadata(tables: Iterable[Table], database: str, about: Mapping[str, str]) -> dict[str, object]:
    """What Datasette shows beside the database file `<database>.sqlite`, to be written as `metadata.json`.

    `about` is what it says of the whole: `title`, `description`, `license`, `license_url`.
    """
    listed = tuple(tables)
    described = {
        table.name: {
            "title": table.title,
            "description": table.description,
            "columns": {field.name: field.description or field.title for field in table.fields},
            "units": {field.name: field.unit for field in table.fields if field.unit},
        }
        for table in listed
    }
    for name, _query in views({table.name for table in listed}):
        described[name] = {"title": t(f"opendata.view.{name}.title"), "description": t(f"opendata.view.{name}.about")}
    return {**about, "databases": {database: {"tables": described}}}


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _joined(names: Iterable[str]) -> str:
    return ", ".join(map(_quoted, names))


def _create(table: Table, names: set[str]) -> str:
    parts = [_column(field, table) for field in table.fields]
    if table.primary_key:
        parts.append(f"PRIMARY KEY ({_joined(table.primary_key)})")
    for columns, other, keys in links(table, names):
        parts.append(f"FOREIGN KEY ({_joined(columns)}) REFERENCES {_quoted(other)} ({_joined(keys)})")
    body = ",\n  ".join(parts)
    return f"CREATE TABLE {_quoted(table.name)} (\n  {body}\n)"


def _column(field: Field, table: Table) -> str:
    required = " NOT NULL" if field.required or field.name in table.primary_key else ""
    return f"{_quoted(field.name)} {_TYPES.get(field.type, 'TEXT')}{required}"


def _indexes(table: Table, names: set[str]) -> Iterator[str]:
    for columns, _other, _keys in links(table, names):
        if columns != table.primary_key:
            label = _quoted("_".join((table.name, *columns)))
            yield f"CREATE INDEX {label} ON {_quoted(table.name)} ({_joined(columns)})"


def links(table: Table, names: set[str]) -> Iterator[tuple[tuple[str, ...], str, tuple[str, ...]]]:
    """The foreign keys of a table to the tables in `names`: columns, other table, its columns."""
    return (link for link in table.links() if link[1] in names)


def _stored_column(cells: Sequence[Cell]) -> Sequence[object]:
    """A column as the database keeps it; most are of one type."""
    kinds = set(map(type, cells)) - {type(None)}
    if kinds <= {str, int}:
        return cells
    make = _MADE.get(kinds.pop(), str) if len(kinds) == 1 else _stored
    return [None if cell is None else make(cell) for cell in cells]


def _stored(cell: Cell) -> object:
    return _MADE.get(type(cell), str)(cell)


_MADE: Mapping[type, Callable[[Any], object]] = {bool: int, Decimal: float, date: date.isoformat, int: int, str: str}
