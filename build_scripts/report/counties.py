"""What the counties of a city can be compared by: the indicator of which most of them publish whole years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from build_scripts.core.periods import is_year
from build_scripts.core.vocabulary import Role
from build_scripts.report.entries import Figure, latest_of

if TYPE_CHECKING:
    from build_scripts.report.report import Report


def county_years(report: Report) -> Mapping[str, tuple[str, Mapping[str, Figure]]]:
    """By city: the id of the indicator most of its counties publish, the first of equals, and their latest years.

    Indicators that may fall below nought cannot be drawn as bars and do not count.
    """
    counties = report.package.places(Role.PART)
    place = {region.region_id: number for number, region in enumerate(counties)}
    best: dict[str, tuple[str, Mapping[str, Figure]]] = {}
    for indicator in report.package.indicators:
        by_city: dict[str, dict[str, Figure]] = {}
        series = report.figures_by_indicator.get(indicator.indicator_id, {})
        for region_id in sorted(place.keys() & series.keys(), key=place.__getitem__):
            figure = latest_year(series[region_id])
            if figure and (figure.observation.value or 0) > 0:
                by_city.setdefault(report.city_of[region_id], {})[region_id] = figure
        for city, years in by_city.items():
            if city not in best or len(years) > len(best[city][1]):
                best[city] = (indicator.indicator_id, years)
    return best


def latest_year(figures: Sequence[Figure]) -> Figure | None:
    """The figure of the latest whole year; None without one."""
    latest = latest_of(figures)
    return latest if latest and is_year(latest.observation.period) else None
