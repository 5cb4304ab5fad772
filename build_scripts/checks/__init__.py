"""The rules a Table Schema cannot state, and the whole way from a folder to a checked `Package`.

Gets `Tables` and the real day, gives problems. `CHECKS` lists every rule, for the run and for the page that shows them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from build_scripts.checks import (
    agreement,
    amendments,
    asked_for,
    contract,
    events,
    fit,
    fittings,
    flags,
    ids,
    limits,
    members,
    observations,
    order,
    origins,
    personal,
    plausible,
    printed,
    quotes,
    searches,
    sentences,
    settings,
    subjects,
    sums,
    targets,
)
from build_scripts.checks.check import Check
from build_scripts.core.asof import asof
from build_scripts.core.editions import Edition
from build_scripts.core.errors import DataError
from build_scripts.core.language import language
from build_scripts.core.pause import no_collecting
from build_scripts.core.records import Package, Severity, Violation
from build_scripts.core.tables import TABLES
from build_scripts.load import Tables, read, records

CHECKS: tuple[Check, ...] = (
    *targets.CHECKS,
    *amendments.CHECKS,
    *fit.CHECKS,
    *flags.CHECKS,
    *quotes.CHECKS,
    *printed.CHECKS,
    *sentences.CHECKS,
    *observations.CHECKS,
    *plausible.CHECKS,
    *origins.CHECKS,
    *agreement.CHECKS,
    *fittings.CHECKS,
    *subjects.CHECKS,
    *sums.CHECKS,
    *events.CHECKS,
    *order.CHECKS,
    *searches.CHECKS,
    *ids.CHECKS,
    *asked_for.CHECKS,
    *limits.CHECKS,
    *contract.CHECKS,
    *settings.CHECKS,
    *members.CHECKS,
    *personal.CHECKS,
)


def find_violations(tables: Tables, today: date) -> tuple[Violation, ...]:
    """Everything wrong with a package: what reading found, and what the rules find, sorted by file and row.

    `today` is the real day, whatever `--as-of` says: what has been published cannot be dated after it, while figures
    newer than an old `--as-of` are simply not seen by that build.
    """
    with no_collecting():
        found = [item for check in CHECKS for item in check.problems(tables, today)]
    if any(tables.lost(table.record) for table in TABLES.values()):
        # What is doubtful cannot be told while what it is held against is not there; it would bury what has to be done.
        found = [item for item in found if item.severity is Severity.ERROR]
    return tuple(sorted({*tables.problems, *found}))


def examine(package_dir: Path, today: date) -> tuple[Tables, tuple[Violation, ...]]:
    """The tables of the package in `package_dir`, and everything wrong with them (`find_violations`)."""
    with no_collecting():  # once for both: the collector would go over all that was read in between
        tables = read(package_dir)
        return tables, find_violations(tables, today)


def load_package(package_dir: Path, today: date) -> Package:
    """The package in `package_dir`, with its warnings.

    Raises:
        DataError: the package holds at least one error; carries every problem found.
    """
    return _passed(*examine(package_dir, today))


@dataclass(frozen=True, slots=True)
class Day:
    """A package on one day: `whole` is everything in the folder, `seen` what was known on the day.

    Each has the warnings of its own rows.
    """

    whole: Package
    seen: Package


def load_day(package_dir: Path, today: date, day: date, known: date | None = None) -> Day:
    """The package in `package_dir` as it stood on `day` (`asof`), beside the whole of it.

    Raises:
        DataError: as `load_package`; an old day does not excuse an error in a later row.
    """
    tables, problems = examine(package_dir, today)
    whole = _passed(tables, problems)
    seen = asof(whole, day, known)
    if seen is whole:
        return Day(whole, whole)
    return Day(whole, replace(seen, warnings=_warnings(find_violations(tables.left_in(seen), today))))


@contextmanager
def speaking_as(edition: Edition, package_dir: Path, today: date) -> Iterator[None]:
    """Speak the language of an edition for a while; what is wrong with the data is told in the one spoken before.

    Raises:
        DataError: the package holds errors.
    """
    try:
        with edition.speaking():
            yield
    except DataError:
        if language() != edition.code:
            load_package(package_dir, today)
        raise


def checked(tables: Tables, today: date) -> Package:
    """The records of tables already read.

    Raises:
        DataError: as `load_package`.
    """
    return _passed(tables, find_violations(tables, today))


def _passed(tables: Tables, problems: tuple[Violation, ...]) -> Package:
    """The records of tables without errors, with their warnings."""
    if any(item.severity is Severity.ERROR for item in problems):
        raise DataError(problems)
    return records(tables, _warnings(problems))


def _warnings(problems: tuple[Violation, ...]) -> tuple[Violation, ...]:
    return tuple(item for item in problems if item.severity is Severity.WARNING)


__all__ = ["CHECKS", "Check", "Day", "checked", "examine", "find_violations", "load_day", "load_package", "speaking_as"]
