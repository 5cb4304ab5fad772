"""A target's page: promise and standing first; without data what is missing and the letter; bars, history, trial."""

from datetime import date

from packages import add, cell
from page_samples import emptied, made, page

from build_scripts.pages import target
from build_scripts.pages.figures import chart_specs
from build_scripts.render import render_page


def view(given, target_id):
    return page(target.pages(given), f"targets/{target_id}/").view


def test_the_promise_stands_before_everything_and_the_plans_words_below_it(tmp_path):
    given = made(tmp_path, as_of=date(2026, 6, 30))
    text = render_page(page(target.pages(given), "targets/gdp-2025/"))
    places = [
        text.index(words) for words in ('<p class="reading">', "verdict__status", 'class="standing"', 'class="quote"')
    ]
    assert places == sorted(places)
    assert view(given, "gdp-2025").quote.text == "“200亿元”"


def test_where_the_plan_prints_a_table_the_target_is_known_by_its_name(tmp_path):
    given = made(tmp_path, cell("targets", 2, "figure_as_printed", ""), as_of=date(2026, 6, 30))
    shown = view(given, "gdp-2025")
    assert shown.quote.text == "“生产总值达到200亿元”"
    assert "原文数字" not in {fact.label for fact in shown.document}
    assert "“”" not in render_page(page(target.pages(given), "targets/gdp-2025/"))


def test_without_data_the_letter_follows_the_verdict_at_once(tmp_path):
    given = made(tmp_path, emptied("observations"), as_of=date(2026, 6, 30))
    text = render_page(page(target.pages(given), "targets/gdp-2025/"))
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert headings[0].endswith("{ #request }")
    assert text.index('id="unlock"') < text.index("测政〔2021〕1号") < text.index("{ #why }")
    known = render_page(page(target.pages(made(tmp_path)), "targets/gdp-2025/"))
    assert next(line for line in known.splitlines() if line.startswith("## ")).endswith("{ #figures }")


def test_a_line_is_drawn_only_from_three_periods_on_else_bars(tmp_path):
    given = made(tmp_path, as_of=date(2024, 6, 30))
    drawn = {spec.id for spec in chart_specs(given.report)}
    assert "gdp-2025-trajectory" in drawn
    assert "share-2025-trajectory" not in drawn
    rows = view(given, "share-2025").against
    assert [(row.what, row.value) for row in rows] == [("begin", "60%"), ("latest", "62.5%"), ("goal", "65%")]
    assert rows[-1].width == "100.00"


def test_the_history_is_told_where_there_ever_was_a_verdict(tmp_path):
    given = made(tmp_path, as_of=date(2024, 6, 30))
    assert view(given, "parks-again").history == ()
    past = view(given, "gdp-2025").history
    assert [each.badge.code for each in past] != []
    assert past[0].since.endswith("季度起")


def test_the_trial_starts_from_the_targets_own_numbers(tmp_path):
    given = made(tmp_path, as_of=date(2024, 6, 30))
    (preset,) = view(given, "gdp-2025").trial.presets
    assert (preset.base, preset.base_year, preset.latest, preset.latest_year) == ("150", "2020", "180", "2023")
    assert (preset.goal, preset.goal_year) == ("200", "2025")
    assert view(given, "open-2024").trial is None


def test_of_a_thing_done_nothing_says_it_could_fall_back(tmp_path):
    given = made(tmp_path, add("observations", indicator_id="gdp", region_id="city", period="2025", basis="main",
                               pub="2026-03-01", source_id="gazette", value="210", obs_status="A"),
                 cell("task_events", 3, "pub", "2024-12-01"), as_of=date(2026, 6, 30))  # fmt: skip
    done = render_page(page(target.pages(given), "targets/open-2024/"))
    assert "回落" not in done
    assert "回落" in render_page(page(target.pages(given), "targets/gdp-2025/"))
