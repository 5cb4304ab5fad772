"""Whatever a cell holds, every format gives it back: text, figures, days, truth values, nothing."""

from __future__ import annotations

import codecs
import csv
import dataclasses
import io
import json
import resource
import sqlite3
import subprocess
import sys
import tracemalloc
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import opendata_samples as samples
import openpyxl
import pyarrow.parquet as pq
import pytest
from all_of import all_of
from chance import tries
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter.worksheet import Worksheet

from build_scripts.core.pause import no_collecting
from build_scripts.core.spreadsheet import escape, keep, unescape, unkeep
from build_scripts.exports.formats import (
    csv_excel,
    csv_plain,
    json_lines,
    json_table,
    parquet,
    sqlite,
    to_json,
    workbook,
    zipped,
)
from build_scripts.exports.formats.delimited import text_of
from build_scripts.exports.formats.rows import Rows
from build_scripts.exports.formats.workbook import Document
from build_scripts.exports.tables import Table

FIELDS = [{"name": "id", "type": "integer"}, {"name": "text", "type": "string"}, {"name": "number", "type": "number"},
          {"name": "day", "type": "date"}, {"name": "flag", "type": "boolean"}]  # fmt: skip
DOCUMENT = Document("题名", "作者", "说明", date(2026, 6, 30))
# What UTF-8 can say, without NUL, which the package's checks refuse; empty text is the same as no text.
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)
numbers = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9)
days = st.dates(date(1949, 10, 1), date(2099, 12, 31))
rows = st.lists(
    st.tuples(st.none() | texts, st.none() | numbers, st.none() | days, st.none() | st.booleans()), max_size=4
)


def table(cells) -> Table:
    numbered = tuple((number, *row) for number, row in enumerate(cells))
    return Table("sample", "样表", "", {"fields": FIELDS, "primaryKey": ["id"]}, numbered)


def cell_by_cell(sheet, columns, dates):
    """The cells of a worksheet as XlsxWriter itself writes them: what `Rows.fill` must equal."""
    for index, (kind, cells) in enumerate(columns):
        for number, value in enumerate(cells, start=1):
            if value is None:
                continue
            if kind in {"number", "integer"}:
                sheet.write_number(number, index, float(value))
            elif kind == "date":
                sheet.write_datetime(number, index, value, dates)
            elif kind == "boolean":
                sheet.write_boolean(number, index, value)
            else:
                sheet.write_string(number, index, escape(value))


LONG = [
    ("=1+1", Decimal("1.0"), None, True),
    ("长" * 32_766 + "😀末尾", Decimal("-0.001"), date(2026, 2, 28), None),
    (" 空格 ", Decimal("1.00"), date(1900, 2, 28), False),
    ("<a&b>\n\x01_x0001_", Decimal("12345678901234567.5"), date(2026, 2, 28), None),
    *[(None, Decimal(number), None, None) for number in range(40)],
    *[(None, None, None, None)] * 3,
    ("<r>rich</r>", None, None, None),
    (None, None, None, None),
]


@pytest.mark.parametrize("one", [[], LONG[:1], LONG, LONG[4:20], LONG * 100])
def test_the_rows_of_a_workbook_are_the_bytes_that_its_library_writes_cell_by_cell(one, monkeypatch):
    listed = [table(one), table(LONG[::-1]), dataclasses.replace(table(one[:0]), title="空表")]
    fast = workbook(listed, DOCUMENT)
    monkeypatch.setattr(Rows, "fill", cell_by_cell)
    monkeypatch.setattr(Rows, "_write_rows", Worksheet._write_rows)
    assert workbook(listed, DOCUMENT) == fast


def test_a_workbook_leaves_nothing_in_memory_but_its_bytes():
    many = table([(f"第{number}行", Decimal(number), date(2026, 2, 28), True) for number in range(3_000)])
    workbook([many], DOCUMENT)
    with no_collecting():
        tracemalloc.start()
        made = workbook([many], DOCUMENT)
        left, _most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert left < len(made) + 200_000


MIXED = [
    ("1", Decimal(1), None, True),
    (1, Decimal("1.0"), None, 1),
    (True, 1, "2025-03", 0),
    ("2025-03", None, None, 0),
]
MIXED += [("=1", Decimal("1E+3"), None, Decimal(1))]


def row_by_row(made, guard, end):
    """A table as CSV with nothing done for several cells at once."""
    lines = []
    for row in (made.names, *((guard(each) if isinstance(each, str) else each for each in row) for row in made.rows)):
        buffer = io.StringIO(newline="")
        csv.writer(buffer, lineterminator="\r\n").writerow("" if each is None else text_of(each) for each in row)
        lines.append(buffer.getvalue().removesuffix("\r\n") + end)
    return "".join(lines).encode()


@all_of("cells", [[], LONG, LONG[1:2], LONG[4:], MIXED])
def test_columns_written_at_once_are_the_bytes_of_cell_by_cell(cells):
    made = table(cells)
    for _ in range(2):
        assert csv_plain(made) == row_by_row(made, str, "\n")
        assert csv_excel(made) == codecs.BOM_UTF8 + row_by_row(made, keep, "\r\n")
    assert csv_excel(table(cells)) == csv_excel(made)
    assert json_lines(made) == b"".join(to_json(record) for record in made.records())
    percent = dataclasses.replace(made, schema={"fields": [{**each, "name": f"%s{each['name']}"} for each in FIELDS]})
    assert json_lines(percent) == b"".join(to_json(record) for record in percent.records())


