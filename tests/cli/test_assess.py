"""The `assess` verb as outsiders call it: columns, days, formats, vectors, and plain words for what cannot be read."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
import sites

from build_scripts.cli.vector_file import assess_file
from build_scripts.core.errors import DataError, UsageError

ROOT = Path(__file__).parents[2]
VECTORS = ROOT / "tests" / "data" / "assessment_vectors.csv"
COLUMNS = (
    "target_id,status,reason,method,progress_pct,time_pct,gap_pp,ratio,attainment_pct,derived,flags,grade,"
    "period,value,source_id"
)
VECTOR_COLUMNS = "vector_id,status,reason,method,progress_pct,time_pct,gap_pp,ratio,attainment_pct,derived,flags,grade"
HEADER = "vector_id,kind,direction,comparator,target_value,target_period,as_of,observations_json,options_json"


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return sites.run("assess", *arguments)


def test_csv_of_a_package(make_package: Callable[..., Path]) -> None:
    ran = run("--package", make_package(), "--as-of", "2024-06-30")
    assert ran.returncode == 0
    assert ran.stdout.splitlines()[0] == COLUMNS
    rows = {row["target_id"]: row for row in csv.DictReader(io.StringIO(ran.stdout))}
    assert {"gdp-2025", "share-2025", "invest-2125", "group-ab"} <= set(rows)
    assert rows["group-ab"]["reason"] == "low_coverage"


def test_json_carries_steps_words_and_unlock(make_package: Callable[..., Path]) -> None:
    ran = run("--package", make_package(), "--as-of", "2024-06-30", "--format", "json")
    found = {each["target_id"]: each for each in json.loads(ran.stdout)}
    gdp = found["gdp-2025"]
    assert gdp["as_of"] == "2024-06-30"
    assert gdp["method_version"] == "1.1.0"
    assert gdp["steps"][-1]["code"] == "verdict"
    assert len(gdp["steps"]) == len(gdp["explanation"])
    assert any(each["unlock"] for each in found.values())


def test_every_vector_by_command() -> None:
    ran = run("--vectors", VECTORS)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines()[0] == VECTOR_COLUMNS
    given = list(csv.DictReader(io.StringIO(ran.stdout)))
    with VECTORS.open(encoding="utf-8", newline="") as file:
        wanted = list(csv.DictReader(file))
    for row, expected in zip(given, wanted, strict=True):
        assert row == {name: expected[name if name == "vector_id" else f"exp_{name}"] for name in row}


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        ("V1,level_bye,up,ge,10,2025,2024-06-30,[],{}", "kind", "vector-code"),
        ("V1,level_by,up,ge,约10,2025,2024-06-30,[],{}", "target_value", "vector-number"),
        ("V1,level_by,up,ge,NaN,2025,2024-06-30,[],{}", "target_value", "vector-number"),
        ("V1,level_by,up,ge,10,2025-Q5,2024-06-30,[],{}", "target_period", "vector-period"),
        ("V1,level_by,up,ge,10,2025,2024-02-30,[],{}", "as_of", "vector-day"),
        ("V1,level_by,up,ge,10,2025,,[],{}", "as_of", "vector-day"),
        ("V1,level_by,up,ge,10,2025,2024-06-30,[,{}", "observations_json", "vector-json"),
        ("V1,level_by,up,ge,10,2025,2024-06-30,{},{}", "observations_json", "vector-list"),
        ('V1,level_by,up,ge,10,2025,2024-06-30,[],"{""peers"":true}"', "options_json", "vector-number"),
        ('V1,level_by,up,ge,10,2025,2024-06-30,[],"{""flow"":1}"', "options_json", "vector-bool"),
        (
            'V1,level_by,up,ge,10,2025,2024-06-30,"[{""p"":""2023"",""v"":1}]",{}',
            "observations_json",
            "vector-observation",
        ),
        ('V1,level_by,up,ge,10,2025,2024-06-30,"[5]",{}', "observations_json", "vector-object"),
        ('V1,milestone,up,event,1,2025,2024-06-30,"[{""state"":""done""}]",{}', "observations_json", "vector-event"),
        ('V1,group_sum,up,ge,1,2025,2024-06-30,[],"{""official"":5,""o"":7}"', "options_json", "vector-object"),
        ("V1,level_by,up,ge,10,2025,2024-06-30,[],{},extra", "", "vector-extra"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(tmp_path: Path, row: str, field: str, code: str) -> None:
    file = tmp_path / "vectors.csv"
    good = "V2,qualitative,none,none,,2025,2024-06-30,,"
    file.write_text(f"{HEADER}\n{row}\n{good}\n", encoding="utf-8")
    rows, problems = assess_file(file)
    where = f"[{field}] " if field else ""
    assert [str(problem).startswith(f"vectors.csv:2: {code}: {where}") for problem in problems] == [True]
    # The rows that can be read are still assessed.
    assert [(each["vector_id"], each["reason"]) for each in rows] == [("V2", "no_threshold")]


def test_numbers_of_any_size_are_refused_or_computed(tmp_path: Path) -> None:
    file = tmp_path / "vectors.csv"
    seen = '"[{""p"":""2023"",""v"":3e40,""pub"":""2024-01-01""}]"'
    rows = [
        f"V1,level_by,up,ge,1e40,2025,2024-06-30,{seen},{{}}",
        f"V2,level_by,up,ge,1e4000,2025,2024-06-30,{seen},{{}}",
    ]
    file.write_text("\n".join((HEADER, *rows, "")), encoding="utf-8")
    ran = run("--vectors", file)
    row = next(csv.DictReader(io.StringIO(ran.stdout)))
    assert (row["status"], Decimal(row["attainment_pct"])) == ("achieved", Decimal(300))
    assert ran.returncode == 1
    assert ran.stderr.startswith("vectors.csv:3: vector-number: [target_value]")
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("content", "code"),
    [(HEADER.encode() + b"\nV1,level_by,up,ge,1,2025,2024-06-30,\xd6\xd0,{}\n", "vector-encoding"),
     (b"", "vector-column"), (b"a,b\n1,2\n", "vector-column"),
     (b"vector_id,kind,kind,as_of\nV1,level_by,share_by,2024-06-30\n", "vector-repeated"),
     (HEADER.encode() + b'\nV1,"level_by\n', "vector-csv")],
)  # fmt: skip
def test_a_file_that_is_no_table_of_vectors(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "vectors.csv"
    file.write_bytes(content)
    try:
        _rows, problems = assess_file(file)
    except DataError as failure:
        problems = list(failure.problems)
    assert {problem.code for problem in problems} == {code}


def test_what_spreadsheets_and_programs_write_is_read(tmp_path: Path) -> None:
    file = tmp_path / "vectors.csv"
    seen = '"[{""p"":2023,""v"":""1.1e3"",""pub"":""2024-01-01"",""b"":"" main "",""tier"":""2"",""s"":null}]"'
    rows = (
        HEADER,
        " V1 , level_by ,up , ge , 1e3 , 2025.0 , 2024-06-30 , , ",
        f"V2,level_by,up,ge,1000.0,2025.0,2024-06-30,{seen},null",
        "",
        'V3,level_by,up,ge,5,2025,2024-06-30,null,"{""unknown"":1,""variants"":[],""items"":null}"',
    )
    file.write_bytes(b"\xef\xbb\xbf" + "\r\n".join((*rows, "")).encode())
    found, problems = assess_file(file)
    assert problems == []
    assert [each["status"] for each in found] == ["no_data", "achieved", "no_data"]
    assert (found[1]["attainment_pct"], found[1]["grade"]) == ("110.0", "B")


def test_a_cell_may_be_long_and_a_row_is_named_by_its_line(tmp_path: Path) -> None:
    file = tmp_path / "vectors.csv"
    one = '{""p"":""2023"",""v"":11,""pub"":""2024-01-01""}'
    many = f",{' ' * 2000}".join([one] * 100)
    long = f'"[{many}]"'
    assert len(long) > 131_072, "as much as the csv module reads by itself"
    file.write_text(
        f"{HEADER}\nV1,level_by,up,ge,10,2025,2024-06-30,{long},{{}}\n\nV2,level_by,up,>=,1,2025,2024-06-30,,\n",
        encoding="utf-8",
    )
    found, problems = assess_file(file)
    assert [each["status"] for each in found] == ["achieved"]
    assert [str(each).partition(" ")[0] for each in problems] == ["vectors.csv:4:"]


def test_a_missing_file_is_an_unusable_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="找不到测试例文件"):
        assess_file(tmp_path / "none.csv")
