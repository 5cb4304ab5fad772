"""How much of a target's window an accumulation covers.

Gets the period of a figure and a target, gives a part of one. Pure functions.
"""

from __future__ import annotations

from decimal import Decimal

from build_scripts.core.periods import Form, Period, parse_period
from build_scripts.core.records import Target


def part_gone(when: Period, target: Target) -> Decimal | None:
    """Which part of a target's window an accumulation covers; None where it is none of that window."""
    if when.form is not Form.SPAN:
        return None
    if target.kind == "annual_floor":
        return min(Decimal(when.months) / 12, Decimal(1))
    last = parse_period(target.target_period) if target.target_period else None
    first = parse_period(target.period_start) if target.period_start else None
    if target.kind != "cum_flow" or last is None or first is None or first.start != when.start:
        return None
    months = (last.end.year - first.start.year) * 12 + last.end.month - first.start.month + 1
    return min(Decimal(when.months) / months, Decimal(1))
