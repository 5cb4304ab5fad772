"""What all kinds with a window of years share: both ends, a threshold, and what to say when nothing feeds them.

Gets a `Draft` and the two years, gives a `Window` or the verdict that ends it. Source: assessment method §4.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from build_scripts.assess.draft import Draft
from build_scripts.assess.inputs import TargetInputs
from build_scripts.assess.order import rule_1_no_threshold
from build_scripts.assess.threshold import Threshold
from build_scripts.core.method import Assessment, Reason, Status
from build_scripts.core.numbers import ZERO
from build_scripts.core.periods import add_months, year_of
from build_scripts.core.series import Series


@dataclass(frozen=True, slots=True)
class Window:
    """The years a promise runs over (both included) and the condition it states."""

    first: int
    last: int
    test: Threshold

    @property
    def years(self) -> range:
        """Every year of the window."""
        return range(self.first, self.last + 1)


def open_window(draft: Draft, first: int | None, *, over_target: bool = False) -> Window | Assessment:
    """The window from `first` to the target year; `over_target` where p = C/T, so that T must be above 0."""
    inputs = draft.inputs
    last = year_of(inputs.target_period)
    if first is None or last is None or first > last:
        return draft.withhold(Status.NOT_ASSESSABLE, "§4.3", reason=Reason.NO_DEADLINE)
    test = inputs.threshold
    if test is None or (over_target and test.target <= ZERO):
        return rule_1_no_threshold(draft)
    return Window(first, last, test)


def first_month(draft: Draft, series: Series, year: int) -> date:
    """The day a year of accumulations begins: 1 January, or that of the government's fiscal year.

    Which of the two, says the plan where it prints fiscal years, else the accumulations themselves.
    """
    if draft.first_month > 1:
        return date(year, draft.first_month, 1)
    january, fiscal = date(year, 1, 1), date(year, draft.inputs.year_start, 1)
    return january if series.spans_from(january) or not series.spans_from(fiscal) else fiscal


def last_day(begin: date, years: int) -> date:
    """The last day of so many years from the day on which the first of them begins."""
    return add_months(begin, 12 * years) - timedelta(days=1)


def base_year_of(inputs: TargetInputs) -> int | None:
    """The base year of the average kinds: printed, else the year before `period_start` (§4.3)."""
    year = year_of(inputs.base_period)
    if year is not None:
        return year
    start = year_of(inputs.period_start)
    return start - 1 if start is not None else None


def nothing_feeds(draft: Draft, window: Window, series: Series) -> Assessment:
    """Nothing for the formula yet: too early in the first year of the window, then as §3.2."""
    if not draft.is_after(window.first):
        draft.note("window.first_year_open", "§4.3", year=window.first)
        return draft.withhold(Status.PENDING, "§4.3", reason=Reason.TOO_EARLY)
    return draft.nothing_usable(series, window.last)


def contradicted(draft: Draft, year: int) -> Assessment:
    """The verdict needs a period whose publications contradict each other (§1)."""
    draft.note("values.conflict", "§1", year=year)
    return draft.withhold(Status.NOT_ASSESSABLE, "§1", reason=Reason.CONFLICTING_SOURCES)


def reported(series: Series, window: Window) -> list[int]:
    """The years of the window that have a full-year value, oldest first."""
    return [year for year in series.years if window.first <= year <= window.last]
