"""The assessment method: frozen records in, verdicts with their steps out. No tables, no files, no clock."""

from build_scripts.assess.disclosure import SearchState, disclosures
from build_scripts.assess.engine import assess
from build_scripts.assess.inputs import Event, GroupFigures, GroupItem, TargetInputs, Variant
from build_scripts.assess.package import (
    GroupAssessment,
    StatusAt,
    assess_groups,
    assess_package,
    assess_tasks,
    quarter_ends,
    status_history,
)
from build_scripts.core.series import Obs

__all__ = [
    "Event",
    "GroupAssessment",
    "GroupFigures",
    "GroupItem",
    "Obs",
    "SearchState",
    "StatusAt",
    "TargetInputs",
    "Variant",
    "assess",
    "assess_groups",
    "assess_package",
    "assess_tasks",
    "disclosures",
    "quarter_ends",
    "status_history",
]
