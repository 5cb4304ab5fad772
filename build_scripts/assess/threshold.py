"""What a target asks for: the condition a value must meet, and how near it has come.

Gets comparator, direction and figures, gives a `Threshold`. Source: assessment method §3, "Meets" and "Attainment".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from build_scripts.core.method import APPROX_TOLERANCE
from build_scripts.core.numbers import ZERO, add, is_figure, minus, share, times

_AT_LEAST = {"ge": False, "gt": True}
_AT_MOST = {"le": False, "lt": True}
_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Threshold:
    """The condition on a value: `low ≤ value ≤ high` (`<` where strict), and the target it is measured from.

    `sense` is +1 where more is better, −1 where less is, 0 where nearness to the range is all that counts.
    `narrowed_by` is the baseline that leaves "about" less than its 5 %.
    """

    target: Decimal
    low: Decimal | None
    high: Decimal | None
    strict: bool
    sense: int
    comparator: str
    direction: str
    narrowed_by: Decimal | None = None

    def met(self, value: Decimal) -> bool:
        """Whether a value meets the condition."""
        if self.low is not None and (value < self.low or (self.strict and value == self.low)):
            return False
        return not (self.high is not None and (value > self.high or (self.strict and value == self.high)))

    def seen_from(self, base: Decimal | None) -> Threshold:
        """“About” as it is from a known baseline: at most half the way, so that standing still is not arriving (§3)."""
        if self.comparator != "approx" or base is None or base == self.target:
            return self
        half = times(_HALF, minus(self.target, base).copy_abs())
        return replace(_about(self, half), narrowed_by=base) if half < _slack(self.target) else self

    def goodness(self, value: Decimal) -> Decimal:
        """A value on a scale where more is always better: itself, its negative, or minus its distance (§4.1)."""
        if self.sense:
            return value if self.sense > 0 else minus(ZERO, value)
        return minus(ZERO, self._distance(value))

    def _distance(self, value: Decimal) -> Decimal:
        """How far a value is from the range, or from the target itself where the wording is "about"."""
        low, high = (self.low, self.high) if self.comparator == "between" else (self.target, self.target)
        if low is not None and value < low:
            return minus(low, value)
        return minus(value, high) if high is not None and value > high else ZERO

    def on_path(self, value: Decimal) -> Decimal:
        """A value as the path formulas take it: itself, or minus its distance where that is what counts (§4.1)."""
        return value if self.sense else minus(ZERO, self._distance(value))

    @property
    def path_target(self) -> Decimal:
        """The target as the path formulas take it."""
        return self.target if self.sense else ZERO

    def attainment(self, value: Decimal) -> Fraction | None:
        """达成率 as a share (1 = whole), for display only; None where it says nothing."""
        if self.comparator == "between" or self.target <= 0:
            return None
        if self.direction == "up":
            return share(value, self.target)
        if self.direction == "down" and value > 0:
            return share(self.target, value)
        return None


def make_threshold(
    comparator: str, direction: str, target: Decimal | None, high: Decimal | None = None
) -> Threshold | None:
    """The condition a comparator states, or None where there is no threshold (§3.1)."""
    if target is None or not is_figure(target):
        return None
    if comparator in _AT_LEAST:
        return Threshold(target, target, None, _AT_LEAST[comparator], 1, comparator, direction)
    if comparator in _AT_MOST:
        return Threshold(target, None, target, _AT_MOST[comparator], -1, comparator, direction)
    if comparator == "between":
        if high is None or not is_figure(high):
            return None
        return Threshold(target, target, high, False, 0, comparator, direction)
    if comparator == "approx":
        sense = {"up": 1, "down": -1}.get(direction, 0)
        return _about(Threshold(target, None, None, False, sense, comparator, direction), _slack(target))
    return None


def _slack(target: Decimal) -> Decimal:
    """How far from the target "about" still reaches."""
    return times(APPROX_TOLERANCE, target.copy_abs())


def _about(test: Threshold, slack: Decimal) -> Threshold:
    low = minus(test.target, slack) if test.sense >= 0 else None
    high = add(test.target, slack) if test.sense <= 0 else None
    return replace(test, low=low, high=high)
