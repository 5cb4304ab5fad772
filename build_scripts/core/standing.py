"""Which figure of a series stands for each period, which ones it beat, and why. Gets rows of a day, gives `Standings`.

Pages, charts, tables, files, checks and forms ask this and nothing else; verdicts rest on the same rule (`series`).
A row without a value takes back what was published before it.
Source: assessment method §1 (best observation, conflict, tiers, copies).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol, TypeVar

from build_scripts.core.method import Assessment
from build_scripts.core.numbers import is_figure
from build_scripts.core.periods import Form, Period, parse_period
from build_scripts.core.printed.units import DURATION, MARKS, MULTIPLE, PERCENT, POINTS, RANK, wanted
from build_scripts.core.records import Indicator, Observation, Package
from build_scripts.core.series import MAIN_BASIS, USABLE_STATUSES, Obs, Series

WITHOUT_VALUE = frozenset("MOLNQ")
_OFFICIAL = 2
MONTH, YEAR = 1, 12
# Natures whose numbers are amounts.
AMOUNTS = frozenset({"level", "count"})
# Where a package names no nature, the kinds of units that measure none.
_NO_AMOUNTS = frozenset({PERCENT, POINTS, MULTIPLE, RANK, MARKS, DURATION})
# Why a usable row does not stand for its period although it could (`Series.left_out`); None: it is among the best.
_RIVALS = frozenset((None, "lower_tier", "copy"))
Key = tuple[str, str]
TierOf = Callable[[Observation], int]


@dataclass(frozen=True, slots=True)
class Standing:
    """What one period's publications come to: the `figure` that stands, None where they contradict each other.

    `rivals` are the other publications of the period that could be used, each with the code of why it does not stand:
    `lower_tier`, `copy`, `superseded`, `same_day`, `other_basis`, `conflict`. `leads` are the best on each basis.
    """

    period: Period
    figure: Observation | None
    rivals: tuple[tuple[Observation, str], ...]
    leads: tuple[Observation, ...]

    @property
    def conflict(self) -> bool:
        """Whether nothing stands because the publications contradict each other."""
        return self.figure is None


@dataclass(frozen=True)
class Standings:
    """One series on one day: a `Standing` for each period, the one that ends first first.

    `unusable` are the rows that speak for no period, by `id()`: `no_value`, `withdrawn`, `forecast`, `unknown_period`,
    `not_yet_published`. `amounts`: the numbers are amounts, of which a quarter's is no year's.
    """

    rows: tuple[Observation, ...]
    periods: tuple[Standing, ...]
    unusable: Mapping[int, str]
    amounts: bool = True

    @cached_property
    def _why(self) -> Mapping[int, str]:
        found = dict(self.unusable)
        for each in self.periods:
            found |= {id(row): why for row, why in each.rivals}
        return found

    def why(self, row: Observation) -> str:
        """Why a row does not stand (a code); empty for one that does."""
        return self._why.get(id(row), "")

    def is_lead(self, row: Observation) -> bool:
        """Whether a row is the best of its period on its own basis."""
        return any(row is lead for each in self.periods for lead in each.leads)

    @property
    def figures(self) -> tuple[Observation, ...]:
        """The figures that stand, the period that ends first first."""
        return tuple(each.figure for each in self.periods if each.figure is not None)

    @cached_property
    def latest(self) -> Observation | None:
        """The figure that is told as the latest; None where none stands.

        It is of the latest year, and of the whole year rather than a part. Where numbers add up, parts of a year come
        after everything that covers one; a series with months alone is counted at their ends and knows no parts.
        """
        stood = [each for each in self.periods if each.figure is not None]
        has_parts = self.amounts and any(MONTH < each.period.months < YEAR for each in stood)

        def lateness(each: Standing) -> tuple[bool, int, bool, date, int]:
            period = each.period
            covers = period.months >= YEAR or not has_parts
            return covers, period.year, period.form is Form.YEAR, period.end, period.months

        return max(stood, key=lateness).figure if stood else None

    def told(self, verdict: Assessment) -> Observation | None:
        """The figure that tells of a target: the one its verdict names, else the latest."""
        judged = [row for row in self.rows if is_judged(verdict, row)]
        return next((row for row in judged if not self.why(row)), judged[-1] if judged else self.latest)


NO_STANDINGS = Standings((), (), {})


def standing(
    rows: Sequence[Observation],
    tier_of: TierOf,
    *,
    day: date = date.max,
    basis: str | None = None,
    amounts: bool = True,
) -> Standings:
    """What stands in one series on a day; `basis` decides between figures of one day on several (`series_bases`)."""
    observed = observations_of(rows, tier_of)
    row_of = {id(obs): row for obs, row in zip(observed, rows, strict=True)}
    series = Series.on_day(observed, day, basis or MAIN_BASIS)
    found: dict[str, list[Obs]] = {}
    unusable: dict[int, str] = {}
    for obs in observed:
        period = parse_period(obs.period)
        if period is not None and period.key in series.rivals and series.left_out.get(id(obs)) in _RIVALS:
            found.setdefault(period.key, []).append(obs)
        else:
            unusable[id(row_of[id(obs)])] = series.left_out.get(id(obs), "")
    periods = sorted((period for period, _ in series.rivals.values()), key=_in_time)
    stood = tuple(_standing(series, period, found[period.key], row_of) for period in periods)
    return Standings(tuple(rows), stood, unusable, amounts)


def stands_alone(row: Observation, period: Period | None) -> bool:
    """Whether a row stands for its period when it is the only one of it: what `standing` says, without its cost."""
    if period is None or row.obs_status not in USABLE_STATUSES or not is_figure(row.value):
        return False
    return row.pub >= period.end


def standings(package: Package) -> Mapping[Key, Standings]:
    """What stands in every series of a package of a day (`asof`), by (`indicator_id`, `region_id`).

    Looked up once a package: its report and its tables ask for it.
    """
    made: dict[str, Mapping[Key, Standings]] = vars(package)  # where `cached_property` keeps things, too
    if "_standings" not in made:
        made["_standings"] = _standings(package)
    return made["_standings"]


def _standings(package: Package) -> Mapping[Key, Standings]:
    tiers = {source.source_id: source.tier for source in package.sources}
    bases = series_bases(package)
    return {
        key: _remembered(
            tuple(rows),
            tuple(tiers[row.source_id] for row in rows),
            bases.get(key),
            amounts=_are_amounts(package.indicator_by_id[key[0]]),
        )
        for key, rows in package.observations_by_series.items()
    }


# What stands in a series is asked once a day of thirty days, and on most of them the series is the same rows.
_known: dict[tuple[tuple[int, ...], tuple[int, ...], str | None, bool], Standings] = {}
_MOST_KNOWN = 4096


def _remembered(
    rows: tuple[Observation, ...], tiers: tuple[int, ...], basis: str | None, *, amounts: bool
) -> Standings:
    """As `standing`, once for the very same rows: a result holds its rows, so no other row can get their ids."""
    key = (tuple(map(id, rows)), tiers, basis, amounts)
    found = _known.get(key)
    if found is None:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        tier_of = dict(zip(key[0], tiers, strict=True))
        found = _known[key] = standing(rows, lambda row: tier_of[id(row)], basis=basis, amounts=amounts)
    return found


def series_bases(package: Package) -> Mapping[Key, str]:
    """The basis of the recorded baselines of a series' targets, where they have one and the same."""
    found: dict[Key, set[str]] = {}
    for target in package.targets:
        if target.baseline_basis:
            found.setdefault((target.indicator_id, target.region_id), set()).add(target.baseline_basis)
    return {key: next(iter(bases)) for key, bases in found.items() if len(bases) == 1}


