"""What a number format makes a reader of the sheet see.

Gets a stored number and its format, gives the number shown. Formats that scale (`0.0,"万"`) or that put a point of
their own between digits (`0!.0,`) show another number than is stored: that is told apart from mere rounding.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

_ASIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_PLAIN = re.compile(r"[#0,]*[#0](?P<point>\.(?P<places>[#0?]+))?(?P<scale>,*)(?P<percent>%?)")
_LITERAL_POINT = re.compile(r'[#0](?:!\.|\\\.|"\.")[#0]')


class Scaled(Enum):
    """The answer for a format that shows another number than is stored."""

    YES = "yes"


def shown_number(value: Decimal, number_format: str) -> Decimal | Scaled | None:
    """The number shown for a stored one, percent taken as times a hundred; None where the format does not say."""
    sections = number_format.split(";")
    section = sections[1] if len(sections) > 1 and value < 0 and sections[1].strip() else sections[0]
    if _LITERAL_POINT.search(section):
        return Scaled.YES
    bare = re.sub(r"[!].", "", _ASIDE.sub("", section)).strip(" -+()¥$￥")
    found = _PLAIN.fullmatch(bare)
    if not found:
        return None
    if found["scale"]:
        return Scaled.YES
    exact = value * 100 if found["percent"] else value
    return exact.quantize(Decimal(1).scaleb(-len(found["places"] or "")), rounding=ROUND_HALF_UP)
