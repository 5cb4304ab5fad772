"""The workbook a clerk gets back: the bad cells coloured, each with a note, and a first sheet that lists them all.

Gets a returned file and its lines, gives the bytes of a marked copy; the file itself is never touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from build_scripts.forms import styles
from build_scripts.forms.archive import workbook_bytes
from build_scripts.forms.files import file_content, is_xlsx, read_workbook
from build_scripts.forms.grid import GridBook, UnreadableError
from build_scripts.forms.lines import Level, Line
from build_scripts.forms.locate import find_forms
from build_scripts.forms.validation import restore_validations
from build_scripts.forms.xls_looks import open_xls
from build_scripts.forms.xlsx import open_xlsx
from build_scripts.locale import t

LISTED = ("severity", "where", "what", "todo", "checked")
_WIDTHS = (10, 26, 60, 60, 12)


def marked_path(path: Path, folder: Path | None = None) -> Path:
    """`NAME.已标注.xlsx` beside the file or in `folder`; a marked copy sent back gets a number, never the same name."""
    suffix = t("forms.marked_suffix")
    stem = path.stem.split(suffix)[0]
    target = (folder or path.parent) / f"{stem}{suffix}.xlsx"
    number = 2
    while target.exists() and target.resolve() == path.resolve():
        target = target.with_name(f"{stem}{suffix}{number}.xlsx")
        number += 1
    return target


def marked_copy(path: Path, lines: Sequence[Line], day: date) -> bytes | None:
    """The marked copy as an XLSX file dated `day`; None when the file cannot be opened, or no line names a cell."""
    if not any(line.cell for line in lines):
        return None
    try:
        workbook = _opened(path)
    except UnreadableError:
        return None
    for sheet in workbook.worksheets:
        _clean(sheet)
    for line in lines:
        if line.cell and line.sheet in workbook.sheetnames:
            _mark(workbook[line.sheet], line)
    _list(workbook, lines)
    return workbook_bytes(workbook, day)


def _opened(path: Path) -> Workbook:
    """The workbook to mark: the file itself, or a new one where it has the old binary format or cannot be written.

    Raises:
        UnreadableError: as `read_workbook`.
    """
    content = file_content(path)
    if is_xlsx(content) and (workbook := open_xlsx(content)):
        return workbook
    book = read_workbook(path)
    workbook = _rebuilt(book) if is_xlsx(content) else open_xls(content, book)
    for located in find_forms(book):
        restore_validations(workbook[located.grid.name], located)
    return workbook


def _rebuilt(book: GridBook) -> Workbook:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for grid in book.grids:
        sheet = workbook.create_sheet(grid.name)
        for (row, column), cell in grid.cells.items():
            styles.put(sheet.cell(row, column), cell.value)
        for first_row, first_column, last_row, last_column in grid.merged:
            sheet.merge_cells(None, first_row, first_column, last_row, last_column)
        if grid.name == t("forms.sheet.meta"):
            sheet.sheet_state = "veryHidden"
    return workbook


def _clean(sheet: Worksheet) -> None:
    """Take out what an earlier round marked, so that a mended cell is not still red."""
    author = t("forms.comment_author")
    for cell in sheet._cells.values():  # iter_rows would make a cell for every gap
        if isinstance(cell, Cell) and cell.comment and cell.comment.author == author:
            cell.comment = None
            cell.fill = copy(styles.ENTRY_FILL)


def _mark(sheet: Worksheet, line: Line) -> None:
    cell = sheet[line.cell]
    if not isinstance(cell, Cell):
        return
    text = line.said
    if cell.comment and cell.comment.author == t("forms.comment_author"):
        text = f"{cell.comment.text}\n{text}"
    elif cell.comment:
        own = t("format.line.told", label=cell.comment.author, words=cell.comment.text)
        text = f"{text}\n{own}"
    if line.severity is not Level.NOTE and cell.fill != styles.BAD_FILL:
        cell.fill = styles.BAD_FILL if line.severity is Level.ERROR else styles.WARNED_FILL
    cell.comment = Comment(text, t("forms.comment_author"), height=90, width=320)


def _list(workbook: Workbook, lines: Sequence[Line]) -> None:
    """A first sheet with every line; each place is a link to its cell, each question has a cell to answer it in."""
    name = t("forms.marked.sheet")
    if name in workbook.sheetnames:
        del workbook[name]
    sheet = workbook.create_sheet(name, 0)
    for number, (column, width) in enumerate(zip(LISTED, _WIDTHS, strict=True), start=1):
        header = sheet.cell(1, number)
        styles.put(header, t(f"forms.marked.{column}"))
        header.font, header.fill, header.border = styles.HEADER_FONT, styles.HEADER_FILL, styles.BORDER
        sheet.column_dimensions[header.column_letter].width = width
    for row, line in enumerate(lines, start=2):
        texts = (t(f"forms_lines.severity.{line.severity}"), line.where, line.message, line.hint, "")
        for number, text in enumerate(texts, start=1):
            cell = sheet.cell(row, number)
            styles.put(cell, text)
            cell.font, cell.alignment, cell.border = styles.BODY_FONT, styles.LEFT, styles.BORDER
        if line.cell and line.sheet in workbook.sheetnames:
            sheet.cell(row, 2).hyperlink = f"#'{line.sheet}'!{line.cell}"
        if line.severity is Level.CHECK:
            styles.dress(sheet.cell(row, len(LISTED)), centred=True, entry=True)
        sheet.row_dimensions[row].height = styles.row_height(list(zip(texts, _WIDTHS, strict=True)))
    styles.fit_to_page(sheet, landscape=True)
    workbook.active = 0
    for other in workbook.worksheets[1:]:
        other.sheet_view.tabSelected = False
