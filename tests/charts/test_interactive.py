"""The interactive chart in a real browser: on demand, under a strict policy, in both schemes, and gone when closed."""

import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import samples

from build_scripts import charts
from build_scripts.render import environment

pytestmark = pytest.mark.browser
ASSETS = Path(__file__).parents[2] / "docs/assets"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'"
PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>t</title>
<link rel="stylesheet" href="../../assets/css/charts.css"></head><body data-md-color-scheme="default">{figure}
<script src="../../assets/js/charts.js"></script></body></html>"""


class Handler(SimpleHTTPRequestHandler):
    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A page with one chart as the templates write it, and all its files, served on loopback."""
    root = tmp_path_factory.mktemp("site")
    spec = charts.trajectory(samples.trajectories()["path"])
    picture = charts.render_all([spec], root / "cache")[spec.id]
    files = [*charts.artifacts(spec, picture), charts.bundle_artifact(root / "cache")]
    written = {artifact.path: artifact.data for artifact in files}
    for name in ("css/charts.css", "js/charts.js"):
        written[f"assets/{name}"] = (ASSETS / name).read_bytes()
    figure = charts.chart_figure(spec, picture, {"s": samples.source()})
    macro = '{% import "parts/_chart.md.j2" as chart with context %}{{ chart.draw(figure) }}'
    html = environment().from_string(macro).render(figure=figure, address="targets/x/")
    written["targets/x/index.html"] = PAGE.format(figure=html).encode()
    written["favicon.ico"] = b""
    for path, data in written.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/targets/x/"
    server.shutdown()


@pytest.fixture
def page(chromium, site):
    with chromium.new_page() as opened:
        opened.complaints = []
        opened.requested = []
        opened.on(
            "console", lambda message: opened.complaints.append(message.text) if message.type == "error" else None
        )
        opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.on("request", lambda request: opened.requested.append(request.url))
        opened.goto(site)
        yield opened


def wait_until(true, seconds=10):
    """Poll from outside: the page's policy forbids the evaluation Playwright would do inside."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_nothing_is_loaded_until_asked_for(page):
    assert page.locator("figure.chart svg[role=img]:visible").count() == 1
    assert not [url for url in page.requested if "vega-bundle" in url or url.endswith(".json")]


def test_drawn_on_demand_under_a_strict_policy(page, site):
    button = page.get_by_role("button", name="打开交互图")
    button.focus()
    page.keyboard.press("Enter")
    live = page.locator(".chart-live svg")
    live.wait_for()
    assert page.locator(".chart-wide").is_hidden()
    assert "2,181.18" in live.text_content()
    assert page.locator(".chart-live").get_attribute("tabindex") == "0"
    assert page.complaints == []
    assert all(url.startswith(site.rsplit("/targets", 1)[0]) for url in page.requested)
    assert page.evaluate("document.activeElement.className") == "chart-open"


def test_tooltip_has_the_figure_and_stays_plain(page):
    page.get_by_role("button", name="打开交互图").click()
    page.locator(".chart-live svg").wait_for()
    page.locator(".chart-live svg .mark-symbol path").last.hover()
    tip = page.locator("#vg-tooltip-element.visible")
    tip.wait_for()
    assert "2024年 2,181.18亿元" in tip.text_content()
    assert page.complaints == []


def test_follows_the_scheme_and_closes_without_a_trace(page):
    page.get_by_role("button", name="打开交互图").click()
    page.locator(".chart-live svg").wait_for()
    paints = "nodes => nodes.map(node => getComputedStyle(node).fill)"
    marks = page.locator(".chart-live svg .mark-symbol path")
    assert "rgb(0, 121, 92)" in marks.evaluate_all(paints)
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    assert "rgb(63, 195, 154)" in marks.evaluate_all(paints)
    assert "rgb(0, 121, 92)" not in marks.evaluate_all(paints)
    page.get_by_role("button", name="返回静态图").click()
    assert page.locator(".chart-live").count() == 0
    assert page.locator(".chart-wide").is_visible()
    assert page.complaints == []


def test_survives_a_page_swapped_in_by_instant_navigation(page):
    """Material replaces the content and speaks through `document$`; here a stand-in does the same."""
    page.evaluate("""() => {
        window.subscribers = [];
        window.document$ = {subscribe: call => { window.subscribers.push(call); call(); }};
        const script = document.createElement('script');
        script.src = '../../assets/js/charts.js';
        document.body.append(script);
    }""")
    wait_until(lambda: page.evaluate("window.subscribers.length") == 1)
    page.evaluate("""() => {
        const old = document.querySelector('figure.chart');
        const fresh = old.cloneNode(true);
        const button = fresh.querySelector('.chart-open');
        delete button.dataset.ready;
        button.hidden = true;
        old.replaceWith(fresh);
        window.subscribers.forEach(call => call());
    }""")
    page.get_by_role("button", name="打开交互图").click()
    page.locator(".chart-live svg").wait_for()
    assert page.complaints == []


def test_dark_scheme_recolours_the_static_picture(page):
    paint = "node => getComputedStyle(node).fill"
    label = page.locator(".chart-wide svg text").last
    light = label.evaluate(paint)
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    assert light == "rgb(86, 96, 107)"
    assert label.evaluate(paint) == "rgb(169, 179, 190)"
    page.emulate_media(media="print")
    assert label.evaluate(paint) == light


def test_a_phone_gets_the_narrow_picture_and_the_narrow_drawing(page):
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.locator(".chart-narrow svg").is_visible()
    assert page.locator(".chart-wide").is_hidden()
    page.get_by_role("button", name="打开交互图").click()
    page.locator(".chart-live svg").wait_for()
    assert any(url.endswith(".narrow.vl.json") for url in page.requested)
    assert page.evaluate("document.documentElement.scrollWidth <= 360")


def test_a_missing_file_leaves_the_picture_and_says_so(page):
    page.route("**/*.vl.json", lambda route: route.fulfill(status=404, body=""))
    page.get_by_role("button", name="打开交互图").click()
    page.get_by_text("交互图没有载入成功").wait_for()
    assert page.locator(".chart-wide").is_visible()
