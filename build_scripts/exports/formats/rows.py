"""The rows of a worksheet, made column by column: the very bytes that XlsxWriter makes cell by cell.

A table of figures has a million cells, and for each of them XlsxWriter checks, stores and looks up what is the same in
the whole column. A test holds these bytes against those of the library's own way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from build_scripts.core.spreadsheet import escape

# Excel's own limits: of a text as Excel counts it, and of a sheet.
_MAX_TEXT = 32767
_MAX_ROWS = 1_048_576
# Rows for which Excel tells the columns together, and rows whose texts are made at once.
_BLOCK, _AT_ONCE = 16, 4096
_NUMBERS = frozenset(("number", "integer"))


class Rows(Worksheet):  # type: ignore[misc]  # the library has no types
    """A worksheet with a header, written as usual before, and below it columns of one type each."""

    _columns: Sequence[tuple[str, Sequence[str | None]]] = ()

    def fill(self, columns: Sequence[tuple[str, Sequence[Any]]], dates: Format) -> None:
        """Take every column's Table Schema type and cells; None is a cell that is not written."""
        self._dates = dates
        self._columns = [(kind, self._stored(kind, cells[: _MAX_ROWS - 1])) for kind, cells in columns]
        self.dim_rowmax = max((_last(cells) for _kind, cells in self._columns), default=0)

    def _stored(self, kind: str, cells: Sequence[Any]) -> list[str | None]:
        """What is written in each cell: a number, or the place of a text among all texts."""
        if kind in _NUMBERS:
            return _each(cells, lambda cell: f"{float(cell):.16G}")
        if kind == "date":
            return _each(cells, lambda cell: f"{self._convert_date_time(cell):.16G}")
        if kind == "boolean":
            return _each(cells, lambda cell: "1" if cell else "0")
        before = self.str_table.count
        places = _each(cells, lambda cell: str(self.str_table._get_shared_string_index(fitting(escape(cell)))))
        self.str_table.count = before + sum(place is not None for place in places)
        return places

    def _write_rows(self) -> None:
        # The header first: formats are numbered as they are first written.
        self._write_row(0, f"1:{self.dim_colmax + 1}")
        for column, cell in sorted(self.table[0].items()):
            self._write_cell(0, column, cell)
        self._xml_end_tag("row")
        opened = [self._opened(number, *column) for number, column in enumerate(self._columns)]
        for start in range(0, self.dim_rowmax + 1, _AT_ONCE):
            self._write_some(range(start, min(start + _AT_ONCE, self.dim_rowmax + 1)), opened)
        self._columns = ()

    def _opened(self, number: int, kind: str, cells: Sequence[str | None]) -> tuple[str, str]:
        """A column's letters, and how each of its cells is marked."""
        marks = ' t="s"'
        if kind in _NUMBERS:
            marks = ""
        elif kind == "boolean":
            marks = ' t="b"'
        elif kind == "date":
            marks = f' s="{self._dates._get_xf_index()}"' if any(cells) else ""
        return xl_col_to_name(number), marks

    def _write_some(self, rows: range, opened: Sequence[tuple[str, str]]) -> None:
        """Write some of the rows, the text of each cell made here: that of all would need more than the file."""
        first = max(rows.start, 1)  # the header is there
        columns = [cells[first - 1 : rows.stop - 1] for _kind, cells in self._columns]
        texts = [
            [
                f'<c r="{name}{row}"{marks}><v>{cell}</v></c>' if cell is not None else ""
                for row, cell in enumerate(cells, first + 1)
            ]
            for (name, marks), cells in zip(opened, columns, strict=True)
        ]
        lines = map("".join, zip(*texts, strict=True))
        for start in range(rows.start, rows.stop, _BLOCK):
            block = range(max(start, first), min(start + _BLOCK, rows.stop))
            held = (cells[block.start - first : block.stop - first] for cells in columns)
            filled = [number for number, cells in enumerate(held, 1) if cells.count(None) < len(cells)]
            spans = f"{filled[0]}:{filled[-1]}" if start and filled else f"1:{self.dim_colmax + 1}"
            for row, line in zip(block, lines, strict=False):
                if line:
                    self.fh.write(f'<row r="{row + 1}" spans="{spans}">{line}</row>')


def _each(cells: Sequence[Any], make: Callable[[Any], str]) -> list[str | None]:
    """What is made of each cell, made once for equal ones."""
    known: dict[Any, str | None] = {None: None}
    for cell in cells:
        if cell not in known:
            known[cell] = make(cell)
    return list(map(known.__getitem__, cells))


def fitting(text: str) -> str:
    """As much of a text as a cell holds, counted as Excel counts."""
    if len(text) <= _MAX_TEXT // 2:
        return text
    return text.encode("utf-16-le")[: 2 * _MAX_TEXT].decode("utf-16-le", "ignore")


def _last(cells: Sequence[str | None]) -> int:
    """The row of the last cell that is written, counted from the header's 0."""
    return next((number for number in range(len(cells), 0, -1) if cells[number - 1] is not None), 0)
