"""Workbooks as plain grids of cells, whatever program wrote them.

Gets nothing, gives the types that every reader fills, and the cells' names and texts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from openpyxl.utils import get_column_letter

MAX_ROWS, MAX_COLUMNS = 5_000, 100
Value = str | Decimal | date | bool | None
Range = tuple[int, int, int, int]


class Lost(StrEnum):
    """What could not be read of a malformed workbook."""

    NOTHING = ""
    COMMENTS = "comments"
    LOOKS = "looks"


class UnreadableError(Exception):
    """A file that is no workbook we can read; `code` names the line, `facts` fill it."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell's value as stored, and what its value alone does not tell.

    `number_format`: how it is shown, so that 0.125 in a percent format was seen as 12.5%. `formula`: it is computed;
    `value` is then the result the last program stored, None when none was stored. `error` is `#REF!` and the like.
    `struck`: it is struck through as a whole; `kept`: part of its text is, and this is what is left.
    """

    value: Value
    number_format: str = ""
    formula: bool = False
    error: str = ""
    struck: bool = False
    kept: str | None = None
    comment: str = ""

    @property
    def percent(self) -> bool:
        """Whether it is shown as a percentage."""
        return "%" in self.number_format


_EMPTY = GridCell(None)
# A format without any section shows nothing at all.
_SHOWS_NOTHING = re.compile(r";{2,3}")


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: cells by (row, column), both from 1, and merged ranges (first row and column, last row and column).

    `beyond`: it has content further down or to the right than anybody reads. `from_1904`: days are counted from 1904.
    `hidden`: the rows and columns nobody sees, as (row, 0) and (0, column); (0, 0) where nobody sees the sheet.
    """

    name: str
    cells: dict[tuple[int, int], GridCell] = field(default_factory=dict)
    merged: tuple[Range, ...] = ()
    rows: int = 0
    columns: int = 0
    beyond: bool = False
    from_1904: bool = False
    hidden: frozenset[tuple[int, int]] = frozenset()

    @classmethod
    def of(
        cls,
        name: str,
        cells: dict[tuple[int, int], GridCell],
        merged: tuple[Range, ...],
        *,
        beyond: bool,
        from_1904: bool = False,
        hidden: frozenset[tuple[int, int]] = frozenset(),
    ) -> Grid:
        """A sheet as large as its cells."""
        rows = max((row for row, _ in cells), default=0)
        columns = max((column for _, column in cells), default=0)
        return cls(name, cells, tuple(sorted(merged)), rows, columns, beyond, from_1904, hidden)

    def at(self, row: int, column: int) -> GridCell:
        """The cell itself; an empty one where nothing is stored."""
        return self.cells.get((row, column), _EMPTY)

    def is_hidden(self, row: int, column: int) -> bool:
        """Whether nobody who opens the sheet sees the cell."""
        unshown = _SHOWS_NOTHING.fullmatch(self.at(row, column).number_format.strip()) is not None
        return unshown or (row, 0) in self.hidden or (0, column) in self.hidden

    @property
    def is_hidden_whole(self) -> bool:
        """Whether nobody who opens the workbook sees the sheet."""
        return (0, 0) in self.hidden

    def merged_at(self, row: int, column: int) -> Range | None:
        """The merged range a cell lies in."""
        return next((r for r in self.merged if r[0] <= row <= r[2] and r[1] <= column <= r[3]), None)

    def text(self, row: int, column: int) -> str:
        """What stands in the cell, or in the merged range it is part of, as trimmed text."""
        cell = self.at(row, column)
        if cell.value is None and (span := self.merged_at(row, column)):
            cell = self.at(span[0], span[1])
        return as_text(cell.value)


@dataclass(frozen=True, slots=True)
class GridBook:
    """A workbook: its sheets in order.

    `legacy` for the binary format.
    """

    grids: tuple[Grid, ...]
    legacy: bool = False
    lost: Lost = Lost.NOTHING

    def grid(self, name: str) -> Grid | None:
        """The sheet called `name`."""
        return next((grid for grid in self.grids if grid.name == name), None)


def as_text(value: Value) -> str:
    """A value as text: days in ISO form, numbers plain, nothing for none."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def cell_name(row: int, column: int) -> str:
    """`F12`."""
    return f"{get_column_letter(column)}{row}"


def plain_number(value: float) -> Decimal | str:
    """The number a spreadsheet shows for a binary float: 15 significant digits."""
    if isinstance(value, int):
        return Decimal(value)
    exact = Decimal(f"{value:.15g}")
    if not exact.is_finite():
        return str(value)
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() and abs(exact) < 10**15 else exact


def plain_value(value: object) -> Value:
    """A stored value in our types: numbers by their 15 digits, days without their midnight, no text of blanks alone."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return plain_number(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value)
    return text if text.strip() else None
