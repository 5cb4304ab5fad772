"""Periods of the world: fiscal years, means over several years, series that come every other year."""

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import packages
import pytest
import sites
from all_of import all_of
from packages import add, cell, column, descriptor
from page_samples import made

from build_scripts.assess import assess, assess_package
from build_scripts.assess.draft import Draft
from build_scripts.assess.inputs import TargetInputs
from build_scripts.checks import checked, find_violations, load_package
from build_scripts.core.language import speaking
from build_scripts.core.periods import Form, add_months, counted, parse_period, written
from build_scripts.core.series import Obs
from build_scripts.explain import explain, figure_years, flag_label, flag_meaning, sentence
from build_scripts.explain.unlock import _words
from build_scripts.explain.years import YearNames
from build_scripts.exports.edition import Edition
from build_scripts.exports.publication import files
from build_scripts.exports.wide import _status
from build_scripts.load import read
from build_scripts.locale import period
from build_scripts.pages.verdict import verdict as told_verdict
from build_scripts.report import build_report

TODAY = date(2026, 11, 28)


def fiscal(month: int) -> packages.Change:
    return descriptor(lambda meta: meta.update(disclosure={"fiscal_year_start": month}))


@all_of(
    "text, start, interval, year",
    [
        ("2023-04-01/P12M", 4, None, 2023),
        ("2023-07-01/P12M", 7, None, 2023),
        ("2020-01-01/P36M", 1, 36, 2022),
        ("2019-07-01/P24M", 1, 24, 2021),
        ("2020-04-01/P36M", 4, 36, 2022),
    ],
)
def test_what_counts_as_a_year(text, start, interval, year):
    found = parse_period(counted(text, start, interval))
    assert (found.form, found.year, found.frequency) == (Form.YEAR, year, "A")
    assert written(counted(text, start, interval)) == text


@all_of(
    "text, start, interval",
    [
        ("2023-04-01/P12M", 1, None),
        ("2023-04-01/P12M", 7, None),
        ("2023-04-01/P6M", 4, None),
        ("2023-04-15/P12M", 4, None),
        ("2020-01-01/P36M", 1, None),
        ("2020-01-01/P36M", 1, 24),
        ("2023", 4, 12),
        ("2023-Q1", 4, 3),
        ("nonsense", 4, 36),
    ],
)
def test_what_does_not(text, start, interval):
    assert counted(text, start, interval) == text


def test_a_fiscal_year_is_labelled_by_both_its_years():
    assert period(counted("2023-04-01/P12M", 4, None)) == "2023/24财年"
    assert period(counted("1999-07-01/P12M", 7, None)) == "1999/00财年"
    assert period(counted("2020-04-01/P36M", 4, 36)) == "2020/21—2022/23财年"
    assert period(counted("2020-01-01/P36M", 1, 36)) == "2020—2022年"


FISCAL = (
    fiscal(4),
    cell("observations", 4, "period", "2023-04-01/P12M"),
    cell("observations", 4, "pub", "2024-06-01"),
    packages.drop_row("observations", 6),
    packages.drop_row("observations", 5),
)


def test_a_fiscal_year_is_judged_as_the_year_in_which_it_starts(make_package):
    plain = checked(read(make_package(*FISCAL[1:])), TODAY)
    package = checked(read(make_package(*FISCAL)), TODAY)
    verdict = assess_package(package, date(2024, 12, 1))["gdp-2025"]
    assert (verdict.period, verdict.value) == ("2023-04-01/P12M=2023", Decimal(180))
    assert assess_package(plain, date(2024, 12, 1))["gdp-2025"].value == Decimal("171.5")


def test_files_hold_the_period_as_the_package_writes_it(tmp_path):
    given = made(tmp_path, *FISCAL, as_of=date(2024, 12, 1))
    for path, content in files(given.published):
        if path.endswith((".csv", ".json", ".jsonl", ".xml")):
            assert b"M=2023" not in content, path
    rows = list(csv.DictReader(io.StringIO(text_of(given, "observations"))))
    assert "2023-04-01/P12M" in {row["period"] for row in rows}
    judged = {row["target_id"]: row for row in csv.DictReader(io.StringIO(text_of(given, "assessments")))}
    assert judged["gdp-2025"]["period"] == "2023-04-01/P12M"


