"""What the three sheets look like: their columns, which of them a clerk fills, and the form's version.

Gets nothing, gives the constants that the writing and the reading side both use, so that what is exported can be read
back. Titles come from `locale/<lang>/forms.toml`; here are codes, widths and kinds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from build_scripts.locale import t

# Raised when a column is added, dropped or changes its meaning; older forms stay readable by their titles.
FORM_VERSION = 2
KEY_SEPARATOR = "|"
HEADER_ROW = 5
FIRST_ROW = HEADER_ROW + 1
NEW_PROBLEM_ROWS = 12
NOTE_LIMIT = 500
NO_LEAD = "none"


class Form(StrEnum):
    """The three forms, in the order of the sheets."""

    INDICATORS = "indicators"
    TASKS = "tasks"
    PROBLEMS = "problems"

    @property
    def sheet(self) -> str:
        """The sheet's name, as the plan calls the form."""
        return t(f"forms.sheet.{self}")

    @property
    def columns(self) -> tuple[Column, ...]:
        """The sheet's columns from left to right."""
        return COLUMNS[self]

    def column(self, code: str) -> Column:
        """The column called `code`."""
        return next(column for column in COLUMNS[self] if column.code == code)

    def letter(self, code: str) -> int:
        """The 1-based number of the column called `code` in a freshly exported sheet."""
        return [column.code for column in COLUMNS[self]].index(code) + 1


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `kind` is what a cell holds, `entry` whether the clerk fills it, `width` in characters."""

    code: str
    width: float
    kind: str = "text"
    entry: bool = False
    centred: bool = False


COLUMNS: Mapping[Form, tuple[Column, ...]] = {
    Form.INDICATORS: (
        Column("key", 4),
        Column("index", 5, "number", centred=True),
        Column("project", 13),
        Column("name", 26),
        Column("region", 9, centred=True),
        Column("goal", 18),
        Column("due", 11, centred=True),
        Column("unit", 7, centred=True),
        Column("last_value", 11, "number"),
        Column("last_period", 12, centred=True),
        Column("last_source", 18),
        Column("status", 12, centred=True),
        Column("required", 9, centred=True),
        Column("period", 14, "period", entry=True, centred=True),
        Column("value", 12, "number", entry=True),
        Column("obs_status", 10, "choice", entry=True, centred=True),
        Column("yoy", 9, "number", entry=True),
        Column("note", 22, "note", entry=True),
        Column("checked", 8, "tick", entry=True, centred=True),
    ),
    Form.TASKS: (
        Column("key", 4),
        Column("index", 5, "number", centred=True),
        Column("project", 15),
        Column("name", 36),
        Column("region", 10, centred=True),
        Column("due", 13, centred=True),
        Column("last_state", 11, centred=True),
        Column("last_date", 13, "date", centred=True),
        Column("last_source", 24),
        Column("required", 10, centred=True),
        Column("state", 11, "choice", entry=True, centred=True),
        Column("date", 13, "date", entry=True, centred=True),
        Column("planned_date", 13, "date", entry=True, centred=True),
        Column("note", 40, "note", entry=True),
        Column("same", 8, "tick", entry=True, centred=True),
        Column("checked", 8, "tick", entry=True, centred=True),
        Column("last_note", 30),
    ),
    Form.PROBLEMS: (
        Column("key", 4),
        Column("index", 5, "number", centred=True),
        Column("project", 18, "choice", entry=True),
        Column("title", 40, "note", entry=True),
        Column("opened", 13, "date", entry=True, centred=True),
        Column("due", 13, "date", entry=True, centred=True),
        Column("last_state", 11, centred=True),
        Column("last_date", 13, "date", centred=True),
        Column("required", 10, centred=True),
        Column("state", 11, "choice", entry=True, centred=True),
        Column("date", 13, "date", entry=True, centred=True),
        Column("note", 44, "note", entry=True),
        Column("same", 8, "tick", entry=True, centred=True),
        Column("checked", 8, "tick", entry=True, centred=True),
        Column("last_note", 30),
    ),
}
# Columns that say what is being reported: locked on the rows of problems that are already known.
PROBLEM_FACTS = ("project", "title", "opened", "due")
SHARED_COLUMNS = (
    Column("index", 5, "number", centred=True),
    Column("form", 10, centred=True),
    Column("project", 20),
    Column("name", 44),
    Column("region", 10, centred=True),
    Column("goal", 20),
    Column("due", 13, centred=True),
    Column("lead", 16, centred=True),
    Column("last", 34),
)
# What a reader must find to accept a sheet as one of the forms at all.
NEEDED: Mapping[Form, frozenset[str]] = {
    Form.INDICATORS: frozenset({"name", "value"}),
    Form.TASKS: frozenset({"name", "state"}),
    Form.PROBLEMS: frozenset({"title", "state"}),
}
OBS_STATUSES = ("A", "P", "E", "D", "B", "M")


def labels(family: str, codes: tuple[str, ...]) -> dict[str, str]:
    """The words of a drop-down by code: `labels("task_state", TASK_STATES)["done"]` is 已完成."""
    return {code: t(f"forms.{family}.{code}") for code in codes}


@dataclass(frozen=True, slots=True)
class HeadField:
    """One labelled cell above the table: the columns its label and its value span, both ends counted."""

    code: str
    label: tuple[int, int]
    value: tuple[int, int]


HEAD_ROW = 3
HEAD: Mapping[Form, tuple[HeadField, ...]] = {
    Form.INDICATORS: (
        HeadField("unit", (2, 3), (4, 4)),
        HeadField("reporter", (5, 5), (6, 6)),
        HeadField("phone", (7, 8), (9, 10)),
        HeadField("filled_on", (11, 11), (12, 13)),
        HeadField("nothing_new", (14, 14), (15, 15)),
    ),
    # The other two repeat the first sheet's answers by formula, so that each prints complete.
    Form.TASKS: (
        HeadField("unit", (2, 3), (4, 4)),
        HeadField("reporter", (5, 5), (6, 6)),
        HeadField("filled_on", (7, 7), (8, 8)),
    ),
    Form.PROBLEMS: (
        HeadField("unit", (2, 3), (4, 4)),
        HeadField("reporter", (5, 5), (6, 6)),
        HeadField("filled_on", (7, 7), (8, 8)),
    ),
}
# Cells of the hidden sheet: labels in column A, values in B; lists for drop-downs from row 2 of their columns.
META_FIELDS = ("form_version", "package_hash", "unit_id", "period", "as_of")
META_PROJECTS, META_UNITS, META_FORM, META_KEY, META_NAME = 4, 5, 7, 8, 9
# From here on: what each row was filled with when it went out, a field a cell.
META_VALUES = 10
