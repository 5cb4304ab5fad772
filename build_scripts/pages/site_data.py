"""What page builders are given: the report, the charts already drawn, what is published for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from build_scripts.bulletins import Digest
from build_scripts.charts import ChartFigure
from build_scripts.core.records import Approval
from build_scripts.exports import Publication
from build_scripts.exports.releases import Release
from build_scripts.report import Report


@dataclass(frozen=True, slots=True)
class SiteData:
    """Everything pages are made from. `charts` is by chart id; a page shows a chart only if it is there.

    `published` are the downloads; without them there are neither data page nor dictionary, nor links to files.
    `digests` are what the bulletins tell, the latest first; `approvals` who let the site out when, oldest first;
    `releases` the versions of the data that were let out, newest first. `built_on` is the day the site is built for,
    where that is known: what is said may be older (`report.as_of`). `by_hand` are the addresses of pages written by
    hand, which a site need not have.
    """

    report: Report
    charts: Mapping[str, ChartFigure] = field(default_factory=dict)
    published: Publication | None = None
    digests: tuple[Digest, ...] = ()
    approvals: tuple[Approval, ...] = ()
    releases: tuple[Release, ...] = ()
    built_on: date | None = None
    by_hand: frozenset[str] = frozenset()
