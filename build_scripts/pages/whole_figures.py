"""Charts about the whole, not about one target: deadlines by year, disclosure by project. Report in, specs out."""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts.charts import ChartSpec, coverage, deadlines
from build_scripts.locale import t
from build_scripts.pages import parts
from build_scripts.report import Report, TargetEntry

DEADLINES = "deadlines"
COVERAGE = "coverage-projects"


def whole_specs(report: Report) -> Iterator[ChartSpec]:
    """The charts of the calendar and the data-quality page; those with nothing to draw are left out."""
    for spec in (deadlines(DEADLINES, on_calendar(report), *left_out(report)), coverage(COVERAGE, _by_project(report))):
        if spec:
            yield spec


def on_calendar(report: Report) -> list[TargetEntry]:
    """The targets of the calendar, dated and not: repeats and yearly duties left out, as it leaves them out."""
    entries = (entry for entry in report.entries if entry.target.duplicate_of is None)
    return [entry for entry in entries if entry.deadline is None or entry.target.kind != "annual_task"]


def left_out(report: Report) -> tuple[int, int]:
    """How many targets the calendar leaves out: those that repeat another, and yearly duties."""
    repeats = sum(entry.target.duplicate_of is not None for entry in report.entries)
    return repeats, len(report.entries) - repeats - len(on_calendar(report))


def _by_project(report: Report) -> list[tuple[str, tuple[TargetEntry, ...]]]:
    """Projects with targets by their short names, then each plan's targets outside projects."""
    groups = [
        (project.name, report.entries_by_project[project.project_id])
        for project in report.package.projects
        if report.entries_by_project.get(project.project_id)
    ]
    for plan in report.package.plans:
        outside = tuple(e for e in report.entries_by_plan.get(plan.plan_id, ()) if e.project is None)
        if outside:
            groups.append((t("problem.outside", plan=parts.plan_link(plan).label), outside))
    return groups