def text_of(given, table: str) -> str:
    return next(each.content for each in given.published.downloads if each.path == f"data/csv/{table}.csv").decode()


MEAN = (
    column("indicators", "interval_months", "36"),
    cell("observations", 4, "period", "2021-01-01/P36M"),
    packages.drop_row("observations", 6),
    packages.drop_row("observations", 5),
)


def test_a_mean_over_years_counts_for_the_year_in_which_it_ends(make_package):
    package = checked(read(make_package(*MEAN)), TODAY)
    assert assess_package(package, date(2024, 6, 1))["gdp-2025"].value == Decimal(180)
    assert assess_package(package, date(2024, 6, 1))["gdp-2025"].period == "2021-01-01/P36M=2023"


@all_of("interval, months", [(None, 24), (12, 24), (24, 48), (36, 72), (60, 120)])
def test_a_series_is_stale_after_twice_its_own_rhythm(interval, months):
    inputs = TargetInputs(kind="level_by", comparator="ge", interval_months=interval)
    assert Draft(inputs, date(2024, 1, 1)).stale_after() == months
    monthly = replace(inputs, frequency="M")
    assert Draft(monthly, date(2024, 1, 1)).stale_after(6) == Draft(
        replace(monthly, interval_months=None), TODAY
    ).stale_after(6)


def test_a_year_of_another_rhythm_is_not_missing(make_package):
    rows = [cell("observations", 3, "period", "2020"), cell("observations", 4, "period", "2022")]
    every_year = find_violations(read(make_package(*rows, packages.drop_row("observations", 2))), TODAY)
    biennial = (column("indicators", "interval_months", "24"), *rows, packages.drop_row("observations", 2))
    assert "calendar-gap" in {item.code for item in every_year}
    assert "calendar-gap" not in {item.code for item in find_violations(read(make_package(*biennial)), TODAY)}


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("2014/2015", ("2014-04-01/P12M", "2014-01-01/P24M")),
        ("2017-18", ("2017-04-01/P12M", "2017-01-01/P24M")),
        ("2005–2007", ("2005-01-01/P36M",)),
        ("2005-2007", ("2005-01-01/P36M",)),
        ("2019/20", ("2019-04-01/P12M", "2019-01-01/P24M")),
        ("2005 to 2007", ("2005-01-01/P36M",)),
    ],
)
def test_years_written_together_are_refused_with_the_form_to_write(make_package, text, forms):
    problems = find_violations(read(make_package(cell("observations", 2, "period", text))), TODAY)
    assert [(item.code, item.row, item.field) for item in problems] == [("cell-period-years", 2, "period")]
    assert all(form in problems[0].hint for form in forms)


def test_a_december_is_no_range_of_years(make_package):
    row = {"indicator_id": "invest", "region_id": "city", "period": "2011-12", "pub": "2012-02-01", "value": "3"}
    folder = make_package(add("observations", **row, basis="main", source_id="gazette", obs_status="A"))
    assert "cell-period-years" not in {item.code for item in find_violations(read(folder), TODAY)}


def test_messages_and_verdicts_tell_the_period_as_the_package_writes_it(make_package):
    folder = make_package(*FISCAL, cell("observations", 4, "pub", "2024-03-01"))
    early = next(item for item in find_violations(read(folder), TODAY) if item.code == "pub-before-period-end")
    assert "2023-04-01/P12M" in early.message + early.hint
    assert "=2023" not in early.message + early.hint
    run = sites.run("assess", "--package", make_package(*FISCAL), "--format", "json")
    assert run.returncode == 0, run.stderr
    assert '"2023-04-01/P12M"' in run.stdout
    assert "=2023" not in run.stdout


def flow(kind: str, *spans: str, fiscal_year: int = 4, **more: object) -> TargetInputs:
    """A promise of 100 over the years 2022 and 2023, of which 10 a month had been published after each span."""
    seen = [parse_period(each) for each in spans]
    observations = tuple(
        Obs(period=text, value=Decimal(found.months * 4), pub=add_months(found.end, 1))
        for text, found in zip(spans, seen, strict=True)
    )
    asked = {"comparator": "ge", "value": Decimal(100), "period_start": "2022", "target_period": "2023", "flow": True}
    return TargetInputs(
        kind=kind, direction="up", year_start=fiscal_year, observations=observations, **{**asked, **more}
    )


