"""The robustness rule: where an input admits several readings, a verdict stands only if all of them agree.

Gets the assessments of every reading, gives the one to publish. Source: assessment method §4.3 (robustness rule).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from build_scripts.assess.draft import JUDGED, in_flag_order
from build_scripts.core.method import Assessment, Grade, Reason, Status, Step


def agree(readings: Sequence[Assessment], otherwise: Reason, rule: str) -> Assessment:
    """The first reading, with `robust` and grade C if it is judged; `otherwise`, with `variants:`, if they differ."""
    first = readings[0]
    listed = "|".join(reading.status.value for reading in readings)
    if any(reading.status is not first.status for reading in readings):
        differ = Step("variants.differ", rule, (("statuses", listed),))
        verdict = Step("verdict", rule, (("status", Status.NOT_ASSESSABLE.value), ("reason", otherwise.value)))
        return Assessment(
            status=Status.NOT_ASSESSABLE,
            reason=otherwise,
            flags=(f"variants:{listed}",),
            steps=(*first.steps, differ, verdict),
            source_ids=tuple(dict.fromkeys(each for reading in readings for each in reading.source_ids)),
            target_id=first.target_id,
        )
    if first.status not in JUDGED:
        return first
    same = Step("variants.agree", rule, (("count", len(readings)), ("statuses", listed)))
    return replace(first, flags=in_flag_order({*first.flags, "robust"}), grade=Grade.C, steps=(*first.steps, same))
