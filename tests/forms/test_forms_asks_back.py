"""The workbook asks back: every prefilled cell is read again, what is not read is said, what is doubtful is asked."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from forms_clerk import NEW_PROBLEM_ROW, Clerk, address, codes, figures, plan_for, take_in
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from test_forms_cli import run

from build_scripts.forms.layout import HEADER_ROW, Form

FREIGHT, PAVED, LENGTH, PARTS = "freight|city", "paved|city", "length|city", "paved|county-a"
WORDS = {
    "REAL": "填实际的数；不知道确切数的，“数据性质”选“暂无数据”，在“备注”说明",
    "PLAIN": "只填数字，说明写到“备注”；只有估算的，填估算的数，“数据性质”选“估算数”",
    "OLD": "要更正以前的数，在“数据所属期”选当时的时期，数填在“本期数值”",
    "MEND": "换算成亿元再填，并把计量单位改回“亿元”",
    "STILL": "收表不改这一格；这一行说的仍是",
    "OR": "的，改回去或填“已核对”，不是的，请填在对应的行里",
}
IND, TASKS, PROBLEMS = Form.INDICATORS, Form.TASKS, Form.PROBLEMS


def lines(package_dir, clerk: Clerk, **more) -> list[tuple[str, str, str]]:
    """(cell, level, message) of every line."""
    return [
        (line.where, str(line.severity), line.message) for line in plan_for(package_dir, clerk.save(), **more).lines
    ]


def one(package_dir, clerk: Clerk) -> tuple[str, str, str]:
    [line] = plan_for(package_dir, clerk.save()).lines
    return line.where, str(line.severity), f"{line.message}；{line.hint}"


def cell_time(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)


# --- prefilled cells -----------------------------------------------------------------------------------------------


def test_an_untouched_form_asks_nothing(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    clerk.fill(TASKS, "bridge", state="推进中")
    clerk.fill(PROBLEMS, "noise", state="整改中")
    assert not take_in(package_dir, clerk.save()).lines


@pytest.mark.parametrize(
    ("column", "written", "level", "said"),
    [
        (
            "unit",
            "万元",
            "error",
            "计量单位改成了“万元”，原来是“亿元”；本期数值 523.4 按“万元”算，折合0.05234亿元；{MEND}",
        ),
        (
            "unit",
            "架次",
            "error",
            "计量单位改成了“架次”，原来是“亿元”；本期数值 523.4 按“架次”算；{MEND}",
        ),
        (
            "region",
            "甲县",
            "error",
            "“地区”改成了“甲县”，原来是“测试市”；{STILL}“测试市”{OR}",
        ),
        (
            "name",
            "物流业增加值",
            "check",
            "名称“物流业增加值”与原来的“物流业产值”不同，已按原来的收录；请不要改动名称列",
        ),
        (
            "goal",
            "2025年≥400亿元",
            "check",
            "“目标要求”改成了“2025年≥400亿元”，原来是“2025年≥600亿元”；{STILL}“2025年≥600亿元”{OR}",
        ),
        (
            "due",
            "2030年",
            "check",
            "“完成时限”改成了“2030年”，原来是“2025年”；{STILL}“2025年”{OR}",
        ),
        (
            "last_value",
            510,
            "note",
            "“上次数值”里改填的“510”（原来是“500”）没有读；{OLD}",
        ),
    ],
)  # fmt: skip
def test_a_changed_cell_is_told_with_both_values(package_dir, clerk, column, written, level, said):
    clerk.figure(FREIGHT, 523.4)
    clerk.fill(IND, FREIGHT, **{column: written})
    assert one(package_dir, clerk) == (address(clerk, IND, FREIGHT, column), level, said.format(**WORDS))


def test_a_changed_place_is_asked_about_on_forms_that_kept_nothing(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    sheet = clerk.book["_表单信息"]
    sheet.delete_cols(10, sheet.max_column)
    clerk.fill(IND, FREIGHT, unit="万元", last_value=777)
    assert codes(plan_for(package_dir, clerk.save())) == {
        (address(clerk, IND, FREIGHT, "unit"), "unit_changed"),
        (address(clerk, IND, FREIGHT, "last_value"), "cell_not_read"),
    }


def test_a_key_that_was_changed_is_asked_about(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    row = clerk.row(IND, FREIGHT)
    clerk.sheet(IND).cell(row, 1).value = LENGTH
    assert codes(plan_for(package_dir, clerk.save())) == {(address(clerk, IND, row, "name"), "row_mixed_up")}


def test_a_figure_written_over_the_last_one_is_said_even_where_nothing_else_is_filled(package_dir, clerk):
    clerk.figure(PAVED, 90)
    clerk.fill(IND, FREIGHT, last_value=523.4)
    where = address(clerk, IND, FREIGHT, "last_value")
    assert lines(package_dir, clerk) == [(where, "note", "“上次数值”里改填的“523.4”（原来是“500”）没有读")]
    assert set(figures(package_dir, clerk.path)) == {("paved", "city", "2025-10")}


def test_the_facts_of_a_known_problem_are_not_changed_by_a_form(package_dir, clerk):
    clerk.fill(PROBLEMS, "noise", state="整改中", title="噪声扰民（虚构）及扬尘")
    assert codes(plan_for(package_dir, clerk.save())) == {(address(clerk, PROBLEMS, "noise", "title"), "cell_changed")}


def test_a_title_of_another_month_is_asked_about(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4, period="2025年10月")
    for form in Form:
        title = clerk.sheet(form)["B1"]
        title.value = title.value.replace("10月", "11月")
    assert lines(package_dir, clerk) == [
        (f"{form.sheet}!B1", "error", "这里写的是2025年11月，但这份表单是2025年10月的（表单信息）")
        for form in (IND, TASKS, PROBLEMS)
    ]


def test_a_unit_of_measure_that_has_changed_since_is_asked_about(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    sheet = clerk.book["_表单信息"]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == "unit:亿元":
                cell.value = "unit:万元"
    assert (address(clerk, IND, FREIGHT, "unit"), "unit_since_changed") in codes(plan_for(package_dir, clerk.save()))


# --- what is not read ----------------------------------------------------------------------------------------------


def test_figures_in_a_column_put_in_are_listed_cell_by_cell(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    sheet = clerk.sheet(IND)
    column = Form.INDICATORS.letter("checked") + 1
    sheet.cell(HEADER_ROW, column).value = "1—10月累计"
    sheet.cell(clerk.row(IND, FREIGHT), column).value = 5000
    sheet.cell(clerk.row(IND, LENGTH), column).value = 46
    sheet.cell(clerk.row(IND, LENGTH), column + 1).value = "见附件"
    assert lines(package_dir, clerk) == [
        (f"{IND.sheet}!T7", "note", "“5000”没有读：“1—10月累计”不是表单的列"),
        (f"{IND.sheet}!T10", "note", "“46”没有读：“1—10月累计”不是表单的列"),
        (f"{IND.sheet}!U10", "note", "“见附件”没有读：这里不是表单的列"),
    ]


def test_many_unread_cells_are_counted(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    extra = clerk.book.create_sheet("底稿")
    for row in range(1, 41):
        extra.cell(row, 1).value = row
    found = lines(package_dir, clerk)
    assert len(found) == 31
    assert ("底稿", "note", "另有10格也没有读") in found
    assert ("底稿!A1", "note", "工作表“底稿”里的“1”没有读") in found


def test_comments_and_what_is_struck_through_are_not_read(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    clerk.figure(PAVED, 91)
    clerk.cell(IND, FREIGHT, "value").comment = Comment("含快递业", "王五")
    clerk.cell(IND, PAVED, "value").font = Font(strike=True)
    plan = plan_for(package_dir, clerk.save())
    assert {(line.where, line.message) for line in plan.lines} == {
        (address(clerk, IND, FREIGHT, "value"), "批注“含快递业”没有读"),
        (address(clerk, IND, PAVED, "value"), "“91”划去了，没有读"),
    }
    assert {row["indicator_id"] for row in plan.rows["observations"]} == {"freight"}


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("name", "全市合计", "row_total"),
        ("name", "合计：", "row_total"),
        ("name", "注：以上为快报数", "row_total"),
        ("value", "审核人：王五", "row_signature"),
        ("note", "单位负责人（签字）：", "row_signature"),
    ],
)
def test_totals_remarks_and_signatures_are_said_and_left_out(package_dir, clerk, column, text, code):
    clerk.figure(FREIGHT, 523.4)
    row = clerk.sheet(IND).max_row + 1
    clerk.fill(IND, row, **({"value": 9999} | {column: text} if column == "name" else {column: text}))
    assert codes(plan_for(package_dir, clerk.save())) == {(address(clerk, IND, row, column), code)}


# --- numbers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["\u202d523.4\u202c", "\ufeff523.4", "523.4\u3000", "5\u200b23.4", "523.4\u2060亿元"])
def test_invisible_characters_do_no_harm(package_dir, clerk, typed):
    clerk.figure(FREIGHT, typed)
    assert figures(package_dir, clerk.save()) == {("freight", "city", "2025-10"): Decimal("523.4")}


@pytest.mark.parametrize("typed", ["———", "－", "——", "未出", "暂未统计", "不涉及", "/", "尚未公布"])
def test_more_marks_for_nothing_to_report_are_blanks(package_dir, clerk, typed):
    clerk.figure(FREIGHT, 523.4)
    clerk.figure(PAVED, typed)
    assert set(figures(package_dir, clerk.save())) == {("freight", "city", "2025-10")}


@pytest.mark.parametrize(
    ("key", "typed", "number"),
    [(LENGTH, "4650km", "4650"), (FREIGHT, "5.234E2", "523.4"), (FREIGHT, "５２３．４亿元", "523.4")],
)
def test_more_ways_to_write_a_number(package_dir, clerk, key, typed, number):
    clerk.figure(key, typed, period="2025年10月")
    assert list(figures(package_dir, clerk.save()).values()) == [Decimal(number)]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("持平", "“持平”没有写出数；与上期相同的，也请填这一期的数"),
        ("≥520", "“≥520”是一个界限，不是确定的数；{REAL}"),
        ("520亿元以上", "“520亿元以上”是一个界限，不是确定的数；{REAL}"),
        ("同比增长8.3%", "“同比增长8.3%”说的是增减，不是数值本身；这里填数值；增速填到“同比增长（%）”列"),
        ("▲5", "“▲5”看不出是正数还是负数；负数写成 -5，正数写成 5"),
        ("(5)", "“(5)”看不出是正数还是负数；负数写成 -5，正数写成 5"),
        ("520亿元（含快递）", "“520亿元（含快递）”里除了数还有说明；这一格只填 520，说明写到“备注”"),
        ("520；已完成", "“520；已完成”里除了数还有说明；这一格只填 520，说明写到“备注”"),
        ("5-6", "“5-6”不是一个确定的数；{PLAIN}"),
        ("480余", "“480余”不是一个确定的数；{PLAIN}"),
    ],
)  # fmt: skip
def test_words_instead_of_a_number_are_answered_with_what_to_write(package_dir, clerk, typed, said):
    clerk.figure(FREIGHT, typed)
    assert one(package_dir, clerk) == (address(clerk, IND, FREIGHT, "value"), "error", said.format(**WORDS))


@pytest.mark.parametrize(
    ("stored", "number_format", "shown"),
    [(523.449000001, "0.0", "523.4"), (523.449, "#,##0.00", "523.45"), (523.6, "0", "524"), (523.4, "0.00_ ", None)],
)
def test_what_is_shown_is_offered_where_more_is_stored(package_dir, clerk, stored, number_format, shown):
    cell = clerk.cell(IND, FREIGHT, "value")
    cell.value, cell.number_format = stored, number_format
    path = clerk.save()
    plan = plan_for(package_dir, path)
    if shown is None:
        assert not plan.lines
        return
    assert [(line.code, line.message) for line in plan.questions] == [
        ("number_shown", f"看到的是 {shown}亿元，存的是 {Decimal(str(stored))}；按看到的收录")
    ]
    plan = take_in(package_dir, path, accept=[cell.coordinate])
    assert [row["value"] for row in plan.rows["observations"]] == [shown]


@pytest.mark.parametrize("number_format", ['0!.0,"万"', "0.0,", '0.00,,"百万"', '0"."0,'])
def test_a_format_that_shows_another_number_is_refused(package_dir, clerk, number_format):
    cell = clerk.cell(IND, FREIGHT, "value")
    cell.value, cell.number_format = 5234000, number_format
    assert (address(clerk, IND, FREIGHT, "value"), "number_scaled") in codes(plan_for(package_dir, clerk.save()))


def test_a_percent_shown_with_fewer_places_is_asked_about(package_dir, clerk):
    cell = clerk.cell(IND, PAVED, "value")
    cell.value, cell.number_format = 0.90549, "0.0%"
    [line] = plan_for(package_dir, clerk.save()).questions
    assert line.message == "看到的是 90.5%，存的是 90.549；按看到的收录"


def test_a_partly_struck_text_offers_what_is_left(package_dir, clerk):
    rich = CellRichText(TextBlock(InlineFont(strike=True), "480"), "523.4")
    clerk.cell(IND, FREIGHT, "value").value = rich
    path = clerk.save()
    [line] = plan_for(package_dir, path).questions
    assert str(line).partition("请核对：")[2] == (
        "“480523.4”有一部分划去了；按没有划去的 523.4亿元 收录；无误的，填“已核对”；否则清空重填"
    )
    plan = take_in(package_dir, path, accept=[line.cell])
    assert [row["value"] for row in plan.rows["observations"]] == ["523.4"]


def test_rich_text_without_anything_struck_is_plain(package_dir, clerk):
    clerk.cell(IND, FREIGHT, "value").value = CellRichText(TextBlock(InlineFont(b=True), "523"), ".4")
    assert figures(package_dir, clerk.save()) == {("freight", "city", "2025-10"): Decimal("523.4")}


# --- days and periods ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("截至10月", "2025-10"),
        ("截至2025年10月底", "2025-10"),
        ("2025年1-10月份", "2025-01-01/P10M"),
        ("1—10月份累计", "2025-01-01/P10M"),
        ("\u202d2025年10月\u202c", "2025-10"),
        (2025.11, None),
        (2025.09, "2025-09"),
    ],
)
def test_more_ways_to_write_a_period(package_dir, clerk, typed, code):
    clerk.figure(FREIGHT, 490, period=typed)
    plan = plan_for(package_dir, clerk.save())
    if code is None:
        assert codes(plan) == {(address(clerk, IND, FREIGHT, "period"), "period_future")}
    else:
        assert [row["period"] for row in plan.rows["observations"]] == [code]


def test_up_to_a_month_means_the_accumulation_of_a_series_that_accumulates(package_dir, clerk):
    clerk.figure("invest|city", 40, period="截至10月")
    assert set(figures(package_dir, clerk.save())) == {("invest", "city", "2021-01-01/P58M")}


def test_a_number_may_have_lost_the_nought_of_october(package_dir, clerk, exported):
    clerk.figure(FREIGHT, 523.4, period=2025.1)
    path = clerk.save()
    [line] = plan_for(package_dir, path).questions
    assert str(line).partition("请核对：")[2] == (
        "“2025.1”可能是2025年1月，也可能是2025年10月（表格会去掉末尾的0）；按2025年10月收录；无误的，填“已核对”；否则从下拉框选"
    )
    plan = take_in(package_dir, path, accept=[line.cell])
    assert [row["period"] for row in plan.rows["observations"]] == ["2025-10"]
    clerk.figure(FREIGHT, 523.4, period=2024.1)
    assert codes(plan_for(package_dir, clerk.save("二.xlsx"))) == {
        (address(clerk, IND, FREIGHT, "period"), "period_nought")
    }


def test_a_planned_month_may_have_lost_its_nought(package_dir, clerk):
    clerk.fill(TASKS, "bridge", state="推进中", planned_date=2027.1)
    assert codes(plan_for(package_dir, clerk.save())) == {
        (address(clerk, TASKS, "bridge", "planned_date"), "date_of_year")
    }
    clerk.cell(TASKS, "bridge", "planned_date").number_format = "General"
    assert one(package_dir, clerk) == (
        address(clerk, TASKS, "bridge", "planned_date"),
        "error",
        "“2027.1”可能是2027年1月，也可能是2027年10月（表格会去掉末尾的0）；写成“2027年10月”或“2027年1月”",
    )


def test_a_bare_number_in_a_workbook_of_1904_is_asked_about(package_dir, clerk):
    clerk.book.epoch = CALENDAR_MAC_1904
    clerk.fill(TASKS, "bridge", state="已开工")
    cell = clerk.cell(TASKS, "bridge", "date")
    cell.value, cell.number_format = 44476, "General"
    path = clerk.save()
    found = [line for line in plan_for(package_dir, path).lines if line.code != "date_year"]
    assert [line.message for line in found] == [
        "“44476”没有写成日期；这个文件从1904年起算，是 2025-10-08，在别的文件里是 2021-10-07；按 2025-10-08 收录"
    ]
    plan = take_in(package_dir, path, accept=[cell.coordinate])
    assert [row["date"] for row in plan.rows["task_events"]] == ["2025-10-08"]


def test_a_day_before_the_plan_is_asked_about(package_dir, clerk):
    clerk.fill(TASKS, "bridge", state="已开工", date=date(2015, 10, 8))
    clerk.fill(PROBLEMS, NEW_PROBLEM_ROW, project="道路", title="征地滞后", opened=date(2015, 3, 1))
    plan = plan_for(package_dir, clerk.save())
    assert codes(plan) == {
        (address(clerk, TASKS, "bridge", "date"), "date_before_plan"),
        (address(clerk, PROBLEMS, NEW_PROBLEM_ROW, "opened"), "date_before_plan"),
    }
    assert plan.questions[0].message.endswith("早于规划印发日 2021-03-01")


def test_an_end_planned_before_the_state_began_is_asked_about(package_dir, clerk):
    clerk.fill(TASKS, "bridge", state="推进中", planned_date=date(2025, 6, 30))
    assert codes(plan_for(package_dir, clerk.save())) == {
        (address(clerk, TASKS, "bridge", "planned_date"), "planned_past")
    }


@pytest.mark.parametrize(
    "note",
    ["尚未完工，完成80%", "主体已完成，附属工程还没有竣工", "未全部建成", "工程进度 95.5%", "完成投资的80％"],
)
def test_a_remark_that_says_unfinished_beside_done_is_asked_about(package_dir, clerk, note):
    clerk.fill(TASKS, "bridge", state="已完成", date=date(2025, 10, 1), note=note)
    plan = plan_for(package_dir, clerk.save())
    assert codes(plan) == {(address(clerk, TASKS, "bridge", "note"), "note_unfinished")}
    assert plan.questions[0].message.startswith("状态是“已完成”，说明里却有“")


@pytest.mark.parametrize("note", ["完成率100%", "完成绿化35公顷，绿地率36%", "全部完工，验收合格", "工期比计划短5%"])
def test_a_remark_that_says_finished_is_not(package_dir, clerk, note):
    clerk.fill(TASKS, "bridge", state="已完成", date=date(2025, 10, 1), note=note)
    assert not plan_for(package_dir, clerk.save()).lines


def test_a_problem_solved_with_a_remark_that_says_otherwise_is_asked_about(package_dir, clerk):
    clerk.fill(PROBLEMS, "noise", state="已解决", date=date(2025, 10, 1), note="隔声屏尚未完成")
    assert codes(plan_for(package_dir, clerk.save())) == {
        (address(clerk, PROBLEMS, "noise", "note"), "note_unfinished")
    }


def test_an_end_still_to_come_beside_done_is_asked_about(package_dir, clerk):
    clerk.fill(TASKS, "bridge", state="已完成", date=date(2025, 10, 1), planned_date=date(2026, 3, 1))
    assert codes(plan_for(package_dir, clerk.save())) == {
        (address(clerk, TASKS, "bridge", "planned_date"), "planned_after_done")
    }
    clerk.fill(TASKS, "bridge", planned_date=date(2025, 9, 30))
    assert not plan_for(package_dir, clerk.save()).lines


# --- words ---------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("已完工", "done"),
        ("已竣工", "done"),
        ("建成投用", "done"),
        ("序时推进", "in_progress"),
        ("按计划推进", "in_progress"),
        ("有序推进", "in_progress"),
        ("持续推进", "in_progress"),
        ("前期工作", "planned"),
        ("尚未开工", "planned"),
        ("新开工", "started"),
        ("缓建", "suspended"),
        ("\u202d推进中\u202c", "in_progress"),
    ],
)
def test_the_words_people_write_for_a_state(package_dir, clerk, typed, state):
    clerk.fill(TASKS, "bridge", state=typed, date=date(2025, 10, 8))
    plan = plan_for(package_dir, clerk.save())
    assert [row["state"] for row in plan.rows["task_events"]] == [state]


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("基本完成", "推进中"),
        ("部分完成", "推进中"),
        ("完成80%", "推进中"),
        ("正常", "推进中"),
        ("已立项", "计划中"),
        ("进展滞后", "暂停"),
    ],
)
def test_words_that_are_not_certain_are_refused_with_the_word_to_use(package_dir, clerk, typed, word):
    clerk.fill(TASKS, "bridge", state=typed, date=date(2025, 10, 8))
    assert one(package_dir, clerk) == (
        address(clerk, TASKS, "bridge", "state"),
        "error",
        f"“{typed}”不在可选项之内，意思接近“{word}”；从下拉框选“{word}”，具体情况写到进展说明里；不是这个意思的，选别的",
    )


def test_notes_and_titles_lose_what_nobody_sees(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4, note="\u202e快报\u200b数\ufdd0")
    plan = plan_for(package_dir, clerk.save())
    assert plan.rows["observations"][0]["note"] == "快报数"


def test_only_what_must_be_seen_to_goes_back_marked(package_dir, clerk, tmp_path):
    clerk.figure(FREIGHT, 523.4)
    clerk.cell(IND, FREIGHT, "value").comment = Comment("含快递业", "王五")
    result: Any = run("ingest", "--yes", clerk.save(), "--marked", tmp_path / "退回", package=package_dir)
    assert result.exit_code == 0, result.output
    assert "提示：批注“含快递业”没有读" in result.output
    assert not (tmp_path / "退回").exists()
