"""What was promised, as data: every target and work in the words by which a change of the promise is told.

Gets the report, gives items: figure, comparator, unit, deadline, place and what it is measured by. Whoever changes one
of them in place changes what was promised, and the preview of the next publication says so before anything else.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts.core.records import Target, Task, Unit
from build_scripts.locale import by_semicolon, day, listed, number, period, said_in_large, t, with_unit
from build_scripts.pages import parts
from build_scripts.publish.item import Item
from build_scripts.report import Report


def promises(report: Report) -> Iterator[Item]:
    """The targets and the works of the report's day, each with its promise in words."""
    for entry in report.entries:
        target = entry.target
        yield Item(
            key=target.target_id,
            words=target.name,
            value=_target(report, target),
            about=entry.plan.name,
            address=parts.target_address(target.target_id),
        )
    for target in report.package.withdrawn:
        yield Item(
            key=target.target_id,
            words=target.name,
            value=_ended(report, target),
            about=report.package.plan_by_id[target.plan_id].name,
            address=parts.target_address(target.target_id),
        )
    for task in report.package.task_by_id.values():
        project = report.package.project_by_id.get(task.project_id or "")
        yield Item(
            key=f"task:{task.task_id}",
            words=task.name,
            value=_task(report, task),
            about=report.package.plan_by_id[task.plan_id].name,
            address=parts.project_link(project).address if project else "",
        )
    for unit in report.package.units:
        link = parts.unit_link(unit)
        yield Item(key=f"unit:{unit.unit_id}", words=link.label, value=_unit(report, unit), address=link.address)


def _unit(report: Report, unit: Unit) -> str:
    """The unit's name; `2026年12月1日起由市新区管委会承担` where it has gone."""
    if unit.withdrawn_on is None or unit.withdrawn_on > report.as_of:
        return unit.name
    heirs = [each.name for each in report.package.units if unit.unit_id in each.replaces]
    if not heirs:
        return t("preview.promise.ended", day=day(unit.withdrawn_on))
    return t("preview.promise.unit", day=day(unit.withdrawn_on), heirs=listed(heirs))


def _ended(report: Report, target: Target) -> str:
    """`2026年12月1日起改为：丽水市高新技术企业数，≥1,300家，到2027年`; that it no longer holds where nothing does."""
    package = report.package
    named = {target.target_id, target.duplicate_of}
    heirs = [each for each in (*package.targets, *package.withdrawn) if named & set(each.replaces)]
    if not heirs:
        return t("preview.promise.ended", day=day(target.withdrawn_on))
    return t(
        "preview.promise.replaced", day=day(target.withdrawn_on), new=by_semicolon(_target(report, x) for x in heirs)
    )


def _target(report: Report, target: Target) -> str:
    """`丽水市高新技术企业数，≥1,500家，2027年`."""
    indicator = report.package.indicator_by_id[target.indicator_id]
    place = report.package.region_by_id[target.region_id].name
    base = ""
    if target.baseline_period:
        base = t("preview.promise.base", period=period(target.baseline_period))
    said = (f"{place}{indicator.name}", _goal(target), base, _until(target))
    return t("preview.promise.comma").join(part for part in said if part)


def _goal(target: Target) -> str:
    if target.comparator == "event":
        return t("preview.promise.event")
    if target.comparator == "none" or target.value is None:
        return target.figure_as_printed
    said = said_in_large(target.unit, (target.value, target.value_high))
    low, high = (None if each is None else said.figure(each) for each in (target.value, target.value_high))
    if target.comparator == "between":
        facts = {"value": number(low), "high": with_unit(number(high), said.unit)}
    else:
        facts = {"value": with_unit(number(low), said.unit), "high": ""}
    return t(f"forms.goal.{target.comparator}", **facts, unit="")


def _until(target: Target) -> str:
    if target.due:
        return t("preview.promise.due", day=day(target.due))
    if target.target_period:
        return t("preview.promise.due", day=period(target.target_period))
    return t("preview.promise.no_deadline")


def _task(report: Report, task: Task) -> str:
    """`乙县大桥，到2027年`; that it no longer holds, or what has taken its place."""
    if task in report.package.ended_tasks:
        heirs = [each for each in report.package.task_by_id.values() if task.task_id in each.replaces]
        key = "preview.promise.replaced" if heirs else "preview.promise.ended"
        return t(key, day=day(task.withdrawn_on), new=by_semicolon(_task(report, each) for each in heirs))
    region = report.package.region_by_id.get(task.region_id or "")
    due = t("preview.promise.due", day=day(task.due)) if task.due else task.due_as_printed
    said = (f"{region.name if region else ''}{task.name}", due or t("preview.promise.no_deadline"))
    return t("preview.promise.comma").join(said)
