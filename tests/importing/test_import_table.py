"""`import table`: one row a target, figures under their years, whatever people write in such tables."""

import json
from datetime import date

import pytest
from all_of import all_of
from importer import answered, rows, run
from openpyxl import Workbook

from build_scripts.core.language import speaking
from build_scripts.importing.figures import Figure, decimals, read_figure
from build_scripts.importing.periods import Read, read_period

TOWN = """\
Targets of the town council,,,,,,,,,,,
Target,Indicator,Target value,Unit,By,Baseline,Baseline year,Lead body,Mood,2023,2024,2025
Build affordable homes,Affordable homes completed,at least 600,homes,2028,,,Housing,,,145,210
Recycle more household waste,Household waste recycled,60%,,2028,48,2023,Streets and Parks,,48,50.9,53.40
More trips by bus,Trips by bus,2.4 million,trips,2028,2000000,2023,Streets and Parks,,2000000,2060000,n/a
Safer roads,People killed or injured,no more than 20,people,2028,26,2023,Streets and Parks,,26,18,17
Open the new library,,,,2026-06-30,,,Housing,,,,
Odd row,,4 or 5 or 6,,2028,,,,,,,
Empty row,,,,,,,,,,,
"""


@pytest.fixture
def town(tmp_path):
    path = tmp_path / "town.csv"
    path.write_text(TOWN, encoding="utf-8")
    return path


def imported(tmp_path, source, *more):
    done = run("import", "table", source, "--out", tmp_path / "new", "--language", "en", *more)
    assert done.returncode == 0, done.stderr
    return tmp_path / "new"


@pytest.mark.slow
def test_a_table_becomes_a_package_that_needs_only_its_decisions(tmp_path, town):
    new = imported(tmp_path, town)
    checked = run("check", "--package", new)
    assert checked.returncode == 1
    assert {line.split("[")[1].split("]")[0] for line in checked.stdout.splitlines()} == {"issuer", "issued_on"}
    answers = answered(
        tmp_path / "new-decisions.csv", issuer="Town Council", issued_on="2024-01-15", place="Millbrook",
        plan_title="Town Plan", published="2026-06-01", plan_start="2024",
    )  # fmt: skip
    again = run("import", "table", town, "--out", tmp_path / "again", "--language", "en", "--decisions", answers)
    assert again.returncode == 0, again.stderr
    checked = run("check", "--package", tmp_path / "again")
    assert (checked.returncode, checked.stdout) == (0, "")
    assert rows(tmp_path / "again" / "targets" / "regions.csv")[0]["name"] == "Millbrook"
    assert rows(tmp_path / "again" / "progress" / "observations.csv")[0]["pub"] == "2026-06-01"


def test_what_stands_in_a_row_is_taken_over_exactly(tmp_path, town):
    new = imported(tmp_path, town)
    targets = {row["name"]: row for row in rows(new / "targets" / "targets.csv")}
    cells = ("kind", "comparator", "value", "unit", "target_period", "due", "figure_as_printed", "lead_unit_id")
    assert {name: tuple(row[cell] for cell in cells) for name, row in targets.items()} == {
        "Build affordable homes": ("level_by", "ge", "600", "homes", "2028", "", "at least 600", "housing"),
        "Recycle more household waste": ("share_by", "ge", "60", "%", "2028", "", "60%", "streets-and-parks"),
        "More trips by bus": ("level_by", "ge", "2400000", "trips", "2028", "", "2.4 million", "streets-and-parks"),
        "Safer roads": ("level_by", "le", "20", "people", "2028", "", "no more than 20", "streets-and-parks"),
        "Open the new library": (
            "milestone", "event", "1", "", "2026", "2026-06-30", "Open the new library", "housing",
        ),
    }  # fmt: skip
    figures = [
        (row["indicator_id"], row["period"], row["value"]) for row in rows(new / "progress" / "observations.csv")
    ]
    assert ("household-waste-recycled", "2025", "53.40") in figures
    assert len(figures) == 10


def test_the_report_says_what_was_left_out_and_why(tmp_path, town):
    imported(tmp_path, town)
    left = [(row["subject"], row["what"]) for row in rows(tmp_path / "new-report.csv") if row["outcome"] == "left"]
    assert [subject for subject, _what in left] == [
        "Mood",
        "row 8, Odd row",
        "row 9, Empty row",
        "row 5, More trips by bus",
    ]
    assert "‘4 or 5 or 6’ is not one figure in the unit of the row" in left[1][1]
    assert "‘n/a’ of 2025 is not a number" in left[3][1]
    report = (tmp_path / "new-report.md").read_text(encoding="utf-8")
    assert "## Decisions to take" in report
    assert "| Who issued the plan? |" in report
    assert all(what.split("‘")[0][:20] in report for _subject, what in left)


