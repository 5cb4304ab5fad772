"""What each unit's workbook says before a clerk touches it: its rows, prefilled from the package.

Gets a `PackageIndex` and a period, gives one `UnitForms` per unit. No workbook is written here.

Who gets which row: a target or task belongs to its own `lead_unit_id`, else to the lead of its project; a problem
belongs to its owner. Where a plan prints no lead nobody is promoted to it: such rows go into one workbook of their own
(`NO_LEAD`), to be returned by whichever unit has the figure. Units that only share a project see its rows on a
read-only sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from build_scripts.core.records import Target
from build_scripts.forms import goals
from build_scripts.forms.layout import NO_LEAD
from build_scripts.forms.package_index import PackageIndex, period_choices, series_key, unit_name
from build_scripts.forms.periods import FormPeriod
from build_scripts.locale import t


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One series (indicator × region) with every target that is read off it."""

    key: str
    project: str
    name: str
    region: str
    goal: str
    due: str
    unit: str
    last_value: Decimal | None
    last_period: str
    last_source: str
    status: str
    required: str
    period: str
    periods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task and its last published step."""

    key: str
    project: str
    name: str
    region: str
    due: str
    last_state: str
    last_date: date | None
    last_source: str
    last_note: str
    required: str


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One problem on the books and its last step."""

    key: str
    project: str
    title: str
    opened: date
    due: date | None
    last_state: str
    last_date: date | None
    last_note: str
    required: str


@dataclass(frozen=True, slots=True)
class SharedRow:
    """Something the unit has a part in but another unit reports, or nobody is named to lead."""

    form: str
    project: str
    name: str
    region: str
    goal: str
    due: str
    lead: str
    last: str


@dataclass(frozen=True, slots=True)
class UnitForms:
    """Everything one workbook shows.

    `unit_id` is `NO_LEAD` for a workbook of rows without a lead; `project` is the project these belong to.
    """

    unit_id: str
    unit: str
    project: str
    period: FormPeriod
    as_of: date
    indicators: tuple[IndicatorRow, ...]
    tasks: tuple[TaskRow, ...]
    problems: tuple[ProblemRow, ...]
    shared: tuple[SharedRow, ...]
    projects: tuple[str, ...]
    unit_names: tuple[str, ...]


def parts_of(book: PackageIndex, unit_id: str) -> list[str | None]:
    """The projects whose rows get a workbook of their own: where nobody leads, each project and what belongs to none.

    None stands for the whole of what a unit reports, the empty name for what belongs to no project.
    """
    if unit_id != NO_LEAD:
        return [None]
    held = {_part(book, key) for key, leads in book.leads_of_series.items() if NO_LEAD in leads}
    held |= {task.project_id or "" for task in book.package.tasks if book.lead_of(task) == NO_LEAD}
    return [name for name in ("", *(each.project_id for each in book.package.projects)) if name in held] or [""]


def _part(book: PackageIndex, key: tuple[str, str]) -> str:
    """The project under which a series without a lead is asked for: that of the first target read off it."""
    return next((each.project_id or "" for each in book.targets_by_series[key] if book.lead_of(each) == NO_LEAD), "")


def unit_forms(book: PackageIndex, unit_id: str, period: FormPeriod, part: str | None = None) -> UnitForms:
    """The prefilled forms of one unit for one period; with `part` (see `parts_of`) only what belongs to it."""
    projects = [name for name in book.projects_of(unit_id) if not part or name == part]
    return UnitForms(
        unit_id=unit_id,
        unit=unit_name(book.package, unit_id),
        project=_project(book, part),
        period=period,
        as_of=book.as_of,
        indicators=tuple(_indicators(book, unit_id, period, part)),
        tasks=tuple(_tasks(book, unit_id, part)),
        problems=tuple(_problems(book, unit_id)),
        shared=tuple(_shared(book, unit_id, frozenset(projects))) if unit_id != NO_LEAD else (),
        projects=tuple(book.package.project_by_id[project].name for project in projects),
        unit_names=tuple(unit.name for unit in book.package.units) if unit_id == NO_LEAD else (),
    )


