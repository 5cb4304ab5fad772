"""The forms ask what the one filter by time gives: nothing of a later day is in a workbook or set against an answer."""

from datetime import date

import packages
from forms_clerk import AS_OF, PERIOD, reload

from build_scripts.core.asof import asof
from build_scripts.forms.content import unit_forms
from build_scripts.forms.layout import Form
from build_scripts.forms.package_index import PackageIndex

LATER = date(2026, 1, 5)


def test_a_plan_issued_later_is_in_no_workbook_of_an_earlier_day(package_dir):
    before = PackageIndex(reload(package_dir), {}, AS_OF)
    plan = packages.copy_row("plans", 2, plan_id="later-plan", issued_on=LATER.isoformat())
    packages.copy_row("targets", 2, target_id="later-target", plan_id="later-plan", name="后来的目标")(package_dir)
    packages.copy_row("tasks", 2, task_id="later-task", plan_id="later-plan", name="后来的任务", target_id="")(
        package_dir
    )
    plan(package_dir)
    whole = reload(package_dir, LATER)
    index = PackageIndex(whole, {}, AS_OF)
    assert index.package == asof(whole, AS_OF)
    for unit_id in before.lead_units():
        then, now = (unit_forms(each, unit_id, PERIOD) for each in (before, index))
        assert [getattr(then, form) for form in Form] == [getattr(now, form) for form in Form]
    later = PackageIndex(whole, {}, LATER)
    names = [row.name for unit_id in later.lead_units() for row in unit_forms(later, unit_id, PERIOD).tasks]
    assert "后来的任务" in names
