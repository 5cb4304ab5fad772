"""How large anything in a cell may be, by the contract and whatever the package's own schemas allow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from build_scripts.checks.check import Check
from build_scripts.core.records import Problem, Severity
from build_scripts.core.tables import TABLES
from build_scripts.load import Tables, problem
from build_scripts.load.violations import shown

# Digits before and after the point; no statistic has more, and every format we write holds so many.
WHOLE_DIGITS, DECIMALS = 18, 12
LARGEST_COUNT = 999_999_999


def numbers_have_a_size(tables: Tables, _today: date) -> Iterator[Problem]:
    """A number has at most 18 digits before the point and 12 behind it; a count at most 9."""
    for table in TABLES.values():
        numbers = [column.name for column in table.columns if column.type in (int, Decimal)]
        for row, item in tables.rows(table.record) if numbers else ():
            for name in numbers:
                value: Decimal | int | None = getattr(item, name)
                if value is not None and _too_long(value):
                    facts = {"found": shown(f"{value:f}" if isinstance(value, Decimal) else str(value))}
                    what = "count" if isinstance(value, int) else "what"
                    yield problem("number-size", tables.place(table.record), row, name, what=what, facts=facts)


def _too_long(value: Decimal | int) -> bool:
    if isinstance(value, int):
        return abs(value) > LARGEST_COUNT
    _sign, digits, exponent = value.as_tuple()
    # What is not finite has no exponent, and is another rule's.
    return isinstance(exponent, int) and (exponent < -DECIMALS or len(digits) + exponent > WHOLE_DIGITS)


CHECKS = (Check("number-size", Severity.ERROR, numbers_have_a_size, 5),)
