"""A bulletin never changes: whatever is published after its day leaves every byte of its page as it was."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from bulletin_samples import TODAY, bulletin_texts
from hypothesis import given, settings
from hypothesis import strategies as st

from build_scripts.bulletins import digests, later
from build_scripts.checks import load_package
from build_scripts.core.records import Bulletin
from build_scripts.load import append_rows
from build_scripts.pages import Ingredients, bulletins
from build_scripts.render import render_page
from build_scripts.report import build_report

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


def test_a_later_revision_in_the_files_changes_no_old_bulletin_but_is_linked_from_it(real, copied):
    before = bulletin_texts(real)
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
        page.address: render_page(page) for page in bulletins.pages(Ingredients(report, digests=tuple(told.values())))
    }
    text = pages[f"{address}later/"]
    assert "1,964.4亿元" in text
    assert "1,970.12亿元" in text
    assert "后来的统计年鉴（测试用）" in text


def test_a_new_bulletin_changes_no_old_one(real):
    more = Bulletin("2026-10", "month", "2026-10", date(2026, 11, 21), TODAY, "")
    following = Bulletin("2026-q4", "quarter", "2026-Q4", date(2027, 1, 31), date(2027, 2, 1), "")
    changed = bulletin_texts(replace(real, bulletins=(*real.bulletins, more, following)), date(2027, 3, 1))
    for address, text in bulletin_texts(real).items():
        assert changed[address] == text, address
    assert set(changed) - set(bulletin_texts(real)) == {"bulletins/2026-10/", "bulletins/2026-q4/"}


def test_a_plan_issued_later_changes_no_old_one(real):
    plan = replace(real.plans[0], plan_id="later-plan", issued_on=date(2026, 11, 1))
    target = replace(real.targets[0], target_id="later-target", plan_id="later-plan", project_id=None)
    package = replace(real, plans=(*real.plans, plan), targets=(*real.targets, target))
    assert bulletin_texts(package) == bulletin_texts(real)


@settings(max_examples=12, deadline=None)
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
