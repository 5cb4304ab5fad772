"""Where the headings of somebody's table stand: one line, or two of which the upper spans several columns.

Gets the cells of a table, gives the last line of headings and the heading of each column; and the unit that a line
above them names for all.
"""

from __future__ import annotations

import unicodedata

import pandas as pd

from build_scripts.importing.headings import ACTUAL, TARGET, Meanings, is_unit, read_heading
from build_scripts.locale import read_words

_WITHIN, _LEAST = 20, 2
_NAMED = frozenset({"name", "indicator"})
_PARTS = frozenset({ACTUAL, TARGET, "value", "baseline_value", "unit", "lead", "target_year", "note"})


def find_header(raw: pd.DataFrame, meanings: Meanings) -> tuple[int, list[str]]:
    """The last line of the headings, and the heading of each column."""
    lines = range(min(_WITHIN, len(raw)))
    first = max(lines, key=lambda line: (_score(raw, line, meanings), -line))
    upper = _line(raw, first)
    lower = _line(raw, first + 1) if first + 1 < len(raw) else []
    return (first + 1, _joined(upper, lower)) if _goes_on(upper, lower, meanings) else (first, upper)


def _line(raw: pd.DataFrame, line: int) -> list[str]:
    return [str(text).strip() for _place, text in raw.iloc[line].items()]


def _score(raw: pd.DataFrame, line: int, meanings: Meanings) -> int:
    """How much a line looks like a header; years alone make none."""
    headings = [read_heading(text) for text in _line(raw, line)]
    known = sum(bool(meanings.of(each)) for each in headings)
    return known and known + sum(bool(each.period) for each in headings)


def _goes_on(upper: list[str], lower: list[str], meanings: Meanings) -> bool:
    """Whether a line below the headings goes on with them: years and the like, and nothing under a name."""
    told = [(above, below) for above, below in zip(upper, lower, strict=False) if below]
    parts = [read_heading(below) for _above, below in told]
    spans = any(not above for above, _below in told)
    if len(told) < _LEAST or not spans or any(meanings.of(read_heading(above)) in _NAMED for above, _below in told):
        return False
    return all(each.is_year or meanings.of(each) in _PARTS for each in parts)


def _joined(upper: list[str], lower: list[str]) -> list[str]:
    """The headings of both lines; an upper one holds for the empty cells to its right that have a lower one."""
    found, above = [], ""
    for first, second in zip(upper, lower, strict=True):
        above = first or (above if second else "")
        found.append(f"{above} {second}".strip())
    return found


def unit_above(raw: pd.DataFrame, header: int) -> str:
    """The unit that a line above the headings names: `单位：亿元`."""
    words = frozenset(word.lower() for word in read_words("importing.heading.unit"))
    for text in [text for line in range(header) for text in _line(raw, line)]:
        label, _colon, unit = unicodedata.normalize("NFKC", text).partition(":")
        if label.strip().lower() in words and is_unit(unit.strip()):
            return unit.strip()
    return ""
