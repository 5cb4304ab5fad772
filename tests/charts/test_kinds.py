"""What the other nine kinds count, say and leave in place."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import samples
from all_of import all_of

from build_scripts import charts
from build_scripts.charts import svg, theme
from build_scripts.charts.coverage import SHOWN
from build_scripts.core.language import speaking
from build_scripts.core.method import Family, Status
from build_scripts.locale import t


def parts(drawing, part):
    return [row for row in drawing.rows if row["part"] == part]


def texts(drawing):
    return [row["text"] for row in drawing.rows if row["part"] == "text"]


@pytest.fixture(scope="module")
def entries():
    return samples.many_entries()


@all_of("name", samples.TALLIES)
def test_status_bar_leaves_nobody_out(name):
    tally = samples.TALLIES[name]
    spec = charts.status_bar("s", tally)
    for drawing in (spec.wide, spec.narrow):
        assert sum(row["x2"] - row["x"] for row in parts(drawing, "bar")) == tally.total
        assert sum(row["x2"] for row in parts(drawing, "row")) == tally.total
        labels = texts(drawing)
        glyphs = parts(drawing, "glyph")
        assert len(glyphs) == len(Status)
        assert {row["shape"] for row in glyphs} == set(theme.SHAPES.values())
        assert {"已达到", "逾期达到", "未查到公开数据", "暂不可评估"} <= set(labels)
        assert any(text.startswith("未作判断") for text in labels)
    assert spec.table.rows[-1][2] == f"{tally.total:,}"
    assert sum(int(row[2].replace(",", "")) for row in spec.table.rows[:-1]) == tally.total


@all_of(
    "name, title",
    [
        ("real", "294项目标中，30项有评估结果，264项未作判断"),
        ("silent", "294项目标均未作判断"),
        ("judged", "8项目标都有评估结果"),
        ("empty", "还没有目标"),
    ],
)
def test_status_bar_title_states_the_finding(name, title):
    assert charts.status_bar("s", samples.TALLIES[name]).title == title


def test_bullet_draws_progress_against_time_and_counts_the_rest(entries):
    spec = charts.bullet("b", entries)
    both = [e for e in entries if e.assessment.progress_pct is not None]
    assert len(spec.table.rows) == len(both) == len(parts(spec.wide, "edge"))
    assert f"另有{len(entries) - len(both)}项目标" in spec.key
    assert {row["x"] for row in parts(spec.wide, "edge")} == {60.0}
    ends = [row["x2"] for row in parts(spec.wide, "span") if row["fill"] != theme.TRACK]
    assert min(ends) == -25
    assert max(ends) == 125
    assert f"{both[0].assessment.progress_pct}".replace("-", "−") + ".0%" in texts(spec.wide)
    assert charts.bullet("b", [e for e in entries if e not in both]) is None


def test_timeline_tells_kept_late_and_open_apart():
    tasks, happenings = samples.tasks_and_events(12)
    spec = charts.timeline("t", tasks, happenings, samples.AS_OF)
    rows = {row[0]: row for row in spec.table.rows}
    assert rows["第6项工作"][1:] == ("2023年12月31日", "—", "已完成", "2023年7月18日")
    assert rows["第1项工作"][2] == "2026年6月30日"
    late = [row for row in parts(spec.wide, "line") if row["stroke"] == theme.status_colour(Status.BEHIND)]
    assert all(row["x2"] > row["x"] for row in late)
    assert late
    dues = [row[1] for row in spec.table.rows if row[1] != "—"]
    assert dues == sorted(dues), "by promised day"
    assert spec.alt.count("；") == len(spec.table.rows) - 1


def test_timeline_counts_works_without_dates_and_overdue_ones():
    tasks, _ = samples.tasks_and_events(8)
    spec = charts.timeline("t", tasks, {}, date(2024, 6, 30))
    undated = [task for task in tasks if task.due is None]
    assert f"另有{len(undated)}项工作" in spec.key
    overdue = [task for task in tasks if task.due and task.due < date(2024, 6, 30)]
    assert spec.title == f"{len(tasks) - len(undated)}项工作有时间可查，{len(overdue)}项到期，没有收录到完成的消息"
    assert charts.timeline("t", undated, {}, samples.AS_OF) is None


def test_small_multiples_share_one_scale_and_keep_silent_regions():
    series = samples.region_series()
    spec = charts.small_multiples("m", samples.indicator(), series)
    assert spec.title == "地区生产总值：9个地区中8个有公开的全年数据，最新为2024年"
    assert {row["series"].split()[0] for row in parts(spec.wide, "line")} == {region.name for region, f in series if f}
    assert texts(spec.wide).count("无全年数据") == 1
    assert spec.wide.params["yhi"] >= 873.33
    silent = next(row for row in spec.table.rows if row[0] == "戊县")
    assert silent[1:] == ("—",) * 4
    low = charts.small_multiples("m", samples.indicator(), series[:3])
    assert low.wide.params["yhi"] < spec.wide.params["yhi"]


def test_small_multiples_do_not_join_what_was_counted_differently():
    region, figures = samples.region_series()[0]
    recounted = replace(figures[-1], observation=replace(figures[-1].observation, basis="census5"))
    spec = charts.small_multiples("m", samples.indicator(), [(region, (*figures[:-1], recounted))])
    lines = {row["series"] for row in parts(spec.wide, "line")}
    assert lines == {f"{region.name} {figures[0].observation.basis}", f"{region.name} census5"}
    assert "不同口径之间不连线" in spec.key
    assert "不同口径" not in charts.small_multiples("m", samples.indicator(), [(region, figures)]).key


def test_share_adds_up_to_the_whole():
    series = samples.region_series()
    cells = [(region, figures[-1] if figures else None) for region, figures in series]
    spec = charts.share("s", samples.indicator(), samples.figure("2024", "9000"), cells)
    values = [Decimal(row[1].replace(",", "")) for row in spec.table.rows[:-1] if row[1] != "—"]
    assert sum(values) == 9000
    assert spec.table.rows[-1][1:] == ("9,000", "100.0%")
    assert "未收录" in texts(spec.wide)
    over = charts.share("s", samples.indicator(), samples.figure("2024", "300"), cells[:3])
    assert "超过整体" in over.key
    assert charts.share("s", samples.indicator(), samples.figure("2024", "0"), cells) is None


def test_status_history_counts_the_targets_it_has_no_room_for():
    quarters = samples.quarters(2024, 2)
    moved, still = ({quarters[0]: Status.PENDING, quarters[-1]: Status.NO_DATA}, {quarters[0]: Status.PENDING})
    spec = charts.status_history("h", quarters, [("甲", moved)], [moved, moved, still])
    assert "4项目标中3项的评估结果有过变化" in spec.title
    assert spec.key.endswith("未画出的：有过变化的另有2项，没有变化的1项。")
    assert [row[0] for row in spec.table.rows] == ["甲"]
    assert "未画出" not in charts.status_history("h", quarters, [("甲", moved)]).key


def test_status_history_joins_equal_quarters():
    quarters = ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]
    statuses = {"2024-Q2": Status.ON_TRACK, "2024-Q3": Status.ON_TRACK, "2024-Q4": Status.BEHIND}
    spec = charts.status_history("h", quarters, [("甲", statuses), ("乙", {"2024-Q4": Status.NO_DATA})])
    pieces = [(row["x"], row["x2"]) for row in parts(spec.wide, "span")]
    assert pieces == [(1, 3), (3, 4), (3, 4)]
    assert spec.title == "2024年第一季度至2024年第四季度：2项目标中1项的评估结果有过变化"
    assert "甲：2024年第二季度起符合进度，2024年第四季度起明显滞后" in spec.alt
    assert spec.table.rows[0] == ("甲", "—", "符合进度", "符合进度", "明显滞后")
    assert {"符合进度", "明显滞后", "未查到公开数据"} <= set(texts(spec.wide)), "the legend names every status there is"
    assert charts.status_history("h", [], [("甲", statuses)]) is None


def tile_places(spec):
    return {row["hint"].split()[0]: (row["y"], row["x"]) for row in parts(spec.wide, "tile")}


def test_tile_map_follows_given_places_or_the_regions_order():
    cells = [(region, None) for region in samples.REGIONS[:4]]
    free = tile_places(charts.tile_map("t", samples.indicator(), "2024", cells[::-1]))
    assert sorted(free, key=free.get) == ["甲县", "乙市", "丙区", "丁县"]
    wanted = {"r1": (1, 1), "r2": (0, 0), "r3": (0, 1), "r4": (1, 0)}
    given = tile_places(charts.tile_map("t", samples.indicator(), "2024", cells, wanted))
    assert sorted(given, key=given.get) == ["乙市", "丙区", "丁县", "甲县"]
    clash = tile_places(charts.tile_map("t", samples.indicator(), "2024", cells, {**wanted, "r4": (1, 1)}))
    assert clash == free, "two regions in one place: no tile may hide another"


def test_tile_map_tints_by_value_and_marks_silence():
    series = samples.region_series()
    cells = [(region, figures[-1] if figures else None) for region, figures in series]
    spec = charts.tile_map("t", samples.indicator(), "2024", cells)
    tiles = {row["hint"].split()[0]: row for row in parts(spec.wide, "tile")}
    steps = [theme.TINTS.index(tiles[region.name]["fill"]) for region, figures in series if figures]
    assert steps == sorted(steps)
    assert set(steps) == {0, 1, 2, 3}
    assert tiles["戊县"]["fill"] == theme.GROUND
    assert tiles["戊县"]["dash"] == [3, 3]
    assert "不是行政区划图" in spec.key


def test_coverage_counts_every_target_once(entries):
    spec = charts.coverage("c", [("甲工程", entries[:20]), ("乙工程", entries[20:]), ("空工程", [])])
    for row in spec.table.rows:
        total, disclosed, unanswered, *states, rest = (int(cell) for cell in row[1:])
        assert max(disclosed, unanswered) <= total - rest <= disclosed + unanswered
        assert sum(states) == unanswered
    assert sum(int(row[1]) for row in spec.table.rows) == len(entries)
    unanswered = sum(entry.unanswered for entry in entries)
    assert sum(int(row[3]) for row in spec.table.rows) == unanswered
    assert f"，{unanswered}" in spec.title
    assert spec.title.endswith("到期未收录结果")
    assert f"尚未查找{int(spec.table.rows[0][7])}项" in spec.alt
    assert charts.coverage("c", [("空工程", [])]) is None


def test_coverage_of_very_many_projects_draws_those_that_lack_most_and_counts_all(entries):
    silent = [entry for entry in entries if not entry.disclosed]
    groups = [(f"第{i}项工程", silent[: 2 + i % 2] + entries[:1]) for i in range(1_100)]
    spec = charts.coverage("c", groups)
    assert len(spec.table.rows) == len(spec.tidy.rows) == SHOWN
    lacking = [sum(not entry.disclosed for entry in group) for _, group in groups]
    most = sorted(range(1_100), key=lambda i: -lacking[i])[:SHOWN]
    assert [row[0] for row in spec.table.rows] == [f"第{i}项工程" for i in most]
    assert spec.title.startswith(f"{sum(len(group) for _, group in groups)}项目标中")
    assert f"全部1,100行列在“{t('quality.title')}”页的表里" in spec.key
    assert f"{SHOWN}行" in spec.key
    assert spec.alt.count("项工程") == SHOWN


def test_coverage_of_as_many_projects_as_can_be_read_draws_them_all(entries):
    groups = [(f"第{i}项工程", entries[:3]) for i in range(SHOWN)]
    spec = charts.coverage("c", groups)
    assert len(spec.table.rows) == SHOWN
    assert spec.key == t("charts.coverage.key")


def test_deadlines_stack_families_by_year_and_keep_the_open_ones_apart(entries):
    spec = charts.deadlines("d", entries)
    assert sum(int(row[-1]) for row in spec.table.rows) == len(entries)
    assert spec.table.rows[-1][0] == "未写年份"
    years = [row[0] for row in spec.table.rows[:-1]]
    assert years == sorted(years)
    assert sum(row["y2"] - row["y"] for row in parts(spec.wide, "piece")) == len(entries)
    passed = sum(entry.overdue for entry in entries)
    unjudged = sum(entry.overdue and entry.status.family is Family.UNJUDGED for entry in entries)
    assert spec.title == f"{len(entries)}项目标里{passed}项期限已过，其中{unjudged}项还不能下结论"


def test_every_chart_says_what_it_shows(specs):
    for spec in specs:
        assert spec.title
        assert spec.title in spec.alt, spec.id
        assert spec.table.rows, spec.id
        assert {len(row) for row in spec.table.rows} == {len(spec.table.columns)}, spec.id
        words = " ".join(
            [spec.title, spec.alt, spec.key, *spec.table.columns, *(c for r in spec.table.rows for c in r)]
        )
        slips = [slip for slip in ("None", "nan", "。。", "，。", "；。") if slip in words]
        assert not slips, spec.id
        assert not any(f"{status}" in words for status in Status), spec.id


def test_same_records_same_charts():
    first = [(s.id, s.spec, s.narrow_spec, s.table) for s in samples.other_specs()]
    assert first == [(s.id, s.spec, s.narrow_spec, s.table) for s in samples.other_specs()]


def test_downloads_say_who_published_and_whose_verdict_it_is(specs, drawn):
    disclaimer = "本站依据公开数据按公开方法推算，非政府部门考核结论"
    for spec in specs:
        whole = "".join(svg.texts(drawn[spec.id].standalone))
        shows_status = spec.kind in {"status_bar", "status_history", "bullet", "deadlines"} or (
            spec.kind == "trajectory" and "related" not in spec.id
        )
        assert (disclaimer in whole) == shows_status, spec.id
        assert ("来源：测试市统计局" in whole) == bool(spec.source_ids) or spec.kind == "bullet", spec.id


def test_a_unit_stands_apart_from_its_number_in_english():
    named = replace(samples.indicator(), unit="homes")
    with speaking("en"):
        small = charts.small_multiples("m", named, samples.region_series())
        path = charts.trajectory(samples.trajectories()["path"])
    assert re.search(r"\d homes", small.alt)
    assert "homes" not in re.sub(r"\d homes|\(homes\)", "", small.alt + small.key)
    assert not re.search(r"\d亿元", path.title + path.alt)


def test_titles_say_all_where_all_have():
    """“10 of 10 groups” makes readers count."""
    series = samples.region_series()
    told = [(region, figures) for region, figures in series if figures][:3]
    quarters = samples.quarters()
    moved = {quarters[0]: Status.NO_DATA, quarters[-1]: Status.ON_TRACK}
    assert "3个地区都有公开的全年数据" in charts.small_multiples("m", samples.indicator(), told).title
    assert "都有过变化" in charts.status_history("h", quarters, [("甲", moved)], [moved, moved]).title
    with speaking("en"):
        assert "all 3 groups have" in charts.small_multiples("m", samples.indicator(), told, "breakdown").title
        spec = charts.status_history("h", quarters, [("A", moved)], [moved, moved])
        assert "of all 3 targets have changed" in spec.title
        assert "of 1 target" in charts.status_history("h", quarters, [("A", moved)]).title
