"""Every answer is set against what is in force, never against what was ever said; the verdict follows."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from chance import tries
from forms_clerk import AS_OF, PERIOD, UNIT, Clerk, address, codes, plan_for, reload, take_in
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build_scripts.assess import assess_package, assess_tasks
from build_scripts.forms.compare import propose
from build_scripts.forms.layout import Form
from build_scripts.forms.lines import Level
from build_scripts.forms.outcome import book_after
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.periods import FormPeriod
from build_scripts.forms.proposal import Kind
from build_scripts.forms.submission import IndicatorAnswer, Place, Submission, TaskAnswer

LENGTH = "length|city"
DAYS = [AS_OF + timedelta(days=number) for number in range(6)]
DONE = date(2025, 10, 15)


def send(package_dir: Path, clerk: Clerk, name: str, day: date, **more):
    return take_in(package_dir, clerk.save(f"{name}.xlsx"), as_of=day, **more)


def rows(plan, table: str, *fields: str) -> list[tuple[str, ...]]:
    return [tuple(row[field] for field in fields) for row in plan.rows.get(table, ())]


# --- figures -------------------------------------------------------------------------------------------------------


def lengths(package_dir: Path, clerk: Clerk, values: Sequence[object]) -> list[list[tuple[str, ...]]]:
    """Send one value of the length of roads a day; what each brought."""
    found = []
    for number, value in enumerate(values):
        clerk.figure(LENGTH, value, period="2025年10月")
        plan = send(package_dir, clerk, f"{number}", DAYS[number])
        found.append(rows(plan, "observations", "value", "obs_status", "note"))
    return found


def test_a_return_to_the_first_value_is_a_revision_like_any_other(package_dir, clerk):
    assert lengths(package_dir, clerk, [4620, 4645, 4620, 4620]) == [
        [("4620", "P", "")],
        [("4645", "P", "修订：原报4,620公里（初步数）")],
        [("4620", "P", "修订：原报4,645公里（初步数）")],
        [],
    ]
    book = PackageIndex(reload(package_dir, DAYS[3]), {}, DAYS[3])
    assert book.series(("length", "city")).figure("2025-10").value == 4620


def test_the_same_value_with_another_nature_is_new_and_without_one_is_not(package_dir, clerk):
    clerk.figure(LENGTH, 4620, period="2025年10月", obs_status="正式数")
    send(package_dir, clerk, "一", DAYS[0])
    clerk.figure(LENGTH, 4620, obs_status=None)
    assert not send(package_dir, clerk, "二", DAYS[1]).rows.get("observations")
    clerk.figure(LENGTH, 4620, obs_status="估算数")
    assert rows(send(package_dir, clerk, "三", DAYS[2]), "observations", "value", "obs_status") == [("4620", "E")]


def test_a_published_figure_can_be_withdrawn_and_comes_back(package_dir, clerk):
    clerk.figure(LENGTH, 5100, period="2024年")
    first = send(package_dir, clerk, "一", DAYS[0], accept=["*"])
    assert rows(first, "observations", "value") == [("5100",)]
    clerk.figure(LENGTH, None, obs_status="暂无数据", note="前报数有误，撤回")
    gone = send(package_dir, clerk, "二", DAYS[1])
    assert rows(gone, "observations", "period", "pub", "value", "obs_status", "note") == [
        ("2024", DAYS[1].isoformat(), "", "M", "撤回：此前公布的5,100公里（初步数）；前报数有误，撤回")
    ]
    assert [change.kind for _, change in gone.changes] == [Kind.WITHDRAWN]
    package = reload(package_dir, DAYS[1])
    assert assess_package(package, DAYS[0])["length-2025"].value == 5100
    assert assess_package(package, DAYS[1])["length-2025"].value is None
    assert not send(package_dir, clerk, "三", DAYS[2]).rows

    clerk.figure(LENGTH, 4650, obs_status=None, note=None)
    again = send(package_dir, clerk, "四", DAYS[3], accept=["*"])
    assert rows(again, "observations", "value", "note") == [("4650", "")]
    assert assess_package(reload(package_dir, DAYS[3]), DAYS[3])["length-2025"].value == 4650


@pytest.mark.parametrize("word", ["暂无数据", "撤回", "作废", "撤销"])
def test_a_withdrawal_may_be_written_in_either_cell(package_dir, clerk, word):
    clerk.figure(LENGTH, 4620, period="2025年10月")
    send(package_dir, clerk, "一", DAYS[0])
    clerk.figure(LENGTH, word)
    plan = send(package_dir, clerk, "二", DAYS[1])
    assert rows(plan, "observations", "value", "obs_status", "note") == [
        ("", "M", "撤回：此前公布的4,620公里（初步数）；填报单位没有说明原因")
    ]
    assert codes(plan) == {(address(clerk, Form.INDICATORS, LENGTH, "note"), "withdraw_reason")}


def test_what_another_body_published_is_asked_about_before_it_changes(package_dir, clerk):
    where = address(clerk, Form.INDICATORS, LENGTH, "value")
    clerk.figure(LENGTH, 4650, period="2024年")
    plan = plan_for(package_dir, clerk.save())
    period = address(clerk, Form.INDICATORS, LENGTH, "period")
    assert codes(plan) == {(where, "revises_other"), (period, "period_other")}
    assert str(next(line for line in plan.questions if line.code == "revises_other")).partition("：")[2] == (
        f"{where}：请核对：2024年现行的是 4,600公里，由测试市统计局公布（测试市统计公报（虚构））；"
        "这里填 4,650公里（初步数）；"
        "两个数都对不上时，先与测试市统计局核对；确实要修订的，填“已核对”"
    )
    clerk.figure(LENGTH, None, obs_status="暂无数据")
    assert (where, "withdraws_other") in codes(plan_for(package_dir, clerk.save()))


def test_the_same_day_corrects_itself_while_nobody_has_seen_it(package_dir, clerk):
    clerk.figure(LENGTH, 4260, period="2025年10月")
    clerk.fill(Form.TASKS, "bridge", state="已完成", date=DONE)
    send(package_dir, clerk, "一", AS_OF)
    clerk.figure(LENGTH, 4620)
    clerk.fill(Form.TASKS, "bridge", state="推进中", date=DONE)
    plan = send(package_dir, clerk, "二", AS_OF, seen=False)
    assert [row["indicator_id"] for row in plan.drops["observations"]] == ["length"]
    package = reload(package_dir)
    assert [(o.value, o.note) for o in package.observations if (o.indicator_id, o.period) == ("length", "2025-10")] == [
        (Decimal(4620), "")
    ]
    assert [(e.state, e.note) for e in package.task_events if e.task_id == "bridge"] == [("in_progress", "")]
    again = send(package_dir, clerk, "二", AS_OF, seen=False)
    assert again.proposals[0].known
    assert not again.drops


def test_back_on_the_same_day_to_what_stood_before_leaves_no_row(package_dir, clerk):
    clerk.figure(LENGTH, 4620, period="2025年10月")
    send(package_dir, clerk, "一", DAYS[0])
    clerk.figure(LENGTH, 4260)
    send(package_dir, clerk, "二", DAYS[1])
    clerk.figure(LENGTH, 4620)
    plan = send(package_dir, clerk, "一", DAYS[1], seen=False)
    assert (len(plan.drops["observations"]), plan.rows.get("observations")) == (1, None)
    assert [change.kind for _, change in plan.changes] == [Kind.REVISED]
    kept = [o for o in reload(package_dir, DAYS[1]).observations if (o.indicator_id, o.period) == ("length", "2025-10")]
    assert [o.value for o in kept] == [4620]


# --- tasks and problems --------------------------------------------------------------------------------------------


def test_a_task_marked_done_by_mistake_goes_on(package_dir, clerk):
    found = []
    for number, state in enumerate(["推进中", "已完成", "推进中"]):
        clerk.fill(Form.TASKS, "bridge", state=state, date=DONE)
        found += rows(send(package_dir, clerk, f"{number}", DAYS[number]), "task_events", "state", "note")
    assert found == [
        ("in_progress", ""),
        ("done", ""),
        ("in_progress", "更正：此前报“已完成”（2025年10月15日）"),
    ]
    day = DAYS[2]
    assert PackageIndex(reload(package_dir, day), {}, day).step("bridge").state == "in_progress"


def test_a_correction_may_go_back_to_an_earlier_day_and_what_follows_is_free(package_dir, clerk):
    clerk.fill(Form.TASKS, "bridge", state="推进中", date=date(2025, 10, 1))
    send(package_dir, clerk, "一", DAYS[0])
    clerk.fill(Form.TASKS, "bridge", state="已完成", date=DONE)
    send(package_dir, clerk, "二", DAYS[1])
    clerk.fill(Form.TASKS, "bridge", state="推进中", date=date(2025, 10, 1))
    send(package_dir, clerk, "三", DAYS[2])
    clerk.fill(Form.TASKS, "bridge", state="暂停", date=date(2025, 11, 1), note="等待审批")
    plan = send(package_dir, clerk, "四", DAYS[3])
    assert rows(plan, "task_events", "state", "note") == [("suspended", "等待审批")]


def test_a_milestone_follows_its_task(package_dir, clerk):
    before = assess_package(reload(package_dir), AS_OF)["open-2024"]
    clerk.fill(Form.TASKS, "ring-road", state="推进中", date=date(2025, 11, 1), note="塌方，重新施工")
    send(package_dir, clerk, "一", AS_OF)
    after = assess_package(reload(package_dir), AS_OF)["open-2024"]
    assert (before.status.value, after.status.value) == ("achieved", "missed")


def test_a_blank_day_is_never_before_the_step_in_force(package_dir, clerk):
    clerk.fill(Form.TASKS, "bridge", state="已开工", date=date(2025, 11, 12))
    send(package_dir, clerk, "一", DAYS[0])
    clerk.fill(Form.TASKS, "bridge", state="暂停", date=None, note="停工")
    plan = plan_for(package_dir, clerk.save(), as_of=DAYS[1])
    where = address(clerk, Form.TASKS, "bridge", "date")
    assert codes(plan) == {(where, "date_before_last")}
    assert plan.lines[0].message == (
        "状态填了“暂停”，没有填日期；按填报期末算是 2025-10-31，早于现行状态“已开工”的日期 2025-11-12"
    )
    clerk.fill(Form.TASKS, "bridge", state="推进中", date=date(2025, 11, 13), note=None)
    send(package_dir, clerk, "二", DAYS[1])
    clerk.fill(Form.TASKS, "bridge", state="推进中", date=None, note="主墩完成")
    plan = send(package_dir, clerk, "三", DAYS[2])
    assert rows(plan, "task_events", "date", "note") == [("2025-11-13", "主墩完成")]


def test_another_day_for_the_same_end_is_a_correction(package_dir, clerk):
    clerk.fill(Form.TASKS, "bridge", state="已完成", date=DONE)
    send(package_dir, clerk, "一", DAYS[0])
    clerk.fill(Form.TASKS, "bridge", state="已完成", date=date(2025, 10, 20))
    plan = send(package_dir, clerk, "二", DAYS[1])
    assert rows(plan, "task_events", "date", "note") == [("2025-10-20", "更正：此前报的日期是2025年10月15日")]


def test_a_resolved_problem_that_is_not_is_opened_again(package_dir, clerk):
    clerk.fill(Form.PROBLEMS, "noise", state="已解决", date=DONE, note="声屏障建成")
    send(package_dir, clerk, "一", DAYS[0])
    clerk.fill(Form.PROBLEMS, "noise", state="整改中", date=date(2025, 11, 3), note="又有投诉")
    plan = send(package_dir, clerk, "二", DAYS[1])
    assert rows(plan, "problem_events", "state", "note") == [
        ("in_progress", "重新打开：此前为“已解决”（2025年10月15日）；又有投诉")
    ]
    clerk.fill(Form.PROBLEMS, "noise", state="已提出", date=date(2025, 10, 1), note=None)
    plan = plan_for(package_dir, clerk.save(), as_of=DAYS[2])
    assert codes(plan) == {(address(clerk, Form.PROBLEMS, "noise", "date"), "date_before_step")}


def test_a_row_ticked_as_unchanged_repeats_what_is_in_force(package_dir, clerk):
    clerk.fill(Form.TASKS, "ring-road", same="是")
    clerk.fill(Form.TASKS, "bridge", same="是")
    clerk.fill(Form.PROBLEMS, "noise", same="是", state="整改中")
    assert codes(plan_for(package_dir, clerk.save())) == {
        (address(clerk, Form.TASKS, "bridge", "same"), "same_as_nothing"),
        (address(clerk, Form.PROBLEMS, "noise", "same"), "same_and_more"),
    }
    clerk.fill(Form.TASKS, "bridge", same=None)
    clerk.fill(Form.PROBLEMS, "noise", state=None)
    plan = send(package_dir, clerk, "一", AS_OF)
    assert set(plan.rows) == {"sources"}
    assert "重点任务1项，问题1项" in plan.rows["sources"][0]["note"]


# --- any order of answers ------------------------------------------------------------------------------------------

_PLACE = Place("表", 1, (("value", 1), ("state", 2), ("date", 3), ("note", 4)))
_STATES = ("planned", "started", "in_progress", "done", "suspended", "cancelled")
figure_answers = st.one_of(st.none(), st.integers(4000, 4400).map(Decimal))
task_answers = st.tuples(st.sampled_from(_STATES), st.integers(0, 40))
answers = st.tuples(figure_answers, task_answers, st.booleans())


def _submission(number: int, value: Decimal | None, state: tuple[str, int]) -> Submission:
    figure = IndicatorAnswer(
        series=("length", "city"),
        name="公路里程",
        period="2025",
        value=value,
        obs_status="" if value is not None else "M",
        yoy=None,
        printed="",
        note="",
        place=_PLACE,
    )
    day = date(2025, 12, 1) + timedelta(days=state[1])
    task = TaskAnswer("bridge", "大桥", state[0], day, dated=True, planned_date=None, note="", place=_PLACE)
    return Submission(
        Path(f"{number}"), f"{number}", UNIT, "交通局", 1, PERIOD, "张三", None, False, (figure,), (task,), (), ()
    )


@given(sent=st.lists(answers, min_size=1, max_size=8))
@settings(max_examples=tries(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_in_force_is_what_was_said_last(untouched, sent):
    """Any sequence of values, withdrawals and states, several on a day: the last word stands, and verdicts follow."""
    package, day = untouched[1].package, date(2026, 2, 1)
    shown: frozenset[str] = frozenset()
    for number, (value, state, same_day) in enumerate(sent):
        if not same_day:
            day += timedelta(days=1)
        book = PackageIndex(package, {}, day, unseen=frozenset(s.source_id for s in package.sources) - shown)
        if not same_day:
            shown = frozenset(s.source_id for s in package.sources)
            book = PackageIndex(package, {}, day, unseen=frozenset())
        asked = {"withdraw_reason", "period_other", "step_back", "end_moved", "cancel_reason"}
        proposal = propose(_submission(number, value, state), book)
        assert not [line for line in proposal.lines if line.code not in asked], proposal.lines
        package = book_after(book, proposal).package
        now = PackageIndex(package, {}, day)
        last = now.series(("length", "city")).figure("2025")
        assert (last.value if last else None) == value
        step = now.step("bridge")
        assert (step.state, step.date) == (state[0], date(2025, 12, 1) + timedelta(days=state[1]))
        verdict = assess_package(package, day)["length-2025"]
        assert (verdict.value if verdict.period == "2025" else None) == value
        task = assess_tasks(package, day)["bridge"]
        assert (task.value, task.period) in {(None, step.date.isoformat()), (None, None)}
        vintages = [o for o in package.observations if (o.indicator_id, o.period, o.pub) == ("length", "2025", day)]
        assert len(vintages) <= 1


# --- states that go back -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "day", "note", "told"),
    [
        ("计划中", date(2025, 11, 1), None, True),
        ("计划中", date(2025, 11, 1), "上次误报，实际尚未开工", False),
        ("推进中", date(2025, 11, 1), None, True),
        ("推进中", date(2025, 11, 1), "验收未通过，返工", False),
        ("暂停", date(2025, 11, 1), None, True),
        ("已开工", date(2025, 9, 1), None, True),
        ("已完成", date(2025, 11, 1), None, False),
    ],
)
def test_a_task_that_was_done_goes_back_and_a_reason_is_asked_for(package_dir, clerk, state, day, note, told):
    clerk.fill(Form.TASKS, "bridge", state="已完成", date=DONE)
    send(package_dir, clerk, "一", DAYS[0])
    clerk.fill(Form.TASKS, "bridge", state=state, date=day, note=note)
    lines = [line for line in send(package_dir, clerk, "二", DAYS[1]).lines if line.code == "step_back"]
    assert bool(lines) == told
    for line in lines:
        assert (line.where, line.severity) == (address(clerk, Form.TASKS, "bridge", "state"), Level.NOTE)
        assert line.message.startswith("现行状态是“已完成”（2025-10-15），这里填“")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("推进中", "计划中", True),
        ("已开工", "计划中", True),
        ("推进中", "已开工", False),
        ("推进中", "暂停", False),
        ("暂停", "推进中", False),
        ("取消", "推进中", True),
        ("取消", "计划中", False),
        ("计划中", "已完成", False),
    ],
)
def test_other_steps_back_are_told_and_setbacks_are_not(package_dir, clerk, before, after, told):
    clerk.fill(Form.TASKS, "bridge", state=before, date=date(2025, 10, 1))
    send(package_dir, clerk, "一", DAYS[0])
    clerk.fill(Form.TASKS, "bridge", state=after, date=date(2025, 11, 1))
    plan = plan_for(package_dir, clerk.save("二.xlsx"), as_of=DAYS[1])
    assert ("step_back" in {line.code for line in plan.lines}) == told
    clerk.fill(Form.TASKS, "bridge", note="因地质灾害停工，重新选址")
    plan = plan_for(package_dir, clerk.save("三.xlsx"), as_of=DAYS[1])
    assert "step_back" not in {line.code for line in plan.lines}


@pytest.mark.parametrize(
    ("after", "note", "told"),
    [("整改中", None, True), ("整改中", "又有投诉", False), ("已提出", None, True), ("重新打开", None, False)],
)
def test_a_problem_that_goes_back_is_told(package_dir, clerk, after, note, told):
    clerk.fill(Form.PROBLEMS, "noise", state="已解决", date=DONE, note="声屏障建成")
    send(package_dir, clerk, "一", DAYS[0])
    clerk.fill(Form.PROBLEMS, "noise", state=after, date=date(2025, 11, 3), note=note)
    plan = plan_for(package_dir, clerk.save("二.xlsx"), as_of=DAYS[1])
    assert ("step_back" in {line.code for line in plan.lines}) == told


def test_an_earlier_form_of_the_same_batch_counts_as_said(package_dir, exported):
    paths = []
    for period, state in ((FormPeriod(2025, 9, 1), "已完成"), (FormPeriod(2025, 10, 1), "计划中")):
        person = Clerk(exported(period=period))
        person.sign()
        person.fill(Form.TASKS, "bridge", state=state, date=period.end)
        paths.append(person.save(f"{period.code}.xlsx"))
    plan = plan_for(package_dir, *paths)
    assert [line.file for line in plan.lines if line.code == "step_back"] == ["2025-10.xlsx"]
