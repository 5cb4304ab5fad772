"""Charts that compare places: an indicator in its regions, the groups of the whole, the counties as tiles.

Gets the report, gives specifications and their ids. What one picture sets side by side is of one period and one basis,
save the small multiples, which show each region's full years.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from build_scripts.charts import ChartSpec, published, share, small_multiples, tile_map
from build_scripts.charts.scale import moment, scale_words
from build_scripts.core.periods import is_year, key_of
from build_scripts.core.records import Indicator, Region
from build_scripts.core.vocabulary import Role
from build_scripts.pages import wording
from build_scripts.report import Figure, Report

POINTS_WORTH_DRAWING = 3
MAPS_SHOWN = 2
MAP_LEAST = Decimal(2) / 3
# Parts are the parts of a whole when they add up to it, roundings aside; growth rates and ranks never do.
SUM_TOLERANCE = Decimal("0.02")
SHARE = "share-groups"
# A whole this many times larger than the largest county leaves the counties no room on its scale.
DWARFING = 3


class TileMap(NamedTuple):
    """An indicator of which most counties have a figure for one period, with the counties' figures."""

    indicator: Indicator
    period: str
    figures: Mapping[str, Figure]


def place_specs(report: Report) -> Iterator[ChartSpec]:
    """The charts of the indicator and region pages."""
    for indicator in report.package.indicators:
        yield from _of_indicator(report, indicator)
    scales = scale_words(report.package.government)
    for each in tile_maps(report):
        cells = [(region, each.figures.get(region.region_id)) for region in report.package.places(Role.PART)]
        spec = tile_map(tiles_id(each), each.indicator, each.period, cells, tile_places(report), scales)
        if spec:
            yield spec
    spec = _share(report)
    if spec:
        yield spec


def series_id(indicator: Indicator) -> str:
    """The id of the chart of an indicator's longest series."""
    return f"{indicator.indicator_id}-series"


def regions_id(indicator: Indicator) -> str:
    """The id of the chart of an indicator in several regions."""
    return f"{indicator.indicator_id}-regions"


def tiles_id(shown: TileMap) -> str:
    """The id of a tile map."""
    return f"tiles-{shown.indicator.indicator_id}"


def tile_places(report: Report) -> dict[str, tuple[int, int]]:
    """Row and column of the counties on the schematic map, where the package gives them."""
    given = {region.region_id: region.tile.split("-") for region in report.package.places(Role.PART) if region.tile}
    return {region_id: (int(row), int(column)) for region_id, (row, column) in given.items()}


def _series(report: Report, indicator: Indicator) -> Mapping[str, tuple[Figure, ...]]:
    return report.figures_by_indicator.get(indicator.indicator_id, {})


def _of_indicator(report: Report, indicator: Indicator) -> Iterator[ChartSpec]:
    """Regions side by side where several have full years and one more than one; the longest series if not in there."""
    scales = scale_words(report.package.government)
    series = _series(report, indicator)
    years = {each: found for each, figures in series.items() if (found := _full_years(figures))}
    compared = _side_by_side(report, years) if max(map(len, years.values()), default=0) > 1 else []
    periods = {region_id: sum(figure.stands for figure in figures) for region_id, figures in series.items()}
    main = max(periods, key=lambda region_id: (periods[region_id], -_order(report, region_id)), default="")
    if main and periods[main] >= POINTS_WORTH_DRAWING and main not in {region.region_id for region in compared}:
        name = wording.series_name(indicator, report.package.region_by_id[main])
        yield published(series_id(indicator), name, indicator, series[main], scales)
    panels = [(region, series.get(region.region_id, ())) for region in compared]
    spec = small_multiples(regions_id(indicator), indicator, panels, scales=scales)
    if spec:
        yield spec


def _full_years(figures: Sequence[Figure]) -> dict[str, Decimal]:
    """The figures of full years, by year."""
    found = (each.observation for each in figures if each.stands and is_year(each.observation.period))
    return {key_of(seen.period): seen.value for seen in found if seen.value is not None}


