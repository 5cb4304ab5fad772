"""The words people really write: read where their meaning is certain, else refused with the word to use."""

from datetime import date
from decimal import Decimal

import pytest
from all_of import all_of
from forms_clerk import Clerk, figures, plan_for, returned, take_in, understood

from build_scripts.forms.grid import GridCell
from build_scripts.forms.layout import Form
from build_scripts.forms.locate import looks_like_signature, looks_like_total
from build_scripts.forms.numbers import read_number
from build_scripts.forms.period_words import counted_until, plain_period
from build_scripts.forms.periods import FormPeriod, read_period
from build_scripts.forms.reading import CellError

OCTOBER = FormPeriod(2026, 10, 1)
DONE = "已完工|竣工|已验收|建成通车|已投产|提前完成|已完成。|完成100%|100%|交付使用|已办结"
GOING = "序时推进|达到序时进度|正常推进中|按计划进行|续建|开工在建|在 建|加快推进中|常态化推进|进行中"
PLANNED = "未开工|未动工|待开工|前期阶段|筹备中|尚未实施"
STARTED = "已动工|破土动工|启动实施|已开工建设"
STOPPED = "停工|中止|暂缓实施"
CANCELLED = "终止|不再推进|撤销"
UNSEEN = "\u200b\u200d\u2060\ufeff\u00ad\u034f\ufe0f\u115f\u3164\u2800\u202a\u2066\U000e0041\x07\u17b4\ufdd0"


def state_of(package_dir, clerk: Clerk, word: str) -> str:
    clerk.fill(Form.TASKS, "bridge", state=word, date=date(2025, 10, 8))
    [answer] = understood(package_dir, clerk.save()).tasks
    return answer.state


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "state"),
    [
        (DONE, "done"),
        (GOING, "in_progress"),
        (PLANNED, "planned"),
        (STARTED, "started"),
        (STOPPED, "suspended"),
        (CANCELLED, "cancelled"),
    ],
)
def test_words_for_a_states_are_taken(package_dir, clerk, words, state):
    assert {word: state_of(package_dir, clerk, word) for word in words.split("|")} == dict.fromkeys(
        words.split("|"), state
    )


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("基本完成", "推进中"),
        ("完成80%", "推进中"),
        ("进展滞后", "暂停"),
        ("主体封顶", "推进中"),
        ("已实施", "推进中"),
        ("已立项", "计划中"),
        ("计划开工", "计划中"),
        ("部分开工", "已开工"),
        ("竣工验收", "已完成"),
        ("已完成（除绿化）", "已完成"),
        ("√", "已完成"),
        ("受阻", "暂停"),
    ],
)
def test_words_that_come_near_a_state_are_refused_with_the_one_to_choose(package_dir, clerk, word, meant):
    clerk.fill(Form.TASKS, "bridge", state=word)
    [line] = returned(package_dir, clerk.save()).lines
    where = clerk.cell(Form.TASKS, "bridge", "state").coordinate
    assert str(line) == (
        f"{clerk.path.name}：重点任务进度表!{where}：须改：“{word}”不在可选项之内，意思接近“{meant}”；"
        f"从下拉框选“{meant}”，具体情况写到进展说明里；不是这个意思的，选别的"
    )


@pytest.mark.parametrize("word", ["同上", "无变化", "无进展", "不变"])
def test_as_before_is_said_with_a_tick(package_dir, clerk, word):
    clerk.fill(Form.TASKS, "bridge", state=word)
    [line] = returned(package_dir, clerk.save()).lines
    assert line.message == f"“{word}”没有写出状态"
    assert line.hint == "和上次一样的，清空这一格，在“无变化”填“是”；不一样的，从下拉框选"


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("整改完毕", "resolved"),
        ("已完成整改", "resolved"),
        ("持续整改中", "in_progress"),
        ("长期坚持", "in_progress"),
        ("已反弹", "reopened"),
        ("交办", "open"),
    ],
)
def test_words_for_the_state_of_a_problem_are_taken(package_dir, clerk, word, state):
    clerk.fill(Form.PROBLEMS, "noise", state=word, date=date(2025, 10, 8), note="见验收单")
    assert [answer.state for answer in understood(package_dir, clerk.save()).problems] == [state]


