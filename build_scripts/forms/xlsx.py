"""Workbooks of the present format, read by openpyxl.

Gets a file's bytes, gives a `GridBook`, or the openpyxl workbook itself where it is to be marked and sent back.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from datetime import date, datetime, time

import openpyxl
from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from build_scripts.forms.formulas import formula_cells
from build_scripts.forms.grid import (
    MAX_COLUMNS,
    MAX_ROWS,
    Grid,
    GridBook,
    GridCell,
    UnreadableError,
    Value,
    plain_number,
)
from build_scripts.locale import t

MAX_UNPACKED_BYTES = 300_000_000


def read_xlsx(content: bytes) -> GridBook:
    """The workbook in the bytes of an .xlsx file.

    Raises:
        UnreadableError: it is damaged, empty, far too large, or another office document.
    """
    _look_inside(content)
    try:
        values = _load(content, data_only=True)
        try:
            formulas = formula_cells(content)
        except ValueError:
            formulas = _slowly(content)
        from_1904 = values.epoch == CALENDAR_MAC_1904
        grids = tuple(_grid(sheet, formulas, from_1904=from_1904) for sheet in values.worksheets)
    except Exception:  # openpyxl lets whatever a broken part raises through
        raise UnreadableError("file_damaged") from None
    if not grids or not any(grid.cells for grid in grids):
        raise UnreadableError("file_no_sheets")
    return GridBook(grids)


def open_xlsx(content: bytes) -> Workbook:
    """The workbook with its looks and formulas, to be marked and sent back."""
    return _load(content, data_only=False)


def _look_inside(content: bytes) -> None:
    """Refuse what is no workbook before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            unpacked = sum(item.file_size for item in archive.infolist())
    except zipfile.BadZipFile:
        raise UnreadableError("file_damaged") from None
    if unpacked > MAX_UNPACKED_BYTES:
        raise UnreadableError("file_large", megabytes=unpacked // 1_000_000)
    if "xl/workbook.xml" not in names:
        raise UnreadableError("file_other_office" if {"mimetype", "[Content_Types].xml"} & names else "file_other")


def _load(content: bytes, *, data_only: bool) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(content), data_only=data_only, rich_text=True)


def _slowly(content: bytes) -> frozenset[tuple[str, int, int]]:
    """The computed cells as openpyxl sees them, for files whose cells do not say where they are."""
    return frozenset(
        (sheet.title, row, column)
        for sheet in open_xlsx(content).worksheets
        for (row, column), cell in sheet._cells.items()
        if cell.data_type == "f"
    )


def _grid(sheet: Worksheet, formulas: frozenset[tuple[str, int, int]], *, from_1904: bool) -> Grid:
    cells: dict[tuple[int, int], GridCell] = {}
    beyond = False
    for (row, column), cell in sheet._cells.items():  # iter_rows would make a cell for every gap
        formula = (sheet.title, row, column) in formulas
        if cell.value is None and not formula and not cell.comment:
            continue
        if row > MAX_ROWS or column > MAX_COLUMNS:
            beyond = True
            continue
        cells[row, column] = _cell(cell, formula=formula)
    for name, row, column in formulas:
        if name == sheet.title and row <= MAX_ROWS and column <= MAX_COLUMNS:
            cells.setdefault((row, column), GridCell(None, formula=True))
    merged = tuple((r.min_row, r.min_col, r.max_row, r.max_col) for r in sheet.merged_cells.ranges)
    return Grid.of(sheet.title, cells, merged, beyond=beyond, from_1904=from_1904)


def _cell(cell: Cell | MergedCell, *, formula: bool) -> GridCell:
    stored, is_error = cell.value, cell.data_type == "e"
    rich = isinstance(stored, CellRichText)
    kept = _unstruck(stored) if isinstance(stored, CellRichText) else None
    comment = cell.comment
    return GridCell(
        value=None if is_error else _value(str(stored) if rich else stored),
        number_format=str(cell.number_format),
        formula=formula,
        error=str(stored) if is_error else "",
        struck=bool(cell.font.strike) if stored is not None and not rich else kept == "",
        kept=kept or None,
        comment=comment.text.strip() if comment and comment.author != t("forms.comment_author") else "",
    )


def _unstruck(text: CellRichText) -> str | None:
    """What of a text is not struck through; None where nothing is."""
    struck = [isinstance(part, TextBlock) and bool(part.font.strike) for part in text]
    if not any(struck):
        return None
    return "".join(str(part) for part, gone in zip(text, struck, strict=True) if not gone).strip()


def _value(value: object) -> Value:
    """A stored value in our types: binary floats by their 15 digits, days without their midnight."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return plain_number(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, time):
        return value.isoformat()
    text = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), str(value))
    return text if text.strip() else None
