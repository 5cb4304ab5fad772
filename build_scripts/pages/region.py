"""Region pages: the targets set for a place and the figures published about it; and the list of regions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.charts import ChartFigure
from build_scripts.core.records import Link, Page, Region
from build_scripts.core.vocabulary import REGION_LEVEL, Role
from build_scripts.locale import how_many, t
from build_scripts.pages import disclosure, feedlinks, parts
from build_scripts.pages.county import county_page
from build_scripts.pages.county_bars import CountyBars, county_bars
from build_scripts.pages.disclosure import DisclosureCounts
from build_scripts.pages.folding import Folded, folded
from build_scripts.pages.group import GroupView, group_view
from build_scripts.pages.home_parts import Tile, tiles
from build_scripts.pages.lists import of_places, word
from build_scripts.pages.parts import Strip, TargetRow
from build_scripts.pages.place_figures import SHARE, tile_maps, tiles_id
from build_scripts.pages.place_series import SeriesTable, series_table
from build_scripts.pages.reuse import subject_files
from build_scripts.pages.site_data import SiteData
from build_scripts.pages.worklines import FoldedLines, folded_lines
from build_scripts.pages.works import SilentGroup, silent_groups
from build_scripts.report import Report, tally
from build_scripts.report.concerns import PLACES
from build_scripts.report.works import told_first, work_of

TABLE = "targets/regions.csv"


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region in the list, with its counts as text."""

    link: Link
    targets: str
    unanswered: str
    states: tuple[str, ...]
    series: str


@dataclass(frozen=True, slots=True)
class RegionGroup:
    """The regions of one level."""

    anchor: str
    title: str
    caption: str
    regions: tuple[RegionRow, ...]
    note: str


@dataclass(frozen=True, slots=True)
class RegionListView:
    """What the list of regions shows."""

    title: str
    lead: str
    tiles: tuple[Tile, ...]
    columns: int
    bars: CountyBars | None
    charts: tuple[ChartFigure, ...]
    groups: tuple[RegionGroup, ...]


@dataclass(frozen=True, slots=True)
class RegionView:
    """What a region's page shows; `members` are those of a group, or the groups a place belongs to.

    `compared` are targets of other places that are measured against this one.
    """

    title: str
    sentence: str
    membership: str
    members: tuple[Link, ...]
    strip: Strip
    disclosure: DisclosureCounts | None
    bundle: GroupView | None
    targets: Folded
    compared: tuple[TargetRow, ...]
    compared_caption: str
    charts: tuple[ChartFigure, ...]
    series: SeriesTable
    bars: CountyBars | None
    lines: FoldedLines
    silent_works: tuple[SilentGroup, ...]
    silent_title: str
    files: tuple[Link, ...]
    method: str


def pages(given: SiteData) -> Iterator[Page]:
    """The list, then a page for every region."""
    report = given.report
    places, columns = tiles(report)
    title = of_places(report.package, "title_list") if places else t("region.title_plain")
    yield Page(
        address="regions/",
        template="regions",
        view=RegionListView(
            title,
            of_places(report.package, "lead_list" if places else "lead_list_plain"),
            places,
            columns,
            county_bars(report),
            _charts(given),
            tuple(_groups(report)),
        ),
        title=title,
        description=of_places(report.package, "description_list"),
        source=TABLE,
        crumbs=parts.crumbs(),
        assessed=True,
    )
    for region in report.package.regions:
        is_part = report.package.roles[region.region_id] in PLACES
        yield county_page(given, region) if is_part else _page(given, region)


