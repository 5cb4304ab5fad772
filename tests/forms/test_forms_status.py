"""Who has reported what for a period, and who is late."""

import re
from dataclasses import replace
from datetime import date

from forms_clerk import AS_OF, PERIOD, Clerk, book_of, take_in

from build_scripts.core.language import speaking
from build_scripts.forms.layout import Form
from build_scripts.forms.lines import make_line
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.status import State, missing_lines, reminder, statuses


def seen_on(package_dir, day):
    return PackageIndex(book_of(package_dir).package, {}, day)


def status_of(package_dir, unit="transport", as_of=AS_OF, **options):
    return next(item for item in statuses(seen_on(package_dir, as_of), PERIOD, **options) if item.unit_id == unit)


def test_before_anything_came_everything_due_is_open_and_late(package_dir):
    item = status_of(package_dir)
    assert dict(item.expected) == {Form.INDICATORS: 2, Form.TASKS: 2, Form.PROBLEMS: 1}
    assert dict(item.reported) == {Form.INDICATORS: 0, Form.TASKS: 0, Form.PROBLEMS: 0}
    assert (item.state, item.last, item.due) == (State.LATE, None, date(2025, 11, 10))
    assert reminder(item, AS_OF) == (
        "测试市交通局：2025年10月三张表单应于2025年11月10日前报送，已逾期10天，"
        "主要指标进度表还有2项、重点任务进度表还有2项、问题销号进度表还有1项未报。"
    )


def test_reminders_and_lines_have_no_sign_of_another_language(package_dir):
    item = replace(status_of(package_dir), unit="Transport")
    with speaking("en"):
        line = make_line("row_twice", "a.xlsx", ("Main works", 8, 4), {"name": "Bridge", "other": 6})
        said = f"{line}\n{reminder(item, AS_OF)}\n{line.said}"
    assert said.startswith("a.xlsx: Main works!D8: Please correct: ")
    assert "by 10 November 2025" in said
    assert not re.search("[\u3000-\u303f\uff00-\uffef\u4e00-\u9fff]", said)


def test_before_the_day_it_is_due_nobody_is_late(package_dir):
    item = status_of(package_dir, due_days=30)
    assert item.state is State.WAITING
    assert reminder(item, AS_OF).startswith("测试市交通局：2025年10月三张表单请于2025年11月30日前报送，")


def test_what_came_is_counted_and_the_rest_stays_open(package_dir, clerk):
    clerk.figure("freight|city", 523.4)
    clerk.fill(Form.TASKS, "bridge", state="推进中")
    take_in(package_dir, clerk.save())
    item = status_of(package_dir)
    assert dict(item.reported) == {Form.INDICATORS: 1, Form.TASKS: 1, Form.PROBLEMS: 0}
    assert (item.state, item.last) == (State.PARTIAL, AS_OF)


def test_an_answer_that_changes_nothing_counts_as_reported(package_dir, clerk):
    clerk.fill(Form.PROBLEMS, "noise", state="已提出")
    take_in(package_dir, clerk.save())
    assert status_of(package_dir).reported[Form.PROBLEMS] == 1


def test_everything_in_is_reported(package_dir, clerk):
    clerk.figure("freight|city", 523.4)
    clerk.figure("invest|city", 30)
    clerk.fill(Form.TASKS, "bridge", state="推进中")
    clerk.fill(Form.TASKS, "tunnel", state="推进中")
    clerk.fill(Form.PROBLEMS, "noise", state="整改中")
    take_in(package_dir, clerk.save())
    assert status_of(package_dir).state is State.REPORTED


def test_two_forms_of_one_period_add_up(package_dir, clerk, exported):
    clerk.fill(Form.TASKS, "bridge", state="推进中")
    take_in(package_dir, clerk.save("一.xlsx"))
    more = Clerk(exported())
    more.sign()
    more.fill(Form.TASKS, "tunnel", state="推进中")
    take_in(package_dir, more.save("二.xlsx"))
    assert status_of(package_dir).reported[Form.TASKS] == 2


def test_nothing_new_counts_as_reported(package_dir, clerk):
    clerk.sign(nothing_new="是")
    take_in(package_dir, clerk.save())
    item = status_of(package_dir)
    assert (item.state, item.nothing_new) == (State.REPORTED, True)


def test_what_came_later_is_not_seen_by_an_earlier_day(package_dir, clerk):
    clerk.figure("freight|city", 523.4)
    take_in(package_dir, clerk.save())
    assert status_of(package_dir, as_of=date(2025, 11, 19)).state is State.LATE


def test_a_unit_with_nothing_due_is_not_listed(package_dir):
    listed = [item.unit_id for item in statuses(book_of(package_dir), PERIOD)]
    assert listed == ["transport"]  # dev-reform leads one annual figure, not due in a month


def test_the_missing_rows_are_named_form_by_form(package_dir, clerk):
    assert list(missing_lines(status_of(package_dir))) == [
        "  主要指标进度表：累计投资（测试市）；物流业产值（测试市）",
        "  重点任务进度表：大桥（虚构）；隧道（虚构）",
        "  问题销号进度表：噪声扰民（虚构）",
    ]
    clerk.figure("freight|city", 523.4)
    clerk.fill(Form.TASKS, "bridge", state="推进中")
    take_in(package_dir, clerk.save())
    assert list(missing_lines(status_of(package_dir))) == [
        "  主要指标进度表：累计投资（测试市）",
        "  重点任务进度表：隧道（虚构）",
        "  问题销号进度表：噪声扰民（虚构）",
    ]


def test_a_row_that_was_said_to_be_unchanged_is_not_missing(package_dir, clerk, exported):
    clerk.fill(Form.TASKS, "bridge", state="推进中")
    take_in(package_dir, clerk.save("一.xlsx"))
    more = Clerk(exported(as_of=AS_OF))
    more.sign()
    more.fill(Form.TASKS, "bridge", state="推进中")
    more.fill(Form.PROBLEMS, "noise", same="是")
    plan = take_in(package_dir, more.save("二.xlsx"))
    assert plan.rows["sources"][0]["note"].endswith("报了没有变化的：“大桥（虚构）”“噪声扰民（虚构）”。")
    assert list(missing_lines(status_of(package_dir)))[1:] == ["  重点任务进度表：隧道（虚构）"]
