"""Workbooks as they come back with something odd in them: named, asked about, never taken wrongly without a word."""

from datetime import date

import pytest
from forms_clerk import Clerk, address, plan_for, returned

from build_scripts.forms.layout import Form
from build_scripts.forms.lines import Level

IND, TASKS = Form.INDICATORS, Form.TASKS
FREIGHT, LENGTH = "freight|city", "length|city"


def said(package_dir, clerk: Clerk) -> list[tuple[str, str, str]]:
    """Every line about a file: where, how bad, which."""
    return [(line.where, line.severity.value, line.code) for line in plan_for(package_dir, clerk.save()).lines]


def test_answers_in_a_hidden_row_are_asked_about_once(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4, yoy=8.3)
    clerk.figure(LENGTH, 4620)
    clerk.sheet(IND).row_dimensions[clerk.row(IND, FREIGHT)].hidden = True
    plan = plan_for(package_dir, clerk.save())
    [line] = plan.lines
    assert (line.where, line.severity) == (address(clerk, IND, FREIGHT, "value"), Level.CHECK)
    assert line.message == "这一格在表里是隐藏的，打开看不到，填的是“523.4”"
    assert line.hint == "要报的，取消隐藏或填“已核对”；不要报的，清空"


def test_answers_in_a_hidden_column_are_asked_about(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4, yoy=8.3)
    cell = clerk.cell(IND, FREIGHT, "yoy")
    clerk.sheet(IND).column_dimensions[cell.column_letter].hidden = True
    assert said(package_dir, clerk) == [(address(clerk, IND, FREIGHT, "yoy"), "check", "hidden")]


def test_hidden_rows_without_answers_are_no_matter(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    clerk.sheet(IND).row_dimensions[clerk.row(IND, LENGTH)].hidden = True
    assert said(package_dir, clerk) == []


def test_a_second_copy_of_a_sheet_is_named_once_and_not_cell_by_cell(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    clerk.book.copy_worksheet(clerk.sheet(IND)).title = "主要指标进度表 (2)"
    assert said(package_dir, clerk) == [("主要指标进度表 (2)", "error", "sheet_twice")]


@pytest.mark.parametrize(
    ("column", "written", "code", "words"),
    [
        ("planned_date", "2027.1", "date_nought", "“2027.1”可能是2027年1月，也可能是2027年10月（表格会去掉末尾的0）"),
        ("date", "10月15日", "date_yearless", "“10月15日”没有写年份"),
        ("date", "10.15", "date_yearless", "“10.15”没有写年份"),
        ("date", "25.10.15", "date_yearless", "“25.10.15”没有写年份"),
        ("planned_date", "待定", "date_none", "“待定”没有写出日期"),
        ("date", "2025年10月", "date_partial", "“2025年10月”没有写到日"),
        ("date", "2025-10-15 至 2025-10-20", "date_text", "“2025-10-15 至 2025-10-20”不是日期"),
        ("date", "2025-02-30", "date_text", "“2025-02-30”不是日期"),
    ],
)
def test_what_is_no_day_is_told_with_what_it_lacks(package_dir, clerk, column, written, code, words):
    clerk.fill(TASKS, "bridge", state="推进中", **{column: written})
    [line] = returned(package_dir, clerk.save()).lines
    assert (line.where, line.code, line.message) == (address(clerk, TASKS, "bridge", column), code, words)


@pytest.mark.parametrize(
    ("word", "meant"), [("已完成（部分）", "推进中"), ("完成(80%)", "推进中"), ("完成（验收）", "已完成")]
)
def test_a_state_that_takes_itself_back_is_not_offered_as_done(package_dir, clerk, word, meant):
    clerk.fill(TASKS, "bridge", state=word, date=date(2025, 10, 8))
    [line] = returned(package_dir, clerk.save()).lines
    assert line.message == f"“{word}”不在可选项之内，意思接近“{meant}”"
