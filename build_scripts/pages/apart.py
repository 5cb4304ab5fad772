"""Headings that several plans would share, told apart: by the place where that is enough, else by the plan's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from build_scripts.core.records import Plan
from build_scripts.locale import in_brackets
from build_scripts.report import Report
from build_scripts.report.concerns import bare_region


def plan_headings(report: Report) -> Mapping[str, str]:
    """What each plan is called over its part of a page, by `plan_id`: its short name unless others have it, too."""
    named = Counter(plan.name for plan in report.package.plans)
    return {plan.plan_id: plan.name if named[plan.name] == 1 else plan.title for plan in report.package.plans}


def told_apart(report: Report, heading: str, plans: Sequence[Plan]) -> list[str]:
    """The same heading over a part of each of several plans, as it is called for each."""
    if len(plans) < 2:
        return [heading] * len(plans)
    names = plan_headings(report)
    places = [_place(report, plan) for plan in plans]
    apart = all(places) and len(set(places)) == len(plans)
    behind = places if apart else [names[plan.plan_id] for plan in plans]
    return [f"{heading}{in_brackets(words)}" for words in behind]


def _place(report: Report, plan: Plan) -> str:
    """The one city that a plan's targets are of; empty where there is none or several."""
    cities = {report.city_of.get(entry.region.region_id, "") for entry in report.entries_by_plan.get(plan.plan_id, ())}
    cities.discard("")
    return bare_region(report.package.region_by_id[cities.pop()]) if len(cities) == 1 else ""
