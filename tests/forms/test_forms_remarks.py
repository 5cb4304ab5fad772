"""What a remark says of its figure or state against what the row says: asked about; what only sounds so is not."""

import re
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from all_of import all_of
from forms_clerk import AS_OF, Clerk, address, codes, plan_for, take_in

from build_scripts.core.language import speaking
from build_scripts.forms.asked import ask_belied, ask_other_row
from build_scripts.forms.layout import Form
from build_scripts.forms.periods import FormPeriod
from build_scripts.forms.remarks import belied
from build_scripts.forms.submission import IndicatorAnswer, Place
from build_scripts.locale import t

FREIGHT, LENGTH, INVEST, PARTS = "freight|city", "length|city", "invest|city", "paved|county-a"
PHRASES = tomllib.loads((Path(__file__).parent / "data" / "remarks.toml").read_text(encoding="utf-8"))
IND, TASKS, PROBLEMS = Form.INDICATORS, Form.TASKS, Form.PROBLEMS
SPAN = "2021年1月—2025年10月"


def questions(package_dir, clerk, key, note, **row) -> list[tuple[str, str]]:
    """The questions at the remark of a figure: (code, what was found)."""
    clerk.figure(key, row.pop("value", 523.4), note=note, **row)
    where = address(clerk, IND, key, "note")
    plan = plan_for(package_dir, clerk.save())
    return [(line.code, line.message) for line in plan.questions if line.where == where]


def test_a_remark_in_another_unit_is_asked_about_and_can_be_answered(package_dir, clerk):
    assert questions(package_dir, clerk, FREIGHT, "单位：万元") == [
        ("remark_unit", "备注里写的是“单位：万元”，这一项的计量单位是亿元，填的是 523.4亿元")
    ]
    [line] = plan_for(package_dir, clerk.save()).questions
    assert line.hint == "填成别的单位的，换算成亿元再填；没有填错的，改备注，或填“已核对”"
    clerk.figure(FREIGHT, 523.4, checked="是")
    plan = take_in(package_dir, clerk.save())
    assert plan.rows["observations"][0]["note"] == "单位：万元"
    assert "备注里写的是“单位：万元”" in plan.rows["sources"][0]["note"]
    again = plan_for(package_dir, clerk.save())
    assert not again.questions
    assert not again.rows


@pytest.mark.parametrize(
    ("key", "note", "row", "code"),
    [
        (FREIGHT, "全年预计数", {"period": "2024年"}, "remark_estimate"),
        (FREIGHT, "快报数", {"obs_status": "正式数"}, "remark_preliminary"),
        (FREIGHT, "1—6月累计", {"period": "2024年"}, "remark_period"),
        (FREIGHT, "年度目标数", {}, "remark_planned"),
        (INVEST, "10月当月数", {"value": 40, "period": SPAN}, "remark_period"),
        (INVEST, "1—10月累计", {"value": 40, "period": SPAN}, "remark_period"),
        (FREIGHT, "沿用上年数", {}, "remark_period"),
        (PARTS, "全市数", {"value": 88}, "remark_place"),
        (FREIGHT, "不含乙县", {}, "remark_part"),
        (FREIGHT, "同比下降3.2%", {"yoy": 3.2}, "remark_growth"),
        (LENGTH, "暂无数据", {"value": 0}, "remark_no_data"),
    ],
)
def test_each_kind_of_contradiction_is_asked_about(package_dir, clerk, key, note, row, code):
    assert [each for each, _said in questions(package_dir, clerk, key, note, **row)] == [code]


# --- the phrases ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def told(untouched):
    """`told(note, …)` → the codes of what a remark says against a figure."""

    def make(note, *, key=("freight", "city"), period="2024", status="A", yoy=None, value="523.4"):
        form = FormPeriod(2025, 10, 1)
        growth = Decimal(yoy) if yoy else None
        answer = IndicatorAnswer(key, "", period, Decimal(value), status, growth, value, note, Place("", 0))
        return [each.code for each in belied(untouched[1], answer, status, form)]

    return make