@pytest.mark.parametrize(("word", "meant"), [("待销号", "已解决"), ("验收通过", "已销号"), ("部分整改", "整改中")])
def test_words_near_the_state_of_a_problem_are_refused_with_the_one_to_choose(package_dir, clerk, word, meant):
    clerk.fill(Form.PROBLEMS, "noise", state=word, date=date(2025, 10, 8), note="见验收单")
    [line] = returned(package_dir, clerk.save()).lines
    assert line.message == f"“{word}”不在可选项之内，意思接近“{meant}”"


@pytest.mark.parametrize(
    ("word", "status"), [("快报数据", "P"), ("年报", "A"), ("核定数", "A"), ("预计", "E"), ("初", "P")]
)
def test_words_for_the_nature_of_a_figure_are_taken(package_dir, clerk, word, status):
    clerk.figure("freight|city", 523.4, obs_status=word)
    assert [answer.obs_status for answer in understood(package_dir, clerk.save()).indicators] == [status]


NOT_YET = "———|— —|……|...|未出|数据未出|下月公布|尚未统计|待省里公布|正在核算中|不涉及|待定|？|略|年底统计|数据暂未公布"


def test_words_for_no_figure_yet_are_no_answer(package_dir, clerk):
    for word in NOT_YET.split("|"):
        clerk.figure("freight|city", word)
        clerk.figure("paved|city", 91)
        assert figures(package_dir, clerk.save()) == {("paved", "city", "2025-10"): Decimal(91)}, word


@pytest.mark.parametrize("word", ["暂无数据", "无数据", "没有数据", "缺", "撤回"])
def test_words_that_there_is_none_are_an_answer_and_take_back_what_was_said(package_dir, clerk, word):
    clerk.figure("freight|city", word, period="2025年9月", note="数据有误")
    [answer] = understood(package_dir, clerk.save()).indicators
    assert (answer.value, answer.obs_status) == (None, "M")


@all_of(
    "typed, value",
    [
        ("1 320", "1320"),
        ("1\u00a0320家", "1320"),
        ("12\u2009345\u2009678", "12345678"),
        ("1,320。", "1320"),
        ("1320家；", "1320"),
        ("零", "0"),
        *((f"13{char}20", "1320") for char in UNSEEN),
    ],
)
def test_a_figure_that_is_certain_is_read_through_what_surrounds_it(typed, value):
    assert read_number(GridCell(typed), "家", 0).value.value == Decimal(value)


@all_of(
    "typed, unit, value",
    [("第3位", "位", 3), ("全省第三", "位", 3), ("居全国第12名", "名", 12), ("百分之12.5", "%", "12.5")],
)
def test_ranks_and_percentages_in_words_are_read(typed, unit, value):
    assert read_number(GridCell(typed), unit, 1).value.value == Decimal(value)


@all_of(
    "typed, code, facts",
    [
        ("已完成1320", "number_remark", {"value": "1320"}),
        ("共1,320家", "number_remark", {"value": "1320"}),
        ("1320*", "number_remark", {"value": "1320"}),
        ("1320（初步）", "number_remark", {"value": "1320"}),
        ("1320+", "number_bound", {}),
        ("1320家起", "number_bound", {}),
        ("13 20", "number_text", {}),
        ("1320/1345", "number_text", {}),
        ("一千三百二十多", "number_text", {}),
        ("保密", "number_none", {}),
        ("√", "number_none", {}),
        ("13\ue00020", "number_characters", {"characters": "U+E000"}),
        ("3/11", "number_text", {}),
    ],
)
def test_a_figure_that_is_not_certain_is_refused_with_what_to_write(typed, code, facts):
    with pytest.raises(CellError) as caught:
        read_number(GridCell(typed), "家", 0)
    assert caught.value.code == code
    assert facts.items() <= caught.value.facts.items()


def test_characters_nobody_knows_are_named(package_dir, clerk):
    clerk.figure("freight|city", "52\ue0003.4")
    [line] = returned(package_dir, clerk.save()).lines
    assert line.message == "“52\ue0003.4”里有认不出的字符（U+E000）"
    assert line.hint == "清空这一格，重新输入数字"


