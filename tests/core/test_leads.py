"""Who leads and who shares is answered in one place, the same for every page, form and letter."""

from dataclasses import replace
from datetime import date

from build_scripts.checks import load_package
from build_scripts.core.leads import lead, sharing
from build_scripts.forms.package_index import PackageIndex
from build_scripts.report import build_report
from build_scripts.report.works import answering

TODAY, DAY = date(2026, 11, 22), date(2024, 6, 30)


def test_what_names_no_lead_is_led_by_the_lead_of_its_project_everywhere(make_package):
    package = load_package(make_package(), TODAY)
    targets = tuple(replace(each, lead_unit_id=None) for each in package.targets)
    tasks = tuple(replace(each, lead_unit_id=None) for each in package.tasks)
    package = replace(package, targets=targets, tasks=tasks)
    report, index = build_report(package, DAY), PackageIndex(package, {}, DAY)
    entry, task = report.entry_by_id["invest-2125"], package.task_by_id["ring-road"]
    for item in (entry.target, task):
        assert lead(package, item).unit_id == "transport"
        assert index.lead_of(item) == "transport"
    assert entry in report.entries_by_lead["transport"]
    assert [unit.unit_id for unit in answering(report, task)] == ["transport", "dev-reform"]


def test_the_first_responsible_unit_is_not_promoted_to_lead(make_package):
    package = load_package(make_package(), TODAY)
    task = replace(package.task_by_id["ring-road"], project_id="show", lead_unit_id=None)
    package = replace(package, tasks=(task,))
    assert lead(package, task) is None
    assert [unit.unit_id for unit in sharing(package)["show"]] == ["dev-reform"]
    assert [unit.unit_id for unit in answering(build_report(package, DAY), task)] == ["dev-reform"]


def test_who_shares_stands_in_the_order_the_plan_prints(make_package):
    package = load_package(make_package(), TODAY)
    first = next(each for each in package.responsibilities if each.role == "responsible")
    more = replace(first, unit_id="transport", order=0)
    package = replace(package, responsibilities=(*package.responsibilities, replace(more, project_id="show")))
    assert [unit.unit_id for unit in sharing(package)["show"]] == ["transport", "dev-reform"]
