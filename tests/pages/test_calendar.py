"""The calendar: what is due when, for whom; and the iCalendar files, read back by the library that wrote them."""

import re
from collections import Counter
from datetime import date

import icalendar
import pytest
from packages import add, cell, copy_row
from page_samples import emptied, made

from build_scripts.exports.calendar_files import calendar_files
from build_scripts.pages import build_pages, calendar
from build_scripts.pages.whole_figures import DEADLINES, whole_specs
from build_scripts.report.deadlines import beats, deadlines, undated

YEARLY = copy_row(
    "targets", 7, target_id="monthly", name="每月调度", kind="annual_task", unit="个", value="12", period_start="2024",
    target_period="2025", due="",
)  # fmt: skip


def view(given):
    return next(calendar.pages(given)).view


def events(given):
    files = {each.path: icalendar.Calendar.from_ical(each.data) for each in calendar_files(given.report)}
    return {path: read.walk("VEVENT") for path, read in files.items()}


def test_a_day_is_exact_only_where_the_plan_prints_one(tmp_path):
    due = {each.id: each for each in deadlines(made(tmp_path).report)}
    assert (due["gdp-2025"].day, due["gdp-2025"].exact) == (date(2025, 12, 31), False)
    assert (due["open-2024"].day, due["open-2024"].exact) == (date(2024, 12, 31), True)
    assert "parks-again" not in due


def test_a_work_due_with_its_target_is_told_once_and_another_day_is_told(tmp_path):
    assert not [each for each in deadlines(made(tmp_path).report) if each.task]
    (work,) = [each for each in deadlines(made(tmp_path, cell("tasks", 2, "due", "2024-06-30")).report) if each.task]
    assert (work.id, work.name, work.owner.unit_id) == ("task-ring-road", "环城路（虚构）", "transport")


def test_the_sentence_names_the_next_day_and_what_has_no_value(tmp_path):
    assert view(made(tmp_path)).sentence == "下一个期限是2024年12月31日，还有184天，到时有1项目标到期。"
    assert view(made(tmp_path, as_of=date(2024, 12, 31))).sentence.startswith("今天（2024年12月31日）有1项")
    after = view(made(tmp_path, as_of=date(2026, 6, 30))).sentence
    assert after.startswith("文件写明的期限都已经过去；已经到期的有5项目标，其中")
    assert "项到期未收录结果（尚未查找" in after


def test_the_sentence_joins_what_is_unanswered_and_what_cannot_be_judged(tmp_path):
    vague = cell("targets", 5, "baseline_period", ""), cell("targets", 5, "baseline_value", "")
    said = view(made(tmp_path, *vague, as_of=date(2026, 6, 30))).sentence
    assert re.search(r"已经到期的有5项目标，其中\d项到期未收录结果（[^）]+）", said)
    assert "目标里" not in said


def test_targets_without_a_deadline_are_counted_apart(tmp_path):
    given = made(tmp_path, cell("targets", 5, "target_period", ""))
    assert undated(given.report) == 1
    assert "另有1项目标原文没有写明期限" in view(given).sentence


def test_nothing_due_is_said_plainly(tmp_path):
    given = made(tmp_path, emptied("targets"), emptied("unanswered"), emptied("related_indicators"), emptied("tasks"),
                 emptied("task_events"), emptied("problems"), emptied("problem_events"))  # fmt: skip
    assert view(given).sentence == "文件没有为任何目标或任务写明期限。"
    assert not list(calendar_files(given.report))
    assert view(given).files == ()


def test_months_to_come_run_forward_and_months_past_run_back(tmp_path):
    shown = view(made(tmp_path, cell("tasks", 2, "due", "2023-06-30"), as_of=date(2025, 6, 30)))
    assert [each.anchor for each in shown.to_come] == ["m-2025-12"]
    assert [each.anchor for each in shown.passed] == ["m-2024-12", "m-2023-06"]
    assert sum(len(each.rows) for each in (*shown.to_come, *shown.passed)) == 6


def test_the_chart_counts_the_same_targets_as_the_months_beside_it(tmp_path):
    given = made(tmp_path, cell("targets", 5, "target_period", ""), cell("tasks", 2, "due", "2023-06-30"), YEARLY,
                 as_of=date(2025, 6, 30))  # fmt: skip
    drawn = next(spec for spec in whole_specs(given.report) if spec.id == DEADLINES)
    by_year = {row[0]: int(row[-1]) for row in drawn.table.rows}
    listed = [each for each in deadlines(given.report) if each.entry]
    years = Counter(f"{each.day.year}年" for each in listed)
    assert {year: count for year, count in by_year.items() if year.endswith("年")} == dict(years)
    assert by_year["未写年份"] == undated(given.report) == 1
    shown = view(given)
    assert [group.title for group in shown.passed] == ["2024年12月（1项目标）", "2023年6月（1项工程）"]


def test_every_deadline_is_an_all_day_event_with_a_lasting_id(tmp_path):
    found = {str(each["uid"]): each for each in events(made(tmp_path))["calendar/deadlines.ics"]}
    assert set(found) == {
        f"{each}@lishui-plan-progress" for each in ("gdp-2025", "share-2025", "invest-2125", "parks-2025", "open-2024")
    }
    event = found["open-2024@lishui-plan-progress"]
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2024, 12, 31), date(2025, 1, 1))
    assert "测试市交通局" in str(event["description"])
    assert "只写了年份" in str(found["gdp-2025@lishui-plan-progress"]["description"])
    assert "只写了年份" not in str(event["description"])


