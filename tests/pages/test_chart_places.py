"""Which charts stand on which page: drawn from real specifications, left out where they would say nothing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from packages import add, cell
from page_samples import emptied, made, page

from build_scripts.charts import chart_figure, render_all
from build_scripts.core.method import Assessment, Status
from build_scripts.pages import bulletins, chart_specs, indicator, plan, project, region
from build_scripts.pages.figures import project_specs
from build_scripts.pages.history_figures import STRIPS_SHOWN, history_specs, most_telling
from build_scripts.pages.place_figures import place_specs, tile_maps
from build_scripts.render import render_page
from build_scripts.report import join_report
from build_scripts.report.history import Course, courses, quarter


def gdp(region_id, period, value, basis="main"):
    row = {"region_id": region_id, "period": period, "basis": basis, "pub": "2024-03-02", "source_id": "gazette"}
    return add("observations", indicator_id="gdp", **row, value=value, obs_status="A")


GROUP = gdp("group-ab", "2023", "180")
SECOND_WORK = add("tasks", task_id="bridge", plan_id="test-plan", project_id="road", name="大桥（虚构）",
                  region_id="city", lead_unit_id="transport", due="2025-12-31", due_as_printed="2025年底",
                  section="三/（一）")  # fmt: skip


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """The invented package with a group's figure and a second dated work, all its charts drawn."""
    folder = tmp_path_factory.mktemp("charts")
    found = made(folder, GROUP, SECOND_WORK)
    specs = list(chart_specs(found.report))
    drawn = render_all(specs, folder / "cache")
    sources = found.report.package.source_by_id
    return replace(found, charts={spec.id: chart_figure(spec, drawn[spec.id], sources) for spec in specs})


def shown(pages, address):
    """The page's text, where each chart on it has its alternative text, its table and its files."""
    text = render_page(page(pages, address))
    count = text.count('<figure class="chart"')
    assert text.count("<svg") >= 2 * count
    assert text.count('<details class="chart-table"') == count
    assert text.count(".csv") >= count
    return text, count


def specs_of(made_specs):
    return {spec.id: spec for spec in made_specs}


def test_a_project_shows_its_works_on_a_timeline_and_targets_against_time(given):
    text, count = shown(project.pages(given), "projects/road/")
    assert "road-timeline" in text
    assert "2项工作有时间可查" in text
    assert count == len(list(project_specs(given.report, given.report.package.project_by_id["road"])))
    assert shown(project.pages(given), "projects/show/")[1] == 0


def test_one_dated_work_is_no_timeline(tmp_path):
    report = made(tmp_path).report
    assert "road-timeline" not in specs_of(project_specs(report, report.package.project_by_id["road"]))


def test_works_that_only_wait_for_the_same_day_are_no_timeline(tmp_path):
    def drawn(*changes):
        report = made(tmp_path, SECOND_WORK, emptied("task_events"), *changes).report
        return "road-timeline" in specs_of(project_specs(report, report.package.project_by_id["road"]))

    assert drawn()
    assert not drawn(cell("tasks", 3, "due", "2024-12-31"))


def test_only_targets_with_progress_and_time_become_bullets(report):
    road = report.package.project_by_id["road"]
    assert "road-bullet" not in specs_of(project_specs(report, road))
    verdicts = {entry.target_id: entry.assessment for entry in report.entries}
    paced = Assessment(Status.BEHIND, progress_pct=Decimal(20), time_pct=Decimal(50), gap_pp=Decimal(-30))
    moved = join_report(report.package, report.as_of, verdicts | {"invest-2125": paced})
    spec = specs_of(project_specs(moved, road))["road-bullet"]
    assert [row[0] for row in spec.table.rows] == ["累计完成投资50亿元"]
    assert "另有1项目标" in spec.key


def test_an_indicator_published_in_several_regions_shows_them_on_one_scale(given):
    text, count = shown(indicator.pages(given), "indicators/gdp/")
    assert count == 1
    assert "4个地区都有公开的全年数据" in text
    assert 'id="gdp-regions"' in text
    rows = specs_of(place_specs(given.report))["gdp-regions"].table.rows
    assert [row[0] for row in rows] == ["测试市", "甲县", "乙县", "甲乙组团"]


