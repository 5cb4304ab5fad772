"""How far the record reaches on a day: the newest publication in it and the last search. Gets a report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from build_scripts.core.settings import Settings
from build_scripts.locale.pub_date import reached
from build_scripts.report.report import Report


@dataclass(frozen=True, slots=True)
class Reach:
    """The newest dated publication that the record holds, and the last search that is on record."""

    newest: date | None
    searched: date | None


def reach(report: Report) -> Reach:
    """How far the report's record reaches: nothing that came after its day counts."""
    dated = [source.published for source in report.package.sources if source.published]
    searched = [search.date for search in report.package.searches]
    return Reach(max(dated, default=None), max(searched, default=None))


def of_day(settings: Settings, report: Report) -> Settings:
    """The settings for making a report's site: its day and how far its record reaches."""
    return replace(settings, as_of=report.as_of, reach=reach_words(report))


def reach_words(report: Report) -> str:
    """The same in words, as every page says it."""
    found = reach(report)
    return reached(found.newest, found.searched)