def _indicators(book: PackageIndex, unit_id: str, period: FormPeriod, part: str | None) -> Iterator[IndicatorRow]:
    for key, targets in book.targets_by_series.items():
        if unit_id not in book.leads_of_series[key] or part not in {None, _part(book, key)}:
            continue
        own = tuple(target for target in targets if book.lead_of(target) == unit_id)
        indicator = book.package.indicator_by_id[key[0]]
        last = book.last_figure(key)
        periods = period_choices(book, key, own, period)
        yield IndicatorRow(
            key=series_key(*key),
            project=_joined(_project(book, target.project_id) for target in own),
            name=indicator.name,
            region=book.package.region_by_id[key[1]].name,
            goal=_joined(goals.goal(target) for target in own),
            due=_joined(goals.deadline(target.due, target.target_period) for target in own),
            unit=indicator.unit,
            last_value=last.value if last else None,
            last_period=goals.period_words(last.period) if last else "",
            last_source=book.package.source_by_id[last.source_id].title if last else "",
            status=_joined(_status(book, target) for target in own),
            required=t(
                "forms.required.due" if indicator.frequency in period.frequencies else "forms.required.optional"
            ),
            period=periods[0],
            periods=periods,
        )


def _tasks(book: PackageIndex, unit_id: str, part: str | None) -> Iterator[TaskRow]:
    own = [
        task for task in book.package.tasks if book.lead_of(task) == unit_id and part in {None, task.project_id or ""}
    ]
    for task in sorted(own, key=book.is_finished):
        last = book.step(task.task_id)
        region = book.package.region_by_id.get(task.region_id or "")
        yield TaskRow(
            key=task.task_id,
            project=_project(book, task.project_id),
            name=task.name,
            region=region.name if region else "",
            due=task.due_as_printed or goals.deadline(task.due, None),
            last_state=t(f"forms.task_state.{last.state}") if last else "",
            last_date=last.date if last else None,
            last_source=book.package.source_by_id[last.source_id].title if last else "",
            last_note=last.note if last else "",
            required=t("forms.required.finished" if book.is_finished(task) else "forms.required.due"),
        )


def _problems(book: PackageIndex, unit_id: str) -> Iterator[ProblemRow]:
    for problem in book.package.problems:
        if problem.owner_unit_id != unit_id or book.is_closed(problem):
            continue
        last = book.problem_step(problem.problem_id)
        yield ProblemRow(
            key=problem.problem_id,
            project=_project(book, problem.project_id),
            title=problem.title,
            opened=problem.opened,
            due=problem.due,
            last_state=t(f"forms.problem_state.{last.state}") if last else "",
            last_date=last.date if last else None,
            last_note=last.note if last else "",
            required=t("forms.required.due"),
        )


def _shared(book: PackageIndex, unit_id: str, projects: frozenset[str]) -> Iterator[SharedRow]:
    for (indicator_id, region_id), targets in book.targets_by_series.items():
        for target in targets:
            lead = book.lead_of(target)
            if target.project_id in projects and lead != unit_id:
                last = book.last_figure((indicator_id, region_id))
                yield SharedRow(
                    form=t("forms.form.indicators"),
                    project=_project(book, target.project_id),
                    name=target.name,
                    region=book.package.region_by_id[region_id].name,
                    goal=goals.goal(target),
                    due=goals.deadline(target.due, target.target_period),
                    lead=book.printed_lead(target),
                    last=goals.figure(last, book.package.indicator_by_id[indicator_id].unit) if last else "",
                )
    for task in book.package.tasks:
        lead = book.lead_of(task)
        if task.project_id in projects and lead != unit_id:
            step = book.step(task.task_id)
            region = book.package.region_by_id.get(task.region_id or "")
            yield SharedRow(
                form=t("forms.form.tasks"),
                project=_project(book, task.project_id),
                name=task.name,
                region=region.name if region else "",
                goal="",
                due=task.due_as_printed or goals.deadline(task.due, None),
                lead=book.printed_lead(task),
                last=t(f"forms.task_state.{step.state}") if step else "",
            )


def _status(book: PackageIndex, target: Target) -> str:
    verdict = book.assessments.get(target.target_id)
    if verdict is None:
        return ""
    return f"{t(f'status.glyph.{verdict.status}')} {t(f'status.label.{verdict.status}')}"


def _project(book: PackageIndex, project_id: str | None) -> str:
    project = book.package.project_by_id.get(project_id or "")
    return project.name if project else ""


def _joined(parts: Iterator[str]) -> str:
    return t("forms.separator").join(dict.fromkeys(part for part in parts if part))
