"""A form filled in from another: every figure as last time, every figure as promised, or last month's form used again.

Gets the figures of a form and the `PackageIndex`, adds one question for the whole form. One figure may well be as
before; three of three hardly are. Small counts stay as they are for months, and all may well have 100%: those tell
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from build_scripts.core.periods import add_months
from build_scripts.forms.lines import Level, Lines
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.periods import FormPeriod, period_end
from build_scripts.forms.submission import IndicatorAnswer, source_prefix

Figures: TypeAlias = Sequence[IndicatorAnswer]
_LEAST, _OTHERS = 3, 2
_SMALL, _ALL = 10, 100


def ask_copied(lines: Lines, book: PackageIndex, figures: Figures) -> None:
    """Ask where every figure of a form is that of last time, or what is promised."""
    told = [each for each in figures if each.value]
    if sum(each.value is not None and _tells(each.value) for each in told) < _LEAST:
        return
    for code, copied in (("copied_last", _is_last), ("copied_goal", _is_goal)):
        if all(copied(book, each) for each in told):
            place = told[0].place
            at = (place.sheet, place.row, place.column("value") or place.first)
            lines.add(code, at, Level.CHECK, count=len(told))
            return


def ask_reused(lines: Lines, book: PackageIndex, asked: FormPeriod, unit_id: str, figures: Figures) -> None:
    """Ask where a unit answers an old form once more, after the next period is over, and with other figures only."""
    if book.as_of < _next_end(asked) or len(figures) < _OTHERS:
        return
    own = f"{source_prefix(unit_id, asked)}-"
    for each in figures:
        old = book.series(each.series).figure(each.period)
        if old is None or not old.source_id.startswith(own) or each.value in {None, old.value} or each.note:
            return
    place = figures[0].place
    at = (place.sheet, place.row, place.column("period") or place.first)
    lines.add("form_reused", at, Level.CHECK, period=asked.words, count=len(figures))


def _tells(value: Decimal) -> bool:
    """Whether a figure is such that it is hardly the same by chance."""
    return value != _ALL and (abs(value) >= _SMALL or value != value.to_integral_value())


def _next_end(asked: FormPeriod) -> date:
    """The last day of the period after a form's own."""
    return add_months(asked.end, asked.months)


def _is_last(book: PackageIndex, answer: IndicatorAnswer) -> bool:
    last = book.last_figure(answer.series)
    if last is None or last.value != answer.value:
        return False
    before, now = period_end(last.period), period_end(answer.period)
    return before is not None and now is not None and before < now


def _is_goal(book: PackageIndex, answer: IndicatorAnswer) -> bool:
    return any(target.value == answer.value for target in book.targets_by_series.get(answer.series, ()))