def _page(given: SiteData, region: Region) -> Page:
    report = given.report
    entries = report.entries_by_region.get(region.region_id, ())
    series = series_table(report, region)
    compared = [entry for entry in report.entries if entry.target.reference_region_id == region.region_id]
    works = [work_of(report, task) for task in report.package.tasks if task.region_id == region.region_id]
    silent = [work for work in works if work.last is None]
    caption = t("table.caption.targets", name=region.name, count=how_many(len(entries), "item"))
    sentence = _sentence(region, len(entries), len(series.rows) + len(series.rest))
    members = _members(report, region)
    groups = _groups_of(report, region)
    view = RegionView(
        title=region.name,
        sentence=sentence,
        membership=t("region.group") if members else t("region.member") if groups else "",
        members=tuple(parts.region_link(each) for each in members or groups),
        strip=parts.status_strip(tally(entries)),
        disclosure=disclosure.counts(tally(entries)),
        bundle=group_view(report, region),
        targets=folded(entries, caption),
        compared=tuple(parts.target_row(entry) for entry in compared),
        compared_caption=t("region.caption.compared", name=region.name, count=how_many(len(compared), "item")),
        charts=_charts(given, region),
        series=series,
        bars=county_bars(report, region) if report.package.roles[region.region_id] is Role.WHOLE else None,
        lines=folded_lines(report, told_first(works)),
        silent_works=tuple(silent_groups(report, silent)),
        silent_title=t("county.silent_works", count=how_many(len(silent), "item")) if silent else "",
        files=subject_files(given, f"regions/{region.region_id}"),
        method=parts.method_line(report.as_of),
    )
    return Page(
        address=parts.region_link(region).address,
        template="region",
        view=view,
        title=region.name,
        description=sentence,
        source=TABLE,
        crumbs=parts.crumbs(parts.section_link("regions")),
        assessed=True,
        feed=feedlinks.region_feed(region.region_id),
    )


def _charts(given: SiteData, region: Region | None = None) -> tuple[ChartFigure, ...]:
    """The maps and the groups' shares; for one region only those it has a figure in, for the city all."""
    role = given.report.package.roles[region.region_id] if region else Role.WHOLE
    ids = []
    if region is None:
        ids += [tiles_id(each) for each in tile_maps(given.report)]
    if role in (Role.WHOLE, Role.GROUP):
        ids.append(SHARE)
    return tuple(given.charts[each] for each in ids if each in given.charts)


def _members(report: Report, region: Region) -> list[Region]:
    ids = [part.region_id for part in report.package.region_members if part.group_id == region.region_id]
    return [report.package.region_by_id[region_id] for region_id in ids]


def _groups_of(report: Report, region: Region) -> list[Region]:
    ids = [part.group_id for part in report.package.region_members if part.region_id == region.region_id]
    return [report.package.region_by_id[group_id] for group_id in ids]


def _sentence(region: Region, targets: int, series: int) -> str:
    """What is set for a place and known about it, in one sentence, right for none of either."""
    counts = {"targets": targets, "series": series}
    told = {
        name: t(f"region.{name}_some", count=how_many(count, "item")) if count else t(f"region.{name}_none")
        for name, count in counts.items()
    }
    return t("region.sentence", name=region.name, **told)


def _groups(report: Report) -> Iterator[RegionGroup]:
    for level in report.package.lists.codes(REGION_LEVEL):
        regions = sorted((r for r in report.package.regions if r.level == level), key=lambda region: region.order)
        if regions:
            title = word(report.package, REGION_LEVEL, level)
            caption = t("region.caption.regions", level=title, count=how_many(len(regions), "each"))
            counted = (tally(report.entries_by_region.get(region.region_id, ())) for region in regions)
            note = disclosure.nought(counted, "places")
            yield RegionGroup(level, title, caption, tuple(_row(report, region) for region in regions), note)


def _row(report: Report, region: Region) -> RegionRow:
    entries = report.entries_by_region.get(region.region_id, ())
    series = sum(key[1] == region.region_id for key in report.figures_by_series)
    counted = tally(entries)
    states = disclosure.numbers(counted)
    return RegionRow(parts.region_link(region), str(len(entries)), str(counted.unanswered), states, str(series))
