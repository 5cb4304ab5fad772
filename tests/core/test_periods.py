"""One parser of periods: whatever asks what a period is gets the same answer, however a full year is spelt."""

from dataclasses import replace
from datetime import date

import pytest
from all_of import all_of
from hypothesis import given
from hypothesis import strategies as st

from build_scripts.bulletins.rhythm import ProposalError, first_day, last_day
from build_scripts.charts.scale import moment
from build_scripts.checks import load_package
from build_scripts.core.periods import is_year, key_of, parse_period, year_of
from build_scripts.exports.sdmx import frequency
from build_scripts.forms.periods import FormPeriod, accumulated, period_end, read_period
from build_scripts.locale import period
from build_scripts.report import build_report
from build_scripts.report.counties import latest_year

TODAY, DAY = date(2026, 11, 22), date(2024, 6, 30)
years = st.integers(1990, 2099)
texts = st.one_of(
    years.map(str),
    st.builds("{}-Q{}".format, years, st.integers(1, 4)),
    st.builds("{}-{:02d}".format, years, st.integers(1, 12)),
    st.builds("{}-{:02d}-01/P{}M".format, years, st.integers(1, 12), st.integers(1, 60)),
)


@given(texts)
def test_every_stage_gets_its_answer_from_the_one_parser(text):
    found = parse_period(text)
    assert found is not None
    assert period_end(text) == found.end
    assert round(moment(text) * 12) == (found.end.year - 1) * 12 + found.end.month
    assert period(text) == period(found.key)
    assert frequency(found.key) in {found.frequency, "_O"}
    assert year_of(text) == found.end.year
    assert accumulated(found.start.year, found.start.month, found.end) in {
        found.key,
        f"{found.start:%Y-%m-%d}/P{found.months}M",
    }
    form = FormPeriod.parse(text)
    assert form is None or (form.code, form.end) == (text, found.end)


@all_of("text", ["2024-13", "2024-Q5", "2024-00", "2024-01-01/P0M", "2024/2025", "24", "", "２０２４"])
def test_what_is_no_period_is_one_nowhere(text):
    assert parse_period(text) is None
    assert period_end(text) is None
    assert FormPeriod.parse(text) is None
    assert not is_year(text)
    assert key_of(text) == text
    assert frequency(text) == "_O"
    with pytest.raises(ValueError, match=f"^{text}$"):
        moment(text)
    with pytest.raises(ProposalError):
        first_day("month", text)


def test_a_clerk_s_words_end_in_the_same_period():
    assert read_period("2025年全年", 2024) == "2025"
    assert read_period("2025年1—12月", 2024) == "2025"
    assert read_period("2025年1—9月", 2024) == "2025-01-01/P9M"
    assert (first_day("quarter", "2026-Q3"), last_day("quarter", "2026-Q3")) == (date(2026, 7, 1), date(2026, 9, 30))


def test_a_year_spelt_as_twelve_months_is_a_year_for_verdict_page_and_chart(make_package):
    package = load_package(make_package(), TODAY)
    spelt = tuple(replace(o, period="2023-01-01/P12M") if o.period == "2023" else o for o in package.observations)
    plain, other = build_report(package, DAY), build_report(replace(package, observations=spelt), DAY)
    for before, after in zip(plain.entries, other.entries, strict=True):
        assert before.status is after.status
    figures = other.figures_by_series["gdp", "city"]
    assert latest_year(figures).observation.period == "2023-01-01/P12M"
