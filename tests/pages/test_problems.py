"""The register: reported problems with their life, findings apart, nothing invented when there is nothing."""

from datetime import date

import pytest
from packages import add, cell
from page_samples import emptied, made, page

from build_scripts.pages import forms, problems
from build_scripts.render import render_page
from build_scripts.report.findings import all_findings, closed_findings, findings
from build_scripts.report.problems import issues

NO_PROBLEMS = (emptied("problems"), emptied("problem_events"))


def register(given):
    return page(list(problems.pages(given)), "problems/")


def test_a_problem_is_closed_by_the_published_source_and_keeps_its_life(tmp_path):
    given = made(tmp_path)
    (issue,) = issues(given.report)
    assert issue.closed_on == date(2023, 5, 20)
    assert not issue.is_open
    assert not issue.overdue
    life = page(list(problems.pages(given)), "problems/land/")
    assert [(step.day, step.state) for step in life.view.steps] == [
        ("2023年2月1日", "已提出"),
        ("2023年5月20日", "已解决"),
        ("2023年6月1日", "已核实销号"),
    ]
    assert life.view.steps[0].source is None
    assert life.view.steps[1].source.address == "sources/paper/"
    assert "已于2023年5月20日销号" in life.view.sentence
    row = register(given).view.issues[0]
    assert (row.closed, row.source.address) == ("2023年5月20日", "sources/paper/")


def test_a_resolution_nobody_published_does_not_close_it(tmp_path):
    given = made(tmp_path, cell("problem_events", 3, "source_id", ""), cell("problem_events", 4, "source_id", ""))
    (issue,) = issues(given.report)
    assert issue.is_open
    assert issue.state == "verified"
    assert issue.overdue
    assert register(given).view.issues[0].closed == "—"
    assert "其中1个过了整改时限" in register(given).view.sentence


def test_a_reopened_problem_is_open_again_until_a_later_source_closes_it(tmp_path):
    again = add("problem_events", problem_id="land", date="2023-09-01", state="reopened", pub="2023-09-02")
    once_more = add(
        "problem_events", problem_id="land", date="2023-12-01", state="resolved", pub="2023-12-02", source_id="paper"
    )
    assert issues(made(tmp_path, again).report)[0].closed_on is None
    assert issues(made(tmp_path, again, once_more).report)[0].closed_on == date(2023, 12, 1)


def test_only_what_was_published_by_the_day_is_told(tmp_path):
    before = made(tmp_path, as_of=date(2023, 4, 1))
    (issue,) = issues(before.report)
    assert (issue.state, issue.closed_on) == ("open", None)
    assert issues(made(tmp_path, as_of=date(2023, 1, 1)).report) == ()


def test_without_reported_problems_the_page_tells_of_the_findings_alone(tmp_path):
    given = made(tmp_path, *NO_PROBLEMS, as_of=date(2026, 6, 30))
    pages = list(problems.pages(given))
    assert [each.address for each in pages] == ["problems/"]
    view = pages[0].view
    assert view.issues == ()
    assert view.sentence.startswith("截至2026年6月30日，本站从公开数据里")
    text = render_page(pages[0])
    assert 'id="reported"' not in text
    assert "{ #reported }" not in text
    assert text.index('id="unanswered-targets"') > text.index("不是官方认定的问题")


def test_a_gap_opens_the_day_after_the_deadline_and_repeats_are_left_out(tmp_path):
    given = made(tmp_path, emptied("task_events"), as_of=date(2026, 6, 30))
    gaps = {each.entry.target_id: each for each in findings(given.report) if each.kind == "gap"}
    assert gaps["gdp-2025"].since == date(2026, 1, 1)
    assert gaps["open-2024"].since == date(2025, 1, 1)
    assert "parks-again" not in gaps
    assert gaps["open-2024"].owner.unit_id == "transport"
    assert gaps["gdp-2025"].owner is None


def test_findings_are_closed_only_by_a_publication_and_kept(tmp_path):
    late = cell("task_events", 3, "date", "2025-03-01"), cell("task_events", 3, "pub", "2025-03-05")
    silent = made(tmp_path, *late, as_of=date(2025, 2, 1))
    assert [each.entry.target_id for each in findings(silent.report) if each.kind == "gap"] == ["open-2024"]
    done = made(tmp_path, *late, as_of=date(2025, 6, 1))
    assert "open-2024" not in [each.entry.target_id for each in findings(done.report)]
    (ended,) = [each for each in closed_findings(done.report) if each.entry.target_id == "open-2024"]
    assert (ended.since, ended.closed_on, ended.closing.source_id) == (date(2025, 1, 1), date(2025, 3, 5), "paper")
    view = register(done).view
    assert view.ended[-1].closed == "2025年3月5日"
    assert view.ended[-1].about == "已完成，晚于期限2个月"


def test_nothing_is_found_of_a_target_before_its_plan_was_issued(tmp_path):
    for issued in (date(2021, 1, 31), date(2023, 3, 8), date(2026, 3, 1)):
        given = made(tmp_path, cell("plans", 2, "issued_on", issued.isoformat()), as_of=date(2026, 6, 30))
        found = list(all_findings(given.report))
        assert {each.entry.target_id for each in found if each.is_open} >= {"gdp-2025"}
        assert min(each.since for each in found) >= issued
    assert next(each.since for each in found if each.entry.target_id == "gdp-2025") == date(2026, 3, 1)


def test_closed_findings_name_the_status_as_that_of_the_closing(tmp_path):
    late = cell("task_events", 3, "date", "2025-03-01"), cell("task_events", 3, "pub", "2025-03-05")
    text = render_page(next(problems.pages(made(tmp_path, *late, as_of=date(2025, 6, 1)))))
    ended = text[text.index('id="ended-problems"') :]
    assert "销号时状态" in ended
    assert "现状" not in ended
    assert "销号时状态" not in text[: text.index('id="ended-problems"')]


@pytest.mark.parametrize(
    ("lagging", "gaps", "said"),
    [
        (2, 3, "发现2项目标滞后，另有3项目标到期未收录结果"),
        (1, 0, "没有到期未收录结果的目标"),
        (0, 1, "没有发现滞后的目标，但有1项"),
        (0, 0, "也没有发现"),
    ],
)
def test_the_sentence_is_right_for_none_and_many(tmp_path, lagging, gaps, said):
    report = made(tmp_path).report
    assert said in problems._sentence(report, (), lagging, gaps)


def test_a_column_of_noughts_is_left_out(tmp_path):
    given = made(tmp_path, *NO_PROBLEMS, as_of=date(2026, 6, 30))
    view = register(given).view
    assert "gaps" in view.counted
    assert not {"open", "overdue", "closed"} & set(view.counted)
    assert "超过时限" not in render_page(register(given))


def test_the_register_and_the_form_say_different_things(tmp_path):
    given = made(tmp_path, as_of=date(2026, 6, 30))
    form = render_page(page(forms.pages(given), "forms/problems/"))
    found = register(given)
    assert found.view.gaps
    for row in found.view.gaps:
        assert row.link.address not in form
    assert "用地没有落实" in form


def test_counts_by_unit_and_project_add_up_to_the_lists(tmp_path):
    given = made(tmp_path, as_of=date(2026, 6, 30))
    view = register(given).view
    for groups in (view.projects, view.units):
        assert sum(int(row.gaps) for row in groups) == len(view.gaps)
        assert sum(int(row.lagging) for row in groups) == len(view.lagging)
        assert sum(int(row.closed) + int(row.open) for row in groups) == len(view.issues)
