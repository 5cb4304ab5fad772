"""Workbooks that nothing else can open, read by calamine, which asks for values alone.

Gets a file's parts, gives the sheets' values: neither looks, comments nor what is struck through.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence

from python_calamine import CalamineWorkbook

from build_scripts.forms.grid import MAX_COLUMNS, MAX_ROWS, Grid, GridBook, GridCell, Lost, plain_value
from build_scripts.forms.parts import Parts

# A cell this far to the right: calamine makes room for every cell before it, in every row.
_FAR = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="[A-Z]{3}')
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DATA!"})


def read_values(parts: Parts, formulas: frozenset[tuple[str, int, int]]) -> GridBook:
    """The values of a workbook; `formulas` are the cells known to be computed.

    Raises:
        ValueError: a sheet is wider than anything we let calamine make room for.
        CalamineError: it cannot be read.
    """
    if any(_FAR.search(content) for name, content in parts.files.items() if "/worksheets/" in name):
        raise ValueError(MAX_COLUMNS)
    book = CalamineWorkbook.from_filelike(io.BytesIO(parts.zipped()))
    grids = []
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS)
        cells = dict(_cells(name, rows, formulas))
        merged = tuple((r1 + 1, c1 + 1, r2 + 1, c2 + 1) for (r1, c1), (r2, c2) in sheet.merged_cell_ranges or ())
        beyond = sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS
        grids.append(Grid.of(name, cells, merged, beyond=beyond))
    return GridBook(tuple(grids), lost=Lost.LOOKS)


def _cells(
    name: str, rows: Sequence[Sequence[object]], formulas: frozenset[tuple[str, int, int]]
) -> Iterator[tuple[tuple[int, int], GridCell]]:
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values[:MAX_COLUMNS], start=1):
            formula = (name, row, column) in formulas
            if value in _ERRORS:
                yield (row, column), GridCell(None, error=str(value), formula=formula)
            elif (kept := plain_value(value)) is not None or formula:
                yield (row, column), GridCell(kept, formula=formula)
