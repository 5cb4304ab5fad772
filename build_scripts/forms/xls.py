"""The old binary workbooks, read by xlrd.

Gets a file's bytes, gives a `GridBook`. xlrd gives a formula's stored result and does not tell that it is one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime

import xlrd  # type: ignore[import-untyped]

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

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ERRORS = xlrd.error_text_from_code


def read_xls(content: bytes) -> GridBook:
    """The workbook in the bytes of an .xls file.

    Raises:
        UnreadableError: it is encrypted, damaged, or empty.
    """
    if _ENCRYPTED in content:
        raise UnreadableError("file_password")
    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO())
    except Exception as failure:  # xlrd lets whatever a broken part raises through
        encrypted = "encrypted" in str(failure).lower()
        raise UnreadableError("file_password" if encrypted else "file_damaged") from None
    grids = tuple(_grid(book, sheet) for sheet in book.sheets())
    if not any(grid.cells for grid in grids):
        raise UnreadableError("file_no_sheets")
    return GridBook(grids, legacy=True)


def _grid(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Grid:
    cells = {(row, column): cell for row, column, cell in _cells(book, sheet)}
    merged = tuple((r1 + 1, c1 + 1, r2, c2) for r1, r2, c1, c2 in sheet.merged_cells)
    beyond = sheet.nrows > MAX_ROWS or sheet.ncols > MAX_COLUMNS
    return Grid.of(sheet.name, cells, merged, beyond=beyond, from_1904=book.datemode == 1, hidden=_hidden(sheet))


def _hidden(sheet: xlrd.sheet.Sheet) -> frozenset[tuple[int, int]]:
    """The rows and columns that are hidden; (0, 0) where the whole sheet is."""
    rows = {(row + 1, 0) for row, look in sheet.rowinfo_map.items() if look.hidden and row < MAX_ROWS}
    columns = {(0, column + 1) for column, look in sheet.colinfo_map.items() if look.hidden and column < MAX_COLUMNS}
    return frozenset(rows | columns | ({(0, 0)} if sheet.visibility else set()))


def _cells(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Iterator[tuple[int, int, GridCell]]:
    notes = {place: note.text for place, note in sheet.cell_note_map.items()}
    for row in range(min(sheet.nrows, MAX_ROWS)):
        for column in range(min(sheet.row_len(row), MAX_COLUMNS)):
            cell, note = sheet.cell(row, column), notes.get((row, column), "")
            if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                if note:
                    yield row + 1, column + 1, GridCell(None, comment=note)
                continue
            if cell.ctype == xlrd.XL_CELL_ERROR:
                yield row + 1, column + 1, GridCell(None, error=_ERRORS.get(int(cell.value), "#ERR"), comment=note)
                continue
            look = book.xf_list[cell.xf_index]
            style = book.format_map[look.format_key].format_str
            struck = bool(book.font_list[look.font_index].struck_out)
            value = _value(cell, book.datemode)
            yield row + 1, column + 1, GridCell(value, number_format=style, struck=struck, comment=note)


def _value(cell: xlrd.sheet.Cell, datemode: int) -> Value:
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            day: datetime = xlrd.xldate_as_datetime(cell.value, datemode)
            return day.date()
        except (xlrd.XLDateError, OverflowError, ValueError):
            return plain_number(float(cell.value))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if isinstance(cell.value, int | float):
        return plain_number(cell.value)
    text = str(cell.value)
    return text if text.strip() else None
