"""Named works as a reader meets them: promised when, done when, how late, by what was published last.

Gets the report, gives `Work`s: the same ones for the works' own pages, the home page and the places.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from build_scripts.core.leads import lead
from build_scripts.core.method import FINISHED
from build_scripts.core.records import Task, Unit
from build_scripts.report.entries import TaskUpdate

if TYPE_CHECKING:
    from build_scripts.report.report import Report

OFFICIAL = 2


@dataclass(frozen=True, slots=True)
class Work:
    """A named work; `last` is the step that says where it stands, `done` and `planned` days that steps name.

    `planned` is the day announced last, for a work that is not done.
    """

    task: Task
    happenings: tuple[TaskUpdate, ...]
    last: TaskUpdate | None
    done: date | None
    planned: date | None

    @property
    def state(self) -> str:
        """The state last reported, `done_late` for one done after its promised day, `none` without any step."""
        if self.last is None:
            return "none"
        return "done_late" if self.late_days > 0 else self.last.event.state

    @property
    def late_days(self) -> int:
        """Days between the promised day and the deed: more than nought when late, nought when either is not known."""
        return (self.done - self.task.due).days if self.done and self.task.due else 0


def work_of(report: Report, task: Task) -> Work:
    """One work with all that was published of it."""
    happenings = tuple(sorted(report.happenings_by_task.get(task.task_id, ()), key=_by_day))
    last = deciding(happenings)
    done = last.event.date if last and last.event.state == "done" else None
    announced = [each.event.planned_date for each in happenings if each.event.planned_date]
    return Work(task, happenings, last, done, announced[-1] if announced and not done else None)


def works(report: Report) -> tuple[Work, ...]:
    """Every named work, in the plans' order."""
    return tuple(work_of(report, task) for task in report.package.tasks)


def told_first(found: Iterable[Work]) -> tuple[Work, ...]:
    """Those of which something was published, done ones first, then the latest news first; the rest left out."""
    told = [work for work in found if work.last]
    return tuple(sorted(told, key=_standing))


def deciding(happenings: Iterable[TaskUpdate]) -> TaskUpdate | None:
    """The last step; one of tier 3 never undoes what a better source called done or given up."""
    decides: TaskUpdate | None = None
    for each in happenings:
        settled = decides is not None and decides.event.state in FINISHED and decides.source.tier <= OFFICIAL
        if not (settled and each.source.tier > OFFICIAL):
            decides = each
    return decides


def answering(report: Report, task: Task) -> tuple[Unit, ...]:
    """Who answers for a work: its lead, then the project's responsible units in printed order."""
    leads = lead(report.package, task)
    shared = report.units_by_project.get(task.project_id or "", ())
    return tuple(dict.fromkeys((*((leads,) if leads else ()), *shared)))


def _by_day(each: TaskUpdate) -> tuple[date, date]:
    """As things happened: an old step told late does not come last."""
    return each.event.date, each.event.pub


def _standing(work: Work) -> tuple[bool, int]:
    newest = max((each.event.date for each in work.happenings), default=date.min)
    return work.done is None, -newest.toordinal()
