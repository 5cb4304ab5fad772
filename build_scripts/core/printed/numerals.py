"""Numbers in words: 一百二十, 三点五, 百万, twenty-one, a dozen; what they are worth."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
CHINESE = f"[{''.join(_DIGITS)}{''.join(_SMALL)}{''.join(_LARGE)}]"

_UNITS = tuple(
    word
    for line in (
        "zero one two three four five six seven eight nine ten eleven twelve",
        "thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    )
    for word in line.split()
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ENGLISH = {word: value for value, word in enumerate(_UNITS)} | {word: 20 + 10 * at for at, word in enumerate(_TENS)}
ENGLISH |= {"dozen": 12}
_ORDINAL_WORDS = tuple(
    word
    for line in (
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    )
    for word in line.split()
)
ORDINALS = {word: value for value, word in enumerate(_ORDINAL_WORDS, 1)}


def chinese(word: str) -> Decimal | None:
    """十五 → 15, 两千三百万 → 23000000, 二〇二五 → 2025, 三点五 → 3.5, 千亿 → 100000000000; None for no such number."""
    whole, point, rest = word.partition("点")
    if point and not (rest and all(sign in _DIGITS for sign in rest)):
        return None
    value = _whole(whole)
    if value is None or not point:
        return None if value is None else Decimal(value)
    return Decimal(f"{value}.{''.join(str(_DIGITS[sign]) for sign in rest)}")


def _whole(word: str) -> int | None:
    """A whole number in Chinese signs; a row of digits (二〇二五) is read digit by digit."""
    if word and all(sign in _DIGITS for sign in word):
        return int("".join(str(_DIGITS[sign]) for sign in word))
    total = part = 0
    digit: int | None = None
    for sign in word:
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
        elif sign in _SMALL:
            part += (1 if digit is None else digit) * _SMALL[sign]
            digit = None
        elif sign in _LARGE:
            # 百万亿: what stands before the largest sign counts that often.
            before = part + (digit or 0)
            total = (
                (total + before or 1) * _LARGE[sign]
                if _LARGE[sign] > total > 0
                else total + (before or 1) * _LARGE[sign]
            )
            part, digit = 0, None
        else:
            return None
    return total + part + (digit or 0) if word else None


def english(word: str) -> int | None:
    """twenty-one → 21; None for no such number."""
    first, _, second = word.lower().partition("-")
    if first not in ENGLISH or (second and second not in ENGLISH):
        return None
    return ENGLISH[first] + (ENGLISH[second] if second else 0)
