"""Small views that several pages share, and the ways to make them: badges, strips, links, rows of tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from build_scripts.core.method import METHOD_VERSION, Family, Status
from build_scripts.core.records import Indicator, Link, Plan, Problem, Project, Region, Source, Task, TaskEvent, Unit
from build_scripts.locale import DASH, SaidIn, by_comma, day, how_many, number, period, said_in_large, t
from build_scripts.locale.catalogue import has
from build_scripts.locale.pub_date import published_cell
from build_scripts.pages import disclosure, wording
from build_scripts.pages.filtering import RowKeys, target_keys
from build_scripts.report import Figure, Report, Tally, TargetEntry, TaskUpdate, tally


@dataclass(frozen=True, slots=True)
class Badge:
    """A status as shown: colour class, glyph and word, never one without the others."""

    code: str
    glyph: str
    label: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a strip; `start` and `width` in % of the strip (0–100)."""

    code: str
    glyph: str
    label: str
    count: int
    start: str
    width: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A bar over all targets of something; `summary` says it in words for those who do not see it."""

    total: int
    segments: tuple[Segment, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """A project in a list of cards."""

    link: Link
    lead: str
    count: str
    strip: Strip
    unanswered: str


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target in a table; `tag` is a remark beside its name."""

    link: Link
    region: str
    project: Link | None
    condition: str
    deadline: str
    latest: str
    badge: Badge
    in_totals: bool
    keys: RowKeys
    tag: str = ""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A published figure in a table; `value` without its unit, which the header says once.

    `aside` says why it is not the figure of its period; `struck`: its publisher's side took it back.
    """

    period: str
    value: str
    mark: str
    published: str
    source: Link
    basis: str
    note: str
    aside: str
    struck: bool


@dataclass(frozen=True, slots=True)
class EventRow:
    """A published step of a work; `text` is what was reported."""

    day: str
    state: str
    text: str
    published: str
    source: Link


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled fact of a list; `link` when the value leads somewhere."""

    label: str
    value: str
    address: str | None = None


def badge(status: Status) -> Badge:
    """The badge of a status."""
    return Badge(status.value, t(f"status.glyph.{status}"), t(f"status.label.{status}"))


def status_strip(counted: Tally) -> Strip:
    """The strip over all statuses that occur, in the method's order."""
    parts = [(s.value, t(f"status.glyph.{s}"), t(f"status.label.{s}"), n) for s, n in counted.by_status if n]
    return _strip(parts, counted.total)


def family_strip(counted: Tally) -> Strip:
    """The strip over the four families; all four are there, also those nobody is in."""
    glyphs = {Family.MET: "✔", Family.PROGRESSING: "▲", Family.LAGGING: "▼", Family.UNJUDGED: "○"}
    parts = [(f.value, glyphs[f], t(f"status.family.{f}"), counted.family(f)) for f in Family]
    return _strip(parts, counted.total)


def _strip(parts: Iterable[tuple[str, str, str, int]], total: int) -> Strip:
    """A strip from (code, glyph, label, count)."""
    segments, before = [], 0
    for code, glyph, label, count in parts:
        segments.append(Segment(code, glyph, label, count, _share(before, total), _share(count, total)))
        before += count
    words = by_comma(t("table.strip.part", label=s.label, count=s.count) for s in segments if s.count)
    summary = t("table.strip.summary", total=total, parts=words) if total else t("table.strip.empty")
    return Strip(total, tuple(segments), summary)


def _share(count: int, total: int) -> str:
    """`count` of `total` in %, three decimals, for geometry only."""
    return f"{Decimal(100 * count) / max(total, 1):.3f}"


def target_link(entry: TargetEntry) -> Link:
    """The link to a target's page."""
    return Link(entry.target.name, target_address(entry.target_id))


def target_address(target_id: str) -> str:
    """The address of a target's page."""
    return f"targets/{target_id}/"


def plan_link(plan: Plan) -> Link:
    """The link to a plan's page, by its short title."""
    return Link(plan.name, f"plans/{plan.plan_id}/")


def project_link(project: Project) -> Link:
    """The link to a project's page, by its full title."""
    return Link(project.title, f"projects/{project.project_id}/")


def work_link(task: Task) -> Link:
    """The link to a named work's page."""
    return Link(task.name, f"works/{task.task_id}/")


def unit_link(unit: Unit) -> Link:
    """The link to a unit's page."""
    return Link(unit.name, f"units/{unit.unit_id}/")


def region_link(region: Region) -> Link:
    """The link to a region's page."""
    return Link(region.name, f"regions/{region.region_id}/")


def indicator_link(indicator: Indicator) -> Link:
    """The link to an indicator's page."""
    return Link(indicator.name, f"indicators/{indicator.indicator_id}/")


