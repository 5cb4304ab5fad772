"""A package's tables with their problems: as records with row numbers."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import repeat
from operator import itemgetter
from types import MappingProxyType
from typing import Any, TypeVar, cast

from build_scripts.core.government import government
from build_scripts.core.memory import remembers, the_same
from build_scripts.core.periods import counted
from build_scripts.core.plan_text import PlanText
from build_scripts.core.records import Package, Region, RegionMember, Severity, Violation, Word
from build_scripts.core.tables import PERIOD_FIELDS, TABLE_OF, TABLES, Cell, Column, Table
from build_scripts.core.vocabulary import Role, Vocabulary, roles_of, vocabulary_of
from build_scripts.load.preflight import CleanTable
from build_scripts.load.violations import Place, violation

R = TypeVar("R")
_YEAR = 12
# The different values of each column of a table; a package's missing columns are left out.
Values = Mapping[str, tuple[Cell, ...]]
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
    _columns: Mapping[str, Values] = field(default_factory=dict)
    # What checks make of these rows and ask for again, by its name.
    derived: dict[str, Any] = field(default_factory=dict)

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

    def by_id(self, record: type[R]) -> dict[str, R]:
        """The record of every usable row by its key, which is one column."""
        (key,) = TABLE_OF[record].key
        return {getattr(item, key): item for _row, item in self.of(record)}

    def rows(self, record: type) -> tuple[tuple[int, Any], ...]:
        """As `of`, where the kind of record is only known at run time."""
        return self._records.get(TABLE_OF[record].name, ())

    def where(self, record: type[R], column: str, holds: Callable[[Any], bool]) -> Iterator[tuple[int, R]]:
        """(row, record) for every usable row whose value of `column` has a property, in file order.

        It is asked of every value once; where no value has it, the rows are not looked at.
        """
        yield from cast("Iterator[tuple[int, R]]", self.rows_where(record, column, holds))

    def rows_where(self, record: type, column: str, holds: Callable[[Any], bool]) -> Iterator[tuple[int, Any]]:
        """As `where`, where the kind of record is only known at run time."""
        table = TABLE_OF[record].name
        values = self._columns.get(table, {}).get(column)
        if values is None or any(map(holds, values)):
            yield from ((row, item) for row, item in self.rows(record) if holds(getattr(item, column)))

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
        return replace(self, problems=problems, texts=package.texts, _records=kept, derived={})

    def place(self, record: type) -> Place:
        """The file and table that hold `record`s."""
        table = TABLE_OF[record]
        text = self.text.get(table.name)
        return text.place if text else Place(table.path, table.name)

    def dropped(self, record: type) -> int:
        """How many rows of the table could not be used."""
        text = self.text.get(TABLE_OF[record].name)
        return len(text.dropped) if text else 0

    def lost(self, record: type) -> bool:
        """Whether a table should be there and nothing of it could be read: what is said of that is said already."""
        table = TABLE_OF[record]
        listed = [each.get("name") for each in self.meta.get("resources", ()) if isinstance(each, dict)]
        return table.name not in self._records and (table.name in listed or not table.optional)

    @property
    def roles(self) -> Mapping[str, Role]:
        """What each region is, by `region_id` (`Package.roles`)."""
        regions, members = self.of(Region), self.of(RegionMember)
        return roles_of((item for _row, item in regions), (item for _row, item in members), self.lists)

    @property
    def lists(self) -> Vocabulary:
        """The package's own lists (`Package.lists`)."""
        return vocabulary_of(item for _row, item in self.of(Word))


def build(
    meta: Mapping[str, Any],
    text: Mapping[str, CleanTable],
    problems: list[Violation],
    texts: Mapping[str, PlanText] = MappingProxyType({}),
) -> Tables:
    """Tables from validated text: every cell converted to its type; what cannot be is one more problem."""
    tables: dict[str, tuple[tuple[int, Any], ...]] = {}
    values: dict[str, Values] = {}
    fiscal = government(meta).fiscal_year_start
    for name, clean in text.items():
        if name in TABLES and clean.readable:
            made, values[name], found = _convert(clean, fiscal)
            problems += found
            tables[name] = tuple(made)
    _count_means(tables, fiscal)
    return Tables(meta, text, tuple(sorted(problems)), texts, tables, values)


