"""What one bulletin tells, as records: the report of its day beside the report of the day it is compared with.

Gets a package and the site's day, gives `Digest`s. Every list leaves out targets that only repeat another one; the
counts over all targets do not. Order is the package's own unless a docstring says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from build_scripts.bulletins.rhythm import base_day, horizon, previous
from build_scripts.core.asof import indicators_named
from build_scripts.core.method import Assessment, Family
from build_scripts.core.records import Bulletin, Observation, Package, Plan, Project, TaskEvent, Unit
from build_scripts.report import Figure, Report, Tally, TargetEntry, TaskUpdate, build_report, tally
from build_scripts.report.deadlines import Deadline, deadlines
from build_scripts.report.problems import Issue, issues
from build_scripts.report.revisions import Revision, revisions


class NewsKind(StrEnum):
    """What a publication of a figure brought."""

    NEW = "new"
    REVISED = "revised"
    FINALISED = "finalised"
    REBASED = "rebased"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    REPEATED = "repeated"
    NOT_ADOPTED = "not_adopted"
    COPIED = "copied"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class News:
    """A figure published since the bulletin before; `earlier` is what it changed, None for a new one.

    `entries` are the targets it is about, `near` those it is only near to (never both): such a figure is shown for
    reference and feeds no status.
    """

    kind: NewsKind
    figure: Figure
    earlier: Figure | None
    entries: tuple[TargetEntry, ...]
    near: tuple[TargetEntry, ...]


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A target whose status is another one than at the bulletin before."""

    entry: TargetEntry
    before: Assessment


@dataclass(frozen=True, slots=True)
class GroupCount:
    """A project (or a plan's targets outside projects), or a unit, with what the bulletin says of it."""

    plan: Plan | None
    project: Project | None
    unit: Unit | None
    tally: Tally
    changes: int
    news: int


