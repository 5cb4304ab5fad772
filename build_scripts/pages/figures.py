"""Which charts the pages show: gets the report, gives their specifications, so that all are drawn at once."""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts.charts import ChartSpec, bullet, related, timeline, trajectory
from build_scripts.charts.scale import scale_words
from build_scripts.core.records import Project
from build_scripts.pages.breakdowns import breakdown_specs
from build_scripts.pages.history_figures import history_specs
from build_scripts.pages.place_figures import place_specs
from build_scripts.pages.whole_figures import whole_specs
from build_scripts.report import Figure, RelatedSeries, Report, TargetEntry

RELATED_SHOWN = 2
POINTS_WORTH_DRAWING = 3
WORKS_WORTH_DRAWING = 2


def chart_specs(report: Report) -> Iterator[ChartSpec]:
    """Every chart of the site, in page order."""
    scales = scale_words(report.package.government)
    for entry in report.entries:
        own = trajectory(entry, reference_figures(report, entry), scales) if worth_drawing(entry) else None
        if own:
            yield own
        for series in related_drawn(entry):
            yield related(series, scales)
    for project in report.package.projects:
        yield from project_specs(report, project)
    yield from place_specs(report)
    yield from breakdown_specs(report)
    yield from history_specs(report)
    yield from whole_specs(report)


def project_specs(report: Report, project: Project) -> Iterator[ChartSpec]:
    """A project's targets against time, and its named works on a timeline that shows more than one day to wait for."""
    against_time = bullet(bullet_id(project.project_id), report.entries_by_project.get(project.project_id, ()))
    if against_time:
        yield against_time
    tasks = report.tasks_by_project[project.project_id]
    works = timeline(timeline_id(project.project_id), tasks, report.happenings_by_task, report.as_of)
    happened = any(report.happenings_by_task.get(task.task_id) for task in tasks)
    days = {task.due for task in tasks if task.due}
    if works and len(works.table.rows) >= WORKS_WORTH_DRAWING and (happened or len(days) > 1):
        yield works


def bullet_id(project_id: str) -> str:
    """The id of the chart of a project's targets against time."""
    return f"{project_id}-bullet"


def timeline_id(project_id: str) -> str:
    """The id of the timeline of a project's named works."""
    return f"{project_id}-timeline"


def trajectory_id(entry: TargetEntry) -> str:
    """The id of a target's own chart."""
    return f"{entry.target_id}-trajectory"


def related_id(entry: TargetEntry, series: RelatedSeries) -> str:
    """The id of the chart of a series near a target."""
    return f"{entry.target_id}-related-{series.indicator.indicator_id}-{series.region.region_id}"


def related_drawn(entry: TargetEntry) -> tuple[RelatedSeries, ...]:
    """The related series with enough periods for a picture to say more than the table, at most two."""
    worth = (
        series
        for series in entry.related
        if len({figure.observation.period for figure in series.figures}) >= POINTS_WORTH_DRAWING
    )
    return tuple(worth)[:RELATED_SHOWN]


def worth_drawing(entry: TargetEntry) -> bool:
    """Whether a target has enough periods for a line to say more than a bar beside its goal."""
    periods = {figure.observation.period for figure in entry.figures if figure.observation.value is not None}
    return len(periods) >= POINTS_WORTH_DRAWING


def reference_figures(report: Report, entry: TargetEntry) -> tuple[Figure, ...]:
    """The series a target is measured against (超过全国平均); empty for all other kinds."""
    target = entry.target
    if not target.reference_region_id:
        return ()
    indicator_id = target.reference_indicator_id or target.indicator_id
    return report.figures_by_series.get((indicator_id, target.reference_region_id), ())
