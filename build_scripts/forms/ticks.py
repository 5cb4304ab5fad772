"""The ticks in a returned workbook: rows its clerk has checked, questions answered on the list of a marked copy.

Gets a `GridBook` and the forms found in it, gives `Ticks`. The list is known by the titles of its columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from build_scripts.forms.accept import Ticks
from build_scripts.forms.cells import is_tick
from build_scripts.forms.grid import Grid, GridBook
from build_scripts.forms.locate import Located
from build_scripts.locale import t


def read_ticks(book: GridBook, forms: Iterable[Located]) -> Ticks:
    """Every tick of a workbook."""
    return Ticks(frozenset(_rows(forms)), frozenset(place for grid in book.grids for place in _listed(grid)))


def _rows(forms: Iterable[Located]) -> Iterator[tuple[str, int]]:
    for located in forms:
        for row in range(located.first_row, located.grid.rows + 1):
            if "checked" in located.columns and is_tick(located.cell(row, "checked")):
                yield located.grid.name, row


def _listed(grid: Grid) -> Iterator[tuple[str, str]]:
    titles = {grid.text(1, column): column for column in range(1, grid.columns + 1)}
    wanted = [t(f"forms.marked.{column}") for column in ("where", "what", "checked")]
    if not titles.keys() >= set(wanted):
        return
    where, what, checked = (titles[title] for title in wanted)
    for row in range(2, grid.rows + 1):
        if is_tick(grid.at(row, checked)):
            yield grid.text(row, where), grid.text(row, what)