@dataclass(frozen=True)
class Digest:
    """One bulletin: its row, the one before, and the two reports everything in it is read off.

    `report` holds what had been published by the bulletin's day and recorded here by the day it was released; `before`
    the same for the bulletin before. What is recorded later changes neither.
    """

    bulletin: Bulletin
    previous: Bulletin | None
    base: date
    report: Report
    before: Report

    @cached_property
    def plans_issued(self) -> tuple[Plan, ...]:
        """Plans issued since the bulletin before."""
        return tuple(plan for plan in self.report.package.plans if plan.issued_on > self.base)

    @cached_property
    def counted(self) -> tuple[TargetEntry, ...]:
        """Entries without those that only repeat another target."""
        return tuple(entry for entry in self.report.entries if entry.target.duplicate_of is None)

    @cached_property
    def changes(self) -> tuple[StatusChange, ...]:
        """Targets of plans known at both days whose status differs."""
        found = []
        for entry in self.counted:
            then = self.before.entry_by_id.get(entry.target_id)
            if then and then.status is not entry.status:
                found.append(StatusChange(entry, then.assessment))
        return tuple(found)

    @cached_property
    def news(self) -> tuple[News, ...]:
        """Figures published or found since, in the order they were published; those no plan asks for are left out."""
        changed = {id(each.new): each for each in revisions(self.report)}
        entries, near = self._entries_by_series(), self._near_by_series()
        asked = indicators_named(self.report.package)
        found = []
        for key, series in self.report.figures_by_series.items():
            for figure in series:
                seen = figure.observation
                revision = changed.get(id(figure))
                if key[0] in asked and self._is_new(seen) and (seen.value is not None or revision):
                    kind, earlier = _kind(figure, series, revision)
                    own = entries.get(key, ())
                    found.append(News(kind, figure, earlier, own, () if own else near.get(key, ())))
        return tuple(sorted(found, key=lambda each: each.figure.observation.pub))

    @cached_property
    def happenings(self) -> tuple[TaskUpdate, ...]:
        """Steps of named works published or found since, in the order they were published."""
        found = (h for each in self.report.happenings_by_task.values() for h in each if self._is_new(h.event))
        return tuple(sorted(found, key=lambda each: (each.event.pub, each.event.date)))

    @cached_property
    def newly_due(self) -> tuple[Deadline, ...]:
        """What fell due since, by day; of a plan issued since, everything that is already past its day."""
        passed = {due.id for due in deadlines(self.before) if due.day < self.base}
        return tuple(due for due in deadlines(self.report) if due.day < self.report.as_of and due.id not in passed)

    @cached_property
    def coming(self) -> tuple[Deadline, ...]:
        """What falls due before the next bulletin of this kind is likely to come out, by day."""
        until = horizon(self.bulletin)
        return tuple(due for due in deadlines(self.report) if self.report.as_of <= due.day < until)

    @cached_property
    def lagging(self) -> tuple[TargetEntry, ...]:
        """Targets that lag."""
        return tuple(entry for entry in self.counted if entry.status.family is Family.LAGGING)

    @cached_property
    def unanswered(self) -> tuple[TargetEntry, ...]:
        """Targets past their deadline without a value in this record, longest overdue first."""
        return tuple(entry for entry in self.report.unanswered if entry.target.duplicate_of is None)

    @cached_property
    def newly_unanswered(self) -> frozenset[str]:
        """Ids of those that were not yet among them at the bulletin before."""
        before = {entry.target_id for entry in self.before.unanswered}
        return frozenset(entry.target_id for entry in self.unanswered if entry.target_id not in before)

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """Officially reported problems known on the bulletin's day."""
        return issues(self.report)

    @cached_property
    def opened(self) -> tuple[Issue, ...]:
        """Problems that became known, or were taken up again, since."""
        open_before = {each.problem.problem_id: each.is_open for each in issues(self.before)}
        fresh = (each for each in self.issues if not open_before.get(each.problem.problem_id, False))
        return tuple(each for each in fresh if each.is_open or each.problem.problem_id not in open_before)

    @cached_property
    def closed(self) -> tuple[Issue, ...]:
        """Problems that a published source closed since."""
        closed_before = {each.problem.problem_id for each in issues(self.before) if not each.is_open}
        return tuple(e for e in self.issues if not e.is_open and e.problem.problem_id not in closed_before)

    @cached_property
    def by_project(self) -> tuple[GroupCount, ...]:
        """Counts by project, and for each plan by its targets outside projects, in the package's order."""
        groups: dict[tuple[str, str], list[TargetEntry]] = {}
        for entry in self.report.entries:
            groups.setdefault((entry.plan.plan_id, entry.target.project_id or ""), []).append(entry)
        return tuple(
            self._count(entries, plan=entries[0].plan, project=entries[0].project) for entries in groups.values()
        )

    @cached_property
    def by_unit(self) -> tuple[GroupCount, ...]:
        """Counts by the unit that answers, in the package's order; targets the plan gives to nobody come last."""
        groups: dict[str, list[TargetEntry]] = {}
        for entry in self.report.entries:
            owner = entry.lead
            groups.setdefault(owner.unit_id if owner else "", []).append(entry)
        units = [unit for unit in self.report.package.units if unit.unit_id in groups]
        counts = [self._count(groups[unit.unit_id], unit=unit) for unit in units]
        return (*counts, self._count(groups[""])) if "" in groups else tuple(counts)

    def _is_new(self, row: Observation | TaskEvent) -> bool:
        """Whether the bulletin before could not tell of a row: published after its day, or recorded too late for it."""
        found_late = self.before.known is not None and row.known_from > self.before.known
        return row.pub > self.base or found_late

    def _count(
        self,
        entries: list[TargetEntry],
        *,
        plan: Plan | None = None,
        project: Project | None = None,
        unit: Unit | None = None,
    ) -> GroupCount:
        ids = {entry.target_id for entry in entries}
        changes = len(ids & self._changed)
        news = len({number for target_id in ids for number in self._news_of.get(target_id, ())})
        return GroupCount(plan, project, unit, tally(entries), changes, news)

    @cached_property
    def _changed(self) -> frozenset[str]:
        """The ids of the targets whose status changed."""
        return frozenset(change.entry.target_id for change in self.changes)

    @cached_property
    def _news_of(self) -> Mapping[str, Sequence[int]]:
        """Which of the news are about a target, by `target_id`."""
        found: dict[str, list[int]] = {}
        for number, each in enumerate(self.news):
            for entry in each.entries:
                found.setdefault(entry.target_id, []).append(number)
        return found

    def _entries_by_series(self) -> Mapping[tuple[str, str], tuple[TargetEntry, ...]]:
        found: dict[tuple[str, str], list[TargetEntry]] = {}
        for entry in self.counted:
            found.setdefault((entry.target.indicator_id, entry.target.region_id), []).append(entry)
        return {key: tuple(entries) for key, entries in found.items()}

    def _near_by_series(self) -> Mapping[tuple[str, str], tuple[TargetEntry, ...]]:
        found: dict[tuple[str, str], list[TargetEntry]] = {}
        for entry in self.counted:
            for series in entry.related:
                found.setdefault((series.record.indicator_id, series.record.region_id), []).append(entry)
        return {key: tuple(entries) for key, entries in found.items()}


def digests(package: Package, today: date) -> tuple[Digest, ...]:
    """The digests of all bulletins released by `today`, the latest first; each day's report is made once.

    `package` is the whole one: a bulletin is not changed by the day of the site that shows it.
    """
    return tuple(_digests(package, today))


def _digests(package: Package, today: date) -> Iterator[Digest]:
    released = tuple(each for each in package.bulletins if each.released <= today and each.as_of <= today)
    reports: dict[tuple[date, date], Report] = {}

    def report_of(day: date, known: date) -> Report:
        if (day, known) not in reports:
            reports[day, known] = build_report(package, day, known)
        return reports[day, known]

    for bulletin in sorted(released, key=lambda each: (each.as_of, each.bulletin_id), reverse=True):
        before = previous(bulletin, released)
        base = base_day(bulletin, before)
        then = report_of(base, before.released if before else bulletin.released)
        yield Digest(bulletin, before, base, report_of(bulletin.as_of, bulletin.released), then)


def _kind(figure: Figure, series: tuple[Figure, ...], revision: Revision | None) -> tuple[NewsKind, Figure | None]:
    """What a publication brought, and the figure it changed or repeated."""
    if revision:
        return NewsKind(revision.kind), revision.old
    seen = figure.observation
    before = [
        each
        for each in series
        if each.observation.value is not None
        and each.observation.period == seen.period
        and each.observation.pub < seen.pub
    ]
    return (NewsKind.REPEATED, before[-1]) if before else (NewsKind.NEW, None)
