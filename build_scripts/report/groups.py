"""The unofficial bundle view of groups of regions: gets the report, gives each group's joint verdict on its targets.

A group is compared only with its own targets; nothing here orders groups or their members.
Source: assessment method §8.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from build_scripts.assess import GroupAssessment, assess_groups

if TYPE_CHECKING:
    from build_scripts.report.report import Report


def group_views(report: Report) -> Mapping[str, GroupAssessment]:
    """The bundle view of every group by `region_id`, from the report's own verdicts."""
    verdicts = {entry.target_id: entry.assessment for entry in report.entries}
    return assess_groups(report.package, report.as_of, verdicts)


__all__ = ["GroupAssessment", "group_views"]
