"""Who leads a target or work, and who shares a project. Gets a package, gives units, in the order the plan prints them.

A target or work is led by the unit that it names itself, else by the one its project names, else by nobody: where a
plan prints no lead, the first responsible unit is none.
"""

from __future__ import annotations

from collections.abc import Mapping

from build_scripts.core.records import Package, Target, Task, Unit


def lead(package: Package, item: Target | Task) -> Unit | None:
    """Who leads a target or work; None where the plan names nobody."""
    project = package.project_by_id.get(item.project_id or "")
    return package.unit_by_id.get(item.lead_unit_id or (project.lead_unit_id if project else None) or "")


def sharing(package: Package) -> Mapping[str, tuple[Unit, ...]]:
    """The units responsible for each project beside its lead, by `project_id`, in printed order."""
    found: dict[str, list[Unit]] = {project.project_id: [] for project in package.projects}
    for part in sorted(package.responsibilities, key=lambda each: each.order):
        if part.role == "responsible":
            found[part.project_id].append(package.unit_by_id[part.unit_id])
    return {project_id: tuple(units) for project_id, units in found.items()}
