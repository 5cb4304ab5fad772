"""A preview names exactly what was added, what was revised and which status moved, and cries out where it must."""

import hashlib
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from all_of import all_of
from packages import add, cell, column, drop_row
from preview_samples import AS_OF, state_at

from build_scripts.publish import (
    StateError,
    as_markdown,
    compare,
    fingerprint,
    from_json,
    review,
    summary_line,
    to_json,
)
from build_scripts.publish.item import Item
from build_scripts.render import render_review

REVISION = add(
    "observations",
    indicator_id="gdp",
    region_id="city",
    period="2023",
    basis="main",
    pub="2025-05-01",
    source_id="gazette",
    value="181.5",
    obs_status="A",
)
ADDED = add(
    "observations",
    indicator_id="gdp",
    region_id="city",
    period="2025",
    basis="main",
    pub="2026-03-01",
    source_id="gazette",
    value="203",
    obs_status="A",
)
EVENT = add("task_events", task_id="ring-road", date="2025-02-01", state="done", pub="2025-02-02", source_id="paper")


@pytest.fixture
def between(make_package):
    """`between(*changes)` → the difference they make."""
    return lambda *changes: compare(state_at(make_package()), state_at(make_package(*changes)))


def test_nothing_changed_is_said_to_be_nothing(between):
    difference = between()
    assert not difference.alarming
    assert not difference.pages_altered
    assert not review(difference, "x").sections
    assert summary_line(difference) == "数据、状态和页面都没有变化。"


def test_an_added_figure_a_revised_one_and_a_status_are_each_named_once(between):
    difference = between(REVISION, ADDED)
    assert [item.words for item in difference.figures_added] == ["测试市地区生产总值：2025年203亿元"]
    assert [(pair.old.value, pair.new.value) for pair in difference.figures_revised] == [
        ("2023年180亿元（初步数）", "2023年181.5亿元")
    ]
    assert [(p.new.key, p.old.value, p.new.value) for p in difference.statuses] == [
        ("gdp-2025", "到期未查到结果", "已达到")
    ]
    assert "203亿元" in difference.statuses[0].new.about
    assert not difference.alarming
    assert not difference.pages_added
    assert not difference.pages_removed
    assert {"targets/gdp-2025/index.md", "data/revisions/index.md"} <= {item.key for item in difference.pages_altered}
    assert summary_line(difference).startswith("这次发布会有：新增数据1个、修订数据1个、状态变化1项、改动页面")


def test_the_day_alone_changes_no_page_that_only_names_it(make_package):
    package = make_package()
    before, after = state_at(package, AS_OF - timedelta(days=1)), state_at(package)
    difference = compare(before, after)
    altered = {item.key for item in difference.pages_altered}
    assert "targets/gdp-2025/index.md" not in altered
    assert "projects/road/index.md" not in altered
    assert fingerprint(before) != fingerprint(after)


def test_the_same_value_published_again_is_new_but_no_revision(between):
    again = add(
        "observations",
        indicator_id="gdp",
        region_id="city",
        period="2022",
        basis="main",
        pub="2025-05-01",
        source_id="paper",
        value="171.5",
        obs_status="A",
    )
    difference = between(again)
    assert len(difference.figures_added) == 1
    assert not difference.figures_revised


def test_an_older_publication_found_late_is_new_but_no_revision(between):
    found = add(
        "observations",
        indicator_id="gdp",
        region_id="city",
        period="2023",
        basis="main",
        pub="2024-02-01",
        source_id="paper",
        value="179",
        obs_status="P",
    )
    difference = between(found)
    assert len(difference.figures_added) == 1
    assert not difference.figures_revised


