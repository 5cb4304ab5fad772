"""How large anything in a cell may be, by the contract and whatever the package's own schemas allow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from build_scripts.checks.check import Check
from build_scripts.core.characters import PROSE_FIELDS, strings
from build_scripts.core.links import LONGEST
from build_scripts.core.records import Severity, Violation
from build_scripts.core.tables import TABLES
from build_scripts.load import DESCRIPTOR, Place, Tables, violation
from build_scripts.load.violations import shown, visible

# Digits before and after the point; no statistic has more, and every format we write holds so many.
WHOLE_DIGITS, DECIMALS = 18, 12
LARGEST_COUNT = 999_999_999
# Characters of a unit, of a printed figure; of a name or title and of running text, which are as long as they are: only
# what can be none of them, such as a page pasted into a cell, is refused.
UNIT, FIGURE, LINE, PROSE = 40, 200, 1_000, 10_000


def numbers_have_a_size(tables: Tables, _today: date) -> Iterator[Violation]:
    """A number has at most 18 digits before the point and 12 behind it; a count at most 9."""
    for table in TABLES.values():
        numbers = [column.name for column in table.columns if column.type in (int, Decimal)]
        for name in numbers:
            for row, item in tables.rows_where(table.record, name, _is_too_long):
                value = getattr(item, name)
                facts = {"found": shown(f"{value:f}" if isinstance(value, Decimal) else str(value))}
                what = "count" if isinstance(value, int) else "what"
                yield violation("number-size", tables.place(table.record), row, name, what=what, facts=facts)


def _is_too_long(value: Decimal | int | None) -> bool:
    return value is not None and _too_long(value)


def _too_long(value: Decimal | int) -> bool:
    if isinstance(value, int):
        return abs(value) > LARGEST_COUNT
    if len(written := str(value)) <= DECIMALS and "E" not in written:
        return False  # as most are; a short text has few digits
    _sign, digits, exponent = value.as_tuple()
    # What is not finite has no exponent, and is another rule's.
    return isinstance(exponent, int) and (exponent < -DECIMALS or len(digits) + exponent > WHOLE_DIGITS)


def texts_have_a_length(tables: Tables, _today: date) -> Iterator[Violation]:
    """A unit has at most 40 characters, a printed figure 200, a name or title 1,000, running text 10,000."""
    for table in TABLES.values():
        limits = {column.name: longest(column.name) for column in table.columns if column.type is str}
        for name, most in limits.items():
            for row, item in tables.rows_where(table.record, name, _longer(most)):
                value = getattr(item, name)
                facts = {"count": len(value), "most": most, "found": shown(value)}
                yield violation("text-length", tables.place(table.record), row, name, facts)
    for path, text, prose in strings(dict(tables.meta)):
        most = PROSE if prose else LINE
        if len(text) > most:
            facts = {"count": len(text), "most": most, "found": shown(text)}
            yield violation("text-length", Place(DESCRIPTOR), 0, shown(visible(path), 80), facts)


def _longer(most: int) -> Callable[[str | None], bool]:
    return lambda text: bool(text) and len(text or "") > most


def longest(field: str) -> int:
    """How many characters a text field may have."""
    if field in {"unit", "investment_unit"}:
        return UNIT
    if field == "url":
        return LONGEST
    if field == "figure_as_printed":
        return FIGURE
    return PROSE if field in PROSE_FIELDS else LINE


CHECKS = (
    Check("number-size", Severity.ERROR, numbers_have_a_size, 5),
    Check("text-length", Severity.ERROR, texts_have_a_length),
)
