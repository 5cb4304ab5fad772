"""A group's own value from its members, where the package says that members may be added up.

Gets a group target's inputs and the members' observations, gives the inputs with `group` filled. A target says so
with its flag: `group-sum` (Σ of the same indicator over the members), or `group-ratio:top/bottom` naming the two
indicators whose sums are divided. Without the flag nothing is added up: most indicators of a group cannot be.
Source: assessment method §8; functional areas lie inside a member and are never added again (§7).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from build_scripts.assess.group import GroupValue, group_value
from build_scripts.assess.inputs import GroupFigures, TargetInputs
from build_scripts.core.asof import RATIO_FLAG
from build_scripts.core.records import Package, Target
from build_scripts.core.series import Best, Obs, Series
from build_scripts.core.vocabulary import Role

SUM_FLAG = "group-sum"
_NOT_ADDED = frozenset((Role.ZONE,))
SeriesByKey = Mapping[tuple[str, str], tuple[Obs, ...]]


def with_group_figures(
    inputs: TargetInputs, target: Target, package: Package, series: SeriesByKey, as_of: date
) -> TargetInputs:
    """The inputs with the latest year's group figures joined; unchanged where the package says nothing of the kind."""
    kind, indicators = _wanted(target)
    if not kind:
        return inputs
    members = list(leaf_members(package, target.region_id))
    if not members:
        return inputs
    own = Series.on_day(inputs.observations, as_of, None)
    table = {
        indicator: {region: Series.on_day(series.get((indicator, region), ()), as_of, None).years for region in members}
        for indicator in indicators
    }
    years = {year for by_region in table.values() for found in by_region.values() for year in found} | set(own.years)
    if not years:
        return inputs
    names = {region: package.region_by_id[region].name for region in members}
    maker = _Maker(kind, target.unit == "%", indicators, table, names)
    earlier = [obs for year in sorted(years)[:-1] if year not in own.years and (obs := maker.observation(year))]
    return replace(
        inputs,
        kind=kind,
        kind_inner=target.kind,
        observations=(*inputs.observations, *earlier),
        group=maker.figures(max(years), own.years.get(max(years))),
    )


def leaf_members(package: Package, group_id: str) -> Iterator[str]:
    """The regions a group is made of, down to those that have no members; functional areas are left out."""
    direct = [member.region_id for member in package.region_members if member.group_id == group_id]
    for region_id in direct:
        if package.roles[region_id] in _NOT_ADDED:
            continue
        below = list(leaf_members(package, region_id))
        yield from below or [region_id]


def _wanted(target: Target) -> tuple[str, tuple[str, ...]]:
    """The group kind and the indicators it takes, from the target's flags."""
    for flag in target.flags:
        name, _, argument = flag.partition(":")
        if name == SUM_FLAG:
            return "group_sum", (target.indicator_id,)
        top, slash, bottom = argument.partition("/")
        if name == RATIO_FLAG and slash:
            return "group_ratio", (top, bottom)
    return "", ()


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes a year's group figures from the members' best observations of that year."""

    kind: str
    in_percent: bool
    indicators: tuple[str, ...]
    table: Mapping[str, Mapping[str, Mapping[int, Best]]]
    names: Mapping[str, str]

    def figures(self, year: int, official: Best | None) -> GroupFigures:
        """The figures behind the group's value of `year`."""
        columns = [self._column(indicator, year) for indicator in self.indicators]
        used = [best.obs for column in columns for best in column.values() if best is not None]
        form = official.obs if official is not None else _worst_form(year, used)
        values = [{name: best.value if best else None for name, best in column.items()} for column in columns]
        return GroupFigures(
            form=form,
            official=official.value if official is not None and not official.conflict else None,
            members=values[0] if self.kind == "group_sum" else {},
            numerators=values[0] if self.kind == "group_ratio" else {},
            denominators=values[1] if self.kind == "group_ratio" else {},
            source_ids=tuple(dict.fromkeys(obs.source_id for obs in used if obs.source_id)),
        )

    def observation(self, year: int) -> Obs | None:
        """The group's value of an earlier year as an observation, if every member has published."""
        figures = self.figures(year, None)
        found = group_value(figures, is_ratio=self.kind == "group_ratio", in_percent=self.in_percent)
        if not isinstance(found, GroupValue):
            return None
        return replace(figures.form, value=found.value, at_best=found.at_best)

    def _column(self, indicator: str, year: int) -> dict[str, Best | None]:
        """By member's name its best observation of the year; one on another basis than the first is none."""
        found = {self.names[region]: years.get(year) for region, years in self.table[indicator].items()}
        bases = [best.obs.basis for best in found.values() if best is not None and not best.conflict]
        return {
            name: best if best is not None and not best.conflict and best.obs.basis == bases[0] else None
            for name, best in found.items()
        }


def _worst_form(year: int, used: list[Obs]) -> Obs:
    """Period, day, status, tier and basis of a sum: as late and as weak as its latest and weakest part."""
    if not used:
        return Obs(str(year), None, date(year, 12, 31))
    weakest = max(used, key=lambda obs: (obs.obs_status == "D", obs.obs_status in "PE"))
    latest = max(used, key=lambda obs: obs.pub)
    return Obs(
        period=str(year),
        value=None,
        pub=latest.pub,
        obs_status=weakest.obs_status,
        basis=used[0].basis,
        tier=max(obs.tier for obs in used),
        source_id=latest.source_id,
    )
