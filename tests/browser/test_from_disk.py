"""A site built without an address: it works from a disk and under any folder, and names no place on a host."""

from __future__ import annotations

import os
import re

import pytest
import sites
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.site]
SAMPLES = (
    "index.html",
    "targets/ydsq-gdp-city-2025/index.html",
    "data/index.html",
    "works/index.html",
    "embed/ydsq-gdp-city-2025/index.html",
)
_ATTRIBUTE = re.compile(r"""\s(?:href|src|srcset|action|poster)=["']?/[^"'> ]*""")
_JSON = re.compile(
    r'"(?:@id|url|item|contentUrl|downloadURL|path|schema|self|page|project|indicator|csv|file)": ?"/[^"]*"'
)


def test_no_address_begins_at_the_root(real_site):
    """But on the page for what is not there, which a server shows at any depth."""
    found = {}
    for path in real_site.rglob("*"):
        if path.suffix in {".html", ".xml", ".json", ".jsonld"} and path.name not in {"404.html", "openapi.json"}:
            text = path.read_text(encoding="utf-8")
            if hits := [*_ATTRIBUTE.findall(text), *_JSON.findall(text)]:
                found[path.relative_to(real_site).as_posix()] = hits[:2]
    assert found == {}


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_page_opened_from_a_disk_is_whole(window, real_site, sample):
    page, wrong = window(), []
    page.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
    page.on("console", lambda said: wrong.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto((real_site / sample).as_uri(), wait_until="networkidle")
    assert wrong == []
    assert page.locator("h1").inner_text().strip()
    if "embed/" not in sample:
        expect(page.locator(".md-search")).to_contain_text("不能搜索")
        expect(page.locator("form[action$='search/'], figure.chart button:visible")).to_have_count(0)
        links = page.locator("a[href^='file:'], main a").evaluate_all("all => all.map(each => each.href)")
        assert [each for each in links if each.startswith("file:") and each.partition("#")[0].endswith("/")] == []
        page.locator("main a[href$='index.html']:visible").first.click()
        assert page.locator("h1").inner_text().strip()


def test_the_search_page_opened_from_a_disk_says_that_it_cannot(window, real_site):
    page = window()
    page.goto((real_site / "search" / "index.html").as_uri())
    expect(page.locator(".searchpage")).to_contain_text("不能搜索")
    expect(page.locator(".searchpage form")).to_have_count(0)


def test_the_build_says_once_that_the_address_is_missing(make_package, tmp_path):
    package = make_package()
    env = {key: value for key, value in os.environ.items() if key != "SITE_URL"}
    arguments = ("build", "--package", package, "--out", tmp_path / "out", "--as-of", "2024-06-30", "--stage-only")
    said = sites.run(*arguments, env=env)
    assert said.stdout.count("SITE_URL") == 1, said.stdout + said.stderr
    assert "SITE_URL" not in sites.run(*arguments, env={**env, "SITE_URL": "https://example.org/"}).stdout
