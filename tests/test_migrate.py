"""`migrate`: a package of contract 1.x becomes one of the newest, and says nothing else than before."""

import csv
import hashlib
import json
from pathlib import Path

import pytest
import sites
from packages import TABLES, write_package

from build_scripts.core.tables import TABLES as CONTRACT

NEWER = {name for name, table in CONTRACT.items() if table.optional}
PROGRESS = Path("progress/observations.csv")


def write_old(folder: Path, *, newline: str = "\n") -> Path:
    """The invented package as contract 1.x had it: no optional column in schemas or files, no optional table."""
    write_package(folder)
    meta = json.loads((folder / "datapackage.json").read_bytes())
    del meta["contract"]
    meta["resources"] = [each for each in meta["resources"] if each["name"] not in NEWER]
    (folder / "datapackage.json").write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")
    for path in TABLES:
        table = CONTRACT[Path(path).stem]
        schema = folder / "schemas" / f"{table.name}.json"
        if table.name in NEWER:
            (folder / path).unlink()
            schema.unlink()
            continue
        optional = {column.name for column in table.columns if column.optional}
        said = json.loads(schema.read_bytes())
        said["fields"] = [each for each in said["fields"] if each["name"] not in optional]
        schema.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        rows = list(csv.DictReader((folder / path).read_text(encoding="utf-8").splitlines()))
        names = [column.name for column in table.columns if not column.optional]
        with (folder / path).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, extrasaction="ignore", lineterminator=newline)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def state(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def verdicts(folder: Path) -> str:
    result = sites.run("assess", "--package", folder, "--as-of", sites.AS_OF)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture
def old(tmp_path):
    return write_old(tmp_path / "old")


@pytest.mark.slow
def test_the_new_columns_and_tables_are_written_and_nothing_else_changes(old):
    before = {path: (old / path).read_text(encoding="utf-8").splitlines() for path in TABLES if (old / path).exists()}
    said = verdicts(old)
    result = sites.run("migrate", old)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "progress/observations.csv：添上 recorded_on" in result.stdout
    assert "progress/searches.csv：添上空表“查找记录”" in result.stdout
    assert json.loads((old / "datapackage.json").read_bytes())["contract"] == "2.0"
    for path, lines in before.items():
        after = (old / path).read_text(encoding="utf-8").splitlines()
        assert [new[: len(line)] for new, line in zip(after, lines, strict=True)] == lines
    assert verdicts(old) == said
    checked = sites.run("check", "--package", old)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_what_an_absent_column_meant_stands_in_it(old):
    sites.run("migrate", old)
    rows = list(csv.DictReader((old / PROGRESS).read_text(encoding="utf-8").splitlines()))
    assert rows
    assert all(row["recorded_on"] == row["pub"] for row in rows)
    natures = csv.DictReader((old / "targets/indicators.csv").read_text(encoding="utf-8").splitlines())
    assert [row["nature"] for row in natures] == ["level", "share", "level", "count"]
    kinds = csv.DictReader((old / "progress/sources.csv").read_text(encoding="utf-8").splitlines())
    assert {row["kind"] for row in kinds} == {"document"}


def test_what_the_contract_asks_no_more_its_schemas_ask_no_more(old):
    path = old / "schemas" / "targets.json"
    said = json.loads(path.read_bytes())
    (printed,) = (each for each in said["fields"] if each["name"] == "figure_as_printed")
    printed["constraints"] = {"required": True, "maxLength": 20}
    path.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    result = sites.run("migrate", old)
    assert "schemas/targets.json：figure_as_printed 放宽" in result.stdout, result.stdout + result.stderr
    (printed,) = (each for each in json.loads(path.read_bytes())["fields"] if each["name"] == "figure_as_printed")
    assert printed["constraints"] == {"maxLength": 200}


@pytest.mark.slow
def test_figures_that_only_a_new_column_can_explain_do_not_stand_in_the_way(old):
    path = old / PROGRESS
    path.write_text(path.read_text(encoding="utf-8").replace("171.5亿元", "约百亿元，增 5%"), encoding="utf-8")
    before = sites.run("check", "--package", old)
    assert (before.returncode, "printed-differs" in before.stdout) == (0, True), before.stdout
    lifted = sites.run("migrate", old)
    assert lifted.returncode == 0, lifted.stdout + lifted.stderr
    assert "还有 1 个数" in lifted.stdout
    after = sites.run("check", "--package", old)
    assert (after.returncode, "printed_differs" in after.stdout) == (1, True)


@pytest.mark.slow
def test_a_second_time_changes_nothing(old):
    sites.run("migrate", old)
    before = state(old)
    again = sites.run("migrate", old)
    assert (again.returncode, again.stdout.strip()) == (0, "已经是最新的约定，没有要改的。")
    assert state(old) == before


@pytest.mark.slow
def test_it_speaks_the_language_of_the_package(old):
    path = old / "datapackage.json"
    meta = json.loads(path.read_bytes()) | {"disclosure": {"languages": ["en"]}}
    path.write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")
    said = sites.run("migrate", old, "--dry-run").stdout
    assert "targets/indicators.csv: added" in said, said


@pytest.mark.slow
def test_a_dry_run_writes_nothing(old):
    before = state(old)
    result = sites.run("migrate", old, "--dry-run")
    assert result.returncode == 0
    assert "targets/indicators.csv：添上 nature、additive、min、max、interval_months" in result.stdout
    assert "--dry-run" in result.stdout
    assert state(old) == before


@pytest.mark.slow
def test_line_ends_stay(tmp_path):
    old = write_old(tmp_path / "old", newline="\r\n")
    sites.run("migrate", old)
    data = (old / PROGRESS).read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") > 1


@pytest.mark.parametrize(
    ("spoil", "code", "words"),
    [
        (lambda old: (old / "datapackage.json").unlink(), 2, "没有 datapackage.json"),
        (
            lambda old: (old / "datapackage.json").write_text(
                json.dumps(json.loads((old / "datapackage.json").read_bytes()) | {"contract": "9.0"}), encoding="utf-8"
            ),
            2,
            "约定版本是 9.0",
        ),
        (lambda old: (old / "targets/plans.csv").write_text("plan_id\n", encoding="utf-8"), 1, "targets/plans.csv"),
    ],
    ids=["no package", "a contract of later times", "errors"],
)
def test_what_cannot_be_lifted_is_said_and_left_alone(old, spoil, code, words):
    spoil(old)
    before = state(old)
    result = sites.run("migrate", old)
    assert result.returncode == code
    assert words in result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    assert state(old) == before
