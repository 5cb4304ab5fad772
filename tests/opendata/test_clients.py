"""Real clients read what is published, over loopback HTTP, and find the package's own values."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import subprocess
import urllib.request
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import frictionless
import opendata_samples as samples
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from build_scripts.core.spreadsheet import unescape
from build_scripts.exports import Publication
from build_scripts.exports.downloads import TABLE_FORMATS, table_path
from build_scripts.exports.formats.sqlite import VIEWS
from build_scripts.locale import t

NAMES = sorted(table for table in Publication(samples.edition()).tables)
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
GDP = [Decimal("1964.4"), Decimal("2181.18"), Decimal("2190.00"), Decimal(4100), None, Decimal("-1.5")]


def fetch(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read()


def test_every_table_is_there_in_every_format(publication, site):
    assert len(NAMES) == 26
    for name in NAMES:
        for kind in TABLE_FORMATS:
            assert (site / table_path(name, kind)).is_file()


@pytest.mark.slow
def test_frictionless_validates_the_published_address(address):
    report = frictionless.Package(f"{address}data/datapackage.json").validate()
    assert report.valid, report.flatten(["type", "message"])
    assert report.stats["tasks"] == len(NAMES)


@pytest.mark.slow
def test_frictionless_validates_the_unpacked_zip_and_notices_damage(address, tmp_path):
    with zipfile.ZipFile(io.BytesIO(fetch(f"{address}data/sample-plan.zip"))) as archive:
        archive.extractall(tmp_path)
    package = frictionless.Package(str(tmp_path / "datapackage.json"))
    assert package.validate().valid
    sums = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=tmp_path, check=False, capture_output=True)
    assert sums.returncode == 0, sums.stderr
    damaged = tmp_path / "csv/units.csv"
    damaged.write_bytes(damaged.read_bytes().replace("甲局".encode(), "丁局".encode()))
    found = frictionless.Package(str(tmp_path / "datapackage.json")).validate().flatten(["type"])
    assert ["hash-count"] in found


def test_pandas_reads_csv_excel_csv_json_jsonl_and_parquet_alike(address):
    base = f"{address}data/"
    plain = pd.read_csv(f"{base}csv/observations.csv")
    figures = [None if value is None else float(value) for value in GDP]
    assert [None if pd.isna(each) else each for each in plain["value"]] == [
        None if v is None else float(v) for v in GDP
    ]
    excel = pd.read_csv(f"{base}csv/observations.excel.csv", encoding="utf-8-sig")
    assert list(excel.columns) == list(plain.columns)
    assert excel["value"].equals(plain["value"])
    for frame in (
        pd.read_json(f"{base}json/observations.json"),
        pd.read_json(f"{base}jsonl/observations.jsonl", lines=True),
        pd.read_parquet(f"{base}parquet/observations.parquet"),
    ):
        assert list(frame["period"]) == list(plain["period"])
        assert [None if pd.isna(each) else float(each) for each in frame["value"]] == figures


def test_polars_reads_csv_and_typed_parquet(address):
    wide = pl.read_csv(io.BytesIO(fetch(f"{address}data/csv/targets_wide.csv")), infer_schema_length=None)
    assert wide.height == 4
    assert wide["name"].to_list() == ["地区生产总值", samples.HOSTILE[0], samples.HOSTILE[3], samples.HOSTILE[5]]
    values = pl.read_parquet(io.BytesIO(fetch(f"{address}data/parquet/observations.parquet")))
    assert values.schema["value"] == pl.Float64
    assert values.schema["pub"] == pl.Date
    assert values["value"].to_list() == [None if each is None else float(each) for each in GDP]
    assert values["value_text"].to_list() == [None if each is None else f"{each:f}" for each in GDP]


def test_pyarrow_finds_types_titles_and_units(address):
    table = pq.read_table(io.BytesIO(fetch(f"{address}data/parquet/targets.parquet")))
    assert table.schema.field("value").type == pa.float64()
    assert "浮点数" in t("opendata.format_note.parquet")
    assert table.schema.field("value_text").type == pa.string()
    assert table.schema.field("due").type == pa.date32()
    assert table.schema.field("in_totals").type == pa.bool_()
    assert not table.schema.field("target_id").nullable
    assert table.schema.field("target_id").metadata[b"title"].decode() == "目标编号"
    assert table.column("value").to_pylist() == [2250.0, 550.0, 0.000001, None]
    assert table.column("value_text").to_pylist() == ["2250", "550", "0.000001", None]
    assert table.column("due").to_pylist()[1] == date(2025, 6, 30)


def test_parquet_keeps_every_digit_beside_the_float():
    target = samples.target("fine", value=Decimal("123456789012345.123456789"))
    edition = samples.edition(targets=(target,))
    edition.assessments["fine"] = samples.assessments()["road-2025"]  # type: ignore[index]
    from build_scripts.exports.formats import parquet  # noqa: PLC0415

    table = pq.read_table(io.BytesIO(parquet(Publication(edition).tables["targets"])))
    assert table.column("value").to_pylist() == [123456789012345.123456789]
    assert table.column("value_text").to_pylist() == ["123456789012345.123456789"]


def test_the_first_sums_compute_as_they_come(site):
    """A mean, a group and a comparison, in the words of each client, without a cast."""
    path = site / "data/parquet/observations.parquet"
    mean = sum(float(each) for each in GDP if each is not None) / 5
    assert pd.read_parquet(path)["value"].mean() == pytest.approx(mean)
    assert pl.read_parquet(path)["value"].mean() == pytest.approx(mean)
    assert duckdb.sql(f"SELECT avg(value) FROM '{path}'").fetchall()[0][0] == pytest.approx(mean)


def test_duckdb_queries_parquet_csv_and_jsonl(site):
    data = site / "data"
    found = duckdb.sql(
        f"SELECT t.target_id, count(*) FROM '{data}/parquet/targets.parquet' t "
        f"JOIN '{data}/csv/observations.csv' o USING (indicator_id, region_id) GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert found == [("gdp-2025", 5)]
    assert duckdb.sql(f"SELECT count(*) FROM read_json('{data}/jsonl/sources.jsonl')").fetchall() == [(3,)]


def test_sqlite_has_keys_links_and_the_originals(site, tmp_path):
    with sqlite3.connect(site / "data/sample-plan.sqlite") as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = {row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type='table'")}
        assert tables == set(NAMES)
        keys = [row[1] for row in base.execute("PRAGMA table_info(observations)") if row[5]]
        assert keys == ["indicator_id", "region_id", "period", "basis", "pub", "source_id"]
        assert {row[2] for row in base.execute("PRAGMA foreign_key_list(observations)")} == {
            "indicators", "regions", "sources",
        }  # fmt: skip
        names = [row[0] for row in base.execute("SELECT name FROM targets ORDER BY rowid")]
        assert names[1] == samples.HOSTILE[0]
        base.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError):
            base.execute("UPDATE observations SET source_id = 'nowhere'")
        base.rollback()
    described = json.loads((site / "data/metadata.json").read_text("utf-8"))
    assert set(described["databases"]["sample-plan"]["tables"]) == {*NAMES, *VIEWS}
    assert all(
        each["title"] and each["description"] for each in described["databases"]["sample-plan"]["tables"].values()
    )


def test_the_views_of_the_database_say_what_its_tables_say(site):
    with sqlite3.connect(site / "data/sample-plan.sqlite") as base:
        base.row_factory = sqlite3.Row
        read = {name: [dict(row) for row in base.execute(f"SELECT * FROM {name}")] for name in (*VIEWS, *NAMES)}
    current = read["observations_current"]
    key = ("indicator_id", "region_id", "period", "basis", "pub", "source_id")
    standing = {tuple(row[name] for name in key) for row in read["standing"] if row["stands"]}
    assert {tuple(row[name] for name in key) for row in current} == standing
    assert len({tuple(row[name] for name in key[:3]) for row in current}) == len(current)
    # 2024 is there on two bases: the one published last stands; a row without a value does not.
    assert [(r["basis"], r["value"]) for r in current if r["period"] == "2024"] == [("post-census5", 2190)]
    assert {row["why"] for row in read["standing"] if not row["stands"]} == {"other_basis", "no_value"}
    assert all(bool(row["why_label"]) is not bool(row["stands"]) for row in read["standing"])
    wide = {row["target_id"]: row for row in read["targets_wide"]}
    now = read["targets_now"]
    assert [row["target_id"] for row in now] == list(wide)
    same = ("name", "plan", "project", "indicator", "region", "lead_unit", "status_label", "judged_value", "as_of")
    assert all(row[column] == wide[row["target_id"]][column] for row in now for column in same)
    promised = {row["target_id"]: (row["comparator"], row["value"], row["unit"]) for row in read["targets"]}
    assert {row["target_id"]: (row["comparator"], row["target_value"], row["target_unit"]) for row in now} == promised
    assert any(isinstance(row["target_value"], int | float) for row in now)
    counted = {row["source"]: row["numbers"] for row in read["numbers_by_source"]}
    assert sum(counted.values()) == len(read["provenance"])


def test_openpyxl_finds_typed_cells_frozen_header_and_filter(address):
    book = openpyxl.load_workbook(io.BytesIO(fetch(f"{address}data/xlsx/observations.xlsx")))
    sheet = book.worksheets[0]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:Q7"
    header = [cell.value for cell in sheet[1]]
    value, pub = header.index("数值"), header.index("公布日期")
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[value] for row in rows] == [None if v is None else float(v) for v in GDP]
    assert all(isinstance(row[value], int | float | None) for row in rows)
    assert rows[0][pub] == datetime(2024, 3, 1)  # noqa: DTZ001
    assert rows[0][header.index("同比为实际增速")] is True
    assert book.properties.created == datetime(2026, 6, 30)  # noqa: DTZ001
    meanings = book["字段说明"]
    assert [cell.value for cell in meanings[1]] == ["表", "列名", "字段", "类型", "单位", "含义"]
    assert {row[2] for row in meanings.iter_rows(min_row=2, values_only=True)} == set(
        Publication(samples.edition()).tables["observations"].names
    )


def test_no_workbook_cell_is_a_formula_or_starts_one(site):
    for path in sorted((site / "data").rglob("*.xlsx")):
        for sheet in openpyxl.load_workbook(path).worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f"
                    assert not (isinstance(cell.value, str) and cell.value.startswith(STARTS_A_FORMULA))


def test_workbook_text_comes_back_as_it_was(site):
    sheet = openpyxl.load_workbook(site / "data/xlsx/targets.xlsx").worksheets[0]
    header = [cell.value for cell in sheet[1]]
    names = [row[header.index("目标名称")] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert names[1] == f"'{samples.HOSTILE[0]}"
    assert [unescape(name) for name in names] == [target.name for target in samples.package().targets]


def office() -> str | None:
    from shutil import which  # noqa: PLC0415

    installed = Path("/usr/lib/libreoffice/program/soffice")
    return which("soffice") or which("libreoffice") or (str(installed) if installed.is_file() else None)


@pytest.mark.skipif(office() is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_workbook_and_excel_csv_without_running_anything(site, tmp_path):
    program = office()
    assert program
    sources = [site / "data/xlsx/targets.xlsx", site / "data/csv/targets.excel.csv"]
    # 44 comma, 34 quote, 76 UTF-8: what the import dialogue offers for a file with a mark.
    subprocess.run(
        [program, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--infilter=CSV:44,34,76,1",
         "--convert-to", "fods", "--outdir", str(tmp_path), *map(str, sources)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    for source in sources:
        opened = (tmp_path / source.with_suffix(".fods").name).read_text("utf-8")
        # It writes a truth value as a formula without operands; nothing of ours may be one.
        assert set(re.findall(r'table:formula="([^"]*)"', opened)) <= {"of:=TRUE()", "of:=FALSE()"}
        assert "地区生产总值" in opened
        assert "&apos;=1+1" in opened or "'=1+1" in opened


ROOT = Path(__file__).parents[2]
GUIDES = (ROOT / "docs" / "open-data.md", ROOT / "build_scripts" / "starter" / "pages.en" / "open-data.md")
EXAMPLES = [
    example
    for guide in GUIDES
    for example in re.findall(r"```(python|sql)\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)
]
PLACE = re.compile(r"https://(?:本站地址|ADDRESS)/")


def test_the_guide_has_examples_for_each_client():
    named = [word for _kind, code in EXAMPLES for word in ("pandas", "polars", "DuckDB") if word in code]
    assert sorted(named) == sorted(["pandas", "polars", "DuckDB"] * len(GUIDES))


@pytest.mark.parametrize(("kind", "code"), EXAMPLES, ids=[code.split()[1] for _kind, code in EXAMPLES])
def test_the_guides_examples_run_as_they_are_printed(kind, code, address, site):
    if kind == "python":
        space: dict[str, object] = {}
        # The test's plain server gives no ranges, which polars asks a server for.
        exec(PLACE.sub(f"{site}/" if "polars" in code else str(address), code), space)
        assert all(len(space[name]) for name in ("values", "wide", "mean", "latest") if name in space)
        return
    statements = [each for each in PLACE.sub(f"{site}/", code).split(";") if each.strip()]
    assert statements
    for statement in statements:
        assert duckdb.sql(statement).fetchall()
