"""The series published about a place, each with its latest figure; a whole year stands before any part of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.core.records import Link, Region
from build_scripts.pages import parts, wording
from build_scripts.pages.county_bars import latest_year
from build_scripts.report import Report


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series published about a region: its latest figure and where that is from."""

    indicator: Link
    latest: str
    source: Link


def series_rows(report: Report, region: Region) -> Iterator[SeriesRow]:
    """Every published series of a region with its latest figure, the newest first."""
    found = []
    for indicator in report.package.indicators:
        figures = report.figures_by_series.get((indicator.indicator_id, region.region_id), ())
        latest = latest_year(figures) or wording.latest_of(figures)
        if latest:
            words = wording.figure_words(latest.observation, indicator.unit)
            row = SeriesRow(parts.indicator_link(indicator), words, parts.source_link(latest.source))
            found.append((latest.observation.period[:4], row))
    for _year, row in sorted(found, key=lambda each: each[0], reverse=True):
        yield row
