"""What a table row can be filtered by, for the tables that carry every target or every work.

Gets an entry or a work, gives `RowKeys`; `templates/parts/_rows.md.j2` prints them as `data-` attributes, which the
filter in the reader's browser reads. Without a script the whole table is there.
"""

from __future__ import annotations

from dataclasses import dataclass

from build_scripts.model import Task
from build_scripts.report import Report, TargetEntry

UNDATED = "none"


@dataclass(frozen=True, slots=True)
class RowKeys:
    """The codes of one row: ids, the status and its family, the deadline's year (`none` without one), `yes`/`no`.

    `status` is a status of the method for a target, the state last reported for a work (`none` without one).
    """

    plan: str
    project: str
    region: str
    status: str
    family: str
    year: str
    has_data: str


def target_keys(entry: TargetEntry) -> RowKeys:
    """What a target's row can be filtered by."""
    return RowKeys(
        plan=entry.target.plan_id,
        project=entry.target.project_id or "",
        region=entry.target.region_id,
        status=entry.status.value,
        family=entry.status.family.value,
        year=str(entry.deadline.year) if entry.deadline else UNDATED,
        has_data="yes" if entry.disclosed else "no",
    )


def task_keys(report: Report, task: Task) -> RowKeys:
    """What a work's row can be filtered by."""
    happenings = report.happenings_by_task.get(task.task_id, ())
    return RowKeys(
        plan=task.plan_id,
        project=task.project_id or "",
        region=task.region_id or "",
        status=happenings[-1].event.state if happenings else UNDATED,
        family="",
        year=str(task.due.year) if task.due else UNDATED,
        has_data="yes" if happenings else "no",
    )
