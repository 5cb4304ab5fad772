"""A site that knows its address: canonical links, pictures, sitemap and robots name it in full."""

import os

import pytest
import sites
from packages import write_package
from selectolax.lexbor import LexborHTMLParser

from build_scripts.site.patch_theme import BUNDLES

pytestmark = pytest.mark.site
ROOT = "https://example.org/plan/"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    package = write_package(tmp_path_factory.mktemp("package"))
    return sites.build(
        tmp_path_factory.mktemp("out"), "--package", package, env={**os.environ, "SITE_URL": ROOT.rstrip("/")}
    )


@pytest.mark.parametrize("path", ["", "targets/gdp-2025/", "plans/test-plan/", "method/"])
def test_pages_name_themselves_and_a_picture_that_exists(site, path):
    tree = LexborHTMLParser((site / path / "index.html").read_text(encoding="utf-8"))
    tags = {node.attributes["property"]: node.attributes["content"] for node in tree.css("meta[property]")}
    assert tree.css_first("link[rel=canonical]").attributes["href"] == ROOT + path
    assert tags["og:url"] == ROOT + path
    assert tags["og:image"].startswith(f"{ROOT}assets/cards/")
    assert (site / tags["og:image"].removeprefix(ROOT)).is_file()
    assert tree.css_first('meta[name="twitter:card"]').attributes["content"] == "summary_large_image"


def test_robots_lead_to_a_sitemap_with_every_page(site):
    assert f"Sitemap: {ROOT}sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8").splitlines()
    listed = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert f"<loc>{ROOT}targets/gdp-2025/</loc>" in listed


def test_readers_of_feeds_find_them_and_a_page_says_when_it_last_changed(site):
    tree = LexborHTMLParser((site / "targets/gdp-2025/index.html").read_text(encoding="utf-8"))
    feeds = [node.attributes for node in tree.css("link") if node.attributes.get("type") == "application/atom+xml"]
    assert feeds
    assert {feed["rel"] for feed in feeds} == {"alternate"}
    (changed,) = tree.css('meta[property="article:modified_time"]')
    listed = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert f"<lastmod>{changed.attributes['content']}</lastmod>" in listed
    (bundle,) = site.glob(BUNDLES)
    assert "link[rel=alternate][hreflang]" in bundle.read_text(encoding="utf-8")
