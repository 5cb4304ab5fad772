"""Source pages: what a publication is and which figures and events rest on it; and the list of sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from build_scripts.core.records import Link, Page, Source
from build_scripts.locale import DASH, day, how_many, in_a_row, t
from build_scripts.pages import parts, wording
from build_scripts.pages.parts import EventRow, Fact
from build_scripts.pages.site_data import SiteData
from build_scripts.report import Figure, Report, TargetEntry, TaskUpdate

TABLE = "progress/sources.csv"
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Original:
    """A title as printed, and the language it is in."""

    title: str
    language: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source in the list; `uses` counts the figures and events that rest on it."""

    link: Link
    original: Original | None
    publisher: str
    published: str
    tier: str
    uses: str


@dataclass(frozen=True, slots=True)
class SourceFigure:
    """A figure taken from a source; `address` is the page it is told on."""

    subject: Link
    words: str
    printed: str
    aside: str
    struck: bool


@dataclass(frozen=True, slots=True)
class SourceListView:
    """What the list of sources shows."""

    title: str
    lead: str
    sources: tuple[SourceRow, ...]
    caption: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """What a source's page shows."""

    title: str
    original: Original | None
    sentence: str
    facts: tuple[Fact, ...]
    url: str
    figures: tuple[SourceFigure, ...]
    figures_caption: str
    events: tuple[EventRow, ...]
    events_caption: str
    targets: tuple[Link, ...]


def pages(given: SiteData) -> Iterator[Page]:
    """The list, newest first, then a page for every source."""
    report = given.report
    title = t("source.title_list")
    count = how_many(len(report.package.sources), "copy")
    uses, resting = _uses(report), _resting(report)
    judged = Counter(row.source_id for row in report.package.official_judgements)
    newest_first = sorted(report.package.sources, key=lambda s: -(s.published.toordinal() if s.published else 0))
    yield Page(
        address="sources/",
        template="sources",
        view=SourceListView(
            title=title,
            lead=t("source.lead_list" if report.package.sources else "source.lead_list_empty", count=count),
            sources=tuple(_row(source, uses, judged[source.source_id]) for source in newest_first),
            caption=t("table.caption.sources", count=count),
        ),
        title=title,
        description=t("source.description_list", count=count),
        source=TABLE,
        crumbs=parts.crumbs(),
        toc=False,
    )
    parts_of = Counter(row.source_id for row in report.package.breakdowns)
    for source in report.package.sources:
        figures, events = uses.get(source.source_id, ([], []))
        counts = parts_of[source.source_id], judged[source.source_id]
        yield _page(report, source, figures, events, resting.get(source.source_id, ()), *counts)


def _uses(report: Report) -> dict[str, tuple[list[Figure], list[TaskUpdate]]]:
    """The figures and events that rest on each source, by `source_id`."""
    found: dict[str, tuple[list[Figure], list[TaskUpdate]]] = {}
    for series in report.figures_by_series.values():
        for figure in series:
            found.setdefault(figure.source.source_id, ([], []))[0].append(figure)
    for happenings in report.happenings_by_task.values():
        for happening in happenings:
            found.setdefault(happening.source.source_id, ([], []))[1].append(happening)
    return found


def _row(source: Source, uses: dict[str, tuple[list[Figure], list[TaskUpdate]]], judged: int) -> SourceRow:
    figures, events = uses.get(source.source_id, ([], []))
    return SourceRow(
        link=parts.source_link(source),
        original=_original(source),
        publisher=source.publisher,
        published=_published(source),
        tier=t(f"table.tier.{source.tier}"),
        uses=str(len(figures) + len(events) + judged),
    )


