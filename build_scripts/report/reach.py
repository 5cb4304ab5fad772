"""How far the record reaches on a day: the newest publication in it and the last search. Gets a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
