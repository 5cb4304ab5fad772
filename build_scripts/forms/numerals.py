"""Figures in Chinese numerals, alone or mixed with digits (三百二十, 3万2千), brought into digits.

Gets the text of a cell, gives it with its numeral in digits, or as it was where the numeral has more than one reading:
三百二 may be 320 or 302. Pure functions.
"""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {each: number for number, each in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億兩點", "一二三四五六七八九十百千万亿两点")
_FIGURES = r"[\d零〇一二两三四五六七八九十百千万亿点]"
_RUN = re.compile(rf"(?P<minus>负?)(?P<run>{_FIGURES}+)(?P<unit>[^\d点几多余来].*)?", re.ASCII)
_DECIMAL = re.compile(r"(?P<whole>[^点]+)点(?P<part>[零〇一二三四五六七八九]+)(?P<scale>万亿|[万亿]?)")
_ONE = "[1-9一二两三四五六七八九]"
_SMALL = re.compile(
    rf"(?:(?P<thousands>{_ONE})千)?(?:(?P<hundreds>{_ONE})百)?(?:[零〇]?(?P<tens>{_ONE}?)十)?"
    rf"(?:(?P<nought>[零〇])?(?P<ones>\d+|{_ONE}))?",
    re.ASCII,
)
# The numeral's other half behind a large place: 三万二 may be 32,000 or 30,002, and 3万2 too.
_HALF = re.compile(rf"\d{{1,3}}|{_ONE}", re.ASCII)
_SEVERAL = re.compile(r"^十|[零〇一二两三四五六七八九]|\d[十百千万亿].*\d[十百千万亿]", re.ASCII)
# Read one by one, as a year is: three of them at least, for 三五 is “three or five”.
_ONE_BY_ONE = re.compile(r"[零〇一二三四五六七八九]{3,}|[一二三四五六七八九][零〇]")
_TEN_THOUSAND = 10_000


def in_digits(text: str) -> str:
    """A text with the numeral it begins with in digits; from 万 on as so many 万, which a unit may take up."""
    plain = text.translate(_FORMAL)
    if share := re.fullmatch(r"(负?)百分之(.+)", plain):
        part = in_digits(share[2])
        return f"{'-' if share[1] else ''}{part}%" if re.fullmatch(r"\d+(?:\.\d+)?", part, re.ASCII) else text
    found = _RUN.fullmatch(plain)
    if found is None or not _SEVERAL.search(found["run"]):  # one scale behind digits every reader knows
        return text
    number = _number(found["run"])
    if number is None:
        return text
    return f"{'-' if found['minus'] else ''}{number}{found['unit'] or ''}"


def _number(run: str) -> str | None:
    if found := _DECIMAL.fullmatch(run):
        whole = _number(found["whole"])
        if whole is None or not whole.isdecimal():
            return None
        return f"{whole}.{_one_by_one(found['part'])}{found['scale']}"
    if run in _DIGITS:
        return str(_DIGITS[run])
    if _ONE_BY_ONE.fullmatch(run):
        return str(int(_one_by_one(run)))
    value = _value(run)
    if value is None:
        return None
    if value < _TEN_THOUSAND or not set(run) & set("万亿"):
        return str(value)
    return f"{format((Decimal(value) / _TEN_THOUSAND).normalize(), 'f')}万"


def _one_by_one(run: str) -> str:
    return "".join(str(_DIGITS[each]) for each in run)


def _value(run: str) -> int | None:
    """The whole number of a numeral whose places fall from left to right; None where it is none, or not plain."""
    total = 0
    for large, power in (("亿", 8), ("万", 4)):
        before, found, after = run.partition(large)
        if not found:
            continue
        part = _below(before) if before else None
        if not part or part >= _TEN_THOUSAND or _HALF.fullmatch(after):
            return None
        total, run = total + part * 10**power, after.removeprefix("零") if large == "亿" else after
    rest = _below(run) if run else 0
    return None if rest is None else total + rest


def _below(text: str) -> int | None:
    """A number below ten thousand, as 三百二十, 十二, 1千3百20 or plain digits."""
    found = _SMALL.fullmatch(text)
    if found is None or (found["tens"] == "" and not text.startswith("十")):
        return None
    value, last = 0, 4
    for name, power in (("thousands", 3), ("hundreds", 2), ("tens", 1)):
        if found[name] is not None:
            value, last = value + _digit(found[name] or "1") * 10**power, power
    ones = found["ones"]
    if ones is None:
        return value
    return value + _digit(ones) if _ends(ones, last, after_nought=bool(found["nought"])) else None


def _digit(figure: str) -> int:
    return int(figure) if figure.isascii() else _DIGITS[figure]


def _ends(ones: str, last: int, *, after_nought: bool) -> bool:
    """Whether a last figure without a power can only be that of the ones: 二十三, 一百零五, 1千3百20."""
    if last == 4:
        return True
    return len(ones) < last if after_nought else len(ones) == last
