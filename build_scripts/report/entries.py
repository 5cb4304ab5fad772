"""The joined records: a figure with its source, a work's event with its source, a target with all around it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from build_scripts.assess import SearchState
from build_scripts.core.method import Assessment, Disclosure, Status
from build_scripts.core.records import (
    Indicator,
    Observation,
    Plan,
    Project,
    Region,
    RelatedIndicator,
    Source,
    Target,
    Task,
    TaskEvent,
    Unit,
)
from build_scripts.core.standing import is_judged


@dataclass(frozen=True, slots=True)
class Figure:
    """A published value with its source.

    `why` says why it does not stand for its period (a code of `core.standing`), empty where it does; `lead` that it is
    the best of the period on its own basis; `instead` is the figure that stands, None where none does; `latest` that
    it is told as the latest of its series.
    """

    observation: Observation
    source: Source
    why: str = ""
    lead: bool = True
    instead: Observation | None = None
    latest: bool = False

    @property
    def stands(self) -> bool:
        """Whether it is the figure of its period."""
        return not self.why

    @property
    def withdrawn(self) -> bool:
        """Whether what came later says that there is no value: then nothing speaks for the period."""
        return self.why == "withdrawn"

    @property
    def superseded(self) -> bool:
        """Whether it was withdrawn, or its publisher's side later gave another value."""
        if self.why == "superseded" and self.instead is not None:
            return self.instead.value != self.observation.value
        return self.withdrawn


def latest_of(figures: Iterable[Figure]) -> Figure | None:
    """The figure of a series that is told as its latest (`Standings.latest`)."""
    return next((each for each in figures if each.latest), None)


@dataclass(frozen=True, slots=True)
class TaskUpdate:
    """A published, dated step of a named work, with its source."""

    task: Task
    event: TaskEvent
    source: Source


@dataclass(frozen=True, slots=True)
class RelatedSeries:
    """A published series near a target but not its own, with the difference in words (`record.note`)."""

    record: RelatedIndicator
    indicator: Indicator
    region: Region
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class TargetEntry:
    """A target with its assessment and everything a reader may ask about it, as published by the report's day.

    `searched` is the disclosure state of a target past its deadline without a value, None for all others;
    `responsible` are the project's responsible units in printed order; `siblings` the ids of other targets on the
    same indicator; `previous_id` and `next_id` the neighbours inside its project (or its plan's projectless part).
    """

    target: Target
    assessment: Assessment
    as_of: date
    plan: Plan
    project: Project | None
    indicator: Indicator
    region: Region
    reference: Region | None
    lead: Unit | None
    responsible: tuple[Unit, ...]
    figures: tuple[Figure, ...]
    happenings: tuple[TaskUpdate, ...]
    related: tuple[RelatedSeries, ...]
    tasks: tuple[Task, ...]
    siblings: tuple[str, ...]
    previous_id: str | None
    next_id: str | None
    deadline: date | None
    searched: SearchState | None = None

    @property
    def target_id(self) -> str:
        """The target's id, which is its address too."""
        return self.target.target_id

    @property
    def status(self) -> Status:
        """The status the method gives it."""
        return self.assessment.status

    @property
    def latest(self) -> Figure | None:
        """The figure that tells of it: the one its verdict names, else the latest that stands."""
        return self.judged or latest_of(self.figures)

    @property
    def judged(self) -> Figure | None:
        """The figure its verdict names; None where it names none that is visible."""
        found = [each for each in self.figures if is_judged(self.assessment, each.observation)]
        return next((each for each in found if each.stands), found[-1] if found else None)

    @property
    def disclosed(self) -> bool:
        """Whether anything of its own scope has been published: a figure, or an event of a work tied to it."""
        standing = (figure for figure in self.figures if not figure.withdrawn)
        return bool(self.happenings) or any(figure.observation.value is not None for figure in standing)

    @property
    def overdue(self) -> bool:
        """Whether its deadline lies before the report's day."""
        return self.deadline is not None and self.deadline < self.as_of

    @property
    def unanswered(self) -> bool:
        """Whether it is past its deadline and this record holds no value for it, whoever is to blame."""
        return self.searched is not None

    @property
    def silent(self) -> bool:
        """Due and silent: unanswered, and a search of the authority's own channel after the deadline found nothing."""
        return self.searched is not None and self.searched.state is Disclosure.SEARCHED_NOT_FOUND
