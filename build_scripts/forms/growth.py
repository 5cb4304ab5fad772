"""Questions about answers, and the one about a rate of growth: written as a share of one, as an index, without a point.

Gets a number, gives `Question` or None. Pure functions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from build_scripts.forms.lines import Level
from build_scripts.locale import number, t

GROWTH = Decimal(100)


@dataclass(frozen=True, slots=True)
class Question:
    """What can hardly be: the line's code and the facts that fill it; an error where nobody's yes would do."""

    code: str
    facts: Mapping[str, object]
    level: Level = Level.CHECK


def growth_question(value: Decimal) -> Question | None:
    """The question about a growth rate beside a figure: written as a share of one, or without its point."""
    facts: dict[str, object] = {"value": number(value)}
    if _fraction(value):
        return Question("growth_fraction", facts | {"offer": bare(value * 100)})
    if _index(value):
        return Question("growth_index", facts | {"offer": bare((value - 1) * 100)})
    if abs(value) > GROWTH:
        # The index with the year before as a hundred, or a point that was lost.
        likely = [value - GROWTH] if GROWTH < value < 2 * GROWTH else [value / 10, value / 100]
        offers = t("forms.or").join(f"{bare(each)}%" for each in likely)
        return Question("growth_large", facts | {"offer": offers})
    return None


def _index(value: Decimal) -> bool:
    """Whether a rate looks like the year before as one: 1.083 where 8.3% is meant."""
    exponent = value.as_tuple().exponent
    return 1 < value < 2 and isinstance(exponent, int) and exponent <= -3


def bare(value: Decimal) -> str:
    """A number without noughts at its end."""
    return number(value.normalize() if value != value.to_integral_value() else value.quantize(Decimal(1)))


def _fraction(value: Decimal) -> bool:
    exponent = value.as_tuple().exponent
    return 0 < abs(value) < 1 and isinstance(exponent, int) and exponent <= -2
