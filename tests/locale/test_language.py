"""The language of a run and what it decides: words, plurals, numbers, days, periods, units."""

import json
from datetime import date
from decimal import Decimal

import pytest

from build_scripts.core.crew import Crew
from build_scripts.core.language import choose, language, speaking
from build_scripts.locale import (
    capital,
    count_in_words,
    day,
    heading,
    how_many,
    in_brackets,
    listed,
    number,
    period,
    place_and_name,
    ranked,
    single_quotes,
    span,
    t,
    titled,
    with_unit,
)
from build_scripts.locale.catalogue import holds, plural_form


def english(work):
    with speaking("en"):
        return work()


@pytest.mark.parametrize(
    ("value", "chinese", "said"),
    [
        ("2024", "2024年", "2024"),
        ("2024-Q1", "2024年第一季度", "Q1 2024"),
        ("2024-03", "2024年3月", "March 2024"),
        ("2024-01-01/P9M", "2024年1—9月", "January to September 2024"),
        ("2023-01-01/P24M", "2023—2024年", "2023 to 2024"),
        ("2023-04-01/P12M", "2023年4月—2024年3月", "April 2023 to March 2024"),
        ("2024-03-01/P1M", "2024年3月", "March 2024"),
        ("2025-07-18", "2025年7月18日", "18 July 2025"),
        (None, "—", "—"),
        ("some day", "some day", "some day"),
    ],
)
def test_a_period_is_written_as_the_language_writes_it(value, chinese, said):
    assert period(value) == chinese
    assert english(lambda: period(value)) == said


def test_days_and_spans():
    assert english(lambda: day(date(2025, 7, 18))) == "18 July 2025"
    assert span(date(2023, 1, 5), date(2025, 7, 6)) == "2年6个月"
    assert english(lambda: span(date(2023, 1, 5), date(2025, 7, 6))) == "2 years 6 months"
    assert english(lambda: span(date(2023, 1, 5), date(2024, 1, 5))) == "1 year"
    assert english(lambda: span(date(2023, 1, 5), date(2023, 1, 6))) == "1 day"


@pytest.mark.parametrize(
    ("printed", "unit", "chinese", "said"),
    [
        ("600", "homes", "600homes", "600 homes"),
        ("63", "%", "63%", "63%"),
        ("5", "$ million", "$5million", "$5 million"),
        ("2,250", "亿元", "2,250亿元", "2,250 亿元"),
        ("7", "", "7", "7"),
    ],
)
def test_a_unit_stands_as_far_from_its_number_as_is_usual(printed, unit, chinese, said):
    assert with_unit(printed, unit) == chinese
    assert english(lambda: with_unit(printed, unit)) == said


@pytest.mark.slow
def test_words_around_words():
    assert english(lambda: in_brackets("draft")) == " (draft)"
    assert english(lambda: in_brackets("")) == ""
    assert english(lambda: listed(["a", "b"])) == "a, b"
    assert english(lambda: heading("4/2/1")) == "4, 2, 1"
    assert heading("一/（四）/1") == "一、（四）1."
    assert english(lambda: single_quotes("a ‘b’ c")) == "a “b” c"
    assert english(lambda: single_quotes("the city’s ‘New Town’s heart’")) == "the city’s “New Town’s heart”"
    assert english(lambda: single_quotes("places’ roads, ‘b’")) == "places’ roads, “b”"
    assert single_quotes("“一带”地区的“三区”") == "‘一带’地区的‘三区’"
    assert english(lambda: titled("Plan for ‘One Belt’")) == "‘Plan for “One Belt”’"
    assert titled("“一带”规划") == "《“一带”规划》"
    assert english(lambda: place_and_name("Millbrook", "Homes completed")) == "Homes completed, Millbrook"
    assert english(lambda: place_and_name("Millbrook", "Millbrook bypass")) == "Millbrook bypass"
    assert place_and_name("丽水市", "丽水机场通航") == "丽水机场通航"
    assert place_and_name("“一带”地区", "地区生产总值") == "“一带”地区的地区生产总值"


def test_counts():
    assert (how_many(14, "item"), count_in_words(2, "copy"), count_in_words(11, "copy")) == ("14项", "两份", "11份")
    assert english(lambda: (how_many(1400, "item"), count_in_words(2, "copy"))) == ("1,400", "two")


