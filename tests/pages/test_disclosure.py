"""What pages say of targets past their deadline without a value: the state by the searches, never more."""

from datetime import date

import pytest
from packages import add, emptied
from page_samples import made, page

from build_scripts.exports import Publication
from build_scripts.pages import build_pages
from build_scripts.render import render_page

AS_OF = date(2026, 6, 30)
ROW = {"search_id": "s", "date": "2026-05-01", "place": "测试市统计局网站", "place_kind": "issuer_site"}
BULLETIN = {
    "result": "exists_not_collected",
    "period": "2025",
    "url": "https://example.org/2025",
    "note": "2025年统计公报已于2026年5月6日发布，本站还没有收录",
    "date": "2026-06-01",
}


def site(tmp_path, *searches, as_of=AS_OF):
    rows = [
        add("searches", **(ROW | {"result": "not_found", "search_id": f"s-{n}"} | s)) for n, s in enumerate(searches)
    ]
    given = made(tmp_path, emptied("searches"), *rows, as_of=as_of)
    return given, list(build_pages(given))


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ({}, "<strong>尚未查找</strong>：到期以后本站还没有查找。"),
        (
            {"target_id": "gdp-2025"},
            "<strong>查过、未见公布</strong>：本站没有查到，2026年5月1日查过测试市统计局网站。",
        ),
        (
            {"target_id": "gdp-2025", "place_kind": "archive", "place": "存档"},
            "<strong>只查过别处</strong>：本站没有查到，2026年5月1日只查过存档，还没有查发布机关自己的网站。",
        ),
        (
            {"indicator_id": "gdp", "region_id": "city"} | BULLETIN,
            (
                "<strong>已知有公布、尚未收录</strong>：2025年统计公报已于2026年5月6日发布，本站还没有收录。"
                ' <a href="https://example.org/2025" rel="noopener external">https://example.org/2025</a>'
            ),
        ),
    ],
)
def test_a_target_says_its_state_with_where_and_when(tmp_path, search, said):
    _given, pages = site(tmp_path, *([search] if search else []))
    text = render_page(page(pages, "targets/gdp-2025/"))
    assert said in text
    assert ('class="searches"' in text) is bool(search)


def test_a_target_with_a_value_or_time_left_says_nothing_of_searches(tmp_path):
    _given, pages = site(tmp_path, {"plan_id": "test-plan"}, as_of=date(2025, 6, 30))
    for address in ("targets/gdp-2025/", "targets/open-2024/"):
        text = render_page(page(pages, address))
        assert "尚未查找" not in text
        assert "未见公布" not in text


@pytest.mark.slow
@pytest.mark.parametrize("address", ["", "plans/test-plan/", "projects/road/", "regions/city/", "units/transport/"])
def test_pages_count_all_four_states_under_their_own_names(tmp_path, address):
    searches = (
        {"indicator_id": "gdp", "region_id": "city"} | BULLETIN,
        {"target_id": "share-2025"},
        {"target_id": "parks-2025", "place_kind": "official_media"},
    )
    given, pages = site(tmp_path, *searches)
    view = page(pages, address).view
    shown = {state.code: state.count for state in view.disclosure.states}
    entries = {
        "": given.report.entries,
        "plans/test-plan/": given.report.entries,
        "projects/road/": given.report.entries_by_project["road"],
        "regions/city/": given.report.entries_by_region["city"],
        "units/transport/": given.report.entries_by_lead["transport"],
    }[address]
    counted = [entry.searched.state.value for entry in entries if entry.searched]
    assert shown == {code: counted.count(code) for code in shown}
    assert sum(shown.values()) == len(counted) > 0
    text = render_page(page(pages, address))
    for state in view.disclosure.states:
        assert f"<dt>{state.label} <b>{state.count}</b></dt>" in text


def test_the_files_carry_the_state(tmp_path):
    given, _pages = site(tmp_path, {"indicator_id": "gdp", "region_id": "city"} | BULLETIN, {"target_id": "share-2025"})
    assert isinstance(given.published, Publication)
    tables = given.published.tables
    for name in ("targets_wide", "assessments"):
        rows = {row["target_id"]: row for row in tables[name].records()}
        assert rows["gdp-2025"]["disclosure"] == "exists_not_collected"
        assert rows["gdp-2025"]["disclosure_label"] == "已知有公布、尚未收录"
        assert rows["gdp-2025"]["searched_url"] == "https://example.org/2025"
        assert rows["share-2025"]["disclosure"] == "searched_not_found"
        assert rows["share-2025"]["searched_on"] == date(2026, 5, 1)
        assert rows["invest-2125"]["disclosure"] == "not_searched"
        assert rows["open-2024"]["disclosure"] is None
    assert len(tables["searches"].rows) == 2


def test_every_list_and_page_of_targets_shows_the_four_states_beside_each_other(tmp_path):
    """Where targets are counted and some are due without a value, no state is left out or hidden in another."""
    given, pages = site(tmp_path, {"target_id": "gdp-2025"}, {"target_id": "share-2025", "place_kind": "archive"})
    states = ("已知有公布、尚未收录", "查过、未见公布", "只查过别处", "尚未查找")
    counted = [each.address for each in pages if "到期未收录" in render_page(each)]
    assert {"regions/", "regions/city/", "regions/county-a/", "units/", "units/transport/", "projects/road/"} <= set(
        counted
    )
    for address in ("regions/", "regions/city/", "regions/county-a/", "units/", "plans/test-plan/", "searches/"):
        text = render_page(page(pages, address))
        assert [state in text for state in states] == [True] * 4, address
    assert "查过、未见公布1项，只查过别处1项，尚未查找" in render_page(page(pages, "plans/"))
    assert given.report.tally.unanswered > 2
