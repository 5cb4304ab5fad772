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


HEAD = "DATAFLOW,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,OBS_STATUS\n"


def lines(*told):
    """Rows of one indicator: period, figure, unit, scale, status."""
    return HEAD + "".join(f"EX:DF(1.0),AA,EMP,{','.join(row)}\n" for row in told)


def noted(tmp_path, outcome):
    return [row["what"] for row in rows(tmp_path / "new-report.csv") if row["outcome"] == outcome]


def test_every_way_of_sdmx_to_write_a_period_that_the_contract_knows(tmp_path):
    said = ["2024-S1", "2023-S2", "2023-T3", "2023-M02", "2022-A1", "2020-07-01/P1Y", "2023-S3", "2023-D045"]
    new = imported(tmp_path, lines(*((each, "5", "PT", "0", "A") for each in said)))
    periods = ["2024-01-01/P6M", "2023-07-01/P6M", "2023-09-01/P4M", "2023-02", "2022", "2020-07-01/P12M"]
    assert [period for _indicator, _region, period, *_rest in figures(new)] == periods
    assert noted(tmp_path, "left")[0] == "2 rows whose years cannot be read: 2023-S3, 2023-D045"


def test_a_status_the_contract_does_not_know_is_told(tmp_path):
    said = ["a", "I: Imputed", "V", "U", ""]
    new = imported(tmp_path, lines(*((str(2020 + at), "5", "PT", "0", each) for at, each in enumerate(said))))
    assert [status for *_rest, status in figures(new)] == ["A", "E", "P", "A", "A"]
    assert any("does not know (U)" in each for each in noted(tmp_path, "assumed"))


def test_no_two_units_or_flows_become_one_indicator(tmp_path):
    more = "EX:OTHER(1.0),AA,EMP,2020,7,PT,0,A\nEX:DF(1.0),AA,JOBS,2020,8,PT,0,A\n"
    new = imported(tmp_path, lines(("2020", "5", "PT", "0", "A"), ("2021", "6", "USD", "0", "A")) + more)
    indicators = {row["indicator_id"]: (row["unit"], row["name"]) for row in rows(new / "targets" / "indicators.csv")}
    assert [unit for unit, _name in indicators.values()] == ["%", "USD", "%", "%"]
    assert len({name for _unit, name in indicators.values()}) == 4
    assert [value for *_rest, value, _status in figures(new)] == ["5", "6", "7", "8"]
    assert "jobs" in indicators, "what is there once needs nothing to tell it apart"


def test_what_is_taken_back_said_twice_or_scaled_oddly_is_accounted_for(tmp_path):
    text = (
        "STRUCTURE,STRUCTURE_ID,ACTION,INDICATOR,TIME_PERIOD,OBS_VALUE,UNIT_MULT\n"
        "dataflow,EX:DF(1.0),I,EMP,2020,5,3.0\ndataflow,EX:DF(1.0),D,EMP,2021,6,0\n"
        "dataflow,EX:DF(1.0),I,EMP,2020,7,3: Thousands\ndataflow,EX:DF(1.0),I,EMP,2022,8,many\n"
        'dataflow,EX:DF(1.0),I,EMP,2023,"1,234",0\ndataflow,EX:DF(1.0),I,EMP,2019,NaN,0\n'
    )
    new = imported(tmp_path, text)
    assert figures(new) == [("emp", "whole", "2020", "5000", "A")]
    left = "; ".join(noted(tmp_path, "left"))
    for said in ("ACTION D", "UNIT_MULT cannot be read: many", "cannot be read: 1,234", "repeats the same series"):
        assert said in left
    assert "1 row without a figure" in left


def test_names_in_columns_of_their_own(tmp_path):
    text = (
        "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,REF_AREA,Reference area,MEASURE,Measure,SEX,Sex,"
        "TIME_PERIOD,Time period,OBS_VALUE,Observation value,OBS_STATUS,Observation status\n"
        "DATAFLOW,EX:DF(1.0),Jobs,I,AA,North,EMP,People in work,_T,Total,2020,,5,,A,Normal value\n"
        "DATAFLOW,EX:DF(1.0),Jobs,I,BB,South,EMP,People in work,_T,Total,2020,,7,,P,Provisional value\n"
        "DATAFLOW,EX:DF(1.0),Jobs,I,BB,South,EMP,People in work,F,Women,2020,,3,,A,Normal value\n"
    )
    new = imported(tmp_path, text)
    assert figures(new) == [("emp", "north", "2020", "5", "A"), ("emp", "south", "2020", "7", "P")]
    assert rows(new / "targets" / "indicators.csv")[0]["name"] == "People in work"
    (told,) = rows(new / "targets" / "series_dimensions.csv")
    assert (told["dimension"], told["value"]) == ("SEX", "Women")


def test_ids_in_small_letters_and_flags(tmp_path):
    text = (
        "DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
        "ESTAT:X(1.0),01/02/26 23:00:00,A,PC,DE,2020,5,p\nESTAT:X(1.0),01/02/26 23:00:00,A,PC,FR,2020,6,\n"
    )
    new = imported(tmp_path, text)
    assert [row[1:] for row in figures(new)] == [("de", "2020", "5", "P"), ("fr", "2020", "6", "A")]
    assert rows(new / "targets" / "indicators.csv")[0]["unit"] == "%"


def test_rows_without_a_whole_are_breakdowns_and_it_is_said(tmp_path):
    new = imported(tmp_path, "INDICATOR,SEX,TIME_PERIOD,OBS_VALUE\nE,F,2020,9\nE,M,2020,4\n")
    assert figures(new) == []
    assert len(figures(new, "breakdowns")) == 2
    assert any("every row is told apart" in each for each in noted(tmp_path, "left"))


def test_characters_nobody_sees_do_not_get_into_the_package(tmp_path):
    text = HEAD + "EX:DF(1.0),A\u200bA: No\u202erth,EMP: People\ufdd0 in  work,2020,5,P\u200bT,0,A\n"
    new = imported(tmp_path, text)
    assert rows(new / "targets" / "indicators.csv")[0]["name"] == "People in work"
