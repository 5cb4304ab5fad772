"""What is due when: targets and named works with a day, and the rhythm a plan sets for itself.

Gets the report, gives `Deadline`s in order of their day, and the `Beat`s of yearly duties (monthly, quarterly…).
A target that names only a year is due on its last day (`exact` is False then); what names no time has no deadline.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from build_scripts.core.leads import lead
from build_scripts.core.records import Task, Unit
from build_scripts.report.entries import TargetEntry, TaskUpdate

if TYPE_CHECKING:
    from build_scripts.report.report import Report

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something due on `day`: a target (`entry`) or a named work (`task`) that is not a target's own.

    `owner` answers for it, None where the plan names nobody; `last` is a work's last published step.
    """

    day: date
    exact: bool
    owner: Unit | None
    entry: TargetEntry | None = None
    task: Task | None = None
    last: TaskUpdate | None = None

    @property
    def id(self) -> str:
        """The id of the target or work; unique among deadlines."""
        return self.entry.target_id if self.entry else f"task-{self.task.task_id}" if self.task else ""

    @property
    def name(self) -> str:
        """What is due, as the plan names it."""
        return self.entry.target.name if self.entry else self.task.name if self.task else ""


@dataclass(frozen=True, slots=True)
class Beat:
    """One turn of a yearly duty: the last day of the month, quarter, half-year or year it belongs to."""

    entry: TargetEntry
    day: date
    number: int


def deadlines(report: Report) -> tuple[Deadline, ...]:
    """Everything that is due, by day; within a day targets before works, in the plan's order. Repeats are left out."""
    found = [*_of_targets(report), *_of_tasks(report)]
    return tuple(sorted(found, key=lambda each: each.day))


def concerned(report: Report, due: Deadline) -> tuple[Unit, ...]:
    """Whom a deadline concerns: who answers for it, then the units responsible for its project, in printed order."""
    project_id = due.entry.target.project_id if due.entry else due.task.project_id if due.task else None
    shared = report.units_by_project[project_id] if project_id else ()
    return (*((due.owner,) if due.owner else ()), *(unit for unit in shared if unit != due.owner))


def by_unit(report: Report, due: Iterable[Deadline]) -> Mapping[str, tuple[Deadline, ...]]:
    """The deadlines that concern each unit, by `unit_id`, in the order given."""
    found: dict[str, list[Deadline]] = {}
    for each in due:
        for unit in concerned(report, each):
            found.setdefault(unit.unit_id, []).append(each)
    return {unit_id: tuple(own) for unit_id, own in found.items()}


def undated(report: Report) -> int:
    """How many targets the plans print no deadline for, repeats left out."""
    return sum(entry.deadline is None and entry.target.duplicate_of is None for entry in report.entries)


def beats(report: Report) -> tuple[Beat, ...]:
    """Every turn of every yearly duty with a printed number of turns that divides the year, by day."""
    return tuple(sorted((beat for entry in report.entries for beat in _beats(entry)), key=lambda each: each.day))


def _of_targets(report: Report) -> Iterator[Deadline]:
    for entry in report.entries:
        target = entry.target
        if entry.deadline and target.duplicate_of is None and target.kind != "annual_task":
            yield Deadline(entry.deadline, target.due is not None, entry.lead, entry=entry)


def _of_tasks(report: Report) -> Iterator[Deadline]:
    """Works with a day of their own; one tied to a target due the same day says nothing new."""
    package = report.package
    for task in package.tasks:
        entry = report.entry_by_id.get(task.target_id or "")
        if task.due is None or (entry and entry.deadline == task.due):
            continue
        happenings = report.happenings_by_task.get(task.task_id, ())
        exact = (task.due.month, task.due.day) != (12, 31)
        yield Deadline(task.due, exact, lead(package, task), task=task, last=happenings[-1] if happenings else None)


def _beats(entry: TargetEntry) -> Iterator[Beat]:
    target = entry.target
    if target.kind != "annual_task" or not target.value or not target.period_start or not target.target_year:
        return
    turns = int(target.value)
    if turns != target.value or MONTHS % turns:
        return
    step = MONTHS // turns
    for year in range(int(target.period_start[:4]), target.target_year + 1):
        for number, month in enumerate(range(step, MONTHS + 1, step), start=1):
            yield Beat(entry, date(year, month, monthrange(year, month)[1]), number)