@all_of(
    "words, code",
    [
        ("2026年1-10月份", "2026-01-01/P10M"),
        ("2026年1一10月", "2026-01-01/P10M"),
        ("2026年1ー10月", "2026-01-01/P10M"),
        ("2026.1-2026.10", "2026-01-01/P10M"),
        ("2026年1-10", "2026-01-01/P10M"),
        ("2026年1-10月(累计)", "2026-01-01/P10M"),
        ("2026年1月1日至10月31日", "2026-01-01/P10M"),
        ("1-3季度", "2026-01-01/P9M"),
        ("2026上半年", "2026-01-01/P6M"),
        ("本期", "2026-10"),
        ("今年10月", "2026-10"),
        ("26年10月", "2026-10"),
        ("202610", "2026-10"),
        ("2026年10月(当月)", "2026-10"),
        ("三季度", "2026-Q3"),
        ("Q3", "2026-Q3"),
        ("去年", "2025"),
        ("2025全年", "2025"),
        ("2025年末", "2025"),
    ],
)
def test_words_for_a_period_are_read(words, code):
    assert counted_until(words, OCTOBER) is None
    assert read_period(plain_period(words, OCTOBER), 2026) == code


@all_of(
    "words, day",
    [
        ("截至10月", date(2026, 10, 31)),
        ("截止到10月底", date(2026, 10, 31)),
        ("截至2026年9月30日", date(2026, 9, 30)),
        ("到10月末", date(2026, 10, 31)),
        ("2026年10月31日", date(2026, 10, 31)),
        ("2026-10-31", date(2026, 10, 31)),
        ("三季度末", date(2026, 9, 30)),
    ],
)
def test_words_for_up_to_a_day_are_read(words, day):
    assert counted_until(words, OCTOBER) == day


@all_of("words", ["截至目前", "今年以来", "年中", "10月上旬", "10/31", "本月", "本季度", "截至10月15日", "10月累计"])
def test_words_that_name_no_period_are_refused(words):
    assert counted_until(words, OCTOBER) is None
    assert read_period(plain_period(words, OCTOBER), 2026) is None


@pytest.mark.parametrize(
    ("words", "period"),
    [("截至10月", "2021-01-01/P58M"), ("2025年10月31日", "2021-01-01/P58M"), ("2025年1月—10月", "2025-01-01/P10M")],
)
def test_up_to_october_is_what_the_series_means_by_it(package_dir, clerk, words, period):
    clerk.figure("invest|city", 31, period=words)
    plan = take_in(package_dir, clerk.save())
    assert [(row["indicator_id"], row["period"]) for row in plan.rows["observations"]] == [("invest", period)]


SUMS = "全市合计|合 计|合计：|小计|九县市合计|各县市区合计|市本级小计|共计5项|其中：|合计（全市）|以下空白"
SIGNED = "审核人|审核人：王五|审核：王五|分管领导签字：|主要领导（签字）：|单位（盖章）：|填报时间：2026.11.5|（盖章）"
NEITHER = "高新技术企业|累计完成投资|单位产值能耗|审批事项|全市森林覆盖率|领导班子建设|联系点建设"


def test_sums_remarks_and_signatures_are_told_from_names():
    assert [word for word in SUMS.split("|") if not looks_like_total(word, known=False)] == []
    assert [word for word in SIGNED.split("|") if not looks_like_signature(word)] == []
    both = [word for word in NEITHER.split("|") if looks_like_total(word, known=False) or looks_like_signature(word)]
    assert both == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("九县市合计", 999, "合计或说明行不收录"),
        ("审核人：王五", "2025.11.5", "“审核人：王五”是签署或说明，不收录"),
    ],
)
def test_rows_that_are_no_answer_are_said_and_left_out(package_dir, clerk, name, value, said):
    clerk.figure("freight|city", 523.4)
    sheet = clerk.sheet(Form.INDICATORS)
    row = clerk.row(Form.INDICATORS, "length|city") + 2
    sheet.cell(row, Form.INDICATORS.letter("name")).value = name
    sheet.cell(row, Form.INDICATORS.letter("value")).value = value
    plan = plan_for(package_dir, clerk.save())
    assert [line.message for line in plan.lines] == [said]
    assert [row["value"] for row in plan.rows["observations"]] == ["523.4"]
