"""A row of the published package against what stands beside it: each rule broken by one cell, and by nothing else."""

import sys

import pytest
from packages import ROOT

sys.path.append(str(ROOT / "tests" / "fuzz"))
from tally import Bench


@pytest.fixture(scope="module")
def bench():
    return Bench()


def observation(**key):
    return "observations", key


def target(target_id):
    return "targets", {"target_id": target_id}


GDP = observation(indicator_id="gdp", region_id="lishui", period="2023")
INCOME = observation(indicator_id="resident-income", region_id="lishui", period="2021")
GROWTH = observation(indicator_id="gdp-growth", region_id="lishui", period="2024")
YEARBOOK = observation(indicator_id="gdp", region_id="qingyuan", period="2022")
QUARTER = observation(indicator_id="gdp", region_id="lishui", period="2024-Q1")
SOURCE = "sources", {"source_id": "lsrb-20250716-transport"}
STEP = "task_events", {"task_id": "ydsq-w-exp-qingtian-wencheng"}
WORK = "tasks", {"task_id": "ydsq-w-sci-innovation-centre"}

BROKEN = [
    ("sentence-bound", target("ydsq-urbanisation-city-2025"), "comparator", "gt"),
    ("sentence-bound", target("ydsq-gdp-city-2025"), "comparator", "approx"),
    ("sentence-year", target("ydsq-gdp-city-2025"), "target_period", "2026"),
    ("sentence-place", target("ydsq-qt-gs-output-2025"), "region_id", "jinyun"),
    ("promise-figure", target("ydsq-gdp-city-2025"), "value", "2500"),
    ("pub-source", GDP, "pub", "2024-04-12"),
    ("source-day", SOURCE, "published", "2025-08-16"),
    ("source-twice", SOURCE, "url", "http://paper.lsnews.com.cn/lsrb/pc/content/202501/23/content_392812.html"),
    ("source-house", SOURCE, "url", "http://paper.lsnevvs.com/lsrb/pc/content/202507/16/content_403460.html"),
    ("source-house", SOURCE, "publisher", "丽水目报"),
    ("basis-near", GDP, "basis", "pre-cenuss5"),
    ("period-words", observation(indicator_id="gdp", period="2024-01-01/P6M"), "period", "2024-01-01/P5M"),
    ("period-late", YEARBOOK, "period", "2021"),
    ("period-title", observation(indicator_id="industry-va", period="2024-05"), "period", "2022-05"),
    ("place-words", YEARBOOK, "region_id", "jinyun"),
    ("status-words", GDP, "obs_status", "M"),
    ("status-words", GDP, "obs_status", "A"),
    ("status-words", GDP, "obs_status", "F"),
    ("status-words", YEARBOOK, "obs_status", "E"),
    ("figure-whole", observation(indicator_id="gdp-growth-rank", period="2024"), "value", "1.5"),
    ("figure-whole", observation(indicator_id="ei-provincial-rank", period="2022"), "value", "12"),
    ("growth-told", GDP, "yoy", "7.9"),
    ("growth-levels", observation(indicator_id="rural-income", region_id="lishui", period="2020"), "yoy", "17.8"),
    ("part-of-year", observation(indicator_id="rural-income", period="2020-01-01/P9M"), "value", "27860"),
    ("plan-years", target("ydsq-gdp-double-2035"), "target_period", "2045"),
    ("year-inferred", target("sdgc-08-impl-projects"), "target_period", "2026"),
    ("year-inferred", target("ydsq-lq-tourism-cum-2025"), "period_start", "2022"),
    ("project-beside", target("sdgc-06-rural-income-2027"), "lead_unit_id", "shi-ziranziyuanju"),
    ("project-beside", target("sdgc-06-rural-income-2027"), "plan_id", "ydsq-2020"),
    ("kind-words", target("ydsq-yd-ecoind-double-2025"), "kind", "level_by"),
    ("indicator-words", target("ydsq-semi-output-2025"), "indicator_id", "gdp"),
    ("figure-words", observation(indicator_id="fixed-asset-invest", region_id="liandu"), "indicator_id", "gdp"),
    ("figure-words", GROWTH, "indicator_id", "inclusive-kindergarten-share"),
    ("table-indicator", observation(indicator_id="new-registered-project-invest", region_id="qingtian"), "indicator_id",
     "digital-core-revenue"),
    ("table-indicator", observation(indicator_id="rd-spend-industry-growth", region_id="jinyun"), "indicator_id",
     "construction-invest-growth"),
    ("kind-words", target("ydsq-l3-routes-13"), "kind", "annual_floor"),
    ("kind-words", target("ydsq-l3-routes-13"), "kind", "cum_flow"),
    ("kind-words", target("ydsq-l3-invest"), "kind", "level_by"),
    ("work-not-in-plan", WORK, "plan_id", "sdgc-2023"),
    ("due-printed", WORK, "due", "2026-12-31"),
    ("work-place", ("tasks", {"task_id": "ydsq-w-exp-qingtian-wencheng"}), "region_id", "jinyun"),
    ("step-words", STEP, "state", "done"),
    ("step-late", STEP, "date", "2021-07-04"),
    ("pub-undated", observation(indicator_id="gep", period="2018"), "source_id", "guancha-tcm-chain"),
]  # fmt: skip


def at(bench, table, key):
    return next(n for n, row in enumerate(bench.rows[table]) if all(row[name] == value for name, value in key.items()))


@pytest.mark.parametrize(("code", "where", "field", "value"), BROKEN)
def test_a_slip_is_told(bench, code, where, field, value):
    table, key = where
    index = at(bench, table, key)
    row = bench.rows[table][index]
    assert row[field] != value
    new = [each for each in bench.problems({(table, index): row | {field: value}}) if each not in bench.before]
    assert code in {each.code for each in new if each.resource == table}, [str(each) for each in new]


def test_every_such_rule_is_broken_here():
    from build_scripts.checks import agreement, fittings, origins, sentences, subjects  # noqa: PLC0415

    modules = (sentences, origins, agreement, fittings, subjects)
    assert {code for code, *_rest in BROKEN} == {check.code for module in modules for check in module.CHECKS}


def test_the_published_package_gives_no_cause(bench):
    own = {code for code, *_rest in BROKEN}
    assert [str(each) for each in bench.before if each.code in own] == []
