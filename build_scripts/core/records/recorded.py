"""What rows have in common that are news: a day of their own, and the day this record received them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar


class Recorded:
    """A row about one day, that of the column `DAY`, which may have reached this record on a later one."""

    __slots__ = ()
    DAY: ClassVar[str]
    recorded_on: date | None

    @property
    def day(self) -> date:
        """The row's own day."""
        own: date = getattr(self, self.DAY)
        return own

    @property
    def known_from(self) -> date:
        """The day this record had the row: the one it names, else the row's own."""
        return self.recorded_on or self.day


class Published(Recorded):
    """A row that was published on a day."""

    __slots__ = ()
    DAY = "pub"
    pub: date

    def news_on(self, as_of: date, begun: date | None = None) -> date:
        """The day it was new here: when it was recorded, so that what is found late is news then.

        What a record was `begun` with is no news of that day, and a site of an earlier day knows no later one: then it
        is the day of publication.
        """
        known = self.known_from
        return self.pub if known == begun or known > as_of else known
