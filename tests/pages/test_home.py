"""The home page tells the whole truth: all targets, all four families, adding up."""

from dataclasses import replace

from build_scripts.core.method import Assessment, Family, Status
from build_scripts.pages import Ingredients, home
from build_scripts.render import render_page
from build_scripts.report import join_report


def view_of(given):
    return next(home.pages(given)).view


def test_the_sentence_counts_every_target_in_four_families(given):
    assert view_of(given).sentence == (
        "一份规划共写下6项目标。截至2024年6月30日，"
        "依据公开数据能下结论的有3项：推进中1项、滞后2项；其余3项还不能下结论。"
    )


def test_the_bar_shows_all_families_also_the_empty_ones(given):
    view = view_of(given)
    assert [part.code for part in view.families.segments] == [family.value for family in Family]
    assert sum(part.count for part in view.families.segments) == view.families.total == 6
    assert abs(sum(float(part.width) for part in view.families.segments) - 100) < 0.01


def test_with_a_verdict_on_everything_no_remainder_is_mentioned(given):
    every = {entry.target_id: Assessment(Status.ACHIEVED) for entry in given.report.entries}
    judged = Ingredients(join_report(given.report.package, given.report.as_of, every))
    assert (
        view_of(judged).sentence == "一份规划共写下6项目标。截至2024年6月30日，依据公开数据能下结论的有6项：已达到6项。"
    )


def test_with_no_verdict_at_all_the_sentence_says_so(given):
    none = {entry.target_id: Assessment(Status.NO_DATA) for entry in given.report.entries}
    silent = Ingredients(join_report(given.report.package, given.report.as_of, none))
    assert view_of(silent).sentence == (
        "一份规划共写下6项目标。截至2024年6月30日，依据公开数据还没有一项能下结论，其中6项没有查到可用的公开数据。"
    )


def test_duplicates_are_counted_apart(given):
    assert view_of(given).totals == "扣除重复表述和布局口号后为5项目标，其中有结论的3项。"


def test_due_and_silent_targets_are_listed_longest_overdue_first(given):
    package = given.report.package
    silent = {entry.target_id: Assessment(Status.NO_DATA) for entry in given.report.entries}
    late = Ingredients(join_report(package, given.report.as_of.replace(year=2026), silent))
    view = view_of(late)
    assert view.silent[0].link.address == "targets/open-2024/"
    assert "6项目标到期没有公布" in view.silent_sentence
    assert view.silent_short == "6项到期没有公布"
    assert '<a href="#silent">6项到期没有公布</a>' in render_page(next(home.pages(late)))
    assert "其中评估结果为“未查到公开数据”的6项：" in view.silent_sentence
    assert view_of(given).silent == ()
    assert view_of(given).silent_short == ""
    assert view_of(given).silent_sentence == "没有“到期没有公布”的目标。"


def test_updates_are_newest_first_and_lead_to_their_target(given):
    updates = view_of(given).updates
    assert [each.published for each in updates[:2]] == ["2024年3月1日", "2024年3月1日"]
    assert any(
        each.address == "targets/gdp-2025/" and "测试市地区生产总值：2023年180亿元（初步数）" in each.text
        for each in updates
    )


def test_an_empty_package_still_has_a_home(given):
    report = given.report
    empty = replace(report.package, targets=(), related_indicators=(), observations=(), task_events=(), tasks=())
    page = next(home.pages(Ingredients(join_report(empty, report.as_of, {}))))
    assert page.view.sentence == "数据包里还没有目标。"
    assert "2024年6月30日还没有收录公开数据" in render_page(page)
