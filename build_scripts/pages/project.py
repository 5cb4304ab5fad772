"""Project pages: ten major projects, landmark projects, platforms, coordination and work mechanisms, and their list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.charts import ChartFigure
from build_scripts.core.records import Link, Page, Project
from build_scripts.core.vocabulary import PROJECT_KIND
from build_scripts.locale import by_comma, day, how_many, in_brackets, number, t, with_unit
from build_scripts.pages import disclosure, feedlinks, figures, parts, wording
from build_scripts.pages.apart import told_apart
from build_scripts.pages.disclosure import DisclosureCounts
from build_scripts.pages.folding import Folded, folded
from build_scripts.pages.lists import this_project, word
from build_scripts.pages.parts import Fact, ProjectCard, Strip
from build_scripts.pages.reuse import subject_files
from build_scripts.pages.site_data import SiteData
from build_scripts.pages.tasks import TaskRow, task_row
from build_scripts.pages.updates import UpdateRow, update_rows
from build_scripts.report import Report, tally

UPDATES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class ProjectView:
    """What a project's page shows."""

    title: str
    sentence: str
    objective: str
    facts: tuple[Fact, ...]
    responsible: tuple[Link, ...]
    strip: Strip
    disclosure: DisclosureCounts | None
    against_time: ChartFigure | None
    targets: Folded
    timeline: ChartFigure | None
    tasks: tuple[TaskRow, ...]
    tasks_caption: str
    updates: tuple[UpdateRow, ...]
    updates_none: str
    files: tuple[Link, ...]
    method: str


@dataclass(frozen=True, slots=True)
class KindGroup:
    """The projects of one kind of one plan, for the list."""

    anchor: str
    title: str
    plan: Link
    cards: tuple[ProjectCard, ...]


@dataclass(frozen=True, slots=True)
class ProjectListView:
    """What the list of projects shows."""

    title: str
    lead: str
    groups: tuple[KindGroup, ...]


def pages(given: SiteData) -> Iterator[Page]:
    """The list, then a page for every project."""
    report = given.report
    count = how_many(len(report.package.projects), "plain")
    title = t("project.title_list")
    yield Page(
        address="projects/",
        template="projects",
        view=ProjectListView(title, t("project.lead_list", count=count), tuple(projects_grouped(report))),
        title=title,
        description=t("project.description_list", count=count),
        source="targets/projects.csv",
        crumbs=parts.crumbs(),
        assessed=True,
    )
    for project in report.package.projects:
        yield _page(given, project)


def _page(given: SiteData, project: Project) -> Page:
    report = given.report
    entries = report.entries_by_project.get(project.project_id, ())
    counted = tally(entries)
    key = "project.description" if entries else "project.description_empty"
    families = parts.families_words(counted) if entries else ""
    total = how_many(counted.total, "item")
    return Page(
        address=parts.project_link(project).address,
        template="project",
        view=_view(given, project),
        title=project.title,
        description=t(key, title=project.title, total=total, families=families),
        source="targets/projects.csv",
        crumbs=parts.crumbs(parts.section_link("projects")),
        assessed=True,
        feed=feedlinks.project_feed(project.project_id),
    )


def _view(given: SiteData, project: Project) -> ProjectView:
    report = given.report
    entries = report.entries_by_project.get(project.project_id, ())
    tasks = report.tasks_by_project[project.project_id]
    ids = {entry.target_id for entry in entries}
    task_ids = {task.task_id for task in tasks}
    own = [u for u in report.updates if ids & set(u.target_ids) or (u.event and u.event.task_id in task_ids)]
    return ProjectView(
        title=project.title,
        sentence=_sentence(report, project),
        objective=project.objective,
        facts=tuple(_facts(report, project)),
        responsible=tuple(parts.unit_link(unit) for unit in report.units_by_project[project.project_id]),
        strip=parts.status_strip(tally(entries)),
        disclosure=disclosure.counts(tally(entries)),
        against_time=given.charts.get(figures.bullet_id(project.project_id)),
        targets=folded(entries, t("table.caption.targets", name=project.title, count=how_many(len(entries), "item"))),
        timeline=given.charts.get(figures.timeline_id(project.project_id)),
        tasks=tuple(task_row(report, task) for task in tasks),
        tasks_caption=t("table.caption.tasks", name=project.title, count=how_many(len(tasks), "item")),
        updates=update_rows(report, sorted(own, key=lambda u: u.pub, reverse=True)[:UPDATES_SHOWN]),
        updates_none=t("project.updates.none", day=day(report.as_of)),
        files=subject_files(given, f"projects/{project.project_id}"),
        method=parts.method_line(report.as_of),
    )


