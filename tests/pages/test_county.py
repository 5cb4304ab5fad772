"""A county's page: all that concerns it and why, data first, silence folded, the counties' latest years, one letter."""

from datetime import date

from packages import add, cell
from page_samples import emptied, made, page

from build_scripts.pages import region
from build_scripts.render import render_page

LATER = date(2026, 6, 30)
TARGET = {"plan_id": "test-plan", "kind": "qualitative", "comparator": "none", "in_totals": "true",
          "indicator_id": "parks", "section": "二/（三）"}  # fmt: skip


def county(given, region_id="county-a"):
    return page(region.pages(given), f"regions/{region_id}/").view


def promise(target_id, where, name, printed=None):
    return add("targets", target_id=target_id, region_id=where, name=name, figure_as_printed=printed or name, **TARGET)


def test_what_concerns_a_county_is_gathered_and_says_why(tmp_path):
    given = made(
        tmp_path,
        promise("for-group", "group-ab", "组团共建通道"),
        promise("for-all", "city", "县县通铁路"),
        promise("names-it", "city", "甲县到乙县的快速路"),
        promise("names-other", "city", "乙县的水库"),
        as_of=LATER,
    )
    view = county(given)
    tags = {
        row.link.address: row.tag
        for fold in (view.targets.shown, *(f.rows for f in view.targets.folds))
        for row in fold
    }
    assert tags == {
        "targets/parks-2025/": "单列",
        "targets/for-group/": "甲乙组团",
        "targets/for-all/": "每个县",
        "targets/names-it/": "点名",
    }
    assert [(each.label, each.count) for each in view.reasons] == [
        ("单独给甲县定的", "1项"),
        ("给它所在的甲乙组团定的", "1项"),
        ("说到每个县的", "1项"),
        ("点到甲县名字的", "1项"),
    ]
    assert "targets/names-other/" in render_page(page(region.pages(given), "regions/county-b/"))


def test_a_name_inside_two_others_names_nobody(tmp_path):
    given = made(tmp_path, cell("regions", 4, "name", "县和县"), promise("both", "city", "甲县和县城的路"), as_of=LATER)
    assert "targets/both/" not in {row.link.address for row in county(given, "county-b").targets.shown}


def test_works_in_the_county_stand_on_its_page(tmp_path):
    given = made(tmp_path, cell("tasks", 2, "region_id", "county-a"),
                 add("tasks", task_id="lake", plan_id="test-plan", name="甲县水库", region_id="city", section="三"),
                 as_of=LATER)  # fmt: skip
    view = county(given)
    assert [line.link.address for line in view.lines.shown.lines] == ["works/ring-road/"]
    assert [work.link.address for work in view.silent_works] == ["works/lake/"]


def test_the_chart_shows_each_countys_latest_whole_year_and_never_a_part_of_one(tmp_path):
    given = made(tmp_path,
                 add("observations", indicator_id="gdp", region_id="county-a", period="2024-01-01/P7M", basis="main",
                     pub="2024-09-01", source_id="gazette", value="70", obs_status="A"),
                 add("observations", indicator_id="gdp", region_id="county-b", period="2022", basis="main",
                     pub="2023-09-01", source_id="gazette", value="75", obs_status="A"), as_of=LATER)  # fmt: skip
    view = county(given)
    assert [(bar.link.label, bar.value, bar.year, bar.width, bar.here) for bar in view.bars.bars] == [
        ("甲县", "100亿元", "2023年", "100.00", True),
        ("乙县", "80亿元", "2023年", "80.00", False),
    ]
    assert [row.latest for row in view.series.rows if row.indicator.label == "地区生产总值"] == ["2023年100亿元"]


def test_one_letter_asks_the_county_for_all_that_was_not_found(tmp_path):
    given = made(tmp_path, promise("for-all", "city", "县县通铁路"), emptied("observations"),
                 add("tasks", task_id="lake", plan_id="test-plan", name="水库", region_id="county-a", section="三"),
                 as_of=LATER)  # fmt: skip
    letter = county(given).letter
    assert letter.startswith("甲县人民政府：")
    assert [line[:2] for line in letter.splitlines() if line[:1].isdigit()] == ["1.", "2.", "3."]
    for words in ("“9个”", "“县县通铁路”", "“水库”"):
        assert words in letter


def test_the_countys_own_site_is_linked_only_where_it_is_known(tmp_path):
    assert county(made(tmp_path)).site == ""

    def with_site(folder):
        file = folder / "targets" / "regions.csv"
        lines = file.read_text(encoding="utf-8").splitlines()
        lines = [f"{line},{'url' if n == 0 else 'https://example.org/a' if 'county-a' in line else ''}"
                 for n, line in enumerate(lines)]  # fmt: skip
        file.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")

    assert county(made(tmp_path, with_site)).site == "https://example.org/a"


def test_the_list_of_regions_begins_with_the_counties_as_tiles(given):
    listed = page(region.pages(given), "regions/")
    counties = [each.name for each in given.report.package.regions if each.level == "county"]
    assert sorted(tile.link.label for tile in listed.view.tiles if tile.link) == sorted(counties)
    text = render_page(listed)
    assert text.index('<ul class="tiles') < text.index("## ")
    assert listed.title == "我的县"
