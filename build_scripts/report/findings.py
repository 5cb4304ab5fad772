"""What this site finds by itself: targets that lag, and targets due without a value in this record, with their life.

Gets the report, gives `Finding`s. A finding opens on the first day the method gave such a verdict, by what had been
published then, and is closed only by a publication, never by deletion or by time going by.
Source: assessment method §9 (third form), §2 (disclosure states).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from build_scripts.assess import assess
from build_scripts.assess.from_package import PackageInputs
from build_scripts.core.method import WITHOUT_VALUE, Assessment, Family, Status
from build_scripts.core.records import Source, Unit
from build_scripts.report.entries import Figure, TargetEntry, TaskUpdate

if TYPE_CHECKING:
    from build_scripts.report.report import Report

LAGGING = "lagging"
GAP = "gap"


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of trouble with one target: it lags (`lagging`) or is due without a value (`gap`); the latest is named.

    `source` is what the latest verdict rests on (None for a gap); `closed_on` the day a publication ended it,
    `closing` that publication, `after` the status it led to: a verdict may be withdrawn without the target being met.
    A target that was behind and fell due without a value is one finding, not two.
    """

    kind: str
    entry: TargetEntry
    owner: Unit | None
    since: date
    source: Source | None
    closed_on: date | None = None
    closing: Source | None = None
    after: Status | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing published has ended it."""
        return self.closed_on is None


def findings(report: Report) -> tuple[Finding, ...]:
    """Open findings: lagging targets, worst status first, then gaps, longest overdue first. Repeats are left out."""
    found = [finding for finding in all_findings(report) if finding.is_open]
    order = list(Status)
    lagging = sorted((each for each in found if each.kind == LAGGING), key=lambda it: -order.index(it.entry.status))
    gaps = sorted((each for each in found if each.kind == GAP), key=lambda it: it.entry.deadline or it.since)
    return (*lagging, *gaps)


def closed_findings(report: Report) -> tuple[Finding, ...]:
    """Findings that a publication has ended, the last ended first."""
    ended = [(each.closed_on, each) for each in all_findings(report) if each.closed_on]
    return tuple(finding for _day, finding in sorted(ended, key=lambda item: -item[0].toordinal()))


def all_findings(report: Report) -> Iterator[Finding]:
    """Every finding, open and closed, by target in the package's order, then by day."""
    inputs = PackageInputs(report.package)
    for entry in report.entries:
        if entry.target.duplicate_of is None:
            yield from _life(report, inputs, entry)


def judged_evidence(entry: TargetEntry) -> Figure | TaskUpdate | None:
    """The figure or event a verdict names; None when it names none that is visible."""
    matching = [each for each in entry.happenings if each.source.source_id == entry.assessment.source_id]
    return entry.judged or (matching[-1] if matching else None)


def _life(report: Report, inputs: PackageInputs, entry: TargetEntry) -> Iterator[Finding]:
    """The stretches of trouble in one target's life, by the verdict on every day that brought something new.

    What was published before the plan was issued is judged on the day of issue: that is when the target began.
    """
    issued = entry.plan.issued_on
    published = {max(day, issued) for day in _publications(entry)}  # nobody was late before there was a promise
    due = entry.deadline + timedelta(days=1) if entry.deadline else None
    judged = published | ({max(due, issued)} if due else set())
    days = sorted(day for day in judged if day <= report.as_of)
    running: Finding | None = None
    for day in days:
        verdict = assess(inputs.of_target(entry.target, day), day)
        kind = _trouble(entry, verdict, day)
        source = report.package.source_by_id.get(verdict.source_id or "")
        if kind:
            since = running.since if running else day
            running = Finding(kind, entry, entry.lead, since, source if kind == LAGGING else None)
        elif running and day in published:
            yield replace(running, closed_on=day, closing=source, after=verdict.status)
            running = None
    if running:
        yield running


def _publications(entry: TargetEntry) -> set[date]:
    """The days on which something of the target's own scope was published."""
    return {figure.observation.pub for figure in entry.figures} | {each.event.pub for each in entry.happenings}


def _trouble(entry: TargetEntry, verdict: Assessment, day: date) -> str:
    """The kind of trouble a verdict means on a day; empty for none."""
    if verdict.status.family is Family.LAGGING:
        return LAGGING
    overdue = entry.deadline is not None and entry.deadline < day
    return GAP if overdue and verdict.status in WITHOUT_VALUE else ""