@settings(max_examples=tries(30), deadline=None)
@given(rows)
def test_csv(cells):
    made = table(cells)
    for content, back in ((csv_plain(made), str), (csv_excel(made), unkeep)):
        _, *read = csv.reader(io.StringIO(content.decode("utf-8-sig" if back is unkeep else "utf-8"), newline=""))
        for row, (_, text, number, day, flag) in zip(read, made.rows, strict=True):
            assert back(row[1]) == (text or "")
            assert (Decimal(row[2]) if row[2] else None) == number
            assert row[3] == (day.isoformat() if day else "")
            assert row[4] == {True: "true", False: "false", None: ""}[flag]


@settings(max_examples=tries(30), deadline=None)
@given(rows)
def test_json_and_json_lines(cells):
    made = table(cells)
    whole = json.loads(json_table(made), parse_float=Decimal)
    lines = [json.loads(line, parse_float=Decimal) for line in json_lines(made).decode().split("\n")[:-1]]
    assert whole == lines
    for record, (number, text, figure, day, flag) in zip(whole, made.rows, strict=True):
        assert (record["id"], record["text"], record["flag"]) == (number, text, flag)
        assert record["number"] == figure
        assert record["day"] == (day.isoformat() if day else None)


@settings(max_examples=tries(20), deadline=None)
@given(rows)
def test_parquet_and_sqlite(cells):
    made = table(cells)
    read = pq.read_table(io.BytesIO(parquet(made))).to_pylist()
    for record, row in zip(read, made.rows, strict=True):
        for name, cell in zip(made.names, row, strict=True):
            assert record[name] == (float(cell) if isinstance(cell, Decimal) else cell)
            if f"{name}_text" in record:
                assert record[f"{name}_text"] == (None if cell is None else f"{cell:f}")
    base = sqlite3.connect(":memory:")
    base.deserialize(sqlite([made]))
    for stored, (_, text, figure, day, flag) in zip(base.execute("SELECT * FROM sample"), made.rows, strict=True):
        assert stored[1] == text
        assert stored[2] == (None if figure is None else float(figure))
        assert stored[3] == (day.isoformat() if day else None)
        assert stored[4] == (None if flag is None else int(flag))
    base.close()


@pytest.mark.parametrize("limit", [0, 40_000])
def test_a_database_that_does_not_fit_on_the_disk_is_an_error_of_the_disk(limit):
    made = table([("text" * 50, None, None, None)] * 2_000)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        with pytest.raises(OSError, match="disk") as told:
            sqlite([made])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert told.value.filename


@settings(max_examples=tries(15), deadline=None)
@given(rows)
def test_workbook(cells):
    made = table([(None if text is None else "".join(filter(str.isprintable, text)), *rest) for text, *rest in cells])
    sheet = openpyxl.load_workbook(io.BytesIO(workbook([made], DOCUMENT))).worksheets[0]
    read = list(sheet.iter_rows(min_row=2, max_row=len(made.rows) + 1, max_col=5, values_only=True)) if cells else []
    for row, (_, text, figure, day, flag) in zip(read, made.rows, strict=True):
        assert unescape(row[1] or "") == (text or "")
        assert row[2] == (None if figure is None else float(figure))
        assert (row[3].date() if row[3] else None) == day
        assert row[4] is flag


def test_two_sheets_of_one_title_and_titles_excel_refuses():
    long = Table("a", "[很长]：*?/\\" + "题" * 40, "", {"fields": FIELDS}, ())
    book = openpyxl.load_workbook(io.BytesIO(workbook([long, long, long], DOCUMENT)))
    assert len(book.sheetnames) == 4
    assert len({name.casefold() for name in book.sheetnames}) == 4
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_workbook_parts_carry_no_clock():
    with zipfile.ZipFile(io.BytesIO(workbook([table([])], DOCUMENT))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2026-06-30T00:00:00Z") == 2


def test_zip_entries_are_sorted_dated_and_readable_by_all():
    made = zipped({"b.csv": b"2", "a.csv": b"1"}, date(2026, 6, 30))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        entries = archive.infolist()
        assert archive.testzip() is None
    assert [entry.filename for entry in entries] == ["a.csv", "b.csv"]
    assert {entry.date_time for entry in entries} == {(2026, 6, 30, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o100644}
    assert made == zipped({"a.csv": b"1", "b.csv": b"2"}, date(2026, 6, 30))


def test_json_refuses_what_it_cannot_say():
    for value in (float("nan"), object(), b"bytes"):
        with pytest.raises((TypeError, ValueError)):
            to_json({"value": value})


def test_sample_names_are_used(publication):
    """The samples are hostile on purpose; if they became harmless these tests would prove little."""
    names = publication.tables["targets"].column("name")
    assert samples.HOSTILE[0] in names
    assert samples.HOSTILE[3] in names


@pytest.mark.slow
def test_a_process_that_has_written_parquet_can_still_be_copied():
    script = (
        "from build_scripts.core.crew import may_copy\n"
        "from build_scripts.exports.formats import parquet\n"
        "from build_scripts.exports.tables import Table\n"
        "fields = [{'name': 'n', 'type': 'number'}]\n"
        "assert parquet(Table('a', 'A', '', {'fields': fields}, ((1,),) * 50_000))\n"
        "print(may_copy())"
    )
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert said.stdout == "True\n"
