"""A first figure against target and baseline, a share against those of its parts, growth of parts of a year."""

from datetime import date

import pytest
from packages import add, cell, copy_row, slip

from build_scripts.checks import find_violations
from build_scripts.load import read

TODAY = date(2026, 11, 28)
# Rows of the invented package as a spreadsheet numbers them.
GDP_2021, GDP_2022, SHARE, HALF, WHOLE_YEAR = 2, 3, 7, 8, 9


def found(folder, code):
    return [(item.row, item.field, item.message) for item in find_violations(read(folder), TODAY) if item.code == code]


@pytest.mark.parametrize("value", ["62.5", "58", "55.1", "70"])
def test_a_first_figure_near_the_way_to_the_target_is_quiet(make_package, value):
    assert found(make_package(cell("observations", SHARE, "value", value)), "first-figure") == []


def test_a_first_figure_far_behind_the_baseline_is_told(make_package):
    """The share was 60 %, the target is 65 %: 50 % is twice the way in the other direction."""
    ((row, field, message),) = found(make_package(cell("observations", SHARE, "value", "50")), "first-figure")
    assert (row, field) == (SHARE, "value")
    assert all(each in message for each in ("50", "60", "65", "share-2025"))


def test_only_the_first_figure_is_held_against_the_baseline(make_package):
    later = copy_row("observations", SHARE, period="2024", pub="2025-03-01", value="50")
    assert found(make_package(later), "first-figure") == []


def test_the_target_put_down_as_a_result_is_told(make_package):
    copied = (slip("observations", SHARE, "value", "65"), slip("observations", SHARE, "figure_as_printed", "65%"))
    ((row, _field, message),) = found(make_package(*copied), "first-figure")
    assert row == SHARE
    assert "share-2025" in message
    reached = slip("observations", SHARE, "figure_as_printed", "城镇化率为65%")
    assert found(make_package(copied[0], reached), "first-figure") == []


def shares(whole, *parts):
    told = {"indicator_id": "urban-share", "period": "2023", "basis": "main", "pub": "2024-03-01"}
    rows = [("city", whole), *zip(("county-a", "county-b"), parts, strict=False)]
    return [
        cell("observations", SHARE, "value", rows[0][1]),
        *(add("observations", **told, source_id="gazette", region_id=at, value=value, obs_status="A")
          for at, value in rows[1:]),
    ]  # fmt: skip


def test_a_share_of_the_whole_lies_between_those_of_the_parts(make_package):
    assert found(make_package(*shares("62.5", "55", "70")), "share-parts") == []
    assert found(make_package(*shares("62.5", "63", "70")), "share-parts") == []  # rounding
    ((row, field, message),) = found(make_package(*shares("62.5", "70", "80")), "share-parts")
    assert (row, field) == (SHARE, "value")
    assert all(each in message for each in ("62.5", "70", "80"))


def test_a_share_is_only_held_against_all_parts(make_package):
    assert found(make_package(*shares("62.5", "70")), "share-parts") == []


def test_growth_of_part_of_a_year_follows_from_the_same_part_before(make_package):
    """5 in the first half of 2021; 6 a year later is a fifth more."""
    after = {"period": "2022-01-01/P6M", "pub": "2022-08-01", "value": "6"}
    right = copy_row("observations", HALF, **after, yoy="20", yoy_real="false")
    assert found(make_package(right), "growth-levels") == []
    wrong = copy_row("observations", HALF, **after, yoy="12", yoy_real="false")
    ((row, field, message),) = found(make_package(wrong), "growth-levels")
    assert (row, field) == (11, "yoy")
    assert "20.0" in message
    other = copy_row("observations", WHOLE_YEAR, period="2022-01-01/P9M", pub="2022-11-01", value="6", yoy="12",
                     yoy_real="false")  # fmt: skip
    assert found(make_package(other), "growth-levels") == [], "nine months have no counterpart"
