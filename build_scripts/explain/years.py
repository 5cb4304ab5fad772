"""How sentences name years: as the page does, a fiscal one by both its years. Gets periods, gives names."""

from __future__ import annotations

from collections.abc import Iterable

from build_scripts.core.periods import Form, Period, counted, parse_period
from build_scripts.locale import year_words

_YEAR = 12


class YearNames:
    """The names of years, known from the periods that a target and its figures are about; the first to say it counts.

    A year that no period speaks for is named like the others, where they agree on when a year begins.
    """

    def __init__(self, periods: Iterable[str | None]) -> None:
        self._known: dict[int, str] = {}
        starts = set()
        for text in filter(None, periods):
            found = parse_period(text)
            if found and found.form is Form.YEAR:
                self._known.setdefault(found.year, text)
                starts.add(_start(found))
        self._start = starts.pop() if len(starts) == 1 else 1

    def name(self, year: int) -> str:
        """A year for use before the word for it."""
        unsaid = counted(f"{year:04d}-{self._start:02d}-01/P{_YEAR}M", self._start, None)
        return year_words(self._known.get(year, unsaid if self._start > 1 else str(year)))

    def of(self, text: str) -> str:
        """The year that a text begins with, by its name; nothing for none."""
        return self.name(int(text[:4])) if text[:4].isdigit() else text[:4]


def _start(period: Period) -> int:
    """The month in which such years begin."""
    return period.start.month if period.months == _YEAR else 1
