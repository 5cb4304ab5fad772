"""The report: all entries of one day, with the lookups that page builders ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from build_scripts.assess import StatusAt, quarter_ends, status_history
from build_scripts.core.leads import sharing
from build_scripts.core.places import city_of_regions
from build_scripts.core.records import Package, Project, Region, Task, Unit
from build_scripts.core.vocabulary import Role
from build_scripts.report.breakdowns import Facet, facets
from build_scripts.report.concerns import PLACES, Naming, concerns, works_in
from build_scripts.report.counties import county_years
from build_scripts.report.entries import Figure, TargetEntry, TaskUpdate
from build_scripts.report.tally import Tally, tally
from build_scripts.report.updates import Update


@dataclass(frozen=True)
class Report:
    """Everything the site says about one package on one day. Entries are in the package's own order.

    `package` is the package of that day (`asof`); `known` the last day of what the record held, None for all of it.

    `figures_by_series` is keyed by (`indicator_id`, `region_id`); `happenings_by_task` by `task_id`.
    """

    package: Package
    as_of: date
    entries: tuple[TargetEntry, ...]
    figures_by_series: Mapping[tuple[str, str], tuple[Figure, ...]]
    happenings_by_task: Mapping[str, tuple[TaskUpdate, ...]]
    updates: tuple[Update, ...]
    known: date | None = None

    @cached_property
    def entry_by_id(self) -> Mapping[str, TargetEntry]:
        """Entries by `target_id`."""
        return {entry.target_id: entry for entry in self.entries}

    @cached_property
    def facets(self) -> Mapping[str, tuple[Facet, ...]]:
        """The breakdowns of each indicator that has any, by `indicator_id`."""
        return facets(self.package)

    @cached_property
    def history(self) -> tuple[StatusAt, ...]:
        """Every target's verdict at each quarter's end since its plan was issued: by target, then by day."""
        first = min((plan.issued_on for plan in self.package.plans), default=self.as_of)
        return tuple(status_history(self.package, quarter_ends(first.year, self.as_of)))

    def remember_history(self, points: Iterable[StatusAt]) -> None:
        """Take a history made elsewhere (`report.past`) for what `history` would give."""
        vars(self)["history"] = tuple(points)

    @cached_property
    def history_by_target(self) -> Mapping[str, tuple[StatusAt, ...]]:
        """The status history by `target_id`, oldest first."""
        return {key: tuple(points) for key, points in groupby(self.history, key=attrgetter("target_id"))}

    @cached_property
    def dated_updates(self) -> tuple[Update, ...]:
        """The updates whose sources name a day, live tables that of reading: only these are known to be recent."""
        return tuple(each for each in self.updates if each.source.published or each.source.kind == "live")

    @cached_property
    def tally(self) -> Tally:
        """The count over all targets, nothing left out."""
        return tally(self.entries)

    @cached_property
    def tally_in_totals(self) -> Tally:
        """The count over the targets that count in totals: duplicates and layout slogans left out."""
        return tally(entry for entry in self.entries if entry.target.in_totals)

    @cached_property
    def entries_by_plan(self) -> Mapping[str, tuple[TargetEntry, ...]]:
        """Entries by `plan_id`."""
        return self._group(lambda entry: (entry.target.plan_id,))

    @cached_property
    def entries_by_project(self) -> Mapping[str, tuple[TargetEntry, ...]]:
        """Entries by `project_id`; targets outside projects are left out."""
        return self._group(lambda entry: (entry.target.project_id,) if entry.target.project_id else ())

    @cached_property
    def entries_by_indicator(self) -> Mapping[str, tuple[TargetEntry, ...]]:
        """Entries by `indicator_id`."""
        return self._group(lambda entry: (entry.target.indicator_id,))

    @cached_property
    def entries_by_region(self) -> Mapping[str, tuple[TargetEntry, ...]]:
        """Entries by `region_id`, for the region itself only, not for its members."""
        return self._group(lambda entry: (entry.target.region_id,))

    @cached_property
    def entries_by_lead(self) -> Mapping[str, tuple[TargetEntry, ...]]:
        """Entries by the `unit_id` of their lead unit."""
        return self._group(lambda entry: (entry.lead.unit_id,) if entry.lead else ())

    @cached_property
    def unanswered(self) -> tuple[TargetEntry, ...]:
        """The targets past their deadline without a value in this record, longest overdue first."""
        found = (entry for entry in self.entries if entry.unanswered)
        return tuple(sorted(found, key=lambda entry: entry.deadline or self.as_of))

    @cached_property
    def projects_by_plan(self) -> Mapping[str, tuple[Project, ...]]:
        """Projects by `plan_id`, in the plan's order within their kind."""
        found: dict[str, list[Project]] = {plan.plan_id: [] for plan in self.package.plans}
        for project in self.package.projects:
            found[project.plan_id].append(project)
        return {plan_id: tuple(projects) for plan_id, projects in found.items()}

    @cached_property
    def units_by_project(self) -> Mapping[str, tuple[Unit, ...]]:
        """Responsible units by `project_id`, in printed order."""
        return sharing(self.package)

    @cached_property
    def tasks_by_project(self) -> Mapping[str, tuple[Task, ...]]:
        """Named works by `project_id`; works outside projects are left out."""
        found: dict[str, list[Task]] = {project.project_id: [] for project in self.package.projects}
        for task in self.package.tasks:
            if task.project_id:
                found[task.project_id].append(task)
        return {project_id: tuple(tasks) for project_id, tasks in found.items()}

    @cached_property
    def naming(self) -> Naming:
        """Which targets and works are in a place, or name it."""
        return Naming(self)

    @cached_property
    def city_of(self) -> Mapping[str, str]:
        """The id of each region's city, by `region_id`; empty where it is not known."""
        return city_of_regions(self.package.regions, self.package.region_members, self.package.roles)

    @cached_property
    def figures_by_indicator(self) -> Mapping[str, Mapping[str, tuple[Figure, ...]]]:
        """Each indicator's figures by `region_id`, by `indicator_id`."""
        found: dict[str, dict[str, tuple[Figure, ...]]] = {}
        for (indicator_id, region_id), figures in self.figures_by_series.items():
            found.setdefault(indicator_id, {})[region_id] = figures
        return found

    @cached_property
    def county_years(self) -> Mapping[str, tuple[str, Mapping[str, Figure]]]:
        """For each city the indicator that most of its counties publish by year, and their latest years."""
        return county_years(self)

    @cached_property
    def counties_by_target(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the counties that each target concerns, by `target_id`."""
        return {
            target_id: tuple(
                place.region_id
                for place in sorted(places, key=lambda place: place.order)
                if self.package.roles[place.region_id] is Role.PART
            )
            for target_id, places in self.places_by_target.items()
        }

    @cached_property
    def places_by_target(self) -> Mapping[str, tuple[Region, ...]]:
        """The counties and zones that each target concerns, by `target_id`: whose pages lead to it."""
        found: dict[str, list[Region]] = {}
        for region in self.package.regions:
            for each in concerns(self, region) if self.package.roles[region.region_id] in PLACES else ():
                found.setdefault(each.entry.target_id, []).append(region)
        return {target_id: tuple(places) for target_id, places in found.items()}

    @cached_property
    def counties_by_task(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the counties that each named work lies in or names, by `task_id`."""
        found: dict[str, list[str]] = {}
        for region in self._counties:
            for task in works_in(self, region):
                found.setdefault(task.task_id, []).append(region.region_id)
        return {task_id: tuple(ids) for task_id, ids in found.items()}

    @property
    def _counties(self) -> list[Region]:
        return self.package.places(Role.PART)

    def _group(self, keys: Callable[[TargetEntry], tuple[str, ...]]) -> Mapping[str, tuple[TargetEntry, ...]]:
        """Entries by each of the keys that `keys` gives for them."""
        found: dict[str, list[TargetEntry]] = {}
        for entry in self.entries:
            for key in keys(entry):
                found.setdefault(key, []).append(entry)
        return {key: tuple(entries) for key, entries in found.items()}
