"""County pages: all that concerns a county or a development zone, data first, silence folded, and one letter.

What concerns it: its own targets, those of the groups it belongs to, those for every county, those that name it, and
the works in it; each says by which of these it is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from build_scripts.core.records import Link, Page, Region
from build_scripts.core.vocabulary import Role
from build_scripts.locale import day, how_many, listed, t
from build_scripts.pages import disclosure, feedlinks, parts
from build_scripts.pages.county_bars import CountyBars, county_bars
from build_scripts.pages.disclosure import DisclosureCounts
from build_scripts.pages.folding import Folded, folded
from build_scripts.pages.letters import county_body, county_letter
from build_scripts.pages.parts import Strip
from build_scripts.pages.place_series import SeriesTable, series_table
from build_scripts.pages.reuse import subject_files
from build_scripts.pages.site_data import SiteData
from build_scripts.pages.worklines import FoldedLines, folded_lines
from build_scripts.pages.works import SilentWork, silent_work
from build_scripts.report import Report, tally
from build_scripts.report.concerns import REASONS, Concern, concerns, groups_of, works_in
from build_scripts.report.ordering import NOTHING, rank
from build_scripts.report.works import Work, told_first, work_of

TABLE = "targets/regions.csv"


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A reason why targets concern the place, with how many, and how many of them have data."""

    label: str
    count: str
    known: str
    link: Link | None


@dataclass(frozen=True, slots=True)
class CountyView:
    """What a county's page shows."""

    title: str
    sentence: str
    site: str
    site_words: str
    groups: tuple[Link, ...]
    reasons: tuple[ReasonRow, ...]
    strip: Strip
    disclosure: DisclosureCounts | None
    targets: Folded
    lines: FoldedLines
    silent_works: tuple[SilentWork, ...]
    silent_works_title: str
    bars: CountyBars | None
    series: SeriesTable
    series_none: str
    letter_lead: str
    letter: str
    files: tuple[Link, ...]
    method: str


def county_page(given: SiteData, region: Region) -> Page:
    """The page of one county or development zone."""
    report = given.report
    found = concerns(report, region)
    works = tuple(work_of(report, task) for task in works_in(report, region))
    sentence = _sentence(report, region, found, works)
    return Page(
        address=parts.region_link(region).address,
        template="county",
        view=_view(given, region, sentence, found, works),
        title=region.name,
        description=sentence,
        source=TABLE,
        crumbs=parts.crumbs(parts.section_link("regions")),
        assessed=True,
        feed=feedlinks.region_feed(region.region_id),
    )


def _view(
    given: SiteData, region: Region, sentence: str, found: Sequence[Concern], works: Sequence[Work]
) -> CountyView:
    report = given.report
    silent = [work for work in works if work.last is None]
    entries = [each.entry for each in found]
    caption = t("county.caption", name=region.name, count=how_many(len(found), "item"))
    return CountyView(
        title=region.name,
        sentence=sentence,
        site=region.url,
        site_words=t("county.site", name=region.name),
        groups=tuple(parts.region_link(each) for each in groups_of(report, region).values()),
        reasons=tuple(_reason(region, reason, found) for reason in REASONS if _of(found, reason)),
        strip=parts.status_strip(tally(entries)),
        disclosure=disclosure.counts(tally(entries)),
        targets=folded(entries, caption, {each.entry.target_id: _tag(each) for each in found}),
        lines=folded_lines(report, told_first(works)),
        silent_works=tuple(silent_work(work.task) for work in silent),
        silent_works_title=t("county.silent_works", count=how_many(len(silent), "item")) if silent else "",
        bars=county_bars(report, region) if report.package.roles[region.region_id] is Role.PART else None,
        series=series_table(report, region),
        series_none=t("county.series_none", name=region.name, day=day(report.as_of)),
        letter_lead=t("county.letter.lead", body=county_body(report, region)),
        letter=county_letter(report, region, found, works),
        files=subject_files(given, f"regions/{region.region_id}"),
        method=parts.method_line(report.as_of),
    )


def _of(found: Sequence[Concern], reason: str) -> list[Concern]:
    return [each for each in found if each.reason == reason]


def _reason(region: Region, reason: str, found: Sequence[Concern]) -> ReasonRow:
    mine = _of(found, reason)
    groups = list(dict.fromkeys(each.group for each in mine if each.group))
    names = listed(group.name for group in groups)
    known = sum(rank(each.entry) < NOTHING for each in mine)
    return ReasonRow(
        label=t(f"county.reason.{reason}", name=region.name, group=names),
        count=how_many(len(mine), "item"),
        known=t("county.known", count=how_many(known, "item")) if known else t("county.known_none"),
        link=parts.region_link(groups[0]) if groups else None,
    )


def _tag(concern: Concern) -> str:
    return concern.group.name if concern.group else t(f"county.tag.{concern.reason}")


def _sentence(report: Report, region: Region, found: Sequence[Concern], works: Sequence[Work]) -> str:
    """How many promises and works concern the place, and of how many anything can be found."""
    known = sum(rank(each.entry) < NOTHING for each in found) + sum(work.last is not None for work in works)
    total = len(found) + len(works)
    if not total:
        return t("county.sentence.nothing", name=region.name)
    what = t(
        "county.sentence.both" if found and works else "county.sentence.targets" if found else "county.sentence.works",
        targets=how_many(len(found), "item"),
        works=how_many(len(works), "item"),
    )
    key = "county.sentence.known" if known else "county.sentence.silent"
    return t(key, name=region.name, what=what, known=how_many(known, "item"), day=day(report.as_of))
