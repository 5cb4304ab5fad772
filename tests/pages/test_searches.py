"""The page of searches: every search on record, the latest first, with what it was for and what came of it."""

from datetime import date

from packages import add, emptied
from page_samples import made, page

from build_scripts.pages import quality, searches, target
from build_scripts.render import render_page

ROW = {"place": "统计局", "place_kind": "issuer_site", "result": "not_found"}


def given(tmp_path, *rows):
    added = [add("searches", **(ROW | {"search_id": f"s-{n}"} | row)) for n, row in enumerate(rows)]
    return made(tmp_path, emptied("searches"), *added, as_of=date(2026, 6, 30))


def test_every_search_is_told_latest_first_with_what_it_was_for(tmp_path):
    found = given(
        tmp_path,
        {"date": "2026-02-01", "plan_id": "test-plan", "place_kind": "archive", "query": "逐条"},
        {"date": "2026-03-01", "indicator_id": "gdp", "region_id": "city", "period": "2025"},
        {"date": "2026-02-15", "target_id": "gdp-2025", "task_id": "ring-road", "url": "https://example.org/x"},
        {"date": "2026-07-01", "target_id": "gdp-2025"},
    )
    (shown,) = searches.pages(found)
    view = shown.view
    assert [row.anchor for row in view.rows] == ["s-1", "s-2", "s-0"], "the one after the day is not known yet"
    assert [link.address for link in view.rows[1].about] == ["targets/gdp-2025/", "works/ring-road/"]
    assert view.rows[0].period == "2025年"
    assert view.rows[2].about[0].label == "测试规划的全部目标"
    text = render_page(shown)
    assert '<tr id="s-1">' in text
    assert '<a href="https://example.org/x" rel="noopener external">统计局</a>' in text
    assert 'href="../data/csv/searches.csv"' in text
    assert "最近一次查找2026年3月1日" in text
    assert '"../searches/"' not in text, "the page leads to itself"


def test_what_sort_of_place_it_is_is_not_said_twice(tmp_path):
    there = {"date": "2026-02-01", "target_id": "gdp-2025", "place_kind": "archive"}
    found = given(tmp_path, there | {"place": "公开网页的存档副本"}, there | {"place": "图书馆"})
    (shown,) = searches.pages(found)
    assert sorted((row.row.place, row.row.kind) for row in shown.view.rows) == [
        ("公开网页的存档副本", ""),
        ("图书馆", "存档副本"),
    ]
    asked = render_page(page(target.pages(found), "targets/gdp-2025/"))
    assert "公开网页的存档副本：没有查到" in asked
    assert "图书馆（存档副本）：没有查到" in asked


def test_without_searches_the_page_says_so(tmp_path):
    (shown,) = searches.pages(given(tmp_path))
    assert shown.view.sentence == "还没有登记过查找。"
    assert "<table" not in render_page(shown)


def test_quality_and_a_target_without_a_value_lead_to_the_page(tmp_path):
    found = given(tmp_path)
    assert 'href="../../searches/"' in render_page(next(quality.pages(found)))
    assert 'href="../../searches/"' in render_page(page(target.pages(found), "targets/gdp-2025/"))
