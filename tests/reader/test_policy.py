"""The content security policy: what it says, and that the site works under it while foreign scripts do not."""

import base64
import hashlib
import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from build_scripts.core.errors import SiteError
from build_scripts.site.csp import policy, protect, protected

site = [pytest.mark.site, pytest.mark.xdist_group("site")]
PAGE = "<!doctype html><html><head><meta charset=utf-8><title>t</title></head><body>{}</body></html>"
SHOWN = (
    "", "plans/ydsq-2020/", "projects/sdgc-05/", "targets/ydsq-gdp-city-2025/", "indicators/gdp/", "regions/liandu/",
    "units/shi-fagaiwei/", "sources/", "forms/indicators/", "bulletins/", "problems/", "calendar/", "data/", "method/",
    "organisation/", "report/", "404.html",
)  # fmt: skip


def allowed(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def test_inline_scripts_and_styles_are_named_by_their_hash():
    said = policy(PAGE.format("<script>one()</script><script type=module>two()</script><style>a{}</style>"))
    assert f"script-src 'self' {allowed('one()')} {allowed('two()')};" in said
    assert f"style-src 'self' {allowed('a{}')};" in said
    assert "unsafe" not in said


def test_data_blocks_and_script_files_need_no_hash():
    data = '<script type="application/json">{}</script><script type="application/ld+json">{}</script>'
    assert "script-src 'self';" in policy(PAGE.format(f'{data}<script src="x.js"></script>'))


def test_the_policy_stands_before_anything_that_loads():
    html = protected(PAGE.format("<script>one()</script>"))
    assert html.index("Content-Security-Policy") < html.index("<title>")
    assert html.count("Content-Security-Policy") == 1


def test_a_page_without_an_encoding_is_refused(tmp_path):
    (tmp_path / "x.html").write_text("<p>x</p>", encoding="utf-8")
    with pytest.raises(SiteError, match=r"x\.html"):
        protect(tmp_path)


class TestRealSite:
    pytestmark = site

    def test_every_page_has_a_strict_policy_that_fits_its_scripts(self, real_site):
        pages = sorted(real_site.rglob("*.html"))
        assert len(pages) > 500
        for path in pages:
            html = path.read_text(encoding="utf-8")
            tree = LexborHTMLParser(html)
            (meta,) = tree.css('meta[http-equiv="Content-Security-Policy"]')
            said = meta.attributes["content"]
            assert "unsafe" not in said, path
            for script in tree.css("script:not([src])"):
                if not re.search("json", script.attributes.get("type") or ""):
                    assert allowed(script.text(strip=False)) in said, path
            assert not tree.css("[style], [onclick], [onload], [onchange]"), path


@pytest.mark.browser
class TestInTheBrowser:
    pytestmark = site

    @pytest.mark.parametrize("path", SHOWN)
    def test_pages_raise_no_complaint(self, page, address, path):
        foreign = []
        page.on("request", lambda asked: foreign.append(asked.url) if not asked.url.startswith(address) else None)
        page.goto(f"{address}{path}", wait_until="networkidle")
        assert not page.complaints
        assert not [url for url in foreign if not url.startswith(("data:", "blob:"))]

    def test_scheme_and_chart_work(self, page, address):
        page.emulate_media(color_scheme="light")
        page.goto(f"{address}targets/ydsq-gdp-city-2025/")
        page.locator("[data-md-component=palette] label:visible").click()
        page.locator("[data-md-component=palette] label:visible").click()
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
        page.reload()
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
        page.locator(".chart-open").first.click()
        page.wait_for_selector(".chart-live svg")
        assert not page.complaints

    def test_a_foreign_inline_script_does_not_run(self, page, address):
        page.goto(address)
        ran = page.evaluate(
            "() => { const it = document.createElement('script'); it.textContent = 'window.broken = true';"
            " document.body.append(it); return window.broken === true; }"
        )
        assert ran is False
        assert any("Content Security Policy" in said for said in page.complaints)

    def test_a_page_works_when_opened_from_a_disk(self, page, real_site):
        page.goto((real_site / "targets" / "index.html").as_uri())
        assert page.locator(".filter__count").inner_text().startswith("显示")
