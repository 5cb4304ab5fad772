"""A bulletin never changes: whatever is published after its day leaves every byte of its page as it was."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from bulletin_samples import TODAY, bulletin_files, bulletin_texts
from chance import tries
from hypothesis import given, settings
from hypothesis import strategies as st

from build_scripts.bulletins import digests, later
from build_scripts.checks import load_package
from build_scripts.core.asof import asof
from build_scripts.core.records import Bulletin, Plan
from build_scripts.core.tables import TABLES
from build_scripts.load import append_rows
from build_scripts.pages import SiteData, bulletins
from build_scripts.render import render_page
from build_scripts.report import build_report

pytestmark = pytest.mark.slow

REVISED = {
    "indicator_id": "gdp",
    "region_id": "lishui",
    "period": "2023",
    "basis": "main",
    "pub": date(2026, 11, 20),
    "source_id": "later-yearbook",
    "value": Decimal("1970.12"),
    "obs_status": "A",
}
SOURCE = {
    "source_id": "later-yearbook",
    "title": "后来的统计年鉴（测试用）",
    "publisher": "丽水市统计局",
    "published": date(2026, 11, 20),
    "url": "https://example.org/yearbook",
    "tier": 1,
}


def basis_of(package, revised):
    """The basis of the figure that is to be revised, so that the two can be compared."""
    return next(
        seen.basis
        for seen in package.observations
        if (seen.indicator_id, seen.region_id, seen.period)
        == (revised["indicator_id"], revised["region_id"], revised["period"])
    )


@pytest.fixture(scope="module")
def before(real):
    """The bulletins' pages as they are."""
    return bulletin_texts(real)


def test_a_later_revision_in_the_files_changes_no_old_bulletin_but_is_linked_from_it(real, before, copied):
    assert len(before) == len(real.bulletins) >= 28
    revised = {**REVISED, "basis": basis_of(real, REVISED)}
    append_rows(copied, {"sources": [SOURCE], "observations": [revised]})
    package = load_package(copied, TODAY)
    assert len(package.observations) == len(real.observations) + 1

    assert bulletin_texts(package) == before

    told = {digest.bulletin.bulletin_id: digest for digest in digests(package, TODAY)}
    report = build_report(package, TODAY)
    after = later(told["2024-q1"], report)
    found = [each for each in after.revisions if each.new.observation.value == Decimal("1970.12")]
    assert [(each.kind, each.old.observation.value) for each in found] == [("revised", Decimal("1964.4"))]
    # A bulletin from before the first value was known has nothing to correct.
    assert not [r for r in later(told["2023-q1"], report).revisions if r.new.observation.value == Decimal("1970.12")]
    address = "bulletins/2024-q1/"
    assert 'href="later/"' in before[address]
    pages = {
        page.address: render_page(page) for page in bulletins.pages(SiteData(report, digests=tuple(told.values())))
    }
    text = pages[f"{address}later/"]
    assert "1,964.4亿元" in text
    assert "1,970.12亿元" in text
    assert "后来的统计年鉴（测试用）" in text


def test_a_new_bulletin_changes_no_old_one(real, before):
    more = Bulletin("2026-10", "month", "2026-10", date(2026, 11, 21), TODAY, "")
    following = Bulletin("2026-q4", "quarter", "2026-Q4", date(2027, 1, 31), date(2027, 2, 1), "")
    changed = bulletin_texts(replace(real, bulletins=(*real.bulletins, more, following)), date(2027, 3, 1))
    for address, text in before.items():
        assert changed[address] == text, address
    assert set(changed) - set(before) == {"bulletins/2026-10/", "bulletins/2026-q4/"}


def test_a_plan_issued_later_changes_no_old_one(real, before):
    plan = replace(real.plans[0], plan_id="later-plan", issued_on=date(2026, 11, 1))
    target = replace(real.targets[0], target_id="later-target", plan_id="later-plan", project_id=None)
    package = replace(real, plans=(*real.plans, plan), targets=(*real.targets, target))
    assert bulletin_texts(package) == before


@settings(max_examples=tries(6), deadline=None)
@given(data=st.data())
def test_any_rows_published_after_a_day_leave_the_bulletins_up_to_it_alone(real, data):
    """Random later figures and steps of works: the bulletins up to the day before the first are the same bytes."""
    first = data.draw(st.dates(date(2021, 6, 1), date(2026, 11, 1)))
    later_days = st.dates(first, date(2026, 11, 21))
    seen = data.draw(st.lists(st.sampled_from(real.observations), min_size=1, max_size=6))
    figures = [
        replace(each, pub=data.draw(later_days), value=(each.value or Decimal(0)) + data.draw(st.integers(1, 50)))
        for each in seen
    ]
    events = [
        replace(each, pub=data.draw(later_days), note="后来公布（测试用）")
        for each in data.draw(st.lists(st.sampled_from(real.task_events), max_size=3))
    ]
    package = replace(
        real,
        observations=(*real.observations, *figures),
        task_events=(*real.task_events, *events),
        bulletins=tuple(each for each in real.bulletins if each.as_of < first),
    )
    kept = replace(real, bulletins=package.bulletins)
    assert bulletin_texts(package) == bulletin_texts(kept)


