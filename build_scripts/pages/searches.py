"""The record of looking: what was looked for, where, when, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.core.records import Link, Page, Search
from build_scripts.locale import how_many, period, t
from build_scripts.pages import disclosure, parts, wording
from build_scripts.pages.disclosure import DisclosureCounts, SearchRow
from build_scripts.pages.site_data import SiteData
from build_scripts.report import Report
from build_scripts.report.reach import reach_words

ADDRESS = "searches/"


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One search: what it was for, and the row itself; `anchor` is its place on the page."""

    anchor: str
    about: tuple[Link, ...]
    period: str
    row: SearchRow


@dataclass(frozen=True, slots=True)
class SearchesView:
    """What the page shows, the latest search first."""

    title: str
    sentence: str
    reach: str
    disclosure: DisclosureCounts | None
    rows: tuple[RecordRow, ...]
    caption: str
    file: str


def pages(given: SiteData) -> Iterator[Page]:
    """The page of searches."""
    report = given.report
    searches = sorted(report.package.searches, key=lambda each: each.date, reverse=True)
    count = how_many(len(searches), "time")
    places = how_many(len({each.place for each in searches}), "place")
    title = t("disclosure.page.title")
    sentence = t("disclosure.page.lead" if searches else "disclosure.page.none", count=count, places=places)
    rows = zip(searches, disclosure.search_rows(searches), strict=True)
    yield Page(
        address=ADDRESS,
        template="searches",
        view=SearchesView(
            title=title,
            sentence=sentence,
            reach=reach_words(report),
            disclosure=disclosure.counts(report.tally),
            rows=tuple(_row(report, search, row) for search, row in rows),
            caption=t("disclosure.page.caption", count=count),
            file="data/csv/searches.csv" if given.published else "",
        ),
        title=title,
        description=sentence,
        source="progress/searches.csv",
        crumbs=parts.crumbs(parts.section_link("data")),
        assessed=True,
    )


def _row(report: Report, search: Search, row: SearchRow) -> RecordRow:
    shown = period(search.period) if search.period else ""
    return RecordRow(search.search_id, tuple(_about(report, search)), shown, row)


def _about(report: Report, search: Search) -> Iterator[Link]:
    """What was looked for, each with its page."""
    package = report.package
    if entry := report.entry_by_id.get(search.target_id or ""):
        yield parts.target_link(entry)
    if task := package.task_by_id.get(search.task_id or ""):
        yield parts.work_link(task)
    if indicator := package.indicator_by_id.get(search.indicator_id or ""):
        region = package.region_by_id.get(search.region_id or "")
        name = wording.series_name(indicator, region) if region else indicator.name
        yield Link(name, parts.indicator_link(indicator).address)
    plan = package.plan_by_id.get(search.plan_id or "")
    if plan and not (search.target_id or search.task_id or search.indicator_id):
        yield Link(t("disclosure.page.whole_plan", plan=parts.plan_link(plan).label), parts.plan_link(plan).address)
