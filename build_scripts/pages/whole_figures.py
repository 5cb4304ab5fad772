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
    for spec in (deadlines(DEADLINES, report.entries), coverage(COVERAGE, _by_project(report))):
        if spec:
            yield spec


def _by_project(report: Report) -> list[tuple[str, tuple[TargetEntry, ...]]]:
    """Projects with targets by their short names, then each plan's targets outside projects."""
    groups = [
        (project.short_title or project.title, report.entries_by_project[project.project_id])
        for project in report.package.projects
        if report.entries_by_project.get(project.project_id)
    ]
    for plan in report.package.plans:
        outside = tuple(e for e in report.entries_by_plan.get(plan.plan_id, ()) if e.project is None)
        if outside:
            groups.append((t("problem.outside", plan=parts.plan_link(plan).label), outside))
    return groups
