"""Every number in a text, with the unit behind it, the direction before it, and whether it is a place in an order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from build_scripts.core.printed import numerals
from build_scripts.core.printed.units import PERCENT, RANK, Unit, unit_at

_SIMPLE = str.maketrans(
    "億萬佔達個兩項條減點噸畝頃長萬戶輛處張數倒連續於與過爲為",
    "亿万占达个两项条减点吨亩顷长万户辆处张数倒连续于与过为为",
)
_SCALES = {
    "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11,
    "万亿": 12, "hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12,
}  # fmt: skip
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_ENGLISH = "|".join(sorted((*numerals.ENGLISH, *(f"{ten}-" for ten in ("twenty",))), key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?P<percent>百分之|千分之)(?P<share>{numerals.CHINESE}+(?:点{numerals.CHINESE}+)?|\d+(?:\.\d+)?)"
    r"|(?P<order>第|No\.?\s?)\s?(?P<place>\d+|[零一二三四五六七八九十百]+)"
    r"|(?<![A-Za-z\d.])(?P<nth>\d+)(?:st|nd|rd|th)\b"
    rf"|(?:(?<!\d\.)(?<![A-Za-z\d])|(?<=[A-Z]{{3}}))(?P<sign>(?<![\d%家个项条人元])[-+])?(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?![\d])(?P<more>\s?(?:多|余|来))?(?:\s*(?P<scale>{_SCALE})(?![A-Za-z]))?"
    rf"|(?P<half>半)(?=个?小时|年)"
    rf"|(?P<tenths>[一二三四五六七八九])成(?P<half_tenth>[半一二三四五六七八九])?(?![立功为本长熟品员果效])"
    rf"|(?P<words>{numerals.CHINESE}+(?:点[零一二三四五六七八九]+)?)(?P<and_half>个半)?"
    rf"|(?<![A-Za-z-])(?P<english>(?:{_ENGLISH})(?:-[a-z]+)?)(?![A-Za-z])(?:\s+(?P<english_scale>hundred|thousand|million|billion|trillion)(?![A-Za-z]))?",
    re.IGNORECASE,
)
_FALLS = re.compile(
    r"下降|减少|降低|下滑|回落|缩减|负增长|减亏|降幅|跌|缩小|减(?!排)|降(?!水|雨)"
    r"|\b(?:down|fell|falls?|declin\w+|decreas\w+|dropp?\w*|dip\w*|shr[aiu]nk\w*|slump\w*)\b",
    re.IGNORECASE,
)
_RISES = re.compile(
    r"增长|增加|上升|提高|增幅|扩大|提升|增|\b(?:up|grew|grow\w*|ris\w+|rose|increas\w+|surg\w+)\b", re.IGNORECASE
)
_FALLS_BEHIND = re.compile(r"\s*(?:decline|decrease|drop|fall|lower|less)\b", re.IGNORECASE)
_REACHES = re.compile(r"\s*(?:到|至|为|\bto\b)\s*(?:\d{4}\s*年)?")
# From here on a number in signs has a 万 or 亿 in it.
_SCALED_FROM = 10_000
_CLASSES = ("级",)
# Several checks ask about the same texts.
_REMEMBERED = 4_096
_STOP = re.compile(r"[。;；，!?]|,\s")


@dataclass(frozen=True, slots=True)
class Mention:
    """A number a text holds: its worth with the scale (万, million) taken in, and what stands around it.

    `falls` and `rises` tell the direction word before it, `reaches` a word such as 到 between the two; `scaled` that a
    scale was printed, `order` that it is a place (第四, 3rd).
    """

    value: Decimal
    unit: Unit | None
    start: int
    end: int
    scaled: bool = False
    order: bool = False
    falls: bool = False
    rises: bool = False
    reaches: bool = False


@lru_cache(_REMEMBERED)
def plain(text: str) -> str:
    """A text with full-width and traditional signs written the usual way; one sign stays one sign where it can."""
    return unicodedata.normalize("NFKC", text.replace("…", " ")).replace("−", "-").replace("－", "-").translate(_SIMPLE)


@lru_cache(_REMEMBERED)
def mentions(text: str) -> tuple[Mention, ...]:
    """Every number in a text that `plain` has been over, in order."""
    return tuple(_mentions(text))


def _mentions(text: str) -> Iterator[Mention]:
    done = 0
    for found in _NUMBER.finditer(text):
        # The 千 of 千瓦 and the 百 of 百分点 belong to the unit before.
        read = _read(text, found) if found.start() >= done else None
        if read is None:
            continue
        value, unit, end, scaled, order = read
        done = end
        falls, rises, reaches = _direction(text, found.start(), end)
        yield Mention(value, unit, found.start(), end, scaled, order, falls, rises, reaches)


def _read(text: str, found: re.Match[str]) -> tuple[Decimal, Unit | None, int, bool, bool] | None:
    """The worth, unit, end, scale and order of one match; None where the signs are no number (5A, 一带)."""
    end = found.end()
    if found["percent"]:
        value = _number(found["share"])
        size = Decimal(1) if found["percent"] == "百分之" else Decimal("0.1")
        return None if value is None else (value * size, Unit(PERCENT, Decimal(1)), end, False, False)
    if found["order"] or found["nth"]:
        place = _number(found["place"] or found["nth"])
        return None if place is None else (place, Unit(RANK, Decimal(1)), end, False, True)
    if found["tenths"]:
        rest = found["half_tenth"]
        more = Decimal(5) if rest == "半" else (numerals.chinese(rest) or Decimal(0)) if rest else Decimal(0)
        tens = numerals.chinese(found["tenths"]) or Decimal(0)
        return tens * 10 + more, Unit(PERCENT, Decimal(1)), end, False, False
    unit, after = unit_at(text, end + (1 if found["half"] and text[end : end + 1] == "个" else 0))
    if found["half"]:
        return Decimal("0.5"), unit, after, False, False
    if found["digits"]:
        return _digits(text, found, unit, after)
    if found["english"]:
        english = numerals.english(found["english"])
        scale = found["english_scale"]
        value = None if english is None else Decimal(english).scaleb(_SCALES[scale.lower()] if scale else 0)
        return None if value is None else (value, unit, after, bool(scale), False)
    value = numerals.chinese(found["words"])
    if value is None:
        return None
    scaled = value >= _SCALED_FROM
    if scaled and text[end : end + 1] in _CLASSES:
        unit, after = None, end  # 千亿级产业: of the class of a hundred billion, not so many of a thing
    return value + (Decimal("0.5") if found["and_half"] else 0), unit, after, scaled, False


def _digits(
    text: str, found: re.Match[str], unit: Unit | None, after: int
) -> tuple[Decimal, Unit | None, int, bool, bool] | None:
    behind = text[found.end() : found.end() + 1]
    if unit is None and not found["scale"] and behind.isascii() and behind.isalpha():
        return None  # 5A, 4G: the name of a grade
    value = Decimal(found["digits"].replace(",", ""))
    if found["sign"] == "-":
        value = -value
    scale = found["scale"]
    return value.scaleb(_SCALES[scale.lower()] if scale else 0), unit, after, bool(scale), False


def _number(word: str) -> Decimal | None:
    return Decimal(word) if word.isascii() else numerals.chinese(word)


def _direction(text: str, start: int, end: int) -> tuple[bool, bool, bool]:
    """Whether what is told falls, rises, and goes *to* the number: by the last such word of the same clause."""
    stops = [stop.end() for stop in _STOP.finditer(text, 0, start)]
    clause = text[stops[-1] if stops else 0 : start]
    falls = list(_FALLS.finditer(clause))
    rises = list(_RISES.finditer(clause))
    last_fall = falls[-1].end() if falls else -1
    last_rise = rises[-1].end() if rises else -1
    last = max(last_fall, last_rise)
    reaches = last >= 0 and _REACHES.match(clause, last) is not None
    if last < 0:
        return _FALLS_BEHIND.match(text, end) is not None, False, False
    return last_fall >= last_rise, last_rise > last_fall, reaches
