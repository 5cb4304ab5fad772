"""Wrong fillings as a hurried clerk makes them: none of them is taken in without a word."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from all_of import all_of
from forms_clerk import AS_OF, Clerk, address, codes, plan_for, take_in

from build_scripts.forms.layout import Form
from build_scripts.forms.lines import Level
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.periods import FormPeriod
from build_scripts.forms.sense import question
from build_scripts.forms.submission import IndicatorAnswer, Place

# Many whole files are put through the program.
pytestmark = pytest.mark.slow

FREIGHT, LENGTH, PAVED, PARTS, INVEST = (
    "freight|city", "length|city", "paved|city", "paved|county-a", "invest|city",
)  # fmt: skip
IND, TASKS, PROBLEMS = Form.INDICATORS, Form.TASKS, Form.PROBLEMS
OCTOBER, DAY = "2025年10月", date(2025, 10, 8)
_ASKED = (FormPeriod(2025, 10, 1), AS_OF)


def said(package_dir, clerk, form, key, column, *, notes: bool = False) -> list[str]:
    """The lines at one cell: errors and questions, or what is only told."""
    where = address(clerk, form, key, column)
    lines = plan_for(package_dir, clerk.save()).lines
    return [line.code for line in lines if line.where == where and (line.severity is Level.NOTE) == notes]


# --- figures -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "column", "row", "codes_at"),
    [
        (LENGTH, "value", {"value": 0, "period": OCTOBER}, ["zero_after"]),
        (FREIGHT, "value", {"value": 0}, ["zero_after"]),
        (PAVED, "value", {"value": 0, "period": OCTOBER}, ["zero_after"]),
        (FREIGHT, "yoy", {"value": 523.4, "yoy": 1.083}, ["growth_index"]),
        (FREIGHT, "yoy", {"value": 523.4, "yoy": 108.3}, ["growth_large"]),
        (FREIGHT, "yoy", {"value": 523.4, "yoy": 1.5}, []),
        (FREIGHT, "note", {"value": 523.4, "note": 8.3}, ["remark_bare"]),
        (FREIGHT, "note", {"value": 523.4, "note": "8.3%"}, ["remark_bare"]),
        (FREIGHT, "note", {"value": 523.4, "note": 523.4}, []),
        (FREIGHT, "note", {"value": 523.4, "note": "含快递业12家"}, []),
    ],
)
def test_a_nought_an_index_and_a_number_for_a_remark_are_asked_about(package_dir, clerk, key, column, row, codes_at):
    clerk.figure(key, **row)
    assert said(package_dir, clerk, IND, key, column) == codes_at


def test_an_index_is_offered_as_a_rate(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4, yoy=108.3)
    [line] = plan_for(package_dir, clerk.save()).questions
    assert line.hint == "是不是 8.3%？是的，改填；确实是 108.3% 的，填“已核对”"


def test_nothing_new_in_a_month_of_what_adds_up_is_no_slip(package_dir, clerk):
    clerk.figure(INVEST, 40)
    take_in(package_dir, clerk.save())
    clerk.figure(INVEST, 0, period=OCTOBER)
    assert "zero_after" not in said(package_dir, clerk, IND, INVEST, "value")


def test_what_is_to_fall_may_come_to_nothing(untouched):
    package = untouched[1].package
    falling = tuple(replace(each, direction="down") for each in package.indicators)
    answer = IndicatorAnswer(("length", "city"), "", "2025", Decimal(0), "P", None, Decimal(0), "", Place("", 0))
    for indicators, code in ((package.indicators, "zero_after"), (falling, "")):
        book = PackageIndex(replace(package, indicators=indicators), {}, AS_OF)
        found = question(book, answer, "main")
        assert (found.code if found else "") == code


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ((500, 88.5, 4600), "copied_last"),
        ((600, 95, 5000), "copied_goal"),
        ((500, 88.5, 4650), ""),
        ((600, 95, None), ""),
        ((600, 100, 5000), ""),  # all of something is no copy
    ],
)
def test_a_form_full_of_figures_from_the_columns_beside_is_asked_about_once(package_dir, clerk, values, code):
    for key, value in zip((FREIGHT, PAVED, LENGTH), values, strict=True):
        clerk.figure(key, value, period=OCTOBER)
    found = [line for line in plan_for(package_dir, clerk.save()).questions if line.code.startswith("copied")]
    assert [line.code for line in found] == ([code] if code else [])


def test_the_same_figures_sent_again_are_no_copy(package_dir, clerk):
    for key, value in ((FREIGHT, 523.4), (PAVED, 89.1), (LENGTH, 4650)):
        clerk.figure(key, value, period=OCTOBER)
    take_in(package_dir, clerk.save())
    assert not plan_for(package_dir, clerk.save()).lines


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [(LENGTH, "0.465万", "4650"), (LENGTH, "4.65千", "4650"), (FREIGHT, "5234000万", "523.4")],
)
def test_a_scale_without_its_unit_is_read_and_passes_every_check(package_dir, clerk, key, typed, value):
    clerk.figure(key, typed, period=OCTOBER)
    plan = plan_for(package_dir, clerk.save())
    assert not plan.has_errors, [str(line) for line in plan.lines]
    assert plan.rows["observations"][0]["value"] == value


@pytest.mark.parametrize(
    ("values", "note", "day", "asked"),
    [
        ((530.1, 89.4), None, date(2025, 12, 5), True),
        ((530.1, 89.4), "统计局核定", date(2025, 12, 5), False),
        ((523.4, 89.4), None, date(2025, 12, 5), False),
        ((530.1, 89.4), None, date(2025, 11, 25), False),
    ],
)
def test_last_months_form_used_again_is_asked_about(package_dir, clerk, values, note, day, asked):
    for key, value in ((FREIGHT, 523.4), (PAVED, 89.1)):
        clerk.figure(key, value, period=OCTOBER)
    take_in(package_dir, clerk.save())
    for key, value in zip((FREIGHT, PAVED), values, strict=True):
        clerk.figure(key, value, note=note)
    plan = plan_for(package_dir, clerk.save("又.xlsx"), as_of=day)
    assert ("form_reused" in {line.code for line in plan.questions}) == asked


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_with_answers_is_asked_about_once(package_dir, clerk, state):
    clerk.figure(FREIGHT, 523.4)
    clerk.figure(PAVED, 89.1, period=OCTOBER)
    clerk.sheet(IND).sheet_state = state
    found = codes(plan_for(package_dir, clerk.save()))
    assert found == {(address(clerk, IND, FREIGHT, "value"), "hidden_sheet")}


def test_a_figure_in_a_format_that_shows_nothing_is_hidden_too(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    clerk.cell(IND, FREIGHT, "value").number_format = ";;;"
    assert said(package_dir, clerk, IND, FREIGHT, "value") == ["hidden"]


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("道路硬化率89.1%", ["note_other_row"]),
        ("公路里程为4650公里", ["note_other_row"]),
        ("公路里程增加带动", []),
        ("物流业产值523.4亿元", []),
    ],
)
def test_a_remark_of_another_figures_row(package_dir, clerk, note, found):
    clerk.figure(FREIGHT, 523.4, note=note)
    assert said(package_dir, clerk, IND, FREIGHT, "note") == found


# --- tasks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "column", "found"),
    [
        ({"state": "已完成", "date": DAY, "note": "计划2026年完工"}, "note", ["note_belied"]),
        ({"state": "已完成", "date": DAY, "note": "预计年底前通车"}, "note", ["note_belied"]),
        ({"state": "已完成", "date": DAY, "note": "下一步加快推进主体施工"}, "note", ["note_belied"]),
        ({"state": "已完成", "date": DAY, "note": "原计划2026年完工，提前建成"}, "note", []),
        ({"state": "已完成", "date": DAY, "note": "计划2025年12月完工，已提前完成"}, "note", []),
        ({"state": "已完成", "date": DAY, "note": "按计划完成"}, "note", []),
        ({"state": "已完成", "date": DAY, "note": "下一步做好管护"}, "note", []),
        ({"state": "推进中", "planned_date": date(2058, 12, 31)}, "planned_date", ["planned_far"]),
        ({"state": "推进中", "planned_date": date(2035, 12, 31)}, "planned_date", []),
        ({"same": "1"}, "same", ["same_as_nothing"]),
    ],
)
def test_a_task_whose_row_does_not_go_together(package_dir, clerk, row, column, found):
    if row == {"same": "1"}:
        clerk.fill(TASKS, "bridge", state="推进中")
        take_in(package_dir, clerk.save())
        clerk.fill(TASKS, "bridge", state=None)
        found = ["tick_unread"]
    clerk.fill(TASKS, "bridge", **row)
    assert said(package_dir, clerk, TASKS, "bridge", column) == found


@all_of(
    "mark, asked", [("无", True), ("1", True), ("嗯", True), ("×", False), ("否", False), ("/", False), ("-", False)]
)
def test_a_mark_that_is_neither_yes_nor_no(untouched, workbooks, tmp_path_factory, mark, asked):
    made = workbooks("transport", *_ASKED)
    clerk = Clerk(made)
    clerk.path = tmp_path_factory.mktemp("marks") / "一.xlsx"
    clerk.sign()
    clerk.figure(FREIGHT, 523.4)
    clerk.fill(TASKS, "ring-road", same=mark)
    assert ("tick_unread" in {code for _at, code in codes(plan_for(untouched[0], clerk.save()))}) == asked


def test_another_day_for_an_end_and_a_cancellation_without_a_word_are_told(package_dir, clerk):
    clerk.fill(TASKS, "ring-road", state="已完成", date=date(2025, 10, 31))
    clerk.fill(TASKS, "bridge", state="取消", date=DAY)
    assert said(package_dir, clerk, TASKS, "ring-road", "date", notes=True) == ["end_moved"]
    assert said(package_dir, clerk, TASKS, "bridge", "note", notes=True) == ["cancel_reason"]
    clerk.fill(TASKS, "ring-road", note="上次日期报错")
    clerk.fill(TASKS, "bridge", note="市政府常务会议决定不再实施")
    assert not plan_for(package_dir, clerk.save()).lines


def test_a_remark_on_a_task_of_another_form_is_no_slip(package_dir, exported):
    clerk = Clerk(exported(unit="dev-reform"))
    clerk.sign()
    clerk.figure("patents|city", 880, note="道路硬化率89.1%，带动专利增长", period=OCTOBER)
    assert said(package_dir, clerk, IND, "patents|city", "note") == []


# --- problems ------------------------------------------------------------------------------------------------------

_NEW = 7


def new(clerk, row=_NEW, **more):
    """A new problem in an empty row."""
    facts = {"project": clerk.cell(PROBLEMS, "noise", "project").value, "opened": date(2025, 9, 1)}
    clerk.fill(PROBLEMS, row, **(facts | {"title": "占道施工"} | more))


@pytest.mark.parametrize("title", ["暂无问题", "本期无新增问题", "无新问题", "没有发现问题。"])
def test_no_problem_is_not_put_on_the_books(package_dir, clerk, title):
    clerk.figure(FREIGHT, 523.4)
    new(clerk, title=title)
    plan = plan_for(package_dir, clerk.save())
    assert codes(plan) == {(address(clerk, PROBLEMS, _NEW, "title"), "no_problem")}
    assert "problems" not in plan.rows


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("1", ["title_text"]),
        ("2025-09-01", ["title_text"]),
        ("噪声扰民问题", ["problem_near"]),
        ("夜间噪声扰民", ["problem_near"]),
        ("占道施工", []),
        ("无障碍设施不全", []),
        ("没有交通标志", []),
        ("夜间噪声扰民二期", ["problem_near"]),
    ],
)
def test_a_new_problem_without_a_name_or_with_anothers(package_dir, clerk, title, found):
    new(clerk, title=title)
    assert said(package_dir, clerk, PROBLEMS, _NEW, "title") == found


@pytest.mark.parametrize(
    ("title", "found"),
    [("乙县二号管网破损", []), ("甲县三号管网破损", []), ("甲县二号管网有破损", ["problem_near"])],
)
def test_a_problem_at_another_place_is_another(package_dir, clerk, title, found):
    new(clerk, title="甲县二号管网破损")
    take_in(package_dir, clerk.save())
    new(clerk, title=title)
    assert said(package_dir, clerk, PROBLEMS, _NEW, "title") == found


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("同上", ["evidence_thin"]),
        ("详见附件", ["evidence_thin"]),
        ("已解决", ["evidence_thin"]),
        ("1", ["evidence_thin"]),
        ("整改率90%", ["note_unfinished"]),
        ("计划2026年6月完成整改", ["note_belied"]),
        ("整改率100%，已验收", []),
        ("声屏障建成", []),
    ],
)
def test_what_a_solved_problem_rests_on(package_dir, clerk, note, found):
    clerk.fill(PROBLEMS, "noise", state="已解决", date=DAY, note=note)
    assert said(package_dir, clerk, PROBLEMS, "noise", "note") == found
