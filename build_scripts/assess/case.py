"""A target as the order of decisions (§3) sees it: a value a year, each with the condition it is held against.

Gets nothing of its own; `level`, `multiple` and `moving_ref` fill it, `order`, `path` and `forward` decide on it.
Source: assessment method §1 (baseline of a value), §3 ("More flags"), §11 (columns).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from build_scripts.assess.draft import NO_NUMBERS, Draft, Numbers
from build_scripts.assess.threshold import Threshold
from build_scripts.core.method import Assessment, Grade, Reason, Status
from build_scripts.core.numbers import percent, rounded
from build_scripts.core.series import Obs, Series

_MET_EARLIER_RULES = frozenset(("§3.3", "§3.8", "§3.9", "§3.10", "§3.11", "§4.2"))
_MET_EARLIER_STATUSES = frozenset((Status.MISSED, Status.DUE_NO_DATA))


@dataclass(frozen=True, slots=True)
class Point:
    """A year's value: the best observation of the year, or the difference of two (`moving_ref`)."""

    year: int
    value: Decimal
    basis: str
    test: Threshold
    met: bool
    obs: tuple[Obs, ...]


@dataclass(frozen=True, slots=True)
class Baseline:
    """The base-year figure on a value's own basis. `obs` is empty where it was recorded with the target."""

    year: int
    value: Decimal
    origin: str
    grade: Grade = Grade.A
    obs: tuple[Obs, ...] = ()


@dataclass(slots=True)
class Case:
    """Everything §3 asks about a target, and the ways to end.

    `points` are the years that may be used, oldest first; `conflicts` the years whose publications contradict each
    other. `baseline_of` gives a value's baseline of whatever year, `same_basis` the points on one basis,
    `has_other_basis` whether any year or the recorded baseline is on another one, `has_base_figure` whether the base
    year has a figure on any basis (asked of gaps only).
    """

    draft: Draft
    series: Series
    deadline: int | None
    points: dict[int, Point]
    conflicts: frozenset[int]
    baseline_of: Callable[[Point], Baseline | None]
    same_basis: Callable[[str], list[Point]]
    has_other_basis: Callable[[str], bool]
    monotone: bool = False
    log_scale: bool = False
    whole_things: bool = False
    base_always_enters: bool = False
    is_gap: bool = False
    has_base_figure: bool = True

    @property
    def latest(self) -> Point:
        """V: the value of the latest year that has one."""
        return self.points[next(reversed(self.points))]

    def baseline(self, point: Point) -> Baseline | None:
        """The baseline on the point's own basis, if it is of an earlier year."""
        base = self.baseline_of(point)
        return base if base is not None and base.year < point.year else None

    def judge(
        self,
        status: Status,
        rule: str,
        points: Sequence[Point],
        *,
        method: str = "final",
        base: Baseline | None = None,
        numbers: Numbers = NO_NUMBERS,
        floor: Grade = Grade.A,
    ) -> Assessment:
        """A judged status on the first of `points`, resting on all of them; `base` is the baseline that enters it."""
        point = points[0]
        if self.base_always_enters:
            base = base or self.baseline_of(point)
        used = [obs for each in points for obs in each.obs]
        if base is not None:
            used += base.obs
            floor = max(floor, base.grade)
            self.draft.base_enters = base.origin == "recorded"
        self._met_earlier(status, rule, point)
        return self.draft.judge(
            status,
            rule,
            "gap" if self.is_gap else method,
            used,
            numbers=self._with_display(numbers, point),
            floor=floor,
        )

    def withhold(
        self,
        status: Status,
        rule: str,
        point: Point,
        *,
        reason: Reason | None = None,
        method: str | None = None,
        numbers: Numbers = NO_NUMBERS,
        with_quality: bool = False,
    ) -> Assessment:
        """An unjudged status that shows `point`; `with_quality` in steps 3, 10 and 11 (§11)."""
        if reason is not Reason.STALE:
            self._met_earlier(status, rule, point)
        return self.draft.withhold(
            status,
            rule,
            reason=reason,
            method=method,
            numbers=self._with_display(numbers, point),
            shown=point.obs[0],
            quality=point.obs if with_quality else (),
        )

    def met_before(self, year: int) -> int | None:
        """The last year before `year` whose value was met."""
        return max((other.year for other in self.points.values() if other.year < year and other.met), default=None)

    def flag_break(self, point: Point) -> bool:
        """Raises `break_in_series` where another basis is involved (§3.11); says whether it is."""
        broken = self.has_other_basis(point.basis)
        if broken:
            self.draft.flag("break_in_series")
        return broken

    def flag_lost_later(self) -> None:
        """Raises `lost_later:Y` where the promise was kept but the latest value of all, of year Y, is unmet."""
        if not self.latest.met:
            self.draft.flag("lost_later", self.latest.year)

    def _met_earlier(self, status: Status, rule: str, point: Point) -> None:
        """`met_earlier:Y`: what is unmet or missing now had been met in year Y (§3, more flags)."""
        if status is Status.DUE_NO_DATA:
            before = self.deadline if self.deadline is not None else point.year
        elif point.met or status is Status.PENDING:
            return
        elif rule in _MET_EARLIER_RULES or status in _MET_EARLIER_STATUSES:
            before = point.year
        else:
            return
        if (met := self.met_before(before)) is not None:
            self.draft.flag("met_earlier", met)

    def _with_display(self, numbers: Numbers, point: Point) -> Numbers:
        """Adds the attainment, or the gap itself where that is what is judged (§4.3: a gap has no attainment)."""
        if (base := point.test.narrowed_by) is not None:
            self.draft.note("approx.narrowed", "§3", base=base, target=point.test.target)
        if self.is_gap:
            return replace(numbers, derived=rounded(Fraction(point.value), 3))
        return replace(numbers, attainment_pct=attained(self.draft, point.test, point.value))


def note_condition(draft: Draft, code: str, rule: str, test: Threshold, *, year: int, value: Decimal) -> None:
    """Writes down a year's value and the condition it was held against."""
    draft.note(
        code,
        rule,
        year=year,
        value=value,
        comparator=test.comparator,
        target=test.target,
        low=test.low,
        high=test.high,
    )


def note_baseline(draft: Draft, base: Baseline) -> None:
    """Writes down which baseline was taken and where it comes from."""
    source_id = base.obs[0].source_id if base.obs else draft.inputs.base_source_id
    draft.note(f"baseline.{base.origin}", "§1", year=base.year, value=base.value, source_id=source_id)


def attained(draft: Draft, test: Threshold, value: Decimal) -> Decimal | None:
    """达成率 in %, 1 decimal, written down; an unmet value never shows 100.0 (§5). None where it says nothing."""
    reached = test.attainment(value)
    if reached is None:
        return None
    shown = percent(reached, met=test.met(value))
    draft.note(f"attainment.{test.direction}", "§3", value=value, target=test.target, attainment=shown)
    if shown != percent(reached):
        draft.note("attainment.not_quite", "§5", attainment=shown)
    return shown


def compared(draft: Draft, point: Point, rule: str) -> None:
    """Writes down the comparison of a point with its threshold."""
    test = point.test
    note_condition(draft, "met" if point.met else "unmet", rule, test, year=point.year, value=point.value)
