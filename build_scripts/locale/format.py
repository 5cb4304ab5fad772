"""How numbers, days and periods are written: `2,181.18`, `2025年7月18日`, `18 July 2025`, `—` for none.

Digits, months and plurals are CLDR's (Babel); what a language does beside that stands in its `format.toml`.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from importlib import import_module

from build_scripts.core.language import language
from build_scripts.core.periods import Form, Period, add_months, parse_period
from build_scripts.locale.catalogue import cldr, t, words

_YEAR = 12

DASH = "—"
# A share of next to nothing can have more digits than the usual context bears.
_WIDE = Context(prec=200)
_USUAL = (",", ".")


def number(value: Decimal | int | None, decimals: int | None = None) -> str:
    """`value` with thousands parted; `decimals` places (ties away from zero), or as many as it was recorded with."""
    if value is None:
        return DASH
    exact = Decimal(value)
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE)
    text = f"{exact:,f}"
    return "0" if not exact and decimals is None else _signs(text.replace("-", "−"))


def _signs(printed: str) -> str:
    """A number with the signs its language parts thousands and decimals with."""
    group, point = _marks(language())
    return printed if (group, point) == _USUAL else printed.translate({ord(","): group, ord("."): point})


@cache
def _marks(code: str) -> tuple[str, str]:
    signs = cldr(code).number_symbols
    signs = signs.get("latn", signs)
    return str(signs["group"]), str(signs["decimal"])


def percent(value: Decimal | None, decimals: int = 1) -> str:
    """A share in % (0–100) with its sign; `—` for none."""
    return DASH if value is None else f"{number(value, decimals)}%"


def signed(value: Decimal | None, decimals: int = 1) -> str:
    """A difference with its sign always shown: `+4.3`, `−2.0`."""
    if value is None:
        return DASH
    text = number(value, decimals)
    return text if text.startswith("−") or not value else f"+{text}"


def size(length: int) -> str:
    """A file's size for readers, from bytes: bytes below 1 KB, then KB or MB with one decimal."""
    if length < 1024:
        return f"{length} B"
    return _signs(f"{length / 1024:,.1f} KB" if length < 1024**2 else f"{length / 1024**2:,.1f} MB")


def day(value: date | None) -> str:
    """`2025年7月18日`, `18 July 2025`; `—` for none."""
    return DASH if value is None else _day(language(), value)


@cache
def _day(code: str, value: date) -> str:
    return _by_pattern(code, value, t("format.date.day"))


def _by_pattern(code: str, value: date, pattern: str) -> str:
    """A day by a CLDR pattern."""
    return str(import_module("babel.dates").format_date(value, pattern, cldr(code)))


def span(first: date, last: date) -> str:
    """The time between two days in whole months as people say it: `2年6个月`, `7个月`; below one month in days."""
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    if months < 1:
        return t("format.span.days", count=(last - first).days)
    years, rest = divmod(months, 12)
    of_years, of_months = t("format.span.years", count=years), t("format.span.months", count=rest)
    if years and rest:
        return t("format.span.both", years=of_years, months=of_months)
    return of_years if years else of_months


def period(value: str | None) -> str:
    """A period of the method in words.

    `2024` → `2024年`; `2024-Q1` → `2024年第一季度`; `2024-03` → `2024年3月`; `2023-01-01/P24M` → `2023—2024年`;
    `2024-01-01/P9M` → `2024年1—9月`; anything else is given back as it is.
    """
    return _period(language(), value) if value else DASH


@cache
def _period(code: str, value: str) -> str:
    found = parse_period(value)
    if found is None:
        return _other(value)
    if found.counts_for and found.start.month > 1:
        return _fiscal(found)
    if found.form is Form.YEAR and found.months == _YEAR:
        return in_year(found.year)
    if found.form is Form.YEAR:
        return in_years(found.start.year, found.end.year)
    if found.form is Form.SPAN:
        return _span(code, found.start.replace(day=1), found.months)
    return _by_pattern(code, found.end, t(f"format.date.{'quarter' if found.months > 1 else 'month'}"))


def _fiscal(found: Period) -> str:
    """A fiscal year by both its calendar years: `2023/24`; a mean over several by the first and the last of them."""
    first = _fiscal_year(found.start)
    last = _fiscal_year(add_months(found.start, found.months - _YEAR))
    if first == last:
        return t("format.date.fiscal", year=first)
    return t("format.date.fiscal", year=f"{first}{t('format.range.dash')}{last}")


def _fiscal_year(start: date) -> str:
    return f"{start.year}/{(start.year + 1) % 100:02d}"


def year_words(value: str) -> str:
    """The year a period speaks for, for use before the word for year: `2028`; a fiscal one by both its years."""
    found = parse_period(value)
    if found and found.counts_for and found.start.month > 1:
        return t("format.date.fiscal_short", year=_fiscal_year(add_months(found.start, found.months - _YEAR)))
    return str(found.year) if found else value


def year_range(first: str, last: str) -> str:
    """From one period's year to another's: `2023—2027年`, `2023 to 2027`, `2023/24 to 2027/28`."""
    ends = [found for each in (first, last) if (found := parse_period(each))]
    if len(ends) == 2 and all(each.counts_for and each.start.month > 1 for each in ends) and first != last:
        return t("format.date.fiscal", year=t("format.range.dash").join(_fiscal_year(each.start) for each in ends))
    return period(first) if first == last else in_years(*(each.year for each in ends))


def in_year(value: int | str) -> str:
    """`2024年`, `2024`."""
    return _by_pattern(language(), date(int(value), 1, 1), t("format.date.year"))


def in_years(first: int | str, last: int | str) -> str:
    """`2023—2027年`, `2023 to 2027`; one year as it is."""
    if str(first) == str(last):
        return in_year(first)
    return _range("years", date(int(first), 1, 1), date(int(last), 1, 1))


def _range(kind: str, first: date, last: date) -> str:
    start, end = words(f"format.range.{kind}")
    dash = t("format.range.dash")
    return f"{_by_pattern(language(), first, start)}{dash}{_by_pattern(language(), last, end)}"


def _other(value: str) -> str:
    """What is no period of the method: a day in words, else as it is."""
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value


def _span(code: str, first: date, months: int) -> str:
    """An accumulation of `months` from the first of a month, in words."""
    end_year, end_month = divmod(first.year * 12 + first.month - 1 + months - 1, 12)
    last = date(end_year, end_month + 1, 1)
    if first.month == 1 and last.month == 12:
        return in_years(first.year, last.year)
    if first == last:
        return _by_pattern(code, first, t("format.date.month"))
    if first.year == last.year:
        return _range("months", first, last)
    ends = (_by_pattern(code, each, t("format.date.month")) for each in (first, last))
    return t("format.range.across", **dict(zip(("first", "last"), ends, strict=True)))