def test_rewriting_or_dropping_what_was_published_is_alarming(between):
    rewritten = between(cell("observations", 4, "value", "185"))
    assert rewritten.alarming
    assert [(p.old.value, p.new.value) for p in rewritten.figures_altered] == [
        ("2023年180亿元（初步数）", "2023年185亿元（初步数）")
    ]
    assert not rewritten.figures_revised
    dropped = between(drop_row("observations", 7))
    assert [item.words for item in dropped.figures_removed] == ["测试市城镇化率：2023年62.5%"]
    text = as_markdown(review(dropped, "x"))
    assert "## 【须核对】已公布而现在没有了的数据（1）" in text
    event = between(cell("task_events", 3, "note", "改写了"))
    assert event.events_altered
    assert event.alarming


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ({"value": "180"}, "测试市地区生产总值，≥200亿元，以2020年为基期，到2025年", "，≥180亿元，"),
        ({"comparator": "gt"}, "≥200亿元", "＞200亿元"),
        ({"target_period": "2027"}, "到2025年", "到2027年"),
        ({"due": "2026-06-30"}, "到2025年", "到2026年6月30日"),
        ({"comparator": "approx"}, "≥200亿元", "200亿元左右"),
        ({"region_id": "county-a"}, "测试市地区生产总值", "甲县地区生产总值"),
    ],
)
def test_a_promise_edited_in_place_is_told_before_anything_else(between, changes, old, new):
    difference = between(*(cell("targets", 2, field, value) for field, value in changes.items()))
    found = review(difference, "x")
    [section] = found.first
    assert (section.title, section.count) == ("目标修改", 1)
    [line] = section.lines
    assert line.what == "生产总值达到200亿元"
    assert old in line.old
    assert new in line.new
    assert summary_line(difference).startswith("这次发布会有：目标修改1项")
    for text in (as_markdown(found), render_review(found)):
        assert text.index("目标修改（1）") < text.index("这次发布会有")
    assert found.remarks[0].startswith("注意：有1项目标或任务")


def test_a_work_put_off_in_place_is_told_too(between):
    found = review(between(cell("tasks", 2, "due", "2027-12-31")), "x")
    assert next(line.new for section in found.first for line in section.lines).endswith("到2027年12月31日")


def test_an_amendment_is_told_as_old_and_new_and_alarms_nobody(between):
    rows = 6
    fields = [
        column("targets", name, value, *[""] * (rows - 1))
        for name, value in (("valid_from", ""), ("withdrawn_on", "2026-01-01"), ("replaces", ""))
    ]
    new = {
        "target_id": "gdp-amended", "plan_id": "test-plan", "indicator_id": "gdp", "region_id": "city",
        "name": "生产总值达到180亿元", "kind": "level_by", "comparator": "ge", "value": "180", "unit": "亿元",
        "target_period": "2025", "section": "二/（一）", "figure_as_printed": "180亿元", "in_totals": "true",
        "valid_from": "2026-01-01", "replaces": "gdp-2025",
    }  # fmt: skip
    difference = between(*fields, add("targets", **new))
    assert not difference.targets_removed
    assert not difference.bulletins_altered
    assert not difference.pages_removed
    [section] = review(difference, "x").first
    assert [(line.old, line.new) for line in section.lines] == [
        (
            "测试市地区生产总值，≥200亿元，以2020年为基期，到2025年",
            "2026年1月1日起改为：测试市地区生产总值，≥180亿元，到2025年",
        )
    ]


def test_the_state_of_a_site_made_before_promises_were_kept_is_read(make_package):
    state = state_at(make_package())
    raw = json.loads(to_json(state))
    del raw["promises"]
    old = from_json(json.dumps(raw).encode())
    assert not compare(old, state).promises


def test_a_bulletin_that_reads_differently_is_alarming_and_a_new_one_is_not(between):
    backfilled = add(
        "observations",
        indicator_id="urban-share",
        region_id="city",
        period="2022",
        basis="main",
        pub="2024-03-20",
        source_id="gazette",
        value="61.8",
        obs_status="A",
    )
    difference = between(backfilled)
    assert [item.key for item in difference.bulletins_altered] == ["m-2024-03"]
    assert difference.alarming
    new = between(
        add("bulletins", bulletin_id="2025", kind="year", period="2025", as_of="2026-03-31", released="2026-04-01")
    )
    assert [item.words for item in new.bulletins_added] == ["2025年总结通报"]
    assert not new.alarming
    assert {item.address for item in new.pages_added} == {"bulletins/2025/", "bulletins/2025/later/"}