def _page(
    report: Report,
    source: Source,
    figures: list[Figure],
    events: list[TaskUpdate],
    resting: Iterable[TargetEntry],
    broken_down: int,
    judged: int,
) -> Page:
    uses = _uses_words(len(figures) + broken_down, len(events), judged)
    read = source.accessed if source.kind == "live" else source.published
    sentence = t(_told(source), publisher=source.publisher, day=day(read), uses=uses)
    view = SourceView(
        title=source.title,
        original=_original(source),
        sentence=sentence + _language_words(source),
        facts=tuple(_facts(source)),
        url=source.url,
        figures=tuple(_figure(report, figure) for figure in figures),
        figures_caption=t("table.caption.source_figures", count=how_many(len(figures), "each")),
        events=tuple(parts.event_row(happening) for happening in events),
        targets=tuple(parts.target_link(entry) for entry in resting),
        events_caption=t("table.caption.source_events", count=how_many(len(events), "line")),
    )
    return Page(
        address=parts.source_link(source).address,
        template="source",
        view=view,
        title=source.title,
        description=t("source.description", publisher=source.publisher, title=source.title, uses=uses),
        source=TABLE,
        crumbs=parts.crumbs(parts.section_link("sources")),
    )


def _original(source: Source) -> Original | None:
    if not source.original_title:
        return None
    chinese = _CHINESE.search(source.original_title)
    return Original(source.original_title, "zh-Hant" if chinese else "en")


def _language_words(source: Source) -> str:
    """That the title is a translation, or written in other characters than the original."""
    if not source.original_title:
        return ""
    return t("source.characters" if _CHINESE.search(source.original_title) else "source.foreign")


def _uses_words(figures: int, events: int, judged: int) -> str:
    """What was taken from a source, naming only what there is."""
    counts = (
        ("source.uses_figures", figures, "each"),
        ("source.uses_events", events, "line"),
        ("source.uses_judged", judged, "item"),
    )
    told = [t(key, count=how_many(count, measure)) for key, count, measure in counts if count]
    return t("source.uses", uses=in_a_row(told)) if told else t("source.uses_none")


def _resting(report: Report) -> dict[str, list[TargetEntry]]:
    """The targets on whose pages something from each source stands, by `source_id`."""
    found: dict[str, list[TargetEntry]] = {}
    for entry in report.entries:
        told = {figure.source.source_id for figure in entry.figures}
        told |= {happening.source.source_id for happening in entry.happenings}
        for source_id in told:
            found.setdefault(source_id, []).append(entry)
    return found


def _told(source: Source) -> str:
    """The sentence that says when a source was published, or, of a table that changes, when it was read."""
    if source.kind == "live":
        return "source.sentence_live" if source.accessed else "source.sentence_live_undated"
    return "source.sentence" if source.published else "source.sentence_undated"


def _published(source: Source) -> str:
    return t("source.live") if source.kind == "live" and not source.published else day(source.published)


def _facts(source: Source) -> Iterator[Fact]:
    if source.original_title:
        yield Fact(t("source.fact.original"), source.original_title)
    yield Fact(t("source.fact.publisher"), source.publisher)
    yield Fact(t("source.fact.published"), _published(source))
    if source.accessed:
        yield Fact(t("source.fact.accessed"), day(source.accessed))
    yield Fact(t("source.fact.tier"), t(f"table.tier.{source.tier}"))
    if not source.url:
        yield Fact(t("source.fact.url"), t("source.fact.url_none"))
    if source.note:
        yield Fact(t("source.fact.note"), source.note)
    yield Fact(t("source.fact.rights"), t("opendata.rights", publisher=source.publisher))
    yield Fact(t("source.fact.id"), source.source_id)


def _figure(report: Report, figure: Figure) -> SourceFigure:
    """A figure with a link to the target it is about, or to its indicator when several or none are."""
    seen = figure.observation
    indicator = report.package.indicator_by_id[seen.indicator_id]
    name = wording.series_name(indicator, report.package.region_by_id[seen.region_id])
    entries = [
        e for e in report.entries_by_indicator.get(seen.indicator_id, ()) if e.target.region_id == seen.region_id
    ]
    address = parts.target_link(entries[0]).address if len(entries) == 1 else parts.indicator_link(indicator).address
    words = wording.figure_words(seen, indicator.unit)
    printed = seen.figure_as_printed or DASH
    return SourceFigure(Link(name, address), words, printed, wording.aside(figure), figure.superseded)
