"""A source is called by a Chinese title; its own title, where it has another, stands below it."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
from packages import cell, column, table
from page_samples import made

from build_scripts.core.language import speaking
from build_scripts.pages import build_pages, source
from build_scripts.pages.source import _uses_words
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


def test_a_table_that_changes_says_when_it_was_read(tmp_path):
    live = (cell("sources", 3, "published", ""), column("sources", "kind", "", "live"))
    given = made(tmp_path, *live, column("sources", "accessed", "", "2024-06-20"))
    page = next(each for each in source.pages(given) if each.address == "sources/gazette/")
    assert "内容随时更新，本站2024年6月20日查看" in page.view.sentence
    facts = {fact.label: fact.value for fact in page.view.facts}
    assert (facts["发布日期"], facts["查看日期"]) == ("随时更新", "2024年6月20日")
    target = render_page(next(each for each in build_pages(given) if each.address == "targets/gdp-2025/"))
    assert '<td class="day">2022年3月1日</td>' in target
    assert "原页没有" not in target


def test_a_source_of_breakdowns_is_used(tmp_path):
    listed = {
        "series": "series_id,indicator_id,title\nrural,gdp,农村\n",
        "series_dimensions": "series_id,dimension,value\nrural,城乡,农村\n",
        "breakdowns": "indicator_id,series_id,region_id,period,basis,pub,source_id,value\n"
        "gdp,rural,city,2023,main,2024-03-01,yearbook,9\n",
    }
    given = made(tmp_path, *(table(name, text) for name, text in listed.items()))
    page = next(each for each in source.pages(given) if each.address == "sources/yearbook/")
    assert "本站引用了其中1个数据" in page.view.sentence


def test_a_source_of_judgements_alone_is_not_said_to_be_unused():
    with speaking("en"):
        assert _uses_words(0, 0, 1) == "This site uses 1 official judgement from it."
        assert _uses_words(0, 0, 0) == "This site uses no data from it."
    assert _uses_words(2, 0, 43) == "本站引用了其中2个数据、43项官方评价。"