def is_judged(verdict: Assessment, row: Observation) -> bool:
    """Whether a row is the figure that a verdict names."""
    return (row.period, row.value, row.source_id) == (verdict.period, verdict.value, verdict.source_id)


def observations_of(rows: Sequence[Observation], tier_of: TierOf) -> tuple[Obs, ...]:
    """The rows of one series as the method sees them, each with the day on which a later row took it back."""
    days: dict[int, date] = {}
    for day in sorted({each.pub for each in rows if each.obs_status in WITHOUT_VALUE}):
        visible = [each for each in rows if each.pub <= day]
        for gone in taken_back(visible, tier_of):
            days.setdefault(gone, day)
    return tuple(_obs(each, tier_of(each), days.get(id(each))) for each in rows)


def _obs(row: Observation, tier: int, withdrawn: date | None) -> Obs:
    return Obs(
        period=row.period,
        value=row.value,
        pub=row.pub,
        obs_status=row.obs_status,
        basis=row.basis or MAIN_BASIS,
        tier=tier,
        source_id=row.source_id,
        growth=row.yoy,
        growth_is_real=bool(row.yoy_real),
        withdrawn=withdrawn,
    )


def _standing(series: Series, period: Period, rivals: list[Obs], row_of: Mapping[int, Observation]) -> Standing:
    if len(rivals) == 1:  # there is nothing beside it
        row = row_of[id(rivals[0])]
        return Standing(period, row, (), (row,))
    best = series.best(period)
    return Standing(
        period=period,
        figure=None if best.conflict else row_of[id(best.obs)],
        rivals=tuple((row_of[id(obs)], why) for obs in rivals if (why := series.why(obs, period))),
        leads=tuple(row_of[id(obs)] for obs in series.leads(period)),
    )


def _in_time(period: Period) -> tuple[date, int]:
    return period.end, period.months


def _are_amounts(indicator: Indicator) -> bool:
    """Whether numbers add up over time, as the nature says, else the unit.

    Whether those of parts add up to the whole is another question (`additive`).
    """
    if indicator.nature:
        return indicator.nature in AMOUNTS
    return wanted(indicator.unit).kind not in _NO_AMOUNTS


class Dated(Protocol):
    """What a published row must say to be taken back, or to take another back."""

    @property
    def period(self) -> str:
        """The period it is about."""

    @property
    def basis(self) -> str:
        """The statistical basis it stands on."""

    @property
    def pub(self) -> date:
        """The day it was published."""

    @property
    def obs_status(self) -> str:
        """What kind of value it is, or why there is none."""


Row = TypeVar("Row", bound=Dated)


def taken_back(rows: Sequence[Row], tier_of: Callable[[Row], int]) -> frozenset[int]:
    """The `id()` of every value withdrawn by a row of `rows`, which are those visible on the day, in file order.

    A row without a value takes back what was published before it, or listed before it on its own day. Other media
    (tier 3) take back only their own; an official source takes back their copies too.
    """
    gone: set[int] = set()
    for place, says_none in enumerate(rows):
        if says_none.obs_status not in WITHOUT_VALUE:
            continue
        official = tier_of(says_none) <= _OFFICIAL
        for other, row in enumerate(rows):
            if row.obs_status in WITHOUT_VALUE or _key(row) != _key(says_none):
                continue
            if (row.pub, other) < (says_none.pub, place) and (official or tier_of(row) > _OFFICIAL):
                gone.add(id(row))
    return frozenset(gone)


def _key(row: Dated) -> tuple[str, str]:
    """The period, in the one spelling of a calendar year, and the basis."""
    period = parse_period(row.period)
    return period.key if period else row.period, row.basis or MAIN_BASIS
