"""A cell that should hold a day or a period: what the clerk certainly meant, or the code of the line that asks.

Gets a `GridCell`, gives a `Reading`. Spreadsheets drop the nought of 2026.10 and count days from 1900 or 1904: where
that makes two readings possible, the likely one is offered and asked about. Pure functions.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

from build_scripts.forms.cells import narrow, stored, visible
from build_scripts.forms.grid import GridCell, as_text
from build_scripts.forms.lines import Level
from build_scripts.forms.period_words import counted_until, plain_period
from build_scripts.forms.periods import FormPeriod, period_end, read_period
from build_scripts.forms.reading import CellError, Reading
from build_scripts.load.cells import repair_cell
from build_scripts.locale import period as in_words

_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?(?:底|末)?", re.ASCII)
_YEAR = re.compile(r"(\d{4})年?(?:底|末|年底|年末)?", re.ASCII)
# Why words are no day: what they lack, told apart so that each is answered with what to write.
_NO_DAY = (
    ("date_partial", _MONTH),
    ("date_partial", _YEAR),
    ("date_yearless", re.compile(r"\d{1,2}[月./-]\d{1,2}[日号]?|\d{2}[./-]\d{1,2}[./-]\d{1,2}", re.ASCII)),
    ("date_none", re.compile(r"[^\d一二三四五六七八九十年月日号旬周]+")),
)
_LOST_NOUGHT = re.compile(r"(\d{4})\.1", re.ASCII)
_ENDS = "底末"
_FIRST_YEAR, _LAST_YEAR = 2000, 2060
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_SERIAL = re.compile(r"\d{5}", re.ASCII)


def read_day(cell: GridCell, *, end_of: bool = False, from_1904: bool = False) -> Reading[date]:
    """The day in a cell, stored as a day, as a serial number or as text.

    With `end_of`, `2026年3月` and `2026年底` mean their last day. `from_1904`: the workbook counts days from 1904.

    Raises:
        CellError: it is no day, or one that cannot be meant.
    """
    value = stored(cell)
    shown = as_text(value)
    if isinstance(value, Decimal):
        value = shown = format(value.to_integral_value() if value == value.to_integral_value() else value, "f")
        if from_1904 and _SERIAL.fullmatch(shown):
            return _counted(int(shown), shown)
    words = narrow(visible(shown))
    if end_of and not isinstance(value, date) and (lost := _LOST_NOUGHT.fullmatch(words)):
        raise CellError("date_nought", found=shown, year=lost[1])
    day = value if isinstance(value, date) else _day_of(narrow(visible(str(value))), end_of=end_of)
    if day is None:
        raise CellError(next((code for code, said in _NO_DAY if said.fullmatch(words)), "date_text"), found=shown)
    _possible(day, shown)
    return Reading(day)


def _counted(days: int, shown: str) -> Reading[date]:
    """A bare number of days in a workbook that counts from 1904, while most count from 1900."""
    day, other = _EPOCH_1904 + timedelta(days=days), _EPOCH + timedelta(days=days)
    _possible(day, shown)
    return Reading(day, "date_1904", {"found": shown, "day": day, "other": other}, Level.CHECK)


def _possible(day: date, shown: str) -> None:
    serial = (day - _EPOCH).days
    if _FIRST_YEAR <= serial <= _LAST_YEAR:  # a year, or `2027.1`, typed into a cell for days
        raise CellError("date_of_year", year=serial)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise CellError("date_year", found=shown, year=day.year)


def _day_of(text: str, *, end_of: bool) -> date | None:
    if _SERIAL.fullmatch(text):
        return _EPOCH + timedelta(days=int(text))
    plain = re.sub(r"(?:星期|周)[一二三四五六日天]$|\d{1,2}:\d{2}(?::\d{2})?$", "", text).replace("号", "日")
    mended = repair_cell(plain, "date")
    try:
        return datetime.strptime(mended.text if mended and mended.text else plain, "%Y-%m-%d").date()  # noqa: DTZ007
    except ValueError:
        pass
    if not end_of:
        return None
    if (found := _MONTH.fullmatch(plain)) and 1 <= int(found[2]) <= 12:
        return _month_end(int(found[1]), int(found[2]))
    if (found := _YEAR.fullmatch(plain)) and any(end in plain for end in _ENDS):
        return date(int(found[1]), 12, 31)
    return None


def read_figure_period(cell: GridCell, form: FormPeriod, until: Callable[[date], str]) -> Reading[str]:
    """The period in a cell, in the method's form; `until` says which period of the series ends on a day.

    Raises:
        CellError: it is no period, or not a possible one.
    """
    value = stored(cell)
    if isinstance(value, date):
        return Reading(f"{value.year}-{value.month:02d}")
    shown = as_text(value)
    if isinstance(value, Decimal) and (lost := _LOST_NOUGHT.fullmatch(shown)):
        return _with_nought(lost[1], shown, form)
    words = plain_period(narrow(visible(shown)).rstrip("。"), form)
    day = counted_until(words, form)
    period = until(day) if day else read_period(words, form.year)
    if period is None or (end := period_end(period)) is None or not _FIRST_YEAR <= end.year <= _LAST_YEAR:
        raise CellError("period_text", found=shown)
    return Reading(period)


def _with_nought(year: str, shown: str, form: FormPeriod) -> Reading[str]:
    """`2026.1` as a number: January, or October without its nought; the one the form is for is the likely one."""
    if int(year) != form.year or form.last_month not in {1, 10}:
        raise CellError("period_nought", found=shown, year=year)
    period = f"{year}-{form.last_month:02d}"
    if form.last_month == 1:
        return Reading(period)
    facts = {"found": shown, "value": in_words(period), "other": in_words(f"{year}-01")}
    return Reading(period, "period_nought_likely", facts, Level.CHECK)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
