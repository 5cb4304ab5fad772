"""How the verdicts on the targets moved from quarter to quarter, by what had been published at each quarter's end.

Gets the report and the entries asked about, gives the quarters and each target's statuses in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from build_scripts.assess import assess, quarter_ends
from build_scripts.assess.from_package import PackageInputs
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
    inputs = PackageInputs(report.package)
    found = []
    for entry in entries:
        if entry.target.duplicate_of is None:
            ends = (day for day in quarter_ends(entry.plan.issued_on.year, report.as_of) if day >= entry.plan.issued_on)
            statuses = {quarter(day): assess(inputs.of_target(entry.target, day), day).status for day in ends}
            found.append(Course(entry, statuses))
    return tuple(found)


def quarter(day: date) -> str:
    """The quarter a day is in, as the data package writes it: `2024-Q1`."""
    return f"{day.year}-Q{(day.month + 2) // 3}"