def test_events_and_problems_are_told(between):
    difference = between(
        EVENT,
        add(
            "problems",
            problem_id="money",
            project_id="road",
            title="资金没有到位（虚构）",
            owner_unit_id="transport",
            opened="2026-01-05",
        ),
        add("problem_events", problem_id="land", date="2026-02-01", state="reopened", pub="2026-02-02"),
    )
    assert [item.words for item in difference.events_added] == ["环城路（虚构）：2025年2月1日已完成"]
    assert [item.words for item in difference.problems_added] == ["资金没有到位（虚构）"]
    assert [(p.old.value, p.new.value) for p in difference.problems] == [("已核实销号", "重新提出")]
    assert not difference.alarming


def test_the_review_reads_as_markdown_and_as_a_page_of_its_own(between):
    found = review(between(REVISION, ADDED), "f" * 64)
    text, html = as_markdown(found), render_review(found, "../")
    assert text.startswith("# 发布前审阅\n")
    assert "| 测试市地区生产总值 | 2023年180亿元（初步数） | 2023年181.5亿元 |" in text
    assert "<del>2023年180亿元（初步数）</del>" in html
    assert '<a href="../targets/gdp-2025/">' in html
    assert "<script" not in html
    assert "http" not in html
    for code in ("on_track", "due_no_data", "None", "{"):
        assert code not in text


def test_words_of_the_data_cannot_break_the_review(between):
    found = review(between(cell("sources", 3, "title", "公报 | <script>alert(1)</script>"), ADDED), "x")
    text, html = as_markdown(found), render_review(found)
    assert "<script>" not in text + html
    row = next(line for line in text.splitlines() if "2025年203亿元" in line)
    assert "公报 \\| &lt;script>" in row


def test_a_first_publication_is_told_by_its_counts(make_package):
    state = state_at(make_package())
    difference = compare(None, state)
    assert difference.first
    assert not difference.alarming
    found = review(difference, "x")
    assert not found.sections
    assert f"目标{len(state.statuses)}项" in found.summary


def test_a_state_survives_being_stored(make_package):
    state = state_at(make_package())
    data = to_json(state)
    assert from_json(data) == state
    assert to_json(from_json(data)) == data
    assert json.loads(data)["fingerprint"] == fingerprint(state)
    assert fingerprint(replace(state, as_of=date(2026, 11, 23))) != fingerprint(state)


def test_a_long_state_is_the_bytes_and_the_hash_of_one_made_at_once(make_package):
    short = state_at(make_package())
    items = [Item(f"页{number}", f"“第”{number}\\行", value="" if number % 3 else "值") for number in range(2_001)]
    for files in ((), tuple(items[:1_000]), tuple(items)):
        state = replace(short, files=files)
        raw = json.loads(to_json(state))
        listed = {name: value for name, value in raw.items() if isinstance(value, list)}
        rows = {
            name: ",\n".join(json.dumps(each, ensure_ascii=False) for each in each_of)
            for name, each_of in listed.items()
        }
        lines = [
            f'"{name}": ' + (f"[\n{rows[name]}\n]" if name in rows else json.dumps(value, ensure_ascii=False))
            for name, value in raw.items()
        ]
        assert to_json(state).decode() == "{\n" + ",\n".join(lines) + "\n}\n"
        said = {name: value for name, value in raw.items() if name not in {"form", "fingerprint"}}
        whole = json.dumps(said, ensure_ascii=False, sort_keys=True)
        assert raw["fingerprint"] == fingerprint(state) == hashlib.sha256(whole.encode()).hexdigest()


@all_of("data", [b"", b"[]", b"{}", b'{"form": 99}', b'{"form": 1}', b"\xff\xfe"])
def test_what_is_no_state_is_refused(data):
    with pytest.raises(StateError):
        from_json(data)


def test_a_page_is_named_in_plain_text(make_package):
    """Pages hold their titles escaped, because the theme prints them as they are; a review is no page."""
    name = "道路 & “<b>桥</b>” '1'"
    state = state_at(make_package(cell("projects", 2, "title", name)))
    assert [each.words for each in state.pages if name in each.words]
    assert not [each.words for each in state.pages if "&#" in each.words or "&lt;" in each.words]
