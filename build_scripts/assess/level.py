"""The point kinds: `level_by`, `share_by`, `count_by`, `travel_time` (and `group_*` once their value has joined).

Gets `TargetInputs` and a day, makes the `Case` that the order of decisions (§3) is asked about.
Source: assessment method §1 (full years, stocks so far, baseline), §3 (monotone), §4.1 (whole things).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from build_scripts.assess.case import Baseline, Case, Point
from build_scripts.assess.draft import Draft, grade_of
from build_scripts.assess.inputs import TargetInputs
from build_scripts.assess.order import decide, rule_1_no_threshold
from build_scripts.assess.threshold import Threshold
from build_scripts.core.method import Assessment
from build_scripts.core.numbers import ZERO, is_figure
from build_scripts.core.periods import Form, Period, year_of
from build_scripts.core.series import Best, Series

_LOG_KINDS = frozenset(("level_by", "multiple_of_base"))
_WHOLE_KINDS = frozenset(("count_by", "travel_time"))


def assess_level(inputs: TargetInputs, as_of: date) -> Assessment:
    """The verdict on a value to be reached by a year."""
    draft = Draft(inputs, as_of)
    test = inputs.threshold
    if test is None:
        return rule_1_no_threshold(draft)
    return decide(level_case(draft, test))


def level_case(draft: Draft, test: Threshold) -> Case:
    """A value a year on one threshold, with its baselines."""
    inputs = draft.inputs
    series = series_of(draft)
    deadline = year_of(inputs.target_period)

    def test_on(basis: str) -> Threshold:
        return held(basis) or test

    held = hold_against(series, inputs, test.seen_from)
    monotone = is_monotone(inputs) and not has_fallen(series, lambda _: test)
    best = with_stocks_so_far(series, test_on, deadline) if monotone else series.years

    def baseline_of(point: Point) -> Baseline | None:
        return baseline_on(inputs, lambda year, basis: speaks_on_basis(series, best, year, basis), point.basis)

    def same_basis(basis: str) -> list[Point]:
        found = (speaks_on_basis(series, best, year, basis) for year in best)
        return [to_point(each, test_on(basis)) for each in found if each is not None]

    return Case(
        draft=draft,
        series=series,
        deadline=deadline,
        points={y: to_point(each, test_on(each.obs.basis)) for y, each in best.items() if not each.conflict},
        conflicts=frozenset(year for year, found in best.items() if found.conflict),
        baseline_of=baseline_of,
        same_basis=same_basis,
        has_other_basis=lambda basis: has_other_basis(inputs, best, basis),
        monotone=monotone,
        log_scale=is_log_scale(inputs),
        whole_things=inputs.kind in _WHOLE_KINDS and test.sense > 0,
    )


def is_log_scale(inputs: TargetInputs) -> bool:
    """Whether progress is measured on the log scale: as the target says, else by its kind (§4.1)."""
    return inputs.path == "log" if inputs.path else inputs.kind in _LOG_KINDS


def hold_against(
    series: Series, inputs: TargetInputs, from_base: Callable[[Decimal | None], Threshold | None]
) -> Callable[[str], Threshold | None]:
    """Lets a series know the target's condition; gives the condition on a basis, by the baseline on that basis.

    `from_base` gives the condition by a base-year figure. Only a full year's figure is one here, as whether a stock so
    far stands for its year depends on the condition. A base-year value is held against it with itself as B (§1).
    """
    has_printed_base = is_figure(inputs.base_value) or counts_new_items_since(inputs) is None
    base_year = year_of(inputs.base_period) if has_printed_base else None

    @cache
    def test_on(basis: str) -> Threshold | None:
        base = baseline_on(inputs, series.on_basis, basis)
        return from_base(base.value if base is not None else None)

    def meets(period: Period, basis: str, value: Decimal) -> bool | None:
        is_base_year = period.form is Form.YEAR and period.year == base_year
        test = from_base(value) if is_base_year else test_on(basis)
        return test.met(value) if test is not None else None

    series.hold_against(meets)
    return test_on


def series_of(draft: Draft) -> Series:
    """The target's own usable observations, noted for the explanation."""
    inputs = draft.inputs
    base_basis = inputs.base_basis if is_figure(inputs.base_value) else None
    series = Series.on_day(inputs.observations, draft.as_of, base_basis)
    draft.series.append(series)
    return series


def to_point(best: Best, test: Threshold) -> Point:
    """A year's best observation held against the threshold."""
    value = best.value
    return Point(best.period.year, value, best.obs.basis, test, test.met(value), (best.obs,))


def baseline_on(inputs: TargetInputs, observed: Callable[[int, str], Best | None], basis: str) -> Baseline | None:
    """The base-year figure on `basis` (§1): recorded, else observed; 0 by definition for a count of new items.

    `observed` gives what speaks for a year on a basis.
    """
    if inputs.base_value is not None and is_figure(inputs.base_value):
        year = year_of(inputs.base_period)
        if year is not None and inputs.base_basis == basis:
            return Baseline(year, inputs.base_value, "recorded", inputs.base_grade)
    elif (new_since := counts_new_items_since(inputs)) is not None:
        return Baseline(new_since - 1, ZERO, "by_definition")
    year = year_of(inputs.base_period)
    found = observed(year, basis) if year is not None else None
    if found is None:
        return None
    return Baseline(found.period.year, found.value, "observed", grade_of(found.obs), (found.obs,))


def counts_new_items_since(inputs: TargetInputs) -> int | None:
    """The first year of a count of new items (新创、培育、引进), whose baseline is 0 the year before (§1)."""
    return year_of(inputs.period_start) if inputs.kind == "count_by" else None


def is_monotone(inputs: TargetInputs) -> bool:
    """Whether what is counted can only grow: default for `count_by`, unless the target says otherwise (§3.5)."""
    return inputs.kind == "count_by" if inputs.monotone is None else inputs.monotone


def has_fallen(series: Series, test_on: Callable[[str], Threshold]) -> bool:
    """Whether a full-year value is worse than the full-year value before it on the same basis (§3.5).

    `test_on` gives a basis's threshold, which says what is worse.
    """
    bases = {obs.basis for _, rivals in series.rivals.values() for obs in rivals}
    for basis in bases:
        before = None
        for year in series.years:
            found = series.on_basis(year, basis)
            if found is None:
                continue
            now = test_on(basis).goodness(found.value)
            if before is not None and now < before:
                return True
            before = now
    return False


def with_stocks_so_far(
    series: Series, test_on: Callable[[str], Threshold | None], deadline: int | None
) -> dict[int, Best]:
    """A year's best observations, where a stock counted so far may stand for a year that has no full value (§1)."""
    best = dict(series.years)
    for year, found in series.inside_years.items():
        test = test_on(found.obs.basis)
        if year in best or found.conflict or test is None:
            continue
        if deadline is None or test.met(found.value):
            best[year] = found
    return dict(sorted(best.items()))


def has_other_basis(inputs: TargetInputs, best: dict[int, Best], basis: str) -> bool:
    """Whether any year's best observation or the recorded baseline is not on `basis` (§3.11)."""
    if is_figure(inputs.base_value) and inputs.base_basis != basis:
        return True
    return any(found.obs.basis != basis for found in best.values() if not found.conflict)


def speaks_on_basis(series: Series, best: Mapping[int, Best], year: int, basis: str) -> Best | None:
    """What speaks for a year on one basis: its best full-year value, else the stock so far that stands for it."""
    if year in series.years:
        return series.on_basis(year, basis)
    found = best.get(year)
    return found if found is not None and not found.conflict and found.obs.basis == basis else None
