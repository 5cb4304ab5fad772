"""Forms out: one workbook per unit, written into a folder.

Gets a `Book`, a period and units, gives the files. Same package, day and period give the same bytes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from build_scripts.core.errors import UsageError
from build_scripts.forms.archive import workbook_bytes
from build_scripts.forms.book import Book
from build_scripts.forms.content import UnitForms, unit_forms
from build_scripts.forms.failures import why
from build_scripts.forms.layout import NO_LEAD
from build_scripts.forms.periods import FormPeriod
from build_scripts.forms.workbook import make_workbook
from build_scripts.locale import t

_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\s]')


def package_hash(package_dir: Path) -> str:
    """The first 16 hex digits of a SHA-256 over every data file of the package, in path order."""
    digest = hashlib.sha256()
    for path in sorted(package_dir.rglob("*.csv")):
        digest.update(path.relative_to(package_dir).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def chosen_units(book: Book, unit_id: str | None) -> list[str]:
    """The units to export: all that have something to report, or the one named.

    Raises:
        UsageError: the package knows no such unit, or the unit has no part in anything.
    """
    if unit_id is None:
        return book.lead_units()
    if unit_id != NO_LEAD and unit_id not in book.package.unit_by_id:
        raise UsageError(t("forms.error.unknown_unit", unit=unit_id))
    return [unit_id]


def file_name(forms: UnitForms) -> str:
    """`市发改委_2026-10_三张表单.xlsx`, without characters some file system refuses."""
    unit = _NOT_IN_FILE_NAMES.sub("", forms.unit)
    return t("forms.file_name", unit=unit, period=forms.period.code)


def export_forms(
    book: Book, period: FormPeriod, unit_ids: list[str], source_hash: str, folder: Path
) -> Iterator[tuple[Path, UnitForms]]:
    """Write the workbook of each unit into `folder`, one after another, and give each as it is written.

    Args:
        book: the package as seen on its `as_of` day.
        period: the month, quarter or year to report.
        unit_ids: the units, as from `chosen_units`.
        source_hash: `package_hash` of the folder the package was read from.
        folder: made when it does not exist; files of the same name are replaced.

    Raises:
        UsageError: the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise UsageError(t("forms.error.folder", folder=folder, reason=why(failure))) from None
    for unit_id in unit_ids:
        forms = unit_forms(book, unit_id, period)
        path = folder / file_name(forms)
        content = workbook_bytes(make_workbook(forms, source_hash), book.as_of)
        try:
            path.write_bytes(content)
        except OSError as failure:
            raise UsageError(t("forms.error.file", file=path, reason=why(failure))) from None
        yield path, forms
