"""What stands in a returned workbook that the form does not know: said cell by cell, so that nothing is lost silently.

Gets the `GridBook` and the forms found in it, adds lines: columns that were put in, other sheets, comments, what is
struck through, what lies beyond the rows anybody reads.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from build_scripts.forms.grid import MAX_COLUMNS, MAX_ROWS, Grid, GridBook, GridCell, as_text
from build_scripts.forms.layout import META_FIELDS
from build_scripts.forms.lines import Level, Lines
from build_scripts.forms.locate import Located
from build_scripts.locale import t

_SHOWN, _MOST = 40, 30
Cells = Iterator[tuple[int, int, GridCell]]


def note_unread(lines: Lines, book: GridBook, forms: Collection[Located]) -> None:
    """A line for everything that is not read."""
    read = {located.grid.name for located in forms}
    for located in forms:
        _columns(lines, located)
    for grid in book.grids:
        if _is_ours(grid):
            continue
        _marks(lines, grid)
        if grid.beyond:
            lines.add("unread_beyond", (grid.name, 0, 0), Level.NOTE, rows=MAX_ROWS, columns=MAX_COLUMNS)
        if grid.name not in read and not any(
            line.code == "sheet_twice" and line.sheet == grid.name for line in lines.found
        ):
            _sheet(lines, grid)


def _is_ours(grid: Grid) -> bool:
    """Whether a sheet is one we made and nobody fills: the hidden one, the instructions, the list of a marked copy."""
    titles = {t("forms.sheet.howto"), t("forms.sheet.meta"), t("forms.marked.sheet")}
    return grid.name in titles or as_text(grid.at(1, 1).value) == META_FIELDS[0]


def _columns(lines: Lines, located: Located) -> None:
    """Cells in columns that no field stands for."""
    known = set(located.columns.values())
    cells = (
        (row, column, cell)
        for (row, column), cell in sorted(located.grid.cells.items())
        if row >= located.first_row and column not in known and _says_something(cell)
    )
    for row, column, cell in _few(lines, located.grid, cells):
        title = located.grid.text(located.header_row, column)
        code = "unread_column" if title else "unread_cell"
        facts = {"found": _short(cell), "title": title}
        lines.add_facts(code, facts, (located.grid.name, row, column), Level.NOTE)


def _sheet(lines: Lines, grid: Grid) -> None:
    """Figures on a sheet that is none of the forms; of the sheet that lists shared matters only what was added."""
    shared = grid.name == t("forms.sheet.shared")
    cells = (
        (row, column, cell)
        for (row, column), cell in sorted(grid.cells.items())
        if isinstance(cell.value, Decimal) and (not shared or grid.text(3, column) == "")
    )
    for row, column, cell in _few(lines, grid, cells):
        lines.add("unread_sheet", (grid.name, row, column), Level.NOTE, found=_short(cell), sheet=grid.name)


def _marks(lines: Lines, grid: Grid) -> None:
    """Comments and what is struck through."""
    for (row, column), cell in sorted(grid.cells.items()):
        if cell.comment:
            words = " ".join(cell.comment.split())[:_SHOWN]
            lines.add("unread_comment", (grid.name, row, column), Level.NOTE, found=words)
        if cell.struck and _says_something(cell):
            lines.add("unread_struck", (grid.name, row, column), Level.NOTE, found=_short(cell))


def _few(lines: Lines, grid: Grid, cells: Cells) -> Cells:
    """The first cells, and a line about how many more there are."""
    more = 0
    for number, cell in enumerate(cells):
        if number < _MOST:
            yield cell
        else:
            more += 1
    if more:
        lines.add("unread_more", (grid.name, 0, 0), Level.NOTE, count=more)


def _says_something(cell: GridCell) -> bool:
    return bool(as_text(cell.value)) or bool(cell.error)


def _short(cell: GridCell) -> str:
    return (as_text(cell.value) or cell.error)[:_SHOWN]
