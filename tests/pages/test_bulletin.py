"""The bulletin's page and its neighbours: everything told is there, thin stretches say so, links lead on."""

from dataclasses import replace
from datetime import date

import pytest

from build_scripts.bulletins import digests
from build_scripts.pages import SiteData, bulletin, bulletins, publications
from build_scripts.render import render_page
from build_scripts.report import build_report

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def told(package):
    """SiteData with three quarterly bulletins of the invented package, which was given a problem in between."""
    row = package.bulletins[0]
    quarters = [
        replace(row, bulletin_id=name.lower(), kind="quarter", period=name, as_of=day, released=day)
        for name, day in (
            ("2022-Q4", date(2023, 1, 31)),
            ("2023-Q1", date(2023, 4, 30)),
            ("2023-Q2", date(2023, 7, 31)),
            ("2025-Q1", date(2025, 4, 30)),
            ("2025-Q2", date(2025, 7, 31)),
        )
    ]
    known = replace(package, bulletins=(*quarters, replace(row, headline="春季调度：<重点>事项")))
    return SiteData(build_report(known, TODAY), digests=digests(known, TODAY))


@pytest.fixture(scope="module")
def texts(told):
    """The staged text of every page, by address."""
    kinds = (bulletin, bulletins, publications)
    return {page.address: render_page(page) for kind in kinds for page in kind.pages(told)}


def view(told, name):
    return next(page.view for page in bulletin.pages(told) if page.address == f"bulletins/{name}/")


def test_every_bulletin_has_its_page_and_its_page_of_what_came_later(told, texts):
    for digest in told.digests:
        address = f"bulletins/{digest.bulletin.bulletin_id}/"
        assert {address, f"{address}later/"} <= set(texts)
        assert 'href="later/"' in texts[address]
    assert "bulletins/" in texts
    assert "publications/" in texts


def test_a_bulletin_opens_with_its_count_its_days_and_what_it_is_compared_with(told, texts):
    text = texts["bulletins/2023-q1/"]
    assert text.count("# 2023年第一季度分析通报 {") == 1
    assert "截至2023年4月30日，已印发的一份规划共写下6项目标" in text
    assert 'href="../2022-q4/">2022年第四季度分析通报（截至2023年1月31日）</a>' in text
    assert "不是政府部门的通报" in text
    assert 'data_as_of: "2023-04-30"' in text
    assert 'feed: "feeds/bulletins.xml"' in text


def test_news_problems_and_thin_quarters_are_told(told):
    first = view(told, "2023-q1")
    assert [(row.figure.label, row.period, row.kind) for row in first.news] == [
        ("测试市地区生产总值", "2022年", "新公布")
    ]
    assert [row.problem.label for row in first.opened] == ["用地没有落实（虚构）"]
    assert not first.closed
    second = view(told, "2023-q2")
    assert not second.news
    assert second.news_none.startswith("本季度本站没有收录新的数据；")
    assert second.news_none.endswith("，最近一次查找2023年2月1日。未收录不等于没有公布。")
    assert [row.closed for row in second.closed] == ["2023年5月20日"]
    assert view(told, "2022-q4").problems_none.startswith("截至2023年1月31日，本站还没有收录责任单位公开发布的问题清单")


def test_changes_go_from_one_badge_to_another_with_the_reason(told):
    for digest in told.digests:
        rows = view(told, digest.bulletin.bulletin_id).changes
        assert len(rows) == len(digest.changes)
        for row in rows:
            assert row.before.label != row.after.label
            assert row.reason.endswith("。")
            assert not row.reason.startswith(("评估日为", "结论："))
    assert any(view(told, digest.bulletin.bulletin_id).changes for digest in told.digests)


def test_due_and_silent_targets_carry_deadline_days_and_owner(told):
    shown = view(told, "2025-q1")
    assert [row.deadline for row in shown.due] == ["2024年12月31日"]
    assert shown.due[0].badge.label == "已达到"
    assert [row.owner.label for row in shown.due] == ["测试市交通局"]


def test_the_headline_is_shown_as_text(texts):
    assert "春季调度：&lt;重点&gt;事项" in texts["bulletins/m-2024-03/"]


def test_the_list_goes_by_year_and_opens_with_the_newest(told, texts):
    text = texts["bulletins/"]
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## 2025年 { #y2025 }",
        "## 2024年 { #y2024 }",
        "## 2023年 { #y2023 }",
        "## 2022年 { #y2022 }",
    ]
    assert text.index("2025-q2/") < text.index("2025-q1/")
    assert 'href="../feeds/bulletins.xml"' in text


def test_what_came_later_leads_to_the_next_and_back(texts):
    text = texts["bulletins/2023-q1/later/"]
    assert 'href="../../2023-q2/">2023年第二季度分析通报</a>' in text
    assert 'href="../">2023年第一季度分析通报</a>' in text
    assert "下一期还没有编成" in texts["bulletins/2025-q2/later/"]


def test_without_bulletins_the_list_says_so(report):
    text = next(render_page(page) for page in bulletins.pages(SiteData(report)))
    assert "还没有通报" in text


def test_the_record_lists_who_let_out_what(given):
    text = next(render_page(page) for page in publications.pages(given))
    assert "王某" in text
    assert "2024年6月1日09:30" in text
    assert "新增数据1个。" in text
    none = next(render_page(page) for page in publications.pages(replace(given, approvals=())))
    assert "还没有核准发布的记录" in none


def test_fewer_rows_than_targets_are_explained_and_an_unsearched_target_is_told_once(package):
    last = replace(package.bulletins[0], bulletin_id="2026-q1", kind="quarter", period="2026-Q1",
                   as_of=date(2026, 4, 30), released=date(2026, 4, 30))  # fmt: skip
    once = tuple(replace(each, duplicate_of=None) for each in package.targets)
    for targets, searches, said in ((package.targets, (), True), (once, package.searches, False)):
        known = replace(package, bulletins=(last,), targets=targets, searches=searches)
        (page,) = bulletin.pages(SiteData(build_report(known, TODAY), digests=digests(known, TODAY)))
        assert page.view.unanswered
        assert ("重复表述的目标只列一次" in render_page(page)) is said
        for row in page.view.unanswered:
            assert bool(row.line) is (row.state != "尚未查找")


def test_a_work_leads_to_its_page_and_one_of_the_same_name_names_its_plan(package):
    quarter = replace(package.bulletins[0], bulletin_id="2022-q2", kind="quarter", period="2022-Q2",
                      as_of=date(2022, 7, 31), released=date(2022, 7, 31))  # fmt: skip
    known = replace(package, bulletins=(quarter,))
    (shown,) = bulletin.pages(SiteData(build_report(known, TODAY), digests=digests(known, TODAY)))
    assert [(row.link.address, row.plan) for row in shown.view.happenings] == [("works/ring-road/", "")]
    assert 'href="../../works/ring-road/"' in render_page(shown)
    (task,) = package.tasks
    (plan,) = package.plans
    other = replace(plan, plan_id="other-plan", title="另一份规划（虚构）", short_title="另一规划")
    twin = replace(task, task_id="ring-again", plan_id="other-plan", project_id=None, target_id=None)
    again = tuple(replace(each, task_id="ring-again") for each in package.task_events)
    both = replace(known, plans=(plan, other), tasks=(task, twin), task_events=(*package.task_events, *again))
    (shown,) = bulletin.pages(SiteData(build_report(both, TODAY), digests=digests(both, TODAY)))
    assert {(row.link.address, row.plan) for row in shown.view.happenings} == {
        ("works/ring-road/", "测试规划"),
        ("works/ring-again/", "另一规划"),
    }
