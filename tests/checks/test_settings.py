"""A government's own settings, texts in other languages and series: what is refused, and what is borne."""

from datetime import date
from pathlib import Path

import pytest
from packages import Change, cell, descriptor, loose, table
from page_samples import made

from build_scripts.checks import checked, find_violations
from build_scripts.core.asof import asof
from build_scripts.core.government import InformationRequest, government
from build_scripts.exports.jsonschema import record_definition
from build_scripts.load import read
from build_scripts.pages import project, region, unit

TODAY = date(2026, 11, 28)
SERIES = "series_id,indicator_id,title\ngdp-services,gdp,服务业\ngdp-farms,gdp,农业\n"
DIMENSIONS = "series_id,dimension,value\ngdp-services,行业,服务业\ngdp-farms,行业,农业\n"
HEAD = "indicator_id,series_id,region_id,period,basis,pub,source_id,value"
PARTS = (
    f"{HEAD}\ngdp,gdp-services,city,2023,main,2024-03-01,gazette,90\ngdp,gdp-farms,city,2023,,2024-03-01,gazette,9\n"
)
TEXTS = """\
table,key,field,lang,text,official
regions,city,name,en,Testing City,
projects,road,title,en,Roads,true
"""


def said(**settings: object) -> Change:
    return descriptor(lambda meta: meta.update(disclosure=settings))


def found(folder: Path) -> list[tuple[str, int, str]]:
    return [(item.code, item.row, item.field) for item in find_violations(read(folder), TODAY)]


PARTED = (table("series", SERIES), table("series_dimensions", DIMENSIONS))


def test_all_new_tables_are_read(make_package):
    bilingual = said(languages=["zh", "en"])
    folder = make_package(*PARTED, table("breakdowns", PARTS), bilingual, table("translations", TEXTS))
    assert found(folder) == []
    package = checked(read(folder), TODAY)
    assert [each.title for each in package.series] == ["服务业", "农业"]
    assert [(each.value, each.basis, each.obs_status) for each in package.breakdowns] == [
        (90, "main", "A"),
        (9, "main", "A"),
    ]
    assert [each.official for each in package.translations] == [None, True]


def test_what_a_day_does_not_know_is_not_there(make_package):
    bilingual = said(languages=["zh", "en"])
    package = checked(
        read(make_package(*PARTED, table("breakdowns", PARTS), bilingual, table("translations", TEXTS))), TODAY
    )
    before = asof(package, date(2023, 1, 1))
    assert (before.breakdowns, len(before.series), len(before.translations)) == ((), 2, 2)
    unissued = asof(package, date(2020, 1, 1))
    assert (unissued.breakdowns, unissued.series) == ((), ())
    assert [each.table for each in unissued.translations] == ["regions"]
    assert asof(package, date(2025, 1, 1)).breakdowns == package.breakdowns


