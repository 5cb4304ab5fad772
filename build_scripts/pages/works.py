"""Pages of named works: promised and actual days, every published step, who answers; and the list of all works.

A work of which something was published is told in full; one without is short: what the plan says, and whom to ask.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.core.foreign import is_han
from build_scripts.core.records import Link, Page, Task
from build_scripts.locale import by_comma, day, how_many, t
from build_scripts.pages import feedlinks, parts, wording
from build_scripts.pages.letters import work_letter, work_letter_lead
from build_scripts.pages.parts import Badge, EventRow, Fact, TargetRow
from build_scripts.pages.reuse import subject_files
from build_scripts.pages.site_data import SiteData
from build_scripts.pages.worklines import WorkLines, count_words, news, work_badge, work_lines
from build_scripts.report import Report
from build_scripts.report.works import Work, answering, told_first, works

TABLE = "targets/tasks.csv"


@dataclass(frozen=True, slots=True)
class WorkView:
    """What a work's page shows."""

    title: str
    badge: Badge
    sentence: str
    as_of: str
    facts: tuple[Fact, ...]
    line: WorkLines | None
    steps: tuple[EventRow, ...]
    steps_caption: str
    targets: tuple[TargetRow, ...]
    targets_caption: str
    answering: tuple[Link, ...]
    answering_none: str
    request_lead: str
    request: str
    files: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SilentWork:
    """A work of which nothing was published, in a list: its name and the day it is due, if the plan prints one."""

    link: Link
    due: str


@dataclass(frozen=True, slots=True)
class SilentGroup:
    """Such works of one project, or of one place where the plan gives no project."""

    title: str
    works: tuple[SilentWork, ...]


@dataclass(frozen=True, slots=True)
class WorksView:
    """What the list of works shows: those with published steps on one axis, then the silent ones, folded."""

    title: str
    lead: str
    lines: WorkLines | None
    silent_title: str
    silent: tuple[SilentGroup, ...]
    ended: tuple[Fact, ...]


def pages(given: SiteData) -> Iterator[Page]:
    """The list, then a page for every work."""
    report = given.report
    found = works(report)
    title = t("work.title_list")
    lead = count_words(found)
    yield Page(
        address="works/",
        template="works",
        view=_list(given.report, found, title, lead),
        title=title,
        description=lead,
        source=TABLE,
        crumbs=parts.crumbs(),
    )
    for work in found:
        yield _page(given, work)


def _list(report: Report, found: tuple[Work, ...], title: str, lead: str) -> WorksView:
    silent = [work for work in found if work.last is None]
    return WorksView(
        title=title,
        lead=lead,
        lines=work_lines(report, told_first(found)),
        silent_title=t("work.silent_title", count=how_many(len(silent), "item")) if silent else "",
        silent=tuple(silent_groups(report, silent)),
        ended=tuple(ended_line(report, task) for task in report.package.ended_tasks),
    )


def silent_groups(report: Report, silent: list[Work]) -> Iterator[SilentGroup]:
    """Silent works by project in the plans' order, then those outside projects by place."""
    package = report.package
    groups: dict[str, list[Task]] = {project.title: [] for project in package.projects}
    groups |= {region.name: [] for region in package.regions if region.name not in groups}
    for task in (work.task for work in silent):
        project = package.project_by_id.get(task.project_id or "")
        region = package.region_by_id.get(task.region_id or "")
        name = project.title if project else region.name if region else t("filter.no_region")
        groups.setdefault(name, []).append(task)
    for name, tasks in groups.items():
        if tasks:
            count = how_many(len(tasks), "item")
            yield SilentGroup(t("work.group", name=name, count=count), tuple(map(silent_work, tasks)))


def silent_work(task: Task) -> SilentWork:
    """A work in a list of silent ones."""
    return SilentWork(parts.work_link(task), _due(task, ""))


def heirs_of_work(report: Report, task: Task) -> tuple[Link, ...]:
    """The works that took the place of one that holds no longer."""
    there = report.package.task_by_id.values()
    return tuple(parts.work_link(each) for each in there if task.task_id in each.replaces)


