"""What a page keeps out of the search stays out, whatever it holds."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from build_scripts.pages import build_pages
from build_scripts.render import render_page
from build_scripts.search.page_text import plain_text


@pytest.fixture(scope="module")
def bodies(given):
    texts = {page.address: render_page(page) for page in build_pages(given) if page.searchable}
    return {address: re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL) for address, text in texts.items()}


def test_nothing_inside_such_an_element_reaches_the_search(bodies):
    seen = 0
    for address, html in bodies.items():
        marked = re.sub(r"(<[a-z]+\b[^<>]*\sdata-search-exclude(?:=\"[^\"]*\")?[^<>]*>)", r"\1⟦", html)
        seen += marked.count("⟦")
        tree = LexborHTMLParser(marked)
        for node in tree.css("[data-search-exclude]"):
            node.insert_child("⟧")
        assert not {"⟦", "⟧"} & set(plain_text(tree.body.inner_html)), address
    assert seen > 50
