"""An XLSX file taken apart: refused where it is none, cut where nobody reads on, put into the one dialect that is read.

Gets a file's bytes, gives `Parts`. A sheet formatted down to its last row holds millions of empty cells: its rows are
let through only as far as anybody reads, what lies below is searched for content and thrown away as it comes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import join, normpath
from typing import IO
from xml.etree import ElementTree as ET  # no part with a document type gets this far, and expat limits entities

from build_scripts.forms.grid import MAX_ROWS, UnreadableError

MAX_UNPACKED_BYTES = 300_000_000
# What the sheets may come to with the rows that are thrown away: more than a million formatted rows.
_MAX_PASSED_BYTES = 1_200_000_000
_MAX_READ_BYTES = 60_000_000
_CHUNK, _OVERLAP = 1 << 20, 400
# Formatted rows that are kept under the last row that says something, where a sheet was cut.
_ROOM = 60
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="(\d+)"')
_ROW_END = re.compile(rb"</(?:\w+:)?row>|<(?:\w+:)?row\s[^>]*/>")
_EMPTY_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="[^>]*/>|<(?:\w+:)?c\s[^>]*?\br="[^>]*></(?:\w+:)?c>')
# To the right of the columns anybody reads (the hundredth is CV).
_FAR_AND_EMPTY = re.compile(rb'<(?:\w+:)?c\sr="(?:C[W-Z]|[D-Z][A-Z]|[A-Z]{3})\d+"[^>]*/>')
_PLACELESS = re.compile(rb'<(?:\w+:)?c(?:>|\s(?![^>]*?\br=")[^>]*>)')
_SHEET = re.compile(rb"<(?:\w+:)?worksheet[\s>]")
# Signs of content, each after a letter that formatting alone never has: one letter is found far faster than two.
_CONTENT = ((b"v", b"v>"), (b"f", b"f>"), (b"f", b"f/>"), (b"S", b"inlineStr"))
# The strict form of the format differs in its namespaces.
_STRICT = b"http://purl.oclc.org/ooxml/"
_DIALECTS = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships/metadata/",
        b"http://schemas.openxmlformats.org/package/2006/relationships/metadata/",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/extendedProperties",
        b"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/customProperties",
        b"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes",
        b"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    ),
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a workbook by name; `beyond` names the sheets with content in rows that were thrown away."""

    files: dict[str, bytes]
    beyond: frozenset[str] = frozenset()

    def sheets(self) -> Iterator[tuple[str, str]]:
        """Each sheet's name and the part that holds it.

        Raises:
            ET.ParseError, KeyError: the list of sheets is broken.
        """
        relations = ET.fromstring(self.files[_RELATIONS])  # noqa: S314 - see the import
        targets = {item.get("Id"): item.get("Target", "") for item in relations}
        for sheet in ET.fromstring(self.files[_WORKBOOK]).iter(f"{_MAIN}sheet"):  # noqa: S314 - see the import
            target = targets.get(sheet.get(_RELATION, ""), "")
            part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            if part in self.files:
                yield sheet.get("name", ""), part

    def without_empty_cells(self) -> Parts:
        """As read for the values alone: a cell that only has a look is left out."""
        return Parts({name: _filled(content) for name, content in self.files.items()}, self.beyond)

    def zipped(self) -> bytes:
        """As a file again."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, content in self.files.items():
                archive.writestr(name, content)
        return out.getvalue()


def take_apart(content: bytes) -> Parts:
    """The parts of the XLSX file in `content`.

    Raises:
        UnreadableError: it is damaged, protected, far too large, or another office document.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _is_a_workbook(archive)
            return _unpacked(archive)
    except UnreadableError:
        raise
    except Exception:  # zipfile lets whatever a broken archive raises through
        raise UnreadableError("file_damaged") from None


