"""Reads the cells of one form's rows, turning every cell that cannot be read into a line.

Gets a `Located` form and the file's `Lines`, gives values. What a column means is decided by the caller.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from build_scripts.forms.cells import (
    is_blank,
    is_no,
    is_tick,
    means_missing,
    narrow,
    read_choice,
    read_note,
    says_no_figure,
)
from build_scripts.forms.days import read_day, read_figure_period
from build_scripts.forms.grid import GridCell, as_text, cell_name
from build_scripts.forms.layout import NOTE_LIMIT
from build_scripts.forms.lines import Level, Lines
from build_scripts.forms.locate import Located
from build_scripts.forms.numbers import read_number
from build_scripts.forms.periods import FormPeriod
from build_scripts.forms.reading import CellError, Figure, Reading
from build_scripts.forms.submission import Place
from build_scripts.locale import t

T = TypeVar("T")
# Columns of figures: words that say why there is none yet are no answer there.
_FIGURES = frozenset({"value", "yoy"})


@dataclass(slots=True)
class SheetReader:
    """One form's sheet and the lines of its file; `bad` holds the rows in which a cell could not be read."""

    located: Located
    lines: Lines
    bad: set[int] = field(default_factory=set)
    _merged: set[tuple[int, int]] = field(default_factory=set)
    _unseen: set[int] = field(default_factory=set)

    def rows(self) -> Iterator[int]:
        """The rows under the header."""
        return iter(range(self.located.first_row, self.located.grid.rows + 1))

    def place(self, row: int) -> Place:
        """Where the row's answers stand."""
        return Place(self.located.grid.name, row, tuple(self.located.columns.items()))

    def text(self, row: int, code: str) -> str:
        """A known field's text, merged ranges filled in."""
        return self.located.text(row, code)

    def filled(self, row: int, *codes: str) -> list[str]:
        """Which of the fields say something in this row."""
        return [code for code in codes if code in self.located.columns and not self._says_nothing(row, code)]

    def _says_nothing(self, row: int, code: str) -> bool:
        cell = self.located.cell(row, code)
        return says_no_figure(cell) if code in _FIGURES else is_blank(cell)

    def ticked(self, row: int, code: str) -> bool:
        """Whether a row's tick is set; what is neither yes nor no is asked about."""
        cell = self.located.cell(row, code)
        if not is_tick(cell) and not is_no(cell):
            title = t(f"forms.column.{self.located.form}.{code}")
            self.line("tick_unread", row, code, Level.CHECK, found=as_text(cell.value) or cell.error, title=title)
        return is_tick(cell)

    def line(self, code: str, row: int, column: str, level: Level = Level.ERROR, **facts: object) -> None:
        """Note a line at a field; an error spoils the row."""
        self._line(code, row, column, facts, level)

    def _line(self, code: str, row: int, column: str, facts: Mapping[str, object], level: Level = Level.ERROR) -> None:
        at = self.located.columns.get(column) or min(self.located.columns.values())
        self.lines.add_facts(code, facts, (self.located.grid.name, row, at), level)
        if level is Level.ERROR:
            self.bad.add(row)

    def number(self, row: int, column: str, unit: str, decimals: int, *, growth: bool = False) -> Figure | None:
        """A figure, None when the cell is blank or unreadable; a reading that was not plain is told or asked about."""
        cell = self.located.cell(row, column)
        return self._read(row, column, lambda: read_number(cell, unit, decimals, growth=growth))

    def says_missing(self, row: int, column: str) -> bool:
        """Whether a cell for a figure says outright that there is none, or none any more (`暂无数据`, `撤回`)."""
        return column in self.located.columns and means_missing(self.located.cell(row, column))

    def day(self, row: int, column: str, *, end_of: bool = False) -> date | None:
        """A day, None when the cell is blank or unreadable."""
        from_1904 = self.located.grid.from_1904
        cell = self.located.cell(row, column)
        return self._read(row, column, lambda: read_day(_whole(cell), end_of=end_of, from_1904=from_1904))

    def period(self, row: int, column: str, form: FormPeriod, until: Callable[[date], str]) -> str | None:
        """A period in the method's form, None when the cell is blank or unreadable."""
        return self._read(row, column, lambda: read_figure_period(_whole(self.located.cell(row, column)), form, until))

    def choice(self, row: int, column: str, family: str) -> str | None:
        """The code behind a word, None when the cell is blank or unreadable."""
        return self._read(row, column, lambda: Reading(read_choice(_whole(self.located.cell(row, column)), family)))

    def note(self, row: int, column: str, limit: int = NOTE_LIMIT) -> str:
        """Free text, empty when the cell is blank or unreadable."""
        return self._read(row, column, lambda: Reading(read_note(self.located.cell(row, column), limit))) or ""

    def _read(self, row: int, column: str, read: Callable[[], Reading[T]]) -> T | None:
        if column not in self.located.columns or self._says_nothing(row, column) or self._is_merged(row, column):
            return None
        try:
            reading = read()
        except CellError as failure:
            self._line(failure.code, row, column, failure.facts)
            return None
        self._ask_hidden(row, column)
        if reading.code:
            self._line(reading.code, row, column, reading.facts, reading.level)
        return reading.value

    def _ask_hidden(self, row: int, column: str) -> None:
        """Ask once for each row about answers that nobody sees who opens the sheet; once where nobody sees it."""
        if self.located.grid.is_hidden_whole and not self._unseen:
            self._unseen.add(0)
            self.line("hidden_sheet", row, column, Level.CHECK, sheet=self.located.grid.name)
        if row not in self._unseen and self.located.grid.is_hidden(row, self.located.columns[column]):
            self._unseen.add(row)
            self.line("hidden", row, column, Level.CHECK, found=self.text(row, column))

    def _is_merged(self, row: int, column: str) -> bool:
        """Whether the answer is shared by several cells, so that nobody can tell which row or field it belongs to."""
        span = self.located.grid.merged_at(row, self.located.columns[column])
        if span is None:
            return False
        if span[:2] not in self._merged:
            self._merged.add(span[:2])
            self.line("merged", row, column, last=cell_name(span[2], span[3]))
        self.bad.add(row)
        return True


def _whole(cell: GridCell) -> GridCell:
    """A cell of which no part is struck through.

    Raises:
        CellError: a part is; what is left is named, for nobody can say that it was meant.
    """
    if cell.kept:
        raise CellError("struck_part", found=as_text(cell.value), left=cell.kept)
    return cell


def same_name(first: str, second: str) -> bool:
    """Whether two names are the same but for blanks, width, quotation marks and bracketed additions."""
    return plain_name(first) == plain_name(second)


def plain_name(text: str) -> str:
    """A name as it is compared."""
    return re.sub(r"\(.*?\)|[\"'“”‘’《》·,，、:;；。.]", "", narrow(text)).lower()