@all_of("code, note", [(code, note) for code, notes in PHRASES.items() if code != "innocent" for note in notes])
def test_what_a_clerk_writes_by_mistake(told, code, note):
    period = "2025-01-01/P10M" if note in {"沿用上年数", "去年同期数"} else "2024"
    assert told(note, period=period) == [code]


@all_of("note", PHRASES["innocent"])
def test_what_only_sounds_like_a_contradiction(told, note):
    assert told(note, yoy="8.3") == []


@all_of(
    "note, row, said",
    [
        ("快报数", {"status": "P"}, []),
        ("初步核算数", {"status": "E"}, []),
        ("预计数", {"status": "E"}, []),
        ("预计数", {"status": "P"}, ["remark_estimate"]),
        ("全年预计可达600亿元", {"period": "2025-10"}, []),
        ("不含甲县", {"status": "D"}, []),
        ("10月", {"period": "2025-10"}, []),
        ("1—10月", {"period": "2025-10"}, []),  # a level: what it was at the end of October
        ("上半年", {"period": "2025-06"}, []),
        ("去年数", {"period": "2024"}, []),
        ("上月数", {"period": "2025-09"}, []),
        ("上月数", {"period": "2025-10"}, ["remark_period"]),
        ("1—10月", {"key": ("invest", "city"), "period": "2025-10", "value": "4"}, ["remark_period"]),
        ("2021年以来累计", {"key": ("invest", "city"), "period": "2021-01-01/P58M", "value": "40"}, []),
        ("累计数", {"key": ("invest", "city"), "period": "2021-01-01/P58M", "value": "40"}, []),
        ("累计数", {"key": ("invest", "city"), "period": "2025-10", "value": "4"}, ["remark_period"]),
        ("截至10月底", {"key": ("invest", "city"), "period": "2021-01-01/P58M", "value": "40"}, []),
        ("甲县数据", {"key": ("paved", "county-a"), "value": "88"}, []),
        ("全市数", {"key": ("paved", "county-a"), "value": "88"}, ["remark_place"]),
        ("单位：%", {"key": ("paved", "city"), "value": "88"}, []),
        ("单位：米", {"key": ("length", "city"), "value": "4700"}, ["remark_unit"]),
        ("单位：千米", {"key": ("length", "city"), "value": "4700"}, []),
        ("同比下降3.2%", {"yoy": "3.2"}, ["remark_growth"]),
        ("同比下降3.2%", {"yoy": "-3.2"}, []),
        ("比上年增长3.2%", {"yoy": "2.3"}, ["remark_growth"]),
        ("同比增长3.24%", {"yoy": "3.2"}, []),
        ("同比增长8%左右", {"yoy": "8.3"}, []),
        ("同比增长8%左右", {"yoy": "8.8"}, ["remark_growth"]),
        ("初步核算后最终核实数", {}, []),
        ("没有统计误差", {"value": "0"}, []),
        ("其中农业同比下降3.2%", {"yoy": "3.2"}, []),
        ("暂无数据", {"value": "0"}, ["remark_no_data"]),
        ("尚未统计", {"value": "0"}, ["remark_no_data"]),
        ("无新增", {"value": "0"}, []),
        ("单位：万元；全年预计数", {}, ["remark_unit", "remark_estimate"]),
    ],
)
def test_what_a_remark_says_depends_on_the_row(told, note, row, said):
    assert told(note, **row) == said


@all_of(
    "note, row, said",
    [
        ("unit: £ thousand", {}, ["remark_unit"]),
        ("in thousands", {}, ["remark_unit"]),
        ("estimate", {}, ["remark_estimate"]),
        ("this is a forecast", {}, ["remark_estimate"]),
        ("earlier than forecast", {}, []),
        ("provisional figure", {}, ["remark_preliminary"]),
        ("provisional figure", {"status": "P"}, []),
        ("the provisional figure was 520", {}, []),
        ("planned figure", {}, ["remark_planned"]),
        ("last year’s figure", {"period": "2025-10"}, ["remark_period"]),
        ("first half of the year", {}, ["remark_period"]),
        ("2023", {}, ["remark_period"]),
        ("2024", {}, []),
        ("ahead of plan", {}, []),
        ("down 3.2% on a year before", {"yoy": "3.2"}, ["remark_growth"]),
        ("no data yet", {"value": "0"}, ["remark_no_data"]),
    ],
)
def test_english_remarks_are_read_too(told, note, row, said):
    with speaking("en"):
        assert told(note, **row) == said


