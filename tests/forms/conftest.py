"""Fixtures of the forms' tests: the package, an exported workbook, a clerk with one open.

Reading a package takes a third of a second, so the untouched one is read once and copied for every test.
"""

import shutil
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from forms_clerk import AS_OF, CHANGES, PERIOD, UNIT, Clerk
from packages import write_package

from build_scripts.forms.export import export_forms, package_hash
from build_scripts.forms.ingest import read_book
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.periods import FormPeriod


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, PackageIndex]:
    """The package as written, and as read."""
    folder = write_package(tmp_path_factory.mktemp("package"), *CHANGES)
    return folder, read_book(folder, AS_OF, AS_OF)


@pytest.fixture
def package_dir(untouched: tuple[Path, PackageIndex], tmp_path: Path) -> Path:
    """A fresh copy of the package."""
    return Path(shutil.copytree(untouched[0], tmp_path / "package"))


@pytest.fixture(scope="session")
def workbooks(
    untouched: tuple[Path, PackageIndex], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, FormPeriod, date], Path]:
    """The workbook of the untouched package for a unit, a period and a day, each exported once."""

    @cache
    def export(unit: str, period: FormPeriod, as_of: date) -> Path:
        book = PackageIndex(untouched[1].package, {}, as_of)
        folder = tmp_path_factory.mktemp("forms")
        return next(export_forms(book, period, [unit], package_hash(untouched[0]), folder))[0]

    return export


@pytest.fixture
def exported(workbooks: Callable[[str, FormPeriod, date], Path], tmp_path: Path) -> Callable[..., Path]:
    """`exported(unit, period)` → the workbook a unit gets, a copy of this test's own."""

    def export(unit: str = UNIT, period: FormPeriod = PERIOD, as_of: date = AS_OF) -> Path:
        made = workbooks(unit, period, as_of)
        (tmp_path / "forms").mkdir(exist_ok=True)
        return Path(shutil.copy(made, tmp_path / "forms" / made.name))

    return export


@pytest.fixture
def clerk(exported: Callable[..., Path]) -> Clerk:
    """A clerk of the transport bureau with the form of October 2025 open, head filled in."""
    person = Clerk(exported())
    person.sign()
    return person
