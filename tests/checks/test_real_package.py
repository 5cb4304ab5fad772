"""The package that is published: valid for the stock tool and for ours, as complete as the contract says."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from packages import ROOT

from build_scripts.checks import find_violations
from build_scripts.core.records import Severity
from build_scripts.core.tables import TABLES
from build_scripts.load import read

PACKAGE = ROOT / "datapackage"


@pytest.mark.slow
def test_stock_frictionless_calls_it_valid():
    tool = Path(sys.executable).with_name("frictionless")
    run = subprocess.run(
        [str(tool), "validate", "datapackage/datapackage.json", "--json"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    report = json.loads(run.stdout)
    assert (run.returncode, report["valid"], report["errors"]) == (0, True, [])
    assert {task["name"] for task in report["tasks"]} >= {name for name, table in TABLES.items() if not table.rare}


def test_our_check_finds_no_error():
    problems = find_violations(read(PACKAGE), date(2026, 11, 21))
    assert [str(item) for item in problems if item.severity is Severity.ERROR] == []


def test_every_field_says_what_it_is_and_every_key_is_declared():
    meta = json.loads((PACKAGE / "datapackage.json").read_text(encoding="utf-8"))
    assert meta["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    for name in ("name", "title", "description", "version", "licenses", "contributors", "keywords", "sources"):
        assert meta[name], name
    for resource in meta["resources"]:
        assert resource["type"] == "table"
        assert resource["encoding"] == "utf-8"
        schema = json.loads((PACKAGE / resource["schema"]).read_text(encoding="utf-8"))
        assert schema["missingValues"] == [""]
        assert schema["primaryKey"]
        for field in schema["fields"]:
            assert not field["title"].isascii(), (resource["name"], field["name"])
            assert not field["description"].isascii(), (resource["name"], field["name"])


def test_columns_and_empty_cells_are_the_contracts():
    for name, table in TABLES.items():
        fields = json.loads((PACKAGE / "schemas" / f"{name}.json").read_text(encoding="utf-8"))["fields"]
        assert [field["name"] for field in fields][: len(table.columns)] == [column.name for column in table.columns]
        for field, column in zip(fields, table.columns, strict=False):
            if field.get("constraints", {}).get("required"):
                assert not column.nullable, (name, column.name)
            elif column.type not in (str, tuple):
                assert column.nullable, (name, column.name)


def test_files_are_utf_8_without_mark_with_lf_and_a_last_line_end():
    for file in sorted(PACKAGE.rglob("*.csv")):
        content = file.read_bytes()
        content.decode("utf-8")
        assert not content.startswith(b"\xef\xbb\xbf"), file
        assert b"\r" not in content, file
        assert content.endswith(b"\n"), file
        assert not content.endswith(b"\n\n"), file
