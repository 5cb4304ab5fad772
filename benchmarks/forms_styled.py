"""What a form formatted down to the last row costs: seconds of processor time, and the most memory held.

Run from the project's root: `.venv/bin/python benchmarks/forms_styled.py [ROWS]`. Reads a filled form with an empty
formatted row for every row a sheet can have, and marks it; limits are 3 s and 300 MB each. Exits with 1 when one is
missed.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from build_scripts.forms.export import export_forms, package_hash
from build_scripts.forms.files import read_workbook
from build_scripts.forms.ingest import read_book
from build_scripts.forms.layout import Form
from build_scripts.forms.lines import make_line
from build_scripts.forms.mark import marked_copy
from build_scripts.forms.periods import FormPeriod

AS_OF = date(2026, 11, 21)
LAST_ROW, FIRST_ROW = 1_048_576, 200
LETTERS = "ABCDEFGHIJKLMNOPQRS"
SECONDS, MEGABYTES = 3.0, 300
SHEET = "xl/worksheets/sheet1.xml"


def main() -> int:
    last = int(sys.argv[1]) if len(sys.argv) > 1 else LAST_ROW
    with tempfile.TemporaryDirectory() as temporary:
        path = styled(Path(temporary), last)
        print(f"{last - FIRST_ROW} formatted rows, {path.stat().st_size / 1e6:.0f} MB")
        mark = make_line("number_text", path.name, (Form.INDICATORS.sheet, 6, 15), {"found": "x"})
        good = measured("read", lambda: read_workbook(path))
        good &= measured("mark", lambda: marked_copy(path, [mark], AS_OF))
    print("within limits" if good else "TOO MUCH")
    return 0 if good else 1


def styled(folder: Path, last: int) -> Path:
    """A form with empty formatted rows under its own."""
    package = Path("datapackage")
    book = read_book(package, AS_OF, AS_OF)
    month, unit = FormPeriod.last_month_before(AS_OF), book.lead_units()[0]
    source = next(export_forms(book, month, [unit], package_hash(package), folder))[0]
    target = folder / "styled.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != SHEET:
                new.writestr(name, old.read(name))
                continue
            before, _, after = old.read(name).partition(b"</sheetData>")
            with new.open(name, "w", force_zip64=True) as part:
                part.write(before)
                for row in range(FIRST_ROW, last + 1):
                    cells = "".join(f'<c r="{letter}{row}" s="2"/>' for letter in LETTERS)
                    part.write(f'<row r="{row}">{cells}</row>'.encode())
                part.write(b"</sheetData>" + after)
    return target


def measured(name: str, work: Callable[[], object]) -> bool:
    start, cpu = time.perf_counter(), time.process_time()
    work()
    wall, used = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"{name}: {used:.2f} s of processor time ({wall:.2f} s), at most {peak:.0f} MB so far")
    return used <= SECONDS and peak <= MEGABYTES


if __name__ == "__main__":
    sys.exit(main())