def source_link(source: Source) -> Link:
    """The link to a source's page."""
    return Link(source.title, f"sources/{source.source_id}/")


def problem_link(problem: Problem) -> Link:
    """The link to a reported problem's page."""
    return Link(problem.title, f"problems/{problem.problem_id}/")


def crumbs(*links: Link) -> tuple[Link, ...]:
    """Breadcrumbs from home down to the page's parent."""
    return (Link(t("site.nav.home"), ""), *links)


def section_link(name: str) -> Link:
    """The link to one of the site's list pages (`plans`, `projects`, `targets`, `units`, `regions`, `sources`…)."""
    return Link(t(f"site.nav.{name}"), f"{name}/")


def target_row(entry: TargetEntry, tag: str = "") -> TargetRow:
    """A target as a table row."""
    return TargetRow(
        link=target_link(entry),
        region=entry.region.name,
        project=Link(entry.project.name, project_link(entry.project).address) if entry.project else None,
        condition=wording.short_condition(entry),
        deadline=wording.deadline(entry),
        latest=latest_cell(entry),
        badge=badge(entry.status),
        in_totals=entry.target.in_totals,
        keys=target_keys(entry),
        tag=tag,
    )


def latest_cell(entry: TargetEntry) -> str:
    """The latest figure or event of a target for a table cell; `—` when nothing was published of it or near it."""
    figure = entry.latest
    if figure:
        return wording.figure_words(figure.observation, entry.indicator.unit)
    if entry.happenings:
        return event_cell(entry.happenings[-1].event)
    if entry.related:
        return t("table.cell.related", count=how_many(len(entry.related), "item"))
    return DASH


def event_cell(event: TaskEvent) -> str:
    """A published step for a table cell."""
    return t("table.cell.event", day=day(event.date), state=t(f"reading.state.{event.state}"))


def said_together(indicator: Indicator, figures: Iterable[Figure]) -> SaidIn:
    """The unit in which all these figures of an indicator are printed where a heading names it once."""
    return said_in_large(indicator.unit, [figure.observation.value for figure in figures])


def figure_rows(figures: Sequence[Figure], decimals: int, said: SaidIn) -> tuple[FigureRow, ...]:
    """Published figures as table rows in a unit they share, the newest first."""
    return tuple(_figure_row(figure, decimals, said) for figure in reversed(figures))


def _figure_row(figure: Figure, decimals: int, said: SaidIn) -> FigureRow:
    """A published figure as a table row, with at least the decimals its indicator declares."""
    seen = figure.observation
    exponent = seen.value.as_tuple().exponent if seen.value is not None else 0
    places = max(decimals, -exponent if isinstance(exponent, int) else 0)
    return FigureRow(
        period=period(seen.period),
        value=DASH if seen.value is None else number(said.figure(seen.value), said.places(places)),
        mark=wording.mark(seen.obs_status),
        published=published_cell(seen, figure.source),
        source=source_link(figure.source),
        basis=t(f"table.basis.{seen.basis}") if has(f"table.basis.{seen.basis}") else seen.basis,
        note=seen.note,
        aside=wording.aside(figure),
        struck=figure.superseded,
    )


def event_row(happening: TaskUpdate, *, named: bool = True) -> EventRow:
    """A published step of a work as a table row; `named` says in it which work it is of."""
    event = happening.event
    full = t("home.updates.event", task=happening.task.name, text=event.note) if event.note else happening.task.name
    return EventRow(
        day=day(event.date),
        state=t(f"reading.state.{event.state}"),
        text=full if named else event.note or DASH,
        published=published_cell(event, happening.source),
        source=source_link(happening.source),
    )


def families_words(counted: Tally) -> str:
    """The four families with their counts, in words; unjudged is never left out."""
    return by_comma(
        t("format.line.count", label=t(f"status.family.{f}"), count=how_many(counted.family(f), "item")) for f in Family
    )


def built_words(built_on: date | None) -> str:
    """On which day the site was built, as the end of a sentence; on the few pages that say so."""
    return t("site.built", day=day(built_on)) if built_on else ""


def method_line(as_of: date) -> str:
    """The day and the method's version, for pages with verdicts."""
    return by_comma([t("target.status.as_of", day=day(as_of)), t("target.status.method", version=METHOD_VERSION)])


def project_card(report: Report, project: Project) -> ProjectCard:
    """A project in a list of cards."""
    counted = tally(report.entries_by_project.get(project.project_id, ()))
    lead = report.package.unit_by_id[project.lead_unit_id].name if project.lead_unit_id else ""
    return ProjectCard(
        link=project_link(project),
        lead=t("home.projects.lead", unit=lead) if lead else "",
        count=t("home.projects.count", count=how_many(counted.total, "item"))
        if counted.total
        else t("home.projects.empty"),
        strip=status_strip(counted),
        unanswered=disclosure.brief(counted),
    )
