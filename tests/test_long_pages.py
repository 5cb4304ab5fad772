"""Pages too long to load are given in parts: nothing is lost, every link still leads where it led, no part is long."""

import csv
import io
import json
import re
from html import unescape

import pytest

from build_scripts.core.records import Artifact
from build_scripts.site.html_blocks import apart
from build_scripts.site.long_links import straight
from build_scripts.site.long_pages import LIMIT, in_parts

FRONT = (
    '---\ntitle: "目标 &amp; 工程"\nkind: "targets"\ndescription: "全部目标"\n'
    'json_ld: "{}"\nsearch: {"boost": 3}\n---\n'
)
FORM = '<form class="filter" hidden data-filter-for="{id}">\n<button type="reset">清除</button>\n</form>\n'


def row(number):
    name = f"目标{number}"
    return (
        f'<tr data-plan="p{number}"><th scope="row"><a href="../targets/t{number}/">{name}</a></th>'
        f'<td>=1+{number} &lt; 9</td><td><a href="#top">{"长" * 300}</a></td></tr>'
    )


def table(name, rows):
    head = f'<table class="data" id="{name}" data-filter>\n<caption>{name}</caption>\n<thead>\n'
    head += '<tr><th scope="col">名称</th><th scope="col">要求</th><th scope="col">说明</th></tr>\n</thead>\n<tbody>\n'
    body = "\n".join(row(number) for number in rows)
    return f'<div class="frame">\n{head}{body}\n</tbody>\n</table>\n</div>\n'


def parts_of(body, path="targets/index.md"):
    made = list(in_parts([Artifact(path, (FRONT + body).encode(), "x")]))
    return {each.path: each.data for each in made}


def rows_in(text):
    return re.findall(r">目标(\d+)<", text)


def test_a_page_of_common_length_is_left_as_it_is():
    page = Artifact("targets/index.md", (FRONT + "# 目标\n" + table("all", range(120))).encode(), "x")
    assert list(in_parts([page])) == [page]


def test_a_section_of_many_short_lists_goes_on_from_list_to_list():
    """Three thousand works in lists of a dozen: no list is long enough to be cut by itself."""
    groups = ""
    for group in range(240):
        items = "".join(
            f'<li><a href="t{group * 12 + n}/">目标{group * 12 + n}</a> {"长" * 30}</li>\n' for n in range(12)
        )
        groups += f'<p class="names__title">第{group}组</p>\n<ul class="names">\n{items}</ul>\n'
    folded = f'<details class="rest">\n<summary>全部</summary>\n{groups}</details>\n'
    silent = f'<p>话</p>\n\n<div data-search-exclude="true">\n{folded}</div>\n'
    body = f"\n# 工程 {{ #top }}\n\n## 有进展 {{ #told }}\n\n{table('all', range(99))}\n## 没有收录 {{ #silent }}\n\n"
    made = parts_of(body + silent, "works/index.md")
    pages = {path: data.decode() for path, data in made.items() if path.endswith(".md")}
    assert len(pages) > 2
    assert all(len(text.encode()) < LIMIT + 8_000 for text in pages.values())
    whole = "".join(pages.values())
    assert rows_in(whole) == [str(n) for n in range(99)] + [str(n) for n in range(2880)]
    assert 'href="page_2/#silent"' in pages["works/index.md"]
    for path, text in pages.items():
        for tag in ("div", "details", "ul"):
            assert text.count(f"<{tag}") == text.count(f"</{tag}>"), (path, tag)
        if path != "works/index.md":
            assert "## 没有收录" in text
            assert set(re.findall(r'href="([^"]*)t\d+/"', text)) == {"../"}
            assert "<summary>全部</summary>" in text


