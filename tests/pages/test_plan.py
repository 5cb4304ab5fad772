"""A plan's page counts its targets by deadline, in whole sentences of either language."""

from page_samples import made, page

from build_scripts.core.language import speaking
from build_scripts.pages import plan


def shown(tmp_path):
    return page(plan.pages(made(tmp_path)), "plans/test-plan/").view


def test_the_years_stand_in_the_sentence_and_in_the_list(tmp_path):
    view = shown(tmp_path)
    assert "2025年到期" in view.sentence
    assert "2025年到期" in [row.label for row in view.years]


def test_in_english_no_colon_stands_twice(tmp_path):
    with speaking("en"):
        view = shown(tmp_path)
    assert view.sentence.endswith(" has 6 targets: 1 due in 2024, 5 due in 2025.")
    assert "Due in 2025: " in [row.label for row in view.years]
