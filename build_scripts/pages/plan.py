"""Plan pages: what the document is, what it asks for, where its targets stand; and the list of plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from build_scripts.charts import ChartFigure
from build_scripts.core.records import Link, Page, Plan
from build_scripts.locale import and_then, by_comma, capital, day, how_many, in_brackets, in_years, listed, t, titled
from build_scripts.pages import disclosure, parts, wording
from build_scripts.pages.disclosure import DisclosureCounts
from build_scripts.pages.folding import Folded, folded
from build_scripts.pages.history_figures import history_id
from build_scripts.pages.parts import Fact, ProjectCard, Strip, TargetRow
from build_scripts.pages.plan_text import text_address
from build_scripts.pages.site_data import SiteData
from build_scripts.report import Report, TargetEntry, tally
from build_scripts.report.ordering import NOTHING, by_knowledge, nearness, rank

SOURCE = "targets/plans.csv"
HINTED = 2
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class StripRow:
    """A named group of targets with its strip."""

    label: str
    count: str
    strip: Strip


@dataclass(frozen=True, slots=True)
class SectionTable:
    """The targets of one section; `known` says of how many anything is known, `hint` names some of them.

    The label alone (`二、（一）2.`) tells a reader nothing.
    """

    anchor: str
    title: str
    known: str
    hint: str
    caption: str
    targets: tuple[TargetRow, ...]


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A plan in a list: its facts in one line and its families."""

    link: Link
    facts: str
    summary: str
    strip: Strip
    count: str
    unanswered: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """What a plan's page shows."""

    title: str
    sentence: str
    facts_heading: str
    facts: tuple[Fact, ...]
    url: str
    summary: str
    strip: Strip
    disclosure: DisclosureCounts | None
    years: tuple[StripRow, ...]
    history: ChartFigure | None
    projects: tuple[ProjectCard, ...]
    told: Folded
    tables: tuple[SectionTable, ...]
    method: str


@dataclass(frozen=True, slots=True)
class PlanListView:
    """What the list of plans shows."""

    title: str
    lead: str
    cards: tuple[PlanCard, ...]


def pages(given: SiteData) -> Iterator[Page]:
    """The list, then a page for every plan."""
    report = given.report
    title = t("plan.title_list")
    cards = tuple(plan_card(report, plan) for plan in report.package.plans)
    yield Page(
        address="plans/",
        template="plans",
        view=PlanListView(title, t("plan.lead_list"), cards),
        title=title,
        description=t("plan.description_list"),
        source=SOURCE,
        crumbs=parts.crumbs(),
        assessed=True,
    )
    for plan in report.package.plans:
        entries = report.entries_by_plan.get(plan.plan_id, ())
        yield Page(
            address=parts.plan_link(plan).address,
            template="plan",
            view=_view(given, plan, entries),
            title=plan.title,
            description=t(
                "plan.description",
                title=plan.title,
                number=in_brackets(plan.doc_number),
                total=how_many(len(entries), "item"),
                families=parts.families_words(tally(entries)),
            ),
            source=SOURCE,
            crumbs=parts.crumbs(parts.section_link("plans")),
            assessed=True,
        )


def plan_card(report: Report, plan: Plan) -> PlanCard:
    """A plan in a list of cards."""
    counted = tally(report.entries_by_plan.get(plan.plan_id, ()))
    facts = t(
        "home.plans.facts",
        number=and_then(plan.doc_number),
        day=day(plan.issued_on),
        first=plan.period_start,
        last=plan.period_end,
    )
    count = t("home.projects.count", count=how_many(counted.total, "item"))
    link = Link(plan.title, parts.plan_link(plan).address)
    return PlanCard(link, facts, plan.summary, parts.family_strip(counted), count, disclosure.brief(counted))