def test_an_amount_accumulates_from_where_the_fiscal_year_begins():
    span = "2022-04-01/P15M"
    verdict = assess(flow("cum_flow", span), date(2023, 9, 1))
    assert (verdict.status, verdict.time_pct, verdict.progress_pct) == ("on_track", Decimal("62.5"), Decimal(60))
    calendar = assess(flow("cum_flow", span, fiscal_year=1), date(2023, 9, 1))
    assert calendar.reason == "period_mismatch"
    told = assess(flow("cum_flow", span, period_start="2022-04-01/P12M=2022"), date(2023, 9, 1))
    assert told.status == verdict.status


def test_the_fiscal_window_is_over_when_its_last_year_is():
    whole = flow("cum_flow", "2022-04-01/P21M")
    assert assess(whole, date(2024, 3, 1)).status == "on_track"
    assert assess(whole, date(2024, 4, 1)).status == "due_no_data"
    january = flow("cum_flow", "2022-01-01/P21M")
    assert assess(january, date(2024, 1, 1)).status == "due_no_data"


def test_a_year_to_date_may_be_of_a_fiscal_year():
    verdict = assess(flow("annual_floor", "2022-04-01/P6M"), date(2022, 12, 1))
    assert (verdict.method, verdict.time_pct) == ("ytd", Decimal(50))


def test_a_target_may_be_printed_for_a_fiscal_year(make_package):
    years = ("2020-04-01/P12M", "2025-04-01/P12M")
    folder = make_package(
        *FISCAL, cell("targets", 2, "baseline_period", years[0]), cell("targets", 2, "target_period", years[1])
    )
    assert find_violations(read(folder), TODAY) == ()
    package = checked(read(folder), TODAY)
    assert package.target_by_id["gdp-2025"].deadline == date(2026, 3, 31)
    assert assess_package(package, date(2026, 3, 31))["gdp-2025"].status != "due_no_data"
    assert assess_package(package, date(2026, 4, 1))["gdp-2025"].status == "due_no_data"


def steps_of(kind: str = "level_by", **others: object) -> TargetInputs:
    told = {
        "base_period": "2019-04-01/P12M=2019",
        "base_value": Decimal(40),
        "target_period": "2028-04-01/P12M=2028",
        "observations": (Obs("2023-04-01/P12M=2023", Decimal(62), date(2024, 6, 1), source_id="s"),),
        "year_start": 4,
    }
    return TargetInputs(kind, "up", "ge", Decimal(80), **(told | others))


def test_steps_name_a_fiscal_year_as_the_rest_of_the_page_does():
    inputs = steps_of()
    periods = (inputs.base_period, inputs.target_period)
    verdict = assess(inputs, date(2024, 11, 30))
    with speaking("en"):
        told = " ".join(explain(verdict, unit="km", periods=periods))
        assert "Figure used: 62 km for 2023/24" in told
        assert "The baseline for 2019/20 is 40 km" in told
        assert "τ = (2023 − 2019) ÷ (2028 − 2019)" in told  # the years to reckon with
    assert "基期2019/20财年的数值是40km" in "".join(explain(verdict, unit="km", periods=periods)).replace(" ", "")


def test_a_year_that_no_figure_names_is_labelled_like_the_others():
    late = assess(steps_of(), date(2030, 11, 30))
    with speaking("en"):
        told = " ".join(explain(late, periods=("2019-04-01/P12M=2019", "2028-04-01/P12M=2028")))
        assert "no figure for the target year 2028/29 on record" in told
        told = " ".join(explain(late))
        assert "no figure for the target year 2028/29 on record" in told
        (stale,) = (step for step in assess(steps_of(), date(2027, 11, 30)).steps if step.code == "values.stale")
        assert "The latest figure is for 2023/24." in sentence(stale, periods=("2019-04-01/P12M=2019",))
        assert "The latest figure is for 2023." in sentence(stale)


