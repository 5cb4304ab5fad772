"""The search index keeps the package's own names whole."""

from dataclasses import replace

import jieba

from build_scripts.core.records import Unit
from build_scripts.pages import search_words
from build_scripts.pages.search_words import PATH, also_called, bare_region, region_also
from build_scripts.report import join_report


def test_units_regions_and_document_letters_are_words(report):
    units = (
        Unit("a", "市发改委", "department"),
        Unit("b", "市委组织部", "department"),
        Unit("c", "国网丽水供电公司", "enterprise"),
    )
    named = replace(report, package=replace(report.package, units=units))
    lines = search_words(named).data.decode().splitlines()
    words = [line.split()[0] for line in lines]
    assert words == sorted(words)
    assert {"市发改委", "发改委", "组织部", "国网丽水供电公司", "测试市", "甲县", "测政"} <= set(words)
    assert all(line.split()[1:] == ["20000", "n"] for line in lines)


def test_jieba_keeps_a_unit_whole_and_knows_its_bare_name(report, tmp_path):
    units = (Unit("a", "市发改委", "department"),)
    artifact = search_words(replace(report, package=replace(report.package, units=units)))
    dictionary = tmp_path / "words.txt"
    dictionary.write_bytes(artifact.data)
    cutter = jieba.Tokenizer()
    cutter.load_userdict(str(dictionary))
    assert list(cutter.cut("市发改委牵头")) == ["市发改委", "牵头"]
    assert list(cutter.cut("找发改委")) == ["找", "发改委"]


def test_a_zone_is_cut_so_that_its_kind_finds_it(report, tmp_path):
    zone = replace(report.package.regions[0], region_id="zone", name="测试经济技术开发区", level="zone")
    package = replace(report.package, regions=(*report.package.regions, zone))
    dictionary = tmp_path / "words.txt"
    dictionary.write_bytes(search_words(replace(report, package=package)).data)
    cutter = jieba.Tokenizer()
    assert "开发区" not in list(cutter.cut(zone.name))
    cutter.load_userdict(str(dictionary))
    assert list(cutter.cut(zone.name))[-1] == "开发区"


def test_an_empty_package_gives_an_empty_dictionary(report):
    empty = replace(report.package, units=(), regions=(), plans=(), projects=(), targets=(), tasks=(), observations=(),
                    responsibilities=(), related_indicators=(), task_events=())  # fmt: skip
    artifact = search_words(join_report(empty, report.as_of, {}))
    assert artifact.path == PATH
    assert artifact.data == b""


def test_a_region_is_found_by_its_bare_name_and_its_letters(report):
    county = replace(report.package.regions[0], region_id="jingning", name="景宁畲族自治县", level="county")
    zone = replace(county, region_id="zone", name="测试经济技术开发区", level="zone")
    assert bare_region(county) == "景宁"
    assert bare_region(replace(county, name="单县")) == "单县"
    assert bare_region(zone) == zone.name
    assert region_also(county) == ("景宁", "jingning")
    assert region_also(zone) == ("经开区",)
    named = replace(report, package=replace(report.package, regions=(county, zone)))
    assert "景宁 20000 n" in search_words(named).data.decode().splitlines()


def test_other_names_come_from_the_catalogue_and_are_never_what_the_name_says():
    assert also_called("地区生产总值增速") == ("GDP",)
    assert also_called("地区生产总值（GDP）") == ()
    assert also_called("绿道里程") == ()