def test_the_rows_of_a_long_table_follow_on_further_pages_and_lie_beside_as_csv():
    body = "\n# 目标 &#38; 工程 { #top }\n\n" + FORM.format(id="all") + table("all", range(900))
    made = parts_of(body)
    pages = {path: data.decode() for path, data in made.items() if path.endswith(".md")}
    assert list(pages) == ["targets/index.md"] + [f"targets/page_{n}/index.md" for n in range(2, len(pages) + 1)]
    assert len(pages) > 3
    assert all(len(text.encode()) < LIMIT + 8_000 for text in pages.values())
    assert [n for text in pages.values() for n in rows_in(text)] == [str(n) for n in range(900)]
    for path, text in pages.items():
        assert text.count("<table") == text.count("</table>") == text.count("<caption>") == 1
        assert 'scope="col">名称' in text
        up = "" if path == "targets/index.md" else "../"
        assert set(re.findall(r'href="([^"]*)targets/t', text)) == {f"{up}../"}
        assert (f'href="{up}#top"' in text) == (f'href="{"../" if not up else ""}#top"' not in text)
        assert all(f"page_{n}/" in text or f'"page">{n}<' in text for n in range(2, len(pages) + 1))
    assert "<form" not in pages["targets/index.md"]  # it would find a part and look as if that were all
    second = pages["targets/page_2/index.md"]
    assert apart(second.partition("\n---\n")[2]), "nobody need parse its rows"
    ways = re.findall(r'<nav class="note" aria-label="([^"]+)"', second)
    assert len(ways) == len(set(ways)) == 2, "two ways through the pages, told apart"
    assert second.startswith(
        '---\ntitle: "目标 &amp; 工程（第2页）"\nkind: "targets"\n'
        'description: "目标 &amp; 工程（第2页）：全部目标"\nsearch: {"exclude": true}\n---\n'
    )
    assert "# 目标 &#38; 工程（第2页） { #top }" in second
    rows = list(csv.reader(io.StringIO(made["targets/rows-1.csv"].decode("utf-8-sig"), newline="")))
    assert rows[0] == ["名称", "要求", "说明"]
    assert [line[0] for line in rows[1:]] == [f"目标{n}" for n in range(900)]
    assert unescape(rows[1][1]) == "'=1+0 < 9"
    assert 'href="rows-1.csv"' in pages["targets/index.md"]


def test_a_short_table_beside_a_long_one_keeps_its_rows_and_its_filter():
    body = (
        "\n# 目标\n"
        + FORM.format(id="few")
        + table("few", range(60))
        + FORM.format(id="all")
        + table("all", range(900))
    )
    made = parts_of(body)
    first = made["targets/index.md"].decode()
    assert 'data-filter-for="few"' in first
    assert 'data-filter-for="all"' not in first
    assert rows_in(first)[:60] == [str(n) for n in range(60)]


def test_a_filter_of_too_many_choices_goes_with_the_rows():
    """Fifty cities have more units and projects to choose from than a page may hold."""
    choices = "".join(f'<option value="u{number}">第{number}个单位</option>\n' for number in range(6_000))
    form = FORM.format(id="all").replace("<button", f"<select>\n{choices}</select>\n<button")
    assert len(form.encode()) > LIMIT
    made = parts_of(f"# 目标 {{ #top }}\n\n{form}{table('all', range(3_000))}")
    pages = {path: data for path, data in made.items() if path.endswith(".md")}
    assert all(len(data) <= LIMIT + 20_000 for data in pages.values())
    assert sorted(int(each) for data in pages.values() for each in rows_in(data.decode())) == [*range(3_000)]
    assert "<form" not in b"".join(pages.values()).decode()


def test_sections_follow_where_rows_alone_are_not_the_cause():
    body = "\n# 报告\n\n导语\n" + "".join(
        f"\n## 第{n}章 {{ #s{n} }}\n\n" + table(f"t{n}", range(90 * n, 90 * n + 90)) for n in range(8)
    )
    made = {path: data.decode() for path, data in parts_of(body, "report/index.md").items()}
    assert {path for path in made if not path.endswith("index.md")} == {"report/parts.json"}
    del made["report/parts.json"]
    first = made["report/index.md"]
    assert re.findall(r"## 第(\d)章", first) == list("01234567")
    for n in range(8):
        way = re.search(rf'href="(page_\d+)/#s{n}"', first)
        text = made[f"report/{way[1]}/index.md"] if way else first
        assert f"{{ #s{n} }}" in text
        assert f'id="t{n}"' in text
    assert sorted(int(n) for text in made.values() for n in rows_in(text)) == list(range(720))
    assert all(len(text.encode()) < LIMIT + 8_000 for text in made.values())


def test_a_section_that_is_too_long_itself_has_its_tables_cut():
    body = (
        "\n# 报告\n"
        + "".join(
            f"\n## 第{n}章 {{ #s{n} }}\n\n" + table(f"t{n}", range(1000 * n, 1000 * n + (700 if n == 1 else 60)))
            for n in range(3)
        )
        + "\n## 图 { #chart }\n\n"
        + "<p>"
        + "字" * 70_000
        + "</p>\n"
    )
    made = {path: data.decode() for path, data in parts_of(body, "report/index.md").items() if path.endswith("md")}
    numbers = [*range(60), *range(1000, 1700), *range(2000, 2060)]
    assert sorted(int(n) for text in made.values() for n in rows_in(text)) == numbers
    assert all(len(text.encode()) < LIMIT + 8_000 for text in made.values())


# What a heading costs in HTML: two tables of contents name it, and a link stands beside it.
IN_HTML = 600


def heavy(text):
    return len(text.encode()) + IN_HTML * len(re.findall("(?m)^##", text))


