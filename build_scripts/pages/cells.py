"""Cells that several tables share: a project by its short name, the unit that answers. Gets records, gives links."""

from __future__ import annotations

from build_scripts.core.records import Link, Project, Unit
from build_scripts.locale import DASH, t
from build_scripts.pages import parts


def project_cell(project: Project | None) -> Link:
    """A project by its short name; a dash without address where there is none."""
    if project is None:
        return Link(DASH, "")
    return Link(project.name, parts.project_link(project).address)


def owner_cell(unit: Unit | None) -> Link:
    """A unit; a note without address where the plan names none."""
    return parts.unit_link(unit) if unit else Link(t("threeforms.owner_none"), "")
