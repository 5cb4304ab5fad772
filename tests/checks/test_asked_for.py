"""Other names that lead to two things, and words said to be answered by no plan that are."""

from datetime import date

from packages import cell, column

from build_scripts.checks import find_violations
from build_scripts.load import read

UNANSWERED = "targets/unanswered.csv"


def found(folder):
    problems = find_violations(read(folder), date(2026, 11, 21))
    return [(each.code, each.file, each.row, each.field) for each in problems]


def test_two_units_may_not_share_a_name(make_package):
    called = column("units", "also_called", "发改委;发改局", "交通运输局;发改局")
    assert found(make_package(called)) == [("also-called-twice", "targets/units.csv", 3, "also_called")]
    own = column("units", "also_called", "", "测试市发展改革委")
    assert found(make_package(own)) == [("also-called-twice", "targets/units.csv", 3, "also_called")]


def test_near_targets_and_tasks_must_exist(make_package):
    assert found(make_package(cell("unanswered", 2, "target_ids", "parks-2025;lost"))) == [
        ("unanswered-unknown", UNANSWERED, 2, "target_ids")
    ]
    assert found(make_package(cell("unanswered", 2, "task_ids", "lost"))) == [
        ("unanswered-unknown", UNANSWERED, 2, "task_ids")
    ]


def test_a_word_that_a_target_or_a_work_answers_is_told(make_package):
    answered = [("unanswered-answered", UNANSWERED, 2, "word")]
    assert found(make_package(cell("unanswered", 2, "word", "公园"))) == answered
    assert found(make_package(cell("unanswered", 2, "word", "环城路"))) == answered
    called = column("indicators", "also_called", "GDP", "", "", "绿地")
    assert found(make_package(called, cell("unanswered", 2, "word", "绿地"))) == answered
    assert found(make_package(called)) == []
