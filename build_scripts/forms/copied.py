"""Figures copied from the columns beside them: all as last time, or all as promised. One question for a whole form.

Gets the figures of a form and the `PackageIndex`, adds a question. One figure may well be as before; three of three
hardly are.
"""

from __future__ import annotations

from collections.abc import Sequence

from build_scripts.forms.lines import Level, Lines
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.periods import period_end
from build_scripts.forms.submission import IndicatorAnswer

_LEAST = 3


def ask_copied(lines: Lines, book: PackageIndex, figures: Sequence[IndicatorAnswer]) -> None:
    """Ask where every figure of a form is that of last time, or what is promised."""
    told = [each for each in figures if each.value]
    if len(told) < _LEAST:
        return
    for code, copied in (("copied_last", _is_last), ("copied_goal", _is_goal)):
        if all(copied(book, each) for each in told):
            place = told[0].place
            at = (place.sheet, place.row, place.column("value") or place.first)
            lines.add(code, at, Level.CHECK, count=len(told))
            return


def _is_last(book: PackageIndex, answer: IndicatorAnswer) -> bool:
    last = book.last_figure(answer.series)
    if last is None or last.value != answer.value:
        return False
    before, now = period_end(last.period), period_end(answer.period)
    return before is not None and now is not None and before < now


def _is_goal(book: PackageIndex, answer: IndicatorAnswer) -> bool:
    return any(target.value == answer.value for target in book.targets_by_series.get(answer.series, ()))
