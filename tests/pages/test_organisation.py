"""The organisation page: conveners and leads as printed, bulletins as made, nothing supposed."""

from datetime import date

from packages import add, cell
from page_samples import made

from build_scripts.bulletins import digests
from build_scripts.pages import SiteData, organisation
from build_scripts.render import render_page

MECHANISM = add(
    "projects", project_id="m-one", plan_id="test-plan", kind="mechanism", order="1", title="一个专班（虚构）",
    short_title="专班", objective="统筹推进", convener="某副市长", section="四/（一）",
)  # fmt: skip
DISPATCH = add(
    "projects", project_id="m-two", plan_id="test-plan", kind="mechanism", order="2", title="月调度（虚构）",
    short_title="月调度", objective="每月一次", section="四/（二）",
)  # fmt: skip


def view(given):
    return next(organisation.pages(given)).view


def test_the_first_mechanism_with_a_convener_stands_over_the_major_projects(tmp_path):
    given = made(tmp_path, MECHANISM, DISPATCH, cell("projects", 2, "convener", "另一位副市长"))
    (plan,) = view(given).plans
    assert plan.top.convener == "某副市长"
    assert [(group.link.address, group.convener, group.lead.label) for group in plan.groups] == [
        ("projects/road/", "另一位副市长", "测试市交通局")
    ]
    assert [each.title for each in plan.mechanisms] == ["月调度（虚构）"]
    assert "1项工程" in view(given).sentence
    assert "2项工作机制" in view(given).sentence


def test_a_convener_that_is_not_printed_is_not_supposed(tmp_path):
    given = made(tmp_path, DISPATCH)
    (plan,) = view(given).plans
    assert plan.top is None
    assert plan.groups[0].convener == "—"
    text = render_page(next(organisation.pages(given)))
    assert "tree__top" not in text
    assert "groups-table-test-plan" in text


def test_platforms_show_their_members(tmp_path):
    (plan,) = view(made(tmp_path)).plans
    ((title, groups),) = plan.helpers
    assert title == "示范平台"
    assert [(group.link.label, group.members) for group in groups] == [("示范平台（虚构）", "测试市发展改革委")]


def test_a_plan_without_mechanisms_says_so(tmp_path):
    given = made(
        tmp_path, cell("projects", 3, "kind", "major_project"), cell("projects", 3, "lead_unit_id", "transport")
    )
    assert view(given).plans == ()
    assert view(given).sentence == "数据包里的规划没有写明工作机制。"


def test_the_grid_tells_bulletins_made_missed_and_to_come(tmp_path):
    given = made(tmp_path, as_of=date(2024, 5, 15))
    assert view(given).grid == ()
    assert view(given).grid_sentence == "本站还没有整理通报。"
    full = SiteData(given.report, {}, given.published, digests(given.report.package, date(2024, 5, 15)))
    (row,) = view(full).grid
    assert [(cell.label, cell.address) for cell in row.months_linked] == [("3月", "bulletins/m-2024-03/")]
    assert [cell.state for cell in row.quarters] == ["没有通报", "还没到时候", "还没到时候", "还没到时候"]
    assert row.whole.state == "还没到时候"
    assert "月度通报1期" in view(full).grid_sentence