def _is_a_workbook(archive: zipfile.ZipFile) -> None:
    names = {_tidy(name) for name in archive.namelist()}
    items = archive.infolist()
    sheets = sum(item.file_size for item in items if "/worksheets/" in _tidy(item.filename))
    others = sum(item.file_size for item in items) - sheets
    if others > MAX_UNPACKED_BYTES or sheets > _MAX_PASSED_BYTES:
        raise UnreadableError("file_large", megabytes=(others + sheets) // 1_000_000)
    if any(item.flag_bits & 1 for item in items):
        raise UnreadableError("file_password")
    if _WORKBOOK in names:
        return
    if "xl/workbook.bin" in names:
        raise UnreadableError("file_xlsb")
    if "mimetype" in names and "spreadsheet" in archive.read("mimetype")[:200].decode("ascii", "replace"):
        raise UnreadableError("file_ods")
    raise UnreadableError("file_other_office" if {"mimetype", "[Content_Types].xml"} & names else "file_other")


def _tidy(name: str) -> str:
    """A part's name as the standard writes it; some programs turn the strokes round or begin with one."""
    return name.replace("\\", "/").lstrip("/")


def _unpacked(archive: zipfile.ZipFile) -> Parts:
    files, beyond = {}, set()
    for item in archive.infolist():
        name = _tidy(item.filename)
        with archive.open(item) as stream:
            if "/worksheets/" in name and name.endswith(".xml"):
                content, more = _sheet(stream)
                if more:
                    beyond.add(name)
            else:
                content = stream.read()
        if name.endswith((".xml", ".rels")):
            if b"<!DOCTYPE" in content:
                raise UnreadableError("file_damaged")
            content = _transitional(content)
        files[name] = content
    return Parts(files, frozenset(beyond))


def _transitional(content: bytes) -> bytes:
    if _STRICT in content:
        for strict, transitional in _DIALECTS:
            content = content.replace(strict, transitional)
    return content


def _sheet(stream: IO[bytes]) -> tuple[bytes, bool]:
    """A sheet's text without the rows that nobody reads, and whether there was anything in them."""
    kept = bytearray()
    while chunk := stream.read(_CHUNK):
        start = max(len(kept) - _OVERLAP, 0)
        kept += chunk if _PLACELESS.search(chunk) else _FAR_AND_EMPTY.sub(b"", chunk)
        if (first := next((at for at in _ROW.finditer(kept, start) if int(at[1]) > MAX_ROWS), None)) is not None:
            place = first.start()
            rest = bytes(kept[place:])
            del kept[_last_said(kept, place) :]
            return _passed(stream, kept, rest)
        if len(kept) > _MAX_READ_BYTES:
            raise UnreadableError("file_large", megabytes=len(kept) // 1_000_000)
    return bytes(kept), False


def _last_said(kept: bytearray, end: int) -> int:
    """Where the rows that say something end, with room for those a clerk may still fill."""
    said = max(kept.rfind(mark, 0, end) for _, mark in _CONTENT)
    at = max(said, kept.find(b"sheetData>", 0, end) + len(b"sheetData>"))
    for number, found in enumerate(_ROW_END.finditer(kept, at, end)):
        if number == _ROOM:
            return found.end()
    return end


def _passed(stream: IO[bytes], kept: bytearray, rest: bytes) -> tuple[bytes, bool]:
    """What comes after the rows, put behind those kept; the rows are only searched for content."""
    beyond = False
    while True:
        end = rest.find(b"sheetData>") if b"D" in rest else -1
        rows = rest if end < 0 else rest[:end]
        beyond = beyond or any(letter in rows and mark in rows for letter, mark in _CONTENT)
        if end >= 0:
            kept += rest[rest.rfind(b"<", 0, end) :]
            kept += stream.read(_MAX_READ_BYTES)
            return bytes(kept), beyond
        chunk = stream.read(_CHUNK)
        if not chunk:
            raise UnreadableError("file_damaged")
        rest = rest[-32:] + chunk


def _filled(content: bytes) -> bytes:
    """A sheet without its empty cells; as it is where cells do not say where they are, or it is no sheet."""
    if not _SHEET.search(content[:2000]) or _PLACELESS.search(content):
        return content
    return _EMPTY_CELL.sub(b"", content)
