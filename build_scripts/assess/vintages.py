"""Which published figures may be used on a day, and which one speaks for a period.

Gets observations and a day, gives `Series`: the usable observations by period, the best one of each, conflicts,
and for every observation the reason why it does not speak for its period.
Source: assessment method §1 (observation, tier, best observation, conflict).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby

from build_scripts.assess.inputs import Obs
from build_scripts.assess.numbers import is_figure, minus, times
from build_scripts.core.method import CONFLICT_TOLERANCE
from build_scripts.core.periods import Form, Period, parse_period

USABLE_STATUSES = frozenset("APEBD")


@dataclass(frozen=True, slots=True)
class Best:
    """The observation that speaks for a period. `conflict`: its rivals are too far apart for anyone to speak."""

    period: Period
    obs: Obs
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
    return "forecast" if obs.pub < period.end and not is_trace else None


def best_of(period: Period, rivals: Sequence[Obs], base_basis: str | None) -> Best:
    """The best observation among `rivals` of one period and one tier class, in the order of §1."""
    if len(rivals) == 1:
        return Best(period, rivals[0])
    latest = max(obs.pub for obs in rivals)
    newest = [obs for obs in rivals if obs.pub == latest]
    if len(newest) == 1:
        return Best(period, newest[0])
    # min() keeps the first listed among equals.
    best = min(newest, key=lambda obs: (obs.basis != base_basis, max(obs.tier, 1)))
    values = [obs.value for obs in newest if obs.basis == best.basis and obs.value is not None]
    low, high = min(values), max(values)
    larger = max(low.copy_abs(), high.copy_abs())
    return Best(period, best, minus(high, low) > times(CONFLICT_TOLERANCE, larger))


def top_tiers(rivals: Sequence[Obs]) -> list[Obs]:
    """The observations of a period that count: tier 3 only where there is no tier 1 or 2 (§1)."""
    better = [obs for obs in rivals if obs.tier <= 2]
    return better or list(rivals)


@dataclass
class Series:
    """The usable observations of one series on one day, by period.

    `years` holds the best observation of every full year that has one, in order of years. `takes_spans`: the kind is
    judged by accumulations. `is_reference`: these are another region's figures, for comparison.
    """

    observations: Sequence[Obs]
    rivals: dict[str, tuple[Period, list[Obs]]]
    base_basis: str | None
    left_out: dict[int, str] = field(default_factory=dict)
    years: dict[int, Best] = field(default_factory=dict)
    takes_spans: bool = False
    is_reference: bool = False

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
                counted = top_tiers(rivals)
                if len(counted) < len(rivals):
                    left_out.update((id(obs), "lower_tier") for obs in rivals if obs.tier > 2)
                    by_period[key] = (period, counted)
        return cls(observations, by_period, base_basis, left_out)

    def __bool__(self) -> bool:
        return bool(self.rivals)

    def __post_init__(self) -> None:
        full = [item for item in self.rivals.values() if item[0].form is Form.YEAR]
        full.sort(key=lambda item: item[0].end)
        for period, rivals in full:
            self.years[period.end.year] = best_of(period, rivals, self.base_basis)

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
            rivals = top_tiers([obs for _, observations in items for obs in observations])
            last[items[0][0].year] = best_of(items[0][0], rivals, self.base_basis)
        return last

    def best(self, period: Period) -> Best:
        """The best observation of a period that has a usable one, in conflict or not."""
        return best_of(*self.rivals[period.key], self.base_basis)

    def on_basis(self, year: int, basis: str) -> Best | None:
        """The best observation of a full year on one basis; None where there is none, or only a conflict."""
        found = self.years.get(year)
        if found is None:
            return None
        if found.obs.basis == basis:
            return None if found.conflict else found
        period, rivals = self.rivals[found.period.key]
        same = [obs for obs in rivals if obs.basis == basis]
        best = best_of(period, same, self.base_basis) if same else None
        return None if best is None or best.conflict else best

    def spans_from(self, start: date) -> list[Best]:
        """Accumulations that begin on `start` (a calendar year is one too), the longest last."""
        found = [item for item in self.rivals.values() if item[0].form is not Form.INSIDE and item[0].start == start]
        return [
            best_of(period, rivals, self.base_basis)
            for period, rivals in sorted(found, key=lambda item: item[0].months)
        ]
