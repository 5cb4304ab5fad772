"""Units that begin with a number, such as 100 million yuan, as a language says them: `218.118 billion yuan`.

Gets a unit and the figures in it, gives the unit to print and how far the point of each figure moves; no digit is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal

from build_scripts.locale.catalogue import t, words

_WIDE = Context(prec=200)
_MULTIPLE = re.compile(r"(1[0,]*) (\D.*)")


@dataclass(frozen=True, slots=True)
class SaidIn:
    """The unit to print; a figure in the data's unit times ten to the `power` is one in it."""

    unit: str
    power: int = 0

    def figure(self, value: Decimal) -> Decimal:
        """A figure in this unit, with every digit it was published with; whole ones get no empty places."""
        if not self.power:
            return value
        exact = value.scaleb(self.power, _WIDE)
        if exact == exact.to_integral_value() and not (_places(value) and _places(exact)):
            return exact.to_integral_value().quantize(Decimal(1), context=_WIDE)
        return exact if _places(value) else exact.normalize(_WIDE)

    def places(self, places: int) -> int:
        """So many decimals in the data's unit are this many in the one to print."""
        return max(0, places - self.power)


def said_in_large(unit: str, values: Iterable[Decimal | None]) -> SaidIn:
    """How figures in this unit are said together; as they are where the unit is no multiple or the language says so."""
    size = _size(unit)
    if size is None:
        return SaidIn(unit)
    power, plain = size
    largest = max((abs(value) for value in values if value is not None), default=Decimal(0)).scaleb(power, _WIDE)
    powers = _powers()
    for name in words("format.large"):
        if largest >= Decimal(10) ** powers[name]:
            return SaidIn(t("format.scale.unit", scale=name, unit=plain), power - powers[name])
    return SaidIn(plain, power)


def _size(unit: str) -> tuple[int, str] | None:
    """The power of ten a unit begins with, and the unit itself; None for others, or where the language has no words."""
    found = _MULTIPLE.fullmatch(unit) if words("format.large") else None
    if found is None:
        return None
    power, (first, _, rest) = found[1].count("0"), found[2].partition(" ")
    scale = _powers().get(first, 0) if rest else 0
    return power + scale, rest if scale else found[2]


def _powers() -> dict[str, int]:
    """The words for large numbers of the language, each with its power of ten."""
    return dict(zip(words("format.scale.names"), map(int, words("format.scale.powers")), strict=True))


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
