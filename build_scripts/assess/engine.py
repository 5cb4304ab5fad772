"""The method's front door: which family of rules answers for which kind.

Gets one target's inputs and a day, gives its `Assessment`. Pure: no clock, no files, no randomness.
Source: assessment method §3 (point kinds), §4.3 (other kinds), §8 (groups).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from build_scripts.assess.annual import assess_annual_floor, assess_rank
from build_scripts.assess.average import assess_avg_growth, assess_avg_increment
from build_scripts.assess.cum_flow import assess_cum_flow
from build_scripts.assess.group import assess_bundle, assess_group_value
from build_scripts.assess.inputs import TargetInputs
from build_scripts.assess.level import assess_level
from build_scripts.assess.milestone import assess_milestone
from build_scripts.assess.moving_ref import assess_moving_ref
from build_scripts.assess.multiple import assess_multiple
from build_scripts.assess.robustness import agree
from build_scripts.assess.window import base_year_of
from build_scripts.assess.wording import assess_annual_task, assess_envelope, assess_qualitative
from build_scripts.core.method import Assessment, Reason
from build_scripts.core.periods import year_of

KINDS: Mapping[str, Callable[[TargetInputs, date], Assessment]] = {
    "level_by": assess_level,
    "share_by": assess_level,
    "count_by": assess_level,
    "travel_time": assess_level,
    "multiple_of_base": assess_multiple,
    "moving_ref": assess_moving_ref,
    "cum_flow": assess_cum_flow,
    "annual_floor": assess_annual_floor,
    "rank": assess_rank,
    "avg_growth": assess_avg_growth,
    "avg_increment": assess_avg_increment,
    "milestone": assess_milestone,
    "envelope": assess_envelope,
    "annual_task": assess_annual_task,
    "qualitative": assess_qualitative,
}
AVERAGE_KINDS = frozenset(("avg_growth", "avg_increment"))
GROUP_KINDS = ("group", "group_sum", "group_ratio")


def assess(inputs: TargetInputs, as_of: date) -> Assessment:
    """What may be said about a target on a day, by what had been published then.

    Never raises on inputs of the right types. A kind the method does not know is treated as wording without a
    number: nothing can be judged by it.
    """
    if not inputs.variants:
        return _assess_one(inputs, as_of)
    readings = [
        _assess_one(
            replace(
                inputs,
                base_value=variant.base_value,
                observations=variant.observations,
                events=variant.events,
                variants=(),
            ),
            as_of,
        )
        for variant in inputs.variants
    ]
    return agree(readings, Reason.SENSITIVE_TO_ASSUMPTION, "§4.3")


def _has_baseline(inputs: TargetInputs, as_of: date) -> bool:
    """Whether a baseline is recorded: its base year is printed or given by the kind, and its day has come (§1)."""
    base_year = base_year_of(inputs) if inputs.kind in AVERAGE_KINDS else year_of(inputs.base_period)
    return base_year is not None and (inputs.base_pub is None or inputs.base_pub <= as_of)


def _assess_one(inputs: TargetInputs, as_of: date) -> Assessment:
    """One reading of the inputs."""
    if inputs.kind == "group":
        return assess_bundle(inputs.items, inputs.target_id)
    if inputs.kind in ("group_sum", "group_ratio"):
        return assess_group_value(inputs, as_of, assess)
    if not _has_baseline(inputs, as_of):
        inputs = replace(inputs, base_value=None)
    return KINDS.get(inputs.kind, assess_qualitative)(inputs, as_of)
