"""The table of one Open SDG indicator taken apart: which rows are a headline, which tell it apart by sex, age or place.

Gets the table as text, gives `Headline`s and the rows that are left. A row without any disaggregation is the headline,
unless the progress settings name other rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import pandas as pd

from build_scripts.importing.figures import plain, sound
from build_scripts.importing.periods import read_column

UNITS, SERIES, PROGRESS, GEO = "Units", "Series", "Progress", "GeoCode"
PLACES = 12
# What stands where there is no figure, in statistics of any language.
NO_FIGURE = frozenset({"", "nan", "n/a", "na", "none", "null", ".", "..", "...", "…", "-", "–", "—", ":", "x"})
# Powers of ten, and numbers that begin with their point.
_SHORT = re.compile(r"[-−+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_LONGEST = 30
_NO_DIMENSIONS = frozenset({"Year", "Value", UNITS, PROGRESS, GEO})
# What `tidy` adds; no table of another system has such names.
PERIOD, MONTHS, FISCAL = "~period", "~months", "~fiscal"


@dataclass(frozen=True)
class Headline:
    """One series that is judged or at least the indicator's own: its rows and what it is told apart by, if anything.

    `option` are the progress settings it follows; `by_progress`: its figures are those of the column for progress.
    """

    rows: pd.DataFrame
    option: Mapping[str, Any]
    apart: tuple[str, ...] = ()
    by_progress: bool = False


def tidy(frame: pd.DataFrame, fiscal_start: int) -> tuple[pd.DataFrame, dict[str, Sequence[str]]]:
    """The rows with a figure and a year that can be read, as the contract has them; what others say, by reason."""
    said = frame["Value"]
    frame = frame.assign(Value=[number_of(cell) for cell in said])
    if PROGRESS in frame:
        frame[PROGRESS] = [number_of(cell) for cell in frame[PROGRESS]]
    none = said.str.lower().isin(NO_FIGURE)
    odd = ~none & (frame["Value"] == "")
    years = read_column(frame["Year"], fiscal_start)
    unread = ~none & ~odd & ~frame["Year"].isin([text for text, read in years.items() if read])
    kept = frame[~none & ~odd & ~unread].copy()
    read = [found for text in kept["Year"] if (found := years[text])]
    kept[PERIOD] = [each.period for each in read]
    kept[MONTHS] = [each.months for each in read]
    kept[FISCAL] = [each.fiscal for each in read]
    return kept, {"empty": list(said[none]), "figure": list(said[odd]), "year": list(frame["Year"][unread])}


def fiscal_in(frame: pd.DataFrame) -> bool:
    """Whether a table has years that are two in a row."""
    return any(read is not None and read.fiscal for read in read_column(frame["Year"], 4).values())


def dimensions(frame: pd.DataFrame) -> list[str]:
    """The columns that tell rows apart."""
    return [name for name in frame.columns if name not in _NO_DIMENSIONS and not name.startswith("~")]


def headlines(frame: pd.DataFrame, meta: Mapping[str, Any], options: Sequence[Mapping[str, Any]]) -> list[Headline]:
    """The series that the progress settings name; without any, the rows that are not told apart."""
    found = [_headline(frame, option, meta) for option in options or [{}]]
    return [each for each in found if len(each.rows)]


def _headline(frame: pd.DataFrame, option: Mapping[str, Any], meta: Mapping[str, Any]) -> Headline:
    chosen = _chosen(frame, option)
    plain = pd.Series(data=True, index=frame.index)
    for name in dimensions(frame):
        if name != SERIES or chosen.get(SERIES) is None:
            plain &= frame[name] == chosen.get(name, "")
        else:
            plain &= frame[name] == chosen[SERIES]
    unit = option.get("unit")
    if unit is not None and UNITS in frame:
        plain &= frame[UNITS] == str(unit)
    rows = frame[plain]
    if not len(rows) and not option.get("disaggregation"):
        rows = _as_shown_first(frame, chosen, meta)
    if UNITS in rows and len(rows):
        rows = rows[rows[UNITS] == rows[UNITS].iloc[0]]
    apart = tuple(value for value in chosen.values() if value)
    progress = PROGRESS in rows and bool((rows[PROGRESS] != "").any())
    if progress:
        rows = rows[rows[PROGRESS] != ""].assign(Value=lambda each: each[PROGRESS])
    return Headline(rows.drop_duplicates(PERIOD), option, apart, progress)


def _chosen(frame: pd.DataFrame, option: Mapping[str, Any]) -> dict[str, str]:
    """The values that an option names, by column; a column it spells longer or shorter than the table does is found."""
    found: dict[str, str] = {}
    for each in option.get("disaggregation") or ():
        name = _column(frame, str(each.get("field", "")))
        if name:
            found[name] = str(each.get("value") or "")
    if option.get("series") is not None and SERIES in frame:
        found[SERIES] = str(option["series"])
    return found


def _as_shown_first(frame: pd.DataFrame, chosen: Mapping[str, str], meta: Mapping[str, Any]) -> pd.DataFrame:
    """The rows that the indicator's page shows first; none where it shows several side by side."""
    starts: dict[str, str] = {}
    said = meta.get("data_start_values")
    for each in (it for it in said if isinstance(it, dict)) if isinstance(said, list) else ():
        name = _column(frame, str(each.get("field", "")).removeprefix("data."))
        if name is None or name in starts:
            return frame.iloc[:0]
        starts[name] = str(each.get("value", "")).removeprefix("data.")
    starts.update(chosen)
    rows = frame
    for name in dimensions(frame):
        rows = rows[rows[name] == starts.get(name, "")]
    return rows if starts else frame.iloc[:0]


def _column(frame: pd.DataFrame, said: str) -> str | None:
    names = [name for name in dimensions(frame) if name == said]
    names += [name for name in dimensions(frame) if name.startswith(f"{said} (")]
    return names[0] if names else None


def number_of(text: str) -> str:
    """A figure as plain digits, exact; empty where there is none, or where it cannot be told which (`12,5`, `<5`)."""
    text = text.strip()
    if not sound(text) and not _SHORT.fullmatch(text):
        return ""
    try:
        found = Decimal(plain(text))
    except InvalidOperation:
        return ""
    if not found.is_finite() or abs(found.adjusted()) > _LONGEST:
        return ""
    # More places than this are what binary arithmetic left behind, not what anybody measured.
    exact = found if -int(found.as_tuple().exponent) <= PLACES else found.quantize(Decimal(1).scaleb(-PLACES))
    return f"{exact:f}"


def bounds(values: Sequence[str]) -> tuple[Decimal, Decimal]:
    """The smallest and the largest of figures."""
    numbers = [Decimal(value) for value in values]
    return min(numbers), max(numbers)