@pytest.mark.parametrize(
    ("settings", "field", "hint"),
    [
        ({"timezone": "Asia/Shangai"}, "disclosure.timezone", "Asia/Shanghai"),
        ({"timezone": "../etc"}, "disclosure.timezone", "Europe/London"),
        ({"languages": []}, "disclosure.languages", '["zh", "en"]'),
        ({"languages": ["zh", "Chinese"]}, "disclosure.languages[1]", "fr-CA"),
        ({"languages": ["zh", "zh"]}, "disclosure.languages[1]", "只写一次"),
        ({"fiscal_year_start": 13}, "disclosure.fiscal_year_start", "1 至 12"),
        ({"fiscal_year_start": True}, "disclosure.fiscal_year_start", "1 至 12"),
        ({"information_request": "no"}, "disclosure.information_request", "null"),
        ({"information_request": {"laws": "x"}}, "disclosure.information_request.laws", "wording"),
        ({"information_request": {"wording": "Dear {body}"}}, "disclosure.information_request.wording", "{items}"),
        ({"units_scale": "万"}, "disclosure.units_scale", "列表"),
        ({"units_scale": ["万", "兆"]}, "disclosure.units_scale", "crore"),
        ({"currency": "yuan"}, "disclosure.currency", "CNY"),
        ({"time_zone": "Asia/Shanghai"}, "disclosure.time_zone", "timezone"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told(make_package, settings, field, hint):
    problems = find_violations(read(make_package(said(**settings))), TODAY)
    assert [(item.code, item.field) for item in problems] == [("disclosure-invalid", field)]
    assert hint in problems[0].hint


def test_what_is_not_said_is_as_it_was():
    chinese = government({})
    assert (chinese.languages, chinese.timezone, chinese.fiscal_year_start) == (("zh",), "Asia/Shanghai", 1)
    assert chinese.information_request == InformationRequest()
    assert (chinese.units_scale, chinese.currency) == (("万", "亿"), "")
    english = government({"disclosure": {"languages": ["en"]}})
    assert (english.information_request, english.units_scale) == (None, ())
    assert government({"disclosure": {"information_request": None}}).information_request is None


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ("regions,city,name", "region,city,name", "translation-unknown", "table"),
        ("regions,city,name", "regions,town,name", "translation-unknown", "key"),
        ("regions,city,name", "regions,city,order", "translation-unknown", "field"),
        ("name,en,", "name,fr,", "translation-language", "lang"),
        ("name,en,", "name,zh,", "translation-language", "lang"),
        ("projects,road,title,en", "regions,city,name,en", "key-duplicate", "table"),
    ],
)
def test_a_translation_of_nothing_is_told(make_package, old, new, code, field):
    assert old in TEXTS
    problems = found(make_package(said(languages=["zh", "en"]), table("translations", TEXTS.replace(old, new))))
    assert (code, field) in [(found_code, found_field) for found_code, _row, found_field in problems]


REQUEST = {"law": "公开条例", "wording": "{body}：依据{law}，请公开{items}", "how": "在线提交"}
LETTER = "datapackage,datapackage,disclosure.information_request.wording,en,"


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        (LETTER + '"To {body}: under {law}, please send {items}",false', "", ""),
        ("datapackage,datapackage,description,en,What it is,false", "", ""),
        (LETTER + "To {body},false", "disclosure-invalid", "text"),
        (LETTER.replace("wording", "words") + "{items},false", "translation-unknown", "field"),
        ("datapackage,datapackage,resources.0.title,en,Plans,false", "translation-unknown", "field"),
        ("datapackage,package,title,en,Progress,false", "translation-unknown", "key"),
    ],
)
def test_a_translation_of_the_descriptor_is_of_a_text_that_is_there(make_package, row, code, field):
    settings = said(languages=["zh", "en"], information_request=REQUEST)
    described = descriptor(lambda meta: meta.update(description="是什么"))
    header = TEXTS.splitlines()[0]
    problems = found(make_package(settings, described, table("translations", f"{header}\n{row}\n")))
    assert [(each, at) for each, _row, at in problems] == ([(code, field)] if code else [])


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("series_dimensions", "gdp-farms,行业,农业\n", "", ("series-apart", 3, "series_id")),
        ("series_dimensions", "行业,农业", "行业,服务业", ("series-apart", 3, "series_id")),
        ("breakdowns", "gdp,gdp-farms", "parks,gdp-farms", ("breakdown-indicator", 3, "indicator_id")),
        (
            "breakdowns",
            "gdp-farms,city,2023,,2024-03-01",
            "gdp-farms,city,2023,,2023-03-01",
            ("pub-before-period-end", 3, "pub"),
        ),
        ("breakdowns", "gdp-farms,city,2023", "gdp-farms,city,2023-13", ("period-impossible", 3, "period")),
        ("breakdowns", "gazette,9\n", "gazette,\n", ("value-missing", 3, "value")),
    ],
)
def test_a_part_that_does_not_fit_is_told(make_package, name, old, new, expected):
    texts = {"series": SERIES, "series_dimensions": DIMENSIONS, "breakdowns": PARTS}
    assert old in texts[name]
    texts[name] = texts[name].replace(old, new)
    problems = found(make_package(*(table(each, text) for each, text in texts.items())))
    assert expected in problems


FISCAL = (
    cell("observations", 2, "period", "2022-04-01/P12M"),
    cell("observations", 3, "period", "2021-04-01/P12M"),
)


