"""Finds the three forms in a workbook whose sheets were renamed and whose columns were moved.

Gets a `GridBook`, gives for each form the sheet, the header row and the column of each field, by the titles in cells,
never by position or by the sheet's name alone; and the head cells (who, when) by their labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from build_scripts.forms.cells import narrow
from build_scripts.forms.grid import Grid, GridBook, GridCell, as_text
from build_scripts.forms.layout import NEEDED, Form
from build_scripts.forms.lines import Spot
from build_scripts.locale import t
from build_scripts.locale.catalogue import has

_HEADER_WITHIN = 40
_HEAD_CODES = ("unit", "reporter", "phone", "filled_on", "nothing_new")


@dataclass(frozen=True, slots=True)
class Located:
    """A form found in a workbook: `columns` gives the column number of each field found; data starts at `first_row`."""

    form: Form
    grid: Grid
    header_row: int
    first_row: int
    columns: Mapping[str, int]

    def cell(self, row: int, code: str) -> GridCell:
        """The cell of a field in a row, an empty one where the column is missing."""
        return self.grid.at(row, self.columns[code]) if code in self.columns else GridCell(None)

    def text(self, row: int, code: str) -> str:
        """What stands in a field, merged ranges filled in."""
        return self.grid.text(row, self.columns[code]) if code in self.columns else ""


@dataclass(frozen=True, slots=True)
class HeadCell:
    """An answer above a table and where it stands."""

    cell: GridCell
    sheet: str
    row: int
    column: int

    @property
    def spot(self) -> Spot:
        """Where a line about it points."""
        return self.sheet, self.row, self.column


def find_forms(book: GridBook) -> list[Located]:
    """Every sheet that has one of the forms, the likeliest of each form first."""
    found = [located for grid in book.grids if (located := _find(grid)) is not None]
    return sorted(found, key=lambda item: (item.grid.name != item.form.sheet, -len(item.columns)))


def _find(grid: Grid) -> Located | None:
    best: Located | None = None
    for row in range(1, min(grid.rows, _HEADER_WITHIN) + 1):
        titles = {column: _title(grid.text(row, column)) for column in range(1, grid.columns + 1)}
        for form in Form:
            columns = _match(form, titles)
            if set(columns) >= NEEDED[form] and len(columns) > (len(best.columns) if best else 2):
                best = Located(form, grid, row, _below(grid, row), columns)
    return best


def _below(grid: Grid, header_row: int) -> int:
    """The first row under a header, which may be merged over several rows."""
    return max([header_row, *(r[2] for r in grid.merged if r[0] <= header_row <= r[2])]) + 1


def _match(form: Form, titles: Mapping[int, str]) -> dict[str, int]:
    """Column numbers by field: first by the exact title, then by the other names people use, leftmost first."""
    columns: dict[str, int] = {}
    for names in (_titles(form), _aliases(form)):
        for column, title in titles.items():
            code = names.get(title)
            if code and code not in columns and column not in columns.values():
                columns[code] = column
    return columns


@cache
def _titles(form: Form) -> Mapping[str, str]:
    return {_title(t(f"forms.column.{form}.{column.code}")): column.code for column in form.columns}


@cache
def _aliases(form: Form) -> Mapping[str, str]:
    found = {}
    for column in form.columns:
        key = f"forms.alias.{form}.{column.code}"
        for name in t(key).split("|") if has(key) else []:
            found[_title(name)] = column.code
    return found


def _title(text: str) -> str:
    """A column title as it is compared: half-width, no blanks, no brackets, no marks for required fields."""
    return re.sub(r"\(.*?\)|[:*★▲▶]", "", narrow(text))


def find_head(forms: list[Located]) -> dict[str, HeadCell]:
    """The answers above the tables: unit, reporter, phone, day, nothing new; the first form that has one filled wins.

    The other sheets repeat the first by formula; a formula here never adds anything.
    """
    found: dict[str, HeadCell] = {}
    for located in sorted(forms, key=lambda item: list(Form).index(item.form)):
        for code, head in _head_cells(located):
            blank = code in found and found[code].cell.value is None
            if code not in found or (blank and head.cell.value is not None and not head.cell.formula):
                found[code] = head
    return found


def _head_cells(located: Located) -> Iterator[tuple[str, HeadCell]]:
    grid = located.grid
    labels = {narrow(t(f"forms.head.{code}")).rstrip(":"): code for code in _HEAD_CODES}
    for (row, column), cell in sorted(grid.cells.items()):
        if row >= located.header_row:
            break
        label, colon, rest = narrow(as_text(cell.value)).partition(":")
        if label not in labels:
            continue
        if colon and rest:
            answer = as_text(cell.value).replace("：", ":").partition(":")[2].strip()
            yield labels[label], HeadCell(GridCell(answer), grid.name, row, column)
            continue
        at = _next_cell(grid, row, column, frozenset(labels))
        if at:
            yield labels[label], HeadCell(grid.at(row, at), grid.name, row, at)


def _next_cell(grid: Grid, row: int, column: int, labels: frozenset[str]) -> int | None:
    """The column of the answer to a label: right after it, or the first filled cell before the next label."""
    span = grid.merged_at(row, column)
    start = (span[3] if span else column) + 1
    for at in range(start, grid.columns + 1):
        text = narrow(as_text(grid.at(row, at).value))
        if text.partition(":")[0] in labels:
            break
        if text or grid.at(row, at).error:
            return at
    return start


def looks_like_total(text: str, *, known: bool = True) -> bool:
    """Whether a row's name says that it sums others or is a remark; more is taken for a sum where no key is known."""
    words = narrow(text)
    return _TOTAL.fullmatch(words) is not None or (not known and _SUM.fullmatch(words) is not None)


def looks_like_signature(text: str) -> bool:
    """Whether a text is what people write under a table: who checked it, where to call."""
    return _SIGNATURE.match(narrow(text)) is not None


_TOTAL = re.compile(
    r"(?:全[市县区省]|本[市县区]|各[县区]|以上|上述)?(?:合计|小计|总计|共计|汇总|平均)数?:?|(?:备注|说明|注)(?::.*)?"
)
_SUM = re.compile(
    r"[\u4e00-\u9fff]{0,8}(?:合计|小计|总计|共计)(?:数|\d+[项家个条件])?(?:\(.{0,8}\))?:?"
    r"|其中:?|累计:?|(?:填表|填报)说明:?.*|以下空白|此页无正文"
)
_WHO = "审核|审批|复核|核对|校对|填报|填表|制表|统计|经办|分管|主要|报送|签发|科室|单位|部门|联系"
_SIGNATURE = re.compile(
    rf"(?=[^:(])(?:{_WHO})*(?:负责人|领导|人|单位|电话|时间|日期|签字|签章|盖章|公章)?(?:\((?:签字|签章|盖章|公章|章)\))?[:(].*"
    rf"|(?:(?:{_WHO})(?:负责人|领导|人))(?:\(?(?:签字|签章|盖章)\)?)?"
    r"|(?:领导|联系人|单位)?\(?(?:签字|签章|盖章|公章)\)?|联系电话|(?:填报|填表|报送)(?:日期|时间)|.{2,12}\(章\)"
)
