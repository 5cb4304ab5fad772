"""What is not loaded before somebody asks for it."""

import pytest
from playwright.sync_api import expect

from build_scripts.site.patch_search import BUNDLES, ON_DEMAND

pytestmark = [pytest.mark.browser, pytest.mark.site]


def test_the_index_of_the_search_is_loaded_when_asked_for(window, base, real_site):
    (bundle,) = real_site.glob(BUNDLES)
    code = bundle.read_text(encoding="utf-8")
    assert all(new in code and old not in code for old, new in ON_DEMAND)
    page = window()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(base, wait_until="networkidle")
    assert not [url for url in asked if "search_index" in url]
    with page.expect_response("**/search_index.json"):
        page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill("生产总值")
    page.locator(".md-search-result__item a").first.click()
    page.wait_for_url("**?h=*")
    expect(page.locator("main mark").first).to_be_visible()
