"""Counts: how many targets stand where, always over the full number of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from build_scripts.core.method import Disclosure, Family, Status
from build_scripts.report.entries import TargetEntry


@dataclass(frozen=True, slots=True)
class Tally:
    """Targets by status.

    `disclosed` counts those with at least one published figure or event of their own scope; `by_disclosure` those past
    their deadline for which this record holds no value, by what was searched for them.
    """

    total: int
    by_status: tuple[tuple[Status, int], ...]
    disclosed: int
    by_disclosure: tuple[tuple[Disclosure, int], ...]

    def status(self, status: Status) -> int:
        """How many have this status."""
        return dict(self.by_status)[status]

    def family(self, family: Family) -> int:
        """How many have a status of this family."""
        return sum(count for status, count in self.by_status if status.family is family)

    def searched(self, state: Disclosure) -> int:
        """How many have this disclosure state."""
        return dict(self.by_disclosure)[state]

    @property
    def unanswered(self) -> int:
        """How many are past their deadline without a value in this record, in whatever disclosure state."""
        return sum(count for _state, count in self.by_disclosure)

    @property
    def silent(self) -> int:
        """How many are due and silent: the authority's own channel was searched after the deadline and had nothing."""
        return self.searched(Disclosure.SEARCHED_NOT_FOUND)

    @property
    def judged(self) -> int:
        """How many have a verdict."""
        return self.total - self.family(Family.UNJUDGED)

    @property
    def disclosure_pct(self) -> Decimal | None:
        """The share of targets with something published, in % (0–100); None when there are no targets."""
        return Decimal(100 * self.disclosed) / self.total if self.total else None


def tally(entries: Iterable[TargetEntry]) -> Tally:
    """Count `entries`; every status is listed, in the method's order, also those nobody has."""
    counted = tuple(entries)
    statuses = Counter(entry.status for entry in counted)
    states = Counter(entry.searched.state for entry in counted if entry.searched)
    return Tally(
        total=len(counted),
        by_status=tuple((status, statuses[status]) for status in Status),
        disclosed=sum(entry.disclosed for entry in counted),
        by_disclosure=tuple((state, states[state]) for state in Disclosure),
    )
