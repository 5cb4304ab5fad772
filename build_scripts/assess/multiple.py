"""`multiple_of_base` (翻番): the target is k times the base-year figure, on each value's own basis.

Gets `TargetInputs` and a day, makes the `Case` for the order of decisions (§3) with T = k·B.
Source: assessment method §3 ("Meets", multiple_of_base), §4.3.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from build_scripts.assess.case import Baseline, Case, Point
from build_scripts.assess.draft import Draft
from build_scripts.assess.inputs import TargetInputs
from build_scripts.assess.level import (
    baseline_on,
    has_fallen,
    has_other_basis,
    hold_against,
    is_log_scale,
    is_monotone,
    series_of,
    speaks_on_basis,
    to_point,
    with_stocks_so_far,
)
from build_scripts.assess.order import decide, rule_1_no_threshold
from build_scripts.assess.threshold import Threshold, make_threshold
from build_scripts.core.method import BASELINE_WAIT_MONTHS, Assessment, Reason, Status
from build_scripts.core.numbers import is_figure, times
from build_scripts.core.periods import add_months, year_of
from build_scripts.core.series import Best, Series


def assess_multiple(inputs: TargetInputs, as_of: date) -> Assessment:
    """The verdict on a multiple of the base-year figure."""
    draft = Draft(inputs, as_of)
    if inputs.threshold is None:
        return rule_1_no_threshold(draft)
    series = series_of(draft)
    base_year = year_of(inputs.base_period)
    if not is_figure(inputs.base_value):
        in_base_year = series.years.get(base_year) if base_year is not None else None
        if in_base_year is None:
            return _no_base_figure(draft, base_year)
        if in_base_year.conflict and not _bases_with_figure(inputs, series):
            draft.note("values.conflict", "§1", year=in_base_year.period.year)
            return draft.withhold(Status.NOT_ASSESSABLE, "§1", reason=Reason.CONFLICTING_SOURCES)
    return _decide_on_multiples(draft, series)


def _no_base_figure(draft: Draft, base_year: int | None) -> Assessment:
    """No base-year figure on any basis: wait for it, up to 18 months after the end of the base year."""
    if draft.inputs.base_pending or (
        base_year is not None and draft.as_of <= add_months(draft.end_of(base_year), BASELINE_WAIT_MONTHS)
    ):
        draft.note("baseline.awaited", "§4.3", year=base_year)
        return draft.withhold(Status.PENDING, "§4.3", reason=Reason.BASELINE_NOT_YET_KNOWN)
    draft.note("baseline.none", "§4.3", year=base_year)
    return draft.withhold(Status.NOT_ASSESSABLE, "§4.3", reason=Reason.NO_BASELINE)


def _decide_on_multiples(draft: Draft, series: Series) -> Assessment:
    """§3 on the values whose own basis has a base-year figure; the others are left out."""
    inputs = draft.inputs
    figures = _bases_with_figure(inputs, series)
    test_on = hold_against(series, inputs, lambda base: _test(inputs, base))
    tests = {basis: test for basis in figures if (test := test_on(basis)) is not None}
    best = _best_by_year(inputs, series, tests)
    known = {year: found for year, found in best.items() if found.obs.basis in tests}
    if best and not known:
        draft.note("baseline.other_basis", "§3", year=year_of(inputs.base_period))
        return draft.withhold(Status.NOT_ASSESSABLE, "§3", reason=Reason.BREAK_IN_SERIES)
    for basis, test in tests.items():
        if any(found.obs.basis == basis for found in known.values()):
            draft.note(
                "multiple.target",
                "§4.3",
                year=year_of(inputs.base_period),
                base=figures[basis],
                multiple=inputs.value,
                target=test.target,
            )

    def baseline_of(point: Point) -> Baseline | None:
        # No stock so far: whether one stands for its year is known only by the base-year figure.
        return baseline_on(inputs, series.on_basis, point.basis)

    def same_basis(basis: str) -> list[Point]:
        found = (speaks_on_basis(series, best, year, basis) for year in best)
        return [to_point(each, tests[basis]) for each in found if each is not None]

    return decide(
        Case(
            draft=draft,
            series=series,
            deadline=year_of(inputs.target_period),
            points={y: to_point(each, tests[each.obs.basis]) for y, each in known.items() if not each.conflict},
            conflicts=frozenset(year for year, found in known.items() if found.conflict),
            baseline_of=baseline_of,
            same_basis=same_basis,
            has_other_basis=lambda basis: has_other_basis(inputs, best, basis),
            monotone=is_monotone(inputs) and not _has_fallen(series, tests),
            log_scale=is_log_scale(inputs),
            base_always_enters=True,
        )
    )


def _bases_with_figure(inputs: TargetInputs, series: Series) -> dict[str, Decimal]:
    """The base-year figure by basis."""
    bases = {inputs.base_basis} if is_figure(inputs.base_value) else set()
    year = year_of(inputs.base_period)
    if year is not None and (found := series.years.get(year)) is not None:
        bases |= {obs.basis for obs in series.rivals[found.period.key][1]}
    figures: dict[str, Decimal] = {}
    for basis in sorted(bases):
        if basis == inputs.base_basis and inputs.base_value is not None and is_figure(inputs.base_value):
            figures[basis] = inputs.base_value
        elif (base := baseline_on(inputs, series.on_basis, basis)) is not None:
            figures[basis] = base.value
    return figures


def _test(inputs: TargetInputs, base: Decimal | None) -> Threshold | None:
    """The condition k·B by a base-year figure; None without one."""
    multiple, high = inputs.value, inputs.value_high
    if base is None or multiple is None:
        return None
    test = make_threshold(
        inputs.comparator,
        inputs.direction,
        times(multiple, base),
        times(high, base) if high is not None else None,
    )
    return test.seen_from(base) if test is not None else None


def _best_by_year(inputs: TargetInputs, series: Series, tests: dict[str, Threshold]) -> dict[int, Best]:
    """The year's best observations, with stocks so far where the kind is said to be monotone (§1)."""
    if not is_monotone(inputs) or _has_fallen(series, tests):
        return series.years
    deadline = year_of(inputs.target_period)
    return with_stocks_so_far(series, tests.get, deadline)


def _has_fallen(series: Series, tests: dict[str, Threshold]) -> bool:
    """Whether a value has got worse on its basis; where a basis has no threshold of its own, by any other's sense."""
    return bool(tests) and has_fallen(series, lambda basis: tests.get(basis) or next(iter(tests.values())))
