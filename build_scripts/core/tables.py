"""What every package must hold, read off the records themselves: tables, columns, the type of each cell.

Gets nothing, gives `TABLES` and the conversion of one cell's text. The records in `model` are the single statement of
the contract's columns; a package's own Table Schemas may say more (units, ranges, further columns), never less.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import cast

from build_scripts.core import records as model

Cell = Decimal | int | date | bool | str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the contract: its name, the type of its values, and whether an empty cell becomes None.

    An `optional` column may be absent from a package; `default` is then its value, and that of an empty cell.
    """

    name: str
    type: type
    nullable: bool
    optional: bool = False
    default: Cell = None

    def convert(self, text: str) -> Cell:
        """The value a cell's text stands for; None or `""` for an empty cell.

        Raises:
            ValueError: the text is no such value, or the cell must not be empty.
        """
        if not text:
            if self.optional:
                return self.default
            if self.type in (str, tuple):
                return None if self.nullable else self.type()
            if self.nullable:
                return None
            raise ValueError(self.name)
        return _CONVERTERS[self.type](text)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the contract: its name, the folder it belongs to, the record a row becomes, its columns and key.

    An `optional` table need not be listed; it is then empty. One that only some packages have (`rare`) is published
    only where it is listed.
    """

    name: str
    folder: str
    record: type
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    optional: bool = False
    rare: bool = False

    @property
    def path(self) -> str:
        """Where the table's file usually lies, relative to the package."""
        return f"{self.folder}/{self.name}.csv"

    def column(self, name: str) -> Column | None:
        """The column of that name, if the contract has it."""
        return next((column for column in self.columns if column.name == name), None)


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except ArithmeticError:
        raise ValueError(text) from None


def _boolean(text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError(text)
    return text == "true"


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(";") if word.strip())


_CONVERTERS: Mapping[type, Callable[[str], Cell]] = {
    str: str,
    int: int,
    bool: _boolean,
    Decimal: _decimal,
    date: date.fromisoformat,
    tuple: _words,
}


# Columns of contract 1.0 that many governments have nothing for; a package may leave them out.
_NOT_EVERYWHERE = frozenset(
    {
        (model.Plan, "doc_number"),
        (model.Plan, "short_title"),
        (model.Project, "short_title"),
        (model.Region, "adcode"),
    }
)


def _columns(record: type) -> tuple[Column, ...]:
    hints = typing.get_type_hints(record)
    columns = (_column(item.name, hints[item.name]) for item in fields(record))
    return tuple(
        replace(column, optional=True, default="" if item.default is MISSING else item.default)
        if item.default is not MISSING or (record, item.name) in _NOT_EVERYWHERE
        else column
        for item, column in zip(fields(record), columns, strict=True)
    )


def _column(name: str, hint: object) -> Column:
    if isinstance(hint, types.UnionType):
        kind = next(part for part in typing.get_args(hint) if part is not type(None))
        return Column(name, kind, nullable=True)
    return Column(name, cast("type", typing.get_origin(hint) or hint), nullable=False)


# Every table there is, in the order in which descriptor, pages, files and interface list them: a new table is one line
# here, its record and its schema. Name, folder, record, the columns of its key.
_TABLES: tuple[tuple[str, str, type, tuple[str, ...]], ...] = (
    ("plans", "targets", model.Plan, ("plan_id",)),
    ("projects", "targets", model.Project, ("project_id",)),
    ("units", "targets", model.Unit, ("unit_id",)),
    ("responsibilities", "targets", model.Responsibility, ("project_id", "unit_id", "role")),
    ("regions", "targets", model.Region, ("region_id",)),
    ("region_members", "targets", model.RegionMember, ("group_id", "region_id")),
    ("indicators", "targets", model.Indicator, ("indicator_id",)),
    ("targets", "targets", model.Target, ("target_id",)),
    ("related_indicators", "targets", model.RelatedIndicator, ("target_id", "indicator_id", "region_id")),
    ("tasks", "targets", model.Task, ("task_id",)),
    ("unanswered", "targets", model.Unanswered, ("word",)),
    ("translations", "targets", model.Translation, ("table", "key", "field", "lang")),
    ("vocabulary", "targets", model.Word, ("list", "code")),
    ("series", "targets", model.Series, ("series_id",)),
    ("series_dimensions", "targets", model.SeriesDimension, ("series_id", "dimension")),
    ("sources", "progress", model.Source, ("source_id",)),
    (
        "observations",
        "progress",
        model.Observation,
        ("indicator_id", "region_id", "period", "basis", "pub", "source_id"),
    ),
    (
        "breakdowns",
        "progress",
        model.Breakdown,
        ("series_id", "region_id", "period", "basis", "pub", "source_id"),
    ),
    ("official_judgements", "progress", model.OfficialJudgement, ("target_id", "pub", "source_id")),
    ("task_events", "progress", model.TaskEvent, ("task_id", "date", "state", "pub", "source_id")),
    ("problems", "progress", model.Problem, ("problem_id",)),
    ("problem_events", "progress", model.ProblemEvent, ("problem_id", "date", "state", "pub")),
    ("searches", "progress", model.Search, ("search_id",)),
    ("bulletins", "progress", model.Bulletin, ("bulletin_id",)),
)
# Tables that came with contract 2.0: an older package does not list them, and many never will have the rare ones.
_RARE = frozenset({"translations", "vocabulary", "series", "series_dimensions", "breakdowns", "official_judgements"})
_OPTIONAL = _RARE | {"searches", "unanswered"}
TABLES: Mapping[str, Table] = {
    name: Table(name, folder, record, _columns(record), key, name in _OPTIONAL, name in _RARE)
    for name, folder, record, key in _TABLES
}
TABLE_OF: Mapping[type, Table] = {table.record: table for table in TABLES.values()}
PERIOD_FIELDS = frozenset({"period", "baseline_period", "target_period", "period_start"})
DEFAULT_BASIS = "main"
