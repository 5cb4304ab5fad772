"""Units that begin with a number are said with a word for large numbers, the same one wherever a page shows them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from page_samples import made

from build_scripts.assess import Obs, TargetInputs, assess
from build_scripts.charts.scale import magnitude, shown
from build_scripts.core.language import speaking
from build_scripts.explain import explain
from build_scripts.locale import SaidIn, number, said_in_large
from build_scripts.pages import parts
from build_scripts.publish.promises import _goal

YUAN = "100 million yuan"


@pytest.fixture(autouse=True)
def english():
    with speaking("en"):
        yield


@pytest.mark.parametrize(
    ("unit", "values", "said"),
    [
        (YUAN, ["2181.18", "1"], SaidIn("billion yuan", -1)),
        (YUAN, ["9.99"], SaidIn("million yuan", 2)),
        (YUAN, [], SaidIn("yuan", 8)),
        ("10,000 people", ["163.2"], SaidIn("million people", -2)),
        ("10,000 people", ["-50"], SaidIn("people", 4)),
        ("100 km", ["3"], SaidIn("km", 2)),
        ("million yuan", ["5000"], SaidIn("million yuan")),
        ("12 months", ["5000"], SaidIn("12 months")),
        ("%", ["5000"], SaidIn("%")),
    ],
)
def test_figures_said_together_have_one_unit(unit, values, said):
    assert said_in_large(unit, map(Decimal, values)) == said


@pytest.mark.parametrize(
    ("value", "power", "printed"),
    [
        ("2181.18", -1, "218.118"),
        ("2181.10", -1, "218.110"),
        ("1500", -1, "150"),
        ("1500.0", -1, "150.00"),
        ("206", -1, "20.6"),
        ("0", -1, "0"),
        ("3.5", 2, "350"),
        ("-0.0275", 2, "−2.75"),
        ("123456789012345678901234567890.12", -1, "12,345,678,901,234,567,890,123,456,789.012"),
    ],
)
def test_no_digit_is_lost_and_none_made_up(value, power, printed):
    assert number(SaidIn("", power).figure(Decimal(value))) == printed


def test_chinese_keeps_what_the_data_say():
    with speaking("zh"):
        assert said_in_large(YUAN, [Decimal(2000)]) == SaidIn(YUAN)


def test_charts_have_the_unit_of_the_sentences_and_every_digit():
    divisor, unit = magnitude([Decimal("2181.18"), Decimal("9.5")], YUAN)
    assert unit == "billion yuan"
    assert [shown(Decimal(each), divisor, 2) for each in ("2181.18", "9.5")] == [Decimal("218.118"), Decimal("0.95")]
    divisor, unit = magnitude([Decimal("0.05")], YUAN)
    assert (unit, shown(Decimal("0.05"), divisor, 2)) == ("million yuan", 5)
    divisor, unit = magnitude([Decimal(12345678)], "people")
    assert (unit, shown(Decimal(12345678), divisor)) == ("million people", Decimal("12.35"))


def test_the_steps_of_a_verdict_are_in_one_unit_formulas_too():
    inputs = TargetInputs(
        "level_by", "up", "ge", Decimal("80.5"), base_period="2020", base_value=Decimal("40.25"), target_period="2025",
        observations=(Obs("2023", Decimal(62), date(2024, 3, 1), source_id="s"),),
    )  # fmt: skip
    verdict = assess(inputs, date(2024, 6, 30))
    told = " ".join(explain(verdict, unit=YUAN))
    assert "6.2 billion yuan for 2023" in told
    assert "The baseline for 2020 is 4.025 billion yuan" in told
    assert "p = ln(6.2 ÷ 4.025) ÷ ln(8.05 ÷ 4.025) = " in told
    assert "6.2 ÷ 8.05 = 77.0%" in told
    assert "40.25" not in told
    plain = " ".join(explain(verdict, unit="yuan"))
    assert "62 yuan for 2023" in plain
    assert "62 ÷ 80.5 = 77.0%" in plain


def test_means_of_growth_keep_their_rates():
    years = tuple(Obs(str(year), Decimal("9.5"), date(year + 1, 3, 1), source_id="s") for year in (2021, 2022, 2023))
    inputs = TargetInputs(
        "avg_growth", "up", "ge", Decimal(8), base_period="2020", base_value=Decimal(9), target_period="2025",
        period_start="2021", observations=years,
    )  # fmt: skip
    verdict = assess(inputs, date(2024, 6, 30))
    assert any(step.code.startswith("average.") for step in verdict.steps)
    assert explain(verdict, unit=YUAN)[-3:] == explain(verdict, unit="points")[-3:]


def test_a_table_has_the_unit_of_its_largest_figure(tmp_path):
    entry = next(each for each in made(tmp_path).report.entries if each.target_id == "gdp-2025")
    said = parts.said_together(replace(entry.indicator, unit=YUAN), entry.figures)
    assert said.unit == "billion yuan"
    printed = {row.value for row in parts.figure_rows(entry.figures, 2, said)}
    assert printed == {f"{figure.observation.value / 10:.3f}" for figure in entry.figures}


def test_a_promise_under_review_has_its_unit_apart_from_its_number(tmp_path):
    target = replace(made(tmp_path).report.entries[0].target, comparator="between", unit=YUAN)
    target = replace(target, value=Decimal(950), value_high=Decimal(1200))
    assert _goal(target) == "95–120 billion yuan"
    assert _goal(replace(target, comparator="ge", unit="homes")) == "≥ 950 homes"
    with speaking("zh"):
        assert _goal(replace(target, comparator="ge", unit="亿元")) == "≥950亿元"
