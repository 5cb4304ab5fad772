"""Years as other systems write them, in the contract's forms. Gets a text, gives `Read` or None.

`2024`, `2025 Q4` and months are what they are. Two years in a row (2014/2015, 2017-18) are a fiscal year; more years
(2005-2007) are one figure for all of them, which counts for the last and covers so many months.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from build_scripts.core.periods import parse_period
from build_scripts.locale import read_words

_YEAR = re.compile(r"((?:19|20|21)\d\d)(?:\.0)?")
_QUARTER = re.compile(r"((?:19|20|21)\d\d)[\s-]*[Qq]([1-4])")
_MONTH = re.compile(r"((?:19|20|21)\d\d)[-M/](0[1-9]|1[0-2])")
_YEARS = re.compile(r"((?:19|20|21)\d\d)\s*[-/–—]\s*((?:19|20|21)?\d\d)")
_PAIR = re.compile(r"((?:19|20|21)\d\d)-(\d\d)")
_WHOLE_YEAR, _CENTURY = 12, 100


@dataclass(frozen=True, slots=True)
class Read:
    """A period in the contract's form; the months it covers where it is longer than a year; whether it is fiscal."""

    period: str
    months: int = 0
    fiscal: bool = False


def read_period(text: str, fiscal_start: int) -> Read | None:
    """The period a text names; `fiscal_start` is the month in which fiscal years begin."""
    text = without_year_word(text)
    if parse_period(text):
        return Read(text)
    if found := _YEAR.fullmatch(text):
        return Read(found[1])
    if found := _QUARTER.fullmatch(text):
        return Read(f"{found[1]}-Q{found[2]}")
    if (found := _YEARS.fullmatch(text)) and (read := _years(found[1], found[2], fiscal_start)):
        return read
    if found := _MONTH.fullmatch(text):
        return Read(f"{found[1]}-{found[2]}")
    return None


def read_column(texts: Iterable[str], fiscal_start: int) -> dict[str, Read | None]:
    """The periods of a column of years: 2010-11 is November only where not every text like it names two years in a row.

    Open SDG writes years, so what could be both is a fiscal year.
    """
    texts = list(dict.fromkeys(texts))
    pairs = {text: found for text in texts if (found := _PAIR.fullmatch(text.strip()))}
    in_a_row = all((int(found[1]) + 1) % _CENTURY == int(found[2]) for found in pairs.values())
    as_years = {text: f"{found[1]}/{found[2]}" for text, found in pairs.items() if in_a_row}
    return {text: read_period(as_years.get(text, text), fiscal_start) for text in texts}


def without_year_word(text: str) -> str:
    """A year's text without the word for year that some languages write after it."""
    text = text.strip()
    return next((text[: -len(word)].strip() for word in read_words("importing.year") if text.endswith(word)), text)


def is_fiscal(text: str) -> bool:
    """Whether a text names two years in a row."""
    read = read_period(text, 4)
    return read is not None and read.fiscal


def _years(first: str, last: str, fiscal_start: int) -> Read | None:
    end = last if len(last) == len(first) else first[:2] + last
    years = int(end) - int(first) + 1
    if years < 2:
        return None
    if years == 2:
        start = f"{first}-{fiscal_start:02d}-01/P12M"
        return Read(first if fiscal_start == 1 else start, fiscal=True)
    return Read(end, years * _WHOLE_YEAR)
