"""What a reader meets on one screen: lists of a bearable height, counts that agree, three clicks, paper."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.site]
TALLEST = 6000
# The longest page of every kind that is a list.
LISTS = (
    "", "regions/", "regions/lishui/", "regions/jinyun/", "regions/qingtian/", "plans/", "plans/ydsq-2020/",
    "plans/sdgc-2023/", "calendar/", "works/", "projects/", "projects/ydsq-l5/", "units/", "units/shi-fagaiwei/",
    "targets/", "indicators/", "sources/", "problems/", "forms/indicators/", "forms/tasks/", "forms/problems/",
    "letters/", "searches/", "bulletins/", "bulletins/2025-q4/", "bulletins/2024/", "data/", "data/quality/",
    "data/revisions/", "organisation/", "projects/sdgc-10/", "indicators/gdp/",
)  # fmt: skip
MOST_SHEETS = 3


@pytest.fixture(scope="module")
def tab(chromium):
    context = chromium.new_context(locale="zh-CN")
    yield context.new_page()
    context.close()


def test_no_list_is_taller_than_a_reader_bears_before_asking_for_more(tab, address):
    """On a phone and at a desk, in one visit: the layout follows the window (tests/browser/test_pages.py)."""
    tall = {}
    for page in LISTS:
        tab.goto(address + page)
        for width in (360, 1440):
            tab.set_viewport_size({"width": width, "height": 900})
            height = tab.evaluate("document.documentElement.scrollHeight")
            if height > TALLEST:
                tall[page, width] = height
    assert not tall


def test_what_is_folded_is_in_the_page_and_prints(tab, address):
    tab.goto(f"{address}plans/ydsq-2020/")
    links = "new Set([...document.querySelectorAll('details.rest a[href*=\"targets/\"]')].map(a => a.href)).size"
    assert tab.evaluate(links) == 194
    tab.emulate_media(media="print")
    hidden = tab.evaluate("document.querySelectorAll('details.rest').length")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert tab.evaluate("document.querySelectorAll('details.rest[open]').length") == hidden
    tab.emulate_media(media="null")


def test_the_calendars_numbers_agree(tab, address):
    tab.goto(f"{address}calendar/")
    rows = tab.locator("figure.chart .chart-table tbody tr")
    drawn = {}
    for index in range(rows.count()):
        cells = rows.nth(index).locator("th, td").all_text_contents()
        drawn[cells[0].strip()] = int(cells[-1])
    months: dict[str, int] = {}
    for title in tab.locator("details.rest > summary").all_text_contents():
        found = re.match(r"(\d{4}年)\d+月（(?:(\d+)项目标)?", title.strip())
        if found:
            months[found[1]] = months.get(found[1], 0) + int(found[2] or 0)
    assert {year: n for year, n in drawn.items() if year in months} == months
    said = tab.locator(".reading").inner_text()
    assert f"{drawn['未写年份']}项目标" in said
    title = tab.locator("figure.chart figcaption, figure.chart .chart-title").first.inner_text()
    unjudged = int(re.search(r"(\d+)项还不能下结论", title)[1])
    unanswered = int(re.search(r"(\d+)项到期未收录结果", said)[1])
    vague = int(re.search(r"(\d+)项暂不可评估", said)[1])
    assert unanswered + vague == unjudged


@pytest.mark.parametrize("page", ["", "calendar/"])
def test_a_chart_of_fewer_targets_says_which_are_missing(tab, address, real_site, page):
    """All targets are counted somewhere on the screen, or the chart says why it has fewer."""
    with (real_site / "data/csv/targets.csv").open(encoding="utf-8-sig") as file:
        everything = sum(1 for _ in csv.DictReader(file))
    tab.goto(f"{address}{page}")
    chart = tab.locator("figure.chart").first
    counted = int(re.search(r"(\d+)项目标", chart.inner_text())[1])
    missing = [int(n) for n in re.findall(r"(?:重复的|例行的)(\d+)项", chart.locator(".chart-key").inner_text())]
    assert counted + sum(missing) == everything


def test_from_a_county_to_the_promise_to_who_answers_to_asking_in_three_clicks(tab, address):
    tab.set_viewport_size({"width": 1440, "height": 900})
    tab.goto(f"{address}regions/jinyun/")
    tab.locator("article table a[href*='targets/']").first.click()
    tab.wait_for_url("**/targets/**")
    expect(tab.locator("#request")).to_have_count(1)
    assert "申请公开" in tab.locator(".request code").first.inner_text()
    tab.locator("dl.facts a[href='#request'], dl.facts a[href*='units/']").last.click()
    tab.wait_for_load_state()
    assert tab.url.endswith("#request") or "/units/" in tab.url
    if "/units/" in tab.url:
        expect(tab.locator("#letter")).to_have_count(1)


def test_no_target_is_a_dead_end(real_site):
    """Also where the plan prints no lead, the page names a body and has the letter to it."""
    for path in (real_site / "targets").glob("*/index.html"):
        text = path.read_text(encoding="utf-8")
        assert 'id="request"' in text, path
        assert "信已经写好" in text, path


def test_under_a_page_no_space_stands_between_chinese_sentences(tab, address):
    tab.goto(f"{address}targets/ydsq-gdp-city-2025/")
    said = tab.locator("footer.provenance").inner_text()
    assert "。资料收到" in said
    assert "补充来源（由本站" in said


def test_without_data_the_letter_is_on_the_first_screen(tab, address):
    tab.set_viewport_size({"width": 1440, "height": 900})
    tab.goto(f"{address}targets/sdgc-03-platforms-10-2027/")
    top = tab.evaluate("document.querySelector('.request').getBoundingClientRect().top")
    assert top < 900


@pytest.mark.parametrize("target", ["sdgc-03-platforms-10-2027", "ydsq-five-intercity-rail", "ydsq-digital-va-2025"])
def test_without_data_a_phone_s_first_screen_leads_to_the_letter(tab, address, target):
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.goto(f"{address}targets/{target}/")
    button = tab.locator(".verdict a.button[href='#request']")
    assert button.bounding_box()["y"] < 740
    button.click()
    assert tab.url.endswith("#request")
    assert tab.locator(".request").first.bounding_box()["y"] < 740


def test_no_page_of_the_menu_is_empty(real_site):
    from selectolax.lexbor import LexborHTMLParser as HTMLParser  # noqa: PLC0415 - as below

    home = HTMLParser((real_site / "index.html").read_text(encoding="utf-8"))
    menu = {link.attributes["href"] for link in home.css(".md-tabs a, .md-nav--primary a")}
    menu = {href for href in menu if href and not href.startswith("#")}
    assert len(menu) > 20
    for href in menu:
        page = HTMLParser((real_site / href / "index.html").read_text(encoding="utf-8")).css_first("article")
        words = len(re.sub(r"\s", "", page.text()))
        assert page.css_first("tbody tr, .request") or words > 400, (href, words)


@pytest.mark.parametrize("target", ["ydsq-gdp-city-2025", "sdgc-06-rural-income-2027", "ydsq-airport-2022"])
def test_a_target_prints_on_three_sheets(tab, address, target, tmp_path):
    tab.goto(f"{address}targets/{target}/")
    pdf = Path(tmp_path / "target.pdf")
    tab.pdf(path=str(pdf), prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes())) <= MOST_SHEETS


def test_numbers_and_their_heads_stand_on_the_same_side(real_site):
    from selectolax.lexbor import LexborHTMLParser as HTMLParser  # noqa: PLC0415 - only this test reads HTML without a browser

    wrong = set()
    for path in real_site.rglob("index.html"):
        kind = path.relative_to(real_site).parts[0]
        tree = HTMLParser(path.read_text(encoding="utf-8"))
        for table in tree.css("table.data"):
            heads = table.css("thead tr th")
            row = next((each.css("th, td") for each in table.css("tbody tr")), [])
            if len(heads) != len(row):
                continue
            for head, cell in zip(heads, row, strict=True):
                right = "num" in (cell.attributes.get("class") or "").split()
                if right != ("num" in (head.attributes.get("class") or "").split()):
                    wrong.add((kind, head.text().strip()))
    assert not wrong
