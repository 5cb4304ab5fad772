"""The rules a Table Schema cannot state, and the whole way from a folder to a checked `Package`.

Gets `Tables` and the real day, gives problems. `CHECKS` lists every rule, for the run and for the page that shows them.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from build_scripts.checks import events, ids, limits, observations, plausible, quotes, sums, targets
from build_scripts.checks.check import Check
from build_scripts.core.errors import DataError
from build_scripts.core.records import Package, Problem, Severity
from build_scripts.load import Tables, read, records

CHECKS: tuple[Check, ...] = (
    *targets.CHECKS,
    *quotes.CHECKS,
    *observations.CHECKS,
    *plausible.CHECKS,
    *sums.CHECKS,
    *events.CHECKS,
    *ids.CHECKS,
    *limits.CHECKS,
)


def find_problems(tables: Tables, today: date) -> tuple[Problem, ...]:
    """Everything wrong with a package: what reading found, and what the rules find, sorted by file and row.

    `today` is the real day, whatever `--as-of` says: what has been published cannot be dated after it, while figures
    newer than an old `--as-of` are simply not seen by that build.
    """
    found = [item for check in CHECKS for item in check.problems(tables, today)]
    return tuple(sorted({*tables.problems, *found}))


def load_package(package_dir: Path, today: date) -> Package:
    """The package in `package_dir`, with its warnings.

    Raises:
        DataError: the package holds at least one error; carries every problem found.
    """
    return checked(read(package_dir), today)


def checked(tables: Tables, today: date) -> Package:
    """The records of tables already read.

    Raises:
        DataError: as `load_package`.
    """
    problems = find_problems(tables, today)
    if any(item.severity is Severity.ERROR for item in problems):
        raise DataError(problems)
    warnings = tuple(item for item in problems if item.severity is Severity.WARNING)
    return records(tables, warnings)


__all__ = ["CHECKS", "Check", "checked", "find_problems", "load_package"]
