"""`import open-sdg` of what people's folders also hold: told in a line, or taken as it is meant."""

import pytest
from importer import rows, run

# Many whole files are put through the program.
pytestmark = pytest.mark.slow

META = """\
---
indicator_name: Homes without damp
target_name: Dry homes
target_id: 1.10
computation_units: Percentage
source_active_1: true
source_url_text_1: Housing survey
source_url_1: https://riverland.example/housing
progress_calculation_options:
- direction: positive
  target: 90
  base_year: 2016
  target_year: 2030
---
"""
DATA = "Year,Sex,Value\n2016,,70\n2020,,75\n2020,Women,74\n"


def imported(tmp_path, meta=META, data=DATA):
    for name, text in (("meta/1-1-1.md", meta), ("data/indicator_1-1-1.csv", data)):
        path = tmp_path / "sdg" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return run("import", "open-sdg", tmp_path / "sdg", "--out", tmp_path / "new")


def figures(tmp_path):
    return {row["period"]: row["value"] for row in rows(tmp_path / "new" / "progress" / "observations.csv")}


def left(tmp_path):
    return [row["what"] for row in rows(tmp_path / "new-report.csv") if row["outcome"] == "left"]


NESTED = "---\nindicator_name: " + "[" * 60_000 + "\n---\n"
LINES = "---\nindicator_name:\n" + "[\n" * 60_000 + "---\n"
DASHES = "---\nindicator_name:\n  " + "- " * 60_000 + "x\n---\n"
MANY = "---\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join(f'*{before}' for _ in range(9))}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "meta",
    [NESTED, LINES, DASHES, f"{MANY}---\n", "---\na: &a [*a]\n---\n"],
    ids=["brackets", "brackets-in-lines", "dashes", "billions", "itself"],
)
def test_what_stands_for_more_than_anybody_writes_is_one_line(tmp_path, meta):
    done = imported(tmp_path, meta)
    assert done.returncode == 2, done.stderr[-300:]
    assert "meta/1-1-1.md" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_day_that_is_none_is_one_line(tmp_path):
    done = imported(tmp_path, META.replace("target_year: 2030", "target_year: 2030-13-45"))
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)


@pytest.mark.parametrize(
    ("change", "value", "base", "end"),
    [
        (("target: 90", "target: '90%'"), "90", "2016", "2030"),
        (("target: 90", "target: 1,234.50"), "1234.50", "2016", "2030"),
        (("target_year: 2030", "target_year: 2028-12-31"), "90", "2016", "2028"),
        (("target_year: 2030", "target_year: '2029'"), "90", "2016", "2029"),
        (("base_year: 2016", "base_year: 2016.0"), "90", "2016", "2030"),
        (("base_year: 2016", "base_year: soon"), "90", "2016", "2030"),
    ],
)
def test_numbers_and_years_of_a_target_are_read_as_they_are_meant(tmp_path, change, value, base, end):
    done = imported(tmp_path, META.replace(*change))
    assert done.returncode == 0, done.stderr
    (target,) = rows(tmp_path / "new" / "targets" / "targets.csv")
    assert (target["value"], target["baseline_period"], target["target_period"]) == (value, base, end)
    assert target["section"] == "1.10", "as it is written, though YAML takes it for 1.1"
    assert any("base_year" in each for each in left(tmp_path)) == ("soon" in change[1])


@pytest.mark.parametrize("said", ["nine in ten", ".nan", ".inf", "true", "[1, 2]", "2020-01-01"])
def test_a_target_that_is_no_number_is_left_and_told(tmp_path, said):
    done = imported(tmp_path, META.replace("target: 90", f"target: {said}"))
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "new" / "targets" / "targets.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert any("目标值不是数" in each for each in left(tmp_path))
    assert figures(tmp_path) == {"2016": "70", "2020": "75"}


@pytest.mark.parametrize("said", ["yes", "[a, 1, {disaggregation: [Sex]}]", "[{disaggregation: Women}]"])
def test_settings_that_nobody_understands_are_left_and_told(tmp_path, said):
    head = META.split("progress_calculation_options", maxsplit=1)[0]
    done = imported(tmp_path, f"{head}progress_calculation_options: {said}\n---\n")
    assert done.returncode == 0, done.stderr
    assert any("进展设置看不懂" in each for each in left(tmp_path))


def test_texts_are_as_they_are_written(tmp_path):
    done = imported(tmp_path, META.replace("Homes without damp", "2020-01-01").replace("1.10", "yes"))
    assert done.returncode == 0, done.stderr
    assert rows(tmp_path / "new" / "targets" / "indicators.csv")[0]["name"] == "2020-01-01"
    assert rows(tmp_path / "new" / "targets" / "targets.csv")[0]["section"] == "yes"


def test_an_address_that_cannot_be_one_is_left_out(tmp_path):
    assert imported(tmp_path, META.replace("https://riverland.example", "https://[::1")).returncode == 0
    (source,) = rows(tmp_path / "new" / "progress" / "sources.csv")
    assert source["url"] == ""
    assert source["note"]


def test_a_figure_is_never_read_as_another(tmp_path):
    data = 'Year,Value\n2015,"1,234.5"\n2016,"12,5"\n2017,<5\n2018,n/a\n2019, 7 \n2020,1e3\n2021,12%\n2022,\n'
    assert imported(tmp_path, data=data).returncode == 0
    assert figures(tmp_path) == {"2015": "1234.5", "2019": "7", "2020": "1000"}
    assert left(tmp_path)[:2] == ["没有数的 2 行", "数认不出的 3 行：12,5、<5、12%"]


@pytest.mark.parametrize(
    ("years", "periods"),
    [
        (["2008-09", "2009-10", "2010-11", "2011-12"], [f"{year}-04-01/P12M" for year in range(2008, 2012)]),
        (["2010-11", "2012-13", "2015-2016"], [f"{year}-04-01/P12M" for year in (2010, 2012, 2015)]),
        (["2010-11", "2010-12", "2011-01"], ["2010-11", "2010-12", "2011-01"]),
    ],
)
def test_years_in_a_row_are_no_months(tmp_path, years, periods):
    assert imported(tmp_path, data="Year,Value\n" + "".join(f"{year},7\n" for year in years)).returncode == 0
    assert list(figures(tmp_path)) == periods


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("Year,Value\n2015,1,234\n2016,5\n", "第 2 行"),
        ("Year,Value,Value\n2015,5,6\n", "Value"),
        ("Year,Sex,data.Sex,Value\n2015,,,5\n", "Sex"),
        ("Année,Valeur\n2015,5\n", "Année"),
        ("", "空的"),
    ],
)
def test_a_table_that_says_two_things_is_one_line(tmp_path, data, said):
    done = imported(tmp_path, data=data)
    assert done.returncode == 2
    assert said in done.stderr
    assert "indicator_1-1-1.csv" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("data", ["YEAR,VALUE\n2016,70\n2020,75\n", "Year,Value\n2016,70,\n2020,75,\n"])
def test_a_table_that_says_one_thing_is_taken(tmp_path, data):
    assert imported(tmp_path, data=data).returncode == 0
    assert figures(tmp_path) == {"2016": "70", "2020": "75"}
