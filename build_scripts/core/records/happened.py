"""What has happened since: the records of `datapackage/progress/`, named field for field like their CSVs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from build_scripts.core.records.recorded import Published, Recorded

# A name for `date` inside the records that have a field called `date`.
Day: TypeAlias = date


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that figures or events rest on. Tier 1 issuing authority, 2 official media or copy, 3 other.

    `title` is in the site's language; `original_title` is the one printed, where that is in another or other script.
    """

    source_id: str
    title: str
    publisher: str
    published: date | None
    url: str
    tier: int
    note: str
    kind: str = "document"
    accessed: date | None = None
    original_title: str = ""
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Observation(Published):
    """A published value of an indicator, for a region and period, on one basis, in one vintage (`pub`).

    `printed_differs` says why the value cannot be read off `figure_as_printed`; empty where it can.
    """

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
    recorded_on: date | None = None
    printed_differs: str = ""


@dataclass(frozen=True, slots=True)
class Breakdown(Published):
    """A published value of a series of an indicator: a part of it, shown beside the whole and never judged."""

    indicator_id: str
    series_id: str
    region_id: str
    period: str
    basis: str
    pub: date
    source_id: str
    value: Decimal | None
    obs_status: str = "A"
    yoy: Decimal | None = None
    yoy_real: bool | None = None
    figure_as_printed: str = ""
    note: str = ""
    recorded_on: date | None = None


@dataclass(frozen=True, slots=True)
class OfficialJudgement(Published):
    """What the authority itself says of a target, in its own word; shown beside our status, never part of it.

    `same_as`: the statuses of the method that mean the same. Periods and values are those the authority compared;
    `reason` says, in a sentence by hand, why our status is another one.
    """

    target_id: str
    pub: date
    source_id: str
    verdict: str
    same_as: tuple[str, ...] = ()
    baseline_period: str | None = None
    baseline_value: Decimal | None = None
    period: str | None = None
    value: Decimal | None = None
    target_value: Decimal | None = None
    reason: str = ""
    recorded_on: date | None = None


@dataclass(frozen=True, slots=True)
class TaskEvent(Published):
    """A published, dated step of a task."""

    task_id: str
    date: Day
    state: str
    pub: Day
    source_id: str
    planned_date: Day | None
    note: str
    recorded_on: Day | None = None


@dataclass(frozen=True, slots=True)
class Problem(Recorded):
    """A row of the plan's third form: something in the way, with its owner (table `problems`)."""

    DAY = "opened"
    problem_id: str
    project_id: str
    task_id: str | None
    target_id: str | None
    title: str
    owner_unit_id: str
    opened: date
    due: date | None
    recorded_on: date | None = None


@dataclass(frozen=True, slots=True)
class ProblemEvent(Published):
    """A step in the life of a reported problem."""

    problem_id: str
    date: Day
    state: str
    pub: Day
    source_id: str | None
    note: str
    recorded_on: Day | None = None


@dataclass(frozen=True, slots=True)
class Search(Recorded):
    """One look for a publication: for which targets, where, when, and what came of it.

    A row that names only a plan speaks of every target of that plan.
    """

    DAY = "date"
    search_id: str
    date: Day
    plan_id: str | None
    target_id: str | None
    task_id: str | None
    indicator_id: str | None
    region_id: str | None
    place: str
    place_kind: str
    url: str
    query: str
    period: str | None
    result: str
    note: str
    recorded_on: Day | None = None


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A dispatch note of a month, quarter or year, frozen at `as_of`."""

    bulletin_id: str
    kind: str
    period: str
    as_of: date
    released: date
    headline: str
