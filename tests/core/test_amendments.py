"""Plans change: a target taken back or replaced, a merger of units. Every day before stays as it was."""

from datetime import date

import pytest
from packages import add, cell, column

from build_scripts.assess import assess_package
from build_scripts.bulletins import digests
from build_scripts.checks import find_violations, load_package
from build_scripts.core.asof import asof, heirs_of
from build_scripts.load import read
from build_scripts.pages import SiteData, build_pages, project, target, unit, withdrawn, works
from build_scripts.render import render_pages
from build_scripts.report import build_report

BEFORE, AFTER, TODAY = date(2025, 11, 30), date(2025, 12, 1), date(2026, 11, 22)
ROWS = 7


def _fields(table: str, rows: int, **first: str):
    """The three optional columns of a table, `first` in its first row."""
    return [column(table, name, first.get(name, ""), *[""] * (rows - 1)) for name in COLUMNS]


COLUMNS = ("valid_from", "withdrawn_on", "replaces")
NEW = {
    "target_id": "gdp-2025-amended", "plan_id": "test-plan", "indicator_id": "gdp", "region_id": "city",
    "name": "生产总值达到180亿元", "kind": "level_by", "comparator": "ge", "value": "180", "unit": "亿元",
    "target_period": "2025", "section": "二/（一）", "figure_as_printed": "180亿元", "in_totals": "true",
    "valid_from": "2025-12-01", "replaces": "gdp-2025",
}  # fmt: skip


@pytest.fixture
def count(make_package):
    """How many rows a table of the untouched package has."""
    folder = make_package()
    return lambda name: sum(1 for _ in (folder / "targets" / f"{name}.csv").open(encoding="utf-8")) - 1


@pytest.fixture
def amended(make_package, count):
    return make_package(*_fields("targets", count("targets"), withdrawn_on="2025-12-01"), add("targets", **NEW))


@pytest.fixture
def merged(make_package, count):
    rows = count("units")
    return make_package(
        *_fields("units", rows, withdrawn_on="2025-12-01"),
        add("units", unit_id="joint", name="测试市大交通局", category="department", valid_from="2025-12-01",
            replaces=_first_unit(make_package())),
    )  # fmt: skip


def _first_unit(folder) -> str:
    return load_package(folder, TODAY).units[0].unit_id


def test_a_replaced_target_counts_on_each_day_as_that_day_had_it(amended):
    package = load_package(amended, TODAY)
    before, after = asof(package, BEFORE), asof(package, AFTER)
    assert {"gdp-2025"} <= set(before.target_by_id)
    assert "gdp-2025-amended" not in before.target_by_id
    assert "gdp-2025" not in after.target_by_id
    assert "gdp-2025-amended" in after.target_by_id
    assert [each.target_id for each in after.withdrawn] == ["gdp-2025"]
    assert asof(after, AFTER) == after
    assert len(after.table("targets")) == len(before.targets) + 1
    assert set(assess_package(after, AFTER)) == set(after.target_by_id)


def test_no_bulletin_of_before_changes(amended, make_package):
    old, new = (load_package(folder, TODAY) for folder in (make_package(), amended))
    pairs = zip(digests(old, TODAY), digests(new, TODAY), strict=True)
    for one, other in pairs:
        if one.report.as_of < AFTER:
            assert [(e.target.target_id, e.assessment) for e in one.report.entries] == [
                (e.target.target_id, e.assessment) for e in other.report.entries
            ]


def test_its_page_stays_and_leads_to_the_new_one(amended):
    report = build_report(load_package(amended, TODAY), TODAY)
    given = SiteData(report)
    made = {page.path: page.data.decode() for page in render_pages(withdrawn.pages(given))}
    text = made["targets/gdp-2025/index.md"]
    assert "这项目标自2025年12月1日起不再执行，现在执行的是" in text
    assert "生产总值达到180亿元</a>" in text
    assert "gdp-2025-amended/" in text
    [new] = [page for page in target.pages(given) if page.address == "targets/gdp-2025-amended/"]
    assert ("代替了", "生产总值达到200亿元") in [(fact.label, fact.value) for fact in new.view.document]
    assert not [page for page in target.pages(given) if page.address == "targets/gdp-2025/"]


def test_a_target_taken_back_without_another_says_so(make_package, count):
    folder = make_package(*_fields("targets", count("targets"), withdrawn_on="2025-12-01"))
    report = build_report(load_package(folder, TODAY), TODAY)
    [page] = withdrawn.pages(SiteData(report))
    assert page.view.sentence == "这项目标自2025年12月1日起不再执行，网站从那天起不再评估它。"


def test_what_only_repeats_a_promise_ends_with_it(make_package):
    ended, none = ["", "", "", "2025-12-01", "", ""], [""] * 6
    new = {"target_id": "parks-new", "indicator_id": "parks", "region_id": "county-a", "kind": "count_by"}
    new |= {"value": "7", "unit": "个", "figure_as_printed": "7个", "replaces": "parks-2025", "target_period": "2027"}
    folder = make_package(
        column("targets", "valid_from", *none),
        column("targets", "withdrawn_on", *ended),
        column("targets", "replaces", *none),
        add("targets", **{**NEW, **new}),
    )
    package = load_package(folder, TODAY)
    assert {"parks-2025", "parks-again"} <= set(asof(package, BEFORE).target_by_id)
    after = asof(package, AFTER)
    assert [(each.target_id, each.withdrawn_on) for each in after.withdrawn] == [
        ("parks-2025", AFTER),
        ("parks-again", AFTER),
    ]
    report = build_report(package, TODAY)
    pages = list(withdrawn.pages(SiteData(report)))
    assert {heir.address for page in pages for heir in page.view.heirs} == {"targets/parks-new/"}


