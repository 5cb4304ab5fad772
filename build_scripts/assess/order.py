"""The order of decisions: eleven rules, asked one after the other; the first that fires wins.

Gets a `Case`, gives an `Assessment`. The functions stand in the order of the method's §3 and carry its numbers;
each gives None when it does not fire. For `level_by`, `share_by`, `count_by`, `travel_time`, `multiple_of_base`
and, with the gap in place of the value, `moving_ref`. Step 1 is asked by whoever makes the case (`no_threshold`).
Source: assessment method §3.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from build_scripts.assess.case import Case, Point, compared
from build_scripts.assess.draft import Draft
from build_scripts.assess.forward import forward_test
from build_scripts.assess.path import missed_numbers, path_test
from build_scripts.core.method import EVIDENCE_YEARS, Assessment, Grade, Reason, Status

Rule = Callable[[Case], "Assessment | None"]


def rule_1_no_threshold(draft: Draft) -> Assessment:
    """§3.1: the plan names no value to hold anything against."""
    return draft.withhold(Status.NOT_ASSESSABLE, "§3.1", reason=Reason.NO_THRESHOLD)


def decide(case: Case) -> Assessment:
    """The verdict of the first rule that fires."""
    for rule in RULES:
        if verdict := rule(case):
            return verdict
    return rule_11_otherwise(case)


def rule_2_conflict_or_nothing(case: Case) -> Assessment | None:
    """§3.2: contradicting publications where the verdict needs one, or no usable year at all."""
    needed = max((*case.points, *case.conflicts), default=None)
    if case.deadline is not None and case.draft.is_after(case.deadline):
        needed = case.deadline
    if needed in case.conflicts:
        case.draft.note("values.conflict", "§3.2", year=needed)
        return case.draft.withhold(Status.NOT_ASSESSABLE, "§3.2", reason=Reason.CONFLICTING_SOURCES)
    if not case.points:
        return case.draft.nothing_usable(case.series, case.deadline, contradicted=bool(case.conflicts))
    return None


def rule_3_no_deadline(case: Case) -> Assessment | None:
    """§3.3: without a printed deadline only "met" can be said."""
    if case.deadline is not None:
        return None
    point = case.latest
    if not point.met:
        compared(case.draft, point, "§3.3")
        return case.withhold(Status.NOT_ASSESSABLE, "§3.3", point, reason=Reason.NO_DEADLINE, with_quality=True)
    if not case.monotone and case.draft.is_stale(case.draft.end_of(point.year)):
        return _stale(case, "§3.3")
    case.draft.flag("no_deadline")
    return _achieved(case, "§3.3", point)


def rule_4_after_deadline(case: Case) -> Assessment | None:
    """§3.4: after 31 December of the target year the value for that year decides, or later evidence."""
    if case.deadline is None or not case.draft.is_after(case.deadline):
        return None
    later = [point for point in case.points.values() if point.year > case.deadline]
    at_deadline = case.points.get(case.deadline)
    if at_deadline is None:
        return _rule_4_target_year_missing(case, case.deadline, later)
    if at_deadline.met:
        return _achieved(case, "§3.4", at_deadline)
    return _late_or_missed(case, at_deadline, later, [at_deadline], Grade.A)


def _rule_4_target_year_missing(case: Case, deadline: int, later: list[Point]) -> Assessment:
    """§3.4 without a value for the target year; `before` is E, the last value before it."""
    earlier = [point for point in case.points.values() if 0 < deadline - point.year <= EVIDENCE_YEARS]
    before = earlier[-1] if earlier else None
    met_before = before is not None and before.met
    if case.monotone and before is not None and met_before:
        return _achieved(case, "§3.4", before)
    if not later or (met_before and not later[0].met):
        case.draft.note("values.none_for_target_year", "§3.4", year=deadline)
        case.draft.flag_silence(case.draft.end_of(deadline))
        return case.withhold(Status.DUE_NO_DATA, "§3.4", case.latest)
    case.draft.flag("target_year_missing")
    case.draft.note("values.later_judge", "§3.4", year=deadline)
    evidence = [before] if before is not None else []
    if met_before:
        return _achieved(case, "§3.4", later[0], evidence, Grade.C)
    return _late_or_missed(case, later[0], later, evidence, Grade.C)


def _late_or_missed(case: Case, judged: Point, later: list[Point], evidence: list[Point], floor: Grade) -> Assessment:
    """§3.4 where the deadline was not kept: met in a later year, or not at all."""
    met = next((point for point in later if point.met), None)
    if met is None:
        compared(case.draft, judged, "§3.4")
        numbers = missed_numbers(case, judged)
        used = [judged, *(point for point in evidence if point is not judged)]
        return case.judge(Status.MISSED, "§3.4", used, numbers=numbers, floor=floor)
    case.draft.flag("met_in", met.year)
    for point in (*evidence, met):
        compared(case.draft, point, "§3.4")
    case.flag_lost_later()
    return case.judge(Status.ACHIEVED_LATE, "§3.4", [met, *evidence], floor=floor)


def rule_5_kept_for_good(case: Case) -> Assessment | None:
    """§3.5: what only ever grows and has been reached stays reached."""
    return _early(case, "§3.5") if case.monotone and case.latest.met else None


def rule_6_stale(case: Case) -> Assessment | None:
    """§3.6: a value too old to say anything about today."""
    return _stale(case, "§3.6") if case.draft.is_stale(case.draft.end_of(case.latest.year)) else None


def rule_7_met_early(case: Case) -> Assessment | None:
    """§3.7: met before the deadline."""
    return _early(case, "§3.7") if case.latest.met else None


def rule_8_baseline_lost(case: Case) -> Assessment | None:
    """§3.8: the baseline had met the target, the latest value does not."""
    point = case.latest
    base = case.baseline(point)
    if base is None or not point.test.met(base.value):
        return None
    case.draft.flag("lost_baseline_target")
    case.draft.note("baseline.had_met", "§3.8", year=base.year, value=base.value)
    compared(case.draft, point, "§3.8")
    return case.judge(Status.REVERSING, "§3.8", [point], base=base)


def rule_9_path(case: Case) -> Assessment | None:
    """§3.9: nothing measurable is missing; else the path from the baseline to the target (§4.1)."""
    point = case.latest
    at_target = point.test.strict and point.value == point.test.target
    if at_target and case.met_before(point.year) is None:
        case.draft.note("value.equals_target", "§3.9", year=point.year, value=point.value)
        return case.judge(Status.ON_TRACK, "§3.9", [point])
    base = case.baseline(point)
    if base is None or case.deadline is None or (at_target and base.value == point.value):
        return None
    return path_test(case, point, base, case.deadline)


def rule_10_forward(case: Case) -> Assessment | None:
    """§3.10: no comparable baseline: the pace of recent years against the pace still needed (§4.2)."""
    point = case.latest
    if case.is_gap or case.deadline is None or point.year >= case.deadline:
        return None
    if point.value == point.test.target:
        return None
    return forward_test(case, point, case.deadline)


def rule_11_otherwise(case: Case) -> Assessment:
    """§3.11: too little to judge by."""
    point = case.latest
    broken = case.flag_break(point)
    reason = Reason.BREAK_IN_SERIES if broken else Reason.SINGLE_OBSERVATION
    if case.is_gap and not case.has_base_figure and case.baseline_of(point) is None:
        reason = Reason.NO_BASELINE
    return case.withhold(Status.NOT_ASSESSABLE, "§3.11", point, reason=reason, with_quality=True)


RULES: Sequence[Rule] = (
    rule_2_conflict_or_nothing,
    rule_3_no_deadline,
    rule_4_after_deadline,
    rule_5_kept_for_good,
    rule_6_stale,
    rule_7_met_early,
    rule_8_baseline_lost,
    rule_9_path,
    rule_10_forward,
)


def _achieved(case: Case, rule: str, point: Point, also: Sequence[Point] = (), floor: Grade = Grade.A) -> Assessment:
    """Met; `met_at_baseline` where the baseline of an earlier year had met the condition already."""
    compared(case.draft, point, rule)
    base = case.baseline(point)
    if base is not None and point.test.met(base.value):
        case.draft.flag("met_at_baseline")
        case.draft.note("baseline.had_met", "§3", year=base.year, value=base.value)
    if rule == "§3.4":
        case.flag_lost_later()
    return case.judge(Status.ACHIEVED, rule, [point, *also], floor=floor)


def _early(case: Case, rule: str) -> Assessment:
    """Met before the deadline."""
    case.draft.flag("early")
    return _achieved(case, rule, case.latest)


def _stale(case: Case, rule: str) -> Assessment:
    """The latest value is too old; its attainment is still shown."""
    point = case.latest
    case.draft.flag("last", point.year)
    case.draft.note("values.stale", rule, year=point.year, months=case.draft.stale_after())
    return case.withhold(Status.NOT_ASSESSABLE, rule, point, reason=Reason.STALE)
