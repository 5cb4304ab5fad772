"""A published error is corrected by a new row: the bulletin keeps its bytes, its page of what came later tells it."""

from datetime import date

import pytest
from packages import add

from build_scripts.bulletins import digests
from build_scripts.checks import load_package
from build_scripts.pages import SiteData, bulletin, bulletins
from build_scripts.render import render_page
from build_scripts.report import build_report

TODAY = date(2025, 7, 1)
ADDRESS = "bulletins/2024/"
TOLD = add("bulletins", bulletin_id="2024", kind="year", period="2024", as_of="2025-03-31", released="2025-04-02")
FIGURE = add(
    "observations", indicator_id="gdp", region_id="city", period="2023", basis="main", pub="2025-05-01",
    source_id="gazette", value="181.5", obs_status="A",
)  # fmt: skip
GONE = add(
    "observations", indicator_id="gdp", region_id="city", period="2023", basis="main", pub="2025-05-01",
    source_id="gazette", value="", obs_status="M", note="误报",
)  # fmt: skip


def step(day: str, state: str):
    return add(
        "task_events",
        task_id="ring-road",
        date=day,
        state=state,
        pub="2025-06-02",
        source_id="paper",
        note="更正：前报有误",
    )


@pytest.fixture
def texts(make_package):
    """`texts(*changes)` → the bulletin's page and the one of what came after it."""

    def make(*changes):
        package = load_package(make_package(TOLD, *changes), TODAY)
        given = SiteData(build_report(package, TODAY), digests=digests(package, TODAY))
        made = (*bulletin.pages(given), *bulletins.pages(given))
        pages = {page.address: render_page(page) for page in made if page.address.startswith(ADDRESS)}
        return pages[ADDRESS], pages[f"{ADDRESS}later/"]

    return make


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (FIGURE, ["180亿元", "181.5亿元", "此后有不同公布的数据（1个）"]),
        (GONE, ["180亿元", "撤回，这一期不再有数"]),
        (
            step("2025-06-01", "in_progress"),
            ["2024年11月30日，已完成", "2025年6月1日，正在推进", "重新启动", "更正的任务进展（1条）"],
        ),
        (step("2024-11-30", "in_progress"), ["2024年11月30日，已完成", "2024年11月30日，正在推进", "更正"]),
        (step("2024-12-20", "suspended"), ["2024年12月20日，已暂停", "重新启动"]),
        (step("2024-10-15", "done"), ["2024年10月15日，已完成", "更正"]),
    ],
)
def test_the_bulletin_stays_and_the_page_beside_it_tells_the_correction(texts, change, told):
    plain, nothing = texts()
    page, later = texts(change)
    assert page == plain
    assert f"{ADDRESS.split('/')[1]}/later/" in plain or "later/" in plain
    for words in told:
        assert words in later
    assert later != nothing
    assert "任务进展的更正" not in nothing


def test_what_follows_is_no_correction(texts):
    _page, later = texts(add("task_events", task_id="ring-road", date="2025-06-01", state="done", pub="2025-06-02",
                             source_id="paper"))  # fmt: skip
    assert "任务进展的更正" not in later
