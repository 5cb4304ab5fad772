"""Numbers that belong to a person: identity cards, phones, bank cards. Gets text and a country, gives what it holds.

A number is told from other long numbers by what its issuer builds in: the day of birth and the check character of a
Chinese identity card (GB 11643—1999), the check digit of cards and of Canada's insurance numbers (ISO/IEC 7812-1),
the ranges of mobile numbers. What a country does not use is not looked for there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

IDENTITY, PHONE, BANK = "identity", "phone", "bank"
_KEPT_FRONT, _KEPT_BACK = 3, 2
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


@dataclass(frozen=True, slots=True)
class Found:
    """A number as it stands in a text (full-width digits made plain), and what kind of number it is."""

    kind: str
    number: str
    start: int
    end: int

    @property
    def masked(self) -> str:
        """Enough of it to find it by, in messages that may be published."""
        hidden = "•" * (len(self.number) - _KEPT_FRONT - _KEPT_BACK)
        return f"{self.number[:_KEPT_FRONT]}{hidden}{self.number[-_KEPT_BACK:]}"


@dataclass(frozen=True, slots=True)
class _Form:
    kind: str
    pattern: re.Pattern[str]
    holds: Callable[[str], bool] = lambda _digits: True


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it (ISO/IEC 7812-1)."""
    doubled = [int(each) * 2 if place % 2 else int(each) for place, each in enumerate(reversed(digits))]
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0


def chinese_identity(number: str) -> bool:
    """Whether 18 characters are a Chinese identity number: province, day of birth, check character."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return number[0] in "12345678" and born.year >= 1900 and _CHECK[total % 11] == number[17].upper()


def _card(digits: str) -> bool:
    return digits[0] in "3456" and len(set(digits)) > 1 and luhn(digits)


def _insurance(digits: str) -> bool:
    """A Canadian social insurance number: no first digit 0 or 8."""
    return digits[0] not in "08" and luhn(digits)


def _social_security(digits: str) -> bool:
    """A number of the United States' Social Security: areas, groups and serials that are given out."""
    return digits[:3] not in {"000", "666"} and digits[0] != "9" and digits[3:5] != "00" and digits[5:] != "0000"


# Amounts are no phones: what counts something has its unit right behind it.
_AMOUNT = r"(?!\s*[元万亿千吨户人辆件个套瓦伏时立方平米%])"
_FREE, _END = r"(?<![\dA-Za-z.,+/=_-])", r"(?![\dA-Za-z/=_]|[.,-]\d)"
_CARD = _Form(BANK, re.compile(rf"{_FREE}(?:\d{{4}}[ -]){{3}}\d{{1,7}}{_END}|{_FREE}\d{{15,19}}{_END}{_AMOUNT}"), _card)
_NORTH_AMERICAN = _Form(
    PHONE, re.compile(rf"{_FREE}(?:\+?1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{{4}}{_END}")
)
_IDENTITY_CARD = r"\d{17}[\dXx]"
_MOBILE = r"(?:\+?86[ -]?)?1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4})"
_LANDLINE = r"(?:\(0\d{2,3}\)|0\d{2,3})[ -]?[2-8]\d{6,7}"
_FORMS: Mapping[str, tuple[_Form, ...]] = {
    "CN": (
        _Form(IDENTITY, re.compile(rf"{_FREE}{_IDENTITY_CARD}{_END}"), chinese_identity),
        _Form(PHONE, re.compile(rf"{_FREE}{_MOBILE}{_END}{_AMOUNT}")),
        _Form(PHONE, re.compile(rf"{_FREE}{_LANDLINE}{_END}{_AMOUNT}")),
        _CARD,
    ),
    "CA": (
        _Form(IDENTITY, re.compile(rf"{_FREE}\d{{3}}[ -]\d{{3}}[ -]\d{{3}}{_END}"), _insurance),
        _NORTH_AMERICAN,
        _CARD,
    ),
    "US": (
        _Form(IDENTITY, re.compile(rf"{_FREE}\d{{3}}-\d{{2}}-\d{{4}}{_END}"), _social_security),
        _NORTH_AMERICAN,
        _CARD,
    ),
    "": (_Form(PHONE, re.compile(r"(?<![\w+])\+[1-9]\d{0,2}[ -]?(?:\(0\))?(?:\d[ -]?){7,11}\d(?!\d)")), _CARD),
}
_LIKE_PHONE = re.compile(rf"(?<!\d)(?:{_MOBILE}|{_LANDLINE})(?!\d)")
_LIKE_IDENTITY = re.compile(rf"(?<!\d){_IDENTITY_CARD}(?!\d)")
_LONG = re.compile(r"(?:\d[ ().-]{0,2}){8}")
_FEWEST = 8


class _Narrow(dict[int, str]):
    """Every sign met so far as its narrow form, so that places stay the same; a full-width one changes."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        narrow = unicodedata.normalize("NFKC", char)
        self[code] = narrow if len(narrow) == 1 else char
        return self[code]


_NARROW = _Narrow()


def numbers(text: str, country: str) -> Iterator[Found]:
    """Every such number in a text, from the left; no part of one is told again as another."""
    if len(text) < _FEWEST:
        return
    plain = text if text.isascii() else text.translate(_NARROW)
    if not _LONG.search(plain):
        return
    taken: list[Found] = []
    for form in _FORMS.get(country, _FORMS[""]):
        for match in form.pattern.finditer(plain):
            kept = "".join(char for char in match[0] if char.isalnum())
            apart = all(match.end() <= each.start or each.end <= match.start() for each in taken)
            if apart and form.holds(kept):
                taken.append(Found(form.kind, match[0], match.start(), match.end()))
    yield from sorted(taken, key=lambda each: each.start)


def is_suspect(text: str) -> bool:
    """Whether a text holds what looks like a Chinese phone or identity number, whatever stands around it.

    For remarks in a form: there is somebody to ask, so a check character or a unit behind it does not settle it.
    """
    plain = text.translate(_NARROW)
    return any(form.search(plain) for form in (_LIKE_PHONE, _LIKE_IDENTITY))


def without_phones(text: str) -> str:
    """A text without what looks like a Chinese phone number."""
    for match in reversed([*_LIKE_PHONE.finditer(text.translate(_NARROW))]):
        text = text[: match.start()] + text[match.end() :]
    return text
