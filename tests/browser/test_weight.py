"""What the first view of each kind of page costs, gzip and all, without what is loaded on demand."""

import pytest
from kinds import KINDS
from playwright.sync_api import expect

from build_scripts.site.patch_search import BUNDLES, ON_DEMAND

pytestmark = [pytest.mark.browser, pytest.mark.site]
KB = 1024
# The home page carries the most; nothing else may weigh more than a page about one target.
LIMITS = {"home": 200}
LIMIT = 150


@pytest.fixture(scope="module")
def weights(chromium, base):
    """Kind → (transferred bytes, requests) of a first visit with an empty cache."""
    found = {}
    for kind in KINDS:
        context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        page = context.new_page()
        finished = []
        page.on("requestfinished", lambda request, into=finished: into.append(request))
        page.goto(base + kind.sample)
        page.wait_for_load_state("networkidle")
        sizes = [request.sizes() for request in finished]
        assert sizes
        found[kind.name] = (sum(each["responseBodySize"] for each in sizes), len(sizes))
        context.close()
    return found


def test_every_kind_of_page_is_light(weights, capsys):
    with capsys.disabled():
        print("\n页面种类              首次打开（KB，gzip）  请求")  # noqa: T201 - the table is the point
        for name, (size, requests) in sorted(weights.items(), key=lambda item: -item[1][0]):
            print(f"{name:22}{size / KB:12.1f}{requests:14}")  # noqa: T201
    assert min(size for size, _ in weights.values()) > 1 * KB
    heavy = {name: size // KB for name, (size, _) in weights.items() if size > LIMITS.get(name, LIMIT) * KB}
    assert not heavy


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