def _sentence(report: Report, project: Project) -> str:
    """One sentence: what it is, who leads it, how much is promised."""
    units = report.units_by_project[project.project_id]
    entries = report.entries_by_project.get(project.project_id, ())
    tasks = report.tasks_by_project[project.project_id]
    if project.lead_unit_id:
        owner = t("project.owner_lead", lead=report.package.unit_by_id[project.lead_unit_id].name)
    elif units:
        # A name for several bodies is not one of them.
        known = "some" if any(wording.is_collective(unit) for unit in units) else "responsible"
        owner = t(f"project.owner_{known}", count=how_many(len(units), "body"))
    else:
        owner = t("project.owner_none")
    total = how_many(len(entries), "item")
    return t(
        "project.sentence",
        kind=this_project(report.package, project.kind),
        owner=owner,
        targets=t("project.targets_count", count=total) if entries else t("project.targets_none"),
        tasks=t(f"project.tasks_{'count' if entries else 'only'}", count=how_many(len(tasks), "item")) if tasks else "",
    )


def _facts(report: Report, project: Project) -> Iterator[Fact]:
    plan = report.package.plan_by_id[project.plan_id]
    link = parts.plan_link(plan)
    yield Fact(t("project.fact.plan"), f"{plan.title}{in_brackets(plan.doc_number)}", link.address)
    yield Fact(t("project.fact.section"), wording.section(project.section))
    if project.convener:
        yield Fact(t("project.fact.convener"), project.convener)
    if project.lead_unit_id:
        lead = parts.unit_link(report.package.unit_by_id[project.lead_unit_id])
        yield Fact(t("project.fact.lead"), lead.label, lead.address)
    else:
        yield Fact(t("project.fact.lead"), t("project.fact.lead_none"))
    if words := _ended(report, project):
        yield Fact(t("project.fact.state"), words)
    for old in (each for each in report.package.projects if each.project_id in project.replaces):
        yield Fact(t("project.fact.replaces"), old.title, parts.project_link(old).address)
    for task in report.package.ended_tasks:
        if task.project_id == project.project_id:
            yield Fact(t("project.fact.ended_task"), task.name, parts.work_link(task).address)
    if project.investment is not None:
        yield Fact(t("project.fact.investment"), with_unit(number(project.investment), project.investment_unit))


def _ended(report: Report, project: Project) -> str:
    """Since when a project holds no longer, and what has taken its place; nothing while it holds."""
    if project.withdrawn_on is None or project.withdrawn_on > report.as_of:
        return ""
    heirs = by_comma([each.name for each in report.package.projects if project.project_id in each.replaces])
    key = "project.fact.ended_replaced" if heirs else "project.fact.ended"
    return t(key, day=day(project.withdrawn_on), heirs=heirs)


def projects_grouped(report: Report) -> Iterator[KindGroup]:
    """Projects by kind, major ones first, each kind with its plan."""
    for kind in report.package.lists.codes(PROJECT_KIND):
        of_kind = {
            plan.plan_id: [each for each in report.projects_by_plan[plan.plan_id] if each.kind == kind]
            for plan in report.package.plans
        }
        plans = [plan for plan in report.package.plans if of_kind[plan.plan_id]]
        headings = told_apart(report, word(report.package, PROJECT_KIND, kind), plans)
        for plan, heading in zip(plans, headings, strict=True):
            cards = tuple(parts.project_card(report, project) for project in of_kind[plan.plan_id])
            anchor = f"{kind.replace('_', '-')}-{plan.plan_id}"
            yield KindGroup(anchor, heading, parts.plan_link(plan), cards)
