"""A whole data package as records, with lookups by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any

from build_scripts.core.government import Government, government
from build_scripts.core.plan_text import PlanText
from build_scripts.core.records.happened import (
    Breakdown,
    Bulletin,
    Observation,
    OfficialJudgement,
    Problem,
    ProblemEvent,
    Search,
    Source,
    TaskEvent,
)
from build_scripts.core.records.promised import (
    Indicator,
    Plan,
    Project,
    Region,
    RegionMember,
    RelatedIndicator,
    Responsibility,
    Series,
    SeriesDimension,
    Target,
    Task,
    Translation,
    Unanswered,
    Unit,
    Word,
)
from build_scripts.core.records.violation import Violation
from build_scripts.core.vocabulary import Role, Vocabulary, roles_of, vocabulary_of


@dataclass(frozen=True)
class Package:
    """Everything a valid data package says, as records in file order, with lookups by key.

    `meta` is the descriptor (`datapackage.json`) as read: title, version, licences, contributors, resources;
    `texts` holds the full text of those plans that come with one, by plan id. `withdrawn` are the targets that were
    taken back or replaced by the day of a package made by `asof`, `ended_tasks` the works; they count nowhere and are
    not forgotten. `own` is the package in its own words where this one is in another language (`translated`).
    """

    meta: Mapping[str, Any]
    plans: tuple[Plan, ...]
    projects: tuple[Project, ...]
    units: tuple[Unit, ...]
    responsibilities: tuple[Responsibility, ...]
    regions: tuple[Region, ...]
    region_members: tuple[RegionMember, ...]
    indicators: tuple[Indicator, ...]
    targets: tuple[Target, ...]
    related_indicators: tuple[RelatedIndicator, ...]
    tasks: tuple[Task, ...]
    sources: tuple[Source, ...]
    observations: tuple[Observation, ...]
    task_events: tuple[TaskEvent, ...]
    problems: tuple[Problem, ...] = ()
    problem_events: tuple[ProblemEvent, ...] = ()
    searches: tuple[Search, ...] = ()
    bulletins: tuple[Bulletin, ...] = ()
    withdrawn: tuple[Target, ...] = ()
    ended_tasks: tuple[Task, ...] = ()
    unanswered: tuple[Unanswered, ...] = ()
    translations: tuple[Translation, ...] = ()
    vocabulary: tuple[Word, ...] = ()
    series: tuple[Series, ...] = ()
    series_dimensions: tuple[SeriesDimension, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    official_judgements: tuple[OfficialJudgement, ...] = ()
    texts: Mapping[str, PlanText] = field(default_factory=dict)
    own: Package | None = field(default=None, compare=False, repr=False)
    warnings: tuple[Violation, ...] = field(default=(), compare=False)

    def table(self, name: str) -> tuple[Any, ...]:
        """The rows of a table as published, in its own words: of targets and works, those taken back too."""
        if self.own:
            return self.own.table(name)
        rows: tuple[Any, ...] = getattr(self, name)
        gone: dict[str, tuple[Any, ...]] = {"targets": self.withdrawn, "tasks": self.ended_tasks}
        return (*rows, *gone.get(name, ()))

    @cached_property
    def begun(self) -> date | None:
        """The day this record was begun (`created`); None where the descriptor does not say it as a day."""
        try:
            return date.fromisoformat(str(self.meta.get("created") or "")[:10])
        except ValueError:
            return None

    @cached_property
    def government(self) -> Government:
        """The government's own settings, as the descriptor says them."""
        return government(self.meta)

    @cached_property
    def lists(self) -> Vocabulary:
        """The government's own lists: levels of place, kinds of project, kinds of body."""
        return vocabulary_of(self.vocabulary)

    @cached_property
    def roles(self) -> Mapping[str, Role]:
        """What each region is: the whole, a part of it, a group of parts, a zone, an area; by `region_id`."""
        return roles_of(self.regions, self.region_members, self.lists)

    def places(self, role: Role) -> list[Region]:
        """The regions of a role, in their own order."""
        return sorted((each for each in self.regions if self.roles[each.region_id] is role), key=lambda it: it.order)

    @cached_property
    def plan_by_id(self) -> Mapping[str, Plan]:
        """Plans by `plan_id`."""
        return {record.plan_id: record for record in self.plans}

    @cached_property
    def project_by_id(self) -> Mapping[str, Project]:
        """Projects by `project_id`."""
        return {record.project_id: record for record in self.projects}

    @cached_property
    def unit_by_id(self) -> Mapping[str, Unit]:
        """Units by `unit_id`."""
        return {record.unit_id: record for record in self.units}

    @cached_property
    def region_by_id(self) -> Mapping[str, Region]:
        """Regions by `region_id`."""
        return {record.region_id: record for record in self.regions}

    @cached_property
    def indicator_by_id(self) -> Mapping[str, Indicator]:
        """Indicators by `indicator_id`."""
        return {record.indicator_id: record for record in self.indicators}

    @cached_property
    def target_by_id(self) -> Mapping[str, Target]:
        """Targets by `target_id`."""
        return {record.target_id: record for record in self.targets}

    @cached_property
    def task_by_id(self) -> Mapping[str, Task]:
        """Works by `task_id`, those that were taken back too."""
        return {record.task_id: record for record in (*self.tasks, *self.ended_tasks)}

    @cached_property
    def source_by_id(self) -> Mapping[str, Source]:
        """Sources by `source_id`."""
        return {record.source_id: record for record in self.sources}

    @cached_property
    def observations_by_series(self) -> Mapping[tuple[str, str], tuple[Observation, ...]]:
        """Observations by (`indicator_id`, `region_id`), in file order."""
        key = attrgetter("indicator_id", "region_id")
        return {k: tuple(group) for k, group in groupby(sorted(self.observations, key=key), key=key)}

    @cached_property
    def observations_by_indicator(self) -> Mapping[str, tuple[Observation, ...]]:
        """Observations by `indicator_id`, in file order."""
        key = attrgetter("indicator_id")
        return {k: tuple(group) for k, group in groupby(sorted(self.observations, key=key), key=key)}

    @cached_property
    def events_by_task(self) -> Mapping[str, tuple[TaskEvent, ...]]:
        """Task events by `task_id`, in file order."""
        key = attrgetter("task_id")
        return {k: tuple(group) for k, group in groupby(sorted(self.task_events, key=key), key=key)}
