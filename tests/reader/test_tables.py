"""Filtering and sorting the large tables in a real browser; what the filter shows is counted from the data."""

import csv
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

pytestmark = [pytest.mark.site, pytest.mark.browser]
DATA = Path(__file__).parents[2] / "datapackage" / "targets"
with (DATA / "targets.csv").open(encoding="utf-8") as file:
    TARGETS = list(csv.DictReader(file))
FIRST = 40  # rows of a long table before the reader asks
VISIBLE = "#all-targets tbody tr:visible"


def count(page) -> str:
    return page.locator(".filter__count").inner_text()


def shown(page) -> list[str]:
    return page.locator(f"{VISIBLE} th a").all_inner_texts()


@pytest.fixture
def table(page, address):
    page.goto(f"{address}targets/")
    assert page.locator("form.filter").is_visible()
    yield page
    assert not page.complaints


def test_one_choice_shows_the_rows_of_the_data(table):
    for field, column in (("plan", "plan_id"), ("region", "region_id"), ("project", "project_id")):
        code = next(row[column] for row in TARGETS if row[column])
        table.locator(f"select[name={field}]").select_option(code)
        wanted = sum(row[column] == code for row in TARGETS)
        assert count(table) == f"显示{wanted}行，共{len(TARGETS)}行。"
        assert table.locator(VISIBLE).count() == wanted
        table.locator(".filter button[type=reset]").click()
        table.wait_for_function("all => document.querySelector('.filter__count').textContent.includes(all)",
                                arg=f"显示{len(TARGETS)}行")  # fmt: skip


def test_every_choice_of_every_field_shows_something_and_statuses_add_up(table):
    for field in table.locator(".filter select").all():
        total = 0
        for option in field.locator("option").all()[1:]:
            field.select_option(option.get_attribute("value"))
            rows = table.locator(VISIBLE).count()
            assert rows, option.inner_text()
            total += 0 if "（合计）" in option.inner_text() else rows
        if field.get_attribute("name") not in {"county", "unit"}:  # a target may concern several, or none by name
            assert total == len(TARGETS), field.get_attribute("name")
        field.select_option("")


def test_choices_combine_and_words_narrow(table):
    table.locator("select[name=plan]").select_option("ydsq-2020")
    table.locator("input[name=find]").fill("旅游 龙庆")
    wanted = [row["name"] for row in TARGETS if row["plan_id"] == "ydsq-2020" and "龙庆旅游" in row["name"]]
    table.wait_for_function("rows => document.querySelectorAll('#all-targets tbody tr:not([hidden])').length === rows",
                            arg=len(wanted))  # fmt: skip
    assert [name for name in shown(table) if "龙庆旅游" in name]
    table.locator("input[name=find]").fill("没有这样的字")
    table.wait_for_function("() => document.querySelector('.filter__count').textContent.includes('没有符合')")
    assert table.locator(VISIBLE).count() == 0


def test_a_view_is_kept_in_the_address_and_opens_again(table, address):
    table.locator("select[name=plan]").select_option("ydsq-2020")
    table.locator("select[name=data]").select_option("yes")
    table.locator("thead .sort").nth(3).click()
    asked = parse_qs(urlsplit(table.url).query)
    assert asked == {"plan": ["ydsq-2020"], "data": ["yes"], "sort": ["4-"]}
    rows, said = shown(table), count(table)
    table.goto("about:blank")
    table.goto(f"{address}targets/?plan=ydsq-2020&data=yes&sort=4-")
    assert (shown(table), count(table)) == (rows, said)
    assert table.locator("select[name=data]").input_value() == "yes"
    assert table.locator("thead th").nth(3).get_attribute("aria-sort") == "descending"


def test_back_and_forward_change_the_view(table):
    table.locator("select[name=plan]").select_option("ydsq-2020")
    one = count(table)
    table.locator("select[name=data]").select_option("yes")
    two = count(table)
    assert one != two
    table.go_back()
    assert count(table) == one
    table.go_back()
    assert count(table) == f"显示{len(TARGETS)}行，共{len(TARGETS)}行。"
    table.go_forward()
    assert count(table) == one