def test_a_page_of_very_many_headings_is_cut_for_what_they_become():
    """Twenty cities' ways of working: 200 kB of text, and 140 kB more for its headings."""
    body = "\n# 工作 { #top }\n\n导语\n" + "".join(
        f"\n## 方案{n} {{ #s{n} }}\n\n"
        + "".join(
            f"\n### 机制{n}之{m} {{ #s{n}-{m} }}\n\n<p><b>目标{n * 9 + m}</b>{'字' * 300}</p>\n" for m in range(9)
        )
        for n in range(22)
    )
    assert len(body.encode()) < LIMIT < heavy(body) - 20_000
    made = {path: data.decode() for path, data in parts_of(body, "organisation/index.md").items()}
    assert len(made) > 1
    assert max(map(heavy, made.values())) < LIMIT + 23_000
    assert [int(n) for text in made.values() for n in rows_in(text)] == list(range(198))


def test_very_many_sections_that_follow_are_a_list_of_links():
    """A heading left behind for each would be too much itself, and in no table of contents is a choice of hundreds."""
    body = "\n# 工程 { #top }\n\n导语\n" + "".join(
        f"\n## 第{n}类 &#43; {{ #s{n} }}\n\n<p><b>目标{n}</b>{'字' * 900}</p>\n" for n in range(900)
    )
    made = {path: data.decode() for path, data in parts_of(body, "projects/index.md").items()}
    first = made["projects/index.md"]
    assert max(map(heavy, made.values())) < LIMIT + 23_000
    assert len(rows_in(first)) > 40, "as much as there is room for stays"
    assert [int(n) for text in made.values() for n in rows_in(text)] == list(range(900))
    for n in range(900):
        way = re.search(
            rf'<li id="s{n}"><a href="(page_\d+)/#s{n}" data-moved>第{n}类 &#43;（第(\d+)页）</a></li>', first
        )
        assert (f"{{ #s{n} }}" in first) != bool(way)
        if way:
            assert way[1] == f"page_{way[2]}"
            assert f"{{ #s{n} }}" in made[f"projects/{way[1]}/index.md"]


@pytest.mark.parametrize("path", ["index.md", "a/b/index.md"])
def test_the_parts_lie_below_the_page(path):
    folder = path.removesuffix("index.md")
    assert f"{folder}page_2/index.md" in parts_of("\n# 目标\n" + table("all", range(900)), path)


def test_every_part_has_a_title_and_a_description_of_its_own():
    made = parts_of("\n# 目标\n" + table("all", range(900)))
    pages = [data.decode() for path, data in made.items() if path.endswith("index.md")]
    assert len(pages) > 1
    for name in ("title", "description"):
        said = [re.search(rf"(?m)^{name}: (.*)$", text)[1] for text in pages]
        assert len(set(said)) == len(pages), said


def part_with(made, folder, anchor):
    """The page that has an anchor itself, not the way to it."""
    of_heading = re.compile(rf'(?m)^##+ .*{{ #{re.escape(anchor)} }}$|<(?!li|span)\w+[^>]* id="{re.escape(anchor)}"')
    found = [path for path, text in made.items() if path.startswith(f"{folder}/page_") and of_heading.search(text)]
    assert len(found) == 1, (anchor, found)
    return found[0].split("/")[-2]


def text_of_plan(sections, below, passages=2, long=400):
    """A document: sections, headings below them, passages with an anchor each, and a link to one far away."""
    return "\n# 全文 { #top }\n\n" + "".join(
        f"\n## 第{n}章 {{ #s{n} }}\n"
        + "".join(
            f"\n### 第{n}章第{m}节 {{ #s{n}-{m} }}\n\n"
            + "".join(
                f'<p id="p{n}-{m}-{p}">{"字" * long} <a href="#s{sections - 1}-0">见</a> <a href="#s{n}">章</a></p>\n'
                for p in range(passages)
            )
            for m in range(below)
        )
        for n in range(sections)
    )


def test_headings_and_passages_that_have_moved_are_still_found_by_their_old_address():
    """Addresses of an article are out there: each leads on, in words without a script and at once with one."""
    made = {path: data.decode() for path, data in parts_of(text_of_plan(12, 9), "plans/a/text/index.md").items()}
    first, folder = made["plans/a/text/index.md"], "plans/a/text"
    moved = json.loads(made[f"{folder}/parts.json"])
    gone = [n for n in range(12) if "字" not in first.partition(f"## 第{n}章 ")[2].partition("\n## ")[0]]
    assert 2 < len(gone) < 12
    for n in gone:
        assert f"{{ #s{n} }}" in first
        for m in range(9):
            page = part_with(made, folder, f"s{n}-{m}")
            assert f'<li id="s{n}-{m}"><a href="{page}/#s{n}-{m}" data-moved>' in first
            assert moved[f"s{n}-{m}"] == moved[f"p{n}-{m}-1"] == int(page.removeprefix("page_"))
    assert not any(anchor.startswith("p0-") for anchor in moved), "what is on the first page has not moved"
    assert f'data-moved="parts.json">{"内容较多"}' in first


