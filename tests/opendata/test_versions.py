"""Change lists: every change is found, none is invented, and the words and files say what changed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import opendata_samples as samples
from chance import tries
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from build_scripts.exports import Change, Kind, as_json, diff, feed_entry, markdown

DAY = date(2026, 11, 21)
TITLES = {"targets": "目标", "observations": "公布的数据"}


def newer(**changes):
    return samples.package(meta=samples.meta() | {"version": "2026.07"}, **changes)


def test_the_same_package_has_no_changes():
    assert diff(samples.package(), newer()).changes == ()


def test_order_of_rows_is_not_a_change():
    turned = newer(observations=tuple(reversed(samples.package().observations)))
    assert diff(samples.package(), turned).changes == ()


def test_added_revised_and_removed_rows_are_told_by_key():
    old = samples.package()
    first, second, *rest = old.observations
    added = samples.observation("2026", "2400.5", "2027-03-01")
    changes = diff(old, newer(observations=(replace(first, value=Decimal("1970.0"), note="改"), *rest, added)))
    assert changes.old == "2026.06"
    assert changes.new == "2026.07"
    key = ("gdp", "city", "2023", "main", "2024-03-01", "src-a")
    assert set(changes.changes) == {
        Change(Kind.REVISED, "observations", key, "value", "1964.4", "1970.0"),
        Change(Kind.REVISED, "observations", key, "note", "", "改"),
        Change(Kind.REMOVED, "observations", ("gdp", "city", "2024", "main", "2025-03-01", "src-a")),
        Change(Kind.ADDED, "observations", ("gdp", "city", "2026", "main", "2027-03-01", "src-a")),
    }
    assert [changes.count("observations", kind) for kind in Kind] == [1, 1, 1]
    assert second.period == "2024"


def test_more_decimals_are_a_revision():
    target = samples.target("gdp-2025", note=samples.HOSTILE[9], value=Decimal("2250.0"))
    others = samples.package().targets[1:]
    found = diff(samples.package(), newer(targets=(target, *others))).changes
    assert found == (Change(Kind.REVISED, "targets", ("gdp-2025",), "value", "2250", "2250.0"),)


values = st.dictionaries(st.sampled_from(["u-a", "u-b", "u-c", "u-d"]), st.text(max_size=4))


@settings(max_examples=tries(30))
@given(values, values)
def test_applying_the_changes_to_the_old_gives_the_new(before, after):
    units = [tuple(samples.model.Unit(key, name, "county") for key, name in each.items()) for each in (before, after)]
    changes = diff(samples.package(units=units[0]), newer(units=units[1])).changes
    rebuilt = dict(before)
    for change in changes:
        (key,) = change.key
        if change.kind is Kind.REMOVED:
            del rebuilt[key]
        elif change.kind is Kind.ADDED:
            rebuilt[key] = after[key]
        else:
            assert (change.field, change.old) == ("name", rebuilt[key])
            rebuilt[key] = change.new
    assert rebuilt == after


def test_markdown_lists_changes_and_shows_hostile_text_as_text():
    old = samples.package()
    hostile = tuple(samples.target(f"t-{index}", note=text) for index, text in enumerate(samples.HOSTILE))
    plain = tuple(replace(target, note="") for target in hostile)
    text = markdown(diff(replace(old, targets=plain), newer(targets=hostile)), DAY, TITLES)
    assert text.startswith("# 数据变更：2026.06 → 2026.07\n")
    assert "目标：修改10行" in text
    html = Markdown(extensions=["attr_list", "tables"]).convert(text)
    assert "<script" not in html
    assert "=1+1" in html
    assert html.count("<li>") == 10
    assert 'id="targets"' in html


def test_markdown_of_nothing_says_so():
    assert "没有差别" in markdown(diff(samples.package(), newer()), DAY, TITLES)


def test_long_lists_are_cut_with_a_count():
    many = tuple(samples.model.Unit(f"u-{index}", "单位", "county") for index in range(250))
    text = markdown(diff(samples.package(units=()), newer(units=many)), DAY, {})
    assert text.count("- 新增 ") == 200
    assert "另有50处" in text


def test_json_and_feed_entry_carry_the_same_changes():
    changes = diff(samples.package(), newer(units=()))
    said = json.loads(as_json(changes, DAY))
    assert said["counts"] == {"units": {"added": 0, "revised": 0, "removed": 2}}
    assert {tuple(each["key"]) for each in said["changes"]} == {("unit-a",), ("unit-b",)}
    entry = feed_entry(changes, DAY, {"units": "单位"}, "sample-plan")
    assert entry.identity == "tag:sample-plan,2026:release/2026.06..2026.07"
    assert entry.summary == "单位：删除2行。"
