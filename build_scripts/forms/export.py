"""Forms out: one workbook per unit, written into a folder.

Gets a `PackageIndex`, a period and units, gives the files. Same package, day and period give the same bytes.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from build_scripts.core.errors import UsageError
from build_scripts.core.records import Unit
from build_scripts.forms.archive import workbook_bytes, write_whole
from build_scripts.forms.content import UnitForms, parts_of, unit_forms
from build_scripts.forms.failures import why
from build_scripts.forms.layout import NO_LEAD
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.periods import FormPeriod
from build_scripts.forms.sheet_reader import plain_name, same_name
from build_scripts.forms.workbook import make_workbook
from build_scripts.locale import listed, t

_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\s]')
# Characters of a unit's name in a file's: with an id of 64 and the rest of the name well below 255 bytes.
_LONGEST = 40


def package_hash(package_dir: Path) -> str:
    """The first 16 hex digits of a SHA-256 over every data file of the package, in path order."""
    digest = hashlib.sha256()
    for path in sorted(package_dir.rglob("*.csv")):
        digest.update(path.relative_to(package_dir).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def chosen_units(book: PackageIndex, named: str | None) -> list[str]:
    """The units to export: all that have something to report, or the one named, by its id or by its name.

    Raises:
        UsageError: the package knows no such unit, or several.
    """
    if named is None:
        return book.lead_units()
    if named == NO_LEAD or same_name(named, t("forms.no_lead_unit")):
        return [NO_LEAD]
    if named in book.package.unit_by_id:
        return [named]
    found = units_called(book.package.units, named)
    if len(found) == 1:
        return [found[0].unit_id]
    if found:
        raise UsageError(t("forms.error.which_unit", unit=named, names=listed(unit.name for unit in found)))
    raise UsageError(t("forms.error.unknown_unit", unit=named))


def units_called(units: Sequence[Unit], name: str) -> list[Unit]:
    """The units of a name; where none bears it as it is, those it is part of: 发改委 is 市发改委."""
    exact = [unit for unit in units if same_name(unit.name, name)]
    plain = plain_name(name)
    return exact or [unit for unit in units if plain and plain in plain_name(unit.name)]


def names_in_files(names: Mapping[str, str]) -> dict[str, str]:
    """Units' names by id as file names can hold them, no two alike.

    A name keeps what every file system takes and reasonable length; where two units would have one file (also where
    only case, width or the form of a character differs), each bears its id behind the name.
    """
    found = {unit_id: _in_a_file(name) or unit_id for unit_id, name in names.items()}
    while alike := _alike(found):
        found |= {unit_id: f"{found[unit_id]}_{unit_id}" for unit_id in alike}
    return found


def _in_a_file(name: str) -> str:
    kept = _NOT_IN_FILE_NAMES.sub("", unicodedata.normalize("NFC", name))
    return "".join(char for char in kept if char.isprintable())[:_LONGEST].strip(".")


def _alike(names: Mapping[str, str]) -> list[str]:
    """The ids whose names some file system takes for one."""
    folded = {unit_id: unicodedata.normalize("NFKC", name).casefold() for unit_id, name in names.items()}
    counted = Counter(folded.values())
    return [unit_id for unit_id, name in folded.items() if counted[name] > 1]


def export_forms(
    book: PackageIndex, period: FormPeriod, unit_ids: list[str], source_hash: str, folder: Path
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
    # Over all units, so that a unit's file has the same name whoever else is exported with it.
    names = names_in_files(
        {unit.unit_id: unit.name for unit in book.package.units}
        | {NO_LEAD: t("forms.no_lead_unit")}
        | {_no_lead(p.project_id): t("forms.no_lead_of", project=p.short_title) for p in book.package.projects}
    )
    for unit_id, part in [(each, part) for each in unit_ids for part in parts_of(book, each)]:
        forms = unit_forms(book, unit_id, period, part)
        path = folder / t("forms.file_name", unit=names[_no_lead(part) if part else unit_id], period=period.code)
        content = workbook_bytes(make_workbook(forms, source_hash), book.as_of)
        try:
            write_whole(path, content)
        except OSError as failure:
            raise UsageError(t("forms.error.file", file=path, reason=why(failure))) from None
        yield path, forms


def _no_lead(project_id: str) -> str:
    """What a workbook of a project's rows without a lead is called among the units."""
    return f"{NO_LEAD}_{project_id}"
