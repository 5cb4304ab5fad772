"""Target pages: one for every promise. Gets the report, gives what was promised, what is known, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.charts import ChartFigure
from build_scripts.core.method import METHOD_VERSION
from build_scripts.core.periods import parse_period
from build_scripts.core.records import Link, Package, Page
from build_scripts.explain import unlock
from build_scripts.exports import cite_target
from build_scripts.locale import day, how_many, in_brackets, period, quoted, t
from build_scripts.locale.pub_date import published_cell, undated
from build_scripts.pages import disclosure, figures, parts, wording
from build_scripts.pages.disclosure import DisclosureView
from build_scripts.pages.official import OfficialView, official
from build_scripts.pages.parts import Badge, EventRow, Fact, FigureRow, TargetRow
from build_scripts.pages.plan_text import quote_address
from build_scripts.pages.request import entry_addressee, request_lead, request_text
from build_scripts.pages.reuse import ReuseView, described_target, reuse_view
from build_scripts.pages.site_data import SiteData
from build_scripts.pages.target_parts import AgainstRow, PastStatus, against, past_statuses
from build_scripts.pages.tasks import TaskRow, task_row
from build_scripts.pages.verdict import Verdict, verdict
from build_scripts.pages.whatif import WhatIf, whatif_of
from build_scripts.report import TargetEntry, latest_of

SOURCE = "targets/targets.csv"
NOTED_FLAGS = ("year_inferred", "base_inferred", "aspirational", "ambiguous")


@dataclass(frozen=True, slots=True)
class RelatedView:
    """The latest figure of a published series near the target, with the difference in words."""

    title: Link
    relation: str
    note: str
    latest: str
    published: str
    source: Link


@dataclass(frozen=True, slots=True)
class Quote:
    """The plan's own words; `address` leads to where they stand in its text, None where the text is not at hand."""

    text: str
    lead: str
    address: str | None


@dataclass(frozen=True, slots=True)
class TargetView:
    """What a target's page shows, in the order it shows it."""

    name: str
    badge: Badge
    promise: str
    standing: str
    quote: Quote
    known: bool
    disclosure: DisclosureView | None
    as_of: str
    method: str
    verdict: Verdict
    remarks: tuple[str, ...]
    chart: ChartFigure | None
    against: tuple[AgainstRow, ...]
    unit: str
    figures: tuple[FigureRow, ...]
    events: tuple[EventRow, ...]
    tasks: tuple[TaskRow, ...]
    tasks_caption: str
    document: tuple[Fact, ...]
    history: tuple[PastStatus, ...]
    official: OfficialView | None
    trial: WhatIf | None
    related: tuple[RelatedView, ...]
    related_charts: tuple[ChartFigure, ...]
    unlock: str
    siblings: tuple[TargetRow, ...]
    lead: Link | None
    asked: str
    responsible: tuple[Link, ...]
    places: tuple[Link, ...]
    request_lead: str
    request: str
    reuse: ReuseView | None
    previous: Link | None
    next: Link | None


def pages(given: SiteData) -> Iterator[Page]:
    """A page for every target."""
    report = given.report
    for entry in report.entries:
        yield Page(
            address=parts.target_address(entry.target_id),
            template="target",
            view=_view(given, entry),
            title=_title(entry),
            description=wording.reading(entry),
            source=SOURCE,
            crumbs=_crumbs(entry),
            assessed=True,
            cited=cite_target(given.published.edition, entry.target).marks() if given.published else (),
            json_ld=described_target(given, entry.target),
        )


def _title(entry: TargetEntry) -> str:
    """The target's name, with its year when the name does not say it."""
    when, name = parse_period(entry.target.target_period or ""), entry.target.name
    if when is None or any(str(year) in name for year in {when.year, when.end.year}):
        return name
    return name + in_brackets(period(entry.target.target_period))


def _crumbs(entry: TargetEntry) -> tuple[Link, ...]:
    plan = parts.plan_link(entry.plan)
    project = (parts.project_link(entry.project),) if entry.project else ()
    return parts.crumbs(plan, *project)


