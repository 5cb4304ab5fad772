"""Every page of the real package: no faults of a kind that shows a sentence was put together by a program."""

import html
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import MappingProxyType

import pytest
from page_samples import publication

from build_scripts.bulletins import digests
from build_scripts.checks import load_package
from build_scripts.pages import SiteData, build_pages
from build_scripts.render import render_page
from build_scripts.report import build_report

pytestmark = pytest.mark.slow

PACKAGE = Path(__file__).parents[2] / "datapackage"
AS_OF = date(2026, 11, 21)
CODE = re.compile(r"<(pre|code|textarea|script)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
READING = re.compile(r'<p class="reading[^"]*">(.*?)</p>', re.DOTALL)
REQUEST = re.compile(r'<div class="request copy".*?<code>(.*?)</code>', re.DOTALL)
DESCRIPTION = re.compile(r'^description: "(.*)"$', re.MULTILINE)
# What a written sentence never has; each with what it would look like.
FAULTS = {
    "two marks running": re.compile(r"[，。；：、！？][，。；：、！？]"),
    "double marks in double marks": re.compile(r"“[^”]*“"),
    "a count of none": re.compile(r"(?<![\d.,])0(?:项|个|条|家|份)(?!\d)"),
    "a word said twice": re.compile(r"([\u4e00-\u9fff]{2,})\1"),
    "a field left open": re.compile(r"\{[a-z_]*\}|\bNone\b|\bnan\b"),
    "an English code": re.compile(r"\b[a-z]+_[a-z_]+\b"),
    "a space between Chinese words": re.compile(r"[\u4e00-\u9fff，。] +[\u4e00-\u9fff]"),
    "a bracket or quotation mark left open": re.compile(r"^(?=[^“]*“[^”]*$)|^(?=[^（]*（[^）]*$)|《[^》]*$"),
}


@pytest.fixture(scope="module")
def pages():
    package = load_package(PACKAGE, AS_OF)
    report = build_report(package, AS_OF)
    given = SiteData(report, {}, publication(PACKAGE, report), digests(package, AS_OF), ())
    return list(build_pages(given))


@pytest.fixture(scope="module")
def rendered(pages):
    return {page.address: render_page(page) for page in pages}


PLAIN = (str, int, float, bool, Decimal, date, Enum, type(None))


def not_said(value: object, where: str) -> Iterator[str]:
    """What of a view its `repr` does not say whole: a page is found by it among those made before."""
    if is_dataclass(value):
        yield from (f"{where}.{item.name}" for item in fields(value) if not item.repr)
        for item in fields(value):
            yield from not_said(getattr(value, item.name), f"{where}.{item.name}")
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from not_said(each, where)
    elif isinstance(value, (dict, MappingProxyType)):
        for each in (*value, *value.values()):
            yield from not_said(each, where)
    elif not isinstance(value, PLAIN):
        yield f"{where}: {type(value).__name__}"


def test_a_view_says_all_that_it_holds(pages):
    assert {found for page in pages for found in not_said(page, page.template)} == set()


def said(markdown: str, *patterns: re.Pattern[str]) -> list[str]:
    found = [words for pattern in patterns for words in pattern.findall(markdown)]
    return [html.unescape(TAG.sub("", words)).strip() for words in found]


@pytest.mark.parametrize("fault", FAULTS)
def test_no_opening_sentence_is_ill_made(rendered, fault):
    ill = [
        (address, words)
        for address, markdown in rendered.items()
        if not address.startswith(("data/", "bulletins/"))
        for words in said(markdown, *([READING] if fault == "a count of none" else [READING, DESCRIPTION]))
        if FAULTS[fault].search(words) and not (address.startswith("sources/") and fault != "a count of none")
    ]
    assert not ill


def test_every_target_asks_somebody_for_something(rendered):
    letters = {a: said(text, REQUEST)[0] for a, text in rendered.items() if re.fullmatch(r"targets/.+/", a)}
    assert len(letters) == 294
    for address, letter in letters.items():
        body = letter.partition("：")[0]
        assert not re.match(r"各|有关|.*公司|中共|市委", body), (address, body)
        for fault in ("two marks running", "double marks in double marks", "a field left open", "a word said twice"):
            assert not FAULTS[fault].search(letter), (address, fault, letter)
        for year in re.findall(r"请公开(\d{4})年", letter):
            assert int(year) < AS_OF.year, (address, letter)