def _view(given: SiteData, plan: Plan, entries: tuple[TargetEntry, ...]) -> PlanView:
    report = given.report
    by_section = _grouped(entries, [wording.section(entry.target.section) for entry in entries])
    by_year = _grouped(entries, [entry.deadline.year if entry.deadline else None for entry in entries])
    dated = sorted(year for year in by_year if year is not None)
    years = [(t("plan.year.label", year=year), by_year[year]) for year in dated]
    if None in by_year:
        years.append((t("plan.year.none"), by_year[None]))
    told = how_many(sum(rank(entry) < NOTHING for entry in entries), "item")
    anchors = {section: f"section-{index}" for index, section in enumerate(by_section, start=1)}
    return PlanView(
        title=plan.title,
        sentence=_sentence(plan, entries, years),
        facts_heading=t("plan.heading.facts", number=in_brackets(plan.doc_number)),
        facts=tuple(_facts(plan, in_full=plan.plan_id in report.package.texts)),
        url=plan.url,
        summary=plan.summary,
        strip=parts.family_strip(tally(entries)),
        disclosure=disclosure.counts(tally(entries)),
        years=tuple(_strip_row(label, found) for label, found in years),
        history=given.charts.get(history_id(plan.plan_id)),
        projects=tuple(parts.project_card(report, project) for project in report.projects_by_plan[plan.plan_id]),
        told=folded(
            (each for each in entries if rank(each) < NOTHING),
            t(f"plan.told.{nearness(entries)}", count=told),
        ),
        tables=tuple(_table(section, anchors[section], found) for section, found in by_section.items()),
        method=parts.method_line(report.as_of),
    )


def _sentence(plan: Plan, entries: tuple[TargetEntry, ...], years: list[tuple[str, list[TargetEntry]]]) -> str:
    words = by_comma(t("plan.year.counted", label=label, count=how_many(len(found), "item")) for label, found in years)
    total = how_many(len(entries), "item")
    return t("plan.sentence", title=titled(plan.title), total=total, years=words)


def _facts(plan: Plan, *, in_full: bool) -> Iterator[Fact]:
    if plan.doc_number:
        yield Fact(t("plan.fact.number"), plan.doc_number)
    yield Fact(t("plan.fact.issuer"), plan.issuer)
    yield Fact(t("plan.fact.issued"), day(plan.issued_on))
    yield Fact(t("plan.fact.years"), in_years(plan.period_start, plan.period_end))
    if in_full:
        yield Fact(
            t("plan.fact.text"), t("plan.text.title", plan=parts.plan_link(plan).label), text_address(plan.plan_id)
        )
    if not plan.url:
        yield Fact(t("plan.fact.url"), t("plan.fact.url_none"))


def _grouped(entries: tuple[TargetEntry, ...], keys: list[Key]) -> dict[Key, list[TargetEntry]]:
    """Entries by key, keys in the order they first occur."""
    found: dict[Key, list[TargetEntry]] = {}
    for entry, key in zip(entries, keys, strict=True):
        found.setdefault(key, []).append(entry)
    return found


def _strip_row(label: str, entries: list[TargetEntry]) -> StripRow:
    return StripRow(
        t("plan.year.strip", label=capital(label)), how_many(len(entries), "item"), parts.status_strip(tally(entries))
    )


def _hint(entries: list[TargetEntry]) -> str:
    """What a section is about: its first targets by name."""
    names = listed(entry.target.name for entry in entries[:HINTED])
    return t("plan.section.hint_more" if len(entries) > HINTED else "plan.section.hint", names=names)


def _table(section: str, anchor: str, entries: list[TargetEntry]) -> SectionTable:
    caption = t("plan.section.caption", section=section, count=how_many(len(entries), "item"))
    known = sum(rank(entry) < NOTHING for entry in entries)
    words = {"count": how_many(len(entries), "item"), "known": how_many(known, "item")}
    told = t(f"plan.section.{nearness(entries)}" if known else "plan.section.silent", **words)
    return SectionTable(
        anchor, section, told, _hint(entries), caption, tuple(map(parts.target_row, by_knowledge(entries)))
    )
