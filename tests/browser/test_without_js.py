"""With scripts off the site still says everything: charts, tables, navigation, and no control that does nothing."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.site]


@pytest.fixture(params=[360, 1440], ids=["phone", "desk"])
def plain(request, window):
    """A page that runs no script, narrow and wide."""
    return window(request.param, java_script_enabled=False)


def test_chart_and_its_table_are_there(plain, base):
    plain.goto(f"{base}indicators/gdp/")
    figure = plain.locator("figure.chart").first
    expect(figure.locator("svg:visible")).to_have_count(1)
    expect(figure.locator("button:visible")).to_have_count(0)
    figure.locator("summary").first.click()
    expect(figure.locator("table")).to_be_visible()
    assert figure.locator("tbody tr").count() >= 3


def test_a_target_s_chart_stands_above_its_one_table(plain, base):
    plain.goto(f"{base}targets/ydsq-urbanisation-city-2025/")
    figure = plain.locator("figure.chart").first
    expect(figure.locator("svg:visible")).to_have_count(1)
    expect(figure.locator("button:visible")).to_have_count(0)
    expect(plain.locator("#figures ~ .table-frame table, #figures ~ * table").first).to_be_visible()
    assert plain.locator("#figures ~ * table").first.locator("tbody tr").count() >= 3


@pytest.fixture(scope="session")
def desk(chromium):
    """A page at a desk that runs no script, for one visit after the other."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_no_control_without_effect(desk, base, kind):
    desk.goto(base + kind.sample)
    controls = desk.locator("main :is(button, select, input):visible")
    assert [each.evaluate("it => it.outerHTML.slice(0, 120)") for each in controls.all()] == []


def test_all_rows_of_the_list_are_shown(plain, base, real_site):
    plain.goto(f"{base}targets/")
    rows = plain.locator("main table tbody tr")
    assert rows.count() >= len([path for path in (real_site / "targets").iterdir() if path.is_dir()])
    assert plain.locator("main table tbody tr:visible").count() == rows.count()


def test_links_lead_from_home_to_a_target(plain, base):
    plain.goto(base)
    plain.locator("main .named a[href^='targets/']").first.click()
    assert "/targets/" in plain.url
    expect(plain.locator(".verdict")).to_be_visible()


def test_sections_are_reached_on_a_phone(window, base):
    page = window(360, java_script_enabled=False)
    page.goto(base)
    page.locator("label[for=__drawer].md-header__button").click()
    page.locator(".md-nav--primary a[href='regions/']:visible").first.click()
    assert page.url == f"{base}regions/"


def test_sections_are_reached_at_a_desk(window, base):
    page = window(1440, java_script_enabled=False)
    page.goto(base)
    page.locator(".md-tabs a[href='targets/']").click()
    assert page.url == f"{base}targets/"
