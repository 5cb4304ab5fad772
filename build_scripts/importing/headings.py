"""The heading of a column in somebody's table: its words, the year in it, what stands in its brackets.

Gets a cell's text, gives `Heading` and what it may mean. The words are in the catalogues (`importing.heading`), those
of every language at once; `Strategic objective` means what `objective` does, and `2025年目标值` a target value of 2025.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.core.printed.units import COUNT, unit_at, wanted
from build_scripts.importing.periods import read_period
from build_scripts.locale import read_words

FIELDS = (
    "name", "indicator", "definition", "value", "unit", "target_year", "baseline_value", "baseline_year", "comparator",
    "direction", "kind", "region", "lead", "project", "section", "printed", "note",
)  # fmt: skip
# Words with more than one meaning, which the cells below decide; then what is no field at all.
TARGET, GROUP, BASE = "either_target", "either_group", "either_base"
ACTUAL, CURRENT, FORECAST, BY, ALSO, IGNORED = "actual", "current", "forecast", "by", "also", "ignored"
_MEANINGS = (TARGET, GROUP, BASE, ACTUAL, CURRENT, FORECAST, ALSO, IGNORED, *FIELDS)
# Of these, words in front do not change the meaning: a key performance indicator is an indicator.
_BY_TAIL = frozenset(
    {TARGET, GROUP, BASE, "name", "indicator", "value", "target_year", "baseline_value", "lead", "note"}
)
_LEAST_TAIL = 2
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_PERIOD = re.compile(
    r"(?<![\d.])(?:fy\s?)?(?P<year>(?:19|20|21)\d\d(?:\s?[/–—-]\s?(?:\d{4}|\d\d)(?!\d))?)(?:\.0)?(?:\s?年(?:度|末|底)?)?(?!\d)",
    re.IGNORECASE,
)
_EDGES = " :：*、,，.。;/-–—的"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading taken apart: as written, its words in small letters, the year it names, what else is in brackets."""

    title: str
    words: str
    period: str = ""
    aside: str = ""

    @property
    def is_year(self) -> bool:
        """Whether it is a year and nothing else."""
        return bool(self.period) and not self.words

    @property
    def unit(self) -> str:
        """The unit in its brackets; empty where they hold none."""
        return self.aside if self.aside and is_unit(self.aside) else ""


def read_heading(text: str) -> Heading:
    """Take a heading apart."""
    title = " ".join(str(text).split())
    plain = unicodedata.normalize("NFKC", title)
    period, aside = "", ""
    for inside in _BRACKETS.findall(plain):
        found = _PERIOD.fullmatch(inside.strip())
        if found and not period:
            period = _year(found["year"])
        elif not aside:
            aside = inside.strip()
    words = _BRACKETS.sub(" ", plain).replace("_", " ")
    if not period and (found := _PERIOD.search(words)) and (period := _year(found["year"])):
        words = f"{words[: found.start()]} {words[found.end() :]}"
    words = " ".join(words.lower().split()).strip(_EDGES)
    if not words and aside:
        words, aside = aside.lower(), ""
    return Heading(title, words, period, aside)


def _year(text: str) -> str:
    """The year or fiscal year of a heading; empty for a stretch of several years, of which no one figure is."""
    found = read_period(text, 1)
    return "" if found is None or found.months else re.sub(r"\s", "", text)


def is_unit(text: str) -> bool:
    """Whether a text in brackets is a unit."""
    unit = wanted(text)
    return unit.kind != COUNT or unit.scaled or unit_at(text, 0)[0] is not None


class Meanings:
    """What headings may mean, by the words of all languages; some mean so only beside a year."""

    def __init__(self) -> None:
        self.known = _words(*reversed(_MEANINGS))
        self.dated = dict.fromkeys(_words(BY), BY) | dict.fromkeys(_words("bare"), ACTUAL)
        self.tails = sorted((word for word in self.known if len(word) >= _LEAST_TAIL), key=len, reverse=True)

    def of(self, heading: Heading) -> str:
        """What a heading means; empty where nobody knows."""
        if heading.period and heading.words in self.dated:
            return self.dated[heading.words]
        for words in self._parts(heading.words):
            if words in self.known:
                return self.known[words]
        tail = next((word for word in self.tails if _ends(heading.words, word)), "")
        meaning = self.known.get(tail, "")
        return meaning if meaning in _BY_TAIL else ""

    @staticmethod
    def _parts(words: str) -> Iterator[str]:
        yield words
        for sign in ("/", " or ", "或"):
            if sign in words:
                yield from (part.strip() for part in words.split(sign))


def _ends(words: str, tail: str) -> bool:
    """Whether words end with a known one: as a whole word where it is written in letters with blanks between."""
    return words.endswith(f" {tail}" if tail.isascii() else tail)


def _words(*meanings: str) -> dict[str, str]:
    """The words for some meanings; of a word that has several, the last meaning."""
    return {word.lower(): meaning for meaning in meanings for word in read_words(f"importing.heading.{meaning}")}