def test_a_workbook_says_the_same_as_its_cells_show(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.title = "Targets"
    sheet.append(["Target", "Value", "By", "Base value", "Base year", 2024, 2025])
    sheet.append(["Recycle more", 0.6, 2028, 0.485, 2023, 0.509, 0.534])
    sheet.append(["Plant trees", 5000, 2028, 0, 2023, 610, 1150.5])
    for cell in sheet[2]:
        if isinstance(cell.value, float):
            cell.number_format = "0.0%"
    book.create_sheet("Notes")
    book.save(tmp_path / "town.xlsx")
    new = imported(tmp_path, tmp_path / "town.xlsx")
    first, second = rows(new / "targets" / "targets.csv")
    assert (first["value"], first["unit"], first["baseline_value"], first["kind"]) == ("60", "%", "48.5", "share_by")
    assert (second["value"], second["unit"], second["baseline_value"]) == ("5000", "", "0")
    assert [row["value"] for row in rows(new / "progress" / "observations.csv")] == ["50.9", "610", "53.4", "1150.5"]
    refused = run(
        "import", "table", tmp_path / "town.xlsx", "--out", tmp_path / "x", "--sheet", "Other", "--language", "en"
    )
    assert refused.returncode == 2
    assert "has no sheet ‘Other’; its sheets are: Targets, Notes" in refused.stderr


def test_chinese_headings_and_words_are_understood(tmp_path):
    path = tmp_path / "县.csv"
    path.write_text(
        "目标,目标值,单位,完成时限,牵头单位,2024年\n新建公园,不少于12,个,2027,住建局,3\n用地,2.5万,亩,2027,,1万\n",
        "utf-8",
    )
    new = imported(tmp_path, path)
    first, second = rows(new / "targets" / "targets.csv")
    assert (first["value"], first["comparator"], first["lead_unit_id"]) == ("12", "ge", "unit-1")
    assert second["value"] == "25000"
    assert [row["value"] for row in rows(new / "progress" / "observations.csv")] == ["3", "10000"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.csv", None, "there is no file"),
        ("a.pdf", b"%PDF", "is not a table that can be read"),
        ("a.csv", b"", "is empty"),
        ("a.csv", "Target,Value\nä,1\n".encode("latin-1"), "is not in UTF-8"),
        (
            "a.csv",
            b"a,b\n1,2\n",
            "has the headings that are needed; name the columns, for example: target, target value",
        ),
        ("a.csv", b"Target,Value\nx,many\n", "holds no row that can become a target"),
        ("a.csv", b"Target,Value\nx,1,2,3\n", "cannot be read as a table"),
        ("a.xlsx", b"not a workbook", "cannot be read as a workbook"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(tmp_path, name, content, said):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = run("import", "table", tmp_path / name, "--out", tmp_path / "new", "--language", "en")
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "new").exists()


@pytest.mark.slow
def test_nothing_is_ever_overwritten(tmp_path, town):
    new = imported(tmp_path, town)
    before = (new / "datapackage.json").read_bytes()
    refused = run("import", "table", town, "--out", new, "--language", "en")
    assert refused.returncode == 2
    assert "is not empty" in refused.stderr
    assert (new / "datapackage.json").read_bytes() == before
    beside = run("import", "table", town, "--out", tmp_path / "other", "--language", "en")
    assert beside.returncode == 0
    (tmp_path / "third-report.md").write_text("mine", encoding="utf-8")
    refused = run("import", "table", town, "--out", tmp_path / "third", "--language", "en")
    assert refused.returncode == 2
    assert not (tmp_path / "third").exists()


def test_answers_that_are_no_answers_are_refused(tmp_path, town):
    imported(tmp_path, town)
    wrong = answered(tmp_path / "new-decisions.csv", published="last summer")
    refused = run("import", "table", town, "--out", tmp_path / "x", "--language", "en", "--decisions", wrong)
    assert (refused.returncode, "‘last summer’ is not a day" in refused.stderr) == (2, True)
    refused = run("import", "table", town, "--out", tmp_path / "x", "--language", "en", "--decisions", town)
    assert (refused.returncode, "is not a list of decisions" in refused.stderr) == (2, True)


def test_the_descriptor_speaks_the_language_of_the_data(tmp_path, town):
    new = imported(tmp_path, town)
    descriptor = json.loads((new / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["disclosure"]["languages"] == ["en"]
    assert descriptor["contract"] == "2.0"
    texts = "".join(path.read_text(encoding="utf-8") for path in new.rglob("*") if path.is_file())
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in texts)


@pytest.mark.parametrize(
    ("text", "unit", "figure"),
    [
        ("at least 60%", "", Figure("60", "", "ge", "%")),
        ("≤ 1,200.50 homes", "", Figure("1200.50", "", "le", "homes")),
        ("4–5", "", Figure("4", "5", "between", "")),
        ("from 20 to 25 %", "", Figure("20", "25", "between", "%")),
        ("more than 2.5 billion", "", Figure("2500000000", "", "gt", "")),
        ("2.5", "billion dollars", Figure("2.5", "", "", "")),
        ("2.5 million", "million dollars", Figure("2.5", "", "", "million")),
        ("−3", "", Figure("-3", "", "", "")),
        ("不超过3.2万", "万元", Figure("3.2", "", "le", "万")),
        ("none", "", None),
        ("3 of 4 and 5", "", None),
        ("2,2", "", None),
        ("1,50 – 2,50", "", None),
        ("12,34,567", "", None),
        ("1 234 567 homes", "", Figure("1234567", "", "", "homes")),
        ("3, as before", "", Figure("3", "", "", "as before")),
        ("-40%", "tCO2", None),
        ("12%", "%", Figure("12", "", "", "%")),
        ("£2.6bn", "£m", None),
        ("£2.6m", "£m", Figure("2.6", "", "", "m")),
        ("2.6 bn", "", Figure("2.6", "", "", "bn")),
        ("(5)", "", None),
        ("▲5", "", None),
        ("5+", "", Figure("5", "", "ge", "")),
        ("100%+", "", Figure("100", "", "ge", "%")),
        ("60 per cent", "", Figure("60", "", "", "%")),
        ("60左右", "", Figure("60", "", "approx", "")),
        ("60以上", "", Figure("60", "", "ge", "")),
        ("5 –", "", Figure("5", "", "", "")),
        ("£2.6m", "", Figure("2.6", "", "", "£m")),
        ("$1,200", "", Figure("1200", "", "", "$")),
    ],
)
def test_figures_as_people_write_them(text, unit, figure):
    with speaking("en"):
        assert read_figure(text, unit) == figure


@all_of(
    "text, read",
    [
        ("2024", Read("2024")),
        ("2024.0", Read("2024")),
        ("2025 Q4", Read("2025-Q4")),
        ("2024-03", Read("2024-03")),
        ("2014/2015", Read("2014-04-01/P12M", fiscal=True)),
        ("2017-18", Read("2017-04-01/P12M", fiscal=True)),
        ("2005–2007", Read("2007", 36)),
        ("2020/2022", Read("2022", 36)),
        ("2015-2014", None),
        ("last year", None),
    ],
)
def test_years_as_other_systems_write_them(text, read):
    assert read_period(text, 4) == read


def test_places_of_figures():
    assert decimals(["1", "2.50", "3.125", ""]) == 3


def odd_workbook(path):
    """As people send them: a cover, a merged title, days as numbers, percentages as cells, empty columns and rows."""
    book = Workbook()
    book.active.title = "Cover"
    book.active["A1"] = "Performance targets"
    sheet = book.create_sheet("Targets")
    sheet["A1"] = "Corporate plan"
    sheet.merge_cells("A1:F1")
    sheet.append(["Target", "Unit", None, "Baseline", "Baseline year", "Target value", "Due"])
    sheet.append(["Recycle more waste", "%", None, 0.462, 2023, 0.55, date(2029, 3, 31)])
    for cell in ("D3", "F3"):
        sheet[cell].number_format = "0.0%"
    sheet.append(["Build homes", "homes", None, 0, 45292, 600, 47208])
    sheet.append([None] * 7)
    sheet.append(["Cut emissions", "tonnes", None, "12,400", "about 2020", "-40% or so, or 7 to 9", "by March 2029"])
    book.save(path)
    return path


def test_an_odd_workbook_is_read_as_far_as_it_can_be_and_the_rest_reported(tmp_path):
    new = imported(tmp_path, odd_workbook(tmp_path / "odd.xlsx"))
    targets = {row["name"]: row for row in rows(new / "targets" / "targets.csv")}
    waste, homes = targets["Recycle more waste"], targets["Build homes"]
    assert (waste["value"], waste["baseline_value"], waste["due"]) == ("55", "46.2", "2029-03-31")
    assert (homes["value"], homes["target_period"], homes["due"]) == ("600", "", "")
    report = (tmp_path / "new-report.md").read_text(encoding="utf-8")
    assert all(found in report for found in ("47208", "45292", "Cut emissions"))


def test_a_workbook_without_the_headings_names_the_sheets_looked_at(tmp_path):
    book = Workbook()
    book.active.title = "Cover"
    book.create_sheet("Empty")
    book.save(tmp_path / "none.xlsx")
    refused = run("import", "table", tmp_path / "none.xlsx", "--out", tmp_path / "new", "--language", "en")
    assert refused.returncode == 2
    assert "Cover, Empty" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
