"""What came after a bulletin: figures it used that were published differently since, and the next bulletin.

Gets a digest and the report of the site's day, gives `Later`. It lives on an address of its own, which the bulletin
links to from its first day, so that the bulletin itself never has to change.
"""

from __future__ import annotations

from dataclasses import dataclass

from build_scripts.bulletins.digest import Digest
from build_scripts.bulletins.rhythm import following
from build_scripts.core.records import Bulletin, Observation, TaskEvent
from build_scripts.report import Report
from build_scripts.report.revisions import (
    Rescheduling,
    Revision,
    StepCorrection,
    reschedulings,
    revisions,
    step_corrections,
)


@dataclass(frozen=True, slots=True)
class Later:
    """Changes published after a bulletin's day to what it rests on, newest first, and the bulletin that followed."""

    digest: Digest
    revisions: tuple[Revision, ...]
    reschedulings: tuple[Rescheduling, ...]
    corrections: tuple[StepCorrection, ...]
    following: Bulletin | None


def later(digest: Digest, report: Report) -> Later:
    """What has been published since `digest`'s day, by the day of `report`, about the figures and works it uses."""
    day, known = digest.report.as_of, digest.bulletin.released
    used = {_key_of(figure.observation) for series in digest.report.figures_by_series.values() for figure in series}
    works = {task_id for task_id, steps in digest.report.happenings_by_task.items() if steps}

    def is_later(row: Observation | TaskEvent) -> bool:
        return row.pub > day or row.known_from > known

    return Later(
        digest,
        tuple(r for r in revisions(report) if is_later(r.new.observation) and _key_of(r.old.observation) in used),
        tuple(r for r in reschedulings(report) if is_later(r.new.event) and r.new.task.task_id in works),
        tuple(c for c in step_corrections(report) if is_later(c.new.event) and _told(c.old.event, digest)),
        following(digest.bulletin, report.package.bulletins),
    )


def _told(event: TaskEvent, digest: Digest) -> bool:
    """Whether a bulletin could tell of a step."""
    return event.pub <= digest.report.as_of and event.known_from <= digest.bulletin.released


def _key_of(seen: Observation) -> tuple[str, str, str]:
    """What figure an observation is a publication of."""
    return seen.indicator_id, seen.region_id, seen.period
