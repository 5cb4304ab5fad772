"""The heads of pages: no two have the same title or description, and data says how to cite it."""

from collections import Counter
from dataclasses import replace

import pytest

from build_scripts.core.records import Link, Page
from build_scripts.exports import cite_dataset
from build_scripts.pages import build_pages
from build_scripts.pages.heads import apart, title_of
from build_scripts.render import render_page


def page(address: str, title: str, above: str = "上面"):
    return Page(address, "x", None, title, "同样的话", "x.csv", crumbs=(Link(above, "a/"),))


def twice(values) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def test_no_two_pages_have_the_same_title_or_description(given):
    pages = list(build_pages(given))
    assert len(pages) > 30
    assert twice(map(title_of, pages)) == []
    assert twice(each.description for each in pages) == []


def test_pages_of_one_name_say_what_else_they_are():
    kinds = apart([page("targets/a/", "绿道"), page("works/a/", "绿道"), page("units/b/", "局")])
    assert [title_of(each) for each in kinds] == ["绿道（目标）", "绿道（工程）", "局"]
    assert [each.title for each in kinds] == ["绿道", "绿道", "局"]
    plans = apart([page("works/a/", "绿道", "甲规划"), page("works/b/", "绿道", "乙规划")])
    assert twice(map(title_of, plans)) == []
    assert "甲规划" in title_of(plans[0])
    ids = apart([page("works/a/", "绿道"), page("works/b/", "绿道"), page("works/c/", "绿道")])
    assert twice(map(title_of, ids)) == []
    assert twice(each.description for each in ids) == []
    assert all(each.description.endswith("同样的话") for each in ids)


@pytest.mark.parametrize("address", ["targets/gdp-2025/", "data/"])
def test_reference_managers_find_how_to_cite(given, address):
    found = next(each for each in build_pages(given) if each.address == address)
    marks = dict(found.cited)
    assert {"title", "author", "publication_date", "language"} <= set(marks)
    assert "public_url" not in marks, "no address is known"
    assert "cited: {" in render_page(found)
    known = replace(given.published.edition, base_url="https://example.org/")
    assert dict(cite_dataset(known).marks())["public_url"].startswith("https://example.org/")