def test_links_inside_a_page_in_parts_lead_to_the_part_that_has_what_they_name():
    made = {path: data.decode() for path, data in parts_of(text_of_plan(12, 9), "plans/a/text/index.md").items()}
    folder = "plans/a/text"
    last = part_with(made, folder, "s11-0")
    assert set(re.findall(r'href="([^"#]*)#s11-0">见', made[f"{folder}/index.md"])) == {f"{last}/"}
    for path, text in made.items():
        if path.startswith(f"{folder}/page_"):
            here = path.split("/")[-2]
            assert set(re.findall(r'href="([^"]*)#s11-0">见', text)) == {"" if here == last else f"../{last}/"}
            for n in map(int, re.findall(r'href="#s(\d+)">章', text)):
                assert f"{{ #s{n} }}" in text


def test_a_drawing_in_a_moved_section_still_finds_its_own_marks():
    drawing = '<svg><defs><path id="mark-{n}" d="M0"/></defs><use href="#mark-{n}"/></svg>\n'
    body = "\n# 报告\n" + "".join(
        f"\n## 第{n}章 {{ #s{n} }}\n\n" + drawing.format(n=n) + f"<p>{'字' * 20_000}</p>\n" for n in range(9)
    )
    made = {path: data.decode() for path, data in parts_of(body, "report/index.md").items()}
    assert len(made) > 2
    for n in range(9):
        assert f'<use href="#mark-{n}"/>' in next(text for text in made.values() if f'id="mark-{n}"' in text)


def test_links_of_other_pages_lead_to_the_part_at_once():
    made = in_parts([Artifact("plans/a/text/index.md", (FRONT + text_of_plan(12, 9)).encode(), "x")])
    other = (
        FRONT + '\n# 目标\n\n<a href="../../plans/a/text/#p11-8-1">原文</a> <a href="../../plans/a/text/#s0-0">头</a>'
    )
    files = list(straight([*made, Artifact("targets/t/index.md", other.encode(), "x")]))
    led = files[-1].data.decode()
    page = part_with({each.path: each.data.decode() for each in files}, "plans/a/text", "s11-8")
    assert f'href="../../plans/a/text/{page}/#p11-8-1"' in led
    assert 'href="../../plans/a/text/#s0-0"' in led


@pytest.mark.slow
@pytest.mark.parametrize(("sections", "below", "passages"), [(40, 30, 1), (12, 400, 1), (4, 2, 700)])
def test_very_many_headings_below_leave_their_anchors_alone(sections, below, passages):
    """Whatever a section is made of, it is cut where it may be."""
    body = text_of_plan(sections, below, passages, long=30 if below > 2 else 200)
    body = re.sub(r"<p .*</p>", r'<div class="plan-text">\n\g<0>\n</div>', body)
    made = {path: data.decode() for path, data in parts_of(body, "plans/a/text/index.md").items()}
    first = made["plans/a/text/index.md"]
    assert max(map(heavy, (text for path, text in made.items() if path.endswith(".md")))) < LIMIT + 23_000
    moved = json.loads(made["plans/a/text/parts.json"])
    if len(moved) < 3_000:
        assert all(f'id="{anchor}"' in first or f"#{anchor} }}" in first for anchor in moved if anchor[0] == "s")


def test_a_list_of_thousands_of_moved_sections_has_a_line_a_page():
    """A hundred cities have three thousand groups of projects; a line for each would be as long as a page."""
    body = "\n# 工程 { #top }\n\n导语\n" + "".join(
        f"\n## 第{n}类 {{ #s{n} }}\n\n<p><b>目标{n}</b>{'字' * 400}</p>\n" for n in range(2_500)
    )
    made = {path: data.decode() for path, data in parts_of(body, "projects/index.md").items()}
    first = made["projects/index.md"]
    lines = re.findall(
        r'<li>((?:<span id="s\d+"></span>)+)<a href="page_(\d+)/">第(\d+)类至第(\d+)类（第\2页）</a></li>', first
    )
    assert len(lines) == len(made) - 2
    for spans, _page, low, high in lines:
        assert re.findall(r"\d+", spans) == [str(n) for n in range(int(low), int(high) + 1)]
    assert lines[-1][3] == "2499"
    assert len(rows_in(first)) > 40
    assert max(map(heavy, (text for path, text in made.items() if path.endswith(".md")))) < LIMIT + 23_000
