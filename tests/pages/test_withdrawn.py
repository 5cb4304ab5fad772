"""A value taken back by a later row without one stays visible, and nothing rests on it any more."""

from datetime import date

import pytest
from packages import add
from page_samples import made

from build_scripts.assess import assess_package
from build_scripts.bulletins import NewsKind, digests
from build_scripts.charts.course import usable
from build_scripts.core.identity import Site
from build_scripts.exports import assessed_edition
from build_scripts.feeds import feed_files
from build_scripts.pages import build_pages, revisions
from build_scripts.render import render_page
from build_scripts.report.revisions import revisions as changes

AGAIN = {"indicator_id": "gdp", "region_id": "city", "basis": "main", "source_id": "gazette"}
GONE = add("observations", **AGAIN, period="2023", pub="2024-05-10", obs_status="M", note="前报数有误")
BACK = add("observations", **AGAIN, period="2023", pub="2024-06-10", value="182", obs_status="A")


def entry_of(given):
    return given.report.entry_by_id["gdp-2025"]


def test_no_verdict_rests_on_it_and_it_says_why(tmp_path):
    before, after = entry_of(made(tmp_path)), entry_of(made(tmp_path, GONE))
    assert (before.assessment.period, before.assessment.value) == ("2023", 180)
    assert after.assessment.period == "2022"
    left = [step for step in after.assessment.steps if step.code == "obs.left.withdrawn"]
    assert [dict(step.values)["value"] for step in left] == [180]


def test_before_the_day_it_stands(tmp_path):
    given = made(tmp_path, GONE, as_of=date(2024, 5, 9))
    assert entry_of(given).assessment.value == 180


def test_a_new_value_after_it_counts_again(tmp_path):
    assert entry_of(made(tmp_path, GONE, BACK)).assessment.value == 182


@pytest.mark.parametrize(("tier", "stands"), [("1", False), ("2", False), ("3", True)])
def test_other_media_take_nothing_official_back(tmp_path, tier, stands):
    source = add(
        "sources", source_id="other", title="别处", publisher="别处", published="2024-05-10", tier=tier, note="x"
    )
    said = add("observations", **{**AGAIN, "source_id": "other"}, period="2023", pub="2024-05-10", obs_status="M")
    assert (entry_of(made(tmp_path, source, said)).assessment.value == 180) is stands


def test_what_was_said_missing_before_any_value_takes_nothing_back(tmp_path):
    early = add("observations", **AGAIN, period="2023", pub="2024-02-10", obs_status="M")
    given = made(tmp_path, early)
    assert entry_of(given).assessment.value == 180
    assert not changes(given.report)


def test_another_basis_stays(tmp_path):
    said = add("observations", **{**AGAIN, "basis": "census"}, period="2023", pub="2024-05-10", obs_status="M")
    assert entry_of(made(tmp_path, said)).assessment.value == 180


def test_the_page_strikes_it_and_says_so(tmp_path):
    given = made(tmp_path, GONE)
    page = next(page for page in build_pages(given) if page.address == "targets/gdp-2025/")
    text = render_page(page)
    assert "<s>180.00</s>" in text
    assert "已撤回" in text
    assert "前报数有误" in text
    assert "最新公布的是2022年171.5亿元" in text


def test_the_list_of_revisions_shows_both_steps(tmp_path):
    rows = next(revisions.pages(made(tmp_path, GONE, BACK))).view.rows
    assert [(row.kind, row.old.value, row.new.value, row.change) for row in rows] == [
        ("撤回后重新公布", "—（暂无数据）", "182亿元", "—"),
        ("撤回", "180亿元（初步数）", "—（暂无数据）", "—"),
    ]


def test_the_feed_of_revisions_tells_it(tmp_path):
    report = made(tmp_path, GONE).report
    files = {each.path: each.data.decode() for each in feed_files(report, (), Site("站", "人"))}
    assert any("地区生产总值：2023年的180亿元（初步数）已撤回" in text for text in files.values())


def test_the_next_bulletin_tells_it_and_the_one_before_does_not(tmp_path):
    more = add(
        "bulletins", bulletin_id="m-2024-05", kind="month", period="2024-05", as_of="2024-05-31", released="2024-06-02"
    )
    package = made(tmp_path, GONE, more).report.package
    latest, first = digests(package, date(2024, 6, 30))
    assert [news.kind for news in latest.news if news.figure.observation.period == "2023"] == [NewsKind.WITHDRAWN]
    assert NewsKind.WITHDRAWN not in {news.kind for news in first.news}


def test_charts_and_tables_leave_it_out(tmp_path):
    given = made(tmp_path, GONE)
    entry = entry_of(given)
    assert "2023" not in {figure.observation.period for figure in usable(entry.figures)}
    edition = assessed_edition(given.report, {})
    assert edition.told(entry.target).period == "2022"
    assert assess_package(given.report.package, date(2024, 6, 30))["gdp-2025"].value != 180
