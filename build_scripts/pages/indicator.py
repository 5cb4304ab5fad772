"""Indicator pages: what is measured, every published figure by region, the targets on it; and their list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.charts import ChartFigure
from build_scripts.core.records import Indicator, Link, Page
from build_scripts.exports import indicator_page
from build_scripts.locale import SaidIn, how_many, is_rank, quoted, said_in_large, t
from build_scripts.pages import parts, wording
from build_scripts.pages.breakdowns import FacetView, facet_views
from build_scripts.pages.parts import Fact, FigureRow, TargetRow
from build_scripts.pages.place_figures import regions_id, series_id
from build_scripts.pages.reuse import Copied, described, subject_files, unaddressed, use_lines
from build_scripts.pages.site_data import SiteData
from build_scripts.report import Figure, Report, latest_of

TABLE = "targets/indicators.csv"


@dataclass(frozen=True, slots=True)
class RegionSeries:
    """The published figures of one region."""

    anchor: str
    region: Link
    caption: str
    figures: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator in the list, with its counts as text."""

    link: Link
    unit: str
    targets: str
    regions: str


@dataclass(frozen=True, slots=True)
class IndicatorListView:
    """What the list of indicators shows."""

    title: str
    lead: str
    caption: str
    indicators: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """What an indicator's page shows."""

    title: str
    sentence: str
    facts: tuple[Fact, ...]
    unit: str
    charts: tuple[ChartFigure, ...]
    series: tuple[RegionSeries, ...]
    facets: tuple[FacetView, ...]
    targets: tuple[TargetRow, ...]
    caption: str
    files: tuple[Link, ...]
    uses: tuple[Copied, ...]
    uses_note: str
    method: str


def pages(given: SiteData) -> Iterator[Page]:
    """The list, then a page for every indicator."""
    report = given.report
    title = t("indicator.title_list")
    count = how_many(len(report.package.indicators), "item")
    by_indicator = _by_indicator(report)
    told_first = sorted(report.package.indicators, key=lambda each: each.indicator_id not in by_indicator)
    rows = tuple(_row(report, each, by_indicator.get(each.indicator_id, [])) for each in told_first)
    yield Page(
        address="indicators/",
        template="indicators",
        view=IndicatorListView(
            title, t("indicator.lead_list", count=count), t("indicator.caption.list", count=count), rows
        ),
        title=title,
        description=t("indicator.description_list", count=count),
        source=TABLE,
        crumbs=parts.crumbs(),
        toc=False,
    )
    for indicator in report.package.indicators:
        yield _page(given, indicator, by_indicator.get(indicator.indicator_id, []))


Series = list[tuple[str, tuple[Figure, ...]]]


def _by_indicator(report: Report) -> dict[str, Series]:
    """The published series of each indicator as (`region_id`, figures), regions in their own order."""
    order = {region.region_id: region.order for region in report.package.regions}
    found: dict[str, Series] = {}
    for (indicator_id, region_id), figures in report.figures_by_series.items():
        found.setdefault(indicator_id, []).append((region_id, figures))
    return {key: sorted(series, key=lambda pair: order[pair[0]]) for key, series in found.items()}


def _row(report: Report, indicator: Indicator, series: Series) -> IndicatorRow:
    targets = report.entries_by_indicator.get(indicator.indicator_id, ())
    return IndicatorRow(parts.indicator_link(indicator), indicator.unit, str(len(targets)), str(len(series)))


def _page(given: SiteData, indicator: Indicator, series: Series) -> Page:
    report = given.report
    entries = report.entries_by_indicator.get(indicator.indicator_id, ())
    sentence = _sentence(report, indicator, len(entries), series)
    said = parts.said_together(indicator, (figure for _region, figures in series for figure in figures))
    view = IndicatorView(
        title=indicator.name,
        sentence=sentence,
        facts=tuple(_facts(indicator)),
        unit=said.unit,
        charts=tuple(given.charts[i] for i in (series_id(indicator), regions_id(indicator)) if i in given.charts),
        series=tuple(_region_series(report, indicator, said, *pair) for pair in series),
        facets=facet_views(given, indicator),
        targets=tuple(parts.target_row(entry) for entry in entries),
        caption=t("table.caption.targets", name=indicator.name, count=how_many(len(entries), "item")),
        files=subject_files(given, f"indicators/{indicator.indicator_id}"),
        uses=use_lines(given, f"indicators/{indicator.indicator_id}"),
        uses_note=unaddressed(given.published, "use"),
        method=parts.method_line(report.as_of),
    )
    return Page(
        address=parts.indicator_link(indicator).address,
        template="indicator",
        view=view,
        title=indicator.name,
        description=sentence,
        source=TABLE,
        crumbs=parts.crumbs(parts.section_link("indicators")),
        assessed=bool(entries),
        json_ld=described(given, lambda edition: indicator_page(edition, indicator)),
    )


def _sentence(report: Report, indicator: Indicator, targets: int, series: Series) -> str:
    """What an indicator is used for and what is known of it, with the latest figure of the first region."""
    used = t("indicator.targets_some", count=how_many(targets, "item")) if targets else t("indicator.targets_none")
    known = t("indicator.series_none")
    if series:
        region_id, figures = series[0]
        seen = latest_of(figures)
        latest = ""
        if seen:
            region = report.package.region_by_id[region_id].name
            words = wording.figure_words(seen.observation, indicator.unit)
            latest = t("indicator.latest", region=region, figure=words)
        known = t("indicator.series_some", count=how_many(len(series), "each"), latest=latest)
    return t("indicator.sentence", name=quoted(indicator.name), targets=used, series=known)


def _facts(indicator: Indicator) -> Iterator[Fact]:
    unit = indicator.unit or t("indicator.fact.unit_none")
    # The files keep the unit of the data where the page says it in other words.
    other = said_in_large(indicator.unit, ()).unit != indicator.unit
    yield Fact(t("indicator.fact.unit"), t("indicator.fact.unit_of_files", unit=unit) if other else unit)
    yield Fact(t("indicator.fact.frequency"), t(f"indicator.frequency.{indicator.frequency}"))
    ranked = is_rank(indicator.unit) and indicator.direction == "down"
    direction = "rank" if ranked else indicator.direction
    yield Fact(t("indicator.fact.direction"), t(f"indicator.direction.{direction}"))
    if indicator.definition:
        yield Fact(t("indicator.fact.definition"), indicator.definition)


def _region_series(
    report: Report, indicator: Indicator, said: SaidIn, region_id: str, figures: tuple[Figure, ...]
) -> RegionSeries:
    region = report.package.region_by_id[region_id]
    caption = t("table.caption.figures", name=wording.series_name(indicator, region))
    rows = parts.figure_rows(figures, indicator.decimals, said)
    return RegionSeries(region_id, parts.region_link(region), caption, rows)
