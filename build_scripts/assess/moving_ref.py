"""`moving_ref` (超过全国平均): the gap to a reference that moves too, judged against zero.

Gets `TargetInputs` with the reference's observations and a day, makes the `Case` whose values are gaps.
Source: assessment method §4.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from build_scripts.assess.case import Baseline, Case, Point
from build_scripts.assess.draft import Draft, grade_of, worst
from build_scripts.assess.inputs import TargetInputs
from build_scripts.assess.level import series_of
from build_scripts.assess.order import decide, rule_1_no_threshold
from build_scripts.assess.threshold import Threshold, make_threshold
from build_scripts.core.method import Assessment, Reason, Status
from build_scripts.core.numbers import ZERO, minus
from build_scripts.core.periods import year_of
from build_scripts.core.series import Series

_PAIR = "\n"  # joins the two bases of a gap; no basis identifier holds a line break


@dataclass(frozen=True, slots=True)
class _Gaps:
    """The two series a gap is taken between, and the threshold at zero."""

    own: Series
    reference: Series
    test: Threshold

    def of_year(self, year: int) -> Point | None:
        """The gap of a year, from the latest vintage of both; None where one is missing or in conflict."""
        own, reference = self.own.years.get(year), self.reference.years.get(year)
        if own is None or reference is None or own.conflict or reference.conflict:
            return None
        return self._point(year, own.obs.basis, reference.obs.basis)

    def on_basis(self, year: int, pair: str) -> Point | None:
        """The gap of a year on one pair of bases."""
        own_basis, _, reference_basis = pair.partition(_PAIR)
        return self._point(year, own_basis, reference_basis)

    def _point(self, year: int, own_basis: str, reference_basis: str) -> Point | None:
        own, reference = self.own.on_basis(year, own_basis), self.reference.on_basis(year, reference_basis)
        if own is None or reference is None:
            return None
        met = self.test.met
        if self.own.is_contradicted(own, lambda mine: met(minus(mine, reference.value))):
            return None
        if self.reference.is_contradicted(reference, lambda theirs: met(minus(own.value, theirs))):
            return None
        gap = minus(own.value, reference.value)
        basis = f"{own_basis}{_PAIR}{reference_basis}"
        return Point(year, gap, basis, self.test, self.test.met(gap), (own.obs, reference.obs))


def assess_moving_ref(inputs: TargetInputs, as_of: date) -> Assessment:
    """The verdict on the gap to the reference."""
    draft = Draft(inputs, as_of)
    # T := 0, whatever is printed.
    test = make_threshold(inputs.comparator, inputs.direction, ZERO, inputs.value_high)
    if test is None:
        return rule_1_no_threshold(draft)
    own = series_of(draft)
    deadline = year_of(inputs.target_period)
    if not own.years:
        return draft.nothing_usable(own, deadline)
    reference = Series.on_day(inputs.reference, as_of, None)
    reference.is_reference = True
    draft.series.append(reference)
    common = [year for year in own.years if year in reference.years]
    if not common:
        draft.note("gap.no_common_year", "§4.3", year=max(own.years))
        return draft.withhold(Status.NOT_ASSESSABLE, "§4.3", reason=Reason.REFERENCE_MISSING)
    if max(own.years) > common[-1]:
        draft.reference_lags_at = common[-1]
    gaps = _Gaps(own, reference, test)
    points = {year: point for year in common if (point := gaps.of_year(year))}
    for point in points.values():
        own_obs, reference_obs = point.obs
        draft.note(
            "gap.value",
            "§4.3",
            year=point.year,
            value=own_obs.value,
            reference=reference_obs.value,
            gap=point.value,
        )
    return decide(_case(draft, gaps, points, frozenset(year for year in common if year not in points), deadline))


def _case(draft: Draft, gaps: _Gaps, points: dict[int, Point], conflicts: frozenset[int], deadline: int | None) -> Case:
    base_year = year_of(draft.inputs.base_period)

    def baseline_of(point: Point) -> Baseline | None:
        base = gaps.on_basis(base_year, point.basis) if base_year is not None else None
        if base is None:
            return None
        return Baseline(base.year, base.value, "gap", worst(map(grade_of, base.obs)), base.obs)

    return Case(
        draft=draft,
        series=gaps.own,
        deadline=deadline,
        points=points,
        conflicts=conflicts,
        baseline_of=baseline_of,
        same_basis=lambda pair: [gap for year in points if (gap := gaps.on_basis(year, pair))],
        has_other_basis=lambda pair: any(point.basis != pair for point in points.values()),
        is_gap=True,
        has_base_figure=base_year in points,
    )
