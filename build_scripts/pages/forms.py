"""The plan's three forms, whole: indicators, tasks, problems. Gets the report, gives one printable table a form.

Together the first two carry every target once: those with a level or a quantity in the first, milestones and yearly
duties beside the named works in the second. The third has what was officially reported; what this site finds by
itself is told by `pages.problems`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from build_scripts.core.leads import lead
from build_scripts.core.records import Link, Page, Task
from build_scripts.locale import DASH, day, how_many, percent, signed, t
from build_scripts.pages import parts, wording
from build_scripts.pages.cells import owner_cell, project_cell
from build_scripts.pages.filtering import FilterField, RowKeys, filter_fields, target_keys, task_keys
from build_scripts.pages.parts import Badge, Strip
from build_scripts.pages.problems import IssueRow, issue_rows
from build_scripts.pages.site_data import SiteData
from build_scripts.report import Report, TargetEntry, tally
from build_scripts.report.findings import findings, judged_evidence
from build_scripts.report.ordering import by_knowledge
from build_scripts.report.problems import issues

FORMS = ("indicators", "tasks", "problems")
DATED_KINDS = ("milestone", "annual_task")


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A target in the first form; percentages and points are text, their units stand in the header."""

    link: Link
    project: Link
    region: str
    condition: str
    deadline: str
    latest: str
    attainment: str
    progress: str
    time: str
    gap: str
    badge: Badge
    grade: str
    source: Link | None
    owner: Link
    in_totals: bool
    keys: RowKeys


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A named work in the second form: what was promised by when, what was last published."""

    link: Link
    project: Link
    region: str
    due: str
    state: str
    text: str
    source: Link | None
    owner: Link
    keys: RowKeys


@dataclass(frozen=True, slots=True)
class FormLink:
    """One of the three forms in the list that leads from each to the others."""

    link: Link
    here: bool
    about: str


@dataclass(frozen=True, slots=True)
class IndicatorsView:
    """What the form of indicators shows."""

    title: str
    sentence: str
    strip: Strip
    forms: tuple[FormLink, ...]
    filter: tuple[FilterField, ...]
    rows: tuple[IndicatorRow, ...]
    caption: str
    method: str


@dataclass(frozen=True, slots=True)
class TasksView:
    """What the form of tasks shows."""

    title: str
    sentence: str
    forms: tuple[FormLink, ...]
    dated_filter: tuple[FilterField, ...]
    dated: tuple[IndicatorRow, ...]
    dated_caption: str
    works_filter: tuple[FilterField, ...]
    works: tuple[WorkRow, ...]
    works_caption: str
    method: str


@dataclass(frozen=True, slots=True)
class ProblemsView:
    """What the form of problems shows: what was reported; what this site finds has a page of its own."""

    title: str
    sentence: str
    forms: tuple[FormLink, ...]
    issues: tuple[IssueRow, ...]
    issues_caption: str
    found: str
    method: str


def pages(given: SiteData) -> Iterator[Page]:
    """The three forms."""
    report = given.report
    yield _page("indicators", _indicators(report), "targets/targets.csv")
    yield _page("tasks", _tasks(report), "targets/tasks.csv")
    yield _page("problems", _problems(report), "progress/problems.csv")


def _page(form: str, view: IndicatorsView | TasksView | ProblemsView, source: str) -> Page:
    return Page(
        address=f"forms/{form}/",
        template=f"forms_{form}",
        view=view,
        title=view.title,
        description=view.sentence,
        source=source,
        crumbs=parts.crumbs(),
        assessed=True,
        toc=False,
    )


def form_links(here: str = "") -> tuple[FormLink, ...]:
    """The three forms in the plan's order; `here` is the one being read."""
    return tuple(
        FormLink(Link(t(f"threeforms.title.{form}"), f"forms/{form}/"), form == here, t(f"threeforms.about.{form}"))
        for form in FORMS
    )


def _indicators(report: Report) -> IndicatorsView:
    entries = by_knowledge(entry for entry in report.entries if entry.target.kind not in DATED_KINDS)
    counted = tally(entries)
    rows = tuple(_target_rows(report, entries))
    sentence = t(
        "threeforms.indicators.sentence",
        total=how_many(counted.total, "item"),
        disclosed=how_many(counted.disclosed, "item"),
        judged=how_many(counted.judged, "item"),
    )
    return IndicatorsView(
        title=t("threeforms.title.indicators"),
        sentence=sentence if counted.total else t("threeforms.indicators.sentence_none"),
        strip=parts.status_strip(counted),
        forms=form_links("indicators"),
        filter=filter_fields(report, [row.keys for row in rows]),
        rows=rows,
        caption=t("threeforms.indicators.caption", count=how_many(counted.total, "item"), day=day(report.as_of)),
        method=parts.method_line(report.as_of),
    )