def test_fiscal_years_that_nobody_told_of_are_told(make_package):
    expected = ("fiscal-year-unset", 0, "disclosure.fiscal_year_start")
    assert expected in found(make_package(*FISCAL))
    assert expected not in found(make_package(*FISCAL, said(fiscal_year_start=4)))
    assert expected not in found(make_package(FISCAL[0]))


def test_a_series_nobody_listed_is_told(make_package):
    lost = table("breakdowns", PARTS.replace("gdp-farms", "gdp-mines"))
    codes = {code for code, _row, _field in found(make_package(*PARTED, lost))}
    assert codes & {"reference-unknown", "name-unknown", "foreign-key", "cell-reference"}, codes


LISTS = """\
list,code,label,plural,order
region_level,nation,国家,,1
region_level,province,省,,2
region_level,circle,经济圈,,3
project_kind,programme,计划,,1
unit_category,ministry,部,,1
"""


def own_lists(text: str = LISTS) -> tuple[Change, ...]:
    """A government with levels of place, kinds of project and kinds of body of its own."""
    levels = [
        cell("regions", row, "level", code) for row, code in enumerate(("nation", "province", "province", "circle"), 2)
    ]
    kinds = [cell("projects", row, "kind", "programme") for row in (2, 3)]
    bodies = [cell("units", row, "category", "ministry") for row in (2, 3)]
    return table("vocabulary", text), *levels, *kinds, *bodies


def test_the_vocabulary_decides_the_lists(make_package):
    folder = make_package(*own_lists())
    assert found(folder) == []
    package = checked(read(folder), TODAY)
    roles = {region: role.name for region, role in package.roles.items()}
    assert roles == {"city": "WHOLE", "county-a": "PART", "county-b": "PART", "group-ab": "GROUP"}
    assert package.lists.codes("unit_category") == ("ministry",)


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        ("region_level,circle,经济圈,,3\n", [("targets/regions.csv", 5, "level")]),
        ("project_kind,programme,计划,,1", [("targets/projects.csv", 2, "kind"), ("targets/projects.csv", 3, "kind")]),
        ("unit_category,ministry,部,,1", [("targets/units.csv", 2, "category"), ("targets/units.csv", 3, "category")]),
    ],
)
def test_a_kind_the_vocabulary_lacks_is_told(make_package, row, fields):
    other = row.replace(row.split(",")[1], "x")
    problems = find_violations(read(make_package(*own_lists(LISTS.replace(row, other)))), TODAY)
    told = [(item.file, item.row, item.field) for item in problems if item.code == "word-unlisted"]
    assert told == fields


def test_without_a_vocabulary_the_lists_are_those_of_contract_one(make_package):
    package = checked(read(make_package()), TODAY)
    assert package.lists.codes("region_level") == ("city", "group", "county", "zone", "area")
    told = find_violations(read(make_package(loose(), cell("regions", 2, "level", "nation"))), TODAY)
    assert [(item.code, item.row, item.field) for item in told] == [("word-unlisted", 2, "level")]


def test_pages_ask_the_vocabulary(tmp_path):
    given = made(tmp_path, *own_lists())
    kinds = [group.title for page in project.pages(given) if page.address == "projects/" for group in page.view.groups]
    bodies = [group.title for page in unit.pages(given) if page.address == "units/" for group in page.view.groups]
    places = [group.title for page in region.pages(given) if page.address == "regions/" for group in page.view.groups]
    assert (kinds, bodies, places) == (["计划"], ["部"], ["国家", "省", "经济圈"])


def test_the_published_schema_names_the_words_of_the_vocabulary(tmp_path):
    published = made(tmp_path, *own_lists()).published
    tables = published.tables
    for name, column_, codes in (
        ("regions", "level", ["nation", "province", "circle"]),
        ("projects", "kind", ["programme"]),
        ("units", "category", ["ministry"]),
    ):
        (own,) = (each for each in tables[name].fields if each.name == column_)
        assert own.raw["constraints"] == {"required": True, "enum": codes}
        assert all(code in own.description for code in codes)
        assert record_definition(tables[name])["properties"][column_]["enum"] == codes
