"""`import open-sdg`: a small invented folder in the format, with what makes real ones hard."""

import csv

import pytest
from importer import answered, rows, run

CONFIG = "languages:\n  - en\n  - fr\n"
META = {
    "1-1-1": """\
---
indicator_number: 1.1.1
indicator_name: Homes without damp
target_name: By 2030, nine homes in ten are dry
target_id: '1.1'
national_indicator_description: <p>Share of homes<br> found dry.</p>
national_geographical_coverage: Riverland, District
computation_units: Percentage
source_active_1: true
source_url_text_1: Housing survey
source_url_1: https://riverland.example/housing
source_organisation_1: Riverland Statistics
progress_calculation_options:
- direction: positive
  target: 90
  base_year: 2016
  target_year: 2030
---
""",
    "2-1-1": """\
---
indicator_name: Children vaccinated
national_geographical_coverage: Riverland
computation_units: Percentage
progress_calculation_options:
- direction: positive
  target: 95.0
  disaggregation:
  - {field: Disease, value: Measles}
  - {field: Age, value: Two years}
- direction: positive
  target: 90
  disaggregation:
  - {field: Disease, value: Polio}
  - {field: Age, value: Two years}
---
""",
    "3-1-1": "---\nindicator_name: Litres sold\ncomputation_units: Litres\n"
    "progress_calculation_options:\n- {target: 8, direction: negative}\n---\n",
    "4-1-1": "---\nindicator_name: Clean rivers\ncomputation_units: Percentage, Number\n"
    "progress_calculation_options:\n- {target: 80, unit: Percentage, direction: positive}\n---\n",
    "5-1-1": "---\nindicator_name: Nothing yet\npublished: true\n---\n",
    "6-1-1": "---\nindicator_name: Trust\ncomputation_units: Percentage\n---\n",
}
DATA = {
    "1-1-1": """\
Year,data.District,data.Sex,GeoCode,Value
2015,,,,70.10
2016,,,,71.5
2024,,,,80.123456789012345
2015,data.North,,1,60
2016,data.North,,1,61
2016,data.North,data.Women,1,62
2016,data.North,data.Women,1,63
2016,data.South,,2,
someday,data.South,,2,5
""",
    "2-1-1": "Year,Disease,Age,Value\n2016,Measles,Two years,80\n2021,Measles,Two years,85\n2017,Polio,Two years,88\n"
    "2021,Polio,Seven years,60\n",
    "3-1-1": "Year,Value\n2014/2015,9\n2015/2016,8.9\n2024/2025,8.4\n2030/2031,8\n",
    "4-1-1": """\
Year,Units,Value
"2005-2007",Percentage,60
"2015-2017",Percentage,66
"2020-2022",Percentage,70
2020,Number,12
""",
    "6-1-1": "Year,Group,Value\n2020,Young,40\n2020,Old,50\n",
    "9-9-9": "Year,Value\n2020,1\n",
}
CLASSES = """\
1-1-1:
  1-1-1: {base_value: 71.5, base_year: 2016.0, current_value: 80.12, current_year: 2024.0, target: 90.0, score: 1.2,
    status: moderate_progress}
2-1-1:
  2-1-1 / Polio: {base_value: 88.0, base_year: 2017.0, target: 90.0, score: null, status: not_available}
"""
WORDS = "District: District\nNorth: Nord\nSouth: Sud\nHomes without damp: Logements sans humidité\nMeasles: Rougeole\n"


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "sdg"
    for part in ("data", "meta", "translations/fr"):
        (root / part).mkdir(parents=True)
    (root / "config_data.yml").write_text(CONFIG, encoding="utf-8")
    (root / "translations" / "fr" / "data.yml").write_text(WORDS, encoding="utf-8")
    (root / "indicator_calculation_components.yml").write_text(CLASSES, encoding="utf-8")
    for name, text in META.items():
        (root / "meta" / f"{name}.md").write_text(text, encoding="utf-8")
    for name, text in DATA.items():
        (root / "data" / f"indicator_{name}.csv").write_text(text, encoding="utf-8-sig")
    return root


@pytest.fixture
def new(tmp_path, folder):
    done = run("import", "open-sdg", folder, "--out", tmp_path / "new")
    assert done.returncode == 0, done.stderr
    return tmp_path / "new"


@pytest.mark.slow
def test_the_package_needs_only_the_decisions_that_the_report_asks_for(tmp_path, folder, new):
    checked = run("check", "--package", new)
    errors = [line for line in checked.stdout.splitlines() if "cell-required" in line]
    assert checked.returncode == 1
    assert len(errors) == 2
    answers = answered(
        tmp_path / "new-decisions.csv",
        issuer="Riverland",
        issued_on="2017-05-01",
        published="2026-03-01",
        plan_start="2017",
    )
    done = run("import", "open-sdg", folder, "--out", tmp_path / "again", "--decisions", answers)
    assert done.returncode == 0, done.stderr
    checked = run("check", "--package", tmp_path / "again")
    assert checked.returncode == 0, checked.stdout
    assert rows(tmp_path / "again" / "targets" / "regions.csv")[0]["name"] == "Riverland"


