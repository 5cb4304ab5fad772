"""Scales and ticks: where a value or a period stands on an axis, in px. Gets exact values, gives floats for drawing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from build_scripts.core.government import Government
from build_scripts.core.language import language
from build_scripts.core.periods import Form, parse_period
from build_scripts.locale import SaidIn, said_in_large, t, words

# Below this a span has no power of ten that a float can hold.
_NO_SPAN = 1e-300
# Nor are steps even that are smaller than this share of the numbers: a float's digits end there.
_NO_SHARE = 1e-8
# From thousands on a chart divides by a word for large numbers, which leaves more digits than there is room for.
_ROUNDED = 1000


@dataclass(frozen=True, slots=True)
class Axis:
    """A linear scale from the domain `lo`…`hi` to the px `start`…`end`; either may run backwards."""

    lo: float
    hi: float
    start: float
    end: float

    def at(self, value: float | Decimal) -> float:
        """The position of `value` in px."""
        return self.start + (float(value) - self.lo) / (self.hi - self.lo) * (self.end - self.start)


def ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Round numbers (1, 2, 2.5, 5 times a power of ten) that enclose `low`…`high` in about `count` steps.

    Between whole numbers the steps are whole.
    """
    as_one = high - low < max(_NO_SPAN, max(abs(low), abs(high)) * _NO_SHARE)
    if as_one:
        high = low + (abs(low) if abs(low) > _NO_SPAN else 1) * 0.1
    raw = (high - low) / count
    power = 10.0 ** math.floor(math.log10(raw))
    whole = power <= 1 and low == int(low) and high == int(high)
    factors = (1, 2, 5, 10) if whole else (1, 2, 2.5, 5, 10)
    step = next(power * factor for factor in factors if power * factor >= raw * 0.999)
    if whole:
        step = max(step, 1.0)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    digits = max(0, 2 - math.floor(math.log10(step)))
    if as_one and round(first * step, digits) > low:
        first -= 1
    return [round(index * step, digits) + 0.0 for index in range(first, last + 1)]


def tick_format(values: list[float]) -> str:
    """The d3 format that shows these ticks apart: thousands by comma, no more decimals than their step needs."""
    places = 0
    while places < 4 and any(abs(value - round(value, places)) > 1e-9 for value in values):
        places += 1
    return f",.{places}f"


YEAR = 1.01


def runs(moments: Sequence[float]) -> list[int]:
    """For each moment, in order, which unbroken run it belongs to: a run ends where more than a year is missing."""
    found: list[int] = []
    for index, when in enumerate(moments):
        broken = index > 0 and when - moments[index - 1] > YEAR
        found.append((found[-1] if found else 0) + broken)
    return found


def moment(period: str) -> float:
    """Where a period ends on an axis on which 2024 means the end of 2024.

    `2024` → 2024; `2024-Q1` and `2024-03` → 2023.25; `2023-01-01/P18M` → 2023.5.

    Raises:
        ValueError: not one of the method's period forms.
    """
    found = parse_period(period)
    if found is None:
        raise ValueError(period)
    return found.year if found.form is Form.YEAR else found.end.year - 1 + found.end.month / 12


# The words a government has for large numbers; none of them: numbers are written out; None: those of the language.
Scales = Sequence[str] | None


def scale_words(government: Government) -> Scales:
    """The government's words for large numbers; in a language that is not its own, those of the language."""
    is_own = government.language.partition("-")[0] == language()
    return government.units_scale if is_own or not government.units_scale else None


def magnitude(values: list[Decimal], unit: str, scales: Scales = None) -> tuple[Decimal, str]:
    """The divisor and unit in which such values read best: large counts in thousands or millions as said."""
    said = said_in_large(unit, values)
    if said.unit != unit:
        return Decimal(1).scaleb(-said.power), said.unit
    largest = max((abs(value) for value in values), default=Decimal(0))
    if not unit or "/" in unit or _has_scale(unit):
        return Decimal(1), unit
    used = words("format.scale.usual") if scales is None else scales
    for name, power, least in zip(
        *(words(f"format.scale.{each}") for each in ("names", "powers", "from")), strict=True
    ):
        if name in used and largest >= Decimal(least):
            return Decimal(10) ** int(power), t("format.scale.unit", scale=name, unit=unit)
    return Decimal(1), unit


def _has_scale(unit: str) -> bool:
    """Whether a unit is none to be counted in thousands or millions, or already is."""
    return unit.startswith(words("format.scale.never_first")) or any(
        w in unit for w in words("format.scale.never_with")
    )


def shown(value: Decimal | None, scale: Decimal, most: int | None = None) -> Decimal | None:
    """`value` in the chart's unit: as recorded when nothing is divided, else with at most two decimals.

    Where a unit that begins with a number is said otherwise only the point moves.

    `most` is how many decimals a label has room for; without it (tables) none that were recorded are dropped.
    """
    if value is None:
        return None
    power = -scale.adjusted()
    if power and scale < _ROUNDED:
        said = SaidIn("", power)
        value, scale, most = said.figure(value), Decimal(1), None if most is None else said.places(most)
    if scale == 1:
        digits = -int(value.as_tuple().exponent)
        return value if most is None or digits <= most else value.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    rounded = (value / scale).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral() else rounded.normalize()
