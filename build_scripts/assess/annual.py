"""`annual_floor` and `rank`: a condition that holds for each year of a window on its own.

Gets `TargetInputs` and a day, gives an `Assessment`. Source: assessment method §4.3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from build_scripts.assess.case import attained, note_condition
from build_scripts.assess.draft import Draft, Numbers, pace
from build_scripts.assess.inputs import TargetInputs
from build_scripts.assess.level import series_of
from build_scripts.assess.order import rule_1_no_threshold
from build_scripts.assess.robustness import agree
from build_scripts.assess.window import (
    Window,
    contradicted,
    first_month,
    last_day,
    nothing_feeds,
    open_window,
    reported,
)
from build_scripts.core.method import EARLY_MONTHS, RANK_TOP, Assessment, Grade, Reason, Status, Step
from build_scripts.core.numbers import ZERO, band, rounded, share
from build_scripts.core.periods import year_of
from build_scripts.core.series import Best, Series


def assess_annual_floor(inputs: TargetInputs, as_of: date) -> Assessment:
    """The verdict on a floor (or ceiling) that every year of the window has to keep."""
    return _assess_years(Draft(inputs, as_of), is_rank=False)


def assess_rank(inputs: TargetInputs, as_of: date) -> Assessment:
    """The verdict on a rank to be held every year; wording without a number is read in two ways."""
    if inputs.comparator == "none":
        return _assess_rank_wording(inputs, as_of)
    return _assess_years(Draft(replace(inputs, comparator="le"), as_of), is_rank=True)


def _assess_rank_wording(inputs: TargetInputs, as_of: date) -> Assessment:
    """“前列” without a number: top 3 and top half; only if both agree is there a verdict."""
    draft = Draft(inputs, as_of)
    start, end = year_of(inputs.period_start), year_of(inputs.target_period)
    if start is None or end is None or start > end:
        return draft.withhold(Status.NOT_ASSESSABLE, "§4.3", reason=Reason.NO_DEADLINE)
    if inputs.peers is None:
        draft.note("rank.peers_unknown", "§4.3")
        return rule_1_no_threshold(draft)
    tops = (RANK_TOP, inputs.peers // 2)
    readings = [assess_rank(replace(inputs, comparator="le", value=Decimal(top)), as_of) for top in tops]
    verdict = agree(readings, Reason.NO_THRESHOLD, "§4.3")
    note = Step("rank.two_readings", "§4.3", (("top", tops[0]), ("half", tops[1]), ("peers", inputs.peers)))
    return replace(verdict, steps=(note, *verdict.steps))


@dataclass(frozen=True, slots=True)
class _Years:
    """The reported years of a window, oldest first, and whether each passed.

    `passed` holds a year whose publications contradict each other only where all of them pass or all fail; `best` has
    what speaks for the years in `passed`, `reported` every year with a publication.
    """

    reported: Sequence[int]
    passed: Mapping[int, bool]
    best: Mapping[int, Best]

    @property
    def latest(self) -> int:
        return self.reported[-1]

    @property
    def broken(self) -> list[int]:
        """Years that failed."""
        return [year for year, ok in self.passed.items() if not ok]

    def gaps(self, first: int) -> list[int]:
        """Unreported years before the latest reported one."""
        return [year for year in range(first, self.latest) if year not in self.reported]


def _assess_years(draft: Draft, *, is_rank: bool) -> Assessment:
    window = open_window(draft, year_of(draft.inputs.period_start))
    if not isinstance(window, Window):
        return window
    series = series_of(draft)
    series.hold_against(lambda _period, _basis, value: window.test.met(value))
    reported_years = reported(series, window)
    if not reported_years:
        if draft.inputs.flow and not is_rank and (span := _year_to_date(draft, series, window)):
            return _judge_year_to_date(draft, window, series, span)
        return nothing_feeds(draft, window, series)
    best = {year: series.years[year] for year in reported_years}
    outcomes = {year: {window.test.met(figure) for figure in found.figures} for year, found in best.items()}
    passed = {year: True in found for year, found in outcomes.items() if len(found) == 1}
    if len(passed) < len(best) and all(passed.values()):
        return contradicted(draft, next(year for year in best if year not in passed))
    for year, ok in passed.items():
        code = "met" if ok else "unmet"
        note_condition(draft, code, "§4.3", window.test, year=year, value=best[year].value)
    years = _Years(reported_years, passed, {year: best[year] for year in passed})
    return _judge_years(draft, window, years, is_rank=is_rank)


def _judge_years(draft: Draft, window: Window, years: _Years, *, is_rank: bool) -> Assessment:
    """Any failure is for good; else, period over, all passed or years missing; before, the stale rule."""
    over = draft.is_after(window.last)
    numbers = Numbers() if is_rank or over else _attainment(draft, window, years)
    if years.broken:
        return _judged(draft, window, years, Status.MISSED if over else Status.BEHIND, numbers)
    latest = years.best[years.latest].obs
    if not over:
        if draft.is_stale(draft.end_of(years.latest)):
            draft.flag("last", years.latest)
            draft.note("values.stale", "§3.6", year=years.latest, months=draft.stale_after())
            return draft.withhold(Status.NOT_ASSESSABLE, "§3.6", reason=Reason.STALE, numbers=numbers, shown=latest)
        return _judged(draft, window, years, Status.ON_TRACK, numbers)
    if len(years.passed) == len(window.years):
        return _judged(draft, window, years, Status.ACHIEVED, numbers)
    draft.flag("years", f"{len(years.passed)}/{len(window.years)}")
    draft.flag_silence(draft.end_of(window.last))
    return draft.withhold(Status.DUE_NO_DATA, "§4.3", shown=latest)


def _attainment(draft: Draft, window: Window, years: _Years) -> Numbers:
    """达成率 of the latest year; none where its publications contradict each other."""
    latest = years.best.get(years.latest)
    if latest is None or latest.conflict:
        return Numbers()
    return Numbers(attainment_pct=attained(draft, window.test, latest.value))


def _judged(draft: Draft, window: Window, years: _Years, status: Status, numbers: Numbers) -> Assessment:
    if years.broken:
        draft.flag("broken_years", "|".join(map(str, years.broken)))
    gaps = years.gaps(window.first)
    if gaps:
        draft.flag("gap_years", "|".join(map(str, gaps)))
        draft.note("year.gaps", "§4.3", count=len(gaps))
    # The latest year first: it is the one shown.
    used = [best.obs for best in reversed(list(years.best.values()))]
    return draft.judge(status, "§4.3", "annual", used, numbers=numbers, floor=Grade.C if gaps else Grade.A)


def _year_to_date(draft: Draft, series: Series, window: Window) -> Best | None:
    """The latest accumulation of under 12 months from where a year of the window begins."""
    begins = [first_month(draft, series, year) for year in window.years]
    spans = [span for begin in begins for span in series.spans_from(begin) if span.period.months < 12]
    return spans[-1] if spans else None


def _judge_year_to_date(draft: Draft, window: Window, series: Series, span: Best) -> Assessment:
    """A flow in its first reported year: period over, stale, too early, else the band of r."""
    months, obs, amount = span.period.months, span.obs, span.value
    if window.test.target <= ZERO:
        return rule_1_no_threshold(draft)
    if draft.as_of > last_day(first_month(draft, series, window.last), 1):
        return draft.nothing_usable(series, window.last)
    if span.conflict:
        return contradicted(draft, span.period.year)
    if draft.is_stale(span.period.end, months):
        draft.flag("last_month", months)
        draft.note("flow.stale", "§4.3", month=months, months=draft.stale_after(months))
        return draft.withhold(Status.NOT_ASSESSABLE, "§4.3", reason=Reason.STALE, shown=obs)
    progress, time = share(amount, window.test.target), Fraction(months, 12)
    numbers = pace(progress, time, met=window.test.met(amount))
    ratio = rounded(progress / time, 4)
    draft.note("flow.progress", "§4.3", amount=amount, target=window.test.target, progress=numbers.progress_pct)
    draft.note("flow.time", "§4.3", month=months, all_months=12, time=numbers.time_pct)
    if months < EARLY_MONTHS:
        draft.note("flow.too_early", "§4.3", month=months, all_months=12)
        return draft.withhold(Status.PENDING, "§4.3", reason=Reason.TOO_EARLY, method="ytd", numbers=numbers, shown=obs)
    draft.flag("ytd")
    draft.note("ratio", "§5", ratio=ratio, progress=numbers.progress_pct, time=numbers.time_pct)
    return draft.judge(band(ratio), "§4.3", "ytd", [obs], numbers=replace(numbers, ratio=ratio), floor=Grade.B)
