"""Chinese forms of numbers, days and periods: `2,181.18`, `2025年7月18日`, `2024年1—9月`, `—` for none."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

from build_scripts.core.periods import Form, parse_period

DASH = "—"
# A share of next to nothing can have more digits than the usual context bears.
_WIDE = Context(prec=200)
RANK_UNITS = frozenset(("位", "位次"))
_QUARTERS = "一二三四"


def number(value: Decimal | int | None, decimals: int | None = None) -> str:
    """`value` with thousands commas; `decimals` places (ties away from zero), or as many as it was recorded with."""
    if value is None:
        return DASH
    exact = Decimal(value)
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE)
    text = f"{exact:,f}"
    return "0" if not exact and decimals is None else text.replace("-", "−")


def in_brackets(words: str) -> str:
    """`words` in brackets; nothing for none."""
    return f"（{words}）" if words else ""


def and_then(words: str) -> str:
    """`words` before others, parted by a comma; nothing for none."""
    return f"{words}，" if words else ""


def heading(printed: str) -> str:
    """A section of a document the way its headings are printed: `一/（四）/1` becomes `一、（四）1.`."""
    first, *rest = printed.split("/")
    words = [f"{part}." if part.isdigit() else part for part in rest]
    return f"{first}、{''.join(words)}" if words else first


def place_and_name(place: str, thing: str) -> str:
    """What a place has, as one name in which nothing is said twice.

    A thing that names the place itself stands alone (`丽水机场通航`), words shared at the seam are said once
    (`经济技术开发区` and `开发区项目数`), and 的 parts words that would
    run into each other (`“一带”地区的地区生产总值`).
    """
    if thing.startswith((place, _bare(place))):
        return thing
    for shared in range(min(len(place), len(thing)), 2, -1):
        if place.endswith(thing[:shared]):
            return place + thing[shared:]
    collides = thing.startswith(("地区", "区域", "市区")) and place.endswith(("区", "区块", "）"))
    return f"{place}的{thing}" if collides else f"{place}{thing}"


def _bare(place: str) -> str:
    """A place's name without 市, 县 or 区, where two characters or more are left of it."""
    return place[:-1] if len(place) > 2 and place.endswith(("市", "县", "区")) else place


def single_quotes(words: str) -> str:
    """`words` for use inside Chinese quotation marks: their own become single ones."""
    return words.replace("“", "‘").replace("”", "’")


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
    return f"{length / 1024:,.1f} KB" if length < 1024**2 else f"{length / 1024**2:,.1f} MB"


def day(value: date | None) -> str:
    """`2025年7月18日`; `—` for none."""
    return DASH if value is None else f"{value.year}年{value.month}月{value.day}日"


def span(first: date, last: date) -> str:
    """The time between two days in whole months as people say it: `2年6个月`, `7个月`; below one month in days."""
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    if months < 1:
        return f"{(last - first).days}天"
    years, rest = divmod(months, 12)
    return (f"{years}年" if years else "") + (f"{rest}个月" if rest else "")


def period(value: str | None) -> str:
    """A period of the method in words.

    `2024` → `2024年`; `2024-Q1` → `2024年第一季度`; `2024-03` → `2024年3月`; `2023-01-01/P24M` → `2023—2024年`;
    `2024-01-01/P9M` → `2024年1—9月`; anything else is given back as it is.
    """
    found = parse_period(value) if value else None
    if not value or found is None:
        return _other(value)
    if found.form is Form.YEAR:
        return f"{found.year}年"
    if found.form is Form.SPAN:
        return _span(found.start.year, found.start.month, found.months)
    if found.months > 1:
        return f"{found.year}年第{_QUARTERS[found.end.month // 3 - 1]}季度"
    return f"{found.year}年{found.end.month}月"


def _other(value: str | None) -> str:
    """What is no period of the method: a day in words, else as it is."""
    try:
        return day(date.fromisoformat(value)) if value else DASH
    except ValueError:
        return value or DASH


def _span(year: int, month: int, months: int) -> str:
    """An accumulation of `months` from the first of `month` in `year`, in words."""
    end = year * 12 + month - 1 + months - 1
    end_year, end_month = divmod(end, 12)
    end_month += 1
    if month == 1 and end_month == 12:
        return f"{year}年" if year == end_year else f"{year}—{end_year}年"
    if year == end_year:
        return f"{year}年{month}月" if month == end_month else f"{year}年{month}—{end_month}月"
    return f"{year}年{month}月—{end_year}年{end_month}月"
