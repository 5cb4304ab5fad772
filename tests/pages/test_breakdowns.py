"""Breakdowns of an indicator: tables without JavaScript, small multiples, chips, a file; and nothing of them judged."""

import csv
import io
import json
from datetime import date

import pytest
from packages import table
from page_samples import made

from build_scripts.assess import assess_package
from build_scripts.exports import artifacts
from build_scripts.pages import indicator
from build_scripts.pages.breakdowns import breakdown_specs
from build_scripts.render import render_page

SERIES = """\
series_id,indicator_id,title
women,urban-share,女性
men,urban-share,男性
women-old,urban-share,65岁以上女性
men-old,urban-share,65岁以上男性
women-young,urban-share,15—24岁女性
men-young,urban-share,15—24岁男性
"""
DIMENSIONS = """\
series_id,dimension,value
women,性别,女
men,性别,男
women-old,性别,女
women-old,年龄,65岁以上
men-old,年龄,65岁以上
men-old,性别,男
women-young,性别,女
women-young,年龄,15—24岁
men-young,性别,男
men-young,年龄,15—24岁
"""
NAMES = ("women", "men", "women-old", "men-old", "women-young", "men-young")


def rows() -> str:
    head = "indicator_id,series_id,region_id,period,basis,pub,source_id,value,obs_status"
    lines = [
        f"urban-share,{name},city,{year},main,{year + 1}-03-01,gazette,{50 + at}.{year % 10},A"
        for at, name in enumerate(NAMES)
        for year in range(2015, 2024)
    ]
    revised = "urban-share,women,city,2023,main,2024-05-01,gazette,55.5,P"
    return "\n".join([head, *lines, revised, ""])


@pytest.fixture
def given(tmp_path):
    listed = (("series", SERIES), ("series_dimensions", DIMENSIONS), ("breakdowns", rows()))
    return made(tmp_path, *(table(name, text) for name, text in listed))


def page_of(given, name="urban-share"):
    return next(page for page in indicator.pages(given) if page.address == f"indicators/{name}/")


def test_each_set_of_dimensions_is_one_table(given):
    sex, both = page_of(given).view.facets
    assert (sex.heads, [row.names for row in sex.rows]) == (("性别",), [("女",), ("男",)])
    assert both.heads == ("性别", "年龄")
    assert [row.names for row in both.rows][1] == ("男", "65岁以上")
    assert sex.periods == tuple(f"{year}年" for year in range(2018, 2024))


def test_a_later_figure_takes_the_place_of_an_earlier(given):
    sex, _both = page_of(given).view.facets
    assert sex.rows[0].figures[-1] == "55.5（初步数）"
    assert sex.rows[1].figures[-1] == "51.3"


def test_the_table_is_in_the_page_and_chips_choose_from_it(given):
    sex, both = page_of(given).view.facets
    assert sex.chips == ()
    assert [(chips.label, chips.place, chips.values) for chips in both.chips] == [
        ("性别", 0, ("女", "男")),
        ("年龄", 1, ("65岁以上", "15—24岁")),
    ]
    text = render_page(page_of(given))
    assert '<th scope="row">女</th><td>65岁以上</td>' in text
    assert 'data-chips="parts-2-table"' in text
    assert text.index("{ #series }") < text.index("{ #breakdowns }") < text.index("{ #targets }")


def test_small_multiples_share_one_scale(given):
    first, second = breakdown_specs(given.report)
    assert (first.id, second.id) == ("urban-share-parts-1", "urban-share-parts-2")
    assert "2个分组" in first.title
    assert second.table.rows[0][0] == "女，65岁以上"


def test_only_the_headline_is_judged(tmp_path, given):
    plain = made(tmp_path)
    day = date(2024, 6, 30)
    assert assess_package(given.report.package, day) == assess_package(plain.report.package, day)


def test_the_file_holds_every_figure_with_what_tells_it_apart(given):
    path = "data/subsets/breakdowns/urban-share.csv"
    file = next(each for each in given.published.subsets if each.path == path)
    found = list(csv.DictReader(io.StringIO(file.content.decode())))
    assert (len(found), file.rows) == (55, 55)
    old = next(row for row in found if row["series_id"] == "men-old")
    assert (old["性别"], old["年龄"], old["period"]) == ("男", "65岁以上", "2015")
    assert any(each.path == "data/csv/breakdowns.csv" for each in given.published.downloads)
    # As JSON once: the interface leads to the file instead of repeating it.
    files = {each.path: each.data for each in artifacts(given.published)}
    assert [path for path in files if path.endswith("breakdowns.json")] == ["data/json/breakdowns.json"]
    (led,) = json.loads(files["api/v1/index.json"])["files"]
    assert led["path"].endswith("data/json/breakdowns.json")
    assert led["count"] == len(json.loads(files["data/json/breakdowns.json"]))
    assert any("breakdowns/urban-share.csv" in link.address for link in page_of(given).view.files)


def test_an_indicator_without_breakdowns_says_nothing_of_them(given):
    assert page_of(given, "gdp").view.facets == ()
    assert "#breakdowns" not in render_page(page_of(given, "gdp"))


def test_several_places_have_a_column(tmp_path):
    more = rows() + "urban-share,women,county-a,2023,main,2024-03-01,gazette,40,A\n"
    listed = (("series", SERIES), ("series_dimensions", DIMENSIONS), ("breakdowns", more))
    given = made(tmp_path, *(table(name, text) for name, text in listed))
    sex, _both = page_of(given).view.facets
    assert sex.heads == ("性别", "地方")
    assert ("女", "甲县") in [row.names for row in sex.rows]
