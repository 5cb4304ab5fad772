"""The method's textual periods as days: first and last day, length in months. Gets text, gives `Span`."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_FORM = re.compile(r"(\d{4})(?:-Q(\d)|-(\d{2})(?:-(\d{2})/P(\d{1,3})M)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """The days a period covers. `form` is `A`, `Q`, `M` or `P` (accumulation); `2024-01-01/P12M` is the year 2024."""

    form: str
    first: date
    months: int

    @property
    def last(self) -> date:
        """The last day covered: accumulations end the day before the same day `months` later."""
        start = self.first
        index = start.year * 12 + start.month - 1 + self.months
        year, month = divmod(index, 12)
        if start.day == 1:
            year, month = divmod(index - 1, 12)
            return date(year, month + 1, calendar.monthrange(year, month + 1)[1])
        return date(year, month + 1, min(start.day - 1, calendar.monthrange(year, month + 1)[1]))


@lru_cache(maxsize=4096)
def span(period: str) -> Span | None:
    """The days of `2024`, `2024-Q1`, `2024-03` or `2023-01-01/P24M`; None when no calendar has such a period."""
    found = _FORM.fullmatch(period)
    if not found:
        return None
    year = int(found[1])
    quarter, month, day, months = (int(part) if part else None for part in found.groups()[1:])
    try:
        if quarter is not None:
            return Span("Q", date(year, quarter * 3 - 2, 1), 3)
        if months is not None:
            return _accumulation(date(year, month or 0, day or 0), months)
        return Span("M", date(year, month, 1), 1) if month is not None else Span("A", date(year, 1, 1), 12)
    except (ValueError, OverflowError):
        return None


def _accumulation(first: date, months: int) -> Span | None:
    if not 1 <= months <= 600:
        return None
    form = "A" if months == 12 and (first.month, first.day) == (1, 1) else "P"
    return Span(form, first, months)
