"""Rules about figures and the words they rest on: a value can be read off them, or the row says why not.

The reading itself is `core.printed`'s; here are the rows it is asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import chain

from build_scripts.checks.check import Check
from build_scripts.checks.kinds import nature_of, says
from build_scripts.core.printed import Sense, prints_a_number, prints_a_percentage, readings
from build_scripts.core.records import Indicator, Observation, Package, Severity, Target, Violation
from build_scripts.load import Place, Tables, violation
from build_scripts.locale import with_unit
from build_scripts.locale.catalogue import read_words

_CHANGING = frozenset({"avg_growth", "avg_increment"})
_PERCENT = "%"
_NO_DIGIT = re.compile(r"\D*")
_FIRST_HAN = chr(0x4E00)
_read = lru_cache(maxsize=4096)(readings)


def figures_are_printed(tables: Tables, _today: date) -> Iterator[Violation]:
    """A recorded figure can be read off `figure_as_printed`, where a number is printed; or the row says why not."""
    for place, row, field, value, printed, unit in _unread(tables):
        if prints_a_number(printed):
            yield violation(
                "printed-differs", place, row, field, {"found": with_unit(f"{value:f}", unit), "printed": printed}
            )


def words_are_read(tables: Tables, _today: date) -> Iterator[Violation]:
    """Words without a number are such as can be read (首位, 全覆盖); or the row says where its figure comes from."""
    for place, row, field, value, printed, unit in _unread(tables, only=_NO_DIGIT):
        if not prints_a_number(printed):
            yield violation(
                "printed-unread", place, row, field, {"found": with_unit(f"{value:f}", unit), "printed": printed}
            )


def reasons_are_needed(tables: Tables, _today: date) -> Iterator[Violation]:
    """A row that says why its value differs from the figure printed has such a value."""
    known = senses(tables)
    for record in (Observation, Target):
        for row, item in tables.rows(record):
            sense = known.get(item.indicator_id)
            if not item.printed_differs or sense is None or item.value is None:
                continue
            own = sense if record is Observation else sense_of(item, sense)
            if _stands(item.value, item.figure_as_printed, own):
                facts = {"found": item.printed_differs, "value": item.value, "printed": item.figure_as_printed}
                yield violation("printed-explained", tables.place(record), row, "printed_differs", facts)


def explained(package: Package) -> Counter[str]:
    """How many figures are not the number printed, by the reason their row gives."""
    reasons = (
        (each.printed_differs for each in package.targets),
        (each.printed_differs for each in package.observations),
    )
    return Counter(reason for reason in chain(*reasons) if reason)


def senses(tables: Tables) -> dict[str, Sense]:
    """How each indicator's figures are kept."""
    return {
        item.indicator_id: Sense(item.unit, nature_of(item) == "growth", says("falling", item.name))
        for _row, item in tables.of(Indicator)
    }


def _unread(tables: Tables, only: re.Pattern[str] | None = None) -> Iterator[tuple[Place, int, str, Decimal, str, str]]:
    """Every figure that cannot be read off its row's words, with those words and its unit; `only` says which words."""
    known = senses(tables)
    place = tables.place(Observation)
    for row, item in tables.where(Observation, "figure_as_printed", bool):
        sense = known.get(item.indicator_id)
        printed = item.figure_as_printed
        if sense is None or item.printed_differs or (only and not only.fullmatch(printed)):
            continue
        if item.value is not None and not _stands(item.value, printed, sense):
            yield place, row, "value", item.value, printed, sense.unit
        if item.yoy is not None and sense.unit != _PERCENT:
            growth = _read(printed, Sense(_PERCENT, change=True))
            if prints_a_percentage(printed) and item.yoy not in growth:
                yield place, row, "yoy", item.yoy, printed, _PERCENT
    yield from _unread_promises(tables, known)


def _unread_promises(tables: Tables, known: Mapping[str, Sense]) -> Iterator[tuple[Place, int, str, Decimal, str, str]]:
    """As `_unread`, of targets; one event that is to happen is one without a number."""
    place = tables.place(Target)
    for row, target in tables.of(Target):
        there = known.get(target.indicator_id)
        if there is None or not target.figure_as_printed or target.printed_differs:
            continue
        sense = sense_of(target, there)
        once = target.kind == "milestone" and target.value == 1
        for field in ("value", "value_high"):
            value: Decimal | None = getattr(target, field)
            if value is not None and not once and not _stands(value, target.figure_as_printed, sense):
                yield place, row, field, value, target.figure_as_printed, target.unit


def sense_of(target: Target, indicator: Sense) -> Sense:
    """How a target's figure is kept: in its own unit, a change where its kind or its indicator is one."""
    return Sense(target.unit, indicator.change or target.kind in _CHANGING, indicator.falling)


def _stands(value: Decimal, printed: str, sense: Sense) -> bool:
    """Whether a value can be read off the words; most are printed just as they are kept."""
    if not value.is_finite() or _as_kept(f"{value}{sense.unit}", printed, sense):
        return True
    return value in _read(printed, sense)


def _as_kept(form: str, printed: str, sense: Sense) -> bool:
    """Whether words hold a figure and its unit letter by letter, behind nothing that could change it."""
    at = printed.find(form)
    if at < 0 or (sense.change and at):
        return False
    return not at or (printed[at - 1] >= _FIRST_HAN and printed[at - 1] not in read_words("documents.numerals"))


CHECKS = (
    Check("printed-differs", Severity.ERROR, figures_are_printed, since="2.0"),
    Check("printed-unread", Severity.WARNING, words_are_read),
    Check("printed-explained", Severity.WARNING, reasons_are_needed),
)
