"""`import sdmx-csv`: both versions of the format, codes alone or with names, scales, areas and dimensions."""

import pytest
from importer import answered, rows, run

FIRST = """\
DATAFLOW,REF_AREA,INDICATOR,SEX,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,OBS_STATUS
EX:DF(1.0),AA,EMP,_T,2023,12.50,PT,0,A
EX:DF(1.0),AA,EMP,_T,2024,13.1,PT,0,P
EX:DF(1.0),AA,EMP,F,2024,11,PT,0,A
EX:DF(1.0),AA,EMP,M,2024,,PT,0,M
EX:DF(1.0),AA,GDP,_T,2024-Q4,1.5,USD,6,A
EX:DF(1.0),AA,GDP,_T,2024-W05,1.5,USD,6,A
EX:DF(1.0),AA,GDP,_T,2099,9,USD,6,F
"""
SECOND = """\
STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA: Area,INDICATOR: Indicator,AGE: Age,TIME_PERIOD: Time,OBS_VALUE: Value
dataflow,EX:DF(1.0),I,N: North,JOBS: People in work,_T: Total,2024-M03,5
dataflow,EX:DF(1.0),I,S: South,JOBS: People in work,_T: Total,2024-M03,6
dataflow,EX:DF(1.0),I,S: South,JOBS: People in work,Y15: Aged 15 to 24,2024-M03,1
"""


def imported(tmp_path, text, name="new", *more):
    (tmp_path / "data.csv").write_text(text, encoding="utf-8")
    done = run("import", "sdmx-csv", tmp_path / "data.csv", "--out", tmp_path / name, "--language", "en", *more)
    assert done.returncode == 0, done.stderr
    return tmp_path / name


def figures(new, table="observations"):
    cells = ("indicator_id", "region_id", "period", "value", "obs_status")
    return [tuple(row[cell] for cell in cells) for row in rows(new / "progress" / f"{table}.csv")]


def test_codes_become_indicators_with_exact_figures_in_whole_units(tmp_path):
    new = imported(tmp_path, FIRST)
    assert figures(new) == [
        ("emp", "whole", "2023", "12.50", "A"),
        ("emp", "whole", "2024", "13.1", "P"),
        ("gdp", "whole", "2024-Q4", "1500000", "A"),
    ]
    assert figures(new, "breakdowns") == [("emp", "whole", "2024", "11", "A")]
    units = {row["indicator_id"]: (row["unit"], row["frequency"]) for row in rows(new / "targets" / "indicators.csv")}
    assert units == {"emp": ("%", "A"), "gdp": ("USD", "Q")}


def test_what_cannot_be_taken_is_accounted_for(tmp_path):
    imported(tmp_path, FIRST)
    left = [row["what"] for row in rows(tmp_path / "new-report.csv") if row["outcome"] == "left"]
    assert left[0] == "1 row without a figure"
    assert left[1] == "1 row whose year cannot be read: 2024-W05"
    assert left[2] == "1 row whose period was not over"
    assert left[3].startswith("SDMX knows no targets")


def test_names_beside_codes_and_several_areas(tmp_path):
    new = imported(tmp_path, SECOND)
    assert [row["name"] for row in rows(new / "targets" / "regions.csv")] == ["The whole area", "North", "South"]
    assert figures(new) == [("jobs", "north", "2024-03", "5", "A"), ("jobs", "south", "2024-03", "6", "A")]
    assert rows(new / "targets" / "indicators.csv")[0]["name"] == "People in work"
    (told,) = rows(new / "targets" / "series_dimensions.csv")
    assert (told["dimension"], told["value"]) == ("AGE", "Aged 15 to 24")


@pytest.mark.slow
@pytest.mark.parametrize("text", [FIRST, SECOND])
def test_the_package_is_clean_once_the_decisions_are_taken(tmp_path, text):
    imported(tmp_path, text)
    answers = answered(tmp_path / "new-decisions.csv", issuer="Office", issued_on="2023-01-01", published="2026-02-01")
    again = imported(tmp_path, text, "again", "--decisions", answers)
    done = run("check", "--package", again)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [("a,b\n1,2\n", "has no column TIME_PERIOD"), ("TIME_PERIOD,OBS_VALUE\n2024,\n", "has no row with a figure")],
)
def test_another_file_is_one_clear_line(tmp_path, text, said):
    (tmp_path / "data.csv").write_text(text, encoding="utf-8")
    done = run("import", "sdmx-csv", tmp_path / "data.csv", "--out", tmp_path / "new", "--language", "en")
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)
    assert said in done.stderr
