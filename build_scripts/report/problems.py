"""Problems officially reported, with their life. What this site finds by itself is in `findings`: the two never mix.

Gets the report, gives `Issue`s: rows of the plan's third form (table `problems`) joined with their steps.
Source: assessment method §9 (third form: opened on, evidence, closed on; closed only by a published source).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING

from build_scripts.core.method import CLOSED
from build_scripts.core.records import Problem, ProblemEvent, Project, Source, Target, Task, Unit

if TYPE_CHECKING:
    from build_scripts.report.report import Report


@dataclass(frozen=True, slots=True)
class Step:
    """One published step in the life of a problem, with its source where one is named."""

    event: ProblemEvent
    source: Source | None


@dataclass(frozen=True, slots=True)
class Issue:
    """An officially reported problem and its life so far, steps in order.

    `state` is the last step's state (`open` before the first); `closed_on` the day it was resolved with a published
    source and has stayed so, else None. A resolution nobody published does not close it.
    """

    problem: Problem
    project: Project
    owner: Unit
    task: Task | None
    target: Target | None
    steps: tuple[Step, ...]
    state: str
    closed_on: date | None
    as_of: date

    @property
    def is_open(self) -> bool:
        """Whether no published source has closed it."""
        return self.closed_on is None

    @property
    def overdue(self) -> bool:
        """Whether it is open past its date."""
        return self.is_open and self.problem.due is not None and self.problem.due < self.as_of


def issues(report: Report) -> tuple[Issue, ...]:
    """The officially reported problems known on the report's day, in file order."""
    package = report.package
    steps: dict[str, list[Step]] = {}
    for event in sorted(package.problem_events, key=attrgetter("date", "pub")):
        source = package.source_by_id[event.source_id] if event.source_id else None
        steps.setdefault(event.problem_id, []).append(Step(event, source))
    return tuple(_issue(report, problem, tuple(steps.get(problem.problem_id, ()))) for problem in package.problems)


def _issue(report: Report, problem: Problem, steps: tuple[Step, ...]) -> Issue:
    package = report.package
    return Issue(
        problem=problem,
        project=package.project_by_id[problem.project_id],
        owner=package.unit_by_id[problem.owner_unit_id],
        task=package.task_by_id.get(problem.task_id or ""),
        target=package.target_by_id.get(problem.target_id or ""),
        steps=steps,
        state=steps[-1].event.state if steps else "open",
        closed_on=_closed_on(steps),
        as_of=report.as_of,
    )


def _closed_on(steps: tuple[Step, ...]) -> date | None:
    """The day a published source closed the problem for good; None while it is open."""
    closed: date | None = None
    for step in steps:
        if step.event.state not in CLOSED:
            closed = None
        elif closed is None and step.source is not None:
            closed = step.event.date
    return closed
