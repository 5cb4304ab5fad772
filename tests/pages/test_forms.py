"""The three forms: every target once, every work once, filters on each row, printed figures as computed."""

import re
from datetime import date

from page_samples import emptied, made, page

from build_scripts.pages import forms
from build_scripts.render import render_page
from build_scripts.report.ordering import rank


def views(given):
    return {each.address: each for each in forms.pages(given)}


def test_the_first_two_forms_carry_every_target_exactly_once(given):
    found = views(given)
    rows = [*found["forms/indicators/"].view.rows, *found["forms/tasks/"].view.dated]
    addresses = [row.link.address for row in rows]
    assert sorted(addresses) == sorted(f"targets/{entry.target_id}/" for entry in given.report.entries)
    assert len(found["forms/tasks/"].view.works) == len(given.report.package.tasks)


def test_rows_begin_with_what_is_known(given):
    found, ranks = views(given), {f"targets/{e.target_id}/": rank(e) for e in given.report.entries}
    for rows in (found["forms/indicators/"].view.rows, found["forms/tasks/"].view.dated):
        known = [ranks[row.link.address] for row in rows]
        assert known == sorted(known)
    heard_of = [bool(row.state) for row in found["forms/tasks/"].view.works]
    assert heard_of == sorted(heard_of, reverse=True)


def test_figures_stand_without_units_that_the_header_has(given):
    row = views(given)["forms/indicators/"].view.rows[0]
    assert (row.attainment, row.progress, row.time, row.gap, row.grade) == ("90.0", "63.2", "60.0", "+3.2", "B")
    assert row.source.address == "sources/gazette/"
    unjudged = next(r for r in views(given)["forms/indicators/"].view.rows if "parks-2025" in r.link.address)
    assert (unjudged.progress, unjudged.gap, unjudged.grade) == ("—", "—", "—")


def test_each_row_says_what_it_can_be_filtered_by(given):
    text = render_page(views(given)["forms/indicators/"])
    rows = re.findall(r"<tr (data-plan[^>]*)>", text)
    assert len(rows) == len(views(given)["forms/indicators/"].view.rows)
    first = dict(re.findall(r'([a-z-]+)="([^"]*)"', rows[0]))
    assert first == {
        "data-plan": "test-plan",
        "data-project": "",
        "data-region": "city",
        "data-status": "on_track",
        "data-family": "progressing",
        "data-year": "2025",
        "data-has-data": "yes",
    }
    assert '<table class="data" id="indicators" data-filter>' in text


def test_a_work_shows_its_last_step_and_who_leads(given):
    work = views(given)["forms/tasks/"].view.works[0]
    assert work.state == "2022年5月1日，已开工"
    assert work.source.address == "sources/paper/"
    assert work.owner.address == "units/transport/"
    assert work.keys.status == "started"


def test_a_target_nobody_leads_says_so(given):
    row = views(given)["forms/indicators/"].view.rows[0]
    assert (row.owner.label, row.owner.address) == ("原文没有写明", "")


def test_an_empty_package_has_honest_forms(tmp_path):
    nothing = (
        emptied("tasks"), emptied("task_events"), emptied("problems"), emptied("problem_events"),
        emptied("targets"), emptied("unanswered"), emptied("related_indicators"),
    )  # fmt: skip
    found = views(made(tmp_path, *nothing))
    assert found["forms/indicators/"].view.sentence == "数据包里还没有对数量、水平或位次提出要求的目标。"
    assert found["forms/tasks/"].view.sentence == "数据包里还没有任务。"
    assert "本站还没有收录官方公布的问题清单" in found["forms/problems/"].view.sentence
    for each in found.values():
        assert "<table" not in render_page(each)


def test_the_form_of_problems_has_the_reported_ones_and_leads_to_the_found_ones(tmp_path):
    given = made(tmp_path, as_of=date(2026, 6, 30))
    form = page(forms.pages(given), "forms/problems/")
    text = render_page(form)
    assert text.index('id="reported-problems"') < text.index("{ #found }") < text.index('problems/">')
    reported, found = text.split("{ #found }")
    assert "用地没有落实" in reported
    assert "用地没有落实" not in found
    assert form.view.found
    assert "<table" not in found