def test_a_unit_gets_the_deadlines_it_leads_and_those_of_projects_it_shares(tmp_path):
    given = made(tmp_path)
    files = {path: {str(e["uid"]).partition("@")[0] for e in found} for path, found in events(given).items()}
    assert set(files) == {"calendar/deadlines.ics", *(f"calendar/units/{u}.ics" for u in ("transport", "dev-reform"))}
    assert files["calendar/units/transport.ics"] == {"invest-2125", "open-2024"}
    shared = {each.id for each in deadlines(given.report) if each.entry and each.entry.target.project_id}
    assert files["calendar/units/dev-reform.ics"] == shared >= {"invest-2125", "open-2024"}
    assert {row.file for row in view(given).units} == set(files) - {"calendar/deadlines.ics"}


def test_the_same_day_gives_the_same_bytes_and_ids_outlive_the_day(tmp_path):
    first, again = made(tmp_path), made(tmp_path)
    assert [each.data for each in calendar_files(first.report)] == [each.data for each in calendar_files(again.report)]
    later = events(made(tmp_path, as_of=date(2024, 9, 30)))["calendar/deadlines.ics"]
    assert {str(e["uid"]) for e in later} == {str(e["uid"]) for e in events(first)["calendar/deadlines.ics"]}


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("2025", "每月调度：每年12个，2024—2025年"),
        ("2024", "每月调度：每年12个，2024年"),
        ("", "每月调度：每年12个，2024年起"),
    ],
)
def test_a_yearly_duty_names_its_years_or_the_one_it_begins_in(tmp_path, end, said):
    duty = copy_row(
        "targets", 7, target_id="monthly", name="每月调度", kind="annual_task", unit="个", value="12",
        period_start="2024", target_period=end, due="",
    )  # fmt: skip
    assert view(made(tmp_path, duty)).rhythm == (said,)


def test_a_month_whose_every_deadline_is_a_bare_year_does_not_say_of_these(tmp_path):
    shown = view(made(tmp_path))
    said = {group.anchor: group.sentence for group in (*shown.to_come, *shown.passed)}
    assert said["m-2025-12"] == "原文都只写了年份，按当年最后一天计。"


def test_a_month_with_a_printed_day_says_how_many_are_bare_years(tmp_path):
    mixed = view(made(tmp_path, cell("targets", 7, "due", "2025-12-31")))
    said = {group.anchor: group.sentence for group in (*mixed.to_come, *mixed.passed)}
    assert said["m-2025-12"] == "其中4项原文只写了年份，按当年最后一天计。"


def test_a_yearly_duty_beats_at_the_ends_of_its_months(tmp_path):
    given = made(tmp_path, YEARLY)
    found = [each.day for each in beats(given.report)]
    assert len(found) == 24
    assert found[:2] == [date(2024, 1, 31), date(2024, 2, 29)]
    assert len(events(given)["calendar/rhythm.ics"]) == 24
    assert view(given).rhythm[0].endswith("2024—2025年")


@pytest.mark.parametrize(("turns", "days"), [("4", 8), ("1", 2), ("5", 0), ("0.5", 0)])
def test_only_turns_that_divide_the_year_beat(tmp_path, turns, days):
    other = copy_row("targets", 7, target_id="yearly", name="每年调度", kind="annual_task", unit="个", value=turns,
                     period_start="2024", target_period="2025", due="")  # fmt: skip
    assert len(beats(made(tmp_path, other).report)) == days


def test_a_long_name_with_marks_survives_the_round_trip(tmp_path):
    name = "一条很长的路，分三段；起点：甲县\\乙县" * 5
    given = made(tmp_path, cell("targets", 7, "name", name))
    found = [str(each["summary"]) for each in events(given)["calendar/deadlines.ics"]]
    assert f"到期：{name}" in found


def test_adding_a_target_changes_no_other_event(tmp_path):
    more = copy_row("targets", 2, target_id="gdp-2026", target_period="2026")
    before = {str(e["uid"]): e.to_ical() for e in events(made(tmp_path))["calendar/deadlines.ics"]}
    after = {str(e["uid"]): e.to_ical() for e in events(made(tmp_path, more))["calendar/deadlines.ics"]}
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1


def test_a_unit_with_nothing_due_is_not_listed(tmp_path):
    extra = add("units", unit_id="idle", name="闲置单位", category="other")
    assert not [row for row in view(made(tmp_path, extra)).units if row.link.label == "闲置单位"]


def test_entries_name_their_pages_where_the_site_s_address_is_known(given):
    pages = {page.address for page in build_pages(given)}
    files = list(calendar_files(given.report, root="https://example.org/p/"))
    assert files
    for file in files:
        for event in icalendar.Calendar.from_ical(file.data).walk("VEVENT"):
            assert str(event["url"]).startswith("https://example.org/p/")
            assert str(event["url"]).removeprefix("https://example.org/p/") in pages
    for file in calendar_files(given.report):
        assert b"URL" not in file.data