LATE = date(2026, 11, 25)
SOON = date(2026, 11, 28)
FIGURE = {
    "indicator_id": "gdp",
    "region_id": "lishui",
    "period": "2021",
    "basis": "pre-census5",
    "pub": date(2022, 6, 1),
    "source_id": "found-late",
    "value": Decimal("1999.9"),
    "obs_status": "A",
    "recorded_on": LATE,
}
FOUND = {**SOURCE, "source_id": "found-late", "published": date(2022, 6, 1)}
PLAN = {
    "plan_id": "found-plan",
    "title": "后来才收录的规划（测试用）",
    "short_title": "后录规划",
    "doc_number": "丽政发〔2022〕99号",
    "issuer": "丽水市人民政府",
    "issued_on": date(2022, 5, 1),
    "period_start": 2022,
    "period_end": 2025,
    "summary": "测试用",
    "url": "https://example.org/plan",
    "recorded_on": LATE,
}


def late_rows(real):
    """Rows that had been published long before a bulletin but were recorded here only after its release, by kind."""
    task, project, unit = real.tasks[0].task_id, real.projects[0].project_id, real.units[0].unit_id
    event = {"task_id": task, "date": date(2024, 5, 1), "state": "done", "pub": date(2024, 5, 2)}
    problem = {
        "problem_id": "found-problem",
        "project_id": project,
        "title": "后来才收录的问题（测试用）",
        "owner_unit_id": unit,
        "opened": date(2024, 1, 5),
    }
    step = {"problem_id": "found-problem", "date": date(2024, 1, 5), "state": "open", "pub": date(2024, 1, 9)}
    search = {
        "search_id": "found-search",
        "date": date(2026, 10, 1),
        "plan_id": real.plans[0].plan_id,
        "place": "丽水市统计局网站",
        "place_kind": "issuer_site",
        "result": "not_found",
        "recorded_on": LATE,
    }
    seen = [each for each in real.observations if each.indicator_id == "services-va-share"]
    target = replace(real.targets[0], target_id="found-target", plan_id="found-plan", project_id=None)
    unnamed = replace(target, target_id="found-other", indicator_id=seen[0].indicator_id, baseline_value=None)
    return {
        "figure": {"sources": [FOUND], "observations": [{**FIGURE, "period": "2017"}]},
        "revision": {"sources": [FOUND], "observations": [FIGURE]},
        "withdrawal": {"sources": [FOUND], "observations": [{**FIGURE, "value": None, "obs_status": "M"}]},
        "event": {"sources": [FOUND], "task_events": [{**event, "source_id": "found-late", "recorded_on": LATE}]},
        "problem": {"problems": [problem], "problem_events": [{**step, "recorded_on": LATE}]},
        "problem without steps": {"problems": [{**problem, "recorded_on": LATE}]},
        "search": {"searches": [search]},
        "source": {"sources": [FOUND]},
        "plan": {"plans": [Plan(**PLAN)], "targets": [target, unnamed]},
    }


def with_rows(real, rows):
    """The real package with more rows, as records; cells not named are empty."""
    more = {}
    for name, added in rows.items():
        record = TABLES[name].record
        columns = {
            column.name: column.convert("") if column.nullable or column.type in (str, tuple) else None
            for column in TABLES[name].columns
        }
        made = [each if not isinstance(each, dict) else record(**columns | each) for each in added]
        more[name] = (*getattr(real, name), *made)
    return replace(real, **more)


@pytest.fixture(scope="module")
def before_late(real):
    return bulletin_files(real, SOON)


@pytest.mark.parametrize(
    "kind",
    ["figure", "revision", "withdrawal", "event", "problem", "problem without steps", "search", "source", "plan"],
)
def test_a_row_found_late_changes_no_bulletin_that_is_out(real, before_late, kind):
    package = with_rows(real, late_rows(real)[kind])
    assert bulletin_files(package, SOON) == before_late
    # The site has it from the day on which it was recorded.
    eve = LATE - timedelta(days=1)
    for table in late_rows(real)[kind]:
        assert getattr(asof(package, SOON, eve), table) == getattr(asof(real, SOON, eve), table)
        assert getattr(asof(package, SOON), table) != getattr(asof(real, SOON), table)


def test_a_figure_found_late_is_news_to_the_next_bulletin_and_a_correction_to_the_last(real):
    following = Bulletin("2026-10", "month", "2026-10", date(2026, 11, 24), LATE, "")
    next_one = Bulletin("2026-11", "month", "2026-11", date(2026, 11, 26), SOON, "")
    rows = late_rows(real)["revision"]
    (row,) = rows["observations"]
    recorded = {**row, "recorded_on": SOON}
    package = with_rows(real, {**rows, "observations": [recorded]})
    package = replace(package, bulletins=(*package.bulletins, following, next_one))
    told = {digest.bulletin.bulletin_id: digest for digest in digests(package, SOON)}
    values = {name: [each.figure.observation.value for each in told[name].news] for name in ("2026-10", "2026-11")}
    assert Decimal("1999.9") not in values["2026-10"]
    assert Decimal("1999.9") in values["2026-11"]
    corrections = later(told["2023-q1"], build_report(package, SOON)).revisions
    assert Decimal("1999.9") in [each.new.observation.value for each in corrections]


def test_what_is_published_on_the_day_belongs_to_the_bulletin_and_a_day_later_does_not(real):
    seen, row = real.observations[0], next(b for b in real.bulletins if b.bulletin_id == "2024-q1")
    targeted = next(t for t in real.targets if t.indicator_id == "gdp" and t.region_id == "lishui")
    for offset, expected in ((0, 1), (1, 0)):
        added = replace(
            seen,
            indicator_id=targeted.indicator_id,
            region_id=targeted.region_id,
            pub=row.as_of + timedelta(days=offset),
            period="1999",
            value=Decimal(1),
        )
        package = replace(real, observations=(*real.observations, added))
        digest = next(d for d in digests(package, TODAY) if d.bulletin is row)
        assert sum(news.figure.observation is added for news in digest.news) == expected
