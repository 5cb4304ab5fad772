"""Counts: how many targets stand where, always over the full number of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from build_scripts.core.method import Family, Status
from build_scripts.report.entries import TargetEntry


@dataclass(frozen=True, slots=True)
class Tally:
    """Targets by status.

    `disclosed` counts those with at least one published figure or event of their own scope; `silent` those past
    their deadline with nothing published for it (“due and silent”).
    """

    total: int
    by_status: tuple[tuple[Status, int], ...]
    disclosed: int
    silent: int

    def status(self, status: Status) -> int:
        """How many have this status."""
        return dict(self.by_status)[status]

    def family(self, family: Family) -> int:
        """How many have a status of this family."""
        return sum(count for status, count in self.by_status if status.family is family)

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
    return Tally(
        total=len(counted),
        by_status=tuple((status, statuses[status]) for status in Status),
        disclosed=sum(entry.disclosed for entry in counted),
        silent=sum(entry.silent for entry in counted),
    )
