"""The assessment method: frozen records in, verdicts with their steps out. No tables, no files, no clock."""

from build_scripts.assess.engine import assess
from build_scripts.assess.inputs import Event, GroupFigures, GroupItem, Obs, TargetInputs, Variant

__all__ = ["Event", "GroupFigures", "GroupItem", "Obs", "TargetInputs", "Variant", "assess"]
