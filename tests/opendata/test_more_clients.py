"""Programs of the command line, and more readers of the same files: each does what the guide says it does."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import polars as pl
import pytest
from packages import ROOT

GUIDE = (ROOT / "docs" / "open-data.md").read_text(encoding="utf-8")
SHELL = re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skips a test where a program is not installed."""
    missing = [each for each in programs if shutil.which(each) is None]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


def run(*command: str, cwd: Path | None = None, **more: str) -> str:
    done = subprocess.run(command, capture_output=True, check=False, cwd=cwd, text=True, encoding="utf-8", **more)
    assert done.returncode == 0, done.stderr
    return done.stdout


@needs("curl", "jq", "sh")
def test_the_guides_line_of_curl_and_jq_reads_one_target(address):
    (line,) = [each for each in SHELL if "jq" in each]
    asked = re.sub(r"https://[^/]+/", address, line).replace("ydsq-gdp-city-2025", "gdp-2025")
    label, sentences = re.fullmatch(r'(".*?")\n(\[.*\])\n', run("sh", "-c", asked), re.DOTALL).groups()
    whole = json.loads(run("curl", "-s", f"{address}api/v1/targets/gdp-2025.json"))
    assert json.loads(label) == whole["assessment"]["status_label"]
    assert json.loads(sentences) == whole["explanation"]["sentences"]


@needs("curl", "unzip", "sha256sum", "sh")
def test_the_guides_lines_check_the_zip_and_notice_damage(address, tmp_path):
    (lines,) = [each for each in SHELL if "sha256sum" in each]
    asked = re.sub(r"https://[^/]+/", address, lines).replace("lishui-plan-progress", "sample-plan")
    asked = "set -e\n" + asked.replace("frictionless validate datapackage.json\n", "")
    run("sh", "-c", asked, cwd=tmp_path)
    names = (tmp_path / "package/SHA256SUMS").read_text("utf-8")
    assert "datapackage.json" in names
    damaged = tmp_path / "package/csv/units.csv"
    damaged.write_bytes(damaged.read_bytes() + b"x")
    with pytest.raises(AssertionError, match=r"units\.csv|WARNING"):
        run("sha256sum", "-c", "--quiet", "SHA256SUMS", cwd=tmp_path / "package")


@needs("sqlite3")
def test_the_sqlite_program_answers_from_the_views(site):
    file = str(site / "data/sample-plan.sqlite")
    assert run("sqlite3", file, "PRAGMA integrity_check", "PRAGMA foreign_key_check").strip() == "ok"
    asked = "SELECT target_id, target_value FROM targets_now WHERE target_value > 0 LIMIT 1"
    name, value = run("sqlite3", file, asked).strip().split("|")
    assert name
    assert float(value) > 0


def test_polars_reads_json_and_json_lines_as_they_come(site):
    rows = list(csv.DictReader(io.StringIO((site / "data/csv/observations.csv").read_text("utf-8"), newline="")))
    for table in (
        pl.read_json(site / "data/json/observations.json", infer_schema_length=None),
        pl.read_ndjson(site / "data/jsonl/observations.jsonl", infer_schema_length=None),
    ):
        assert table["indicator_id"].to_list() == [row["indicator_id"] for row in rows]
        assert table["value"].dtype.is_float()
        assert table["value"].to_list() == [float(row["value"]) if row["value"] else None for row in rows]


def test_calamine_reads_the_workbooks_without_a_spreadsheet_program(site):
    """pandas' fast reader of `.xlsx`; titles stand above the columns."""
    plain = pd.read_csv(site / "data/csv/targets_wide.csv")
    book = pd.read_excel(site / "data/xlsx/targets_wide.xlsx", engine="calamine")
    assert book.shape == plain.shape
    assert book.iloc[:, 0].tolist() == plain["target_id"].tolist()
    assert book.iloc[:, list(plain.columns).index("value")].dropna().tolist() == plain["value"].dropna().tolist()


@needs("Rscript")
def test_r_reads_the_tidy_csv_with_the_line_on_the_pages(site):
    file = site / "data/subsets/indicators/gdp.csv"
    said = run(
        "Rscript", "-e", f'd <- read.csv("{file}", encoding = "UTF-8"); cat(nrow(d), mean(d$value, na.rm = TRUE))'
    )
    plain = pd.read_csv(file)
    rows, mean = said.split()
    assert int(rows) == len(plain)
    assert float(mean) == pytest.approx(plain["value"].mean(), rel=1e-6)
