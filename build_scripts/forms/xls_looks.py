"""An old binary workbook as a new one that looks the same: to be marked and sent back.

Gets a file's bytes and its `GridBook`, gives an openpyxl workbook with the same values, widths, fonts, colours,
borders and hidden sheets. Formulas come as their stored results, which is all that xlrd tells.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import Any

import xlrd  # type: ignore[import-untyped]
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from build_scripts.forms import styles
from build_scripts.forms.grid import MAX_COLUMNS, Grid, GridBook

# Formatted rows that are kept under the last one that says something.
_ROOM = 60
_ACROSS = (None, "left", "center", "right", "fill", "justify", "centerContinuous", "distributed")
_DOWN = ("top", "center", "bottom", "justify", "distributed")
_LINES: tuple[Any, ...] = (
    None, "thin", "medium", "dashed", "dotted", "thick", "double", "hair", "mediumDashed", "dashDot",
    "mediumDashDot", "dashDotDot", "mediumDashDotDot", "slantDashDot",
)  # fmt: skip
_STATES: tuple[Any, ...] = ("visible", "hidden", "veryHidden")


def open_xls(content: bytes, book: GridBook) -> Workbook:
    """The workbook in the bytes of an .xls file, as one that can be marked."""
    old = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO())
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    looks = _Looks(old)
    for source, grid in zip(old.sheets(), book.grids, strict=True):
        _copy(source, grid, workbook.create_sheet(grid.name), looks)
    return workbook


def _copy(source: xlrd.sheet.Sheet, grid: Grid, sheet: Worksheet, looks: _Looks) -> None:
    for row in range(min(source.nrows, grid.rows + _ROOM)):
        for column in range(min(source.row_len(row), MAX_COLUMNS)):
            cell = sheet.cell(row + 1, column + 1)
            styles.put(cell, grid.at(row + 1, column + 1).value)
            looks.dress(cell, source.cell_xf_index(row, column))
        height = source.rowinfo_map.get(row)
        if height is not None and height.height:
            sheet.row_dimensions[row + 1].height = height.height / 20
            sheet.row_dimensions[row + 1].hidden = bool(height.hidden)
    for column, width in source.colinfo_map.items():
        if column < MAX_COLUMNS:
            dimension = sheet.column_dimensions[get_column_letter(column + 1)]
            dimension.width, dimension.hidden = width.width / 256, bool(width.hidden)
    for first_row, first_column, last_row, last_column in grid.merged:
        sheet.merge_cells(None, first_row, first_column, last_row, last_column)
    if source.panes_are_frozen:
        sheet.freeze_panes = sheet.cell(source.horz_split_pos + 1, source.vert_split_pos + 1).coordinate
    sheet.sheet_state = _STATES[source.visibility]


class _Looks:
    """What cells look like, by the number of their look in the old workbook."""

    def __init__(self, book: xlrd.Book) -> None:
        self.book = book
        self._known = cache(self._made)

    def dress(self, cell: object, number: int) -> None:
        """Give a cell its look."""
        if isinstance(cell, Cell):
            cell.number_format, cell.font, cell.fill, cell.border, cell.alignment, cell.protection = self._known(number)

    def _made(self, number: int) -> tuple[str, Font, PatternFill, Border, Alignment, Protection]:
        look = self.book.xf_list[number]
        font, border = self.book.font_list[look.font_index], look.border
        fill = look.background
        solid = self._colour(fill.pattern_colour_index) if fill.fill_pattern else ""
        return (
            self.book.format_map[look.format_key].format_str,
            Font(
                name=font.name,
                size=font.height / 20,
                bold=bool(font.bold),
                italic=bool(font.italic),
                strike=bool(font.struck_out),
                color=self._colour(font.colour_index) or None,
            ),
            PatternFill("solid", fgColor=solid) if solid else PatternFill(),
            Border(
                left=self._side(border.left_line_style, border.left_colour_index),
                right=self._side(border.right_line_style, border.right_colour_index),
                top=self._side(border.top_line_style, border.top_colour_index),
                bottom=self._side(border.bottom_line_style, border.bottom_colour_index),
            ),
            Alignment(
                horizontal=_named(_ACROSS, look.alignment.hor_align),
                vertical=_named(_DOWN, look.alignment.vert_align),
                wrap_text=bool(look.alignment.text_wrapped),
            ),
            Protection(locked=bool(look.protection.cell_locked)),
        )

    def _colour(self, index: int) -> str:
        colour = self.book.colour_map.get(index)
        return "FF{:02X}{:02X}{:02X}".format(*colour) if colour else ""

    def _side(self, line: int, colour: int) -> Side:
        return Side(style=_named(_LINES, line), color=self._colour(colour) or None)


def _named(names: Sequence[Any], number: int) -> Any:  # noqa: ANN401 - openpyxl wants the very words
    return names[number] if number < len(names) else None
