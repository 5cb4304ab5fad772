"""A row's figure stands in its printed form: the rules, each broken by one change, and the published package."""

from datetime import date

import pytest
from packages import ROOT, cell, column, slip

from build_scripts.checks import find_violations, load_package
from build_scripts.checks.printed import explained
from build_scripts.load import read

TODAY = date(2026, 11, 28)
OBSERVATIONS = "progress/observations.csv"
OWN = {"printed-differs", "printed-unread", "printed-explained"}


def found(folder):
    problems = find_violations(read(folder), TODAY)
    return [(item.code, item.severity.value, item.file, item.row, item.field) for item in problems if item.code in OWN]


def reason(table: str, word: str):
    """Gives the first row of a table a word in `printed_differs`."""
    return column(table, "printed_differs", word)


@pytest.mark.parametrize("value", ["1600", "16", "-160", "161"])
def test_a_slip_in_a_value_is_an_error(make_package, value):
    folder = make_package(slip("observations", 2, "value", value))
    assert ("printed-differs", "error", OBSERVATIONS, 2, "value") in found(folder)


def test_growth_is_held_against_the_words_where_they_print_it(make_package):
    assert found(make_package(cell("observations", 2, "figure_as_printed", "160亿元，增长6.5%"))) == []
    folder = make_package(cell("observations", 2, "figure_as_printed", "160亿元，下降6.5%"))
    assert found(folder) == [("printed-differs", "error", OBSERVATIONS, 2, "yoy")]


def test_a_slip_in_a_promise_is_an_error(make_package):
    folder = make_package(slip("targets", 2, "value", "2000"))
    assert found(folder) == [("printed-differs", "error", "targets/targets.csv", 2, "value")]


def test_words_that_cannot_be_read_ask_for_a_reason(make_package):
    words = cell("observations", 2, "figure_as_printed", "甲县、乙县")
    assert found(make_package(words)) == [("printed-unread", "warning", OBSERVATIONS, 2, "value")]
    assert found(make_package(words, reason("observations", "counted"))) == []


def test_a_reason_nobody_needs_is_told_and_an_unknown_one_refused(make_package):
    folder = make_package(reason("observations", "converted"))
    assert found(folder) == [("printed-explained", "warning", OBSERVATIONS, 2, "printed_differs")]
    odd = find_violations(read(make_package(reason("observations", "because"))), TODAY)
    assert [item.code for item in odd if item.field == "printed_differs"] != []


def test_every_published_row_is_read_or_explained_by_hand():
    assert found(ROOT / "datapackage") == []
    assert explained(load_package(ROOT / "datapackage", TODAY)) == {
        "counted": 12,
        "computed": 3,
        "nearby": 4,
        "implied": 3,
    }