def test_units_that_became_one_pass_their_work_on(merged):
    package = load_package(merged, TODAY)
    old = package.units[0]
    before, after = asof(package, BEFORE), asof(package, AFTER)
    assert heirs_of(package.units, BEFORE) == {}
    assert heirs_of(package.units, AFTER) == {old.unit_id: "joint"}
    led = [each.target_id for each in before.targets if each.lead_unit_id == old.unit_id]
    assert [each.target_id for each in after.targets if each.lead_unit_id == "joint"] == led
    assert not [each for each in after.targets if each.lead_unit_id == old.unit_id]
    assert "joint" not in before.unit_by_id
    notes = {
        page.title: page.view.note
        for page in unit.pages(SiteData(build_report(package, TODAY)))
        if page.address != "units/"
    }
    assert notes[old.name] == "2025年12月1日起，这家单位的工作由测试市大交通局承担；以前的各期通报照原样保留。"
    assert notes["测试市大交通局"] == f"由{old.name}改组而来。"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"replaces": "nothing"}, "replaces 写的 nothing 不是这张表里别的行"),
        ({"replaces": "share-2025"}, "replaces 写的 share-2025 还没有停止"),
        ({"withdrawn_on": "2025-12-01"}, "停止日期 2025-12-01 不在起算日期 2025-12-01 之后"),
    ],
)
def test_what_does_not_fit_is_an_error(make_package, count, changes, said):
    folder = make_package(
        *_fields("targets", count("targets"), withdrawn_on="2025-12-01"), add("targets", **{**NEW, **changes})
    )
    found = [each.message for each in find_violations(read(folder), TODAY) if each.code == "amendment-fits"]
    assert found == [said]


def test_a_row_not_touched_needs_none_of_it(make_package):
    folder = make_package(cell("targets", 2, "note", ""))
    assert not [each for each in find_violations(read(folder), TODAY) if each.code == "amendment-fits"]


@pytest.fixture
def works_changed(make_package, count):
    """A package whose first named work is replaced by another on a day, and whose first project ends then."""
    rows, first = count("tasks"), load_package(make_package(), TODAY).tasks[0]
    new = {"task_id": "work-new", "plan_id": first.plan_id, "project_id": first.project_id or "",
           "name": "新的工作（虚构）", "region_id": first.region_id or "", "section": first.section,
           "valid_from": "2025-12-01", "replaces": first.task_id}  # fmt: skip
    return first, make_package(
        *_fields("tasks", rows, withdrawn_on="2025-12-01"),
        *_fields("projects", count("projects"), withdrawn_on="2025-12-01"),
        add("tasks", **new),
    )


def test_a_work_taken_back_counts_nowhere_and_keeps_its_page_and_its_steps(works_changed):
    old, folder = works_changed
    package = load_package(folder, TODAY)
    before, after = asof(package, BEFORE), asof(package, AFTER)
    assert old.task_id in {each.task_id for each in before.tasks}
    assert before.ended_tasks == ()
    assert old.task_id not in {each.task_id for each in after.tasks}
    assert [each.task_id for each in after.ended_tasks] == [old.task_id]
    assert asof(after, AFTER) == after
    assert {e.task_id for e in after.task_events} == {e.task_id for e in package.task_events}
    assert old.task_id in {each.task_id for each in after.table("tasks")}
    given = SiteData(build_report(package, TODAY))
    [page] = withdrawn.pages(given)
    assert page.address == f"works/{old.task_id}/"
    assert page.view.sentence == "这项工作自2025年12月1日起不再执行，现在执行的是"
    assert [heir.label for heir in page.view.heirs] == ["新的工作（虚构）"]
    told = [e for e in package.task_events if e.task_id == old.task_id]
    assert len(page.view.steps) == len(told) > 0
    text = next(iter(render_pages(iter([page])))).data.decode()
    assert "公布过的进展" in text
    there = {each.address: each for each in works.pages(given)}
    assert page.address not in there
    assert [(f.label, f.value) for f in there["works/"].view.ended] == [
        (old.name, "2025年12月1日起不再执行，由新的工作（虚构）代替")
    ]
    assert ("代替了", old.name) in [(f.label, f.value) for f in there["works/work-new/"].view.facts]


def test_a_project_that_has_ended_says_so(works_changed):
    _old, folder = works_changed
    package = load_package(folder, TODAY)
    given = SiteData(build_report(package, TODAY))
    [page] = [each for each in project.pages(given) if each.address == f"projects/{package.projects[0].project_id}/"]
    assert ("现在", "2025年12月1日起不再执行") in [(f.label, f.value) for f in page.view.facts]


def test_the_whole_site_is_built_with_works_that_have_ended(works_changed):
    _old, folder = works_changed
    given = SiteData(build_report(load_package(folder, TODAY), TODAY))
    made = [page.path for page in render_pages(build_pages(given))]
    assert len(made) == len(set(made))
