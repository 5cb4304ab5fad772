"""How the verdicts on the targets moved from quarter to quarter, by what had been published at each quarter's end.

Gets the report and the entries asked about, gives the quarters and each target's statuses in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from build_scripts.core.method import Status
from build_scripts.report.entries import TargetEntry
from build_scripts.report.report import Report


@dataclass(frozen=True, slots=True)
class Course:
    """A target's statuses by quarter (`2024-Q1`), oldest first, from the first quarter after its plan was issued."""

    entry: TargetEntry
    statuses: Mapping[str, Status]

    @property
    def moves(self) -> int:
        """How often the status became another one."""
        seen = list(self.statuses.values())
        return sum(now != before for before, now in pairwise(seen))


def courses(report: Report, entries: Iterable[TargetEntry]) -> tuple[Course, ...]:
    """The courses of `entries` in their order, up to the last quarter that ended by the report's day.

    Targets that only repeat another one are left out.
    """
    found = []
    for entry in entries:
        if entry.target.duplicate_of is None:
            points = report.history_by_target.get(entry.target_id, ())
            found.append(Course(entry, {quarter(point.as_of): point.assessment.status for point in points}))
    return tuple(found)


def quarter(day: date) -> str:
    """The quarter a day is in, as the data package writes it: `2024-Q1`."""
    return f"{day.year}-Q{(day.month + 2) // 3}"