def test_headlines_become_observations_and_keep_their_digits(new):
    found = {}
    for row in rows(new / "progress" / "observations.csv"):
        found.setdefault(row["indicator_id"], []).append((row["period"], row["value"]))
    assert found == {
        "1-1-1": [("2015", "70.10"), ("2016", "71.5"), ("2024", "80.123456789012")],
        "2-1-1-1": [("2016", "80"), ("2021", "85")],
        "2-1-1-2": [("2017", "88")],
        "3-1-1": [("2014-04-01/P12M", "9"), ("2015-04-01/P12M", "8.9"), ("2024-04-01/P12M", "8.4")],
        "4-1-1": [("2007", "60"), ("2017", "66"), ("2022", "70")],
        "4-1-1-number": [("2020", "12")],
    }
    indicators = {row["indicator_id"]: row for row in rows(new / "targets" / "indicators.csv")}
    assert indicators["4-1-1"]["interval_months"] == "36"
    assert (indicators["1-1-1"]["name"], indicators["1-1-1"]["definition"]) == (
        "Homes without damp", "Share of homes found dry."
    )  # fmt: skip


def test_numeric_targets_have_the_baseline_that_open_sdg_takes(new):
    cells = ("kind", "comparator", "value", "unit", "target_period", "baseline_period", "baseline_value")
    assert {row["target_id"]: tuple(row[cell] for cell in cells) for row in rows(new / "targets" / "targets.csv")} == {
        "t-1-1-1": ("share_by", "ge", "90", "%", "2030", "2016", "71.5"),
        "t-2-1-1-1": ("share_by", "ge", "95", "%", "2030", "2016", "80"),
        "t-2-1-1-2": ("share_by", "ge", "90", "%", "2030", "2017", "88"),
        "t-3-1-1": ("level_by", "le", "8", "Litres", "2030", "2015", "8.9"),
        "t-4-1-1": ("share_by", "ge", "80", "%", "2030", "2017", "66"),
    }
    assert rows(new / "progress" / "sources.csv")[0]["url"] == "https://riverland.example/housing"


def test_official_classes_stand_beside_the_targets_they_are_of(new):
    cells = ("target_id", "verdict", "same_as", "baseline_value", "period", "value")
    assert [tuple(row[cell] for cell in cells) for row in rows(new / "progress" / "official_judgements.csv")] == [
        ("t-1-1-1", "moderate progress", "slightly_behind", "71.5", "2024", "80.12"),
        ("t-2-1-1-2", "not available", "not_assessable;no_data;due_no_data", "", "", ""),
    ]


def test_what_is_told_apart_becomes_breakdowns(new):
    series = {row["series_id"]: row["title"] for row in rows(new / "targets" / "series.csv")}
    assert list(series.values()) == ["North", "North · Women", "Polio · Seven years", "Young", "Old"]
    told = [(row["dimension"], row["value"]) for row in rows(new / "targets" / "series_dimensions.csv")]
    assert ("District", "North") in told
    assert ("Sex", "Women") in told
    figures = [(series[row["series_id"]], row["value"]) for row in rows(new / "progress" / "breakdowns.csv")]
    assert figures == [
        ("North", "60"), ("North", "61"), ("North · Women", "62"), ("Polio · Seven years", "60"), ("Young", "40"),
        ("Old", "50"),
    ]  # fmt: skip


def test_translations_come_along(new):
    found = {(row["table"], row["key"]): row["text"] for row in rows(new / "targets" / "translations.csv")}
    assert found["indicators", "1-1-1"] == "Logements sans humidité"
    assert not [key for key in found if key[1].startswith("6-1-1")]


def test_the_report_accounts_for_every_row(tmp_path, new):
    left = {}
    for row in rows(tmp_path / "new-report.csv"):
        if row["outcome"] == "left":
            left.setdefault(row["subject"], []).append(row["what"].split(" ")[0])
    assert left.pop("1-1-1") == ["没有数的", "年份认不出的", "同一序列同一年重复的"]
    assert left.pop("3-1-1") == ["2030/2031"]
    assert set(left) == {"5-1-1", "6-1-1", "9-9-9"}


@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        ("meta/1-1-1.md", b"---\na: [1\n---\n", "meta/1-1-1.md"),
        ("meta/1-1-1.md", "---\na: ü\n---\n".encode("latin-1"), "UTF-8"),
        ("data/indicator_1-1-1.csv", b"Year,Figure\n2020,1\n", "Value"),
        ("data/indicator_1-1-1.csv", b"", "indicator_1-1-1.csv"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(tmp_path, folder, path, content, said):
    (folder / path).write_bytes(content)
    done = run("import", "open-sdg", folder, "--out", tmp_path / "new")
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "new").exists()


def test_another_folder_is_refused(tmp_path):
    for place in (tmp_path, tmp_path / "none"):
        done = run("import", "open-sdg", place, "--out", tmp_path / "new")
        assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)


def test_the_list_of_decisions_has_a_question_for_each(tmp_path, new):
    found = list(csv.DictReader((tmp_path / "new-decisions.csv").open(encoding="utf-8")))
    assert {row["decision"] for row in found} >= {"issuer", "issued_on", "published", "fiscal_year_start"}
    assert all(row["question"] for row in found)