def _standing(figures: Sequence[Figure]) -> dict[tuple[str, str], Figure]:
    """The figures that stand, by period and basis: places are compared on one basis."""
    return {(key_of(each.observation.period), each.observation.basis): each for each in figures if each.stands}


def _order(report: Report, region_id: str) -> int:
    return report.package.region_by_id[region_id].order


def _side_by_side(report: Report, years: Mapping[str, Mapping[str, Decimal]]) -> list[Region]:
    """Regions with full years, and the silent ones of a level (groups, counties) of which several have spoken.

    Counties stand alone where what they are part of is so much larger that one scale would flatten them all. Fewer
    than two with figures are none.
    """
    regions, roles = report.package.region_by_id, report.package.roles
    tops = {region_id: max(map(abs, found.values())) for region_id, found in years.items()}
    counties = [region_id for region_id in years if roles[region_id] is Role.PART]
    most = max((tops[region_id] for region_id in counties), default=Decimal(0))
    alone = len(counties) > 1 and max(tops.values()) > DWARFING * most
    spoken = counties if alone else list(years)
    levels = [roles[region_id] for region_id in spoken]
    whole = {level for level in (Role.GROUP, Role.PART) if levels.count(level) > 1}
    near = {report.city_of[region_id] for region_id in spoken}
    shown = [
        region
        for region in regions.values()
        if region.region_id in spoken or (roles[region.region_id] in whole and report.city_of[region.region_id] in near)
    ]
    return sorted(shown, key=lambda region: region.order) if len(spoken) > 1 else []


def tile_maps(report: Report) -> list[TileMap]:
    """The indicators most counties publish, each for the period with the most counties, the latest of equals."""
    counties = {region.region_id for region in report.package.places(Role.PART)}
    found = [_fullest(indicator, _series(report, indicator), counties) for indicator in report.package.indicators]
    worth = [
        each for each in found if each and len(each.figures) > 1 and len(each.figures) >= len(counties) * MAP_LEAST
    ]
    return sorted(worth, key=lambda each: (-len(each.figures), -moment(each.period)))[:MAPS_SHOWN]


def _fullest(indicator: Indicator, series: Mapping[str, Sequence[Figure]], counties: set[str]) -> TileMap | None:
    by_period: Mapping[tuple[str, str], dict[str, Figure]] = defaultdict(dict)
    for region_id in counties & set(series):
        for key, figure in _standing(series[region_id]).items():
            by_period[key][region_id] = figure
    if not by_period:
        return None
    # A part of a year never stands for counties that have published whole years.
    years = {key: figures for key, figures in by_period.items() if is_year(key[0])}
    by_period = years or by_period
    (seen, _basis), figures = max(by_period.items(), key=lambda pair: (len(pair[1]), moment(pair[0][0]), pair[0]))
    return TileMap(indicator, seen, figures)


def _share(report: Report) -> ChartSpec | None:
    """The groups in the city's total, for the latest period in which all of them and the city have published."""
    groups = report.package.places(Role.GROUP)
    cities = report.package.places(Role.WHOLE)
    found = [each for i in report.package.indicators for each in _wholes(report, i, cities, groups)] if groups else []
    if not found:
        return None
    indicator, whole, parts = max(found, key=lambda each: moment(each[1].observation.period))
    return share(SHARE, indicator, whole, list(zip(groups, parts, strict=True)), scale_words(report.package.government))


def _wholes(
    report: Report, indicator: Indicator, cities: Sequence[Region], groups: Sequence[Region]
) -> Iterator[tuple[Indicator, Figure, list[Figure]]]:
    """Totals of which every group's part is published, where the parts add up to the total."""
    chosen = {
        region.region_id: _standing(report.figures_by_series.get((indicator.indicator_id, region.region_id), ()))
        for region in (*cities, *groups)
    }
    for city in cities:
        for key, whole in chosen[city.region_id].items():
            parts = [chosen[group.region_id].get(key) for group in groups]
            known = [part for part in parts if part is not None and part.observation.value is not None]
            total = whole.observation.value
            if total and len(known) == len(groups):
                together = sum((part.observation.value or Decimal(0) for part in known), Decimal(0))
                if abs(together - total) <= SUM_TOLERANCE * total:
                    yield indicator, whole, known
