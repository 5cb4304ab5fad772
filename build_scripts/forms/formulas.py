"""Which cells of an XLSX file are computed.

Gets a file's bytes, gives (sheet, row, column) of every formula. openpyxl tells formulas or their results, not both,
and reading a file a second time doubles the cost; the sheets' XML says it with one search.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from posixpath import join, normpath
from xml.etree import ElementTree as ET  # only after openpyxl, with its own guards, has read the same parts

from openpyxl.utils import column_index_from_string

_CELL_WITH_FORMULA = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d+)"[^>]*>\s*<(?:\w+:)?f[\s/>]')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def formula_cells(content: bytes) -> frozenset[tuple[str, int, int]]:
    """The computed cells of a workbook.

    Raises:
        ValueError: a sheet has formulas in cells that do not say where they are.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return frozenset(cell for name, part in _sheets(archive) for cell in _cells(name, archive.read(part)))


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name and the part of the archive that holds it."""
    relations = ET.fromstring(archive.read(_RELATIONS))  # noqa: S314 - see the import
    parts = {item.get("Id"): item.get("Target", "") for item in relations}
    names = set(archive.namelist())
    for sheet in ET.fromstring(archive.read(_WORKBOOK)).iter(f"{_MAIN}sheet"):  # noqa: S314 - see the import
        target = parts.get(sheet.get(_RELATION, ""), "")
        part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        if part in names:
            yield sheet.get("name", ""), part


def _cells(name: str, xml: bytes) -> Iterator[tuple[str, int, int]]:
    found = 0
    for cell in _CELL_WITH_FORMULA.finditer(xml):
        found += 1
        yield name, int(cell[2]), column_index_from_string(cell[1].decode())
    if found != len(_FORMULA.findall(xml)):
        raise ValueError(name)
