"""The counties side by side: each one's latest figure of a whole year, with its year. Gets the report, gives bars.

Parts of a year never stand in for a year. The indicator is the one of which most counties have published a year.
"""

from __future__ import annotations

from dataclasses import dataclass

from build_scripts.core.records import Indicator, Link, Region
from build_scripts.core.vocabulary import Role
from build_scripts.locale import how_many, period, t
from build_scripts.pages import parts, wording
from build_scripts.pages.lists import parts_words
from build_scripts.report import Figure, Report

LEAST = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """One county: `width` in % of the longest, `""` where it has published no year; `here` on its own page."""

    link: Link
    value: str
    year: str
    width: str
    source: Link | None
    here: bool


@dataclass(frozen=True, slots=True)
class CountyBars:
    """The counties' latest years of one indicator."""

    title: str
    note: str
    indicator: Link
    bars: tuple[Bar, ...]


def counties(report: Report) -> tuple[Region, ...]:
    """The counties in their own order."""
    return tuple(report.package.places(Role.PART))


def county_bars(report: Report, here: Region | None = None) -> CountyBars | None:
    """The chart of the counties of one city, that of `here`; None where fewer than two have published a whole year.

    Without `here` it is of the only city; of several there is none.
    """
    cities = {report.city_of[region.region_id] for region in counties(report)}
    city = report.city_of[here.region_id] if here else next(iter(cities)) if len(cities) == 1 else ""
    indicator_id, years = report.county_years.get(city, ("", {}))
    if len(years) < LEAST:
        return None
    regions = [region for region in counties(report) if report.city_of[region.region_id] == city]
    indicator = report.package.indicator_by_id[indicator_id]
    most = max(_height(figure) for figure in years.values())
    bars = tuple(_bar(region, years.get(region.region_id), indicator, most, here) for region in regions)
    seen = {figure.observation.period for figure in years.values()}
    key = "same" if len(seen) == 1 else "mixed"
    return CountyBars(
        title=t("county.bars.title", indicator=indicator.name, parts=parts_words(report.package)),
        note=t(
            f"county.bars.{key}",
            count=how_many(len(years), "each"),
            all=len(regions),
            parts=parts_words(report.package),
        ),
        indicator=parts.indicator_link(indicator),
        bars=bars,
    )


def _height(figure: Figure) -> float:
    return float(figure.observation.value or 0)


def _bar(region: Region, figure: Figure | None, indicator: Indicator, most: float, here: Region | None) -> Bar:
    link, is_here = parts.region_link(region), here is not None and here.region_id == region.region_id
    if figure is None:
        return Bar(link, t("county.bars.none"), "", "", None, is_here)
    seen = figure.observation
    width = f"{100 * _height(figure) / most:.2f}"
    value = wording.amount(seen.value, indicator.unit) + wording.mark(seen.obs_status)
    return Bar(link, value, period(seen.period), width, parts.source_link(figure.source), is_here)
