"""An old address of what has moved to a further part of a long page leads there, at once with a script."""

import re
import shutil
from pathlib import Path

import pytest
from serving import served

from build_scripts.core.records import Artifact
from build_scripts.site.long_pages import in_parts

pytestmark = pytest.mark.browser

SCRIPTS = Path(__file__).parents[2] / "docs/assets/js"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A plan's text in parts as plain pages, with the site's script."""
    folder = tmp_path_factory.mktemp("moved")
    shutil.copytree(SCRIPTS, folder / "assets/js")
    text = "# 全文 { #top }\n" + "".join(
        f'\n## 章{n} {{ #s{n} }}\n\n<p id="p{n}">{"字" * 9_000}</p>\n\n'
        f'### 节 {{ #s{n}-1 }}\n\n<p id="q{n}">{"字" * 9_000}</p>\n'
        for n in range(12)
    )
    page = Artifact("text/index.md", f'---\ntitle: "全文"\n---\n{text}'.encode(), "x")
    for each in in_parts([page]):
        there = folder / each.path.replace("index.md", "index.html")
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_text(_plain(each) if each.path.endswith(".md") else each.data.decode(), encoding="utf-8")
    with served(folder) as base:
        yield base


def _plain(page):
    """Headings as a page engine writes them; all else is HTML already."""
    heading = re.compile(r"(?m)^(#+) (.+) \{ #(\S+) \}$")
    text = page.data.decode()
    body = heading.sub(lambda found: f'<h{len(found[1])} id="{found[3]}">{found[2]}</h{len(found[1])}>', text)
    script = f'<script src="{"../" * page.path.count("/")}assets/js/site.js"></script>'
    return f'<!doctype html><meta charset="utf-8"><title>全文</title><body>{body}{script}'


@pytest.mark.parametrize("anchor", ["s11", "s11-1", "q11", "p11"])
def test_an_address_from_outside_leads_on(window, site, anchor):
    page = window()
    page.goto(f"{site}text/#{anchor}")
    page.wait_for_url(f"**/page_*/#{anchor}")
    assert page.locator(f"#{anchor}").count() == 1


def test_a_click_in_the_page_leads_on_too_and_what_is_here_stays_here(window, site):
    page = window()
    page.goto(f"{site}text/#p0")
    page.wait_for_timeout(300)
    assert page.url == f"{site}text/#p0"
    page.evaluate("location.hash = 's11'")
    page.wait_for_url("**/page_*/#s11")


def test_without_a_script_each_heading_has_a_link_under_its_own_address(window, site):
    page = window(java_script_enabled=False)
    page.goto(f"{site}text/#s11-1")
    page.locator("li#s11-1 a").click()
    page.wait_for_url("**/page_*/#s11-1")