def _view(given: SiteData, entry: TargetEntry) -> TargetView:
    report = given.report
    related_ids = (figures.related_id(entry, series) for series in figures.related_drawn(entry))
    titles = {source.source_id: source.title for source in report.package.sources}
    said = parts.said_together(entry.indicator, entry.figures)
    return TargetView(
        name=_title(entry),
        badge=parts.badge(entry.status),
        promise=t("target.sentence", words=wording.plain_promise(entry)),
        standing=t("target.sentence", words=wording.standing(entry)),
        quote=_quote(entry, report.package),
        known=entry.disclosed,
        disclosure=disclosure.view(entry),
        as_of=t("target.status.as_of", day=day(report.as_of)),
        method=t("target.status.method", version=METHOD_VERSION),
        verdict=verdict(entry, titles, undated(report.package)),
        remarks=tuple(_remarks(entry)),
        chart=given.charts.get(figures.trajectory_id(entry)),
        against=against(entry) if figures.trajectory_id(entry) not in given.charts else (),
        unit=said.unit,
        figures=parts.figure_rows(entry.figures, entry.indicator.decimals, said),
        events=tuple(parts.event_row(happening) for happening in reversed(entry.happenings)),
        tasks=tuple(task_row(report, task) for task in entry.tasks),
        tasks_caption=t("table.caption.tasks", name=_title(entry), count=how_many(len(entry.tasks), "item")),
        document=tuple(_document(entry, report.package)),
        history=past_statuses(report, entry),
        official=official(report, entry),
        trial=whatif_of(entry),
        related=tuple(_related(entry)),
        related_charts=tuple(given.charts[i] for i in related_ids if i in given.charts),
        unlock=unlock(entry.target, entry.assessment, report.package),
        siblings=tuple(parts.target_row(report.entry_by_id[i]) for i in entry.siblings),
        lead=parts.unit_link(entry.lead) if entry.lead else None,
        asked=_asked(entry),
        places=tuple(parts.region_link(region) for region in report.places_by_target.get(entry.target_id, ())),
        responsible=tuple(parts.unit_link(unit) for unit in entry.responsible if unit != entry.lead),
        request_lead=request_lead(entry),
        request=request_text(entry, report.package.government.information_request),
        reuse=reuse_view(given, entry.target),
        previous=parts.target_link(report.entry_by_id[entry.previous_id]) if entry.previous_id else None,
        next=parts.target_link(report.entry_by_id[entry.next_id]) if entry.next_id else None,
    )


def _asked(entry: TargetEntry) -> str:
    """Whom to ask, beside the lead unit; only that a letter is there where it is the one to ask."""
    found, body = entry_addressee(entry)
    return t("target.who.asked_lead" if found == "lead" else "target.who.asked", body=body)


def _remarks(entry: TargetEntry) -> Iterator[str]:
    """What a reader must know about how the document was read."""
    if not entry.target.in_totals:
        key = "duplicate" if entry.target.duplicate_of else "layout"
        yield t("target.status.not_in_totals", reason=t(f"target.status.{key}"))
    for flag in NOTED_FLAGS:
        if flag in {raised.replace("-", "_") for raised in entry.target.flags}:
            yield t(f"target.flag.{flag}")


def _document(entry: TargetEntry, package: Package) -> Iterator[Fact]:
    """Where the promise stands in the document, and what exactly it says."""
    target = entry.target
    plan = parts.plan_link(entry.plan)
    yield Fact(t("target.document.plan"), f"{entry.plan.title}{in_brackets(entry.plan.doc_number)}", plan.address)
    yield Fact(t("target.document.section"), wording.section(target.section))
    if target.figure_as_printed:
        yield Fact(t("target.document.printed"), quoted(target.figure_as_printed))
    if entry.project:
        project = parts.project_link(entry.project)
        yield Fact(t("target.document.project"), project.label, project.address)
    yield Fact(t("target.document.indicator"), entry.indicator.name, parts.indicator_link(entry.indicator).address)
    if entry.indicator.definition:
        yield Fact(t("target.document.definition"), entry.indicator.definition)
    yield Fact(t("target.document.region"), entry.region.name, parts.region_link(entry.region).address)
    if reference := package.region_by_id.get(target.reference_region_id or ""):
        yield Fact(t("target.document.reference"), reference.name, parts.region_link(reference).address)
    yield Fact(t("target.document.condition"), wording.short_condition(entry))
    when = wording.deadline(entry) if entry.deadline else t("target.document.deadline_none")
    yield Fact(t("target.document.deadline"), when)
    if target.baseline_period and target.baseline_value is not None:
        value = wording.amount(target.baseline_value, entry.indicator.unit)
        words = t("target.document.baseline_value", period=period(target.baseline_period), amount=value)
        yield Fact(t("target.document.baseline"), words)
    for old in package.withdrawn:
        if old.target_id in target.replaces:
            yield Fact(t("target.document.replaces"), old.name, parts.target_address(old.target_id))
    if target.note:
        yield Fact(t("target.document.note"), target.note)


def _quote(entry: TargetEntry, package: Package) -> Quote:
    """The whole sentence of the plan where it is on record, else the words the figure was read from."""
    target = entry.target
    words = target.quote or target.words
    address = quote_address(package.texts, target.plan_id, target.quote) if target.quote else None
    lead = t("target.quote", plan=parts.plan_link(entry.plan).label, section=wording.section(target.section))
    return Quote(quoted(words), lead, address)


def _related(entry: TargetEntry) -> Iterator[RelatedView]:
    """The latest figure of each published series near the target; earlier ones are on its indicator's page."""
    for series in entry.related:
        latest = latest_of(series.figures)
        if latest:
            yield RelatedView(
                title=Link(
                    wording.series_name(series.indicator, series.region),
                    parts.indicator_link(series.indicator).address,
                ),
                relation=t(f"target.related.relation_{series.record.relation}"),
                note=series.record.note,
                latest=wording.figure_words(latest.observation, series.indicator.unit),
                published=published_cell(latest.observation, latest.source),
                source=parts.source_link(latest.source),
            )
