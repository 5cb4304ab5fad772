"""What one returned workbook says, as records: the answers of each form and where each stood.

Gets nothing, gives types, and the fingerprint that makes a second run of the same answers harmless.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from build_scripts.forms.lines import Line
from build_scripts.forms.periods import FormPeriod

_HASH_DIGITS = 10
FORM_SOURCES = "form-"
# A name for `date` inside the records that have a field called `date`.
Day: TypeAlias = date


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer stood: sheet, row, and the column of each field."""

    sheet: str
    row: int
    columns: tuple[tuple[str, int], ...] = ()

    def column(self, code: str) -> int:
        """The column of a field, 0 when the sheet has none."""
        return dict(self.columns).get(code, 0)

    @property
    def first(self) -> int:
        """The leftmost column of the form."""
        return min((number for _, number in self.columns), default=1)


@dataclass(frozen=True, slots=True)
class IndicatorAnswer:
    """A figure for a series and a period; `value` is None where the unit says that there is none (`M`).

    `obs_status` is empty where the clerk did not say. `suggested` is the period the form itself went out with, empty
    where that is unknown.
    """

    series: tuple[str, str]
    name: str
    period: str
    value: Decimal | None
    obs_status: str
    yoy: Decimal | None
    printed: str
    note: str
    place: Place = field(compare=False)
    suggested: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class TaskAnswer:
    """A task's state on a day; not `dated` where the day is only what a blank cell means."""

    task_id: str
    name: str
    state: str
    date: Day
    dated: bool
    planned_date: Day | None
    note: str
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class ProblemAnswer:
    """A problem's state on a day; `opens` when the row reports a problem that was not on the books."""

    problem_id: str
    opens: bool
    project_id: str
    title: str
    opened: Day
    due: Day | None
    state: str
    date: Day
    dated: bool
    note: str
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Submission:
    """A returned workbook as understood; `lines` say what was wrong, errors among them forbid taking it in.

    `label` is how lines name the file: its name, or its path where two files share one. `publisher` and `tier` are
    those of the source it becomes.
    """

    path: Path
    label: str
    unit_id: str
    publisher: str
    tier: int
    period: FormPeriod
    reporter: str
    filled_on: date | None
    nothing_new: bool
    indicators: tuple[IndicatorAnswer, ...]
    tasks: tuple[TaskAnswer, ...]
    problems: tuple[ProblemAnswer, ...]
    lines: tuple[Line, ...]

    def document_id(self, times: int = 0) -> str:
        """`form-shi-fagaiwei-2026-10-3f9a…`: the same answers of the same unit for the same period, the same id.

        `times`: how often the very same answers were already taken in, with others in between.
        """
        return f"{source_prefix(self.unit_id, self.period)}-{self._fingerprint(times)}"

    def _fingerprint(self, times: int) -> str:
        digest = hashlib.sha256(f"{times}\x1e".encode() if times else b"")
        for part in self._parts():
            digest.update(part.encode() + b"\x1e")
        return digest.hexdigest()[:_HASH_DIGITS]

    def _parts(self) -> Iterator[str]:
        yield f"{self.unit_id} {self.period.code} {self.nothing_new}"
        answers: list[tuple[object, ...]] = [
            *((*x.series, x.period, x.value, x.obs_status, x.yoy, x.note) for x in self.indicators),
            *((x.task_id, x.state, x.date, x.planned_date, x.note) for x in self.tasks),
            *((x.problem_id, x.opened, x.due, x.state, x.date, x.note) for x in self.problems),
        ]
        yield from sorted("\x1f".join(map(str, answer)) for answer in answers)


def source_prefix(unit_id: str, period: FormPeriod) -> str:
    """The start of the source ids of a unit's forms for a period; long unit ids are cut and told apart by a hash."""
    return f"{unit_prefix(unit_id)}-{period.code.lower()}"


def unit_prefix(unit_id: str) -> str:
    """The start of the source ids of all of a unit's forms."""
    if len(unit_id) > 40:
        unit_id = f"{unit_id[:32].rstrip('-')}-{hashlib.sha256(unit_id.encode()).hexdigest()[:7]}"
    return f"{FORM_SOURCES}{unit_id}"


def problem_id(unit_id: str, project_id: str, title: str) -> str:
    """The id of a new problem, the same whenever the same unit reports it in the same words."""
    digest = hashlib.sha256(f"{unit_id}\x1f{project_id}\x1f{title}".encode()).hexdigest()[:_HASH_DIGITS]
    return f"{project_id[:40].rstrip('-')}-p{digest}"
