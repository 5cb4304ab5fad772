"""Which cells of an XLSX file are computed.

Gets a file's parts, gives (sheet, row, column) of every formula. openpyxl tells formulas or their results, not both,
and reading a file a second time doubles the cost; the sheets' XML says it with one search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openpyxl.utils import column_index_from_string

from build_scripts.forms.parts import Parts

_CELL_WITH_FORMULA = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d+)"[^>]*>\s*<(?:\w+:)?f[\s/>]')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


def formula_cells(parts: Parts) -> frozenset[tuple[str, int, int]]:
    """The computed cells of a workbook.

    Raises:
        ValueError: a sheet has formulas in cells that do not say where they are.
    """
    return frozenset(cell for name, part in parts.sheets() for cell in _cells(name, parts.files[part]))


def _cells(name: str, xml: bytes) -> Iterator[tuple[str, int, int]]:
    found = 0
    for cell in _CELL_WITH_FORMULA.finditer(xml):
        found += 1
        yield name, int(cell[2]), column_index_from_string(cell[1].decode())
    if found != len(_FORMULA.findall(xml)):
        raise ValueError(name)
