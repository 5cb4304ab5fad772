"""Figures as people write them in a target's cell: `at least 60%`, `≤ 20`, `1,200 homes`, `4–5`.

Gets a cell's text, gives `Figure` or None. The words for comparators are in the catalogues (`importing.comparator`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from build_scripts.locale import read_words

_NUMBER = r"[-−+]?\d[\d,\u00a0\u202f ]*(?:\.\d+)?"
_ONE = re.compile(_NUMBER)
# Marks between thousands part groups of three; `2,2` is a European two and a fifth, or a slip, and never 22.
_GROUPED = re.compile(r"[-−+]?(?:\d+|\d{1,3}(?:[,\u00a0\u202f ]\d{3})+)(?:\.\d+)?")
_SHORT = re.compile(r"(?:tn|bn|mn|m|k)\b")
# Signs that make a number negative in accounts and in some tables, and those of money.
_NEGATIVE = ("(", "（", "▲", "△", "▼", "▽")
_MONEY = ("£", "$", "€", "¥", "￥")
_YEAR = re.compile(r"(?:19|20|21)\d\d")
# The longest words first: a billion is no million, 万亿 no 万.
_POWERS = (12, 9, 8, 6, 4, 3)
_COMPARATORS = ("ge", "gt", "le", "lt", "approx")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a cell: its value (and upper end), what it is compared by ("" where not said), the unit after it."""

    value: str
    high: str = ""
    comparator: str = ""
    unit: str = ""


def read_figure(text: str, unit: str = "") -> Figure | None:
    """The one figure a text holds; None where it holds none, or several that are no range.

    A word such as million right after the number multiplies it, unless it is a part of the unit.
    """
    text = text.strip()
    if (found := _range().search(text)) and len(_ONE.findall(text)) == len(_ONE.findall(found.group())):
        rest, times = _scaled(text[found.end() :], unit)
        if not (sound(found[1]) and sound(found[3])) or _other(found[2] or rest, unit):
            return None
        low, high = (_times(plain(each), times) for each in (found[1], found[3]))
        return Figure(low, high, "between", found[2] or _unit(rest))
    numbers = list(_ONE.finditer(text))
    if len(numbers) != 1:
        return None
    rest, times = _scaled(text[numbers[0].end() :], unit)
    before = text[: numbers[0].start()].rstrip()
    if not sound(numbers[0].group()) or _other(rest, unit) or before.endswith(_NEGATIVE):
        return None
    money = before[-1:] if before.endswith(_MONEY) and not unit else ""
    comparator = comparator_of(text) or ("ge" if rest.strip().removeprefix("%").strip() == "+" else "")
    return Figure(_times(plain(numbers[0].group()), times), "", comparator, money + _unit(rest))


def sound(number: str) -> bool:
    """Whether the marks in a number part its thousands."""
    return bool(_GROUPED.fullmatch(number.rstrip(", \u00a0\u202f")))


def _other(rest: str, unit: str) -> bool:
    """Whether a per cent sign or a short scale after a number (`bn`) says other than the column of units."""
    after, column = rest.strip().lower(), unit.strip().lower()
    short = _SHORT.match(after)
    percent = after.startswith(tuple(read_words("importing.percent"))) and not column.startswith(
        tuple(read_words("importing.percent"))
    )
    return bool(column) and (percent or bool(short and short.group() not in column))


@cache
def _range() -> re.Pattern[str]:
    between = "|".join(map(re.escape, read_words("importing.range")))
    percent = "".join(read_words("importing.percent"))
    return re.compile(rf"({_NUMBER})\s*([{percent}])?\s*(?:{between})\s*({_NUMBER})")


def comparator_of(text: str) -> str:
    """The comparator that a text's words or signs stand for; empty where there is none."""
    lower = text.lower()
    found = [
        (len(word), code)
        for code in _COMPARATORS
        for word in read_words(f"importing.comparator.{code}")
        if (word in lower if not word.isascii() or not word.isalpha() else re.search(rf"\b{word}\b", lower))
    ]
    return max(found)[1] if found else ""


@cache
def comparator_words() -> frozenset[str]:
    """Every word and sign that a figure may be compared by."""
    return frozenset(word for code in _COMPARATORS for word in read_words(f"importing.comparator.{code}"))


def plain(number: str) -> str:
    """A number without the marks between its thousands, its minus the plain one."""
    return re.sub(r"[,\s\u00a0\u202f]", "", number).replace("−", "-").removeprefix("+")


def _scaled(rest: str, unit: str) -> tuple[str, int]:
    """What follows a number without its word of scale, and how many times the number stands for."""
    rest = rest.strip()
    for power in _POWERS:
        for word in read_words(f"importing.scale.ten{power}"):
            if rest.lower().startswith(word) and word not in unit.lower():
                return rest[len(word) :], 10**power
    return rest, 1


def _times(number: str, times: int) -> str:
    return number if times == 1 else f"{(Decimal(number) * times).normalize():f}"


def decimals(values: list[str]) -> int:
    """How many places the figures have at most, six at most."""
    return min(6, max((len(value.partition(".")[2].rstrip("0")) for value in values), default=0))


def _unit(rest: str) -> str:
    unit = rest.strip()
    lower = unit.lower()
    if unit[:1] in read_words("importing.percent") or lower.startswith(read_words("importing.percent_words")):
        return "%"
    if lower in comparator_words() or not any(char.isalnum() or char in "%‰°£$€" for char in unit):
        return ""
    return unit[:40] if not _YEAR.search(unit) else ""
