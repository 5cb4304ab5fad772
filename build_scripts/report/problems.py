"""Problems: those officially reported, with their life, and those this site derives from its own verdicts.

Gets the report, gives `Issue`s (rows of the plan's third form, table `problems`) and `Finding`s (lagging targets and
disclosure gaps). The two are never mixed: an issue is somebody's statement, a finding follows from the method.
Source: assessment method §9 (third form: opened on, evidence, closed on; closed only by a published source).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING

from build_scripts.method import Family, Status
from build_scripts.model import ProblemEvent, Project, ReportedProblem, Source, Target, Task, Unit
from build_scripts.report.entries import Figure, Happening, TargetEntry

if TYPE_CHECKING:
    from build_scripts.report.report import Report

CLOSED_STATES = frozenset({"resolved", "verified"})
LAGGING = "lagging"
GAP = "gap"


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

    problem: ReportedProblem
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


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem this site derives: a target that lags (`lagging`), or one due with nothing published (`gap`).

    `since` is the first day the evidence of today allowed the finding: the day after the deadline for a gap, the day
    the judged figure or event was published (but not before the deadline of a missed target) for a lagging one.
    """

    kind: str
    entry: TargetEntry
    owner: Unit | None
    since: date | None
    source: Source | None


def issues(report: Report) -> tuple[Issue, ...]:
    """The officially reported problems known on the report's day, in file order."""
    package = report.package
    steps: dict[str, list[Step]] = {}
    for event in sorted(package.problem_events, key=attrgetter("date", "pub")):
        if event.pub <= report.as_of:
            source = package.source_by_id[event.source_id] if event.source_id else None
            steps.setdefault(event.problem_id, []).append(Step(event, source))
    return tuple(
        _issue(report, problem, tuple(steps.get(problem.problem_id, ())))
        for problem in package.problems
        if problem.opened <= report.as_of
    )


def _issue(report: Report, problem: ReportedProblem, steps: tuple[Step, ...]) -> Issue:
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
        if step.event.state not in CLOSED_STATES:
            closed = None
        elif closed is None and step.source is not None:
            closed = step.event.date
    return closed


def findings(report: Report) -> tuple[Finding, ...]:
    """Lagging targets, worst status first, then disclosure gaps, longest overdue first; repeats are left out."""
    own = [entry for entry in report.entries if entry.target.duplicate_of is None]
    order = list(Status)
    lagging = sorted(
        (entry for entry in own if entry.status.family is Family.LAGGING), key=lambda each: -order.index(each.status)
    )
    gaps = sorted((entry for entry in own if entry.silent), key=lambda each: each.deadline or report.as_of)
    return (*(_lagging(report, entry) for entry in lagging), *(_gap(report, entry) for entry in gaps))


def owner_of(report: Report, entry: TargetEntry) -> Unit | None:
    """Who answers for a target: its own lead unit, else its project's; None where the plan names neither."""
    lead = entry.project.lead_unit_id if entry.project else None
    return entry.lead or (report.package.unit_by_id[lead] if lead else None)


def _gap(report: Report, entry: TargetEntry) -> Finding:
    since = entry.deadline + timedelta(days=1) if entry.deadline else None
    return Finding(GAP, entry, owner_of(report, entry), since, None)


def _lagging(report: Report, entry: TargetEntry) -> Finding:
    evidence = judged_evidence(entry)
    since = _published(evidence)
    if since and entry.status is Status.MISSED and entry.deadline:
        since = max(since, entry.deadline + timedelta(days=1))
    source = evidence.source if evidence else report.package.source_by_id.get(entry.assessment.source_id or "")
    return Finding(LAGGING, entry, owner_of(report, entry), since, source)


def judged_evidence(entry: TargetEntry) -> Figure | Happening | None:
    """The figure or event a verdict names; None when it names none that is visible."""
    judged = entry.assessment
    for figure in reversed(entry.figures):
        seen = figure.observation
        if (seen.period, seen.value, seen.source_id) == (judged.period, judged.value, judged.source_id):
            return figure
    matching = [each for each in entry.happenings if each.source.source_id == judged.source_id]
    return matching[-1] if matching else None


def _published(evidence: Figure | Happening | None) -> date | None:
    if evidence is None:
        return None
    return evidence.observation.pub if isinstance(evidence, Figure) else evidence.event.pub
