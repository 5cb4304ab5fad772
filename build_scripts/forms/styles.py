"""How the cells of a form look: fonts, colours, borders, text that cannot turn into a formula.

Gets cells, changes them. Fonts are the ones Chinese offices have (宋体, 黑体); other programs fall back by themselves.
"""

from __future__ import annotations

import math
import unicodedata
from datetime import date
from decimal import Decimal

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from build_scripts.locale import t

BODY, HEADING = "宋体", "黑体"
_THIN = Side(style="thin", color="FF8A8F94")
BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
TITLE_FONT = Font(name=HEADING, size=16, bold=False)
HEADER_FONT = Font(name=HEADING, size=10.5)
BODY_FONT = Font(name=BODY, size=10.5)
SMALL_FONT = Font(name=BODY, size=9.5, color="FF555B61")
HEADER_FILL = PatternFill("solid", fgColor="FFDDE5EC")
ENTRY_HEADER_FILL = PatternFill("solid", fgColor="FFF2DC9B")
ENTRY_FILL = PatternFill("solid", fgColor="FFFFF8DC")
BAD_FILL = PatternFill("solid", fgColor="FFF8B4AE")
WARNED_FILL = PatternFill("solid", fgColor="FFFCD9A0")
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
RIGHT = Alignment(horizontal="right", vertical="center", wrap_text=False)
UNLOCKED = Protection(locked=False)
LINE_HEIGHT = 14.5
DATE_FORMAT = "yyyy-mm-dd"
TEXT_FORMAT = "@"

A4 = 9

CellValue = str | int | Decimal | date | None


def put(cell: Cell | MergedCell, value: CellValue) -> None:
    """Write a value; text is stored as text even where it begins like a formula (`=`, `+`, `-`, `@`)."""
    if isinstance(cell, MergedCell):
        return
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, date):
            cell.number_format = DATE_FORMAT
        elif isinstance(value, Decimal):
            cell.number_format = _number_format(value)
        return
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell.value = text or None
    if text:
        cell.data_type = "s"  # also `#N/A`, which would be an error, and `=1+1`
    if text.startswith(("=", "+", "-", "@")):
        cell.quotePrefix = True


def compute(cell: Cell | MergedCell, formula: str) -> None:
    """Write a formula: the one way to get one into a form, never with a text of the package in it."""
    if isinstance(cell, Cell):
        cell.value = formula


def dress(cell: Cell | MergedCell, *, centred: bool = False, number: bool = False, entry: bool = False) -> None:
    """Give a table cell its look; an entry cell is coloured and unlocked."""
    cell.font = BODY_FONT
    cell.border = BORDER
    cell.alignment = CENTRE if centred else RIGHT if number else LEFT
    if entry:
        cell.fill = ENTRY_FILL
        cell.protection = UNLOCKED


def fit_to_page(sheet: Worksheet, *, landscape: bool = False) -> None:
    """A4, one page wide and as many high as it takes, page numbers below."""
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.5, 0.75, 0.4
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = t("forms.head.page")


def row_height(texts: list[tuple[str, float]], least: int = 1) -> float:
    """The height in points that shows every text, given with its column's width, wrapped."""
    lines = max((_lines(text, width) for text, width in texts), default=1)
    return LINE_HEIGHT * max(lines, least) + 4


def _lines(text: str, width: float) -> int:
    room = max(width - 1.5, 2)
    return sum(max(1, math.ceil(_wide(part) / room)) for part in text.split("\n"))


def _wide(text: str) -> float:
    """Width in half-width characters at the body's size: a Chinese character takes two."""
    return sum(2.1 if unicodedata.east_asian_width(char) in "WFA" else 1.05 for char in text)


def _number_format(value: Decimal) -> str:
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return "#,##0" + (f".{'0' * places}" if places else "")
