"""Every page kind: its template prints its view and nothing else, its words exist, its links lead somewhere."""

import dataclasses
import re

import jinja2
import pytest

from build_scripts.exports.publication import files
from build_scripts.pages import PAGES, build_pages
from build_scripts.render import TEMPLATES, environment, render_page

KINDS = TEMPLATES.parent / "pages"
DEFINES_CODES = {"dictionary", "dictionary_table", "method"}


@pytest.fixture(scope="module")
def pages(given):
    return list(build_pages(given))


def view_names(template: str) -> set[str]:
    """The attributes of `view` that a template asks for."""
    source = (TEMPLATES / "pages" / f"{template}.md.j2").read_text(encoding="utf-8")
    tree = environment().parse(source)
    return {
        node.attr
        for node in tree.find_all(jinja2.nodes.Getattr)
        if isinstance(node.node, jinja2.nodes.Name) and node.node.name == "view"
    }


def test_each_template_prints_its_view_and_each_field_is_printed(pages):
    views = {page.template: type(page.view) for page in pages}
    for template, view in views.items():
        fields = {field.name for field in dataclasses.fields(view)}
        assert view_names(template) == fields, template


def test_every_template_is_asked_for_by_a_page_kind(pages):
    files = {path.name.removesuffix(".md.j2") for path in (TEMPLATES / "pages").glob("*.j2")}
    files -= {page.template for page in pages}
    code = "".join(path.read_text(encoding="utf-8") for path in KINDS.glob("*.py"))
    assert not [name for name in sorted(files) if f'"{name}"' not in code]


def test_views_are_frozen(pages):
    for view in {type(page.view) for page in pages}:
        assert view.__dataclass_params__.frozen, view.__name__


def test_every_page_renders_with_one_ascii_anchored_title(pages):
    for page in pages:
        text = render_page(page)
        headings = re.findall(r"^#+ .*$", text, flags=re.MULTILINE)
        assert sum(line.startswith("# ") for line in headings) == 1, page.address
        for line in headings:
            assert re.search(r"\{ #[a-z][a-z0-9-]*( \.[a-z-]+)? \}$", line), (page.address, line)


def test_addresses_are_unique_ascii_and_stable(pages):
    addresses = [page.address for page in pages]
    assert len(addresses) == len(set(addresses))
    for address in addresses:
        assert re.fullmatch(r"([a-z0-9-]+/)*", address), address


def test_every_internal_link_leads_to_a_page_or_file(pages, given):
    published = {path for path, _data in files(given.published)}
    known = {page.address for page in pages} | published | {"open-data/", "data/files/"}
    for page in pages:
        for link in re.findall(r'href="([^"#]+)', render_page(page)):
            if "://" in link:
                continue
            parts = [*page.address.split("/")[:-1], *link.split("/")]
            path: list[str] = []
            for part in parts:
                if part == "..":
                    path.pop()
                elif part != ".":
                    path.append(part)
            if not re.search(r"\.[a-z]+$", link) or "/".join(path).startswith(("data/", "api/", "badges/")):
                assert "/".join(path) in known, (page.address, link)


def test_every_page_has_a_title_and_a_description_in_chinese(pages):
    for page in pages:
        assert page.title
        assert re.search(r"[\u4e00-\u9fff]", page.description), page.address
        assert not re.search(r"。。|，，|；；|，。|None|nan|\{|\}", page.description), page.description


def test_no_codes_reach_the_reader(pages):
    codes = re.compile(r"\b(on_track|not_assessable|no_data|level_by|count_by|major_project|None|nan|True|False)\b")
    for page in pages:
        if page.template in DEFINES_CODES:
            continue
        body = render_page(page).split("---\n", 2)[2]
        without_code = re.sub(r"<code\b[^>]*>.*?</code>", "", body, flags=re.DOTALL)
        seen = re.sub(r"<[^>]*>", " ", without_code)
        assert not codes.search(seen), (page.address, codes.search(seen))


def test_pages_with_verdicts_carry_the_disclaimer_and_the_method_version(pages):
    for page in pages:
        if page.template in {"home", "plan", "target", "project", "targets"}:
            assert page.assessed, page.address


def test_tables_have_captions_scopes_and_a_frame_for_the_keyboard(pages):
    for page in pages:
        text = render_page(page)
        assert text.count("<table") == text.count("<caption"), page.address
        for cell in re.findall(r"<th\b[^>]*>", text):
            assert "scope=" in cell, (page.address, cell)
        for frame in re.findall(r'<div class="frame"[^>]*>', text):
            assert 'tabindex="0"' in frame
            assert "aria-label" in frame


def test_the_same_report_gives_the_same_pages(pages, given):
    assert [render_page(page) for page in build_pages(given)] == [render_page(page) for page in pages]


def test_the_registry_is_a_plain_tuple_of_builders():
    assert isinstance(PAGES, tuple)
    assert len(set(PAGES)) == len(PAGES)
