"""From the home page to a file with figures, with Tab and Enter only, always seeing where one is."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.site]
WHERE = """
() => {
  const node = document.activeElement;
  const box = node.getBoundingClientRect();
  const style = getComputedStyle(node);
  return {
    href: node.href || '', text: node.textContent.trim(), download: node.hasAttribute('download'),
    inSight: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    markup: node.outerHTML.slice(0, 160),
  };
}
"""


def tab_to(page, wanted, limit):
    """Press Tab until `wanted` is true of the place; every stop on the way must be seen and ringed."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        page.wait_for_timeout(20)
        here = page.evaluate(WHERE)
        assert here["inSight"], here
        assert here["ring"], here
        if wanted(here):
            return here
    raise AssertionError(f"not reached in {limit} steps")


def skip(page):
    """Use the skip link; it must be the first stop and lead into the content."""
    here = tab_to(page, bool, 1)
    assert "#" in here["href"], here
    page.keyboard.press("Enter")
    page.wait_for_timeout(50)
    top = page.evaluate("document.querySelector(location.hash).getBoundingClientRect().top")
    assert -5 <= top < 400


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_home_to_download_by_keyboard(window, base, dark):
    page = window(1440, dark=dark, reduced_motion="reduce")
    page.goto(base)
    skip(page)
    tab_to(page, lambda it: it["href"] == f"{base}regions/jinyun/", 60)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}regions/jinyun/")
    skip(page)
    there = tab_to(page, lambda it: it["href"].startswith(f"{base}targets/"), 80)
    page.keyboard.press("Enter")
    page.wait_for_url(there["href"])
    expect(page.locator("h1")).to_contain_text(there["text"])
    skip(page)
    file = tab_to(page, lambda it: it["download"] or it["href"].endswith((".csv", ".json")), 120)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.path().stat().st_size > 0, file


def test_drawer_and_search_open_and_close_by_keyboard(window, base):
    page = window(1440, reduced_motion="reduce")
    page.goto(base)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    page.keyboard.press("/")
    expect(page.locator(".md-search__input")).to_be_focused()
    expect(page.locator("#__search")).to_be_checked()  # focus comes first; only an open search hears the next key
    page.keyboard.press("Escape")
    expect(page.locator(".md-search__input")).not_to_be_focused()
