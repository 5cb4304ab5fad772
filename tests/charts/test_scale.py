from decimal import Decimal
from itertools import pairwise

import pytest
from all_of import all_of
from hypothesis import example, given
from hypothesis import strategies as st

from build_scripts.charts.scale import Axis, magnitude, moment, scale_words, shown, tick_format, ticks
from build_scripts.core.government import Government
from build_scripts.core.language import speaking

FINITE = st.floats(-1e7, 1e7, allow_nan=False)


@all_of(
    "period, expected",
    [
        ("2024", 2024),
        ("2024-Q1", 2023.25),
        ("2024-Q4", 2024),
        ("2024-03", 2023.25),
        ("2023-01-01/P24M", 2024),
        ("2023-07-01/P6M", 2023),
        ("2023-01-01/P1M", 2022 + 1 / 12),
    ],
)
def test_moment_is_the_end_of_a_period(period, expected):
    assert moment(period) == pytest.approx(expected)


@all_of("period", ["", "24", "2024-Q5", "2024年"])
def test_moment_refuses_what_is_no_period(period):
    with pytest.raises(ValueError, match=f"^{period}$"):
        moment(period)


@given(FINITE, FINITE, st.integers(2, 8))
@example(0.0, 5e-324, 2)
@example(10000000.0, 9999999.999999998, 2)
@example(10000000.0, 10000000.0001, 5)
@example(-10000000.0, -9999999.999999998, 3)
@example(0.3, 0.3, 5)
def test_ticks_enclose_in_even_round_steps(one, other, count):
    low, high = sorted((one, other))
    found = ticks(low, high, count)
    step = found[1] - found[0]
    span = max(high - low, 1e-9)
    assert found[0] <= low + span * 1e-6 + 1e-9
    assert found[-1] >= high - span * 1e-6 - 1e-9
    assert all(b - a == pytest.approx(step, rel=1e-6) for a, b in pairwise(found))
    assert 2 <= len(found) <= count + 3


def test_ticks_of_counts_are_whole():
    assert ticks(0, 9, 4) == [0, 5, 10]
    assert ticks(0, 1, 4) == [0, 1]
    assert ticks(0, 3, 5) == [0, 1, 2, 3]
    assert ticks(0.2, 0.9, 4) == [0.2, 0.4, 0.6, 0.8, 1.0]


@pytest.mark.parametrize(("values", "expected"), [([0, 2000], ",.0f"), ([98, 98.5], ",.1f"), ([0, 0.25], ",.2f")])
def test_tick_format_has_the_decimals_that_are_needed(values, expected):
    assert tick_format(values) == expected


@all_of(
    "largest, unit, expected",
    [
        (99_999, "人", (1, "人")),
        (100_000, "人", (10_000, "万人")),
        (1_383_000, "亩", (10_000, "万亩")),
        (2_000_000_000, "元", (100_000_000, "亿元")),
        (2_000_000, "万元", (1, "万元")),
        (200_000, "%", (1, "%")),
        (200_000, "元/人", (1, "元/人")),
    ],
)
def test_large_counts_are_read_in_wan_and_yi(largest, unit, expected):
    assert magnitude([Decimal(5), Decimal(largest)], unit) == expected


def test_a_government_has_its_own_words_for_large_numbers_or_none():
    chinese, none = Government(), Government(units_scale=())
    large = [Decimal(2_000_000_000)]
    assert magnitude(large, "元", scale_words(Government(units_scale=("万",)))) == (10_000, "万元")
    assert magnitude(large, "元", scale_words(none)) == (1, "元")
    with speaking("en"):
        assert magnitude(large, "yuan", scale_words(chinese)) == (10**9, "billion yuan"), "not its own language"
        assert magnitude(large, "dollars", scale_words(none)) == (1, "dollars")
        indian = Government(("en-IN",), units_scale=("lakh", "crore"))
        assert magnitude(large, "rupees", scale_words(indian)) == (10**7, "crore rupees")


@all_of(
    "value, scale, expected",
    [
        ("2181.180", 1, "2181.180"),
        ("1383000", 10_000, "138.3"),
        ("1000000", 10_000, "100"),
        ("123456", 10_000, "12.35"),
    ],
)
def test_shown_keeps_the_recorded_digits_unless_divided(value, scale, expected):
    assert str(shown(Decimal(value), Decimal(scale))) == expected
    assert shown(None, Decimal(scale)) is None


def test_axis_runs_either_way():
    assert Axis(1, 5, 0, 200).at(2) == 50
    assert Axis(5, 1, 200, 0).at(Decimal(1)) == 0
