"""Rendering: front matter, escaping in Markdown and HTML, relative addresses, and failures in plain words."""

import html
import re
from dataclasses import dataclass, replace

import jinja2
import markdown
import pytest
import yaml
from all_of import all_of

from build_scripts import render
from build_scripts.core.errors import SiteError
from build_scripts.core.records import Link, Page


@dataclass(frozen=True, slots=True)
class View:
    title: str
    link: Link


TEMPLATE = """\
# {{ view.title | md }} { #top }

<p>{{ view.title }} <a href="{{ view.link.address | href }}">{{ view.link.label }}</a></p>
"""
PAGE = Page(
    address="targets/x/",
    template="thing",
    view=View("标题", Link("总览", "")),
    title="标题",
    description="说明",
    source="targets/targets.csv",
)
HOSTILE = [
    "a|b",
    "*强调*",
    "_x_",
    "`code`",
    "[a](b)",
    "<script>alert(1)</script>",
    "{{ x }}",
    "# 标题",
    "a & b",
    "&lt;",
    "1. 列表",
    "- 列表",
    "行\n行",
    "{ #id }",
    "http://x.y",
    "![a](b)",
    "~~删~~",
    "$x$",
    "\\*",
    "<!-- x -->",
]


@pytest.fixture
def env(monkeypatch):
    made = render.environment().overlay(loader=jinja2.DictLoader({"pages/thing.md.j2": TEMPLATE}))
    monkeypatch.setattr(render, "environment", lambda: made)


def front_matter(text: str) -> dict:
    return yaml.safe_load(text.split("---\n")[1])


def as_html(text: str) -> str:
    body = text.split("---\n", 2)[2]
    return markdown.markdown(body, extensions=["attr_list", "tables", "pymdownx.superfences", "toc"])


@pytest.mark.usefixtures("env")
def test_front_matter_says_what_themes_need():
    made = render.render_page(replace(PAGE, assessed=True, crumbs=(Link("总览", ""), Link("目标", "targets/"))))
    meta = front_matter(made)
    assert meta["title"] == "标题"
    assert meta["description"] == "说明"
    assert meta["generated"] is True
    assert meta["assessed"] is True
    assert meta["source"] == "targets/targets.csv"
    assert meta["crumbs"] == [{"label": "总览", "address": ""}, {"label": "目标", "address": "targets/"}]
    assert "search" not in meta


@pytest.mark.usefixtures("env")
@pytest.mark.parametrize("words", [*HOSTILE, 'quo"te: x', "---", "{a: b}"])
def test_any_title_survives_front_matter(words):
    title = front_matter(render.render_page(replace(PAGE, title=words)))["title"]
    assert html.unescape(title) == words
    assert not set("<>\"'") & set(title), "the theme prints it unescaped"


@pytest.mark.usefixtures("env")
@pytest.mark.parametrize("words", HOSTILE)
def test_text_from_data_never_becomes_markup(words):
    html = as_html(render.render_page(replace(PAGE, view=View(words, Link("总览", "")))))
    heading = html.split("</h1>")[0]
    assert heading.startswith('<h1 id="top">')
    inside = heading.removeprefix('<h1 id="top">')
    assert "<" not in inside, inside
    assert " ".join(jinja2.filters.do_striptags(inside).split()) == " ".join(words.split())
    assert "<script" not in html
    assert "<em>" not in html


@all_of(
    "here, address, expected",
    [
        ("", "", "./"),
        ("", "targets/x/", "targets/x/"),
        ("targets/x/", "", "../../"),
        ("targets/x/", "targets/y/", "../y/"),
        ("targets/x/", "targets/", "../"),
        ("targets/", "targets/x/", "x/"),
        ("targets/x/", "projects/p/#tasks", "../../projects/p/#tasks"),
        ("targets/x/", "targets/x/#figures", "#figures"),
        ("data/", "data/csv/plans.csv", "csv/plans.csv"),
        ("targets/x/", "assets/charts/a.svg", "../../assets/charts/a.svg"),
    ],
)
def test_addresses_are_relative_to_the_page(here, address, expected):
    template = render.environment().from_string("{{ to | href }}")
    assert template.render(address=here, to=address) == expected


@pytest.mark.usefixtures("env")
def test_a_missing_template_or_field_is_a_site_error():
    with pytest.raises(SiteError, match="targets/x"):
        render.render_page(replace(PAGE, template="nothing"))
    with pytest.raises(SiteError, match=r"thing\.md\.j2"):
        render.render_page(replace(PAGE, view=object()))


@pytest.mark.usefixtures("env")
def test_rendering_twice_gives_the_same_bytes():
    assert render.render_page(PAGE) == render.render_page(PAGE)
    assert render.render_page(PAGE).endswith("\n")
    assert "\n\n\n" not in render.render_page(PAGE)


@all_of(
    "address",
    [
        "javascript:alert(1)",
        " https://x",
        "data:text/html,x",
        "//example.org",
        "x",
        "",
        "https://",
        "https://a b",
        "ftp://x",
    ],
)
def test_only_addresses_of_the_web_are_written_as_links_out(address):
    with pytest.raises(SiteError, match="http"):
        render.outward(address)


@pytest.mark.parametrize("address", ["http://example.org", "https://例.cn/路径?a=1#b", "mailto:office@example.org"])
def test_addresses_of_the_web_pass(address):
    assert render.outward(address) == address


def test_every_link_out_of_the_site_asks_the_one_rule():
    for path in render.TEMPLATES.rglob("*.j2"):
        for link in re.findall(r'<a [^>]*rel="[^"]*external[^"]*"', path.read_text(encoding="utf-8")):
            assert "| outward }}" in link or 'href="https://' in link, f"{path.name}: {link}"


@all_of(
    "heading, caption, shown",
    [
        ("滞后的目标", "滞后的目标（3项）", False),
        ("目标", "全部规划的294项目标", False),
        ("牵头的目标", "某局的21项目标", False),
        ("公布过的进展", "某局：公布过的6条进展", False),
        ("对应哪项目标", "某局对应的目标", False),
        ("全部目标", "有数据或相近数据的28项", True),
        ("即将到期", "未来一年到期的目标和任务（2项）", True),
    ],
)
def test_a_caption_that_repeats_its_heading_is_only_heard(heading, caption, shown):
    body = f'# 某局 {{ #top }}\n\n## {heading} {{ #a }}\n\n<table>\n<caption id="x">{caption}</caption>\n</table>'
    hidden = f'<caption class="visually-hidden" id="x">{caption}</caption>'
    assert (hidden not in render.quiet_captions(body)) is shown
    assert f">{caption}</caption>" in render.quiet_captions(body)


def test_a_fold_counts_as_a_heading_for_the_caption_in_it():
    body = "# 时间节点\n\n## 还没到期\n\n"
    body += "<summary>2027年12月（89项目标）</summary>\n<caption>2027年12月到期的89项目标</caption>"
    assert '<caption class="visually-hidden">' in render.quiet_captions(body)
