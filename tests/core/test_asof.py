"""One filter by time: what a package holds on a day, and that nothing known later shines through."""

from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from build_scripts.checks import load_package
from build_scripts.core.asof import asof

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def real():
    return load_package(ROOT / "datapackage", TODAY)


@pytest.fixture
def small(make_package):
    return load_package(make_package(), TODAY)


def second_plan(package, issued: date):
    """`package` with a plan of its own project, unit, indicator, group, target, task and problem, issued later."""
    plan = replace(package.plans[0], plan_id="second", issued_on=issued)
    unit = replace(package.units[0], unit_id="new-unit")
    group = replace(package.regions[-1], region_id="new-group")
    indicator = replace(package.indicators[0], indicator_id="new-indicator")
    project = replace(package.projects[0], project_id="new-project", plan_id="second", lead_unit_id="new-unit")
    target = replace(
        package.targets[0],
        target_id="new-target",
        plan_id="second",
        project_id="new-project",
        indicator_id="new-indicator",
        region_id="new-group",
        lead_unit_id="new-unit",
    )
    task = replace(package.tasks[0], task_id="new-task", plan_id="second", project_id="new-project", target_id=None)
    problem = replace(package.problems[0], problem_id="new-problem", project_id="new-project", task_id="new-task")
    figure = replace(package.observations[0], indicator_id="new-indicator", pub=date(2022, 1, 1))
    return replace(
        package,
        plans=(*package.plans, plan),
        units=(*package.units, unit),
        regions=(*package.regions, group),
        region_members=(*package.region_members, replace(package.region_members[0], group_id="new-group")),
        indicators=(*package.indicators, indicator),
        projects=(*package.projects, project),
        responsibilities=(*package.responsibilities, replace(package.responsibilities[0], project_id="new-project")),
        targets=(*package.targets, target),
        related_indicators=(
            *package.related_indicators,
            replace(package.related_indicators[0], target_id="new-target"),
        ),
        tasks=(*package.tasks, task),
        task_events=(*package.task_events, replace(package.task_events[0], task_id="new-task")),
        problems=(*package.problems, problem),
        problem_events=(*package.problem_events, replace(package.problem_events[0], problem_id="new-problem")),
        observations=(*package.observations, figure),
    )


@pytest.mark.parametrize(
    ("day", "targets", "plans"),
    [
        (date(2020, 12, 19), 0, 0),
        (date(2021, 6, 30), 194, 1),
        (date(2023, 3, 7), 194, 1),
        (date(2023, 3, 8), 294, 2),
    ],
)
def test_a_promise_exists_from_the_day_its_plan_was_issued(real, day, targets, plans):
    seen = asof(real, day)
    assert (len(seen.targets), len(seen.plans)) == (targets, plans)
    issued = {plan.plan_id for plan in seen.plans}
    for rows in (seen.projects, seen.targets, seen.tasks):
        assert {row.plan_id for row in rows} <= issued
    assert {row.project_id for row in seen.responsibilities} <= set(seen.project_by_id)
    assert {row.target_id for row in seen.related_indicators} <= set(seen.target_by_id)


@pytest.mark.parametrize("day", [date(2020, 12, 19), date(2021, 6, 30), date(2022, 7, 1), date(2024, 4, 2), TODAY])
def test_what_is_left_still_holds_together(real, day):
    seen = asof(real, day)
    for row in seen.observations:
        assert row.pub <= day
        assert row.indicator_id in seen.indicator_by_id
        assert row.region_id in seen.region_by_id
        assert row.source_id in seen.source_by_id
    for event in seen.task_events:
        assert event.pub <= day
        assert event.task_id in seen.task_by_id
    for target in seen.targets:
        assert {target.indicator_id, target.reference_indicator_id or target.indicator_id} <= set(seen.indicator_by_id)
        assert {target.region_id, target.reference_region_id or target.region_id} <= set(seen.region_by_id)
        assert (target.lead_unit_id or seen.units[0].unit_id) in seen.unit_by_id
        assert (target.duplicate_of or target.target_id) in seen.target_by_id
        assert target.baseline_source_id is None or target.baseline_source_id in seen.source_by_id
    for member in seen.region_members:
        assert {member.group_id, member.region_id} <= set(seen.region_by_id)


@pytest.mark.parametrize("day", [date(2020, 12, 19), date(2021, 6, 30), date(2022, 7, 1), date(2024, 4, 2), TODAY])
def test_asking_twice_or_in_steps_changes_nothing(real, day):
    seen = asof(real, day)
    assert asof(seen, day) == seen
    assert asof(asof(real, date(2025, 3, 31)), day) == asof(real, min(day, date(2025, 3, 31)))
    for known in (day, day - timedelta(days=200)):
        assert asof(seen, day, known) == asof(real, day, known)


def test_a_whole_package_is_itself(real):
    assert asof(real, TODAY) == real
    assert asof(real, TODAY).warnings == real.warnings


def test_a_later_plan_hides_everything_that_is_its_own(small):
    package = second_plan(small, date(2023, 5, 1))
    assert asof(package, date(2023, 4, 30)) == asof(small, date(2023, 4, 30))
    there = asof(package, date(2023, 5, 1))
    for table in ("plans", "units", "regions", "indicators", "projects", "targets", "tasks", "problems"):
        assert len(getattr(there, table)) == len(getattr(package, table)), table


def test_nothing_of_a_day_before_every_plan_but_places(small):
    seen = asof(small, date(2021, 2, 28))
    filled = {each.name for each in fields(seen) if each.name not in {"meta", "warnings"} and getattr(seen, each.name)}
    assert filled == {"regions", "region_members"}


def test_a_baseline_published_later_is_not_known_yet(small):
    before, after = (asof(small, day).target_by_id["gdp-2025"] for day in (date(2021, 5, 31), date(2021, 6, 1)))
    assert (before.baseline_value, before.baseline_source_id) == (None, None)
    assert (after.baseline_value, after.baseline_source_id) == (Decimal(150), "yearbook")


def test_a_double_counts_while_what_it_repeats_is_not_there(small):
    target = small.target_by_id["gdp-2025"]
    later = second_plan(small, date(2023, 5, 1))
    double = replace(target, target_id="double", duplicate_of="new-target", in_totals=False)
    package = replace(later, targets=(*later.targets, double))
    assert asof(package, date(2023, 4, 30)).target_by_id["double"] == replace(double, duplicate_of=None, in_totals=True)
    assert asof(package, date(2023, 5, 1)).target_by_id["double"] == double


def test_a_problem_is_known_from_the_publication_of_its_opening(small):
    assert not asof(small, date(2023, 2, 1)).problems
    assert asof(small, date(2023, 2, 2)).problems
    untold = replace(small, problem_events=small.problem_events[1:])
    assert asof(untold, date(2023, 2, 1)).problems


def test_an_undated_source_is_known_from_its_first_citation(small):
    undated = replace(small.sources[1], published=None)
    package = replace(small, sources=(small.sources[0], undated, small.sources[2]))
    assert "gazette" not in asof(package, date(2021, 7, 31)).source_by_id
    assert "gazette" in asof(package, date(2021, 8, 1)).source_by_id


def test_a_warning_may_name_what_is_not_there_yet(small):
    package = replace(small, warnings=("named",))
    assert asof(package, TODAY).warnings == ("named",)
    assert asof(package, date(2022, 6, 30)).warnings == ()