def _tasks(report: Report) -> TasksView:
    dated = by_knowledge(entry for entry in report.entries if entry.target.kind in DATED_KINDS)
    works = sorted(report.package.tasks, key=lambda task: not report.happenings_by_task.get(task.task_id))
    reported = sum(bool(report.happenings_by_task.get(task.task_id)) for task in works)
    done = sum(_state(report, task) == "done" for task in works)
    sentence = t(
        "threeforms.tasks.sentence",
        works=how_many(len(works), "item"),
        dated=how_many(len(dated), "item"),
        reported=how_many(reported, "item"),
        done=how_many(done, "item"),
        without=how_many(sum(task.due is None for task in works), "item"),
    )
    return TasksView(
        title=t("threeforms.title.tasks"),
        sentence=sentence if works or dated else t("threeforms.tasks.sentence_none"),
        forms=form_links("tasks"),
        dated_filter=filter_fields(report, [target_keys(entry, report) for entry in dated]),
        dated=tuple(_target_rows(report, dated)),
        dated_caption=t("threeforms.tasks.dated_caption", count=how_many(len(dated), "item")),
        works_filter=filter_fields(report, [task_keys(report, task) for task in works]),
        works=tuple(_work_row(report, task) for task in works),
        works_caption=t("threeforms.tasks.works_caption", count=how_many(len(works), "item")),
        method=parts.method_line(report.as_of),
    )


def _problems(report: Report) -> ProblemsView:
    reported, found = issues(report), findings(report)
    opened = sum(issue.is_open for issue in reported)
    rest = t("threeforms.problems.rest" if opened else "threeforms.problems.rest_none", count=how_many(opened, "each"))
    key = "threeforms.problems.sentence" if reported else "threeforms.problems.sentence_none"
    return ProblemsView(
        title=t("threeforms.title.problems"),
        sentence=t(
            key,
            day=day(report.as_of),
            reported=how_many(len(reported), "each"),
            rest=rest,
        ),
        forms=form_links("problems"),
        issues=issue_rows(reported),
        issues_caption=t("problem.caption.issues", count=how_many(len(reported), "each")),
        found=t("threeforms.problems.found", count=how_many(len(found), "item")) if found else "",
        method=parts.method_line(report.as_of),
    )


def _target_rows(report: Report, entries: Iterable[TargetEntry]) -> Iterator[IndicatorRow]:
    for entry in entries:
        judged = entry.assessment
        evidence = judged_evidence(entry) or entry.latest
        yield IndicatorRow(
            link=parts.target_link(entry),
            project=project_cell(entry.project),
            region=entry.region.name,
            condition=wording.short_condition(entry),
            deadline=wording.deadline(entry),
            latest=parts.latest_cell(entry),
            attainment=_attainment(entry),
            progress=percent(judged.progress_pct).removesuffix("%"),
            time=percent(judged.time_pct).removesuffix("%"),
            gap=signed(judged.gap_pp),
            badge=parts.badge(entry.status),
            grade=judged.grade.value if judged.grade else DASH,
            source=parts.source_link(evidence.source) if evidence else None,
            owner=owner_cell(entry.lead),
            in_totals=entry.target.in_totals,
            keys=target_keys(entry, report),
        )


def _attainment(entry: TargetEntry) -> str:
    """The share of the goal; a dash where a ratio would mislead."""
    if wording.ratio_misleads(entry.target.unit):
        return DASH
    return percent(entry.assessment.attainment_pct).removesuffix("%")


def _work_row(report: Report, task: Task) -> WorkRow:
    package = report.package
    happenings = report.happenings_by_task.get(task.task_id, ())
    last = happenings[-1] if happenings else None
    project = package.project_by_id.get(task.project_id or "")
    return WorkRow(
        link=parts.work_link(task),
        project=project_cell(project),
        region=package.region_by_id[task.region_id].name if task.region_id else DASH,
        due=task.due_as_printed or (day(task.due) if task.due else t("project.tasks.due_none")),
        state=parts.event_cell(last.event) if last else "",
        text=last.event.note if last else "",
        source=parts.source_link(last.source) if last else None,
        owner=owner_cell(lead(package, task)),
        keys=task_keys(report, task),
    )


def _state(report: Report, task: Task) -> str:
    happenings = report.happenings_by_task.get(task.task_id, ())
    return happenings[-1].event.state if happenings else ""
