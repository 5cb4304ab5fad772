"""Calendar of the method: the four textual period forms, month arithmetic, ends of years.

Gets texts and days, gives `Period`s and days. A text that is none of the four forms gives None, never an error.
A stretch that counts as a year of its own, by what its government or its indicator says (`counted`), is written
`2023-04-01/P12M=2023` inside; `written` gives the package's own text back.
Source: assessment method §1 (periods), §5 (adding months).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from typing import TypeVar

_FORMS = re.compile(
    r"((?:19|20|21)\d\d)(?:-Q([1-4])|-(0[1-9]|1[0-2])|-(\d\d)-(\d\d)/P([1-9]\d{0,3})M(?:=(\d{4}))?)?", re.ASCII
)
T = TypeVar("T")
# No plan and no figure is of a day before or after these; nor can anybody ask for the state of one.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2099, 12, 31)
_MONTHS_AT_MOST = 1200
_YEAR = 12


class Form(Enum):
    """What a period is to the method."""

    YEAR = "year"
    INSIDE = "inside"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of months. `key` is equal for two texts that mean the same period (`2024`, `2024-01-01/P12M`).

    `counts_for` is the year that a fiscal year or a mean over several years speaks for; 0 for all others.
    """

    key: str
    form: Form
    start: date
    end: date
    months: int
    counts_for: int = 0
    # How often such a period comes: `A` (a calendar year), `Q`, `M`, or `P` for an accumulation of its own.
    frequency: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        frequency = (
            "P" if self.form is Form.SPAN else "A" if self.counts_for else {12: "A", 3: "Q", 1: "M"}[self.months]
        )
        object.__setattr__(self, "frequency", frequency)

    @property
    def year(self) -> int:
        """The year the period speaks for: the calendar year it ends in, unless it counts for another."""
        return self.counts_for or self.end.year


@lru_cache(maxsize=8192)
def parse_period(text: str) -> Period | None:
    """The period a text names, or None when it has none of the method's forms or is impossible."""
    found = _FORMS.fullmatch(text)
    if found is None:
        return None
    year = int(found[1])
    if found[6]:
        span = _span(year, int(found[4]), int(found[5]), int(found[6]))
        if span is None or not found[7]:
            return span
        return Period(f"{span.key}={found[7]}", Form.YEAR, span.start, span.end, span.months, int(found[7]))
    if found[2]:
        return _months(text, Form.INSIDE, date(year, 3 * int(found[2]) - 2, 1), 3)
    if found[3]:
        return _months(text, Form.INSIDE, date(year, int(found[3]), 1), 1)
    return _months(text, Form.YEAR, date(year, 1, 1), 12)


def _span(year: int, month: int, day: int, months: int) -> Period | None:
    """An accumulation; twelve months from a 1 January are the calendar year."""
    try:
        start = date(year, month, day)
    except ValueError:
        return None
    if months > _MONTHS_AT_MOST:
        return None
    if (month, day, months) == (1, 1, 12):
        return _months(str(year), Form.YEAR, start, 12)
    return _months(f"{start.isoformat()}/P{months}M", Form.SPAN, start, months)


def _months(key: str, form: Form, start: date, months: int) -> Period:
    return Period(key, form, start, add_months(start, months) - timedelta(days=1), months)


@lru_cache(maxsize=4096)
def add_months(day: date, months: int) -> date:
    """`day` moved by whole months: the day of the month is kept, a month end stays a month end (§5).

    A result beyond the calendar is its last day.
    """
    year, index = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    if year < date.min.year:
        return date.min
    last = monthrange(year, index + 1)[1]
    was_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, index + 1, last if was_last else min(day.day, last))


def counted(text: str, fiscal_year_start: int, interval_months: int | None) -> str:
    """A period as the method takes it: marked with its year where it counts as a whole one.

    A fiscal year counts for the year in which it starts; a mean over several years, of an indicator whose values cover
    so many months, for the (fiscal) year in which it ends.
    """
    period = parse_period(text)
    if period is None or period.form is not Form.SPAN or period.start.day != 1:
        return text
    is_fiscal = period.start.month == fiscal_year_start
    if period.months == _YEAR:
        return f"{period.key}={period.start.year}" if is_fiscal else text
    if interval_months is None or period.months != interval_months or interval_months % _YEAR:
        return text
    last = add_months(period.start, period.months - _YEAR) if is_fiscal else period.end
    return f"{period.key}={last.year}"


def written(text: str) -> str:
    """A period as the package writes it."""
    return text[: text.index("=")] if "M=" in text and _FORMS.fullmatch(text) else text


def as_written(value: T) -> T | str:
    """A value of any kind; a period as the package writes it."""
    return written(value) if isinstance(value, str) else value


def key_of(text: str) -> str:
    """The one spelling of a period that has two; any other text as it is."""
    period = parse_period(text)
    return period.key if period else text


def is_year(text: str) -> bool:
    """Whether a period is a full calendar year, however it is spelt."""
    period = parse_period(text)
    return period is not None and period.form is Form.YEAR


def year_of(text: str | None) -> int | None:
    """The calendar year a period text belongs to; None for no text or none of the forms."""
    period = parse_period(text) if text else None
    return period.year if period else None


def fiscal_end(year: int, first_month: int) -> date:
    """The last day of the fiscal year that starts in this month of `year`."""
    return add_months(date(year, first_month, 1), _YEAR) - timedelta(days=1)


def deadline_of(due: date | None, target_period: str | None) -> date | None:
    """The last day to keep a promise: the day printed, else the last of its year, else None.

    That is 31 December, or the end of the fiscal year printed.
    """
    period = parse_period(target_period or "")
    if due or period is None:
        return due
    return period.end if period.counts_for else year_end(period.year)


def year_end(year: int) -> date:
    """31 December of `year`."""
    return date(year, 12, 31)
