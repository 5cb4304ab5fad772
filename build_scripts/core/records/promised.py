"""What was promised: the records of `datapackage/targets/`, named field for field like their CSVs.

Promises change: a row counts from its `valid_from` (none: from the first) until the day before its `withdrawn_on`, and
names in `replaces` the rows it takes the place of. Nothing is rewritten, so every earlier day stays as it was.

`also_called` holds the other names by which people ask for a thing: the search finds it by them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from build_scripts.core.periods import deadline_of, year_of
from build_scripts.core.records.recorded import Recorded


@dataclass(frozen=True, slots=True)
class Plan(Recorded):
    """An official plan: who issued it, under which number, for which years."""

    DAY = "issued_on"
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
    recorded_on: date | None = None

    @property
    def name(self) -> str:
        """What it is called for short; its title where it has no short one."""
        return self.short_title or self.title


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
    also_called: tuple[str, ...] = ()
    valid_from: date | None = None
    withdrawn_on: date | None = None
    replaces: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it is called for short; its title where it has no short one."""
        return self.short_title or self.title


@dataclass(frozen=True, slots=True)
class Unit:
    """A body that a plan names as answerable."""

    unit_id: str
    name: str
    category: str
    also_called: tuple[str, ...] = ()
    valid_from: date | None = None
    withdrawn_on: date | None = None
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One unit's part in one project, in the plan's printed order."""

    project_id: str
    unit_id: str
    role: str
    order: int


@dataclass(frozen=True, slots=True)
class Region:
    """A place that targets or figures are about: city, group, county, zone or area.

    `url` is its own government's site, where known; `tile` its place among its like on a schematic map, `row-column`
    from nought.
    """

    region_id: str
    name: str
    level: str
    adcode: str
    order: int
    url: str = ""
    tile: str = ""
    also_called: tuple[str, ...] = ()


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
    nature: str = ""
    additive: bool | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    interval_months: int | None = None
    also_called: tuple[str, ...] = ()


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
    promise: str = ""
    quote: str = ""
    path: str = ""
    printed_differs: str = ""
    also_called: tuple[str, ...] = ()
    valid_from: date | None = None
    withdrawn_on: date | None = None
    replaces: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What tells it apart in the plan: the figure as printed; where the plan prints a table, the target's name."""
        return self.figure_as_printed or self.name

    @property
    def target_year(self) -> int | None:
        """The year of `target_period`; None when the plan prints no deadline."""
        return year_of(self.target_period)

    @property
    def deadline(self) -> date | None:
        """The last day to keep the promise: its own `due`, else the end of its year, else None."""
        return deadline_of(self.due, self.target_period)


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
    also_called: tuple[str, ...] = ()
    valid_from: date | None = None
    withdrawn_on: date | None = None
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A word that people search for and no plan promises anything about.

    `instead` says in a word what `target_ids` and `task_ids`, which are near it, are of.
    """

    word: str
    also_called: tuple[str, ...]
    instead: str
    target_ids: tuple[str, ...]
    task_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Translation:
    """A text of the package in another language: which row of which table, which field of it.

    `key` is the row's primary key, several columns joined by `;`. `official`: it is the government's own wording.
    """

    table: str
    key: str
    field: str
    lang: str
    text: str
    official: bool | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A word of one of the government's own lists: a level of place, a kind of project, a kind of body."""

    list: str
    code: str
    label: str
    plural: str
    order: int


@dataclass(frozen=True, slots=True)
class Series:
    """An indicator told apart: by sex, age, province, or whatever `series_dimensions` says of it."""

    series_id: str
    indicator_id: str
    title: str


@dataclass(frozen=True, slots=True)
class SeriesDimension:
    """One way in which a series is a part of its indicator: its dimension and its value of it."""

    series_id: str
    dimension: str
    value: str
