"""`check` without an error means that `build` works, whatever else the package holds or lacks."""

import json
import random
from datetime import date
from pathlib import Path

import packages
import pytest
import sites
from packages import ROOT, TABLES, add, cell, keep, loose, write_package

from build_scripts.checks import find_violations
from build_scripts.core.records import Severity
from build_scripts.core.settings import Settings
from build_scripts.load import read, records
from build_scripts.overlay import Overlay, overlay
from build_scripts.report import build_report

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 28)
LATE, BETWEEN, EARLY = TODAY, date(2022, 6, 30), date(2021, 1, 1)
NAMES = [Path(path).stem for path in TABLES]
HEADERS = {Path(path).stem: text.split("\n")[0].split(",") for path, text in TABLES.items()}
SCHEMAS = {name: json.loads((ROOT / "datapackage" / "schemas" / f"{name}.json").read_text("utf-8")) for name in NAMES}
ROWS = {Path(path).stem: text.count("\n") for path, text in TABLES.items()}
# Characters of names that charts cannot draw with the font they come with, or that other software trips over.
RARE = "碶磻㎥Ⅵé😀e\u0301\U0002a6d6㐂\U000e0100ﷺا☃"
MARKS = "<&>\"'|`*_[](){{x}}{%x%}$\\#~^"
EXTREMES = {
    "number": ["9" * 38, "9" * 18, "-" + "9" * 18, "0", "0." + "0" * 11 + "1", "-1", "123456.123456789"],
    "integer": ["0", "1949", "2099", "999999999"],
    "date": ["1949-10-01", "2099-12-31", "2026-11-28", "2021-01-01"],
    "boolean": ["true", "false", ""],
    "string": ["", "x", "1949", "2099", "2024", "2024-Q4", "2023-12", "2022-01-01/P36M"],
}


def fields(name: str) -> list[dict]:
    """The fields that the invented package has of a table."""
    return [field for field in SCHEMAS[name]["fields"] if field["name"] in HEADERS[name]]


def errors(folder: Path) -> list[str]:
    return [str(each) for each in find_violations(read(folder), TODAY) if each.severity is Severity.ERROR]


def built(folder: Path, tmp_path: Path, *days: date) -> list[Overlay]:
    """Everything but the HTML, on each of these days."""
    package = records(read(folder))
    return [overlay(Settings(ROOT, folder, day, tmp_path / "out"), package, build_report(package, day)) for day in days]


@pytest.mark.parametrize("table", NAMES)
def test_every_table_may_be_empty(make_package, tmp_path, table):
    folder = make_package(keep(**{table: set()}))
    if not errors(folder):
        assert all(each.files for each in built(folder, tmp_path, LATE, *[EARLY] * (table == "targets")))
    else:
        assert table in {"units", "sources"}, "what stands in the others can do without it"


@pytest.mark.parametrize("seed", range(3))
def test_any_few_rows_build(make_package, tmp_path, seed):
    draw = random.Random(seed)
    few = {name: {row for row in range(2, ROWS[name] + 1) if draw.random() < 0.5} for name in NAMES}
    few["units"] = set(range(2, ROWS["units"] + 1))
    few["sources"] = set(range(2, ROWS["sources"] + 1))
    folder = make_package(keep(**few))
    assert errors(folder) == []
    assert built(folder, tmp_path, draw.choice([LATE, BETWEEN, EARLY]))


def test_one_region_alone_builds(make_package, tmp_path):
    folder = make_package(keep(regions={2}, region_members=set()))
    assert errors(folder) == []
    assert built(folder, tmp_path, LATE, BETWEEN)


def test_a_plan_of_tasks_only_builds(make_package, tmp_path):
    folder = make_package(keep(targets=set(), observations=set(), indicators=set()))
    assert errors(folder) == []
    pages = {each.path for each in built(folder, tmp_path, LATE)[0].files}
    assert "plans/test-plan/index.md" in pages


def test_a_bulletin_before_any_plan_builds(make_package, tmp_path):
    early = {"bulletin_id": "y-2019", "kind": "year", "period": "2019", "as_of": "2020-03-31", "released": "2020-04-01"}
    folder = make_package(add("bulletins", **early))
    assert errors(folder) == []
    assert built(folder, tmp_path, LATE, date(2020, 6, 30))


def test_a_fiscal_year_shows_its_label_and_never_its_inside(make_package, tmp_path):
    fiscal = packages.descriptor(lambda meta: meta.update(disclosure={"fiscal_year_start": 4}))
    row = {
        "indicator_id": "gdp",
        "region_id": "city",
        "period": "2024-04-01/P12M",
        "value": "190",
    }
    folder = make_package(
        fiscal, add("observations", **row, source_id="gazette", basis="main", pub="2025-06-01", obs_status="A")
    )
    assert errors(folder) == []
    (made,) = built(folder, tmp_path, LATE)
    assert [each.path for each in made.files if b"M=2024" in each.data] == []
    page = next(each.data.decode() for each in made.files if each.path == "targets/gdp-2025/index.md")
    assert "2024/25财年" in page


def mutations() -> list[tuple[str, int, str, str]]:
    found = []
    for name in NAMES:
        for field in fields(name):
            values = EXTREMES[field.get("type", "string")] + field.get("constraints", {}).get("enum", [])
            found += [(name, row, field["name"], value) for row in range(2, ROWS[name] + 1) for value in values]
    return found


