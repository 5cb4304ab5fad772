"""A form filled in before what it tells of was over, or had begun: the clerk is told, and asked of final figures."""

from datetime import date

import pytest
from forms_clerk import AS_OF, Clerk, address, plan_for, take_in

from build_scripts.forms.layout import HEAD, HEAD_ROW, Form
from build_scripts.forms.lines import Level
from build_scripts.forms.periods import FormPeriod

FREIGHT, LENGTH, PAVED = "freight|city", "length|city", "paved|city"
IND, TASKS, PROBLEMS = Form.INDICATORS, Form.TASKS, Form.PROBLEMS


def told(package_dir, clerk, level=Level.NOTE) -> list[tuple[str, str]]:
    """The lines of this kind, by cell."""
    kinds = {"filed_early", "filed_before", "begun_after_filed"}
    plan = plan_for(package_dir, clerk.save())
    assert not plan.has_errors, [str(line) for line in plan.lines]
    return [(line.where, line.message) for line in plan.lines if line.code in kinds and line.severity is level]


def test_a_final_figure_of_a_year_filed_in_its_march_is_asked_about_and_can_be_answered(package_dir, exported):
    clerk = Clerk(exported(period=FormPeriod(2024, 12, 12)))
    clerk.sign(filled_on=date(2024, 3, 1))
    clerk.figure(LENGTH, 4650, period="2024年", obs_status="正式数", checked="是")
    at = f"{IND.sheet}!L3"
    said = "填报日期是 2024-03-01，那天这些数的时期还没有结束：公路里程（2024年）"
    assert told(package_dir, clerk, Level.CHECK) == [(at, said)]
    clerk.sign(filled_on=date(2025, 1, 10))
    assert not told(package_dir, clerk, Level.CHECK)
    clerk.sign(filled_on=date(2024, 3, 1))
    assert take_in(package_dir, clerk.save(), accept=[at, "*"]).rows["observations"]


@pytest.mark.parametrize(
    ("filled_on", "status", "level"),
    [
        (date(2025, 10, 28), None, None),  # put together in the month's last days, and preliminary
        (date(2025, 10, 28), "估算数", None),
        (date(2025, 10, 28), "正式数", Level.CHECK),
        (date(2025, 10, 28), "口径有差异", None),  # says nothing of whether it is final
        (date(2025, 10, 5), "口径有差异", Level.NOTE),
        (date(2025, 10, 5), None, Level.NOTE),
        (date(2024, 11, 5), None, Level.NOTE),  # last year's day left standing
        (date(2025, 10, 31), "正式数", None),
        (date(2025, 11, 5), "正式数", None),
    ],
)
def test_a_month_filed_before_it_was_over(package_dir, clerk, filled_on, status, level):
    clerk.sign(filled_on=filled_on)
    clerk.figure(FREIGHT, 523.4, obs_status=status)
    assert [each for each in (Level.NOTE, Level.CHECK) if told(package_dir, clerk, each)] == ([level] if level else [])


def test_a_figure_of_an_earlier_year_may_be_filed_in_the_month(package_dir, clerk):
    clerk.sign(filled_on=date(2025, 10, 5))
    clerk.figure(LENGTH, 4650, period="2024年", obs_status="正式数")
    assert not told(package_dir, clerk)


def test_many_figures_are_one_question(package_dir, clerk):
    clerk.sign(filled_on=date(2025, 9, 5))
    for key, value in ((FREIGHT, 523.4), (PAVED, 89), ("paved|county-a", 88), (LENGTH, 4650)):
        clerk.figure(key, value, period="2025年10月")
    [(_at, said)] = told(package_dir, clerk)
    assert said.endswith("（2025年10月）等 4 项")


def test_a_day_before_the_period_itself_is_told_whatever_is_reported(package_dir, clerk):
    clerk.sign(filled_on=date(2025, 9, 5))
    clerk.fill(TASKS, "bridge", state="推进中")
    assert told(package_dir, clerk) == [(f"{IND.sheet}!L3", "填报日期是 2025-09-05，在填报期2025年10月之前")]


def test_a_state_that_had_not_begun_when_the_form_was_filled_in(package_dir, clerk):
    clerk.sign(filled_on=date(2025, 11, 5))
    clerk.fill(TASKS, "bridge", state="已完成", date=date(2025, 11, 15))
    clerk.fill(TASKS, "tunnel", state="推进中", date=date(2025, 11, 5))
    clerk.fill(PROBLEMS, "noise", state="整改中", date=date(2025, 11, 12))
    assert told(package_dir, clerk) == [
        (address(clerk, TASKS, "bridge", "date"), "2025-11-15 在填报日期 2025-11-05 之后"),
        (address(clerk, PROBLEMS, "noise", "date"), "2025-11-12 在填报日期 2025-11-05 之后"),
    ]


def test_a_day_that_is_none_or_still_to_come_is_held_against_nothing(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    place = next(each for each in HEAD[IND] if each.code == "filled_on").value[0]
    for day in ("2025年", date(2027, 1, 1), None):
        clerk.sheet(IND).cell(HEAD_ROW, place).value = day
        plan = plan_for(package_dir, clerk.save(), as_of=AS_OF)
        assert all(line.severity is Level.NOTE for line in plan.lines)
