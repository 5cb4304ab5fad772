"""Works have pages: what was promised, what became of it, every step with its source, who answers, whom to ask."""

from datetime import date

import pytest
from packages import add, cell
from page_samples import emptied, made, page

from build_scripts.feeds import publication_entries
from build_scripts.pages import build_pages, calendar, forms, project, region, target, works
from build_scripts.render import render_page

LATER = date(2026, 6, 30)


def work_page(given, task_id="ring-road"):
    return page(works.pages(given), f"works/{task_id}/")


def test_a_work_done_in_time_says_promise_deed_and_sources(tmp_path):
    view = work_page(made(tmp_path, as_of=LATER)).view
    assert view.sentence == "规划定的期限是2024年底；2024年11月30日，已完成。"
    assert view.badge.code == "w-done"
    facts = {fact.label: fact.value for fact in view.facts}
    assert facts["期限"] == "2024年底"
    assert facts["实际完成"] == "2024年11月30日"
    assert facts["所属工程"] == "道路工程（虚构）"
    assert facts["地点"] == "测试市"
    assert [step.day for step in view.steps] == ["2024年11月30日", "2022年5月1日"]
    assert {step.source.address for step in view.steps} == {"sources/paper/"}
    assert [row.link.address for row in view.targets] == ["targets/open-2024/"]
    assert [link.label for link in view.answering] == ["测试市交通局", "测试市发展改革委"]
    assert view.request.startswith("测试市交通局：")
    assert "“环城路（虚构）”" in view.request


def test_a_work_done_late_is_not_shown_as_one_done_in_time(tmp_path):
    given = made(tmp_path, cell("task_events", 3, "date", "2025-07-10"), cell("task_events", 3, "pub", "2025-07-11"),
                 cell("task_events", 3, "note", "正式通车"), as_of=LATER)  # fmt: skip
    view = work_page(given).view
    assert view.badge.code == "w-done_late"
    assert "晚于期限" in view.badge.label
    assert view.sentence == "规划定的期限是2024年底；2025年7月10日，正式通车，晚了6个月。"
    assert [mark.look for mark in view.line.lines[0].marks] == ["due", "step", "late"]
    assert view.line.lines[0].late_from
    assert "wl--late" in render_page(work_page(given))


def test_a_note_that_ends_with_a_full_stop_gets_no_second_one(tmp_path):
    given = made(tmp_path, cell("task_events", 3, "note", "正式通车。"), as_of=LATER)
    assert work_page(given).view.sentence == "规划定的期限是2024年底；2024年11月30日，正式通车。"
    told = page(target.pages(given), "targets/open-2024/").view
    assert "。。" not in told.standing


def test_only_a_remark_marked_as_the_plans_words_is_called_so(tmp_path):
    given = made(tmp_path, cell("tasks", 2, "note", "原文：建成环城路。"), as_of=LATER)
    facts = {fact.label: fact.value for fact in work_page(given).view.facts}
    assert facts["文件原文"] == "建成环城路。"
    remark = made(tmp_path, cell("tasks", 2, "note", "示例任务，请替换。"), as_of=LATER)
    facts = {fact.label: fact.value for fact in work_page(remark).view.facts}
    assert facts["备注"] == "示例任务，请替换。"
    assert "文件原文" not in facts


def test_a_work_under_way_says_the_day_announced_later(tmp_path):
    given = made(tmp_path, cell("task_events", 3, "state", "in_progress"),
                 cell("task_events", 3, "planned_date", "2027-12-31"), as_of=LATER)  # fmt: skip
    view = work_page(given).view
    assert view.sentence.endswith("，公开说过要在2027年12月31日前完成。")
    assert "announced" in {mark.look for mark in view.line.lines[0].marks}


def test_a_weaker_source_does_not_undo_what_a_better_one_called_done(tmp_path):
    given = made(tmp_path, add("sources", source_id="blog", title="传闻", publisher="某网", published="2025-03-01",
                               tier="3", url="https://example.org/blog"),
                 add("task_events", task_id="ring-road", date="2025-02-01", state="in_progress", pub="2025-03-01",
                     note="更正：还没有完工", source_id="blog"), as_of=LATER)  # fmt: skip
    assert work_page(given).view.badge.code == "w-done"


def test_a_silent_work_is_short_and_says_whom_to_ask(tmp_path):
    given = made(tmp_path, emptied("task_events"), emptied("problem_events"), emptied("problems"), as_of=LATER)
    view = work_page(given).view
    assert view.line is None
    assert view.steps == ()
    assert view.sentence == "规划定的期限是2024年底；截至2026年6月30日，没有收录进展。"
    listed = page(works.pages(given), "works/").view
    assert listed.lines is None
    assert [row.link.address for group in listed.silent for row in group.works] == ["works/ring-road/"]


def test_the_list_shows_works_with_steps_as_dots_on_one_axis(tmp_path):
    given = made(tmp_path, as_of=LATER)
    view = page(works.pages(given), "works/").view
    line = view.lines.lines[0]
    assert view.lead == "文件点名要做1项具体工程和任务，1项公布过进展，其中1项已完成。"
    assert [mark.words for mark in line.marks] == [
        "期限2024年12月31日",
        "开工或正在推进2022年5月1日",
        "完成2024年11月30日",
    ]
    assert [tick.year for tick in view.lines.ticks] == ["2022", "2023", "2024", "2025", "2026"]
    assert float(line.marks[1].x) < float(line.marks[2].x) < float(line.marks[0].x)


def test_every_place_that_names_a_work_leads_to_its_page(tmp_path):
    given = made(tmp_path, as_of=LATER)
    pages = {
        "projects/road/": project, "regions/city/": region, "targets/open-2024/": target, "calendar/": calendar,
        "forms/tasks/": forms,
    }  # fmt: skip
    for address, kind in pages.items():
        if address != "calendar/":  # a work tied to a target due the same day says nothing new there
            assert "works/ring-road/" in render_page(page(kind.pages(given), address)), address
    assert "works/ring-road/" in {entry.address for entry in publication_entries(given.report)}
    files = [f"data/subsets/works/ring-road.{kind}" for kind in ("csv", "excel.csv")]
    assert [link.address for link in work_page(given).view.files] == files


def test_a_package_without_works_has_no_list_of_them(tmp_path):
    given = made(tmp_path, emptied("tasks"), emptied("task_events"), emptied("problems"), emptied("problem_events"))
    assert "works/" not in {each.address for each in build_pages(given)}


def test_an_old_step_told_late_is_not_the_latest_news(tmp_path):
    given = made(tmp_path, cell("task_events", 3, "state", "in_progress"), cell("task_events", 2, "pub", "2025-05-02"),
                 as_of=LATER)  # fmt: skip
    view = work_page(given).view
    assert view.badge.code == "w-in_progress"
    assert [step.day for step in view.steps] == ["2024年11月30日", "2022年5月1日"]


@pytest.mark.parametrize(
    ("printed", "said"), [("力争 2024 年底", "力争2024年底"), ("by  30 June 2024", "by 30 June 2024")]
)
def test_a_deadline_is_said_as_printed_with_the_spaces_of_its_language(tmp_path, printed, said):
    view = work_page(made(tmp_path, cell("tasks", 2, "due_as_printed", printed), as_of=LATER)).view
    assert {fact.label: fact.value for fact in view.facts}["期限"] == said
