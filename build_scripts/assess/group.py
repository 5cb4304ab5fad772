"""Groups of regions: the group's own value, and the unofficial bundle score.

Gets `TargetInputs` with group figures or the items of a bundle, gives an `Assessment`.
Source: assessment method §8.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from build_scripts.assess.draft import JUDGED, Draft, in_flag_order
from build_scripts.assess.inputs import GroupFigures, GroupItem, TargetInputs
from build_scripts.core.method import (
    BEHIND_RATIO,
    CONFLICT_TOLERANCE,
    GROUP_MIN_COVERAGE,
    GROUP_MIN_SCORED,
    ON_TRACK_RATIO,
    Assessment,
    Family,
    Grade,
    Reason,
    Status,
    Step,
)
from build_scripts.core.numbers import HUNDRED, ZERO, add, divided, is_figure, minus, rounded, times

_WITHOUT_RATIO = {
    Status.ON_TRACK: Fraction(1),
    Status.SLIGHTLY_BEHIND: Fraction(BEHIND_RATIO),
    Status.BEHIND: Fraction(0),
}
_NOT_ON_TRACK = frozenset((Status.BEHIND, Status.REVERSING, Status.MISSED))


@dataclass(frozen=True, slots=True)
class GroupValue:
    """A group's value for one period, and how it came about; `rival` is what its members give beside it."""

    value: Decimal
    origin: str
    flags: tuple[str, ...] = ()
    at_best: Grade = Grade.A
    rival: Decimal | None = None


def assess_group_value(
    inputs: TargetInputs, as_of: date, assess: Callable[[TargetInputs, date], Assessment]
) -> Assessment:
    """The group's value joins the target's other observations and is judged as `kind_inner`."""
    figures = inputs.group
    plain = replace(inputs, kind=_inner_kind(inputs), group=None)
    if figures is None or figures.form.pub > as_of:
        return assess(plain, as_of)
    found = group_value(figures, is_ratio=inputs.kind == "group_ratio", in_percent=inputs.unit == "%")
    if not isinstance(found, GroupValue):
        draft = Draft(inputs, as_of)
        if found:
            draft.flag("missing", "|".join(found))
        for step in _member_steps(figures):
            draft.note(step.code, step.rule, **dict(step.values))
        if found:
            draft.note("group.missing", "§8", members="|".join(found))
        else:
            draft.note("group.no_members", "§8")
        return draft.withhold(Status.NOT_ASSESSABLE, "§8", reason=Reason.MEMBER_MISSING)
    observation = replace(figures.form, value=found.value, at_best=found.at_best, rival=found.rival)
    verdict = assess(replace(plain, observations=(*inputs.observations, observation)), as_of)
    derived = rounded(Fraction(found.value), 2)
    shown = rounded(Fraction(found.value), 4)
    steps = [Step(f"group.{found.origin}", "§8", (("value", shown.normalize()),))]
    if derived != shown:
        steps.append(Step("group.rounded", "§8", (("value", derived),)))
    return replace(
        verdict,
        derived=derived,
        flags=in_flag_order({*verdict.flags, *found.flags}),
        grade=max(verdict.grade, found.at_best) if verdict.grade is not None else None,
        steps=(*_member_steps(figures), *steps, *verdict.steps),
        source_ids=tuple(dict.fromkeys((*verdict.source_ids, *(figures.source_ids if found.flags else ())))),
    )


def _member_steps(figures: GroupFigures) -> list[Step]:
    """What the members have published, so that the sum or ratio can be done again."""
    addends = [
        Step("group.member", "§8", (("name", name), ("value", value)))
        for name, value in figures.members.items()
        if is_figure(value)
    ]
    parts = [
        Step("group.member_parts", "§8", (("name", name), ("top", top), ("bottom", figures.denominators.get(name))))
        for name, top in figures.numerators.items()
        if is_figure(top) and is_figure(figures.denominators.get(name))
    ]
    return addends + parts


def group_value(figures: GroupFigures, *, is_ratio: bool, in_percent: bool) -> GroupValue | list[str]:
    """The official group figure, else the sum or ratio of all members; else the members that are missing."""
    if is_ratio:
        computed, missing = _ratio(figures, in_percent=in_percent)
    else:
        computed, missing = _total(figures.members), _unpublished(figures.members)
    official = figures.official
    if official is not None and is_figure(official):
        apart = computed is not None and minus(computed, official).copy_abs() > times(
            CONFLICT_TOLERANCE, official.copy_abs()
        )
        return GroupValue(official, "official", ("sum_mismatch",) if apart else (), rival=computed)
    if computed is None:
        return missing
    origin = "weighted" if is_ratio else "summed"
    return GroupValue(computed, origin, (origin,), Grade.B)