def test_every_county_and_every_unit_can_be_asked_for(table):
    counties = table.locator("select[name=county] option").all_inner_texts()[1:]
    assert len(counties) == 9
    table.locator("select[name=county]").select_option(label="缙云县")
    names = shown(table)
    assert any("县县通铁路" in name for name in names)
    assert any("缙云" in name for name in names)
    table.locator("select[name=unit]").select_option(label="市交通运输局")
    assert 0 < len(shown(table)) < len(names)


def test_an_address_that_names_no_choice_shows_everything(page, address):
    page.goto(f"{address}targets/?plan=gone&status=%3Cscript%3E&sort=99")
    assert count(page) == f"先显示{FIRST}行，共{len(TARGETS)}行。"
    assert not page.complaints


def test_a_long_table_begins_with_its_first_rows_and_shows_the_rest_when_asked(table):
    assert count(table) == f"先显示{FIRST}行，共{len(TARGETS)}行。"
    first = shown(table)
    assert len(first) == FIRST
    table.emulate_media(media="print")
    assert table.locator(VISIBLE).count() == len(TARGETS)
    assert table.locator("#all-targets tfoot").is_hidden()
    table.emulate_media(media="screen")
    more = table.get_by_role("button", name=f"显示其余{len(TARGETS) - FIRST}行")
    more.click()
    assert count(table) == f"显示{len(TARGETS)}行，共{len(TARGETS)}行。"
    everything = shown(table)
    assert (len(everything), everything[:FIRST]) == (len(TARGETS), first)
    assert table.locator("#all-targets tbody tr").nth(FIRST).locator("a:focus").count() == 1
    assert more.count() == 0


def test_what_a_reader_asks_for_is_looked_for_in_all_rows(table, address):
    table.locator("input[name=find]").fill("常住人口")
    table.wait_for_function("() => document.querySelector('.filter__count').textContent.startsWith('显示')")
    wanted = [row["name"] for row in TARGETS if "常住人口" in row["name"]]
    assert set(wanted) <= set(shown(table))
    table.goto(f"{address}indicators/?sort=1")
    assert table.locator("tbody tr:visible").count() == table.locator("tbody tr").count() > FIRST


def test_sorting_up_down_and_back_with_the_keyboard(table):
    table.locator(".more button").click()
    before = shown(table)
    button = table.locator("thead .sort").first
    head = table.locator("thead th").first
    button.focus()
    table.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    up = shown(table)
    assert sorted(up) == sorted(before)
    assert up != before
    table.keyboard.press("Space")
    assert head.get_attribute("aria-sort") == "descending"
    assert shown(table)[0] == up[-1]
    table.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "none"
    assert shown(table) == before


def test_days_are_sorted_newest_first_and_gaps_go_last(table):
    table.locator("thead .sort").nth(3).click()
    cells = table.locator("#all-targets tbody td.day").all_inner_texts()
    dated = [text for text in cells if text != "—"]
    assert cells[: len(dated)] == dated
    years = [int(text.split("—")[-1].split("至")[-1].lstrip("每年 ")[:4]) for text in dated if "年" in text]
    assert years == sorted(years, reverse=True)
    assert len(years) > 100


@pytest.mark.parametrize("form", ["forms/indicators/", "forms/tasks/", "problems/"])
def test_the_forms_can_be_filtered(page, address, form):
    page.goto(f"{address}{form}")
    filters = page.locator("form.filter")
    assert filters.count() >= 1
    for index in range(filters.count()):
        one = filters.nth(index)
        table = page.locator(f"table#{one.get_attribute('data-filter-for')}")
        everything = table.locator("tbody tr").count()
        choice = one.locator("select").first
        choice.select_option(index=1)
        left = table.locator("tbody tr:visible").count()
        assert 0 < left <= everything
        assert one.locator(".filter__count").inner_text() == f"显示{left}行，共{everything}行。"
    assert not page.complaints


def test_without_scripts_the_table_is_whole_and_no_control_is_shown(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}targets/")
    assert page.locator("#all-targets tbody tr").count() == len(TARGETS)
    assert page.locator("form.filter").is_hidden()
    assert page.locator("thead button").count() == 0
    context.close()


def test_every_control_has_a_label_and_fits_a_phone(page, address):
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(f"{address}targets/")
    for control in page.locator(".filter select, .filter input").all():
        assert control.evaluate("it => it.labels.length === 1 && it.labels[0].textContent.trim() !== ''")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator(".filter__count").get_attribute("role") == "status"
