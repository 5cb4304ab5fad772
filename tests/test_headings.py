"""Headings of plain words: what is said of them without the converter is what the converter says."""

import pytest
from all_of import all_of
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from build_scripts.site.headings import _PLAIN, Converter, _said, plain

EXTENSIONS = ["attr_list", "tables", "admonition", "pymdownx.superfences"]
SIGNS = "".join(sorted(_PLAIN))
WORDS = st.text(st.sampled_from("数规划A1zé²٣" + SIGNS), min_size=1, max_size=12).map(
    lambda text: " ".join(text.split())
)
HEADINGS = st.lists(st.tuples(st.integers(1, 6), WORDS.filter(bool)), min_size=1, max_size=7)


def project(folder, toc):
    (folder / "docs").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text("site_name: x\nplugins: []\n", encoding="utf-8")
    extensions = [*EXTENSIONS, {"toc": toc}]
    config = load_config(str(folder / "mkdocs.yml"), markdown_extensions=extensions)
    file = File("a/index.md", config.docs_dir, config.site_dir, use_directory_urls=True)
    return config, Files([file]), Page(None, file, config)


@pytest.fixture(scope="module")
def permalinks(tmp_path_factory):
    return project(tmp_path_factory.mktemp("links"), {"permalink": True, "permalink_title": "到 & 这里"})


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    return project(tmp_path_factory.mktemp("bare"), {})


def by_the_converter(given_project, headings):
    config, files, page = given_project
    page.markdown = "\n\n".join(headings) + "\n"
    page.render(config, files)
    return page.content.split("\n"), _said(page)


def lines(headings):
    return [f"{'#' * level} {words} {{ #id-{place} }}" for place, (level, words) in enumerate(headings)]


@pytest.mark.parametrize("which", ["permalinks", "bare"])
@settings(deadline=None, max_examples=60)
@given(headings=HEADINGS)
@example(headings=[(2, "一"), (1, "二"), (4, "三"), (3, "四"), (1, "五")])
@example(headings=[(1, "A - b. c: (d) / 50% + e?"), (2, "1. 数"), (2, "-"), (6, "http://a.b/c")])
def test_what_is_said_is_what_the_converter_says(permalinks, bare, which, headings):
    given_project = {"permalinks": permalinks, "bare": bare}[which]
    config, files, page = given_project
    html = Converter().converted(page, config, files, lines(headings))
    assert html is not None
    assert (html, _said(page)) == by_the_converter(given_project, lines(headings))


@all_of(
    "heading",
    [
        "# *强调* { #a }",
        "# a & b { #a }",
        "# a <b>b</b> { #a }",
        "# [a](b.md) { #a }",
        "# a_b_c { #a }",
        "# `a` { #a }",
        "# a # { #a }",
        "# a  b { #a }",
        "# a { #a .b }",
        "# a",
        "####### a { #a }",
        "# ![a](b) { #a }",
        "# a \\* b { #a }",
        '# a "b" { #a }',
    ],
)
def test_any_other_heading_is_left_to_the_converter(heading):
    assert plain([heading]) is None
    assert plain(["# 数 { #b }", heading]) is None


def test_headings_with_one_id_are_left_to_the_converter():
    assert plain(["# 数 { #a }", "## 规划 { #a }"]) is None


@pytest.mark.parametrize("toc", [{"toc_depth": 3}, {"baselevel": 2}, {"marker": "[[x]]", "anchorlink": True}])
def test_a_converter_that_says_something_else_is_asked_each_time_or_followed(tmp_path, toc):
    given_project = project(tmp_path / "one", toc)
    config, files, page = given_project
    headings = ["# 数 { #a }", "## 规划 { #b }", "#### 目标 { #c }"]
    html = Converter().converted(page, config, files, headings)
    if html is not None:
        assert (html, _said(page)) == by_the_converter(given_project, headings)
    else:
        assert "baselevel" in toc or "toc_depth" in toc