def _inner_kind(inputs: TargetInputs) -> str:
    if inputs.kind_inner and not inputs.kind_inner.startswith("group"):
        return inputs.kind_inner
    return "share_by" if inputs.kind == "group_ratio" else "level_by"


def _ratio(figures: GroupFigures, *, in_percent: bool) -> tuple[Decimal | None, list[str]]:
    """Σ numerators / Σ denominators, never a mean of ratios; None unless every member has both."""
    top, bottom = figures.numerators, figures.denominators
    members = [*top, *(name for name in bottom if name not in top)]
    missing = [name for name in members if not (is_figure(top.get(name)) and is_figure(bottom.get(name)))]
    numerator, denominator = _total(top), _total(bottom)
    if missing or numerator is None or denominator is None or not denominator:
        return None, missing or members
    return divided(times(numerator, HUNDRED) if in_percent else numerator, denominator), []


def _total(members: Mapping[str, Decimal | None]) -> Decimal | None:
    """The sum of all members; None unless every one is published."""
    total = ZERO
    for value in members.values():
        if value is None or not is_figure(value):
            return None
        total = add(total, value)
    return total if members else None


def _unpublished(members: Mapping[str, Decimal | None]) -> list[str]:
    return [name for name, value in members.items() if not is_figure(value)]


def assess_bundle(items: Sequence[GroupItem], target_id: str = "") -> Assessment:
    """The unofficial bundle score of a group: equal weights, each of its targets capped at 1."""
    scored = [(item, score) for item in items if (score := score_of(item)) is not None]
    flags = (f"coverage:{len(scored)}/{len(items)}",)
    steps = [
        Step(
            "bundle.item",
            "§8",
            (("target_id", item.target_id), ("status", item.status.value), ("score", rounded(score, 4))),
        )
        for item, score in scored
    ]
    if len(scored) < GROUP_MIN_SCORED or len(scored) < GROUP_MIN_COVERAGE * len(items):
        low = Step("bundle.low_coverage", "§8", (("scored", len(scored)), ("all", len(items))))
        return Assessment(
            status=Status.NOT_ASSESSABLE,
            reason=Reason.LOW_COVERAGE,
            flags=flags,
            steps=(*steps, low, _verdict(Status.NOT_ASSESSABLE, Reason.LOW_COVERAGE)),
            target_id=target_id,
        )
    mean = sum((score for _, score in scored), Fraction(0)) / len(scored)
    status = _bundle_status(items, mean)
    shown = rounded(100 * mean, 1)
    steps.append(
        Step(
            "bundle.score",
            "§8",
            (("count", len(scored)), ("all", len(items)), ("mean", rounded(mean, 4)), ("score", shown)),
        )
    )
    steps.append(_verdict(status))
    return Assessment(
        status=status,
        method="group",
        ratio=rounded(mean, 4),
        derived=shown,
        flags=flags,
        grade=Grade.C,
        steps=tuple(steps),
        target_id=target_id,
    )


def _verdict(status: Status, reason: Reason | None = None) -> Step:
    return Step("verdict", "§8", (("status", status.value), ("reason", reason.value if reason else None)))


def _bundle_status(items: Sequence[GroupItem], mean: Fraction) -> Status:
    if all(item.status.family is Family.MET for item in items):
        return Status.ACHIEVED
    score = rounded(mean, 4)
    if score >= ON_TRACK_RATIO and not any(item.status in _NOT_ON_TRACK for item in items):
        return Status.ON_TRACK
    return Status.SLIGHTLY_BEHIND if score >= BEHIND_RATIO else Status.BEHIND


def score_of(item: GroupItem) -> Fraction | None:
    """The score of one target, 0 to 1 (§8); None for an unjudged one."""
    if item.status not in JUDGED:
        return None
    if item.status.family is Family.MET:
        return Fraction(1)
    if item.status in _WITHOUT_RATIO:
        return _clamped(item.ratio) if is_figure(item.ratio) else _WITHOUT_RATIO[item.status]
    if item.status is Status.MISSED and is_figure(item.progress):
        return _clamped(item.progress)
    return Fraction(0)


def _clamped(value: Decimal | None) -> Fraction:
    return min(max(Fraction(value or 0), Fraction(0)), Fraction(1))
