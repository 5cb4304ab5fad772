"""Workbooks of the present format, read by openpyxl.

Gets a file's bytes, gives a `GridBook`, or the openpyxl workbook itself where it is to be marked and sent back.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import redirect_stdout, suppress

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
    Lost,
    UnreadableError,
    Value,
    plain_value,
)
from build_scripts.forms.mend import STYLES, mended
from build_scripts.forms.parts import Parts, take_apart
from build_scripts.forms.values_only import read_values
from build_scripts.locale import t

_CELL_LOOKS = "_cell_styles"
_LOOKS = {"fontId": "_fonts", "fillId": "_fills", "borderId": "_borders"}


def read_xlsx(content: bytes) -> GridBook:
    """The workbook in the bytes of an .xlsx file.

    Raises:
        UnreadableError: it is damaged, empty, far too large, or another office document.
    """
    parts = take_apart(content).without_empty_cells()
    code = "file_damaged"
    for book in _readings(parts):
        if any(grid.cells for grid in book.grids):
            return book
        code = "file_no_sheets"
    raise UnreadableError(code)


def open_xlsx(content: bytes) -> Workbook | None:
    """The workbook with its looks and formulas, to be marked and sent back; None where only its values can be read."""
    parts = take_apart(content)
    for _, attempt in _attempts(parts):
        with suppress(Exception):  # openpyxl lets whatever a broken part raises through
            return _load(attempt, data_only=False)
    return None


def _attempts(parts: Parts) -> Iterator[tuple[Lost, Parts]]:
    """The parts as they are, mended, and with nothing but the cells, each made only when the one before failed."""
    yield Lost.NOTHING, parts
    better = mended(parts)
    lost = Lost.LOOKS if STYLES in parts.files.keys() - better.files.keys() else Lost.NOTHING
    yield lost, better
    yield lost or Lost.COMMENTS, mended(parts, bare=True)


def _readings(parts: Parts) -> Iterator[GridBook]:
    """The workbook by the best reader that takes it."""
    for lost, attempt in _attempts(parts):
        try:
            yield GridBook(tuple(_grids(attempt)), lost=lost)
        except Exception:  # noqa: S112 - openpyxl lets whatever a broken part raises through
            continue
    try:
        book = read_values(parts, _known_formulas(parts))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic inside calamine is no Exception
        return
    yield book


def _grids(parts: Parts) -> Iterator[Grid]:
    values, formulas = _load(parts, data_only=True), _formulas(parts)
    beyond = {name for name, part in parts.sheets() if part in parts.beyond}
    for sheet in values.worksheets:
        from_1904 = values.epoch == CALENDAR_MAC_1904
        yield _grid(sheet, formulas, beyond=sheet.title in beyond, from_1904=from_1904)


def _load(parts: Parts, *, data_only: bool) -> Workbook:
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()):  # openpyxl prints some of its complaints
        warnings.simplefilter("ignore")
        workbook = openpyxl.load_workbook(io.BytesIO(parts.zipped()), data_only=data_only, rich_text=True)
    known = {name: len(getattr(workbook, looks)) for name, looks in _LOOKS.items()}
    for look in getattr(workbook, _CELL_LOOKS):
        if any(getattr(look, name) >= count for name, count in known.items()):
            raise ValueError(look)  # what a cell looks like is looked up only when asked, by us or on writing
    return workbook


def _formulas(parts: Parts) -> frozenset[tuple[str, int, int]]:
    try:
        return formula_cells(parts)
    except ValueError:
        return _slowly(parts)


def _known_formulas(parts: Parts) -> frozenset[tuple[str, int, int]]:
    try:
        return formula_cells(parts)
    except Exception:  # the list of sheets is broken, or cells do not say where they are
        return frozenset()


def _slowly(parts: Parts) -> frozenset[tuple[str, int, int]]:
    """The computed cells as openpyxl sees them, for files whose cells do not say where they are."""
    return frozenset(
        (sheet.title, row, column)
        for sheet in _load(parts, data_only=False).worksheets
        for (row, column), cell in sheet._cells.items()
        if cell.data_type == "f"
    )


def _grid(sheet: Worksheet, formulas: frozenset[tuple[str, int, int]], *, beyond: bool, from_1904: bool) -> Grid:
    cells: dict[tuple[int, int], GridCell] = {}
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
    return Grid.of(sheet.title, cells, merged, beyond=beyond, from_1904=from_1904, hidden=_hidden(sheet))


def _hidden(sheet: Worksheet) -> frozenset[tuple[int, int]]:
    """The rows and columns that are hidden; (0, 0) where the whole sheet is."""
    rows = {(row, 0) for row, look in sheet.row_dimensions.items() if look.hidden and row <= MAX_ROWS}
    spans = ((look.min or 0, look.max or 0) for look in sheet.column_dimensions.values() if look.hidden)
    columns = {(0, each) for first, last in spans for each in range(first, min(last, MAX_COLUMNS) + 1)}
    return frozenset(rows | columns | (set() if sheet.sheet_state == "visible" else {(0, 0)}))


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
    """A stored value in our types; characters that the format writes by their number are put back."""
    if isinstance(value, str):
        value = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), value)
    return plain_value(value)
