"""The day or year by which a target is due, as people write it: `by March 2027`, `31/12/2026`, `2025年底前`.

Gets a text, gives a year (or fiscal year) and a day, or None. `03/04/2027` may be two days, and is none. The words are
in the catalogues (`importing.before`, `importing.after`, `importing.month`).
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date
from functools import cache

from build_scripts.core.periods import Form, parse_period
from build_scripts.importing.periods import read_period
from build_scripts.locale import read_words

_YEAR_FIRST = re.compile(r"(\d{4})[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月)?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([^\W\d_]+)\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?,?)?,?\s+(\d{4})")
_MOST_MONTHS = 12


def read_deadline(text: str, fiscal_start: int) -> tuple[str, str] | None:
    """The period and the day a text names; the day is empty where it names a year alone."""
    plain = _bare(" ".join(unicodedata.normalize("NFKC", text).lower().split()))
    if day := _day(plain):
        return str(day.year), day.isoformat()
    found = read_period(plain.upper(), fiscal_start)
    if found is None:
        return None
    if found.fiscal:
        return found.period, ""
    period = parse_period(found.period)
    inside = period is not None and period.form is Form.INSIDE
    return found.period[:4], period.end.isoformat() if period and inside else ""


def _bare(text: str) -> str:
    """A text without the words around a day: `by the end of`, 底前."""
    for word in sorted(read_words("importing.before"), key=len, reverse=True):
        start = f"{word} " if word.isascii() else word
        text = text.removeprefix(start)
    for word in sorted(read_words("importing.after"), key=len, reverse=True):
        text = text.removesuffix(word)
    return text.strip()


def _day(text: str) -> date | None:
    if found := _YEAR_FIRST.fullmatch(text):
        return _date(int(found[1]), int(found[2]), int(found[3] or 0))
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year = (int(each) for each in found.groups())
        if first <= _MOST_MONTHS and second <= _MOST_MONTHS and first != second:
            return None
        return _date(year, min(first, second), max(first, second))
    if (found := _NAMED.fullmatch(text)) and (month := _months().get(found[2])):
        return _date(int(found[4]), month, int(found[1] or found[3] or 0))
    return None


def _date(year: int, month: int, day: int) -> date | None:
    """A day; the last of the month where none is named."""
    try:
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    months = range(1, _MOST_MONTHS + 1)
    return {word: month for month in months for word in read_words(f"importing.month.m{month:02d}")}
