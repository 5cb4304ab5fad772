"""A group of regions seen as one bundle: coverage, joint verdict, weakest target. A part of the group's region page.

Unofficial: equal weights, from published data only. Groups and their members are never ranked, so nothing here
compares one group with another.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from build_scripts.core.method import GROUP_MIN_COVERAGE, GROUP_MIN_SCORED, Family, Status
from build_scripts.core.records import Link, Region
from build_scripts.core.vocabulary import Role
from build_scripts.explain import reason_meaning
from build_scripts.locale import how_many, number, t
from build_scripts.pages import parts
from build_scripts.pages.parts import Badge, Strip
from build_scripts.report import Report, tally
from build_scripts.report.groups import GroupAssessment, group_views


@dataclass(frozen=True, slots=True)
class GroupView:
    """The bundle view of one group; `score` is empty and `why` says so where too little can be judged."""

    label: str
    sentence: str
    badge: Badge
    strip: Strip
    score: str
    why: str
    weakest: Link | None
    weakest_badge: Badge | None
    note: str


def group_view(report: Report, region: Region) -> GroupView | None:
    """The bundle view of a region; None when it is no group or has no targets of its own."""
    found = group_views(report).get(region.region_id) if report.package.roles[region.region_id] is Role.GROUP else None
    if found is None or not found.targets:
        return None
    verdict = found.assessment
    weakest = report.entry_by_id[found.weakest] if found.weakest else None
    return GroupView(
        label=t(found.label_key),
        sentence=_sentence(region, found),
        badge=parts.badge(verdict.status),
        strip=parts.status_strip(tally(report.entry_by_id[each] for each in found.targets)),
        score=t("group.score", score=number(found.score, 1)) if found.score is not None else "",
        why=_why(verdict.status, found),
        weakest=parts.target_link(weakest) if weakest else None,
        weakest_badge=parts.badge(weakest.status) if weakest else None,
        note=t("group.note"),
    )


def _sentence(region: Region, found: GroupAssessment) -> str:
    """How many of the group's own targets can be scored, and how many of all are met."""
    met = sum(count for status, count in found.counts.items() if status.family is Family.MET)
    return t(
        "group.sentence" if found.scored else "group.sentence_none",
        name=region.name,
        total=how_many(len(found.targets), "item"),
        scored=how_many(found.scored, "item"),
        met=how_many(met, "item"),
    )


def _why(status: Status, found: GroupAssessment) -> str:
    """Why there is no joint verdict; empty where there is one."""
    if status is not Status.NOT_ASSESSABLE or found.assessment.reason is None:
        return ""
    share = f"{number(GROUP_MIN_COVERAGE * Decimal(100), 0)}%"
    rule = t("group.rule", share=share, count=GROUP_MIN_SCORED)
    return reason_meaning(found.assessment.reason) + rule