def test_an_indicator_of_one_region_shows_its_series_only_when_it_is_one(tmp_path):
    few = made(tmp_path)
    assert "invest-series" not in specs_of(place_specs(few.report))
    assert shown(indicator.pages(few), "indicators/invest/")[1] == 0
    row = {"indicator_id": "invest", "region_id": "city", "basis": "main", "pub": "2024-02-01", "source_id": "gazette"}
    more = made(tmp_path, add("observations", period="2021-01-01/P36M", **row, value="30", obs_status="A"))
    spec = specs_of(place_specs(more.report))["invest-series"]
    assert spec.title.startswith("测试市累计投资：")
    assert spec.title.endswith("30亿元")
    assert len(spec.table.rows) == 3
    assert spec.credits == ("来源：测试市统计局",)


def test_counties_stand_alone_where_the_city_would_flatten_them(tmp_path):
    large = made(tmp_path, *(cell("observations", row, "value", value) for row, value in ((2, "900"), (4, "950"))))
    found = specs_of(place_specs(large.report))
    assert [row[0] for row in found["gdp-regions"].table.rows] == ["甲县", "乙县"]
    assert found["gdp-series"].title.startswith("测试市地区生产总值：2023年950亿元")
    assert [each for each in found if each.startswith("gdp-")] == ["gdp-series", "gdp-regions"]


def test_regions_are_compared_within_one_period_and_one_basis(given, tmp_path):
    (found,) = tile_maps(given.report)
    assert (found.indicator.indicator_id, found.period) == ("gdp", "2023")
    assert set(found.figures) == {"county-a", "county-b"}
    apart = made(tmp_path, cell("observations", 6, "period", "2022"))
    assert tile_maps(apart.report) == []
    recounted = made(tmp_path, cell("observations", 6, "basis", "census5"))
    assert tile_maps(recounted.report) == []


def test_the_share_of_the_groups_needs_parts_that_make_up_the_whole(given, tmp_path):
    spec = specs_of(place_specs(given.report))["share-groups"]
    assert spec.title.startswith("2023年地区生产总值180亿元，1个部分中1个已公布")
    half = made(tmp_path, gdp("group-ab", "2023", "90"))
    assert "share-groups" not in specs_of(place_specs(half.report))
    other_year = made(tmp_path, gdp("group-ab", "2022", "180"))
    assert "share-groups" not in specs_of(place_specs(other_year.report))


def test_regions_show_maps_and_shares_that_concern_them(given):
    for address, ids in {
        "regions/": {"tiles-gdp", "share-groups"},
        "regions/city/": {"share-groups"},
        "regions/county-a/": set(),
        "regions/group-ab/": {"share-groups"},
    }.items():
        text, count = shown(region.pages(given), address)
        assert count == len(ids), address
        assert all(f'id="{each}"' in text for each in ids), address
    assert "不是行政区划图" in shown(region.pages(given), "regions/")[0]


def test_plans_and_the_list_of_bulletins_show_how_verdicts_moved(given):
    text, count = shown(plan.pages(given), "plans/test-plan/")
    assert count == 1
    assert "评估结果有过变化" in text
    assert 'id="history-test-plan"' in text
    # Without bulletins the list has nothing a strip could be compared with.
    assert shown(bulletins.pages(given), "bulletins/")[1] == 0


def test_a_course_begins_with_its_plan_and_ends_with_the_day(given):
    found = courses(given.report, given.report.entries)
    assert {course.entry.target_id for course in found} == {e.target_id for e in given.report.entries} - {"parks-again"}
    for course in found:
        assert next(iter(course.statuses)) == quarter(date(2021, 3, 31)) == "2021-Q1"
        assert list(course.statuses)[-1] == "2024-Q2"
        assert course.statuses["2024-Q2"] == course.entry.status


def test_a_plan_in_which_nothing_moved_has_no_strips(tmp_path):
    assert list(history_specs(made(tmp_path, as_of=date(2021, 3, 31)).report)) == []


def test_the_strips_drawn_are_the_most_telling_in_document_order(given):
    entry = given.report.entries[0]
    waiting = {"2023-Q1": Status.PENDING, "2023-Q2": Status.NO_DATA}
    judged = {"2023-Q1": Status.NO_DATA, "2023-Q2": Status.BEHIND}
    still = {"2023-Q1": Status.BEHIND, "2023-Q2": Status.BEHIND}
    named = [
        Course(replace(entry, target=replace(entry.target, target_id=f"t{index}")), statuses)
        for index, statuses in enumerate([waiting] * STRIPS_SHOWN + [still, judged])
    ]
    drawn = [course.entry.target_id for course in most_telling(named)]
    assert len(drawn) == STRIPS_SHOWN
    assert drawn == sorted(drawn, key=lambda each: int(each[1:]))
    assert f"t{STRIPS_SHOWN + 1}" in drawn
    assert f"t{STRIPS_SHOWN}" not in drawn
