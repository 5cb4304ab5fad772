"""Which published values have been taken back: a later row of their period and basis says that there is none.

Gets rows of one series, gives the ids of those that were withdrawn. One rule for verdicts, checks, charts and forms.
Source: assessment method §1 (a later publication speaks for its period; a row without a value feeds no status).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol, TypeVar

WITHOUT_VALUE = frozenset("MOLNQ")
_OFFICIAL = 2


class Dated(Protocol):
    """What a published row must say to be taken back, or to take another back."""

    @property
    def period(self) -> str:
        """The period it is about."""

    @property
    def basis(self) -> str:
        """The statistical basis it stands on."""

    @property
    def pub(self) -> date:
        """The day it was published."""

    @property
    def obs_status(self) -> str:
        """What kind of value it is, or why there is none."""


Row = TypeVar("Row", bound=Dated)


def taken_back(rows: Sequence[Row], tier_of: Callable[[Row], int]) -> frozenset[int]:
    """The `id()` of every value withdrawn by a row of `rows`, which are those visible on the day, in file order.

    A row without a value takes back what was published before it, or listed before it on its own day. Other media
    (tier 3) take back only their own; an official source takes back their copies too.
    """
    gone: set[int] = set()
    for place, says_none in enumerate(rows):
        if says_none.obs_status not in WITHOUT_VALUE:
            continue
        official = tier_of(says_none) <= _OFFICIAL
        for other, row in enumerate(rows):
            if row.obs_status in WITHOUT_VALUE or _key(row) != _key(says_none):
                continue
            if (row.pub, other) < (says_none.pub, place) and (official or tier_of(row) > _OFFICIAL):
                gone.add(id(row))
    return frozenset(gone)


def _key(row: Dated) -> tuple[str, str]:
    """The period, in the one spelling of a calendar year, and the basis."""
    period = row.period[:4] if row.period[4:] == "-01-01/P12M" else row.period
    return period, row.basis or "main"
