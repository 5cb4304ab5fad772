"""Workbooks as people send them, read into plain grids of cells.

Gets a file, gives a `GridBook`, whatever its name ends in: the first bytes say what it is. XLSX is read by openpyxl,
the old binary format by xlrd. What cannot be read raises `UnreadableError` with the code of the line that says why.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import openpyxl
import xlrd  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from build_scripts.forms.failures import why
from build_scripts.forms.formulas import formula_cells

MAX_BYTES = 30_000_000
MAX_UNPACKED_BYTES = 300_000_000
MAX_ROWS, MAX_COLUMNS = 5_000, 100
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_XL_ERRORS = xlrd.error_text_from_code

Value = str | Decimal | date | bool | None


class UnreadableError(Exception):
    """A file that is no workbook we can read; `code` names the line, `facts` fill it."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell's value as stored, and what its value alone does not tell.

    `percent`: it is shown as a percentage, so 0.125 was seen as 12.5%. `formula`: it is computed; `value` is then the
    result the last program stored, None when none was stored. `error` is `#REF!` and the like.
    """

    value: Value
    percent: bool = False
    formula: bool = False
    error: str = ""


_EMPTY = GridCell(None)
Range = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: cells by (row, column), both from 1, and merged ranges (first row and column, last row and column)."""

    name: str
    cells: dict[tuple[int, int], GridCell] = field(default_factory=dict)
    merged: tuple[Range, ...] = ()
    rows: int = 0
    columns: int = 0

    def at(self, row: int, column: int) -> GridCell:
        """The cell itself; an empty one where nothing is stored."""
        return self.cells.get((row, column), _EMPTY)

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
    """A workbook: its sheets in order; `legacy` for the binary format."""

    grids: tuple[Grid, ...]
    legacy: bool = False

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


def read_workbook(path: Path) -> GridBook:
    """The workbook in a file.

    Raises:
        UnreadableError: the file is missing, too large, encrypted, damaged, or something else than a workbook.
    """
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as failure:
        raise UnreadableError("file_missing", reason=why(failure)) from None
    if size > MAX_BYTES:
        raise UnreadableError("file_large", megabytes=size // 1_000_000)
    if not content:
        raise UnreadableError("file_empty")
    if content.startswith(_ZIP):
        return _read_xlsx(content)
    if content.startswith(_OLE):
        return _read_xls(content)
    raise UnreadableError(_not_a_workbook(content))


def _not_a_workbook(content: bytes) -> str:
    head = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        return "file_html"
    if head.startswith(b"%pdf"):
        return "file_pdf"
    return "file_text" if b"\0" not in content[:2000] else "file_other"


def _read_xlsx(content: bytes) -> GridBook:
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
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
            try:
                formulas = formula_cells(content)
            except ValueError:
                formulas = _slowly(content)
            grids = tuple(_grid(sheet, formulas) for sheet in values.worksheets)
    except Exception:  # openpyxl lets whatever a broken part raises through
        raise UnreadableError("file_damaged") from None
    if not grids or not any(grid.cells for grid in grids):
        raise UnreadableError("file_no_sheets")
    return GridBook(grids)


def _slowly(content: bytes) -> frozenset[tuple[str, int, int]]:
    """The computed cells as openpyxl sees them, for files whose cells do not say where they are."""
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    return frozenset(
        (sheet.title, row, column)
        for sheet in workbook.worksheets
        for (row, column), cell in sheet._cells.items()
        if cell.data_type == "f"
    )


def _grid(sheet: Worksheet, formulas: frozenset[tuple[str, int, int]]) -> Grid:
    cells = {}
    for (row, column), cell in sheet._cells.items():  # iter_rows would make a cell for every gap
        formula = (sheet.title, row, column) in formulas
        if row > MAX_ROWS or column > MAX_COLUMNS or (cell.value is None and not formula):
            continue
        is_error = cell.data_type == "e"
        cells[row, column] = GridCell(
            value=None if is_error else _value(cell.value),
            percent="%" in str(cell.number_format),
            formula=formula,
            error=str(cell.value) if is_error else "",
        )
    for name, row, column in formulas:
        if name == sheet.title and row <= MAX_ROWS and column <= MAX_COLUMNS:
            cells.setdefault((row, column), GridCell(None, formula=True))
    merged = tuple((r.min_row, r.min_col, r.max_row, r.max_col) for r in sheet.merged_cells.ranges)
    return _sized(sheet.title, cells, tuple(sorted(merged)))


def _sized(name: str, cells: dict[tuple[int, int], GridCell], merged: tuple[Range, ...]) -> Grid:
    rows = max((row for row, _ in cells), default=0)
    columns = max((column for _, column in cells), default=0)
    return Grid(name, cells, merged, rows, columns)


def _value(value: object) -> Value:
    """A stored value in our types: binary floats by their 15 digits, days without their midnight."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return _decimal(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, time):
        return value.isoformat()
    text = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), str(value))
    return text if text.strip() else None


def _decimal(value: float) -> Decimal | str:
    """The number a spreadsheet shows for a binary float: 15 significant digits."""
    if isinstance(value, int):
        return Decimal(value)
    exact = Decimal(f"{value:.15g}")
    if not exact.is_finite():
        return str(value)
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() and abs(exact) < 10**15 else exact


def _read_xls(content: bytes) -> GridBook:
    if _ENCRYPTED in content:
        raise UnreadableError("file_password")
    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO())
    except Exception as failure:  # xlrd lets whatever a broken part raises through
        encrypted = "encrypted" in str(failure).lower()
        raise UnreadableError("file_password" if encrypted else "file_damaged") from None
    grids = tuple(_xls_grid(book, sheet) for sheet in book.sheets())
    if not any(grid.cells for grid in grids):
        raise UnreadableError("file_no_sheets")
    return GridBook(grids, legacy=True)


def _xls_grid(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Grid:
    cells = {(row, column): cell for row, column, cell in _xls_cells(book, sheet)}
    merged = tuple((r1 + 1, c1 + 1, r2, c2) for r1, r2, c1, c2 in sheet.merged_cells)
    return _sized(sheet.name, cells, tuple(sorted(merged)))


def _xls_cells(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Iterator[tuple[int, int, GridCell]]:
    """Cells that hold something; xlrd gives a formula's stored result and does not tell that it is one."""
    for row in range(min(sheet.nrows, MAX_ROWS)):
        for column in range(min(sheet.row_len(row), MAX_COLUMNS)):
            cell = sheet.cell(row, column)
            if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            if cell.ctype == xlrd.XL_CELL_ERROR:
                yield row + 1, column + 1, GridCell(None, error=_XL_ERRORS.get(int(cell.value), "#ERR"))
                continue
            style = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
            yield row + 1, column + 1, GridCell(_xls_value(cell, book.datemode), percent="%" in style)


def _xls_value(cell: xlrd.sheet.Cell, datemode: int) -> Value:
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            day: datetime = xlrd.xldate_as_datetime(cell.value, datemode)
            return day.date()
        except (xlrd.XLDateError, OverflowError, ValueError):
            return _decimal(float(cell.value))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return _value(cell.value)
