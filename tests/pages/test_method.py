"""The method page: every code has words, every threshold is the code's own, examples say what they compute."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from all_of import all_of

from build_scripts.assess.engine import KINDS
from build_scripts.core import method as rules
from build_scripts.core.method import FLAG_ORDER, Grade, Reason, Status
from build_scripts.locale import number, t
from build_scripts.locale.catalogue import keys
from build_scripts.pages import method
from build_scripts.pages.verdict import CLAUSE, clause_link, verdict
from build_scripts.pages.whatif import OUTCOMES
from build_scripts.render import render_page
from build_scripts.report.examples import worked_examples

EXAMPLES = worked_examples()


def view_of(given):
    return next(method.pages(given)).view


@pytest.fixture(scope="module")
def view(given):
    return view_of(given)


def test_every_status_reason_flag_and_grade_is_told_once(view):
    assert [row.badge.code for row in view.statuses] == [status.value for status in Status]
    assert len(view.reasons) == len(Reason)
    assert len(view.flags) == len(FLAG_ORDER)
    assert [row.name for row in view.grades] == [grade.value for grade in Grade]
    assert all(row.meaning for row in (*view.reasons, *view.flags, *view.grades))


def test_the_kinds_are_those_the_method_has_rules_for(view):
    told = {key.split(".")[2] for key in keys("method.kind.") if key.endswith(".name")}
    assert told == set(KINDS)
    assert len(view.kinds) == len(KINDS)


def test_thresholds_are_the_constants_of_the_code(view):
    shown = {row.name: row.value for row in view.thresholds}
    assert shown[t("method.threshold.on_track.name")] == str(rules.ON_TRACK_RATIO)
    assert shown[t("method.threshold.behind.name")] == str(rules.BEHIND_RATIO)
    assert shown[t("method.threshold.stale.name")] == "全年数24个月；年内数：季度指标9个月，月度指标6个月"
    assert shown[t("method.threshold.evidence.name")] == "5年"
    assert len(shown) == len([key for key in keys("method.threshold.") if key.endswith(".name")])


def test_every_clause_that_a_verdict_names_leads_to_its_place_on_the_page(given):
    page = render_page(next(method.pages(given)))
    named = {"§3.2", "§3.4", "§3.11", "§4", "§4.1", "§4.2", "§4.3", "§5"}
    named |= {f"§{each}" for example in view_of(given).examples for each in CLAUSE.findall(" ".join(example.steps))}
    for clause in named:
        path, _, anchor = clause_link(clause).address.partition("#")
        assert path == "method/"
        assert f'id="{anchor}"' in page or f"{{ #{anchor} }}" in page, clause
    assert page.count('<li id="rule-3-') == 11
    assert "各页写的“方法§3.4”就是第4条" in page


def test_a_target_leads_to_the_clauses_its_verdict_names(entry):
    judged = {example.key: replace(entry("gdp-2025"), assessment=example.assessment) for example in EXAMPLES}
    found = {key: [link.label for link in verdict(each, {}, {}).clauses] for key, each in judged.items()}
    assert found["on_track"] == ["§3.9", "§4", "§5"]
    assert found["silent"] == ["§3.4"]
    assert found["floor"] == ["§4.3"]


def test_a_changed_threshold_changes_the_page(given, monkeypatch):
    monkeypatch.setattr(rules, "ON_TRACK_RATIO", Decimal("0.90"))
    changed = next(method.pages(given)).view
    assert "不低于0.90" in changed.bands[0].limits
    assert "0.90" in {row.value for row in changed.thresholds}


def test_counts_are_over_all_targets(view, given):
    assert sum(int(row.count) for row in view.statuses) == len(given.report.entries)
    assert sum(int(row.count) for row in view.kinds) == len(given.report.entries)


@all_of("example", EXAMPLES, ids=lambda example: example.key)
def test_an_example_tells_the_figures_it_is_computed_from(example):
    story = t(f"method.example.{example.key}.story", day="某日")
    inputs = example.inputs
    told = (
        story
        if example.key not in {"slightly_behind", "silent"}
        else story + t("method.example.on_track.story", day="")
    )
    for value in (inputs.value, *(seen.value for seen in inputs.observations if seen.value is not None)):
        if value is not None and example.key != "break":
            assert number(value) in told, value
    assert "虚构" in told or example.key == "silent"


def test_the_examples_reach_the_verdicts_they_are_named_for():
    found = {example.key: example.assessment.status for example in EXAMPLES}
    assert found == {
        "on_track": Status.ON_TRACK,
        "slightly_behind": Status.SLIGHTLY_BEHIND,
        "growth": Status.SLIGHTLY_BEHIND,
        "flow": Status.SLIGHTLY_BEHIND,
        "late": Status.ACHIEVED_LATE,
        "floor": Status.BEHIND,
        "copy": Status.MISSED,
        "break": Status.NOT_ASSESSABLE,
        "silent": Status.DUE_NO_DATA,
    }
    reasons = {example.key: example.assessment.reason for example in EXAMPLES}
    assert reasons["break"] is Reason.BREAK_IN_SERIES


def test_the_page_names_its_version_and_what_changed(view):
    assert rules.METHOD_VERSION in view.version
    assert len(view.changes) == len(keys("method.change.")) > 5
    assert view.changes_title == "1.1.0版改了什么"


@pytest.mark.parametrize(("status", "label"), [("due_no_data", "到期未查到结果"), ("no_data", "未查到公开数据")])
def test_a_status_says_what_the_record_holds_not_what_an_authority_did(view, status, label):
    assert t(f"status.label.{status}") == label
    assert any(label in line for line in view.order), "the order of decisions uses the same words"


def test_the_minute_example_is_the_first_worked_example():
    first = EXAMPLES[0]
    words = t("method.formula.d")
    assert f"{first.assessment.ratio:.2f}" in words
    for share in (first.assessment.progress_pct, first.assessment.time_pct):
        assert f"{share:.0f}%" in words


def test_each_example_shows_every_step(view):
    for shown, example in zip(view.examples, EXAMPLES, strict=True):
        assert len(shown.steps) == len(example.assessment.steps)
        assert all(re.search(r"[。；]$", step) for step in shown.steps)


def test_the_trial_starts_from_examples_judged_by_the_path_test(view):
    assert [(p.base, p.latest, p.goal, p.log) for p in view.whatif.presets] == [
        ("60", "66.5", "70", False),
        ("60", "64.5", "70", False),
        ("100", "122", "150", True),
    ]
    assert [badge.code for badge in view.whatif.outcomes] == [status.value for status in OUTCOMES]


def test_real_targets_with_a_pace_ratio_are_offered_to_the_trial(view):
    assert [(row.link.address, row.ratio) for row in view.whatif.rows] == [("targets/gdp-2025/", "1.0538")]


def test_examples_do_not_depend_on_the_day_of_the_build():
    assert {example.as_of for example in EXAMPLES} < {date(2023, 6, 30), date(2023, 9, 30), date(2024, 6, 30),
                                                     date(2025, 6, 30), date(2026, 6, 30), date.min}  # fmt: skip
    assert worked_examples() == EXAMPLES


def test_the_disclosure_states_are_told_in_the_order_they_are_decided(view, given):
    assert [row.name for row in view.disclosures] == [t(f"disclosure.label.{state}") for state in rules.Disclosure]
    assert sum(int(row.count) for row in view.disclosures) == given.report.tally.unanswered
    assert all(row.meaning for row in view.disclosures)
    text = render_page(next(method.pages(given)))
    assert "不等于没有公布" in text
    assert "网站打不开，不算查过" in text
