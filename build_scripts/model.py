"""The records every stage speaks in: one frozen class per table, named field for field like its CSV.

Gets nothing, gives types. Values are `Decimal` exactly as printed in the CSV (never binary floats), days are
`datetime.date`, periods stay in the method's textual forms (`2024`, `2024-Q1`, `2024-03`, `2023-01-01/P24M`).
An empty cell is `None` for numbers, days and references, and `""` for free text.
Source of the field names: the data contract (docs/data-contract.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeAlias

# A name for `date` inside the records that have a field called `date`.
Day: TypeAlias = date


class Severity(StrEnum):
    """How bad a problem is: an error stops the build, a warning is shown, counted and published."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with the package, in words a clerk can act on.

    `file` is relative to the package folder (`progress/observations.csv`); `row` is the line in that file as a
    spreadsheet numbers it (header = 1), 0 when the whole file is meant.
    """

    file: str
    row: int
    code: str
    field: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    resource: str = ""

    def __str__(self) -> str:
        hint = f"；{self.hint}" if self.hint else ""
        where = f"[{self.field}] " if self.field else ""
        return f"{self.file}:{self.row}: {self.code}: {where}{self.message}{hint}"


@dataclass(frozen=True, slots=True)
class Plan:
    """An official plan: who issued it, under which number, for which years."""

    plan_id: str
    title: str
    short_title: str
    doc_number: str
    issuer: str
    issued_on: date
    period_start: int
    period_end: int
    summary: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """A body of work a plan sets up: major project, landmark project, platform, coordination or work mechanism."""

    project_id: str
    plan_id: str
    kind: str
    order: int
    title: str
    short_title: str
    objective: str
    convener: str
    lead_unit_id: str | None
    investment: Decimal | None
    investment_unit: str
    section: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A body that a plan names as answerable."""

    unit_id: str
    name: str
    category: str


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One unit's part in one project, in the plan's printed order."""

    project_id: str
    unit_id: str
    role: str
    order: int


@dataclass(frozen=True, slots=True)
class Region:
    """A place that targets or figures are about: city, group, county, zone or area."""

    region_id: str
    name: str
    level: str
    adcode: str
    order: int


@dataclass(frozen=True, slots=True)
class RegionMember:
    """Membership of a region in a group of regions."""

    group_id: str
    region_id: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured, in which unit; serves targets of several years and regions."""

    indicator_id: str
    name: str
    unit: str
    decimals: int
    direction: str
    frequency: str
    definition: str


@dataclass(frozen=True, slots=True)
class Target:
    """One promise of a plan, as printed."""

    target_id: str
    plan_id: str
    project_id: str | None
    indicator_id: str
    region_id: str
    name: str
    kind: str
    comparator: str
    value: Decimal | None
    value_high: Decimal | None
    unit: str
    baseline_period: str | None
    baseline_value: Decimal | None
    baseline_basis: str | None
    baseline_source_id: str | None
    period_start: str | None
    target_period: str | None
    due: date | None
    monotone: bool | None
    flow: bool | None
    peers: int | None
    reference_indicator_id: str | None
    reference_region_id: str | None
    section: str
    figure_as_printed: str
    lead_unit_id: str | None
    duplicate_of: str | None
    in_totals: bool
    flags: tuple[str, ...]
    note: str

    @property
    def target_year(self) -> int | None:
        """The year of `target_period`; None when the plan prints no deadline."""
        return int(self.target_period[:4]) if self.target_period else None


@dataclass(frozen=True, slots=True)
class RelatedIndicator:
    """A published series near a target but not its own: shown beside it, never fed to a status."""

    target_id: str
    indicator_id: str
    region_id: str
    relation: str
    note: str


@dataclass(frozen=True, slots=True)
class Task:
    """A named work of a plan, with its printed deadline."""

    task_id: str
    plan_id: str
    project_id: str | None
    name: str
    region_id: str | None
    lead_unit_id: str | None
    due: date | None
    due_as_printed: str
    target_id: str | None
    section: str
    note: str


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that figures or events rest on. Tier 1 issuing authority, 2 official media or copy, 3 other."""

    source_id: str
    title: str
    publisher: str
    published: date | None
    url: str
    tier: int
    note: str


@dataclass(frozen=True, slots=True)
class Observation:
    """A published value of an indicator, for a region and period, on one basis, in one vintage (`pub`)."""

    indicator_id: str
    region_id: str
    period: str
    basis: str
    pub: date
    source_id: str
    value: Decimal | None
    obs_status: str
    yoy: Decimal | None
    yoy_real: bool | None
    figure_as_printed: str
    note: str


@dataclass(frozen=True, slots=True)
class TaskEvent:
    """A published, dated step of a task."""

    task_id: str
    date: Day
    state: str
    pub: Day
    source_id: str
    planned_date: Day | None
    note: str


@dataclass(frozen=True, slots=True)
class ReportedProblem:
    """A row of the plan's third form: something in the way, with its owner (table `problems`)."""

    problem_id: str
    project_id: str
    task_id: str | None
    target_id: str | None
    title: str
    owner_unit_id: str
    opened: date
    due: date | None


@dataclass(frozen=True, slots=True)
class ProblemEvent:
    """A step in the life of a reported problem."""

    problem_id: str
    date: Day
    state: str
    pub: Day
    source_id: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A dispatch note of a month, quarter or year, frozen at `as_of`."""

    bulletin_id: str
    kind: str
    period: str
    as_of: date
    released: date
    headline: str


@dataclass(frozen=True)
class Package:
    """Everything a valid data package says, as records in file order, with lookups by key.

    `meta` is the descriptor (`datapackage.json`) as read: title, version, licences, contributors, resources.
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
    problems: tuple[ReportedProblem, ...] = ()
    problem_events: tuple[ProblemEvent, ...] = ()
    bulletins: tuple[Bulletin, ...] = ()
    warnings: tuple[Problem, ...] = field(default=(), compare=False)

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
        """Tasks by `task_id`."""
        return {record.task_id: record for record in self.tasks}

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
    def events_by_task(self) -> Mapping[str, tuple[TaskEvent, ...]]:
        """Task events by `task_id`, in file order."""
        key = attrgetter("task_id")
        return {k: tuple(group) for k, group in groupby(sorted(self.task_events, key=key), key=key)}
