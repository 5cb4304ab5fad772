"""The content security policy: what it says, and that the site works under it while foreign scripts do not."""

import base64
import hashlib
import re

import pytest
from all_of import all_of
from selectolax.lexbor import LexborHTMLParser

from build_scripts.core.errors import SiteError
from build_scripts.site.csp import Guard, UnsafePageError, protected
from build_scripts.site.finish import finish
from build_scripts.site.inline_code import KnownCode, code_of, known_code

site = pytest.mark.site
PAGE = "<!doctype html><html><head><meta charset=utf-8><title>t</title></head><body>{}</body></html>"
# In a wide window, moving; every kind of page is listened to in a narrow one (tests/browser/test_pages.py).
SHOWN = ("", "projects/sdgc-05/", "regions/liandu/")


def allowed(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


KNOWN = KnownCode(("one()", "two()", 'at("{{ base_url }}")'), (re.compile(r"a\{\}"),))


def said_of(body: str, path: str = "index.html") -> str:
    """What the policy of a page says."""
    html = protected(PAGE.format(body), KNOWN.scripts_of(path), KNOWN)
    return LexborHTMLParser(html).css_first('meta[http-equiv="Content-Security-Policy"]').attributes["content"]


def test_inline_scripts_and_styles_are_named_by_their_hash():
    said = said_of("<script>one()</script><script type=module>two()</script><style>a{}</style>")
    assert f"script-src 'self' {allowed('one()')} {allowed('two()')};" in said
    assert f"style-src 'self' {allowed('a{}')};" in said
    assert "unsafe" not in said


def test_data_blocks_and_script_files_need_no_hash():
    data = '<script type="application/json">{}</script><script type="application/ld+json">{}</script>'
    assert "script-src 'self';" in said_of(f'{data}<script src="x.js"></script>')


@pytest.mark.parametrize(
    ("path", "root"), [("index.html", "."), ("a/index.html", ".."), ("a/b/c/index.html", "../../..")]
)
def test_a_script_that_names_the_way_to_the_root_is_known_at_every_depth(path, root):
    assert allowed(f'at("{root}")') in said_of(f'<script>at("{root}")</script>', path)
    with pytest.raises(UnsafePageError, match="内嵌脚本"):
        said_of('<script>at("https://example.org")</script>', path)


@pytest.mark.parametrize(("address", "root"), [("", "/"), ("https://example.org/plans/", "/plans/")])
def test_the_page_of_errors_names_the_root_by_its_whole_path(address, root):
    assert f'at("{root}")' in KNOWN.scripts_of("404.html", address)


UNSAFE = {
    "<script>three()</script>": "内嵌脚本：three()",
    "<script type=module>three()</script>": "内嵌脚本：three()",
    '<script data-type="application/json">three()</script>': "内嵌脚本",
    "<script data-src=x>three()</script>": "内嵌脚本",
    "<SCRIPT>three()</SCRIPT >": "内嵌脚本",
    "<script>one() </script>": "内嵌脚本",
    '<script type="application/ld+json">{"a": "<!--<script>"}</script>': "未转义",
    "<script>one()</script><script>three()": "没有结束",
    "<!--</script><script>three()//-->": "没有结束",
    "<style>b{}</style>": "内嵌样式",
    "<p onclick=x()>": "onclick",
    '<svg/onload="x()">': "onload",
    '<img src=x" onerror=x()>': "onerror",
    "<img alt='\"'ONERROR = 'x()'>": "onerror",
    '<p title=">" onclick=x()>': "onclick",
    '<p title=a"b lang=">" onclick=x()>': "onclick",
    '<a href="javascript:x()">': "javascript:x()",
    "<a href=JavaScript:x()>": "href",
    '<a href=" javascript:x()">': "href",
    '<a href="java\nscript:x()">': "href",
    '<a href="&#106;avascript:x()">': "href",
    '<a href="java&Tab;script:x()">': "href",
    '<a href = "javascript:x()">': "href",
    '<form action="vbscript:x()">': "action",
    '<button formaction="javascript:x()">': "formaction",
    '<svg><a xlink:href="javascript:x()"></svg>': "xlink:href",
    '<a href="data:text/html,<b>x</b>">': "href",
    '<iframe srcdoc="<b>x</b>">': "srcdoc",
    '<meta http-equiv=refresh content="0;url=https://example.org">': "自动跳转",
    "<meta content=1 HTTP-EQUIV=' Refresh '>": "自动跳转",
    "<base href=https://example.org>": "起点",
}
SAFE = (
    "<p>&lt;script&gt; onclick=1 = javascript: a = b j = v</p>",
    "<code>&lt;iframe src=&quot;https://example.org/&quot; on=&quot;1&quot;&gt;</code>",
    '<a href="javascript:void(0)">',
    '<a href="jingning/">x</a><a href="videos/">x</a><a href=" x/">x</a>',
    '<img src="data:image/png;base64,AA==" alt="javascript:">',
    '<script type="application/json">{"a": "\\u003cscript>"}</script>',
)


@all_of("body", UNSAFE)
def test_code_that_no_template_wrote_is_found(body):
    with pytest.raises(UnsafePageError) as refused:
        said_of(body)
    assert UNSAFE[body] in str(refused.value)


@all_of("body", SAFE)
def test_text_and_harmless_addresses_are_not(body):
    assert "script-src 'self';" in said_of(body)


@pytest.mark.parametrize("engine", ["mkdocs", "properdocs", "zensical"])
def test_known_code_is_read_off_the_templates_of_the_theme_and_of_ours(engine):
    known = known_code(engine)
    assert any("__md_scope=" in script for script in known.scripts_of("a/index.html"))
    assert any('data-md-color-scheme","slate"' in script for script in known.scripts), "ours is not there"
    assert not any("window.location.replace" in script for script in known.scripts), "it writes what a page says"
    assert all("{{" not in script for script in known.scripts_of("a/index.html"))


def test_a_style_may_vary_in_a_colour_and_nothing_else(tmp_path):
    (tmp_path / "x.html").write_text("<style>a { color: {{ view.colour }} }</style>", encoding="utf-8")
    known = code_of([tmp_path])
    assert known.is_style("a { color: #1b2430 }")
    assert not known.is_style("a { color: #1b2430 } b { display: none }")
    assert not known.is_style("a { color: red }")


def test_every_page_and_finding_is_named_and_a_picture_counts(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text(PAGE.format("<p onclick=x()>"), encoding="utf-8")
    (tmp_path / "b.htm").write_text(PAGE.format("<script>three()</script>"), encoding="utf-8")
    (tmp_path / "c.svg").write_text("<svg><script>x()</script></svg>", encoding="utf-8")
    (tmp_path / "d.svg").write_text('<svg onload="x()"></svg>', encoding="utf-8")
    with pytest.raises(SiteError) as refused:
        finish(tmp_path, Guard(KNOWN))
    said = str(refused.value)
    assert "a/index.html：标签带有会运行的属性 onclick" in said
    assert "b.htm：内嵌脚本：three()" in said
    assert "c.svg：内嵌脚本" in said
    assert "d.svg：标签带有会运行的属性 onload" in said


def test_the_policy_stands_before_anything_that_loads():
    html = protected(PAGE.format("<script>one()</script>"), ["one()"], KNOWN)
    assert html.index("Content-Security-Policy") < html.index("<title>")
    assert html.count("Content-Security-Policy") == 1


def test_a_page_without_an_encoding_is_refused(tmp_path):
    (tmp_path / "x.html").write_text("<p>x</p>", encoding="utf-8")
    with pytest.raises(SiteError, match=r"x\.html"):
        finish(tmp_path, Guard(KNOWN))


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
        assert page.locator(".filter__count").inner_text().startswith(("显示", "先显示"))