def test_a_figure_of_a_fiscal_year_keeps_its_name_where_the_target_has_a_calendar_year():
    inputs = steps_of(base_period="2019", target_period="2023")
    periods = ("2023", "2019", None)
    with speaking("en"):
        told = " ".join(explain(assess(inputs, date(2024, 11, 30)), periods=periods))
        assert "In 2023/24 it was 62; the target asks for at least 80: not met." in told
        assert "In 2023 it" not in told
        late = " ".join(explain(assess(steps_of(target_period="2025"), date(2027, 11, 30)), periods=("2025",)))
        assert "no figure for the target year 2025 on record" in late


def test_calendar_years_keep_their_names_beside_fiscal_ones():
    inputs = steps_of(base_period="2019", target_period="2028", year_start=4)
    with speaking("en"):
        told = " ".join(explain(assess(inputs, date(2030, 11, 30)), periods=("2019", "2028")))
        assert "target year 2028 on record" in told


def test_what_would_settle_a_target_names_fiscal_years_too(make_package):
    def until_a_fiscal_year(folder):
        cell("targets", 2, "baseline_period", "2020-04-01/P12M")(folder)
        cell("targets", 2, "target_period", "2025-04-01/P12M")(folder)

    package = load_package(make_package(fiscal(4), until_a_fiscal_year), TODAY)
    target = package.targets[0]
    words = _words(target, assess_package(package, TODAY)[target.target_id], package)
    assert (words["year"], words["base_year"], words["first_year"]) == ("2025/26财", "2020/21财", "2021/22财")
    assert words["base_next"] == "2021/22财"
    assert "2027年3月" in words["deadline_words"], "the year 2025/26 ends in March 2026"


def test_flags_name_a_fiscal_year_as_the_rest_of_the_page_does():
    """“Met earlier: 2023” beside figures for 2023/24 would send a reader to another year."""
    found = (
        Obs("2023-04-01/P12M=2023", Decimal(82), date(2024, 6, 1), source_id="s"),
        Obs("2024-04-01/P12M=2024", Decimal(70), date(2025, 6, 1), source_id="s"),
    )
    verdict = assess(steps_of(observations=found), date(2025, 11, 30))
    flag = f"met_earlier:{verdict.flag('met_earlier')}"
    assert flag == "met_earlier:2023", "the code itself stays as the method has it"
    years = figure_years(verdict, ("2019-04-01/P12M=2019",))
    assert flag_label(flag, years) == "2023/24财年曾达到"
    with speaking("en"):
        assert flag_label(flag, years) == "was met in 2023/24"
        assert flag_meaning(flag, years).startswith("The figure for 2023/24 met the target.")


@pytest.mark.parametrize(
    "name", ["broken_years", "gap_years", "last", "lost_later", "met_earlier", "met_in", "ref_lag"]
)
def test_every_flag_about_years_names_them_so(name):
    years = YearNames(["2022-04-01/P12M=2022"])
    with speaking("en"):
        assert "2022/23" in flag_label(f"{name}:2022", years)
        assert "2022/23" in flag_meaning(f"{name}:2022", years)
        assert "2022/23" not in flag_label(f"{name}:2022") + flag_meaning(f"{name}:2022")
        both = f"{name}:2022|2023"
        assert "2022/23, 2023/24" in flag_label(both, years)


def test_pages_and_tables_tell_flags_with_fiscal_years(make_package):
    def fiscal_figures(folder):
        cell("targets", 2, "target_period", "2030-04-01/P12M")(folder)
        told = {"indicator_id": "gdp", "region_id": "city", "source_id": "gazette", "basis": "main", "obs_status": "A"}
        add("observations", **told, period="2025-04-01/P12M", value="900", pub="2026-06-01")(folder)

    package = load_package(make_package(fiscal(4), fiscal_figures), TODAY)
    entry = build_report(package, TODAY).entry_by_id["gdp-2025"]
    flagged = replace(entry.assessment, flags=("met_earlier:2025", "last:2020"))
    notes = " ".join(told_verdict(replace(entry, assessment=flagged), {}, {}).notes)
    assert "2025/26财年" in notes
    assert "2020年" in notes, "a figure of a calendar year keeps its name"
    told = _status(Edition(package, {}, {}, TODAY), entry.target, flagged)
    assert told["flags_label"] == "2025/26财年曾达到；最近数据：2020年"
