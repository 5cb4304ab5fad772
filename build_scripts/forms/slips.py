"""Slips of the unit: a figure ten thousand times its neighbour, a share written as a fraction.

Gets an answer and the `Book`, gives the warning to show, with its facts. Smaller jumps are a rule of the package check.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from build_scripts.core.tables import DEFAULT_BASIS
from build_scripts.forms.book import Book
from build_scripts.forms.periods import period_end, same_period
from build_scripts.forms.submission import IndicatorAnswer
from build_scripts.locale import number, period, t

# 万元 and 亿元 are four zeros apart; what lies within a factor of two and a half of that is taken for the slip.
TEN_THOUSAND = (Decimal(4_000), Decimal(25_000))
# A share written as 0.65 instead of 65 is one hundredth.
HUNDREDTH = (Decimal("0.004"), Decimal("0.025"))


@dataclass(frozen=True, slots=True)
class Slip:
    """What looks slipped: the line's code and the facts that fill it."""

    code: str
    facts: Mapping[str, object]


def slip(book: Book, answer: IndicatorAnswer, basis: str) -> Slip | None:
    """A slip of the unit in a figure, judged by the series' neighbouring figure, else by its target; None for none."""
    if not answer.value:
        return None
    unit = book.package.indicator_by_id[answer.series[0]].unit
    facts: dict[str, object] = {"period": period(answer.period), "value": number(answer.value), "unit": unit}
    near = _neighbour(book, answer, basis)
    if near:
        old, old_period = near
        ratio = abs(answer.value / old)
        facts |= {"old": number(old), "old_period": period(old_period)}
        if unit == "%" and HUNDREDTH[0] <= ratio <= HUNDREDTH[1]:
            return Slip("percent_slip", facts)
        return Slip("unit_slip", facts | {"ratio": _times(ratio)}) if _ten_thousand(ratio) else None
    for target in book.targets_by_series.get(answer.series, ()):
        if target.value and target.unit == unit and _ten_thousand(abs(answer.value / target.value)):
            facts |= {"old": number(target.value), "ratio": _times(abs(answer.value / target.value))}
            return Slip("target_slip", facts)
    return None


def _neighbour(book: Book, answer: IndicatorAnswer, basis: str) -> tuple[Decimal, str] | None:
    """The figure of the series nearest before the answer's period, else nearest after it, or an earlier vintage."""
    end = period_end(answer.period)
    known = [
        (period_end(item.period), item)
        for item in book.figures.get(answer.series, ())
        if item.value and (item.basis or DEFAULT_BASIS) == basis
    ]
    same = [item for _, item in known if same_period(item.period, answer.period)]
    before = [item for last, item in known if last and end and last < end]
    after = [item for last, item in known if last and end and last > end]
    nearest = (same or before)[-1:] or after[:1]
    return (nearest[0].value, nearest[0].period) if nearest and nearest[0].value else None


def _ten_thousand(ratio: Decimal) -> bool:
    return TEN_THOUSAND[0] <= ratio <= TEN_THOUSAND[1] or 1 / TEN_THOUSAND[1] <= ratio <= 1 / TEN_THOUSAND[0]


def _times(ratio: Decimal) -> str:
    """`1.1万倍`, `万分之一`."""
    if ratio >= 1:
        return t("forms.change.times", times=number(ratio / 10_000, 1))
    return t("forms.change.part")
