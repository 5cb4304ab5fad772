"""The revisions page: each change once, with both sources; repeats are no changes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from chance import tries
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st
from packages import add, cell
from page_samples import emptied, made

from build_scripts.pages import revisions
from build_scripts.render import render_page
from build_scripts.report import build_report
from build_scripts.report.revisions import repeats, reschedulings
from build_scripts.report.revisions import revisions as changes

AGAIN = {"indicator_id": "gdp", "region_id": "city", "period": "2021", "source_id": "gazette", "obs_status": "A"}


def view(given):
    return next(revisions.pages(given)).view


def test_a_changed_value_shows_old_new_when_and_by_whom(tmp_path):
    given = made(tmp_path, add("observations", **AGAIN, basis="main", pub="2023-03-01", value="164"))
    (row,) = view(given).rows
    assert (row.kind, row.period, row.change) == ("数值改变", "2021年", "+2.5%")
    assert (row.old.value, row.old.published) == ("160亿元", "2022年3月1日")
    assert (row.new.value, row.new.published, row.new.source.address) == ("164亿元", "2023年3月1日", "sources/gazette/")
    assert [each.address for each in row.targets] == ["targets/gdp-2025/"]
    assert "其中1处后来公布得不一样" in view(given).sentence


def test_a_preliminary_figure_made_final_is_a_change_without_a_percentage(tmp_path):
    final = add("observations", **{**AGAIN, "period": "2023"}, basis="main", pub="2024-05-01", value="180")
    (row,) = view(made(tmp_path, final)).rows
    assert (row.kind, row.change) == ("转为正式数", "—")
    assert row.old.value == "180亿元（初步数）"
    assert row.new.value == "180亿元"


def test_another_basis_is_never_put_into_a_percentage(tmp_path):
    other = add("observations", **AGAIN, basis="census", pub="2023-03-01", value="200")
    (row,) = view(made(tmp_path, other)).rows
    assert (row.kind, row.change) == ("改换口径", "—")
    assert "不能直接比较" in row.note


def test_a_word_from_other_media_is_recorded_but_not_adopted(tmp_path):
    tier = cell("sources", 4, "tier", "3")
    heard = add("observations", **{**AGAIN, "source_id": "paper"}, basis="main", pub="2023-03-01", value="161")
    (row,) = view(made(tmp_path, tier, heard)).rows
    assert "只作记录" in row.note


def test_the_same_value_again_is_a_repeat_not_a_revision(tmp_path):
    given = made(tmp_path, add("observations", **AGAIN, basis="main", pub="2023-03-01", value="160"))
    assert changes(given.report) == ()
    assert repeats(given.report) == 1
    assert view(given).sentence == "本站收录的10个公布的数字，都没有收录到后来的修订。"
    assert "另有1次公布" in view(given).repeats


def test_what_was_published_after_the_day_is_not_told(tmp_path):
    row = add("observations", **AGAIN, basis="main", pub="2024-09-01", value="164")
    assert changes(made(tmp_path, row).report) == ()
    assert len(changes(made(tmp_path, row, as_of=date(2024, 9, 1)).report)) == 1


def test_a_moved_completion_day_is_listed_with_its_days(tmp_path):
    first = cell("task_events", 2, "planned_date", "2024-12-31")
    moved = add("task_events", task_id="ring-road", date="2023-05-01", state="in_progress", pub="2023-05-02",
                source_id="paper", planned_date="2025-03-31")  # fmt: skip
    given = made(tmp_path, first, moved)
    assert len(reschedulings(given.report)) == 1
    (row,) = view(given).days
    assert (row.old.value, row.new.value, row.change) == ("2024年12月31日", "2025年3月31日", "推后90天")
    assert row.work.address == "works/ring-road/"


def test_an_empty_package_has_an_honest_page(tmp_path):
    page = next(revisions.pages(made(tmp_path, emptied("observations"))))
    assert page.view.sentence == "本站还没有收录公布的数字。"
    assert "<table" not in render_page(page)


@settings(deadline=None, max_examples=tries(12))
@over(values=st.lists(st.integers(150, 170), min_size=1, max_size=6))
def test_there_are_as_many_revisions_as_steps_between_different_values(package, values):
    first = next(each for each in package.observations if each.period == "2021" and each.indicator_id == "gdp")
    later = [
        replace(first, pub=date(2023, month, 1), value=Decimal(value)) for month, value in enumerate(values, start=1)
    ]
    report = build_report(replace(package, observations=(*package.observations, *later)), date(2024, 6, 30))
    told = [160, *values]
    found = changes(report)
    assert len(found) == sum(a != b for a, b in pairwise(told))
    assert [each.day for each in found] == sorted((each.day for each in found), reverse=True)
