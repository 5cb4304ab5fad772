"""What concerns a county or a development zone: its own targets, its groups', those for every county or naming it.

Gets the report, gives `Concern`s, each target once, by the first of these reasons that holds; and the works in it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from build_scripts.core.records import Region, Task
from build_scripts.core.vocabulary import Role
from build_scripts.locale import read_words, t
from build_scripts.report.entries import TargetEntry

if TYPE_CHECKING:
    from build_scripts.report.report import Report

PLACES = frozenset((Role.PART, Role.ZONE))
REASONS = ("own", "group", "every", "named")


@dataclass(frozen=True, slots=True)
class Concern:
    """A target that concerns a place: why (one of `REASONS`), and the group by which it does, if it is one."""

    entry: TargetEntry
    reason: str
    group: Region | None = None


def concerns(report: Report, region: Region) -> tuple[Concern, ...]:
    """Every target that concerns `region`, in the order of the reasons, then of the package."""
    known = report.naming
    groups = groups_of(report, region)
    rows: dict[int, tuple[str, Region | None]] = {}
    for reason, ids in (("own", (region.region_id,)), ("group", groups)):
        for region_id in ids:
            for number in known.entries_at.get(region_id, ()):
                rows.setdefault(number, (reason, groups.get(region_id)))
    if report.package.roles[region.region_id] is Role.PART:
        city = report.city_of[region.region_id]
        for number in known.for_every(city):
            rows.setdefault(number, ("every", None))
    for number in known.entries_naming.get(bare_region(region), ()):
        rows.setdefault(number, ("named", None))
    found: dict[str, list[Concern]] = {reason: [] for reason in REASONS}
    for number in sorted(rows):
        reason, group = rows[number]
        found[reason].append(Concern(report.entries[number], reason, group))
    return tuple(each for reason in REASONS for each in found[reason])


def works_in(report: Report, region: Region) -> tuple[Task, ...]:
    """The works that the plans place in `region`, then those placed elsewhere that name it."""
    known, tasks = report.naming, report.package.tasks
    own = [tasks[number] for number in known.tasks_at.get(region.region_id, ())]
    named = (tasks[number] for number in known.tasks_naming.get(bare_region(region), ()))
    return (*own, *(task for task in named if task.region_id != region.region_id))


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
    return re.sub(t("format.names.bare_region"), r"\1", region.name)


class Naming:
    """Where targets and works are and which counties and zones they name: read once, then asked for each place.

    Numbers are places in `report.entries` and `package.tasks`; targets that repeat another are left out. Names are read
    from the left, so that 缙云和龙泉 does not name 云和.
    """

    def __init__(self, report: Report) -> None:
        package = report.package
        names = {bare_region(each) for each in package.regions if package.roles[each.region_id] in PLACES}
        self._names = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "$^")
        self.entries_at: dict[str, list[int]] = defaultdict(list)
        self.entries_naming: dict[str, list[int]] = defaultdict(list)
        self.tasks_at: dict[str, list[int]] = defaultdict(list)
        self.tasks_naming: dict[str, list[int]] = defaultdict(list)
        self._every: dict[str, list[int]] = defaultdict(list)
        wholes = {part.group_id for part in package.region_members}
        for number, entry in enumerate(report.entries):
            if entry.target.duplicate_of is None:
                self.entries_at[entry.target.region_id].append(number)
                for name in self._named_by(entry.region.name, *_words(entry)):
                    self.entries_naming[name].append(number)
                # What has members of its own speaks of those only.
                is_part = package.roles[entry.region.region_id] is Role.PART
                if not is_part and entry.region.region_id not in wholes and _says_every(entry):
                    self._every[report.city_of[entry.region.region_id]].append(number)
        for number, task in enumerate(package.tasks):
            self.tasks_at[task.region_id or ""].append(number)
            for name in self._named_by(task.name):
                self.tasks_naming[name].append(number)

    def for_every(self, city: str) -> tuple[int, ...]:
        """The targets that speak of every county of a city, and those of which no city is known."""
        return (*self._every.get(city, ()), *(self._every.get("", ()) if city else ()))

    def _named_by(self, *words: str) -> set[str]:
        return {name for each in words for name in self._names.findall(each)}


def _says_every(entry: TargetEntry) -> bool:
    return any(word in each for word in read_words("county.every") for each in _words(entry))


def _words(entry: TargetEntry) -> tuple[str, str, str]:
    target = entry.target
    return target.name, target.promise, target.figure_as_printed
