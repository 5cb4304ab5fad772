"""The series published about a place, each with its latest figure; a whole year stands before any part of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.core.periods import year_of
from build_scripts.core.records import Link, Region
from build_scripts.locale import how_many, t
from build_scripts.pages import parts, wording
from build_scripts.report import Report, latest_of


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series published about a region: its latest figure and where that is from."""

    indicator: Link
    latest: str
    source: Link


OPEN = 5


@dataclass(frozen=True, slots=True)
class SeriesTable:
    """The series of a region, the newest first: the first few stand open, the rest is folded."""

    caption: str
    rows: tuple[SeriesRow, ...]
    rest: tuple[SeriesRow, ...]
    rest_title: str


def series_table(report: Report, region: Region) -> SeriesTable:
    """All published series of a region."""
    rows = tuple(series_rows(report, region))
    caption = t("region.caption.series", name=region.name, count=how_many(len(rows), "item"))
    rest = rows[OPEN:] if len(rows) > OPEN + 2 else ()
    title = t("region.series_rest", count=how_many(len(rest), "item")) if rest else ""
    return SeriesTable(caption, rows[: len(rows) - len(rest)], rest, title)


def series_rows(report: Report, region: Region) -> Iterator[SeriesRow]:
    """Every published series of a region with its latest figure, the newest first."""
    found = []
    for indicator in report.package.indicators:
        figures = report.figures_by_series.get((indicator.indicator_id, region.region_id), ())
        latest = latest_of(figures)
        if latest:
            words = wording.figure_words(latest.observation, indicator.unit)
            row = SeriesRow(parts.indicator_link(indicator), words, parts.source_link(latest.source))
            found.append((year_of(latest.observation.period) or 0, row))
    for _year, row in sorted(found, key=lambda each: each[0], reverse=True):
        yield row
