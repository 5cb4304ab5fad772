"""What is not loaded before somebody asks for it."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.site]


def test_the_search_is_loaded_when_its_box_is_reached(window, base):
    page = window()
    asked = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(base)))
    page.goto(base, wait_until="networkidle")
    assert not [url for url in asked if "search" in url]
    with page.expect_response("**/search/names-0.json"):
        page.locator(".md-search__input").click()
    assert not [url for url in asked if "search/text/" in url]
    page.locator(".md-search__input").fill("生产总值")
    expect(page.locator("#search-found[data-state=all] a").first).to_be_visible()
    texts = [url for url in asked if "search/text/" in url]
    assert 0 < len(texts) <= 3, "a question reads the files of its words only"
    page.locator("#search-found a").first.click()
    page.wait_for_url("**/targets/**")
