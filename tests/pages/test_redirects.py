"""An address that has gone leads on: by the list kept by hand, or by what the data says took its place."""

import re
from dataclasses import replace
from datetime import date

import pytest
from all_of import all_of
from packages import column, write_package

from build_scripts.build import report_of
from build_scripts.checks import load_package
from build_scripts.core.asof import asof
from build_scripts.core.errors import SiteError
from build_scripts.core.settings import Settings
from build_scripts.overlay import overlay
from build_scripts.pages import Redirect, read_redirects, redirects
from build_scripts.render import render_redirects
from build_scripts.site.csp import protected_own
from build_scripts.site.manifest import input_files
from build_scripts.site.up_to_date import fingerprint

DAY = date(2024, 6, 30)
THERE = {"targets/new/", "about/", "embed/new/", ""}


def listed(tmp_path, text: str):
    (tmp_path / "redirects.csv").write_text(text, encoding="utf-8")
    return read_redirects(tmp_path)


def test_without_a_list_there_is_none(tmp_path):
    assert read_redirects(tmp_path) == ()


def test_a_line_leads_a_page_or_a_file_to_a_page_that_is_there(tmp_path, package):
    lines = listed(tmp_path, "from,to\ntargets/old/,targets/new/#figures\nold.html,\n")
    found = list(redirects(package, lines, THERE))
    assert found[:2] == [Redirect("targets/old/", "targets/new/#figures"), Redirect("old.html", "")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("targets/new/,about/", "还在"),
        ("targets/old/,targets/nowhere/", "不是本站的网页"),
        ("targets/old/,about/\ntargets/old/,about/", "第3行"),
        ("/targets/old/,about/", "不以“/”开头"),
        ("../old/,about/", "不是本站的网址"),
        ("targets/old/,https://example.org/", "不是本站的网址"),
        ("targets/old/,//example.org/", "不是本站的网址"),
        ("targets/old/,javascript:alert(1)", "不是本站的网址"),
        ('targets/old/,"about/#""><script>"', "不是本站的网址"),
        ("targets/old/", "不是本站的网址"),
        ("targets/old/,about/,x", "不是本站的网址"),
        (",about/", "不是本站的网址"),
    ],
)
def test_a_line_that_leads_wrong_is_named(tmp_path, package, line, said):
    with pytest.raises(SiteError, match=said) as failure:
        list(redirects(package, listed(tmp_path, f"from,to\n{line}\n"), THERE))
    assert "redirects.csv" in str(failure.value)
    assert re.search(r"第[23]行", str(failure.value))


@pytest.mark.parametrize("text", ["old,new\na/,b/\n", "", "from;to\na/;b/\n"])
def test_what_is_no_list_is_named(tmp_path, text):
    with pytest.raises(SiteError, match="from,to"):
        listed(tmp_path, text)


@pytest.mark.parametrize(
    ("root", "canonical"), [("", "../new/"), ("https://example.org/p/", "https://example.org/p/targets/new/")]
)
def test_the_page_leads_on_without_scripts_and_passes_the_guard(root, canonical):
    (page,) = render_redirects([Redirect("targets/old/", "targets/new/#figures")], root)
    html = protected_own(page.data.decode())
    assert page.path == "targets/old/index.html"
    assert '<meta http-equiv="refresh" content="0; url=../new/#figures">' in html
    assert f'<link rel="canonical" href="{canonical}">' in html
    assert '<a href="../new/#figures">' in html
    assert "noindex" in html
    assert "<script" not in html


@all_of("there", ["https://example.org/", "//example.org/", "/x/", "javascript:alert(1)", "..//x/", "data:x"])
def test_the_guard_lets_no_other_refresh_through(there):
    with pytest.raises(SiteError):
        protected_own(f'<meta charset="utf-8"><meta http-equiv="refresh" content="0; url={there}">')


def test_the_list_is_an_input_of_the_site(tmp_path):
    write_package(tmp_path / "datapackage")
    (tmp_path / "docs").mkdir()
    chosen = Settings(tmp_path, tmp_path / "datapackage", DAY, tmp_path / "out")
    before = fingerprint(chosen, DAY)
    listed(tmp_path, "from,to\nold/,\n")
    assert fingerprint(chosen, DAY) != before
    assert "redirects.csv" in dict(input_files(chosen))


def test_a_light_page_of_a_withdrawn_target_leads_to_the_page_that_says_so(make_package):
    rows = sum(1 for _ in (make_package() / "targets" / "targets.csv").open(encoding="utf-8")) - 2
    folder = make_package(column("targets", "withdrawn_on", "2025-12-01", *[""] * rows))
    after = asof(load_package(folder, date(2026, 11, 22)), date(2025, 12, 1))
    found = {each.address: each.to for each in redirects(after, (), {"targets/gdp-2025/", ""})}
    assert found == {"embed/gdp-2025/": "targets/gdp-2025/"}


def test_an_id_that_was_replaced_and_has_no_page_leads_to_its_heir(package):
    heir = replace(package.units[0], unit_id="joint", replaces=("gone", "still-there"))
    merged = replace(package, units=(*package.units, heir))
    found = list(redirects(merged, (), {"units/joint/", "units/still-there/"}))
    assert found == [Redirect("units/gone/", "units/joint/")]


@pytest.mark.slow
def test_a_build_with_a_list_has_its_pages(tmp_path):
    write_package(tmp_path / "datapackage")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "about.md").write_text("# 关于\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: 测试\n", encoding="utf-8")
    listed(tmp_path, "from,to\ntargets/old/,targets/gdp-2025/\nold/,about/\n")
    chosen = Settings(tmp_path, tmp_path / "datapackage", DAY, tmp_path / "out")
    made = {
        each.path: each.data.decode()
        for each in overlay(chosen, *report_of(chosen, date(2026, 11, 22))).files
        if each.path.endswith("html")
    }
    assert 'url=../gdp-2025/"' in made["targets/old/index.html"]
    assert 'url=../about/"' in made["old/index.html"]
