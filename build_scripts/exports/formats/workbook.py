"""XLSX: typed cells, frozen header, filter, and a sheet that says what each column means. Written by XlsxWriter.

The library stamps its parts with a fixed day; the document's own day is the edition's, so the bytes repeat.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from build_scripts.core.spreadsheet import escape
from build_scripts.exports.formats.rows import Rows
from build_scripts.exports.tables import Cell, Field, Table
from build_scripts.locale import in_brackets, t

# Excel's own limits and what is comfortable to read.
_MAX_SHEET_NAME = 31
_MIN_WIDTH, _MAX_WIDTH = 8, 42
_SAMPLED = 60
_FITS_A_PAGE = 14
_FORBIDDEN_IN_SHEET_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass(frozen=True, slots=True)
class Document:
    """What a workbook says of itself in its properties."""

    title: str
    author: str
    comments: str
    as_of: date


def workbook(tables: Iterable[Table], document: Document, *, meanings: bool = True) -> bytes:
    """A workbook with a sheet a table and, last, the meaning of every column (unless `meanings` is false).

    The header row holds the columns' titles in words; the last sheet gives their field names.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, {**options, "default_date_format": "yyyy-mm-dd"})
    made = datetime(document.as_of.year, document.as_of.month, document.as_of.day)  # noqa: DTZ001 - a day has no zone
    book.set_properties(
        {"title": document.title, "author": document.author, "comments": document.comments, "created": made}
    )
    formats = {
        "header": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    listed = tuple(tables)
    names: set[str] = set()
    for table in listed:
        _sheet(book.add_worksheet(_sheet_name(table.title, names), worksheet_class=Rows), table, formats)
    if meanings:
        _meanings(book.add_worksheet(_sheet_name(t("opendata.xlsx.meanings"), names)), listed, formats)
    book.close()
    for sheet in book.worksheets():
        vars(sheet).clear()  # sheets and book hold each other, and with them all that was written
    return buffer.getvalue()


def _sheet(sheet: Rows, table: Table, formats: Mapping[str, Any]) -> None:
    fields = table.fields
    _header(sheet, [header_of(field) for field in fields], formats, len(table.rows))
    columns = table.columns()
    for index, (field, cells) in enumerate(zip(fields, columns, strict=True)):
        sheet.set_column(index, index, _width(field, cells[:_SAMPLED]))
    sheet.fill([(field.type, cells) for field, cells in zip(fields, columns, strict=True)], formats["date"])


def header_of(field: Field) -> str:
    """A column's heading: its title, with the unit when the whole column has one."""
    return field.title + in_brackets(field.unit)


def _header(sheet: Worksheet, titles: list[str], formats: Mapping[str, Any], rows: int) -> None:
    sheet.write_row(0, 0, titles, formats["header"])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(rows, 1), len(titles) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    if len(titles) <= _FITS_A_PAGE:
        sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _width(field: Field, cells: Iterable[Cell]) -> int:
    """A column's width in characters: wide enough for most of what it holds, Chinese counted double."""
    longest = max((_measure(str(each)) for each in cells if each is not None), default=0)
    return min(_MAX_WIDTH, max(_MIN_WIDTH, _measure(field.title), longest) + 2)


def _measure(text: str) -> int:
    """Letters count one, Chinese characters (three bytes each) two."""
    return (len(text) + len(text.encode())) // 2


def _meanings(sheet: Worksheet, tables: Iterable[Table], formats: Mapping[str, Any]) -> None:
    titles = [t(f"opendata.xlsx.{name}") for name in ("table", "column", "field", "type", "unit", "meaning")]
    rows = [
        (table.title, header_of(field), field.name, t(f"opendata.type.{field.type}"), field.unit, field.description)
        for table in tables
        for field in table.fields
    ]
    _header(sheet, titles, formats, len(rows))
    for number, row in enumerate(rows, start=1):
        for index, value in enumerate(row):
            sheet.write_string(number, index, escape(value))
    for index, width in enumerate((16, 20, 26, 10, 8, 80)):
        sheet.set_column(index, index, width)


def _sheet_name(title: str, taken: set[str]) -> str:
    """A name that Excel accepts and that no other sheet has, also when letters differ in case only."""
    clean = title.translate(_FORBIDDEN_IN_SHEET_NAME).strip()[:_MAX_SHEET_NAME] or "1"
    name, count = clean, 1
    while name.casefold() in taken:
        count += 1
        name = f"{clean[: _MAX_SHEET_NAME - 3]} {count}"
    taken.add(name.casefold())
    return name