HINTS = ("remark_estimate", "remark_preliminary", "remark_place", "remark_part", "remark_no_data", "zero_after")


@all_of("code, tongue", [(code, tongue) for code in HINTS for tongue in ("zh", "en")])
def test_hints_name_the_choices_as_the_form_does(code, tongue):
    with speaking(tongue):
        named = set(re.findall("[“‘](.*?)[”’]", t(f"forms_lines.{code}.do", place="x")))
        columns = {t(f"forms.column.indicators.{column}") for column in ("obs_status", "checked", "value", "note")}
        kinds = {t(f"forms.obs_status.{kind}") for kind in "APEDBM"}
        assert named & kinds
        assert named <= kinds | columns


# --- states --------------------------------------------------------------------------------------------------------


def step(package_dir, clerk, state, note, key="bridge"):
    clerk.fill(TASKS, key, state=state, date=date(2025, 10, 1), note=note)
    return codes(plan_for(package_dir, clerk.save()))


@pytest.mark.parametrize(
    ("state", "note"),
    [
        ("计划中", "已开工，完成土方工程"),
        ("推进中", "项目已竣工"),
        ("推进中", "已全部完成"),
        ("推进中", "因资金问题已停工"),
        ("暂停", "按计划推进"),
        ("已开工", "已取消"),
        ("已完成", "正在施工"),
    ],
)
def test_a_remark_against_the_state_of_a_task_is_asked_about(package_dir, clerk, state, note):
    assert {(address(clerk, TASKS, "bridge", "note"), "note_belied")} <= step(package_dir, clerk, state, note)


@pytest.mark.parametrize(
    ("state", "note"),
    [
        ("计划中", "已完成可研批复，计划12月开工"),
        ("推进中", "主体已完工，正在装修"),
        ("推进中", "已完成投资3亿元"),
        ("推进中", "一期已竣工，二期建设中"),
        ("推进中", "此前停工，现已复工"),
        ("暂停", "待用地批复后按计划推进"),
        ("已完成", "比预计提前完工"),
        ("已完成", "已竣工，正在办理结算"),
        ("推进中", "未停工"),
        ("推进中", "已全部完成，正在验收"),
    ],
)
def test_a_remark_that_goes_with_the_state_is_not(package_dir, clerk, state, note):
    assert not {code for _at, code in step(package_dir, clerk, state, note)} & {"note_belied", "note_unfinished"}


@pytest.mark.parametrize(
    ("state", "note", "asked"),
    [
        ("已解决", "东侧点位正在整改", True),
        ("整改中", "已整改完成", True),
        ("整改中", "3处已解决，其余整改中", False),
        ("已解决", "已整改到位，有验收意见", False),
    ],
)
def test_a_remark_against_the_state_of_a_problem_is_asked_about(package_dir, clerk, state, note, asked):
    clerk.fill(PROBLEMS, "noise", state=state, date=date(2025, 10, 1), note=note)
    found = {code for _at, code in codes(plan_for(package_dir, clerk.save()))}
    assert ("note_belied" in found) == asked


class Told:
    """Stands for the reader of a sheet with some names: keeps what is asked."""

    def __init__(self, *names):
        self.names, self.codes = names, []

    def rows(self):
        return range(len(self.names))

    def text(self, row, _column):
        return self.names[row]

    def line(self, code, *_at, **_facts):
        self.codes.append(code)


