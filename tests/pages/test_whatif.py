"""The reader's own trial in a real browser: same verdicts as the method, keyboard only, nothing stored or sent."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from packages import ROOT

from build_scripts.assess import Obs, assess
from build_scripts.pages import method
from build_scripts.render import render_page
from build_scripts.report.examples import worked_examples

pytestmark = pytest.mark.browser
SCRIPT = (ROOT / "docs" / "assets" / "js" / "whatif.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def form(given):
    text = render_page(next(method.pages(given)))
    return re.search(r'<p class="whatif-off">.*?</form>', text, flags=re.DOTALL)[0]


@pytest.fixture
def page(chromium, form):
    opened = chromium.new_page()
    requests = []
    opened.on("request", lambda request: requests.append(request.url))
    opened.set_content(f'<!doctype html><meta charset="utf-8"><body>{form}<script>{SCRIPT}</script></body>')
    yield opened
    assert requests == []
    opened.close()


def shown(page, name="yours"):
    found = page.locator(f'[data-outcome="{name}"] > span:not([hidden])')
    return [found.nth(i).get_attribute("data-status") for i in range(found.count())]


def numbers(page):
    return [page.locator(f'[data-number="{name}"]').inner_text() for name in ("progress", "time", "ratio")]


def test_without_the_script_the_controls_are_hidden_and_said_to_be_off(chromium, form):
    opened = chromium.new_page()
    opened.set_content(form)
    assert opened.locator("form").is_hidden()
    assert opened.locator(".whatif-off").is_visible()
    opened.close()


def test_it_starts_with_the_first_example_and_says_whose_verdict_it_is_not(page):
    assert page.locator("form").is_visible()
    assert page.locator(".whatif-off").is_hidden()
    assert page.locator(".whatif__label").inner_text() == "不是本站结论"
    assert numbers(page) == ["65.0%", "60.0%", "1.0833"]
    assert shown(page) == shown(page, "site") == ["on_track"]


@pytest.mark.parametrize("index", range(3))
def test_each_example_gives_the_verdict_of_the_method(page, index):
    example = [each for each in worked_examples() if each.path][index]
    page.locator('[name="preset"]').select_option(index=index)
    found = example.assessment
    assert numbers(page) == [f"{found.progress_pct}%", f"{found.time_pct}%", str(found.ratio)]
    assert shown(page) == [found.status.value]


@pytest.mark.parametrize(
    ("base", "goal", "latest"),
    [("60", "70", "65.7"), ("60", "70", "63.6"), ("60", "70", "63.5"), ("60", "70", "59"), ("60", "70", "60"),
     ("60", "70", "71"), ("50", "30", "38"), ("50", "30", "41.5"), ("50", "30", "52"), ("0", "75", "34")],
)  # fmt: skip
def test_any_numbers_give_the_verdict_of_the_method(page, base, goal, latest):
    start = worked_examples()[0].inputs
    down = Decimal(goal) < Decimal(base)
    inputs = replace(
        start,
        unit="",
        value=Decimal(goal),
        base_value=Decimal(base),
        direction="down" if down else "up",
        comparator="le" if down else "ge",
        observations=(Obs("2023", Decimal(latest), date(2024, 3, 1)),),
    )
    verdict = assess(inputs, date(2024, 6, 30))
    for name, value in (("base", base), ("goal", goal), ("latest", latest)):
        page.locator(f'[name="{name}"]').fill(value)
    assert shown(page) == [verdict.status.value]
    if verdict.ratio is not None:
        assert numbers(page)[2] == str(verdict.ratio).replace("-", "−")


def test_a_slider_moved_by_keyboard_changes_only_the_readers_verdict(page):
    slider = page.locator('[name="on_track"]')
    slider.focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    assert slider.evaluate("each => each.closest('.whatif__slider').querySelector('output').value") == "1.15"
    assert shown(page) == ["slightly_behind"]
    assert shown(page, "site") == ["on_track"]
    row = page.locator("[data-ratio] [data-outcome] > span:not([hidden])")
    assert row.get_attribute("data-status") == "slightly_behind"


def test_one_threshold_never_passes_the_other(page):
    behind = page.locator('[name="behind"]')
    behind.focus()
    page.keyboard.press("End")
    assert page.locator('[name="on_track"]').input_value() == behind.input_value() == "1.5"


def test_reset_brings_back_the_sites_own(page):
    page.locator('[name="behind"]').focus()
    page.keyboard.press("End")
    page.locator('[name="latest"]').fill("1")
    page.get_by_role("button").click()
    page.wait_for_function("document.querySelector('[data-number=ratio]').textContent === '1.0833'")
    assert page.locator('[name="on_track"]').input_value() == "0.95"
    assert shown(page) == ["on_track"]


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [("latest", "", "numbers"), ("goal", "60", "numbers"), ("latest_year", "2020", "years"),
     ("goal_year", "2019", "years")],
)  # fmt: skip
def test_numbers_that_make_no_sense_are_said_in_words(page, name, value, fault):
    page.locator(f'[name="{name}"]').fill(value)
    assert page.locator(f'[data-bad="{fault}"]').is_visible()
    assert page.locator("[data-bad]:visible").count() == 1
    assert page.locator("[data-good]").is_hidden()


def test_logarithms_need_numbers_above_zero(page):
    page.locator('[name="base"]').fill("0")
    assert page.locator("[data-bad]:visible").count() == 0
    page.locator('[name="log"]').check()
    assert page.locator('[data-bad="numbers"]').is_visible()


def test_every_control_has_a_label(page):
    for control in page.locator("input, select").all():
        assert control.evaluate("each => each.labels.length === 1 && each.labels[0].innerText.trim() !== ''")
