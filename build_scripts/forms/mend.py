"""Workbooks that office programs open and openpyxl refuses: what it stumbles over is taken out of the parts.

Gets `Parts`, gives them with every attribute and element left out that openpyxl's own classes do not take; what a
cell looks like stays as far as it can. With `bare`, whatever leads from a sheet to other parts goes too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from inspect import signature
from typing import Any
from xml.etree.ElementTree import tostring

from openpyxl.cell.text import InlineFont
from openpyxl.comments.comment_sheet import CommentSheet
from openpyxl.descriptors.sequence import NestedSequence
from openpyxl.descriptors.serialisable import KEYWORDS
from openpyxl.formatting.formatting import ConditionalFormatting
from openpyxl.packaging.workbook import WorkbookPackage
from openpyxl.styles.fills import Fill
from openpyxl.styles.stylesheet import Stylesheet
from openpyxl.worksheet.datavalidation import DataValidationList
from openpyxl.worksheet.dimensions import ColumnDimension, RowDimension, SheetFormatProperties
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.header_footer import HeaderFooter
from openpyxl.worksheet.hyperlink import HyperlinkList
from openpyxl.worksheet.merge import MergeCells
from openpyxl.worksheet.page import PageMargins, PrintOptions, PrintPageSetup
from openpyxl.worksheet.pagebreak import ColBreak, RowBreak
from openpyxl.worksheet.properties import WorksheetProperties
from openpyxl.worksheet.protection import SheetProtection
from openpyxl.worksheet.table import TablePartList
from openpyxl.worksheet.views import SheetViewList
from openpyxl.xml.functions import fromstring, localname

from build_scripts.forms.parts import Parts

Element = Any
Kind = Any
STYLES = "xl/styles.xml"
_OF_A_SHEET: Mapping[str, Kind] = {
    "sheetPr": WorksheetProperties,
    "sheetViews": SheetViewList,
    "sheetFormatPr": SheetFormatProperties,
    "sheetProtection": SheetProtection,
    "autoFilter": AutoFilter,
    "mergeCells": MergeCells,
    "conditionalFormatting": ConditionalFormatting,
    "dataValidations": DataValidationList,
    "hyperlinks": HyperlinkList,
    "printOptions": PrintOptions,
    "pageMargins": PageMargins,
    "pageSetup": PrintPageSetup,
    "headerFooter": HeaderFooter,
    "rowBreaks": RowBreak,
    "colBreaks": ColBreak,
    "tableParts": TablePartList,
}
_KEPT_BARE = frozenset({"sheetData", "cols", *_OF_A_SHEET} - {"hyperlinks", "tableParts", "conditionalFormatting"})
# Read by openpyxl without need, and often malformed where other programs wrote them.
_NEEDLESS = re.compile(r"docProps/(?:core|custom)\.xml|xl/(?:externalLinks|pivotTables|pivotCache)/.*")
_NEEDLESS_BARE = re.compile(r"xl/(?:worksheets/_rels|drawings|charts|media|tables|comments)[/\d].*|xl/comments.*")
_OF_THE_BOOK = frozenset({"sheets", "workbookPr"})
# Lists whose members are counted: a member that cannot be mended is emptied, never left out.
_COUNTED = frozenset({"fonts", "fills", "borders", "cellXfs", "cellStyleXfs", "dxfs"})
# From here on a file numbers its own number formats.
_OWN_FORMATS = 164
_COLOUR = re.compile(r"#?(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")
_WHITE, _BLACK = "FFFFFFFF", "FF000000"


def mended(parts: Parts, *, bare: bool = False) -> Parts:
    """The parts as openpyxl takes them; parts that are no XML at all are left as they are."""
    files = {name: content for name, content in parts.files.items() if not _NEEDLESS.fullmatch(name)}
    if bare:
        files = {name: content for name, content in files.items() if not _NEEDLESS_BARE.fullmatch(name)}
    looks = _mend_styles(files)
    for name, content in files.items():
        if not name.endswith(".xml") or name == STYLES:
            continue
        try:
            root = fromstring(content)
        except Exception:  # noqa: S112 - what is no XML is for the reader to refuse
            continue
        _mend_part(root, looks, bare=bare)
        files[name] = tostring(root, encoding="utf-8")
    return Parts(files, parts.beyond)


def _mend_styles(files: dict[str, bytes]) -> int:
    """Mend the looks; gives how many a cell can have."""
    try:
        root = fromstring(files[STYLES])
    except Exception:  # without looks, or with some nobody can read, the values are still there
        files.pop(STYLES, None)
        return 0
    _mend_colours(root)
    counts = _mend_references(root)
    if not _mend(root, Stylesheet):
        files.pop(STYLES, None)
        return 0
    files[STYLES] = tostring(root, encoding="utf-8")
    return counts.get("cellXfs", 0)


def _mend_references(root: Element) -> dict[str, int]:
    """Let looks point only to fonts, fills, borders and formats that exist; gives how many there are of each."""
    counts = {localname(child): len(child) for child in root}
    formats = {each.get("numFmtId") for each in root.iter() if localname(each) == "numFmt"}
    for xf in list(root.iter()):
        if localname(xf) == "xf":
            for attribute, of in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")):
                if int(xf.get(attribute) or 0) >= counts.get(of, 0):
                    xf.attrib.pop(attribute, None)
            if int(xf.get("numFmtId") or 0) >= _OWN_FORMATS and xf.get("numFmtId") not in formats:
                xf.set("numFmtId", "0")
        elif localname(xf) == "fill":
            _mend_fill(xf)
    return counts


def _mend_fill(fill: Element) -> None:
    """A fill with a pattern that exists: full colour where there is one, else none."""
    if _fits(fill, Fill) and len(fill):
        return
    for pattern in fill:
        pattern.set("patternType", "solid")
    if not _fits(fill, Fill) or not len(fill):
        fill.clear()
        fill.append(fill.makeelement(fill.tag.replace("fill", "patternFill"), {"patternType": "none"}))


def _mend_part(root: Element, looks: int, *, bare: bool) -> None:
    name = localname(root)
    for run in [each for each in root.iter() if localname(each) == "rPr"]:
        _mend_colours(run)
        if not _mend(run, InlineFont):
            run.clear()
    if name == "worksheet":
        _mend_sheet(root, looks, bare=bare)
    elif name == "comments":
        _mend(root, CommentSheet)
    elif name == "workbook":
        for child in list(root):
            if bare and localname(child) not in _OF_THE_BOOK:
                root.remove(child)
        _mend(root, WorkbookPackage)


def _mend_sheet(root: Element, looks: int, *, bare: bool) -> None:
    for child in list(root):
        name = localname(child)
        kind = _OF_A_SHEET.get(name)
        if bare and name not in _KEPT_BARE:
            root.remove(child)
        elif kind is not None:
            _mend_colours(child)
            if not _mend(child, kind):
                root.remove(child)
        elif name == "cols":
            for column in list(child):
                _only(column, ColumnDimension)
        elif name == "sheetData":
            _mend_rows(child, looks)


def _mend_rows(data: Element, looks: int) -> None:
    """Let rows keep what openpyxl knows of them, and cells only looks that exist."""
    for row in data:
        _only(row, RowDimension, "spans")
        for cell in (row, *row):
            if not str(cell.get("s", "0")).isdecimal() or int(cell.get("s", "0")) >= max(looks, 1):
                cell.attrib.pop("s", None)


def _only(node: Element, kind: Kind, *more: str) -> None:
    """Leave the attributes out that a class does not know."""
    known = {*signature(kind.__init__).parameters, *more}
    for name in [each for each in node.attrib if each not in known]:
        del node.attrib[name]


def _mend_colours(root: Element) -> None:
    """Colours with alpha, red, green and blue; white or black where nobody can tell which was meant."""
    for node in root.iter():
        colour = node.get("rgb")
        if colour is None:
            continue
        if _COLOUR.fullmatch(colour):
            plain = colour.lstrip("#")
            plain = "".join(2 * digit for digit in plain) if len(plain) == 3 else plain
            node.set("rgb", plain if len(plain) == 8 else f"FF{plain}")
        else:
            node.set("rgb", _WHITE if localname(node) in {"fgColor", "bgColor", "tabColor"} else _BLACK)


def _mend(node: Element, kind: Kind) -> bool:
    """Take out of a node what its class does not take, as little as possible; False where nothing helps."""
    for child in list(node):
        descriptor = getattr(kind, _python_name(localname(child)), None)
        inner = getattr(descriptor, "expected_type", None)
        if not hasattr(inner, "from_tree"):
            continue
        listed = isinstance(descriptor, NestedSequence)
        for each in list(child) if listed else [child]:
            if not _mend(each, inner):
                _take_out(each, child if listed else node)
    if _fits(node, kind):
        return True
    known = signature(kind.__init__).parameters
    for name in [each for each in node.attrib if not each.startswith("{") and _python_name(each) not in known]:
        del node.attrib[name]
    return _fits(node, kind) or _put_together(node, kind)


def _take_out(node: Element, parent: Element) -> None:
    if localname(parent) in _COUNTED:
        node.clear()
    else:
        parent.remove(node)


def _put_together(node: Element, kind: Kind) -> bool:
    """Start from the bare node and give back one thing after another, as long as the class takes it."""
    attributes, children = dict(node.attrib), list(node)
    for child in children:
        node.remove(child)
    node.attrib.clear()
    if not _fits(node, kind):
        node.attrib.update(attributes)
        attributes = {}
        if not _fits(node, kind):
            return False
    for name, value in attributes.items():
        node.set(name, value)
        if not _fits(node, kind):
            del node.attrib[name]
    for child in children:
        node.append(child)
        if not _fits(node, kind):
            node.remove(child)
    return True


def _fits(node: Element, kind: Kind) -> bool:
    attributes = dict(node.attrib)
    try:
        kind.from_tree(node)
    except Exception:  # openpyxl's classes raise whatever comes
        return False
    finally:
        node.attrib.update(attributes)  # some of its classes take the attributes off
    return True


def _python_name(name: str) -> str:
    return f"_{name}" if name in KEYWORDS else name.replace("-", "_")
