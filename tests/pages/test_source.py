"""A source is called by a Chinese title; its own title, where it has another, stands below it."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest

from build_scripts.pages import source
from build_scripts.render import render_page

SOURCES = Path(__file__).parents[2] / "datapackage/progress/sources.csv"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Characters that are written otherwise in simplified Chinese and stand in titles of our kind.
TRADITIONAL = re.compile(
    "[麗報導園區務縣與國產業發鄉農進長開過對時處動實續後從無點當電應關間衛總資幹廣機場復運輸數躋驅領質]"
)


@pytest.fixture(scope="module")
def rows():
    return list(csv.DictReader(SOURCES.open(encoding="utf-8")))


def test_every_title_of_the_package_is_in_simplified_chinese(rows):
    assert not [row["title"] for row in rows if not CHINESE.search(row["title"]) or TRADITIONAL.search(row["title"])]


def test_an_original_title_is_never_just_the_title_again(rows):
    originals = [row for row in rows if row["original_title"]]
    assert len(originals) == 36
    for row in originals:
        foreign = not CHINESE.search(row["original_title"]) or TRADITIONAL.search(row["original_title"])
        assert foreign, row["source_id"]


@pytest.mark.parametrize(
    ("original", "language", "said"),
    [
        ("Gazette of 2023", "en", "标题由本站翻译"),
        ("統計公報", "zh-Hant", "标题由本站改成简体"),
    ],
)
def test_the_original_title_stands_below_the_chinese_one(given, original, language, said):
    package = given.report.package
    first, *rest = package.sources
    titled = replace(first, original_title=original)
    report = replace(given.report, package=replace(package, sources=(titled, *rest)))
    listed, *each = source.pages(replace(given, report=report))
    mine = next(page for page in each if page.address == f"sources/{first.source_id}/")
    assert said in mine.view.sentence
    for page in (listed, mine):
        text = render_page(page)
        assert f'lang="{language}">{original}<' in text
        assert text.index(first.title) < text.index(f">{original}<")


def test_without_an_original_title_nothing_is_said_of_one(given):
    listed, *each = source.pages(given)
    assert all(row.original is None for row in listed.view.sources)
    assert not [page for page in each if "标题由本站" in page.view.sentence]
