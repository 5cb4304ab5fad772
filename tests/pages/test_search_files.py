"""What the search reads: names, sentences and words in files of a fixed size, made of the pages and nothing else."""

import json
from dataclasses import replace
from itertools import accumulate

import pytest

from build_scripts.core.records import Unanswered, Unit
from build_scripts.pages import build_pages
from build_scripts.render import render_page
from build_scripts.search import entries, files, search_files, written_by_hand
from build_scripts.search.names import bare_name, of_plan, of_region, of_target, of_unit
from build_scripts.search.page_text import grams, plain_text


@pytest.fixture
def pages(given):
    return list(build_pages(given))


def made(report, pages):
    texts = {page.address: render_page(page) for page in pages}

    def text_of(address):
        return texts.get(address, "")

    return {each.path: json.loads(each.data) for each in search_files(report, entries(report, pages), text_of)}


def places(found):
    first = found["search/names-0.json"]
    return {row[3]: place for place, row in enumerate(first["entries"])}


def pages_with(found, word):
    first = found["search/names-0.json"]
    steps = found[f"search/text/{files._hash(word) % first['shards']}.json"].get(word, [])
    by_place = {place: address for address, place in places(found).items()}
    return {by_place[place] for place in accumulate(steps)}


def test_every_page_that_may_be_found_is_there_once(report, pages):
    found = places(made(report, pages))
    wanted = {page.address for page in pages if page.searchable and page.template != "bulletin_later"}
    assert set(found) == wanted
    assert {"targets/gdp-2025/", "works/ring-road/", "units/transport/", "regions/county-a/"} <= wanted


def test_what_is_known_comes_before_silence(report, pages):
    rows = made(replace(report, figures_by_series={}), pages)["search/names-0.json"]["entries"]
    silent = [row[2] > 9 for row in rows]
    assert silent == sorted(silent)
    assert any(silent)


def test_a_word_leads_to_the_pages_that_have_it_and_no_other(report, pages):
    found = made(report, pages)
    assert "works/ring-road/" in pages_with(found, "环城")
    assert "units/transport/" in pages_with(found, "交通")
    assert pages_with(found, "不在") == set() or "不在" in "".join(render_page(page) for page in pages)
    texts = {page.address: plain_text(render_page(page)) for page in pages if page.searchable}
    for address in pages_with(found, "公园"):
        page = next(page for page in pages if page.address == address)
        assert "公园" in texts[address] + page.title + page.description + "绿地公园"


def test_words_no_plan_answers_lead_to_what_is_near(report, pages):
    word = Unanswered("停车", ("停车难",), "公园", ("parks-2025",), ("ring-road",))
    asked = replace(report, package=replace(report.package, unanswered=(word,)))
    found = made(asked, pages)
    at = places(found)
    assert found["search/names-0.json"]["absent"] == [
        [["停车", "停车难"], "公园", [at["targets/parks-2025/"], at["works/ring-road/"]]]
    ]


def test_no_file_is_larger_than_it_may_be_however_many_pages(report, pages, monkeypatch):
    monkeypatch.setattr(files, "_PART", 900)
    monkeypatch.setattr(files, "_SHARD", 900)
    found = made(report, pages)
    first = found["search/names-0.json"]
    assert first["names"] > 2
    assert first["notes"] > 2
    assert first["shards"] & (first["shards"] - 1) == 0
    rest = [row for part in range(1, first["names"]) for row in found[f"search/names-{part}.json"]]
    notes = [note for part in range(first["notes"]) for note in found[f"search/notes-{part}.json"]]
    assert len(first["entries"]) + len(rest) == len(notes)
    longest = max(len(json.dumps(row, ensure_ascii=False).encode()) for row in [*first["entries"], *rest])
    assert len(json.dumps(first["entries"], ensure_ascii=False).encode()) < 900 * 1.2 + longest


def test_the_version_changes_with_what_is_found(report, pages):
    version = made(report, pages)["search/names-0.json"]["version"]
    assert made(report, pages)["search/names-0.json"]["version"] == version
    assert made(report, pages[:-3])["search/names-0.json"]["version"] != version


def test_names_that_follow_from_a_name(report):
    city = report.package.regions[0]
    lishui = replace(city, name="丽水市", level="city")
    units = {
        "市发改委": "发改委",
        "市委组织部": "组织部",
        "国网丽水供电公司": "供电公司",
        "丽水开发区管委会": "开发区管委会",
    }
    assert {name: bare_name(Unit("a", name, "department"), [lishui]) for name in units} == units
    called = Unit("a", "市卫生健康委", "department", ("卫健委",))
    assert of_unit(called, [lishui]) == ("卫生健康委", "卫健委")
    county = replace(city, name="景宁畲族自治县", level="county", also_called=("畲乡",))
    assert of_region(county) == ("景宁", "畲乡")
    assert of_region(replace(county, name="“一带”地区", level="group", also_called=())) == ("一带",)
    plan = replace(report.package.plans[0], title="“一带三区”发展规划", short_title="", doc_number="测政〔2021〕1号")
    assert of_plan(plan) == ("测政〔2021〕1号", "一带三区")


def test_a_target_goes_by_the_names_of_what_it_measures(report):
    entry = report.entry_by_id["gdp-2025"]
    indicator = replace(entry.indicator, also_called=("GDP",))
    assert of_target(replace(entry.target, also_called=("总量",)), indicator) == ("总量", indicator.name, "GDP")


def test_a_hand_written_page_is_found_by_its_title():
    texts = {
        "about.md": "---\ntitle: 关于本站\ndescription: 谁维护\n---\n\n# 关于 { #about }\n",
        "handbook/index.md": "# 使用手册 { #top }\n\n正文",
    }
    found = [(entry.address, entry.title, entry.note) for entry in written_by_hand(texts)]
    assert found == [("about/", "关于本站", "谁维护"), ("handbook/", "使用手册", "")]


def test_text_is_without_tags_marks_and_what_is_kept_out():
    page = (
        "---\ntitle: x\n---\n# 标题 { #top }\n\n<p>甲<b>乙</b> &amp; 丙</p>"
        '<div data-search-exclude="true"><div>不要</div><br>也不要</div><p>丁</p><svg><text>图</text></svg>'
        "<script>let a = 1 < 2</script><ul data-search-exclude><li>没有</li></ul>戊"
    )
    assert plain_text(page).split() == ["#", "标题", "甲", "乙", "&", "丙", "丁", "戊"]


def test_pairs_of_characters_and_whole_numbers():
    assert list(grams("GDP 达到2,250.5亿元")) == ["gdp", "达到", "2250.5", "亿元"]
    assert list(grams("５Ａ级景区")) == ["5a", "级景", "景区"]
    assert list(grams("市 x")) == ["x"]
