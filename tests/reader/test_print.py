"""On paper: no navigation, whole tables and charts, and a whole report that carries every target."""

import csv
from pathlib import Path

import pytest

pytestmark = [pytest.mark.site, pytest.mark.browser]
with (Path(__file__).parents[2] / "datapackage" / "targets" / "targets.csv").open(encoding="utf-8") as file:
    TARGETS = [row["target_id"] for row in csv.DictReader(file)]
# A4 less its margins, in CSS pixels: what is wider than this is cut. Some parts ask for paper laid across.
WIDTH, HEIGHT, ACROSS = 688, 1000, 1047
PAGES = (
    "", "plans/ydsq-2020/", "projects/sdgc-05/", "targets/ydsq-gdp-city-2025/", "indicators/gdp/", "regions/liandu/",
    "units/shi-fagaiwei/", "sources/", "bulletins/", "problems/", "data/", "data/quality/", "method/", "report/",
)  # fmt: skip
GONE = ".md-header, .md-tabs, .md-sidebar, .md-footer, .md-search, .crumbs, .filter__fields, .chart-open"
CUT = """([room, across]) => {
  const paper = it => {
    const asked = getComputedStyle(it).page;
    return asked === 'auto' && it.parentElement ? paper(it.parentElement) : asked;
  };
  return [...document.querySelectorAll('table.data, figure.chart svg, .strip__bar, pre')]
  .filter(it => it.getClientRects().length)
  .map(it => [it, it.getBoundingClientRect().right, paper(it) === 'across' ? across : room])
  .filter(([it, right, limit]) => right > limit + 1)
  .map(([it, right]) => `${it.tagName} ${it.id} ${Math.round(right)}`);
}"""


@pytest.mark.parametrize("path", PAGES)
def test_paper_has_no_navigation_and_nothing_is_cut(page, address, path):
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.goto(f"{address}{path}")
    page.emulate_media(media="print")
    assert page.locator(GONE).evaluate_all("all => all.filter(it => it.getClientRects().length).length") == 0
    assert page.evaluate(CUT, [WIDTH, ACROSS]) == []


def test_the_whole_report_has_every_target_once(page, address):
    page.goto(f"{address}report/")
    links = page.locator("table.report tbody th a").evaluate_all("all => all.map(it => it.href.split('/').at(-2))")
    assert sorted(links) == sorted(TARGETS)
    assert page.locator("table.report .badge").count() == len(TARGETS)


def test_the_whole_report_prints(page, address):
    page.goto(f"{address}report/")
    data = page.pdf(format="A4", prefer_css_page_size=True)
    assert data.startswith(b"%PDF")
    assert 8 <= data.count(b"/Type /Page\n") <= 40


def test_heads_of_sorted_tables_are_words_on_every_sheet(page, address):
    page.goto(f"{address}forms/indicators/")
    assert page.locator("thead .sort-plain").first.is_hidden()
    page.emulate_media(media="print")
    assert page.locator("thead .sort").first.is_hidden()
    words = page.locator("thead .sort-plain:visible").all_inner_texts()
    assert len(words) == page.locator("table.data thead th").count()
    assert all(words)
