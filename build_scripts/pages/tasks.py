"""Named works as table rows: what the document promised by when, and what was last reported. Gets the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.core.records import Link, Task
from build_scripts.locale import day, t
from build_scripts.pages import parts
from build_scripts.report import Report


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A named work: what was promised by when, and what was last reported; `places` are its project and region."""

    link: Link
    target: Link | None
    places: tuple[Link, ...]
    due: str
    state: str
    text: str
    source: Link | None


def task_row(report: Report, task: Task) -> TaskRow:
    """A named work as a table row: promised against what was last reported."""
    happenings = report.happenings_by_task.get(task.task_id, ())
    last = happenings[-1] if happenings else None
    entry = report.entry_by_id.get(task.target_id or "")
    return TaskRow(
        link=parts.work_link(task),
        target=parts.target_link(entry) if entry else None,
        places=tuple(_places(report, task)),
        due=task.due_as_printed or (day(task.due) if task.due else t("project.tasks.due_none")),
        state=parts.event_cell(last.event) if last else "",
        text=last.event.note if last else "",
        source=parts.source_link(last.source) if last else None,
    )


def _places(report: Report, task: Task) -> Iterator[Link]:
    package = report.package
    if project := package.project_by_id.get(task.project_id or ""):
        yield parts.project_link(project)
    if region := package.region_by_id.get(task.region_id or ""):
        yield parts.region_link(region)
