"""Which published figures may be used on a day, and which one speaks for a period.

Gets observations and a day, gives `Series`: the usable observations by period, the best one of each, conflicts,
and for every observation the reason why it does not speak for its period.
Source: assessment method §1 (observation, tier, best observation, conflict).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby

from build_scripts.core.method import CONFLICT_TOLERANCE, Grade
from build_scripts.core.numbers import ZERO, is_figure, minus, times
from build_scripts.core.periods import Form, Period, parse_period

MAIN_BASIS = "main"
USABLE_STATUSES = frozenset("APEBD")
_NOT_FINAL = frozenset("PE")
# Whether a period's value on a basis meets the target; None where there is nothing to hold it against.
Meets = Callable[[Period, str, Decimal], "bool | None"]


@dataclass(frozen=True, slots=True)
class Obs:
    """A published value of one series. `growth` is the official yearly growth (`yoy`) in %.

    `at_best` lowers the grade of a figure that was added up here instead of published (§6: grade at best B).
    `rival` is what a group's members add up to, where an official figure is taken instead (§8). `withdrawn` is the day
    a later row of the record took the figure back; the method itself knows no such row, so only a package sets it.
    """

    period: str
    value: Decimal | None
    pub: date
    obs_status: str = "A"
    basis: str = MAIN_BASIS
    tier: int = 1
    source_id: str = ""
    growth: Decimal | None = None
    growth_is_real: bool = False
    at_best: Grade = Grade.A
    rival: Decimal | None = None
    withdrawn: date | None = None


@dataclass(frozen=True, slots=True)
class Best:
    """The observation that speaks for a period.

    `figures` are all that could speak as well as it: of its day, basis and tier class. `conflict`: they are too far
    apart, or on different sides of the threshold, so that none can.
    """

    period: Period
    obs: Obs
    figures: tuple[Decimal, ...]
    conflict: bool = False

    @property
    def value(self) -> Decimal:
        """The figure; what speaks for a period has one (`unusable`)."""
        return self.obs.value  # type: ignore[return-value]


def unusable(obs: Obs, period: Period | None, as_of: date, *, is_trace: bool = False) -> str | None:
    """Why an observation, of `period`, may not be used at all on `as_of` (a code), or None when it may.

    A trace (`annual_task`) may be published before its period ends and needs no figure.
    """
    if obs.pub > as_of:
        return "not_yet_published"
    if obs.obs_status not in USABLE_STATUSES or not (is_trace or is_figure(obs.value)):
        return "no_value"
    if period is None:
        return "unknown_period"
    if obs.withdrawn is not None and obs.withdrawn <= as_of:
        return "withdrawn"
    return "forecast" if obs.pub < period.end and not is_trace else None


def are_apart(figures: Sequence[Decimal]) -> bool:
    """Whether some figures are more than 1 % apart, of the larger absolute value (§1)."""
    low, high = min(figures), max(figures)
    larger = max(low.copy_abs(), high.copy_abs())
    return minus(high, low) > times(CONFLICT_TOLERANCE, larger)


def best_of(period: Period, rivals: Sequence[Obs], base_basis: str | None, meets: Meets | None = None) -> Best:
    """The best observation among `rivals` of one period and one tier class, in the order of §1."""
    if len(rivals) == 1 and rivals[0].rival is None:  # most are alone
        return Best(period, rivals[0], (_figure(rivals[0]),))
    latest = max(obs.pub for obs in rivals)
    newest = [obs for obs in rivals if obs.pub == latest]
    # min() keeps the first listed among equals.
    best = min(newest, key=lambda obs: (obs.basis != base_basis, max(obs.tier, 1), _figure(obs)))
    same = [obs for obs in newest if obs.basis == best.basis]
    published = [_figure(obs) for obs in same]
    figures = (*published, *(obs.rival for obs in same if obs.rival is not None))
    conflict = are_apart(published) or (meets is not None and _differ(period, best.basis, figures, meets))
    return Best(period, best, figures, conflict)


def _figure(obs: Obs) -> Decimal:
    """The value of a usable observation (`unusable`)."""
    return obs.value if obs.value is not None else ZERO


def _differ(period: Period, basis: str, figures: Sequence[Decimal], meets: Meets) -> bool:
    """Whether one figure meets the target and another does not."""
    return len(figures) > 1 and len({meets(period, basis, figure) for figure in figures}) > 1


def top_tiers(rivals: Sequence[Obs]) -> list[Obs]:
    """The observations of a period that count: tier 3 only where there is no tier 1 or 2 (§1)."""
    better = [obs for obs in rivals if obs.tier <= 2]
    return better or list(rivals)


def without_copies(rivals: Sequence[Obs]) -> list[Obs]:
    """The observations of a period without the rounded copies of what the authority itself published (§1)."""
    return [obs for obs in rivals if not any(_copies(obs, other) for other in rivals)]


def _copies(obs: Obs, other: Obs) -> bool:
    """Whether `obs` is a rounded copy of `other`: of tier 2, not earlier, on its basis and near it.

    Not where the authority's own figure was preliminary and this one is not: then it is the final figure.
    """
    if obs.tier != 2 or other.tier > 1 or obs.basis != other.basis or obs.pub < other.pub:
        return False
    if other.obs_status in _NOT_FINAL and obs.obs_status not in _NOT_FINAL:
        return False
    return not are_apart((_figure(obs), _figure(other)))


@dataclass
class Series:
    """The usable observations of one series on one day, by period.

    `years` holds the best observation of every full year that has one, in order of years. `meets` is the target's
    condition, for the conflicts it decides. `takes_spans`: the kind is judged by accumulations. `is_reference`: these
    are another region's figures, for comparison. `sum_mismatch`: an official group figure and its members' sum are on
    different sides of the threshold (§8).
    """

    observations: Sequence[Obs]
    rivals: dict[str, tuple[Period, list[Obs]]]
    base_basis: str | None
    left_out: dict[int, str] = field(default_factory=dict)
    years: dict[int, Best] = field(default_factory=dict)
    meets: Meets | None = None
    takes_spans: bool = False
    is_reference: bool = False
    sum_mismatch: bool = False

    @classmethod
    def on_day(cls, observations: Sequence[Obs], as_of: date, base_basis: str | None) -> Series:
        """Sorts the observations: usable ones by period, the others under the reason they are left out for."""
        by_period: dict[str, tuple[Period, list[Obs]]] = {}
        left_out: dict[int, str] = {}
        for obs in observations:
            period = parse_period(obs.period)
            reason = unusable(obs, period, as_of)
            if reason is not None or period is None:
                left_out[id(obs)] = reason or "unknown_period"
                continue
            known = by_period.get(period.key)
            if known is None:
                by_period[period.key] = (period, [obs])
            else:
                known[1].append(obs)
        for key, (period, rivals) in by_period.items():
            if len(rivals) > 1:
                better = top_tiers(rivals)
                counted = without_copies(better)
                if len(counted) < len(rivals):
                    kept = {id(obs) for obs in better}
                    left_out.update((id(obs), "lower_tier") for obs in rivals if id(obs) not in kept)
                    kept = {id(obs) for obs in counted}
                    left_out.update((id(obs), "copy") for obs in better if id(obs) not in kept)
                    by_period[key] = (period, counted)
        return cls(observations, by_period, base_basis, left_out)

    def __bool__(self) -> bool:
        return bool(self.rivals)

    def __post_init__(self) -> None:
        self._find_years()

    def hold_against(self, meets: Meets) -> None:
        """Lets the target's condition decide, too, whether the values of a period contradict each other (§1)."""
        self.meets = meets
        self._find_years()
        for obs in self.observations:
            period = parse_period(obs.period) if obs.rival is not None else None
            if obs.rival is None or period is None:
                continue
            if _differ(period, obs.basis, (_figure(obs), obs.rival), meets):
                self.sum_mismatch = True

    def is_contradicted(self, best: Best, met: Callable[[Decimal], bool]) -> bool:
        """Whether the figures of a period lead to different sides of the threshold by `met`, a mean or a gap."""
        if best.conflict or len(best.figures) == 1:
            return best.conflict
        if best.obs.rival is not None and met(best.value) != met(best.obs.rival):
            self.sum_mismatch = True
        return len({met(figure) for figure in best.figures}) > 1

    def _find_years(self) -> None:
        full = [item for item in self.rivals.values() if item[0].form is Form.YEAR]
        full.sort(key=lambda item: item[0].end)
        for period, rivals in full:
            self.years[period.year] = best_of(period, rivals, self.base_basis, self.meets)

    def why(self, obs: Obs, period: Period) -> str:
        """Why an observation does not speak for its `period` (a code); empty for the one that does."""
        if id(obs) in self.left_out:
            return self.left_out[id(obs)]
        best = self.best(period)
        if best.obs is obs and not best.conflict:
            return ""
        if obs.basis != best.obs.basis:
            return "other_basis"
        if obs.pub < best.obs.pub:
            return "superseded"
        return "conflict" if best.conflict else "same_day"

    def leads(self, period: Period) -> list[Obs]:
        """The best observation of a period on each of its bases; a basis in conflict has none."""
        _, rivals = self.rivals[period.key]
        bases = dict.fromkeys(obs.basis for obs in rivals)
        found = (
            best_of(period, [obs for obs in rivals if obs.basis == basis], self.base_basis, self.meets)
            for basis in bases
        )
        return [best.obs for best in found if not best.conflict]

    @property
    def has_other_periods(self) -> bool:
        """Whether an accumulation or a value from inside a year exists."""
        return any(period.form is not Form.YEAR for period, _ in self.rivals.values())

    @property
    def inside_years(self) -> dict[int, Best]:
        """By year, the best of the values from inside it whose period ends last (§1: a stock so far)."""
        inside = [item for item in self.rivals.values() if item[0].form is Form.INSIDE]
        inside.sort(key=lambda item: item[0].end)
        last: dict[int, Best] = {}
        for _, same_end in groupby(inside, key=lambda item: item[0].end):
            items = list(same_end)
            rivals = without_copies(top_tiers([obs for _, observations in items for obs in observations]))
            last[items[0][0].year] = best_of(items[0][0], rivals, self.base_basis, self.meets)
        return last

    def best(self, period: Period) -> Best:
        """The best observation of a period that has a usable one, in conflict or not."""
        return best_of(*self.rivals[period.key], self.base_basis, self.meets)

    def on_basis(self, year: int, basis: str) -> Best | None:
        """The best observation of a full year on one basis; None where there is none, or only a conflict."""
        found = self.years.get(year)
        if found is None:
            return None
        if found.obs.basis == basis:
            return None if found.conflict else found
        period, rivals = self.rivals[found.period.key]
        same = [obs for obs in rivals if obs.basis == basis]
        best = best_of(period, same, self.base_basis, self.meets) if same else None
        return None if best is None or best.conflict else best

    def spans_from(self, start: date) -> list[Best]:
        """Accumulations that begin on `start` (a calendar year is one too), the longest last."""
        found = [item for item in self.rivals.values() if item[0].form is not Form.INSIDE and item[0].start == start]
        return [
            best_of(period, rivals, self.base_basis, self.meets)
            for period, rivals in sorted(found, key=lambda item: item[0].months)
        ]
