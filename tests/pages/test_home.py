"""The home page tells the whole truth: all targets, all four families, adding up."""

from dataclasses import replace
from datetime import date

from packages import cell
from page_samples import made

from build_scripts.core.method import Assessment, Family, Status
from build_scripts.core.periods import parse_period
from build_scripts.pages import SiteData, home
from build_scripts.pages.home_parts import source_lines
from build_scripts.render import render_page
from build_scripts.report import build_report, join_report


def view_of(given):
    return next(home.pages(given)).view


def test_the_headline_says_in_plain_words_how_many_have_a_result_and_names_them(given):
    view = view_of(given)
    assert view.headline == "测试在一份文件里承诺了6件事，查得到结果的有3件："
    assert [(each.badge.code, each.link.address) for each in view.named] == [
        ("on_track", "targets/gdp-2025/"),
        ("slightly_behind", "targets/invest-2125/"),
        ("behind", "targets/share-2025/"),
    ]
    assert view.named[0].words == "2023年是180亿元（初步数），目标是2025年达到200亿元"
    assert view.named_rest == ""


def test_a_thing_done_late_is_named_with_its_day_and_how_late(given, tmp_path):
    late = made(tmp_path, cell("task_events", 3, "date", "2025-07-10"), cell("task_events", 3, "pub", "2025-07-11"),
                cell("task_events", 3, "note", "正式通车；原文只到日"), as_of=date(2026, 6, 30))  # fmt: skip
    (named,) = [each for each in view_of(late).named if each.link.address == "targets/open-2024/"]
    assert named.badge.code == "achieved_late"
    assert named.words == "2025年7月10日，正式通车，比期限晚了6个月"


def test_the_sentence_for_search_engines_counts_every_target_in_four_families(given):
    assert home.whole_sentence(given.report) == (
        "一份文件共写下6项目标。截至2024年6月30日，"
        "依据公开数据能下结论的有3项：推进中1项、滞后2项；其余3项还不能下结论。"
    )


def test_the_bar_shows_all_families_also_the_empty_ones(given):
    view = view_of(given)
    assert [part.code for part in view.families.segments] == [family.value for family in Family]
    assert sum(part.count for part in view.families.segments) == view.families.total == 6
    assert abs(sum(float(part.width) for part in view.families.segments) - 100) < 0.01


def test_with_a_verdict_on_everything_no_remainder_is_mentioned(given):
    every = {entry.target_id: Assessment(Status.ACHIEVED) for entry in given.report.entries}
    judged = join_report(given.report.package, given.report.as_of, every)
    assert home.whole_sentence(judged) == (
        "一份文件共写下6项目标。截至2024年6月30日，依据公开数据能下结论的有6项：已达到6项。"
    )


def test_with_no_verdict_at_all_the_headline_says_so(given):
    none = {entry.target_id: Assessment(Status.NO_DATA) for entry in given.report.entries}
    silent = SiteData(join_report(given.report.package, given.report.as_of, none))
    assert view_of(silent).headline == "测试在一份文件里承诺了6件事，还没有一件查得到结果。"
    assert view_of(silent).named == ()


def test_duplicates_are_counted_apart(given):
    assert view_of(given).totals == "扣除重复表述和布局口号后为5项目标，其中有结论的3项。"


def test_targets_without_a_value_are_listed_longest_overdue_first(given):
    package = given.report.package
    nothing = {entry.target_id: Assessment(Status.NO_DATA) for entry in given.report.entries}
    late = SiteData(join_report(package, given.report.as_of.replace(year=2026), nothing))
    view = view_of(late)
    assert view.unanswered[0].link.address == "targets/open-2024/"
    assert view.unanswered_sentence.startswith("6项目标期限已过，本站的记录里还没有可以核对的结果")
    assert view.unanswered_short == "6项到期未收录结果（尚未查找6项）"
    assert [(each.label, each.count) for each in view.disclosure.states] == [
        ("已知有公布、尚未收录", 0),
        ("查过、未见公布", 0),
        ("只查过别处", 0),
        ("尚未查找", 6),
    ]
    text = render_page(next(home.pages(late)))
    assert '<a href="#unanswered">6项到期未收录结果（尚未查找6项）</a>' in text
    assert 'href="letters/"' in text
    assert view_of(given).unanswered == ()
    assert view_of(given).unanswered_short == ""


def test_counties_are_tiles_with_all_that_concerns_them(given):
    view = view_of(given)
    assert [(tile.link.address, tile.count) for tile in view.tiles] == [
        ("regions/county-a/", "1项承诺"),
        ("regions/county-b/", "0项承诺"),
    ]


def test_tiles_stand_where_the_package_places_them(tmp_path):
    def placed(folder):
        file = folder / "targets" / "regions.csv"
        places = {"region_id": "tile", "county-a": "0-1", "county-b": "1-0"}
        lines = [f"{line},{places.get(line.split(',')[0], '')}" for line in file.read_text("utf-8").splitlines()]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")

    view = view_of(made(tmp_path, placed))
    assert view.columns == 2
    assert [tile.link and tile.link.label for tile in view.tiles] == [None, "甲县", "乙县", None]


def test_works_with_steps_are_lines_of_dots(given):
    assert [line.link.address for line in view_of(given).works.shown.lines] == ["works/ring-road/"]


def test_lead_units_are_counted_in_the_packages_order_and_not_ranked(given):
    rows = [(row.link.label, row.leads, row.known) for row in view_of(given).units]
    assert rows == [("测试市交通局", "2", "2"), ("原文没有写明", "4", "4")]


def test_the_latest_material_has_one_line_a_source(given):
    lines = view_of(given).latest
    assert len({line.link.address for line in lines}) == len(lines)
    assert lines[0].link.address == "sources/gazette/"
    assert "个数" in lines[0].brought


def test_where_nothing_is_due_nothing_is_said_to_be_found(given, tmp_path):
    assert min(entry.deadline for entry in given.report.entries if entry.deadline) > given.report.as_of
    assert view_of(given).unanswered_sentence == "还没有目标到期。"
    later = view_of(made(tmp_path, as_of=date(2025, 1, 31)))
    assert later.unanswered_sentence == "到期的目标都查得到结果。"


def test_examples_of_searches_are_words_the_package_knows(given):
    names = [each.name for each in given.report.package.targets]
    assert all(any(word in name for name in names) for word in view_of(given).queries)


def test_an_empty_package_still_has_a_home(given):
    report = given.report
    empty = replace(report.package, targets=(), related_indicators=(), observations=(), task_events=(), tasks=())
    page = next(home.pages(SiteData(join_report(empty, report.as_of, {}))))
    assert page.view.headline == "数据包里还没有目标。"
    assert "2024年6月30日还没有收录公开数据" in render_page(page)


def test_a_live_table_that_was_read_lately_is_among_what_was_added_last(tmp_path):
    package = made(tmp_path).report.package
    for kind, found in (("live", True), ("document", False)):
        sources = tuple(replace(each, published=None, kind=kind) for each in package.sources)
        report = build_report(replace(package, sources=sources), date(2024, 6, 30))
        assert report.updates
        assert bool(source_lines(report)) is found


def test_of_what_came_on_one_day_the_latest_period_is_told_first(given):
    found = [each for each in given.report.updates if each.observation]
    keys = [(each.day, each.pub, parse_period(each.observation.period).end) for each in found]
    assert keys == sorted(keys, reverse=True)
    assert len({(day, pub) for day, pub, _end in keys}) < len(keys)