def ended_line(report: Report, task: Task) -> Fact:
    """A work that holds no longer, in a list: since when, and what has taken its place."""
    heirs = by_comma([each.label for each in heirs_of_work(report, task)])
    key = "work.ended.listed_replaced" if heirs else "work.ended.listed"
    return Fact(task.name, t(key, day=day(task.withdrawn_on), heirs=heirs), parts.work_link(task).address)


def _page(given: SiteData, work: Work) -> Page:
    report, task = given.report, work.task
    project = report.package.project_by_id.get(task.project_id or "")
    sentence = _sentence(report, work)
    return Page(
        address=parts.work_link(task).address,
        template="work",
        view=_view(given, work, sentence),
        title=task.name,
        description=sentence,
        source=TABLE,
        crumbs=parts.crumbs(Link(t("work.title_list"), "works/"), *((parts.project_link(project),) if project else ())),
        feed=feedlinks.project_feed(project.project_id) if project else "",
    )


def _view(given: SiteData, work: Work, sentence: str) -> WorkView:
    report, task = given.report, work.task
    served = report.entry_by_id.get(task.target_id or "")
    count = how_many(len(work.happenings), "line")
    return WorkView(
        title=task.name,
        badge=work_badge(work),
        sentence=sentence,
        as_of=t("work.as_of", day=day(report.as_of)),
        facts=tuple(work_facts(report, work)),
        line=work_lines(report, (work,)) if len(work.happenings) > 1 else None,
        steps=tuple(parts.event_row(each, named=False) for each in reversed(work.happenings)),
        steps_caption=t("work.steps_caption", name=task.name, count=count),
        targets=(parts.target_row(served),) if served else (),
        targets_caption=t("work.targets_caption", name=task.name),
        answering=tuple(parts.unit_link(unit) for unit in answering(report, task)),
        answering_none=t("work.answering_none"),
        request_lead=work_letter_lead(report, task),
        request=work_letter(report, work),
        files=subject_files(given, f"works/{task.task_id}"),
    )


def work_facts(report: Report, work: Work) -> Iterator[Fact]:
    """What the plan says, by when, what became of it, and where it belongs."""
    package, task = report.package, work.task
    plan = package.plan_by_id[task.plan_id]
    yield Fact(t("work.fact.due"), _due(task, t("project.tasks.due_none")))
    if work.planned:
        yield Fact(t("work.fact.planned"), day(work.planned))
    if work.done:
        yield Fact(t("work.fact.done"), day(work.done))
    if task.note:
        words = task.note.removeprefix(t("work.fact.printed_mark"))
        yield Fact(t("work.fact.printed" if words != task.note else "work.fact.note"), words)
    link = parts.plan_link(plan)
    yield Fact(t("work.fact.plan"), by_comma([link.label, wording.section(task.section)]), link.address)
    if project := package.project_by_id.get(task.project_id or ""):
        link = parts.project_link(project)
        yield Fact(t("work.fact.project"), link.label, link.address)
    if region := package.region_by_id.get(task.region_id or ""):
        link = parts.region_link(region)
        yield Fact(t("work.fact.region"), link.label, link.address)
    for old in package.ended_tasks:
        if old.task_id in task.replaces:
            yield Fact(t("work.fact.replaces"), old.name, parts.work_link(old).address)


def _due(task: Task, without: str) -> str:
    """The promised day as the plan prints it, else the day it is read as, else `without`."""
    printed = task.due_as_printed
    said = ("" if any(map(is_han, printed)) else " ").join(printed.split())
    return said or (day(task.due) if task.due else without)


def _sentence(report: Report, work: Work) -> str:
    """Promise and what became of it, in one sentence."""
    task = work.task
    due = _due(task, "")
    document = wording.document(report.package.plan_by_id[task.plan_id])
    promise = t("work.promise.due" if due else "work.promise.undated", document=document, due=due)
    if work.last is None:
        return t("work.sentence.silent", promise=promise, day=day(report.as_of))
    planned = t("work.sentence.planned", day=day(work.planned)) if work.planned else ""
    return t("work.sentence.told", promise=promise, news=news(work), planned=planned)
