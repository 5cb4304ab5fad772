"""`avg_growth` and `avg_increment`: a yearly growth rate or increase, on average since a base year.

Gets `TargetInputs` and a day, gives an `Assessment`. Source: assessment method §4.3.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial

from build_scripts.assess.case import Baseline, note_baseline
from build_scripts.assess.draft import Draft, Numbers, grade_of
from build_scripts.assess.inputs import TargetInputs
from build_scripts.assess.level import series_of
from build_scripts.assess.window import Window, base_year_of, contradicted, nothing_feeds, open_window, reported
from build_scripts.core.method import Assessment, Grade, Reason, Status
from build_scripts.core.numbers import (
    HUNDRED,
    MINUS_HUNDRED,
    ZERO,
    add,
    band,
    growth_of_pct,
    is_figure,
    minus,
    percent,
    product_of_shares,
    rounded,
)
from build_scripts.core.series import Best, Obs, Series


@dataclass(frozen=True, slots=True)
class _Mean:
    """An average over `count` of `total` years; `places` decimals are published."""

    value: Fraction
    count: int
    total: int
    latest: int
    used: Sequence[Obs]
    places: int
    floor: Grade = Grade.A


def assess_avg_growth(inputs: TargetInputs, as_of: date) -> Assessment:
    """The verdict on the geometric mean of the yearly growth rates since the base year."""
    draft = Draft(inputs, as_of)
    window = _window(draft)
    if not isinstance(window, Window):
        return window
    series = series_of(draft)
    years = reported(series, window)
    if not years:
        return nothing_feeds(draft, window, series)
    if conflict := next((year for year in years if series.years[year].conflict), None):
        return contradicted(draft, conflict)
    rates = {year: series.years[year].value for year in years}
    wanted = range(window.first, years[-1] + 1)
    # Nothing can shrink by more than all of it: such a rate is no rate.
    missing = [year for year in wanted if year not in rates or rates[year] < MINUS_HUNDRED]
    if missing:
        draft.note("average.gap", "§4.3", year=missing[0])
        return draft.withhold(Status.NOT_ASSESSABLE, "§4.3", reason=Reason.GAP_IN_SERIES)
    mean = _mean_growth(rates, wanted)

    def met_with(year: int, rate: Decimal) -> bool:
        return _is_met(window, _mean_growth({**rates, year: rate}, wanted))

    for year in wanted:
        if series.is_contradicted(series.years[year], partial(met_with, year)):
            return contradicted(draft, year)
    for year in wanted:
        draft.note("average.rate", "§4.3", year=year, rate=rates[year])
    listed = "|".join(f"{rates[year]:f}" for year in wanted)
    draft.note("average.growth", "§4.3", count=len(wanted), rates=listed, mean_pct=rounded(mean, 2))
    used = [series.years[year].obs for year in reversed(wanted)]
    return _judge(draft, window, _Mean(mean, len(wanted), len(window.years), years[-1], used, 2))


def assess_avg_increment(inputs: TargetInputs, as_of: date) -> Assessment:
    """The verdict on the mean yearly increase of a level since the base year."""
    draft = Draft(inputs, as_of)
    window = _window(draft)
    if not isinstance(window, Window):
        return window
    series = series_of(draft)
    years = reported(series, window)
    if not years:
        return nothing_feeds(draft, window, series)
    latest = series.years[years[-1]]
    if latest.conflict:
        return contradicted(draft, years[-1])
    count = years[-1] - (window.first - 1)

    def met(value: Decimal, base: Decimal) -> bool:
        return _is_met(window, Fraction(minus(value, base)) / count)

    base = _base(inputs, series, latest, window.first - 1, met)
    if base is None:
        return _no_base(draft, series, latest, window.first - 1)
    if series.is_contradicted(latest, lambda value: met(value, base.value)):
        return contradicted(draft, years[-1])
    increment = Fraction(minus(latest.value, base.value)) / count
    note_baseline(draft, base)
    draft.note(
        "average.increment",
        "§4.3",
        year=years[-1],
        value=latest.value,
        base=base.value,
        count=count,
        mean=rounded(increment, 3),
    )
    used = [latest.obs, *base.obs]
    draft.base_enters = base.origin == "recorded"
    return _judge(draft, window, _Mean(increment, count, len(window.years), years[-1], used, 3, base.grade))


def _mean_growth(rates: Mapping[int, Decimal], years: Sequence[int]) -> Fraction:
    """The geometric mean of the yearly rates, in %."""
    return growth_of_pct(product_of_shares([add(HUNDRED, rates[year]) for year in years]), len(years))


def _is_met(window: Window, mean: Fraction) -> bool:
    return window.test.met(rounded(mean, 30))


def _window(draft: Draft) -> Window | Assessment:
    base_year = base_year_of(draft.inputs)
    first = base_year + 1 if base_year is not None else None
    return open_window(draft, first)


def _base(
    inputs: TargetInputs, series: Series, latest: Best, base_year: int, met: Callable[[Decimal, Decimal], bool]
) -> Baseline | None:
    """The base-year figure on V's basis, also where the base year follows from `period_start`.

    Where the year's figures lead to means on different sides of the threshold there is none.
    """
    recorded, basis = inputs.base_value, latest.obs.basis
    if recorded is not None and is_figure(recorded) and inputs.base_basis == basis:
        return Baseline(base_year, recorded, "recorded", inputs.base_grade)
    found = series.on_basis(base_year, basis)
    if found is None or series.is_contradicted(found, lambda base: met(latest.value, base)):
        return None
    return Baseline(base_year, found.value, "observed", grade_of(found.obs), (found.obs,))


def _no_base(draft: Draft, series: Series, latest: Best, base_year: int) -> Assessment:
    """B on another basis only, or no B at all."""
    found = series.years.get(base_year)
    elsewhere = found is not None and not found.conflict and found.obs.basis != latest.obs.basis
    if is_figure(draft.inputs.base_value) or elsewhere:
        draft.note("baseline.other_basis", "§4.3", year=base_year)
        return draft.withhold(Status.NOT_ASSESSABLE, "§4.3", reason=Reason.BREAK_IN_SERIES)
    draft.note("baseline.none", "§4.3", year=base_year)
    return draft.withhold(Status.NOT_ASSESSABLE, "§4.3", reason=Reason.NO_BASELINE)


def _judge(draft: Draft, window: Window, mean: _Mean) -> Assessment:
    """After the target year: met or not, if the last year is there; before: stale, then the band of mean / T."""
    met = _is_met(window, mean.value)
    time = percent(Fraction(mean.count, mean.total))
    shown = Numbers(time_pct=time, derived=rounded(mean.value, mean.places))
    obs = mean.used[0]
    draft.note("average.time", "§4.3", count=mean.count, total=mean.total, time=time)
    if draft.is_after(window.last) and mean.count < mean.total:
        draft.flag_silence(draft.end_of(window.last))
        return draft.withhold(Status.DUE_NO_DATA, "§4.3", numbers=shown, shown=obs)
    if not draft.is_after(window.last) and draft.is_stale(draft.end_of(mean.latest)):
        draft.flag("last", mean.latest)
        draft.note("values.stale", "§3.6", year=mean.latest, months=draft.stale_after())
        return draft.withhold(Status.NOT_ASSESSABLE, "§3.6", reason=Reason.STALE, numbers=shown, shown=obs)
    return _verdict(draft, window, mean, met=met, numbers=shown)


def _verdict(draft: Draft, window: Window, mean: _Mean, *, met: bool, numbers: Numbers) -> Assessment:
    target = window.test.target
    ratio = rounded(mean.value / Fraction(target), 4) if _ratio_means_something(draft.inputs, target) else None
    if ratio is not None:
        numbers = replace(numbers, ratio=ratio)
        draft.note("average.ratio", "§4.3", mean=numbers.derived, target=target, ratio=ratio)
    else:
        draft.note("average.no_ratio", "§4.3", mean=numbers.derived, target=target)
    if draft.is_after(window.last):
        status = Status.ACHIEVED if met else Status.MISSED
    elif ratio is not None:
        status = band(ratio)
    else:
        status = Status.ON_TRACK if met else Status.BEHIND
    single = mean.count == 1 < mean.total
    if single:
        draft.flag("single_year")
    floor = Grade.C if single else mean.floor
    return draft.judge(status, "§4.3", "average", mean.used, numbers=numbers, floor=floor)


def _ratio_means_something(inputs: TargetInputs, target: Decimal) -> bool:
    """Whether r = mean / T says something: it does not where T and direction differ in sign (§4.3)."""
    return {"up": target > ZERO, "down": target < ZERO}.get(inputs.direction, False)
