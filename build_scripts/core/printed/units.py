"""Unit words in Chinese and English: what they measure, and how many of the first of their kind they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

COUNT = "count"
PERCENT = "percent"
POINTS = "points"
MULTIPLE = "multiple"
RANK = "rank"
DURATION = "duration"
MARKS = "marks"

# What is measured → unit word → how many of the kind's base unit. Longer words are tried first.
_KINDS: Mapping[str, Mapping[str, str]] = {
    "money": {"元": "1", "yuan": "1", "rmb": "1", "块钱": "1"},
    "dollars": {"美元": "1", "dollars": "1", "usd": "1", "$": "1"},
    "pounds": {"英镑": "1", "pounds": "1", "gbp": "1", "£": "1"},
    "euros": {"欧元": "1", "euros": "1", "euro": "1", "€": "1"},
    "length": {
        "公里": "1000", "千米": "1000", "km": "1000", "kilometers": "1000", "kilometres": "1000", "kilometer": "1000",
        "里": "500", "米": "1", "meters": "1", "metres": "1", "m": "1",
    },
    "area": {
        "亩": "1", "mu": "1", "公顷": "15", "hectares": "15", "hectare": "15", "平方公里": "1500", "平方千米": "1500",
        "square kilometers": "1500", "square kilometres": "1500", "sq km": "1500",
    },
    "floor": {"平方米": "1", "平米": "1", "㎡": "1", "square meters": "1", "square metres": "1"},
    "volume": {"立方米": "1", "方": "1", "cubic meters": "1", "cubic metres": "1"},
    "mass": {
        "吨标准煤": "1", "吨标煤": "1", "吨": "1", "tons": "1", "tonnes": "1", "metric tons": "1", "公斤": "0.001",
        "千克": "0.001", "kilograms": "0.001", "kg": "0.001",
    },
    "power": {
        "千瓦": "1", "kilowatts": "1", "kw": "1", "兆瓦": "1000", "megawatts": "1000", "mw": "1000",
        "gigawatts": "1000000", "gw": "1000000",
    },
    "energy": {"千瓦时": "1", "度": "1", "kwh": "1", "kilowatt-hours": "1"},
    DURATION: {"分钟": "1", "minutes": "1", "min": "1", "小时": "60", "hours": "60", "hour": "60", "h": "60"},
    "years": {"年": "1", "years": "1", "year": "1"},
    "age": {"周岁": "1", "岁": "1", "years old": "1"},
    "days": {"天": "1", "日": "1", "days": "1", "月": "30", "个月": "30", "months": "30"},
    MARKS: {"分": "1"},
    PERCENT: {"%": "1", "percent": "1", "per cent": "1", "‰": "0.1"},
    POINTS: {"个百分点": "1", "百分点": "1", "percentage points": "1", "percentage point": "1"},
    MULTIPLE: {"倍": "1", "times": "1", "fold": "1", "-fold": "1"},
    RANK: {"位": "1", "位次": "1", "名次": "1"},
    COUNT: {
        **dict.fromkeys("个家项条人名户座处张份台套辆艘所村县镇次件种类批宗级大场支片栋间对期只头趟班", "1"),
        **dict.fromkeys(("方面", "人次", "people", "persons"), "1"),
    },
}  # fmt: skip
_UNITS: dict[str, tuple[str, Decimal]] = {
    word: (kind, Decimal(size)) for kind, words in _KINDS.items() for word, size in words.items()
}
_WORD = re.compile("|".join(re.escape(word) for word in sorted(_UNITS, key=len, reverse=True)), re.IGNORECASE)
_SCALES = {"十": 1, "百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "百亿": 10, "千亿": 11, "万亿": 12}
_ENGLISH_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_SCALED = re.compile(r"(万亿|百亿|千亿|百万|千万|亿|万|千|百)(.+)")
_SHORT = {"k": "thousand", "m": "million", "mn": "million", "bn": "billion", "b": "billion", "tn": "trillion"}
_LARGE = "|".join((*_ENGLISH_SCALES, *_SHORT))
# A sign of money stands before its number (£1.65m, US$ 4.1 billion), or before the scale of a unit (£ million, £m).
_MONEY = re.compile(
    rf"(?:[A-Z]{{1,3}})?(?P<sign>[$£€])\s?(?P<number>\d[\d,]*(?:\.\d+)?)?\s?(?P<scale>{_LARGE})?(?![A-Za-z])",
    re.IGNORECASE,
)
_RATE = re.compile(r"[/／](?:年|月|人|户)$|每年$")


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts (`kind`) and how many base units one of it is; `scaled` where a 万 or 亿 stands in it."""

    kind: str
    size: Decimal
    scaled: bool = False


def money_behind(text: str) -> str:
    """The text with signs of money where other units stand: `4.1 million £`, `million £`."""
    return _MONEY.sub(_sign_last, text)


def _sign_last(found: re.Match[str]) -> str:
    scale = (found["scale"] or "").lower()
    return " ".join(part for part in (found["number"], _SHORT.get(scale, scale), found["sign"]) if part)


def unit_at(text: str, start: int) -> tuple[Unit | None, int]:
    """The unit word at `start` (after white space) and where it ends; no unit, and `start`, where there is none."""
    at = start
    while at < len(text) and text[at].isspace():
        at += 1
    found = _WORD.match(text, at)
    if found is None or _cut_short(text, found):
        return None, start
    kind, size = _UNITS[found.group().lower()]
    return Unit(kind, size), found.end()


def _cut_short(text: str, found: re.Match[str]) -> bool:
    """Whether an English unit word goes on: `m` in `major`."""
    return (
        found.group()[-1].isascii()
        and found.group()[-1].isalpha()
        and text[found.end() : found.end() + 1].isalpha()
        and text[found.end()].isascii()
    )


def wanted(unit: str) -> Unit:
    """The unit an indicator or target is kept in: `万人` is a count of ten thousands, `%/年` a percentage."""
    plain = money_behind(_RATE.sub("", unit.strip()) or unit.strip())
    if plain in _UNITS:
        kind, size = _UNITS[plain]
        return Unit(kind, size)
    if scaled := _SCALED.fullmatch(plain):
        kind, size = _UNITS.get(scaled[2], (COUNT, Decimal(1)))
        return Unit(kind, size.scaleb(_SCALES[scaled[1]]), scaled=True)
    scale, _, rest = plain.partition(" ")
    if rest and scale.lower() in _ENGLISH_SCALES:
        inner = wanted(rest)
        return Unit(inner.kind, inner.size.scaleb(_ENGLISH_SCALES[scale.lower()]), scaled=True)
    found, end = unit_at(plain, 0)
    # What is measured may be said after the unit: tonnes CO2e, kg per person.
    return found if found and plain[end : end + 1].isspace() else Unit(COUNT, Decimal(1))
