"""Every kind of page, visited once: quiet, whole, light, on a phone, a tablet and a desk, in both schemes.

One visit does every check. A second load would prove nothing that resizing the window does not: layout and scheme
follow the window and the system's setting alone (tests/reader/test_scheme.py proves the first visit on a dark system).
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from kinds import KINDS, address, kinds_of
from overlap import CLASHES, SLACK
from playwright.sync_api import expect
from speed import visit

pytestmark = [pytest.mark.browser, pytest.mark.site]
KB = 1024
# With everything it loads before the reader's first tap.
LIMIT = 110
# How far a page may move while it loads, how long it may not answer, when its largest part is there: on a phone.
SHIFTED, BLOCKED_MS, PAINTED_MS = 0.02, 300, 1500
# What axe looks at: everything, or what alone differs between the schemes.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL = {"type": "tag", "values": TAGS}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# Width, dark, and what axe looks at: the phone, on which the page is loaded, then the desk in both schemes.
VIEWS = [(360, False, ALL), (360, True, None), (768, False, None), (1440, True, ALL), (1440, False, COLOURS)]

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
# Words that lie over the next cell of a table, or are too small to read.
SPILT_OR_TINY = """
() => {
  const found = new Map();
  for (const cell of document.querySelectorAll('article :is(td, th)')) {
    const edge = cell.getBoundingClientRect().right + 2;
    for (const node of cell.querySelectorAll('*')) {
      const box = node.getBoundingClientRect();
      if (box.width && box.right > edge && node.checkVisibility())
        found.set(`spilt ${node.tagName}.${node.className}`, node.outerHTML.slice(0, 120));
    }
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || node.closest('svg, script, style, noscript, option')) continue;
    const box = node.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(node).fontSize);
    if (size < 11.9 && box.width > 2 && box.height > 2 && node.checkVisibility())
      found.set(`${size}px ${node.tagName}.${node.className}`, node.outerHTML.slice(0, 120));
  }
  return [...found].map(([what, where]) => `${what}: ${where}`);
}
"""
CHARTS = f"""
slack => [...document.querySelectorAll('figure.chart svg')]
  .filter(svg => svg.getBoundingClientRect().width > 0)
  .map(svg => [svg.closest('figure').id, ...({CLASHES})(svg, slack)])
"""
# The theme keeps the scheme that a reader chooses; nothing else is kept, and `wrong` holds whatever asks another host.
KEPT = """
async () => ({
  local: Object.keys(localStorage).filter(key => !key.endsWith('.__palette')),
  session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map(each => each.name),
  caches: window.caches ? await caches.keys() : [],
  workers: navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations()).length : 0,
})
"""
DETAILS = "open => document.querySelectorAll('details').forEach(each => each.open = open)"


def listen(page, base):
    """Two lists, filled while the page loads: what it does wrong, and what it requests."""
    wrong, loaded = [], []
    page.on("console", lambda said: wrong.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
    page.on("requestfinished", lambda request: loaded.append(request))  # noqa: PLW0108 - no method can be wrapped

    def hear(response):
        if not response.url.startswith((base, "data:", "blob:")):
            wrong.append(f"off-host: {response.url}")
        elif response.status >= 400 and not (response.status == 404 and response.url == f"{base}404.html"):
            wrong.append(f"{response.status}: {response.url}")

    page.on("response", hear)
    return wrong, loaded


def violations_of(page, options):
    """What axe finds; it is put into the page once, and only its findings are fetched, for the rest is long."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    return page.evaluate("options => axe.run(document, options).then(found => found.violations)", options)


def axe_findings(page, rules):
    """One line a finding: rule, how grave, and the first places."""
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    return [
        f"{each['id']} ({each['impact']}) ×{len(each['nodes'])}: "
        + " | ".join(
            f"{node['target']} {node['html'][:160]} {node['failureSummary'][-200:]}" for node in each["nodes"][:3]
        )
        for each in violations_of(page, options)
    ]


def faults_of(page, kind, *, dark, axe):
    """What is wrong with the page as it stands in the window now: what sticks out, what overlaps, what axe finds."""
    if kind.name != "embed":  # always light, on another site's page
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate" if dark else "default")
    found = page.evaluate(TOO_WIDE)
    charts = page.evaluate(CHARTS, SLACK)
    found += [f"chart {name} has no words" for name, count, _, _ in charts if not count]
    found += [f"chart {name}: {clashes}" for name, _, _, clashes in charts if clashes]
    found += axe_findings(page, axe) if axe else []
    if read := page.get_by_role("heading", name="¶").count():
        found.append(f"{read} headings have the sign of their link read aloud")
    page.evaluate(DETAILS, True)
    found += page.evaluate(TOO_WIDE) + page.evaluate(SPILT_OR_TINY)
    page.evaluate(DETAILS, False)
    return found


def kept_of(page):
    """What a page has left in the browser besides the scheme chosen: cookies, stores, data bases, workers."""
    stores = page.evaluate(KEPT)
    stores["cookies"] = [each["name"] for each in page.context.cookies()]
    return {name: found for name, found in stores.items() if found}


def test_every_page_is_of_one_kind(real_site):
    claimed = {page: kinds_of(page) for page in (address(path, real_site) for path in real_site.rglob("*.html"))}
    assert not {page: names for page, names in claimed.items() if len(names) != 1}
    assert {name for names in claimed.values() for name in names} == {kind.name for kind in KINDS}
    assert [kind.sample for kind in KINDS if kinds_of(kind.sample) != [kind.name]] == []


def test_a_kind_of_page_is_quiet_light_quick_and_fits_every_window(chromium, window, base, kind):
    page = window(VIEWS[0][0], reduced_motion="reduce")
    wrong, loaded = listen(page, base)
    answer, speed = visit(chromium, page, base + kind.sample)
    assert answer.status == 200
    # What else the machine does only ever adds: a page that is slow or moves is so every time.
    for _again in range(2):
        if speed.shifted <= SHIFTED and speed.blocked_ms <= BLOCKED_MS and speed.painted_ms <= PAINTED_MS:
            break
        other = window(VIEWS[0][0], reduced_motion="reduce")
        speed = visit(chromium, other, base + kind.sample)[1]
        other.context.close()
    assert speed.shifted <= SHIFTED
    assert speed.blocked_ms <= BLOCKED_MS
    assert speed.painted_ms <= PAINTED_MS
    weight = sum(request.sizes()["responseBodySize"] for request in loaded)
    assert KB < weight <= LIMIT * KB, f"{weight / KB:.1f} KB in {len(loaded)} requests"
    faults = {}
    for width, dark, axe in VIEWS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")
        if found := faults_of(page, kind, dark=dark, axe=axe):
            faults[f"{width}-{'dark' if dark else 'light'}"] = found
    assert not faults
    assert not wrong
    assert kept_of(page) == {}