STATES = {
    "task": {
        "done": [
            "已完成，没有未完成事项",
            "年度任务已完成；计划2026年3月完成竣工决算",
            "全线通车，下一步将推进沿线景观建设",
            "施工中克服了雨季影响，9月底完工",
            "已完成总体规划编制，预计明年1月报省政府批复",
        ],
        "in_progress": [
            "已建成，待验收",
            "2个标段已停工，其余正常施工",
            "已取消收费站前置审批，进度加快",
            "已终止原施工合同，重新招标中",
        ],
        "suspended": ["因用地问题暂停，其他标段正常施工", "按计划推进前期手续"],
        "cancelled": ["按计划推进替代项目"],
    },
    "problem": {
        "resolved": ["后续推进中发现的问题另报", "已整改到位，正在推进长效机制建设", "没有再出现未解决的投诉"],
        "verified": ["经现场核查，整改中提出的措施已到位"],
        "reopened": ["已解决，10月复发"],
    },
}
BELIED = {
    "task": {
        "done": [
            "主体已建成，下一步推进附属工程施工",
            "已建成，下一步推进主体施工",
            "全线通车，下一步完善附属设施，绿化尚未完工",
            "尚未完工",
            "道路施工已完成，桥梁建设中，计划12月竣工",
        ],
        "in_progress": ["已建成", "该项目已取消", "已停工"],
        "suspended": ["正常推进"],
        "cancelled": ["正常推进"],
    },
    "problem": {
        "resolved": ["已解决3处，其余整改中", "已整改到位，其余正在整改", "正在整改", "还有2处未解决"],
        "verified": ["整改中"],
        "reopened": ["已解决"],
    },
}
ENGLISH = {
    "done": ["Opened on 3 October; snagging still in progress", "Finished; nothing was left unfinished"],
    "in_progress": ["First section has been completed, second under way", "Opened the tender"],
    "planned": ["Public consultation has been completed", "Design has started"],
    "suspended": ["Not on track: waiting for land", "Suspended; other sections on schedule"],
}


def _asked(family, state, note):
    told = Told()
    ask_belied(told, 1, f"{family}_state", state, note)
    return told.codes


def _rows(states):
    return [(family, state, note) for family, own in states.items() for state, notes in own.items() for note in notes]


@all_of("family, state, note", _rows(STATES))
def test_what_is_beside_a_state_or_after_it_is_no_contradiction(family, state, note):
    assert _asked(family, state, note) == []


@all_of("family, state, note", _rows(BELIED))
def test_what_is_against_a_state_still_is(family, state, note):
    assert len(_asked(family, state, note)) == 1


@all_of("state, note", [(state, note) for state, notes in ENGLISH.items() for note in notes])
def test_what_english_remarks_say_beside_a_state(state, note):
    with speaking("en"):
        assert _asked("task", state, note) == []


@pytest.mark.parametrize(
    ("family", "state", "note"),
    [
        ("task", "in_progress", "The project has been completed"),
        ("task", "planned", "Works have started"),
        ("task", "done", "Still under construction"),
        ("problem", "in_progress", "The problem has been resolved"),
        ("problem", "resolved", "The noise is being dealt with"),
    ],
)
def test_what_english_remarks_say_against_a_state(family, state, note):
    with speaking("en"):
        assert _asked(family, state, note) == ["note_belied"]


@pytest.mark.parametrize(
    ("note", "asked"),
    [
        ("衢丽铁路已开工", ["note_other_row"]),
        ("丽水机场已完成校飞", []),  # a task of another form
        ("县县通铁路方案已批", []),
        ("配合衢丽铁路征迁", []),
    ],
)
def test_a_remark_that_begins_with_the_name_of_another_row_of_the_form(note, asked):
    told = Told("县县通铁路", "衢丽铁路", "“311”交通圈")
    ask_other_row(told, 0, "县县通铁路", note)
    assert told.codes == asked


def test_the_filling_of_last_time_is_not_asked_again(package_dir, clerk):
    assert isinstance(clerk, Clerk)
    clerk.figure(FREIGHT, 523.4, note="快报数", obs_status="正式数")
    take_in(package_dir, clerk.save(), accept=["*"])
    assert not plan_for(package_dir, clerk.save(), as_of=AS_OF).questions
