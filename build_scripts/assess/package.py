"""The whole package assessed: every target, every named work, every group of regions, on one day or many.

Gets a `Package` and days, gives assessments by id, in file order. Source: assessment method §8 (groups).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from build_scripts.assess.engine import assess
from build_scripts.assess.from_package import PackageInputs
from build_scripts.assess.group import assess_bundle, score_of
from build_scripts.assess.inputs import GroupItem, TargetInputs
from build_scripts.core.asof import asof
from build_scripts.core.memory import once
from build_scripts.core.method import Assessment, Family, Status
from build_scripts.core.numbers import HUNDRED, divided
from build_scripts.core.records import Package, Region
from build_scripts.core.vocabulary import Role

UNOFFICIAL_LABEL = "flags.group.unofficial"


@dataclass(frozen=True, slots=True)
class GroupAssessment:
    """The unofficial bundle view of a group of regions: its own targets, equally weighted, never a ranking.

    `assessment` holds score (`derived`, 0–100), mean (`ratio`), coverage flag and grade; `weakest` is the target that
    pulls the score down most, the first listed among equals; `counts` has every status over all `targets`.
    """

    group_id: str
    assessment: Assessment
    targets: tuple[str, ...]
    scored: int
    counts: Mapping[Status, int]
    weakest: str | None
    label_key: str = UNOFFICIAL_LABEL

    @property
    def score(self) -> Decimal | None:
        """The bundle score, 0 to 100; None where too little can be judged."""
        return self.assessment.derived


@dataclass(frozen=True, slots=True)
class StatusAt:
    """The verdict on one target as it stood on one day, without its steps: a row of the status history."""

    target_id: str
    as_of: date
    assessment: Assessment


def assess_package(package: Package, as_of: date) -> dict[str, Assessment]:
    """Every target's assessment by `target_id`, in file order."""
    inputs = PackageInputs(package)
    return {target.target_id: _assess(inputs.of_target(target, as_of), as_of) for target in package.targets}


def _assess(inputs: TargetInputs, as_of: date) -> Assessment:
    """As `assess`, once for the very same inputs."""
    return once("assessment", (inputs,), lambda: assess(inputs, as_of), as_of)


def assess_tasks(package: Package, as_of: date) -> dict[str, Assessment]:
    """Every named work's assessment by `task_id`, each judged as a milestone with its own printed due day."""
    inputs = PackageInputs(package)
    return {task.task_id: assess(inputs.of_task(task), as_of) for task in package.tasks}


def assess_groups(
    package: Package, as_of: date, assessments: Mapping[str, Assessment] | None = None
) -> dict[str, GroupAssessment]:
    """The bundle view of every group of regions by `region_id`; duplicates and layout slogans are not counted."""
    found = assessments if assessments is not None else assess_package(package, as_of)
    return {region.region_id: _assess_group(package, region, found) for region in package.places(Role.GROUP)}


def status_history(package: Package, days: Iterable[date]) -> list[StatusAt]:
    """What would have been said of every target there was on each of `days`: by target in file order, then by day.

    How each verdict came about is left out: nobody asks, and it would be most of what a large site holds.
    """
    if not package.targets:
        return []
    verdicts = {day: assess_package(asof(package, day), day) for day in sorted(set(days))}
    return [
        StatusAt(target.target_id, day, replace(said[target.target_id], steps=()))
        for target in package.targets
        for day, said in verdicts.items()
        if target.target_id in said
    ]


def quarter_ends(first_year: int, until: date) -> list[date]:
    """The ends of quarters from the first of `first_year` up to and including `until`."""
    ends = [
        date(year, month, day)
        for year in range(first_year, until.year + 1)
        for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))
    ]
    return [end for end in ends if end <= until]


def _assess_group(package: Package, region: Region, assessments: Mapping[str, Assessment]) -> GroupAssessment:
    targets = [t.target_id for t in package.targets if t.region_id == region.region_id and t.in_totals]
    items = [_item(target_id, assessments[target_id]) for target_id in targets]
    return GroupAssessment(
        group_id=region.region_id,
        assessment=assess_bundle(items, region.region_id),
        targets=tuple(targets),
        scored=sum(item.status.family is not Family.UNJUDGED for item in items),
        counts=Counter(item.status for item in items),
        weakest=_weakest(items),
    )


def _item(target_id: str, verdict: Assessment) -> GroupItem:
    progress = divided(verdict.progress_pct, HUNDRED) if verdict.progress_pct is not None else None
    return GroupItem(verdict.status, verdict.ratio, progress, target_id)


def _weakest(items: list[GroupItem]) -> str | None:
    """The scored target with the lowest score, the first listed among equals; None where all have full marks."""
    scores = [(score, item.target_id) for item in items if (score := score_of(item)) is not None and score < 1]
    return min(scores, key=lambda each: each[0])[1] if scores else None
