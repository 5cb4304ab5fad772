"""Every address in the site leads to a file or an anchor that is there: pages, styles, feeds, calendars."""

import json
import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import feedparser
import pytest
from icalendar import Calendar
from selectolax.lexbor import LexborHTMLParser

pytestmark = pytest.mark.site
ATTRIBUTES = ("href", "src", "data-chart", "data-chart-narrow", "data-chart-bundle")


@pytest.fixture(scope="module")
def anchors(real_site):
    """The ids of every page by its path."""
    found = {}
    for path in real_site.rglob("*.html"):
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        found[path.relative_to(real_site).as_posix()] = {node.attributes["id"] for node in tree.css("[id]")} | {
            "__skip"
        }
    return found


def leads(site: Path, anchors: dict[str, set[str]], origin: str, address: str) -> bool:
    """Whether an address found in the file `origin` is outside the site or leads to something inside."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return True
    folder = Path() if parts.path.startswith("/") else Path(origin).parent
    joined = Path(os.path.normpath(folder / unquote(parts.path).lstrip("/"))) if parts.path else Path(origin)
    if (site / joined).is_dir():
        joined /= "index.html"
    if not (site / joined).is_file():
        return False
    return not parts.fragment or joined.suffix != ".html" or unquote(parts.fragment) in anchors[joined.as_posix()]


def broken(site, anchors, pairs):
    return sorted({(origin, address) for origin, address in pairs if not leads(site, anchors, origin, address)})[:20]


def test_a_broken_link_is_seen(real_site, anchors):
    assert broken(real_site, anchors, [("targets/index.html", "no-such-page/")])
    assert broken(real_site, anchors, [("index.html", "#no-such-anchor")])
    assert not broken(
        real_site, anchors, [("targets/index.html", "../method/"), ("index.html", "https://example.org/")]
    )


def test_pages_lead_somewhere(real_site, anchors):
    pairs = [
        (path, node.attributes[name])
        for path in anchors
        for node in LexborHTMLParser((real_site / path).read_text(encoding="utf-8")).css("*")
        for name in ATTRIBUTES
        if node.attributes.get(name)
    ]
    assert len(pairs) > 20_000
    assert not broken(real_site, anchors, pairs)


def test_styles_lead_somewhere(real_site, anchors):
    pairs = [
        (sheet.relative_to(real_site).as_posix(), address.strip("'\""))
        for sheet in real_site.rglob("*.css")
        for address in re.findall(r"url\(\s*([^)]+?)\s*\)", sheet.read_text(encoding="utf-8"))
    ]
    assert not broken(real_site, anchors, [(origin, address) for origin, address in pairs if address[:5] != "data:"])


def test_feeds_lead_somewhere(real_site, anchors):
    """Without a configured address feeds use paths of their own folder; each is followed as a reader would."""
    pairs = []
    for path in sorted(real_site.rglob("feeds/**/*.xml")):
        feed = feedparser.parse(path.read_bytes())
        assert not feed.bozo, path
        assert feed.entries or feed.feed.title, path
        origin = path.relative_to(real_site).as_posix()
        pairs += [(origin, link.href) for entry in [feed.feed, *feed.entries] for link in entry.get("links", ())]
    for path in sorted(real_site.rglob("feeds/**/*.json")):
        feed = json.loads(path.read_text(encoding="utf-8"))
        origin = path.relative_to(real_site).as_posix()
        pairs += [(origin, each["url"]) for each in feed["items"] if "url" in each]
    assert len(pairs) > 100
    assert not broken(real_site, anchors, pairs)


def test_calendars_lead_somewhere(real_site, anchors):
    pairs = []
    for path in sorted(real_site.rglob("*.ics")):
        events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        assert events, path
        origin = path.relative_to(real_site).as_posix()
        pairs += [(origin, str(event["URL"])) for event in events if "URL" in event]
    assert not broken(real_site, anchors, pairs)


@pytest.fixture(scope="module")
def neighbours(real_site, anchors):
    """The pages each page links to, both as folders (`targets/x`, `.` for home)."""
    found = {}
    for path in anchors:
        here = Path(path).parent
        if Path(path).name != "index.html":  # the page of errors lies beside home
            continue
        hrefs = [
            urlsplit(node.attributes["href"])
            for node in LexborHTMLParser((real_site / path).read_text(encoding="utf-8")).css("a[href]")
        ]
        inside = (os.path.normpath(here / unquote(each.path)) for each in hrefs if each.path and not each.netloc)
        found[here.as_posix()] = {to for to in inside if (real_site / to / "index.html").is_file()}
    return found


def clicks(neighbours):
    """How many clicks each page that can be reached is from home."""
    away, edge = {".": 0}, ["."]
    while edge:
        edge = list(dict.fromkeys(to for here in edge for to in neighbours[here] if to not in away))
        away |= dict.fromkeys(edge, max(away.values()) + 1)
    return away


@pytest.mark.parametrize("kind", ["targets", "projects", "units", "regions", "indicators", "sources", "bulletins"])
def test_every_page_of_a_kind_is_at_most_three_clicks_from_home(real_site, neighbours, kind):
    away = clicks(neighbours)
    pages = [path.parent.relative_to(real_site).as_posix() for path in real_site.glob(f"{kind}/*/index.html")]
    assert pages
    assert not [page for page in pages if away.get(page, 99) > 3]


@pytest.mark.parametrize("kind", ["projects", "units", "regions", "indicators", "sources"])
def test_what_leads_to_a_target_is_led_back_to(neighbours, kind):
    """Units that only take part, and sources of related figures, are named on the pages that lead to the target."""
    one_way = [
        (page, to)
        for page, links in neighbours.items()
        if re.fullmatch(rf"{kind}/[^/]+", page)
        for to in links
        if re.fullmatch(r"targets/[^/]+", to) and page not in neighbours[to]
    ]
    assert not one_way