def _count_means(tables: dict[str, tuple[tuple[int, Any], ...]], fiscal: int) -> None:
    """Mark the periods over several years that count for one, by the interval of their indicator."""
    intervals = {item.indicator_id: item.interval_months for _row, item in tables.get("indicators", ())}
    long = {name: months for name, months in intervals.items() if (months or 0) > _YEAR}
    fields = {"observations": ("period",), "breakdowns": ("period",), "targets": ("baseline_period", "target_period")}
    for name in (each for each in fields if long and each in tables):
        tables[name] = tuple(
            (
                row,
                _with_years(item, fields[name], fiscal, long[item.indicator_id]) if item.indicator_id in long else item,
            )
            for row, item in tables[name]
        )


def _with_years(item: Any, fields: Iterable[str], fiscal: int, months: int | None) -> Any:  # noqa: ANN401 - a record
    said = {name: text for name in fields if (text := getattr(item, name))}
    marked = {name: counted(text, fiscal, months) for name, text in said.items()}
    return item if marked == said else replace(item, **marked)


def _convert(clean: CleanTable, fiscal: int) -> tuple[list[tuple[int, Any]], Values, list[Violation]]:
    """The records of one table, the values each column holds, and the cells that frictionless let pass wrongly.

    Every text of a column is converted once, however often it comes.
    """
    table = TABLES[clean.name]
    at = {name: number for number, name in enumerate(clean.fields)}
    problems: list[Violation] = []
    converted: dict[str, dict[str, Cell]] = {}
    for column in (each for each in table.columns if each.name in at):
        place = at[column.name]
        texts = {line[place] for line in clean.rows.values()}
        converted[column.name] = _values(column, texts)
        if column.name in PERIOD_FIELDS and column.type is str and fiscal > 1:
            fiscal_years = converted[column.name]
            fiscal_years.update((text, counted(str(text), fiscal, None)) for text in texts if fiscal_years.get(text))
        if len(converted[column.name]) < len(texts):
            problems += _refused(column, clean, place, converted[column.name])
    for each in problems:
        clean.drop(each.row)
    lines = list(clean.rows.values())
    columns: list[Iterable[Cell]] = []
    for column in table.columns:
        if column.name in at:
            columns.append(map(converted[column.name].__getitem__, map(itemgetter(at[column.name]), lines)))
        else:
            columns.append(repeat(column.default, len(lines)))
    made = list(zip(clean.rows, _records_of(table, columns, len(lines)), strict=True))
    if remembers():
        known = (clean.name, *clean.fields)
        made = [(row, the_same("record", (known, *clean.rows[row]), record)) for row, record in made]
    return made, {name: tuple(values.values()) for name, values in converted.items()}, problems


def _records_of(table: Table, columns: Iterable[Iterable[Cell]], count: int) -> list[Any]:
    """Records of these columns, filled column by column: to call a frozen record's `__init__` takes twice as long."""
    if hasattr(table.record, "__post_init__"):
        return list(map(table.record, *columns))
    found: list[Any] = list(map(object.__new__, repeat(table.record, count)))
    for column, values in zip(table.columns, columns, strict=True):
        deque(map(getattr(table.record, column.name).__set__, found, values), maxlen=0)
    return found


def _values(column: Column, texts: Iterable[str]) -> dict[str, Cell]:
    """The value of every text in a column; texts that stand for none are left out."""
    found: dict[str, Cell] = {}
    for text in texts:
        try:
            found[text] = column.convert(text)
        except ValueError:
            continue
    return found


def _refused(column: Column, clean: CleanTable, place: int, values: Mapping[str, Cell]) -> list[Violation]:
    """A problem for each row in which a column holds no value of its type."""
    kind = column.type.__name__
    return [
        violation("cell-type", clean.place, row, column.name, facts={"found": line[place], "kind": kind})
        for row, line in clean.rows.items()
        if line[place] not in values
    ]


def records(tables: Tables, warnings: tuple[Violation, ...] = ()) -> Package:
    """The whole package as records in file order, its warnings with it."""
    contents: dict[str, Any] = {
        name: tuple(record for _row, record in tables.rows(table.record)) for name, table in TABLES.items()
    }
    return Package(meta=tables.meta, **contents, texts=tables.texts, warnings=warnings)