@pytest.mark.parametrize("seed", range(2))
def test_any_cells_that_pass_check_build(make_package, tmp_path, seed):
    """Changes are put into one package as long as `check` bears them, so that one build tries a dozen."""
    draw = random.Random(seed)
    borne: list[tuple[str, int, str, str]] = []
    for change in draw.sample(mutations(), 24):
        if not errors(make_package(*(cell(*each) for each in [*borne, change]))):
            borne.append(change)
    assert len(borne) >= 5
    folder = make_package(*(cell(*each) for each in borne))
    try:
        built(folder, tmp_path, LATE)
    except Exception as failure:
        raise AssertionError(borne) from failure


@pytest.mark.parametrize("seed", range(2))
def test_a_package_that_demands_nothing_is_held_to_the_contract_all_the_same(make_package, tmp_path, seed):
    draw = random.Random(seed)
    wild = ["nonsense", "../../x", "javascript:alert(1)", "A b", "-5", "99999", "9999-12-31", "0001-01-01", ""]
    borne: list[packages.Change] = [loose()]
    for name, row, field, _value in draw.sample(mutations(), 40):
        change = cell(name, row, field, draw.choice(wild))
        if not errors(make_package(*borne, change)):
            borne.append(change)
    assert len(borne) > 3
    assert built(make_package(*borne), tmp_path, LATE)


def of_other_types(kind: str) -> packages.Change:
    """Every schema calls every field of one type, demands nothing, and has forms of its own."""

    def change(folder: Path) -> None:
        loose()(folder)
        for path in (folder / "schemas").iterdir():
            meta = json.loads(path.read_text("utf-8"))
            meta["fields"] = [{**each, "type": kind} for each in meta["fields"]]
            path.write_text(json.dumps(meta), "utf-8")

    return change


@pytest.mark.parametrize("kind", ["string", "any"])
def test_a_package_that_calls_everything_a_text_builds_and_publishes_the_types_of_the_contract(
    make_package, tmp_path, kind
):
    folder = make_package(of_other_types(kind))
    assert errors(folder) == []
    (made,) = built(folder, tmp_path, LATE)
    listed = json.loads(next(each.data for each in made.files if each.path == "data/datapackage.json"))
    types = {
        (table["name"], field["name"]): field["type"]
        for table in listed["resources"]
        for field in table.get("schema", {}).get("fields", ())
    }
    assert types["observations", "value"] == "number"
    assert types["sources", "published"] == "date"
    assert types["targets", "in_totals"] == "boolean"
    assert types["regions", "order"] == "integer"


def test_members_of_the_descriptor_that_are_not_of_their_kind_build(make_package, tmp_path):
    odd = {"licenses": ["CC-BY-4.0"], "contributors": {"a": 1}, "keywords": "x", "sources": 5, "version": 1.0}
    folder = make_package(packages.descriptor(lambda meta: meta.update(odd, created="x", title=["x"], name={})))
    assert built(folder, tmp_path, LATE)


def text_fields() -> list[tuple[str, int, str]]:
    """Every cell of free text."""
    return [
        (name, row, field["name"])
        for name in NAMES
        for field in fields(name)
        for row in range(2, ROWS[name] + 1)
        if field.get("type", "string") == "string"
        and not {"pattern", "enum"} & set(field.get("constraints", {}))
        and field["name"] not in {"unit", "period"}
    ]


def written_everywhere(text: str) -> list[packages.Change]:
    # A printed figure is no free text, its number is read; and a sign may hold a digit (㎥). So the rows say why.
    changes = [
        packages.column(name, "printed_differs", *["computed"] * (ROWS[name] - 1))
        for name in ("observations", "targets")
    ]
    for name, row, field in text_fields():
        longest = next(each for each in SCHEMAS[name]["fields"] if each["name"] == field).get("constraints", {})
        changes.append(cell(name, row, field, text[: longest.get("maxLength", len(text))]))
    return changes


@pytest.mark.parametrize("text", [RARE, MARKS, "\u0301" + RARE[::-1]])
def test_any_character_anywhere_builds(make_package, tmp_path, text):
    folder = make_package(*written_everywhere(text))
    assert errors(folder) == []
    (made,) = built(folder, tmp_path, LATE)
    drawn = [each for each in made.files if each.path.startswith("assets/charts/") and each.path.endswith(".svg")]
    assert drawn
    if text == RARE:
        assert any("碶" in each.data.decode() for each in drawn), "the reader's browser draws it"
        assert len(made.notices) == 1, "said once, however many pictures there are"
        assert all(char in str(made.notices[0]) for char in "碶磻㎥Ⅵ😀")
        assert "subset_font" not in str(made.notices[0])
    else:
        assert all("\U000f0000" not in each.data.decode("utf-8", "replace") for each in made.files)


@pytest.mark.parametrize(
    "changes",
    [
        (keep(plans=set(), indicators=set(), searches=set()),),
        (*written_everywhere(RARE), keep(targets=set(), observations=set(), indicators=set())),
    ],
    ids=["no-plan", "tasks-only-in-rare-characters"],
)
def test_the_whole_site_builds(tmp_path, changes):
    folder = tmp_path / "datapackage"
    folder.mkdir()
    write_package(folder, *changes)
    assert (sites.build(tmp_path / "out", "--package", folder) / "index.html").is_file()
