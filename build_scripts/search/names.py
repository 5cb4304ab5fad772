"""The names a thing is asked for by: its own, those its record gives it, and those that follow from its name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from build_scripts.core.records import Indicator, Plan, Project, Region, Target, Task, Unit
from build_scripts.locale import t, words
from build_scripts.report.concerns import bare_region

_QUOTED = re.compile(r"“([^“”]{2,})”")


def bare_name(unit: Unit, regions: Iterable[Region]) -> str:
    """A unit's name without the mark of its level (市、市委) or of the city, as people say and search it.

    A short word before the city goes with it: 国网丽水供电公司 is searched as 供电公司.
    """
    cities = (re.escape(bare_region(region)) for region in regions if region.level == "city")
    named = (t("format.names.unit_city", city=city) for city in cities)
    marks = "|".join((*words("format.names.unit_marks"), *named))
    return re.sub(rf"^(?:{marks})(?=..)", "", unit.name)


def of_unit(unit: Unit, regions: Iterable[Region]) -> tuple[str, ...]:
    """Other names of a unit."""
    return _others(unit.name, bare_name(unit, regions), *unit.also_called)


def of_region(region: Region) -> tuple[str, ...]:
    """Other names of a place."""
    return _others(region.name, bare_region(region), *_QUOTED.findall(region.name), *region.also_called)


def of_plan(plan: Plan) -> tuple[str, ...]:
    """Other names of a plan: its short title, its number, and what its title quotes."""
    return _others(plan.title, plan.short_title, plan.doc_number, *_QUOTED.findall(plan.title))


def of_project(project: Project) -> tuple[str, ...]:
    """Other names of a project; what its title quotes is often all that people know of it."""
    quoted = _QUOTED.findall(project.title)
    return _others(project.title, project.short_title, *quoted, *project.also_called)


def of_target(target: Target, indicator: Indicator) -> tuple[str, ...]:
    """Other names of a target: those of what it measures are its own too."""
    return _others(target.name, *target.also_called, indicator.name, *indicator.also_called)


def of_task(task: Task) -> tuple[str, ...]:
    """Other names of a named work."""
    return _others(task.name, *task.also_called)


def of_indicator(indicator: Indicator) -> tuple[str, ...]:
    """Other names of an indicator."""
    return _others(indicator.name, *indicator.also_called)


def _others(name: str, *more: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in more if word and word != name))
