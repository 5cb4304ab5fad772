"""What readers type, and the page they mean: asked in a real browser, of the real site's index."""

import csv
import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from build_scripts.site.patch_search import REPAIRS, WORKERS

pytestmark = [pytest.mark.site, pytest.mark.browser, pytest.mark.xdist_group("site")]
QUERIES = Path(__file__).parents[1] / "data" / "search_queries.csv"
with QUERIES.open(encoding="utf-8") as file:
    ASKED = [(row["query"], row["expected"], int(row["within"])) for row in csv.DictReader(file)]
SAYS = "text => document.querySelector('.md-search-result__meta').textContent.includes(text)"
FOUND = "() => /找到[1-9]/.test(document.querySelector('.md-search-result__meta').textContent)"
LINKS = "() => [...document.querySelectorAll('.md-search-result__item > a')].map(link => link.href)"


@pytest.fixture(scope="module")
def answers(chromium, address):
    """The addresses of the pages found, in order, for every question; each asked from an empty list."""
    page = chromium.new_page()
    page.goto(address)
    box = page.locator(".md-search__input")
    box.click()
    page.wait_for_function(SAYS, arg="输入文字")
    found = {}
    for query, _, _ in ASKED:
        box.fill("qxzqxz")
        box.press("End")
        page.wait_for_function(SAYS, arg="没有找到")
        box.fill(query)
        box.press("End")
        page.wait_for_function(FOUND)
        page.wait_for_timeout(50)
        found[query] = [urlsplit(link).path[1:] for link in page.evaluate(LINKS)]
    page.close()
    return found


def test_forty_questions_are_asked_once_each():
    assert len(ASKED) >= 40
    assert len({query for query, _, _ in ASKED}) == len(ASKED)
    assert all(within <= 5 for _, _, within in ASKED)


@pytest.mark.parametrize(("query", "expected", "within"), ASKED, ids=[query for query, _, _ in ASKED])
def test_the_page_meant_is_among_the_first(answers, query, expected, within):
    pages = list(dict.fromkeys(answers[query]))
    assert expected in pages[:within], pages[:8]


def test_every_repair_of_the_search_was_made(real_site):
    (worker,) = real_site.glob(WORKERS)
    code = worker.read_text(encoding="utf-8")
    assert all(new in code and old not in code for old, new in REPAIRS)


def test_the_index_is_light(real_site):
    index = (real_site / "search" / "search_index.json").read_bytes()
    packed = len(gzip.compress(index, 6))
    print(f"search index: {len(index) / 1e6:.2f} MB, {packed / 1e3:.0f} kB gzipped")  # noqa: T201 - the figure is the point
    assert packed < 350_000


def test_a_result_can_be_shared_and_opened(page, address):
    page.goto(f"{address}?q=发改委")
    page.wait_for_function(FOUND)
    page.locator(".md-search-result__item > a").first.click()
    page.wait_for_url("**/units/shi-fagaiwei/**")
    assert page.locator("h1").inner_text().startswith("市发改委")
    assert not page.complaints