@pytest.mark.parametrize(
    ("counted", "form"), [(1, "one"), ("1", "one"), (0, "other"), ("1,001", "other"), ("—", "other")]
)
def test_what_is_counted_takes_the_form_of_cldr(counted, form):
    assert english(lambda: plural_form(counted)) == form
    assert plural_form(counted) == "other"


@pytest.mark.parametrize(
    ("printed", "unit", "said"),
    [
        ("2,181.18", "100 million yuan", "218.118 billion yuan"),
        ("2,181.10", "100 million yuan", "218.110 billion yuan"),
        ("1,000", "100 million yuan", "100 billion yuan"),
        ("10", "100 million yuan", "1 billion yuan"),
        ("0.5", "100 million yuan", "50 million yuan"),
        ("−0.000012", "100 million yuan", "−1,200 yuan"),
        ("0", "100 million yuan", "0 yuan"),
        ("163.2", "10,000 people", "1.632 million people"),
        ("12.5", "10,000 people", "125,000 people"),
        ("0.0001", "10,000 people", "1 person"),
        ("3", "12 months", "3 × 12 months"),
        ("100—200", "10,000 people", "100—200 × 10,000 people"),
        ("1", "laboratories", "1 laboratory"),
        ("1", "homes", "1 home"),
        ("1", "people", "1 person"),
        ("1", "branches", "1 branch"),
        ("1", "times a year", "1 time a year"),
        ("1", "times", "1 times"),  # a ratio
        ("1", "parks and towns", "1 park and towns"),
        ("1", "bus", "1 bus"),
        ("1", "houses", "1 houses"),  # what no rule is sure of stays
        ("1.0", "homes", "1.0 homes"),
        ("0", "homes", "0 homes"),
        ("63", "%", "63%"),
        ("1", "km", "1 km"),
        ("5", "$ million", "$5 million"),
    ],
)
def test_a_number_and_its_unit(printed, unit, said):
    assert english(lambda: with_unit(printed, unit)) == said


@pytest.mark.parametrize(("place", "said"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (1022, "1,022nd")])
def test_a_place_in_an_order(place, said):
    assert english(lambda: ranked(place)) == f"{said} place"
    assert ranked(Decimal(3)) == "第3位"


def test_a_plural_needs_what_it_counts():
    assert english(lambda: t("format.span.days", count=1)) == "1 day"
    with pytest.raises(KeyError):
        english(lambda: t("format.span.days", days=1))


def test_words_that_are_read_are_read_in_every_language():
    assert holds("format.rank_units", "位")
    assert english(lambda: holds("format.rank_units", "位"))


def speak(jobs):
    return [(language(), number(Decimal(job)), day(date(2025, 7, 18))) for job in jobs]


def test_other_processes_speak_the_same_language():
    with speaking("en"), Crew(helpers=1) as crew:
        assert set(crew.share(speak, [1000] * 6, batch=1).results()) == {("en", "1,000", "18 July 2025")}


@pytest.mark.parametrize(
    ("asked", "languages", "system", "chosen"),
    [
        (None, ["en", "zh"], "", "en"),
        ("zh", ["en"], "", "zh"),
        (None, ["xx", "en"], "", "en"),
        (None, ["xx"], "", "en"),
        (None, ["xx", "zh"], "", "zh"),
        (None, None, "en_GB.UTF-8", "zh"),
        (None, None, "", "zh"),
    ],
)
def test_the_package_decides_then_the_default(tmp_path, asked, languages, system, chosen):
    settings = {"disclosure": {"languages": languages}} if languages else {}
    (tmp_path / "datapackage.json").write_text(json.dumps(settings), encoding="utf-8")
    assert choose(asked, tmp_path, {"LANG": system}) == chosen


def test_where_there_is_no_package_the_system_decides(tmp_path):
    assert choose(None, tmp_path, {"LANG": "en_GB.UTF-8"}) == "en"
    assert choose(None, tmp_path, {"LANG": "C.UTF-8"}) == "zh"
    assert choose(None, tmp_path, {"LANG": "POSIX"}) == "zh"
    assert choose(None, tmp_path, {"LANG": "fr_FR.UTF-8"}) == "en"
    assert choose(None, tmp_path, {"LC_ALL": "zh_CN", "LANG": "en_GB"}) == "zh"


def test_a_head_is_raised_where_the_script_has_capitals():
    assert capital("searched elsewhere only") == "Searched elsewhere only"
    assert capital("GDP per head") == "GDP per head"
    assert capital("只查过别处") == "只查过别处"
    assert not capital("")
