"""The rules a Table Schema cannot state, and the whole way from a folder to a checked `Package`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from build_scripts.errors import DataError
from build_scripts.load import read, records
from build_scripts.model import Package


def load_package(package_dir: Path, today: date) -> Package:  # noqa: ARG001 - the rules that need the day come next
    """The package in `package_dir`, with its warnings.

    Raises:
        DataError: the package holds at least one error; carries every problem found.
    """
    tables = read(package_dir)
    if tables.has_errors:
        raise DataError(tables.problems)
    return records(tables)
