"""What readers type, and the page they mean: asked in a real browser, of the real site."""

import csv
import gzip
import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = [pytest.mark.site, pytest.mark.browser]
DATA = Path(__file__).parents[1] / "data"
with (DATA / "search_queries.csv").open(encoding="utf-8") as file:
    ASKED = [(row["query"], row["expected"], int(row["within"])) for row in csv.DictReader(file)]
with (DATA / "search_first.csv").open(encoding="utf-8") as file:
    FIRST = {row["query"]: row["right"].split(";") for row in csv.DictReader(file)}
ENOUGH = 38
# The answers when the whole text of all pages has been asked too, as the box shows them.
ANSWERS = """async (questions) => {
  const input = document.querySelector(".md-search__input"), list = document.getElementById("search-found");
  const found = {};
  for (const question of questions) {
    input.value = question;
    const shown = new Promise((done) => {
      const look = () => list.dataset.question === question && list.dataset.state === "all"
        && (list.removeEventListener("shown", look), done());
      list.addEventListener("shown", look);
    });
    input.dispatchEvent(new Event("input"));
    await shown;
    const said = document.querySelector(".md-search [role=status]").textContent;
    found[question] = [said, [...list.children].map((link) => link.href), list.textContent];
  }
  return found;
}"""


@pytest.fixture(scope="module")
def answers(chromium, address):
    """For every question: what is said, the addresses of the pages found in order, and all that is shown of them."""
    page = chromium.new_page()
    page.goto(address)
    page.locator(".md-search__input").click()
    page.wait_for_selector("#search-found[data-state=all]", state="attached")
    asked = list(dict.fromkeys([*FIRST, *(query for query, _, _ in ASKED), "房价", "丽水房价", "食品安全", "qxzqxz"]))
    found = page.evaluate(ANSWERS, asked)
    page.close()
    return {
        question: (said, [urlsplit(link).path[1:] for link in links], text)
        for question, (said, links, text) in found.items()
    }


def test_forty_questions_are_asked_once_each():
    assert len(FIRST) == 40
    assert len({query for query, _, _ in ASKED}) == len(ASKED) >= 40
    assert all(within <= 5 for _, _, within in ASKED)


def test_the_right_page_comes_first(answers):
    wrong = {query: answers[query][1][:3] for query, right in FIRST.items() if not {*answers[query][1][:1]} & {*right}}
    assert len(FIRST) - len(wrong) >= ENOUGH, wrong


@pytest.mark.parametrize(("query", "expected", "within"), ASKED, ids=[query for query, _, _ in ASKED])
def test_the_page_meant_is_among_the_first(answers, query, expected, within):
    _said, pages, _text = answers[query]
    assert expected in pages[:within], pages[:8]


def test_indicators_without_data_come_last(answers, real_site):
    first = json.loads((real_site / "search" / "names-0.json").read_bytes())
    silent = {row[3] for row in first["entries"] if first["kinds"][row[0]] == "indicator" and row[2] > 9}
    assert silent
    for query, (_said, pages, _text) in answers.items():
        last = [page in silent for page in pages]
        assert last == sorted(last), query


def test_what_no_plan_answers_is_said_with_what_is_near(answers):
    said, pages, _text = answers["房价"]
    assert said == "没有房价目标，有住房保障4项"
    assert len(pages) == 4
    assert {page.split("/")[0] for page in pages} == {"targets", "works"}
    assert answers["丽水房价"][:2] == (said, pages)
    assert answers["食品安全"][0] == "没有食品安全目标"
    assert answers["qxzqxz"][0].startswith("没有找到")


def test_no_answer_shows_an_id(answers):
    for query, (_said, _pages, text) in answers.items():
        assert "ydsq-" not in text, query
        assert "sdgc-" not in text, query


def test_the_first_answer_is_light(real_site):
    packed = len(gzip.compress((real_site / "search" / "names-0.json").read_bytes(), 6))
    print(f"names of the search: {packed / 1e3:.0f} kB gzipped")  # noqa: T201 - the figure is the point
    assert packed <= 60_000
    for path in (real_site / "search" / "text").glob("*.json"):
        assert len(gzip.compress(path.read_bytes(), 6)) < 30_000, path.name


def test_the_box_is_a_combobox(page, address):
    page.goto(f"{address}targets/")
    box = page.get_by_role("combobox", name="找目标、工程、单位")
    box.click()
    box.press_sequentially("低保")
    answers = page.locator("#search-found[data-question=低保][data-state=all] [role=option]")
    expect(answers.first).to_contain_text("最低生活保障标准")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".md-search [role=status]")).to_have_text("找到3条")
    assert not box.get_attribute("aria-activedescendant")
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "found-0")
    expect(answers.first).to_have_attribute("aria-selected", "true")
    assert not Axe().run(page, context=".md-search").response["violations"]
    box.press("Enter")
    page.wait_for_url("**/targets/sdgc-10-subsistence/")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    expect(page.locator("#__search")).to_be_checked()  # the theme hears Escape only once it knows the search is open
    page.keyboard.press("Escape")
    expect(box).not_to_be_focused()
    expect(box).to_have_attribute("aria-expanded", "false")
    assert not page.complaints


def test_a_question_can_be_shared_and_asked_on(page, address):
    page.goto(address)
    page.locator(".md-search__input").fill("发改委")
    page.locator(".md-search__input").press("Enter")
    page.wait_for_url("**/search/?q=*")
    found = page.locator("ol.found[data-state=all] a")
    expect(found.first).to_contain_text("市发改委")
    page.get_by_role("searchbox").fill("衢丽铁路")
    expect(page.locator("ol.found[data-question=衢丽铁路][data-state=all] a").first).to_contain_text("衢丽铁路")
    page.reload()
    expect(found.first).to_contain_text("衢丽铁路")
    found.first.click()
    page.wait_for_url("**/works/ydsq-w-rail-quli/")
    page.goto(f"{address}?q=缙云")  # as addresses were before there was a page of the search
    page.wait_for_url("**/search/?q=*")
    expect(found.first).to_contain_text("缙云县")
    assert not page.complaints


def test_without_scripts_the_box_leads_to_lists_and_names(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}units/")
    page.locator(".md-search__input").fill("低保")
    page.locator(".md-search__input").press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator("noscript")).to_be_visible()
    page.locator("main summary").click()
    page.get_by_role("link", name="低保", exact=True).click()
    page.wait_for_url("**/targets/sdgc-10-subsistence/")
    context.close()
