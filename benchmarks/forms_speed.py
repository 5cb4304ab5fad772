"""How long the forms take: exporting every unit's workbook, and taking in 200 filled ones.

Run from the project's root: `.venv/bin/python benchmarks/forms_speed.py`. Works on a copy of the package; limits are
10 s for the export and 60 s for the ingest, reading, checking and writing included. Exits with 1 when one is missed.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import openpyxl

sys.path.insert(0, str(Path(__file__).parents[1]))

from build_scripts.assess import assess_package
from build_scripts.checks import load_package
from build_scripts.cli.forms_print import progress
from build_scripts.core.records import Severity
from build_scripts.forms.export import chosen_units, export_forms, package_hash
from build_scripts.forms.ingest import make_plan, read_book, read_files, session, write
from build_scripts.forms.layout import FIRST_ROW, HEAD, HEAD_ROW, NO_LEAD, Form
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.periods import FormPeriod

AS_OF = date(2026, 11, 21)
WORKBOOKS = 200
EXPORT_LIMIT, INGEST_LIMIT = 10.0, 60.0
FIGURES, TASKS = 4, 3


def main() -> int:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        package_dir = Path(shutil.copytree("datapackage", folder / "package"))
        export_seconds = time_export(package_dir, folder / "out")
        files = filled_workbooks(package_dir, folder / "filled")
        ingest_seconds = time_ingest(package_dir, files)
    fast = export_seconds < EXPORT_LIMIT and ingest_seconds < INGEST_LIMIT
    print("within limits" if fast else "TOO SLOW")
    return 0 if fast else 1


def time_export(package_dir: Path, folder: Path) -> float:
    start, cpu = time.perf_counter(), time.process_time()
    package = load_package(package_dir, AS_OF)
    book = PackageIndex(package, assess_package(package, AS_OF), AS_OF)
    read = time.perf_counter()
    units = chosen_units(book, None)
    period = FormPeriod.last_month_before(AS_OF)
    written = list(export_forms(book, period, units, package_hash(package_dir), folder))
    end = time.perf_counter()
    used = time.process_time() - cpu
    print(f"export: {len(written)} workbooks in {end - start:.1f} s ({used:.1f} s of processor time);")
    print(f"        {read - start:.1f} s of it reading and assessing the package")
    return end - start


def filled_workbooks(package_dir: Path, folder: Path) -> list[Path]:
    """200 workbooks: every lead unit, month after month, a few figures and tasks filled in each."""
    book = read_book(package_dir, AS_OF, AS_OF)
    units = [unit for unit in book.lead_units() if unit != NO_LEAD]
    files: list[Path] = []
    month = FormPeriod.last_month_before(AS_OF)
    while len(files) < WORKBOOKS:
        wanted = units[: WORKBOOKS - len(files)]
        for path, _ in export_forms(book, month, wanted, package_hash(package_dir), folder):
            fill(path, month, len(files))
            files.append(path)
        month = FormPeriod.last_month_before(date(month.year, month.last_month, 1))
    return files


def fill(path: Path, month: FormPeriod, number: int) -> None:
    workbook = openpyxl.load_workbook(path)
    figures, tasks = workbook[Form.INDICATORS.sheet], workbook[Form.TASKS.sheet]
    for item in HEAD[Form.INDICATORS]:
        if item.code == "reporter":
            figures.cell(HEAD_ROW, item.value[0]).value = "填报人"
    for row in range(FIRST_ROW, FIRST_ROW + FIGURES):
        if figures.cell(row, Form.INDICATORS.letter("key")).value:
            figures.cell(row, Form.INDICATORS.letter("period")).value = month.words
            figures.cell(row, Form.INDICATORS.letter("value")).value = 40 + number % 7
    for row in range(FIRST_ROW, FIRST_ROW + TASKS):
        if tasks.cell(row, 1).value and tasks.cell(row, Form.TASKS.letter("required")).value == "应报":
            tasks.cell(row, Form.TASKS.letter("state")).value = "推进中"
            tasks.cell(row, Form.TASKS.letter("note")).value = f"{month.words}进展"
    workbook.save(path)


def time_ingest(package_dir: Path, files: list[Path]) -> float:
    start, cpu = time.perf_counter(), time.process_time()
    book = read_book(package_dir, AS_OF, AS_OF)
    with progress(len(files)) as step:
        returned = read_files(files, book, step)
    read = time.perf_counter()
    with session(package_dir):
        plan = make_plan(package_dir, returned, read_book(package_dir, AS_OF, AS_OF), AS_OF)
        errors = [line for line in plan.lines if line.severity is Severity.ERROR]
        if errors:
            sys.exit("\n".join(map(str, errors[:5])))
        write(package_dir, plan)
    end, used = time.perf_counter(), time.process_time() - cpu
    rows = {name: len(added) for name, added in plan.rows.items()}
    print(f"ingest: {len(files)} workbooks in {end - start:.1f} s ({used:.1f} s of processor time);")
    print(f"        {read - start:.1f} s of it reading them; rows appended: {rows}")
    return end - start


if __name__ == "__main__":
    sys.exit(main())
