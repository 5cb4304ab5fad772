"""Sentences about a target: right for every kind, for none, one and many, without a stray mark or code."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from all_of import all_of
from packages import cell
from page_samples import made

from build_scripts.core.language import speaking
from build_scripts.core.method import Assessment, Status
from build_scripts.locale import count_in_words, place_and_name, quoted
from build_scripts.pages import wording
from build_scripts.report import latest_of


@all_of(
    "value, unit, expected",
    [
        (Decimal(2250), "亿元", "2,250亿元"),
        (Decimal("63.5"), "%", "63.5%"),
        (Decimal(15), "%/年", "15%"),
        (Decimal("0.7"), "个百分点/年", "0.7个百分点"),
        (Decimal(12), "次/年", "12次"),
        (Decimal(3), "位", "第3位"),
        (None, "亿元", "—"),
        (Decimal(0), "个", "0个"),
        (Decimal("-1.5"), "个百分点", "−1.5个百分点"),
    ],
)
def test_amounts_are_glued_to_their_units(value, unit, expected):
    assert wording.amount(value, unit) == expected


@all_of("count, expected", [(0, "0份"), (1, "一份"), (2, "两份"), (10, "十份"), (11, "11份"), (1234, "1,234份")])
def test_small_counts_are_spoken(count, expected):
    assert count_in_words(count, "copy") == expected


@all_of(
    "printed, expected",
    [
        ("一/（四）/1", "一、（四）1."),
        ("二/（一）", "二、（一）"),
        ("四", "四"),
        ("二/（一）/2/专栏3", "二、（一）2.专栏3"),
    ],
)
def test_sections_read_as_they_are_printed(printed, expected):
    assert wording.section(printed) == expected


def test_quotation_marks_inside_become_single():
    assert quoted("建成“一带三区”") == "“建成‘一带三区’”"


@pytest.mark.parametrize(
    ("comparator", "expected"),
    [
        ("ge", "达到200亿元"),
        ("gt", "超过200亿元"),
        ("le", "控制在200亿元以内"),
        ("lt", "低于200亿元"),
        ("approx", "达到200亿元左右"),
        ("between", "保持在200亿元至300亿元之间"),
        ("none", ""),
        ("event", ""),
    ],
)
def test_conditions(entry, comparator, expected):
    target = replace(entry("gdp-2025").target, comparator=comparator, value_high=Decimal(300))
    assert wording.condition(target) == expected


@pytest.mark.parametrize(("place", "expected"), [(1, "第1位"), (3, "前3位")])
def test_the_first_place_is_a_place_and_not_the_best_few(entry, place, expected):
    base = entry("gdp-2025")
    target = replace(base.target, kind="rank", comparator="le", value=Decimal(place), unit="位")
    assert wording.short_condition(replace(base, target=target)) == expected


def test_a_whole_share_has_nothing_above_it(entry):
    target = replace(entry("share-2025").target, value=Decimal(100))
    assert wording.condition(target) == "达到100%"


@pytest.mark.parametrize(
    ("printed", "expected"),
    [("达到200亿元", "达到200亿元"), ("200亿元以上", "达到200亿元以上"), ("不低于200亿元", "达到200亿元以上")],
)
def test_more_is_said_only_where_the_plan_prints_it(entry, printed, expected):
    assert wording.condition(replace(entry("gdp-2025").target, figure_as_printed=printed)) == expected


@all_of(
    "place, thing, expected",
    [
        ("丽水市", "地区生产总值", "丽水市地区生产总值"),
        ("龙庆聚落发展区块", "地区生产总值", "龙庆聚落发展区块的地区生产总值"),
        ("“一带”地区", "区域内部通达时间", "“一带”地区的区域内部通达时间"),
        ("中心城区", "市区供水水源数", "中心城区的市区供水水源数"),
        ("丽水经济技术开发区", "开发区新落地项目数", "丽水经济技术开发区新落地项目数"),
        ("中心城区", "中心城区到杭州通达时间", "中心城区到杭州通达时间"),
        ("缙云县", "缙云城镇核心数", "缙云城镇核心数"),
        ("丽水市", "丽水机场通航", "丽水机场通航"),
    ],
)
def test_a_place_and_its_indicator_say_nothing_twice(place, thing, expected):
    assert place_and_name(place, thing) == expected


def changed(entry, assessment=None, **fields):
    return replace(entry, target=replace(entry.target, **fields), assessment=assessment or entry.assessment)


def test_a_target_with_a_figure_before_its_deadline(entry):
    assert wording.reading(entry("gdp-2025")) == (
        "规划要求到2025年，测试市地区生产总值达到200亿元。"
        "最新公布的是2023年180亿元（初步数），还差20亿元（达到目标的90.0%），期限2025年还没到。"
    )


def test_a_target_whose_year_has_passed_without_its_figure(entry):
    late = replace(entry("gdp-2025"), as_of=date(2026, 3, 1))
    assert wording.reading(late).endswith("；期限已过，本站还没有收录2025年的数据。")


def test_a_met_target_says_no_more_than_its_figure(entry):
    met = changed(
        entry("gdp-2025"),
        Assessment(Status.ACHIEVED, period="2023", value=Decimal(180), attainment_pct=Decimal("100.0")),
        value=Decimal(180),
    )
    assert wording.reading(met).endswith("最新公布的是2023年180亿元（初步数），正好达到目标。")


def test_silence_is_said_as_silence(entry):
    silent = replace(entry("gdp-2025"), figures=(), related=())
    assert wording.reading(silent).endswith("。本站还没有收录同一口径的公开数据。")
    overdue = replace(silent, as_of=date(2026, 3, 1))
    assert wording.reading(overdue).endswith("。期限已过，本站还没有收录同一口径的公开数据。")
    related = replace(silent, related=entry("parks-2025").related * 2)
    assert wording.reading(related).endswith(f"，另有{len(related.related)}项相近数据可供参考。") or not related.related


def test_attainment_is_left_out_when_it_belongs_to_another_figure(entry):
    other = changed(entry("gdp-2025"), replace(entry("gdp-2025").assessment, value=Decimal(1), period="2019"))
    assert "达到目标的" not in wording.reading(other)


def test_of_an_upper_bound_no_share_is_said(entry):
    few = Assessment(Status.ON_TRACK, period="2023", value=Decimal(180), attainment_pct=Decimal("111.1"))
    bound = changed(entry("gdp-2025"), few, comparator="le", kind="annual_floor", value=Decimal(200))
    assert wording.standing(bound) == "最新公布的是2023年180亿元（初步数）"
    many = Assessment(Status.BEHIND, period="2023", value=Decimal(180), attainment_pct=Decimal("94.4"))
    missed = changed(entry("gdp-2025"), many, comparator="le", value=Decimal(170))
    assert "还差10亿元" in wording.standing(missed)
    assert "达到目标的" not in wording.standing(missed)


def test_of_a_share_the_distance_is_said_and_no_ratio(entry):
    said = wording.reading(entry("share-2025"))
    assert "还差2.5个百分点" in said
    assert "达到目标的" not in said
    assert "达成率" not in said


def test_the_promise_written_for_readers_comes_first(entry):
    written = changed(entry("gdp-2025"), promise="2025年把生产总值做到200亿元")
    assert wording.reading(written).startswith("2025年把生产总值做到200亿元。最新公布的是")


def test_a_thing_done_late_says_when_and_how_late(entry, tmp_path):
    late = made(tmp_path, cell("task_events", 3, "date", "2025-07-10"), cell("task_events", 3, "pub", "2025-07-11"),
                cell("task_events", 3, "note", "正式通车；日期为报道日"), as_of=date(2026, 6, 30))  # fmt: skip
    assert wording.standing(late.report.entry_by_id["open-2024"]) == "2025年7月10日正式通车，晚于期限6个月"


KINDS = [
    ({"kind": "cum_flow", "period_start": "2021"}, "规划要求2021—2025年，测试市地区生产总值累计达到200亿元。"),
    ({"kind": "annual_floor", "period_start": "2021"}, "规划要求2021—2025年，测试市地区生产总值每年达到200亿元。"),
    ({"kind": "rank", "value": Decimal(1), "unit": "位"}, "规划要求到2025年，测试市地区生产总值保持第1位。"),
    ({"kind": "rank", "value": Decimal(3), "unit": "位"}, "规划要求到2025年，测试市地区生产总值保持在前3位。"),
    (
        {"kind": "rank", "value": None, "comparator": "none", "target_period": None},
        "规划要求测试市地区生产总值居于前列，原文没有写明位次和期限。",
    ),
    (
        {"kind": "avg_growth", "period_start": "2021", "value": Decimal(7), "unit": "%/年"},
        "规划要求2021—2025年，测试市地区生产总值年均增长7%。",
    ),
    (
        {"kind": "avg_increment", "period_start": "2021", "value": Decimal("0.7"), "unit": "个百分点/年"},
        "规划要求2021—2025年，测试市地区生产总值年均提高0.7个百分点。",
    ),
    (
        {"kind": "multiple_of_base", "value": Decimal(2), "unit": "倍", "baseline_period": "2020"},
        "规划要求到2025年，测试市地区生产总值达到2020年的2倍。",
    ),
    (
        {"kind": "milestone", "comparator": "event", "due": date(2024, 12, 31)},
        "规划要求在2024年年底前，完成“生产总值达到200亿元”。",
    ),
    (
        {"kind": "qualitative", "value": None, "comparator": "none"},
        "规划要求到2025年，做到“生产总值达到200亿元”，原文没有写明可衡量的数值。",
    ),
    (
        {"kind": "annual_task", "value": Decimal(12), "unit": "次/年", "target_period": None},
        "规划要求“地区生产总值”每年12次。",
    ),
    ({"kind": "level_by", "target_period": None}, "规划要求测试市地区生产总值达到200亿元，原文没有写明期限。"),
]


@pytest.mark.parametrize(
    ("fields", "expected"), KINDS, ids=lambda each: each.get("kind", "") if isinstance(each, dict) else ""
)
def test_every_kind_of_promise(entry, fields, expected):
    base = entry("gdp-2025")
    target = replace(base.target, **fields)
    deadline = target.due or (date(target.target_year, 12, 31) if target.target_year else None)
    assert wording.reading(replace(base, target=target, deadline=deadline)).startswith(expected)


def test_the_latest_figure_is_a_whole_year_before_a_part_of_one(entry):
    figures = entry("gdp-2025").figures
    part = replace(figures[-1], observation=replace(figures[-1].observation, period="2024-Q1", pub=date(2024, 5, 1)))
    latest = latest_of((*figures, part))
    assert latest is not None
    assert latest.observation.period == "2023"


def test_nothing_is_the_latest_of_nothing():
    assert latest_of(()) is None


def test_all_of_a_share_is_asked_for_without_at_least(given):
    """No share is larger than 100%: “at least 100%” would make readers wonder."""
    target = replace(
        given.report.entries[0].target,
        kind="share_by",
        comparator="ge",
        value=Decimal(100),
        unit="%",
        figure_as_printed="100%",
    )
    with speaking("en"):
        assert wording.condition(target) == "100%"
        assert wording.condition(replace(target, value=Decimal(85))) == "at least 85%"
        assert wording.condition(replace(target, kind="level_by")) == "at least 100%"
    assert wording.condition(target) == "达到100%"
