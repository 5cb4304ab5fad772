"""The day on which a form was filled in, held against what it tells: nothing is known before it has happened.

Gets the day and the answers, adds a line about the figures whose period was not over, and one at each state that had
not begun. Last month's day is easily left standing, so these lines hold nothing up, but for figures called final long
before their time was over. A month's figure is often put together in its last days.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from build_scripts.forms.lines import Level, Lines, Spot
from build_scripts.forms.periods import FormPeriod, period_end
from build_scripts.forms.submission import IndicatorAnswer, Place, ProblemAnswer, TaskAnswer
from build_scripts.locale import listed, period, t

_LAST_DAYS = timedelta(days=10)
_FINAL = "A"
_NAMED = 3


def ask_filed(lines: Lines, at: Spot, filled_on: date, form: FormPeriod, figures: Sequence[IndicatorAnswer]) -> None:
    """Tell of a form filled in before the time of its figures, or its own, was over; ask of final figures."""
    early = [each for each in figures if _too_early(each, filled_on)]
    if early:
        names = [t("forms.figure_of", name=each.name, period=period(each.period)) for each in early[:_NAMED]]
        more = t("forms.and_more", names=listed(names), count=len(early))
        facts = {"found": filled_on.isoformat(), "names": more if len(early) > _NAMED else listed(names)}
        final = any(each.obs_status == _FINAL for each in early)
        lines.add("filed_early", at, Level.CHECK if final else Level.NOTE, **facts)
    elif filled_on < form.start:
        lines.add("filed_before", at, Level.NOTE, found=filled_on.isoformat(), period=form.words)


def _too_early(figure: IndicatorAnswer, filled_on: date) -> bool:
    """Whether a figure could not be known on a day."""
    end = period_end(figure.period)
    if end is None or figure.value is None or end <= filled_on:
        return False
    return figure.obs_status == _FINAL or end - filled_on > _LAST_DAYS


def note_begun(lines: Lines, filled_on: date, steps: Sequence[TaskAnswer | ProblemAnswer]) -> None:
    """Tell of each state, and each new problem, that had not begun when the form was filled in."""
    for place, code, day in _days(steps):
        if day > filled_on:
            facts = {"found": day.isoformat(), "filled": filled_on.isoformat()}
            at = (place.sheet, place.row, place.column(code) or place.first)
            lines.add("begun_after_filed", at, Level.NOTE, **facts)


def _days(steps: Sequence[TaskAnswer | ProblemAnswer]) -> Iterator[tuple[Place, str, date]]:
    for step in steps:
        if isinstance(step, ProblemAnswer) and step.opens:
            yield step.place, "opened", step.opened
        if step.dated and step.state != "planned":
            yield step.place, "date", step.date
