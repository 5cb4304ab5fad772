"""Pages of responsible bodies: what a body leads and shares in, and the letter there is to write to it."""

from datetime import date

from packages import add, cell
from page_samples import emptied, made

from build_scripts.pages import project, region, unit
from build_scripts.render import render_page


def views(given):
    return {page.address.split("/")[1]: page.view for page in unit.pages(given) if page.address != "units/"}


def test_projects_a_body_leads_are_not_counted_among_those_it_shares_in(tmp_path):
    shared = add("responsibilities", project_id="show", unit_id="transport", role="responsible", order="2")
    found = views(made(tmp_path, shared))
    assert found["transport"].sentence == "测试市交通局牵头2项目标、1项工程，参与1项工程。"
    assert found["dev-reform"].sentence == "测试市发展改革委没有牵头的目标，参与2项工程。"


def test_a_body_that_leads_a_project_without_targets_leads_it_all_the_same(tmp_path):
    leads = cell("responsibilities", 4, "role", "lead"), cell("projects", 3, "lead_unit_id", "dev-reform")
    assert (
        views(made(tmp_path, *leads))["dev-reform"].sentence
        == "测试市发展改革委没有牵头的目标，牵头1项工程，参与1项工程。"
    )


def test_a_name_for_several_bodies_is_not_counted_as_one(tmp_path):
    given = made(tmp_path, cell("units", 2, "name", "各工作小组"))
    (shown,) = [each for each in project.pages(given) if each.address == "projects/show/"]
    assert shown.view.sentence == "这个示范平台没有写明牵头单位，列了责任单位，没有单列目标。"


def test_a_name_for_several_bodies_is_not_said_to_take_no_requests(tmp_path):
    found = views(made(tmp_path, cell("units", 2, "name", "各工作小组")))["dev-reform"]
    assert found.letter_lead.startswith("“各工作小组”不是单独一家单位；")
    company = views(made(tmp_path, cell("units", 2, "category", "enterprise")))["dev-reform"]
    assert company.letter_lead.startswith("测试市发展改革委不受理政府信息公开申请；")


def test_a_body_that_leads_nothing_is_promised_no_letter(tmp_path):
    found = views(made(tmp_path))["dev-reform"]
    assert found.letter == ""
    assert found.letter_lead == "没有要单独向测试市发展改革委问的目标。按收信单位分好的全部信件："


def test_an_item_of_a_letter_names_the_target_and_where_it_is_printed(tmp_path):
    found = views(made(tmp_path, emptied("observations"), emptied("task_events")))["transport"]
    where = "《测试市发展规划（虚构）》（测政〔2021〕1号）“三、（一）”部分"
    assert f"累计完成投资50亿元：{where}提出“50亿元”" in found.letter
    assert found.letter_lead.startswith("由测试市交通局牵头、还没有查到数据的目标")


def test_lists_leave_out_columns_of_noughts_and_say_so(tmp_path):
    given = made(tmp_path, as_of=date(2026, 6, 30))
    (regions,) = [page for page in region.pages(given) if page.address == "regions/"]
    counties = next(group for group in regions.view.groups if group.anchor == "county")
    assert counties.note == "全是 0 的列略去：已知有公布、尚未收录；查过、未见公布；只查过别处。"
    assert next(group for group in regions.view.groups if group.anchor == "group").note == (
        "这些地方没有到期未收录的目标。"
    )
    text = render_page(regions)
    table = text[text.index("{ #county }") :]
    assert "尚未查找" in table[: table.index("</thead>")]
    assert "只查过别处" not in table[: table.index("</thead>")]
