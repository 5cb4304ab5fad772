"""`cum_flow`: an amount to be accumulated over a window of years, against an even monthly pace.

Gets `TargetInputs` and a day, gives an `Assessment`. Source: assessment method §4.3.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from build_scripts.assess.draft import Draft, Numbers, pace
from build_scripts.assess.inputs import TargetInputs
from build_scripts.assess.level import series_of
from build_scripts.assess.window import Window, contradicted, first_month, last_day, nothing_feeds, open_window
from build_scripts.core.method import EARLY_MONTHS, EARLY_SHARE, Assessment, Reason, Status
from build_scripts.core.numbers import band, rounded, share
from build_scripts.core.periods import year_of
from build_scripts.core.series import Best


def assess_cum_flow(inputs: TargetInputs, as_of: date) -> Assessment:
    """The verdict on the longest accumulation from the month the window begins in: January, or the fiscal year's."""
    draft = Draft(inputs, as_of)
    window = open_window(draft, year_of(inputs.period_start), over_target=True)
    if not isinstance(window, Window):
        return window
    series = series_of(draft)
    series.takes_spans = True
    series.hold_against(lambda _period, _basis, value: window.test.met(value))
    all_months = 12 * len(window.years)
    begin = first_month(draft, series, window.first)
    spans = [span for span in series.spans_from(begin) if span.period.months <= all_months]
    if not spans:
        if series and draft.is_after(window.first):
            return _other_accumulations(draft, window)
        return nothing_feeds(draft, window, series)
    longest = spans[-1]
    if longest.conflict:
        return contradicted(draft, longest.period.year)
    return _judge(draft, window, longest, last_day(begin, len(window.years)))


def _other_accumulations(draft: Draft, window: Window) -> Assessment:
    """Every value of a flow is an accumulation, a calendar year's too: none begins where the window does."""
    draft.note("values.other_periods", "§3.2")
    if draft.is_after(window.last):
        draft.flag_silence(date(window.last, 12, 31))
        return draft.withhold(Status.DUE_NO_DATA, "§3.2")
    return draft.withhold(Status.NOT_ASSESSABLE, "§3.2", reason=Reason.PERIOD_MISMATCH)


def _judge(draft: Draft, window: Window, longest: Best, end: date) -> Assessment:
    """In the method's order: met, window over (the day is after `end`), stale, too early, band of r."""
    all_months = 12 * len(window.years)
    months, obs, amount = longest.period.months, longest.obs, longest.value
    met = window.test.met(amount)
    progress, time = share(amount, window.test.target), Fraction(months, all_months)
    ratio = rounded(progress / time, 4)
    numbers = pace(progress, time, met=met)
    with_ratio = replace(numbers, ratio=ratio)
    method = "final" if months == all_months else "ytd"
    _note(draft, window, amount, months, all_months, with_ratio)
    if met:
        if months < all_months:
            draft.flag("early")
        draft.note("flow.met", "§4.3", amount=amount, target=window.test.target, ratio=ratio)
        return draft.judge(Status.ACHIEVED, "§4.3", method, [obs], numbers=with_ratio)
    if draft.as_of > end:
        if months == all_months:
            return draft.judge(Status.MISSED, "§4.3", method, [obs], numbers=numbers)
        draft.flag("last_month", months)
        draft.flag_silence(end)
        return draft.withhold(Status.DUE_NO_DATA, "§4.3", numbers=numbers, shown=obs)
    if draft.is_stale(longest.period.end, months):
        draft.flag("last_month", months)
        draft.note("flow.stale", "§4.3", month=months, months=draft.stale_after(months))
        return draft.withhold(Status.NOT_ASSESSABLE, "§4.3", reason=Reason.STALE, numbers=numbers, shown=obs)
    if months < EARLY_MONTHS or months < EARLY_SHARE * all_months:
        draft.note("flow.too_early", "§4.3", month=months, all_months=all_months)
        return draft.withhold(
            Status.PENDING, "§4.3", reason=Reason.TOO_EARLY, method=method, numbers=numbers, shown=obs
        )
    draft.note("ratio", "§5", ratio=ratio, progress=numbers.progress_pct, time=numbers.time_pct)
    return draft.judge(band(ratio), "§4.3", method, [obs], numbers=with_ratio)


def _note(draft: Draft, window: Window, amount: Decimal, months: int, all_months: int, numbers: Numbers) -> None:
    target = window.test.target
    draft.note("flow.progress", "§4.3", amount=amount, target=target, progress=numbers.progress_pct)
    draft.note("flow.time", "§4.3", month=months, all_months=all_months, time=numbers.time_pct)
