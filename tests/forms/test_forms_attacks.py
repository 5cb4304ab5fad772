"""Workbooks as they come back with something odd in them: named, asked about, never taken wrongly without a word."""

from datetime import date

import pytest
from all_of import all_of
from forms_clerk import Clerk, address, plan_for, returned
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from build_scripts.forms.grid import GridCell
from build_scripts.forms.layout import HEAD, HEAD_ROW, Form
from build_scripts.forms.lines import Level
from build_scripts.forms.numbers import read_number
from build_scripts.forms.reading import CellError

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


def test_a_figure_that_is_seen_the_other_way_round_is_refused():
    with pytest.raises(CellError) as refused:
        read_number(GridCell("\u202e0231"), "家", 0)
    assert (refused.value.code, refused.value.facts["characters"]) == ("number_characters", "U+202E")


@all_of(
    "typed, code",
    [
        *((typed, "number_text") for typed in ("1320?", "13:20", "1320👍", "1e400", "0x528", "1320家/")),
        *((typed, "number_unit") for typed in ("1320户次", "1320平方米", "1320m3", "12.5%", "1320元/人")),
    ],
)
def test_only_what_may_be_a_unit_is_called_one(typed, code):
    with pytest.raises(CellError) as refused:
        read_number(GridCell(typed), "家", 0)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("column", "struck", "left"),
    [("state", "已完成", "推进中"), ("date", "2025-10-01", "2025-10-15"), ("planned_date", "2026年", "2027年底")],
)
def test_a_word_or_day_partly_struck_through_is_named_with_what_is_left(package_dir, clerk, column, struck, left):
    clerk.fill(TASKS, "bridge", state="推进中")
    parts = TextBlock(InlineFont(strike=True), struck), TextBlock(InlineFont(), left)
    clerk.cell(TASKS, "bridge", column).value = CellRichText(*parts)
    [line] = returned(package_dir, clerk.save()).lines
    assert (line.where, line.severity) == (address(clerk, TASKS, "bridge", column), Level.ERROR)
    assert line.message == f"“{struck}{left}”有一部分划去了，没有划去的是“{left}”"


def test_nothing_new_and_something_all_the_same_is_asked_about(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    field = next(each for each in HEAD[IND] if each.code == "nothing_new")
    clerk.sheet(IND).cell(HEAD_ROW, field.value[0]).value = "是"
    [line] = plan_for(package_dir, clerk.save()).questions
    assert line.message == "“本期无变化”填了“是”，又填了 1 项"


def test_a_day_of_filling_in_that_is_still_to_come_is_told_as_such(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    clerk.sign(filled_on=date(2027, 1, 1))
    [line] = returned(package_dir, clerk.save()).lines
    assert (line.severity, line.message) == (Level.NOTE, "填报日期 2027-01-01 在收表日 2025-11-20 之后，没有记下")
