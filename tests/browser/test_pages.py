"""Every kind of page, on a phone, a tablet and a desk, light and dark: quiet, whole, and all from this site."""

import pytest
from kinds import KINDS, address, kinds_of
from overlap import CLASHES, SLACK
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.site]
VIEWS = [(360, False), (360, True), (768, False), (1440, False), (1440, True)]

TOO_WIDE = """
() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const beyond = [...document.querySelectorAll('body *')].filter(node => {
    const box = node.getBoundingClientRect();
    return box.width && box.right > root.clientWidth + 1;
  });
  return [`${root.scrollWidth} > ${root.clientWidth}`, ...beyond.slice(0, 5).map(node => node.outerHTML.slice(0, 120))];
}
"""
CHARTS = f"""
slack => [...document.querySelectorAll('figure.chart svg')]
  .filter(svg => svg.getBoundingClientRect().width > 0)
  .map(svg => [svg.closest('figure').id, ...({CLASHES})(svg, slack)])
"""


def listen(page, base):
    """What the page does wrong while it loads: it is written into the list this gives."""
    wrong = []
    page.on("console", lambda said: wrong.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))

    def hear(response):
        if not response.url.startswith((base, "data:", "blob:")):
            wrong.append(f"off-host: {response.url}")
        elif response.status >= 400:
            wrong.append(f"{response.status}: {response.url}")

    page.on("response", hear)
    return wrong


def test_every_page_is_of_one_kind(real_site):
    claimed = {page: kinds_of(page) for page in (address(path, real_site) for path in real_site.rglob("*.html"))}
    assert not {page: names for page, names in claimed.items() if len(names) != 1}
    assert {name for names in claimed.values() for name in names} == {kind.name for kind in KINDS}
    assert [kind.sample for kind in KINDS if kinds_of(kind.sample) != [kind.name]] == []


@pytest.mark.parametrize(
    ("width", "dark"), VIEWS, ids=[f"{width}-{'dark' if dark else 'light'}" for width, dark in VIEWS]
)
def test_page_is_quiet_and_fits(window, base, kind, width, dark):
    page = window(width, dark=dark)
    wrong = listen(page, base)
    answer = page.goto(base + kind.sample)
    assert answer.status == 200
    if kind.name != "embed":  # always light, on another site's page
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate" if dark else "default")
    assert not page.evaluate(TOO_WIDE)
    charts = page.evaluate(CHARTS, SLACK)
    assert all(count for _, count, _, _ in charts)
    assert not {name: found for name, _, _, found in charts if found}
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert not page.evaluate(TOO_WIDE)
    assert not wrong
