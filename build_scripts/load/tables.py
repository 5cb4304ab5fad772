"""A package's tables with their problems: as records with row numbers, and as pandas frames where frames are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from build_scripts.core.plan_text import PlanText
from build_scripts.core.records import Package, Severity, Violation
from build_scripts.core.tables import TABLE_OF, TABLES, Cell
from build_scripts.load.preflight import CleanTable
from build_scripts.load.violations import Place, violation

if TYPE_CHECKING:
    import pandas as pd

R = TypeVar("R")
# The key of the tables in which `asof` may leave a row in another form.
KEYS: Mapping[str, str] = {"targets": "target_id", "tasks": "task_id", "problems": "problem_id"}


@dataclass(slots=True)
class Tables:
    """What a package holds, row by row, and everything found wrong while reading it.

    Rows with a problem of their own are not among the records, so that a check never trips over them; `dropped` says
    how many there are in a table. `meta` is the descriptor as read (empty when it could not be).
    """

    meta: Mapping[str, Any] = field(default_factory=dict)
    text: Mapping[str, CleanTable] = field(default_factory=dict)
    problems: tuple[Violation, ...] = ()
    texts: Mapping[str, PlanText] = field(default_factory=dict)
    _records: dict[str, tuple[tuple[int, Any], ...]] = field(default_factory=dict)

    @property
    def has_errors(self) -> bool:
        """Whether anything found so far stops a build."""
        return any(item.severity is Severity.ERROR for item in self.problems)

    @property
    def row_count(self) -> int:
        """How many rows of data the package has, usable or not."""
        return sum(len(table.rows) + len(table.dropped) for table in self.text.values())

    def of(self, record: type[R]) -> tuple[tuple[int, R], ...]:
        """(row, record) for every usable row of the table that holds `record`s, in file order."""
        return cast("tuple[tuple[int, R], ...]", self._records.get(TABLE_OF[record].name, ()))

    def rows(self, record: type) -> tuple[tuple[int, Any], ...]:
        """As `of`, where the kind of record is only known at run time."""
        return self._records.get(TABLE_OF[record].name, ())

    def left_in(self, package: Package) -> Tables:
        """These tables with only the rows that `package`, made from them and then narrowed, still holds."""
        kept: dict[str, tuple[tuple[int, Any], ...]] = {}
        for name, rows in self._records.items():
            there = getattr(package, name)
            same = {id(record) for record in there}
            # A record the package holds in another form (`asof`: without a later baseline) is found by its key.
            by_key = {getattr(record, KEYS[name]): record for record in there} if name in KEYS else {}
            kept[name] = tuple(
                (row, record if id(record) in same else by_key[getattr(record, KEYS[name])])
                for row, record in rows
                if id(record) in same or (name in KEYS and getattr(record, KEYS[name]) in by_key)
            )
        hidden = {
            (self.text[name].place.file, row)
            for name, rows in self._records.items()
            for row in {row for row, _record in rows} - {row for row, _record in kept[name]}
        }
        problems = tuple(item for item in self.problems if (item.file, item.row) not in hidden)
        return replace(self, problems=problems, texts=package.texts, _records=kept)

    def place(self, record: type) -> Place:
        """The file and table that hold `record`s."""
        table = TABLE_OF[record]
        text = self.text.get(table.name)
        return text.place if text else Place(table.path, table.name)

    def dropped(self, record: type) -> int:
        """How many rows of the table could not be used."""
        text = self.text.get(TABLE_OF[record].name)
        return len(text.dropped) if text else 0

    def frame(self, table: str) -> pd.DataFrame:
        """One table as a frame: index `row` (header = 1), columns by the contract, cells as in the records.

        Values are exact `Decimal`s and `date`s in object columns; an empty cell is None, or `""` for free text.
        """
        import pandas as pd  # noqa: PLC0415 - half a second that `check` need not pay

        columns = [column.name for column in TABLES[table].columns]
        rows = self._records.get(table, ())
        data = [[getattr(record, name) for name in columns] for _row, record in rows]
        index = pd.Index([row for row, _record in rows], name="row")
        return pd.DataFrame(data, index=index, columns=columns, dtype=object)

    @property
    def frames(self) -> Mapping[str, pd.DataFrame]:
        """Every table as a frame, by name."""
        return {name: self.frame(name) for name in TABLES}


def build(
    meta: Mapping[str, Any],
    text: Mapping[str, CleanTable],
    problems: list[Violation],
    texts: Mapping[str, PlanText] = MappingProxyType({}),
) -> Tables:
    """Tables from validated text: every cell converted to its type; what cannot be is one more problem."""
    tables: dict[str, tuple[tuple[int, Any], ...]] = {}
    for name, clean in text.items():
        if name in TABLES and clean.readable:
            records, found = _convert(clean)
            problems += found
            tables[name] = tuple(records)
    return Tables(meta, text, tuple(sorted(problems)), texts, tables)


def _convert(clean: CleanTable) -> tuple[list[tuple[int, Any]], list[Violation]]:
    """The records of one table and the cells that frictionless let pass although the contract does not."""
    table = TABLES[clean.name]
    positions = [(column, clean.fields.index(column.name)) for column in table.columns if column.name in clean.fields]
    records: list[tuple[int, Any]] = []
    problems: list[Violation] = []
    for row, line in list(clean.rows.items()):
        values: dict[str, Cell] = {}
        for column, position in positions:
            try:
                values[column.name] = column.convert(line[position])
            except ValueError:
                facts: dict[str, Any] = {"found": line[position], "kind": column.type.__name__}
                problems.append(violation("cell-type", clean.place, row, column.name, facts=facts))
        if len(values) == len(positions):
            records.append((row, table.record(**values)))
        else:
            clean.drop(row)
    return records, problems


def records(tables: Tables, warnings: tuple[Violation, ...] = ()) -> Package:
    """The whole package as records in file order, its warnings with it."""
    contents: dict[str, Any] = {
        name: tuple(record for _row, record in tables.rows(table.record)) for name, table in TABLES.items()
    }
    return Package(meta=tables.meta, **contents, texts=tables.texts, warnings=warnings)
