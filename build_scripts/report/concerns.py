"""What concerns a county or a development zone: its own targets, its groups', those for every county or naming it.

Gets the report, gives `Concern`s, each target once, by the first of these reasons that holds; and the works in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from build_scripts.core.records import Region, Task
from build_scripts.locale import t
from build_scripts.report.entries import TargetEntry

if TYPE_CHECKING:
    from build_scripts.report.report import Report

PLACES = frozenset(("county", "zone"))
REASONS = ("own", "group", "every", "named")


@dataclass(frozen=True, slots=True)
class Concern:
    """A target that concerns a place: why (one of `REASONS`), and the group by which it does, if it is one."""

    entry: TargetEntry
    reason: str
    group: Region | None = None


def concerns(report: Report, region: Region) -> tuple[Concern, ...]:
    """Every target that concerns `region`, in the order of the reasons, then of the package."""
    groups = groups_of(report, region)
    named = _Named(report, region)
    found: dict[str, list[Concern]] = {reason: [] for reason in REASONS}
    for entry in report.entries:
        where = entry.target.region_id
        if entry.target.duplicate_of is not None:
            continue
        if where == region.region_id:
            found["own"].append(Concern(entry, "own"))
        elif where in groups:
            found["group"].append(Concern(entry, "group", groups[where]))
        elif region.level == "county" and _is_wide(report, entry.region) and _says_every(entry):
            found["every"].append(Concern(entry, "every"))
        elif named.by(entry.region.name, *_words(entry)):
            found["named"].append(Concern(entry, "named"))
    return tuple(each for reason in REASONS for each in found[reason])


def works_in(report: Report, region: Region) -> tuple[Task, ...]:
    """The works that the plans place in `region`, then those placed elsewhere that name it."""
    named = _Named(report, region)
    own = [task for task in report.package.tasks if task.region_id == region.region_id]
    by_name = [task for task in report.package.tasks if task not in own and named.by(task.name)]
    return (*own, *by_name)


def groups_of(report: Report, region: Region) -> dict[str, Region]:
    """The groups that a region belongs to, and those that they belong to, nearest first."""
    regions = report.package.region_by_id
    found: dict[str, Region] = {}
    open_ids = [region.region_id]
    while open_ids:
        here = open_ids.pop(0)
        for part in report.package.region_members:
            if part.region_id == here and part.group_id not in found:
                found[part.group_id] = regions[part.group_id]
                open_ids.append(part.group_id)
    return found


def bare_region(region: Region) -> str:
    """The name of a city or county as people say it: 莲都 for 莲都区, 景宁 for 景宁畲族自治县; of others the whole."""
    if region.level not in {"city", "county"}:
        return region.name
    return re.sub(r"^(..+?)(?:市|区|县|..?族自治县)$", r"\1", region.name)


class _Named:
    """Finds a place's name in words. Names are read from the left, so that 缙云和龙泉 does not name 云和."""

    def __init__(self, report: Report, region: Region) -> None:
        self.name = bare_region(region)
        names = [bare_region(each) for each in report.package.regions if each.level in PLACES]
        self.names = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "$^")

    def by(self, *words: str) -> bool:
        return any(self.name in self.names.findall(each) for each in words)


def _is_wide(report: Report, region: Region) -> bool:
    """Whether a target there may speak of all counties: what has members of its own speaks of those only."""
    return region.level != "county" and all(part.group_id != region.region_id for part in report.package.region_members)


def _says_every(entry: TargetEntry) -> bool:
    return any(word in each for word in t("county.every").split("、") for each in _words(entry))


def _words(entry: TargetEntry) -> tuple[str, str, str]:
    target = entry.target
    return target.name, target.promise, target.figure_as_printed
