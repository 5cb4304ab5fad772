"""Gets a package and a day, gives the report, made from what `asof` leaves of the package and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise

from build_scripts.assess import SearchState, assess_package, disclosures
from build_scripts.core.asof import asof
from build_scripts.core.leads import lead, sharing
from build_scripts.core.method import Assessment
from build_scripts.core.periods import is_year, key_of, year_of
from build_scripts.core.records import Observation, Package, RelatedIndicator, Target, Task
from build_scripts.core.standing import Standings, standings
from build_scripts.report.entries import Figure, RelatedSeries, TargetEntry, TaskUpdate
from build_scripts.report.report import Report
from build_scripts.report.updates import updates


def build_report(package: Package, as_of: date, known: date | None = None) -> Report:
    """Assess every target that `package` holds on a day (`asof`) and join what belongs together."""
    seen = asof(package, as_of, known)
    return _join(seen, as_of, known, assess_package(seen, as_of))


def join_report(package: Package, as_of: date, assessments: Mapping[str, Assessment]) -> Report:
    """The report from assessments already made; `assessments` holds one for every target known on the day."""
    return _join(asof(package, as_of), as_of, None, assessments)


def _join(seen: Package, as_of: date, known: date | None, assessments: Mapping[str, Assessment]) -> Report:
    """The report of a day from the package of that day."""
    joiner = _Joiner(seen, as_of, disclosures(seen, assessments, as_of))
    neighbours = _neighbours(seen.targets)
    entries = tuple(
        joiner.entry(target, assessments[target.target_id], neighbours[target.target_id]) for target in seen.targets
    )
    news = updates(seen, joiner.series.values(), as_of)
    return Report(seen, as_of, entries, joiner.series, joiner.happenings, news, known)


class _Joiner:
    """The lookups that every entry of one report is joined from, made once."""

    def __init__(self, package: Package, as_of: date, searched: Mapping[str, SearchState]) -> None:
        self.package = package
        self.as_of = as_of
        self.series = {key: _figures(package, each) for key, each in standings(package).items()}
        self.happenings = _happenings(package)
        self.searched = searched
        self.by_indicator: dict[str, list[str]] = {}
        for target in package.targets:
            self.by_indicator.setdefault(target.indicator_id, []).append(target.target_id)
        self.related: dict[str, list[RelatedIndicator]] = {}
        for record in package.related_indicators:
            self.related.setdefault(record.target_id, []).append(record)
        self.tasks: dict[str | None, list[Task]] = {}
        for task in package.tasks:
            self.tasks.setdefault(task.target_id, []).append(task)
        self.sharing = sharing(package)

    def entry(self, target: Target, assessment: Assessment, near: tuple[str | None, str | None]) -> TargetEntry:
        """`target` with all that belongs to it."""
        package = self.package
        tasks = tuple(self.tasks.get(target.target_id, ()))
        happenings = (h for task in tasks for h in self.happenings.get(task.task_id, ()))
        return TargetEntry(
            target=target,
            assessment=assessment,
            as_of=self.as_of,
            plan=package.plan_by_id[target.plan_id],
            project=package.project_by_id[target.project_id] if target.project_id else None,
            indicator=package.indicator_by_id[target.indicator_id],
            region=package.region_by_id[target.region_id],
            reference=package.region_by_id.get(target.reference_region_id or ""),
            lead=lead(package, target),
            responsible=self.sharing.get(target.project_id or "", ()),
            figures=self.series.get((target.indicator_id, target.region_id), ()),
            happenings=tuple(sorted(happenings, key=lambda h: (h.event.pub, h.event.date))),
            related=self._related(target.target_id),
            tasks=tasks,
            siblings=tuple(i for i in self.by_indicator[target.indicator_id] if i != target.target_id),
            previous_id=near[0],
            next_id=near[1],
            deadline=target.deadline,
            searched=self.searched.get(target.target_id),
        )

    def _related(self, target_id: str) -> tuple[RelatedSeries, ...]:
        """The published series near a target, in file order; those with nothing visible yet are left out."""
        found = []
        for record in self.related.get(target_id, ()):
            figures = self.series.get((record.indicator_id, record.region_id), ())
            if figures:
                indicator = self.package.indicator_by_id[record.indicator_id]
                found.append(RelatedSeries(record, indicator, self.package.region_by_id[record.region_id], figures))
        return tuple(found)


def _neighbours(targets: Iterable[Target]) -> dict[str, tuple[str | None, str | None]]:
    """The target before and after each one inside its project (or its plan's part outside projects)."""
    groups: dict[tuple[str, str | None], list[str]] = {}
    for target in targets:
        groups.setdefault((target.plan_id, target.project_id), []).append(target.target_id)
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for ids in groups.values():
        for first, second in pairwise(ids):
            after[first] = second
            before[second] = first
    return {i: (before.get(i), after.get(i)) for ids in groups.values() for i in ids}


def _figures(package: Package, series: Standings) -> tuple[Figure, ...]:
    """One series with its sources: by period, then in the order of publication, each with what stands instead."""
    instead = {id(row): each.figure for each in series.periods for row, _why in each.rivals}
    return tuple(
        Figure(
            row,
            package.source_by_id[row.source_id],
            series.why(row),
            series.is_lead(row),
            instead.get(id(row)),
            row is series.latest,
        )
        for row in sorted(series.rows, key=_by_time)
    )


def _by_time(seen: Observation) -> tuple[int, bool, str, date]:
    """By year; inside it the parts before the whole; then as published."""
    return year_of(seen.period) or 0, is_year(seen.period), key_of(seen.period), seen.pub


def _happenings(package: Package) -> dict[str, tuple[TaskUpdate, ...]]:
    """Events by task, with their sources, in the order they were published."""
    found: dict[str, tuple[TaskUpdate, ...]] = {}
    for task in package.task_by_id.values():
        events = sorted(package.events_by_task.get(task.task_id, ()), key=lambda event: (event.pub, event.date))
        found[task.task_id] = tuple(TaskUpdate(task, event, package.source_by_id[event.source_id]) for event in events)
    return found
