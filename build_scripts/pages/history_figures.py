"""How verdicts changed over the quarters: the strips of the plan pages and the list of bulletins.

Gets the report, gives specifications and their ids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from build_scripts.charts import ChartSpec, status_history
from build_scripts.charts.tidy import tidy
from build_scripts.core.method import Family
from build_scripts.report import Report
from build_scripts.report.history import Course, courses

BULLETINS = "history-all"
STRIPS_SHOWN = 12


def history_id(plan_id: str) -> str:
    """The id of the chart of a plan's verdicts over time."""
    return f"history-{plan_id}"


def history_specs(report: Report) -> Iterator[ChartSpec]:
    """One chart a plan, and one over all plans for the list of bulletins; those in which nothing moved are left out."""
    by_plan = {
        plan.plan_id: courses(report, report.entries_by_plan.get(plan.plan_id, ())) for plan in report.package.plans
    }
    everything = [course for found in by_plan.values() for course in found]
    repeats = Counter(entry.plan.plan_id for entry in report.entries if entry.target.duplicate_of is not None)
    charts = [(history_id(plan_id), found, repeats[plan_id]) for plan_id, found in by_plan.items()]
    if len(report.package.plans) > 1:
        charts.append((BULLETINS, tuple(everything), repeats.total()))
    for chart_id, found, left_out in charts:
        spec = _spec(chart_id, found, left_out)
        if spec:
            yield spec


def bulletins_id(report: Report) -> str:
    """The id of the chart over all plans; with a single plan it is that plan's."""
    plans = report.package.plans
    return history_id(plans[0].plan_id) if len(plans) == 1 else BULLETINS


def _spec(chart_id: str, found: Sequence[Course], repeats: int) -> ChartSpec | None:
    drawn = most_telling(found)
    if not drawn:
        return None
    quarters = sorted({quarter for course in found for quarter in course.statuses})
    ids = {course.entry.target_id for course in drawn}
    hidden = [course.statuses for course in found if course.entry.target_id not in ids]
    strips = [(course.entry.target.name, course.statuses) for course in drawn]
    spec = status_history(chart_id, quarters, strips, hidden, repeats)
    said = (
        (course.entry.target_id, course.entry.target.name, quarter, status.value)
        for course in drawn
        for quarter, status in sorted(course.statuses.items())
    )
    return replace(spec, tidy=tidy("target_id name quarter status", said)) if spec else None


def most_telling(found: Sequence[Course]) -> list[Course]:
    """The courses worth drawing, in their order: those once judged before those that only waited, then by moves."""
    moved = [course for course in found if course.moves]
    ranked = sorted(moved, key=lambda course: (not _was_judged(course), -course.moves))
    ids = {course.entry.target_id for course in ranked[:STRIPS_SHOWN]}
    return [course for course in moved if course.entry.target_id in ids]


def _was_judged(course: Course) -> bool:
    return any(status.family is not Family.UNJUDGED for status in course.statuses.values())
