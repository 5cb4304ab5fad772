"""Who may send a form: every unit of the package, bodies that lead nothing, nobody in the name of several."""

import openpyxl
import pytest
from forms_clerk import PERIOD, Clerk, book_of, plan_for, returned, take_in
from packages import add, cell

from build_scripts.core.errors import UsageError
from build_scripts.forms.content import parts_of, unit_forms
from build_scripts.forms.export import chosen_units, export_forms
from build_scripts.forms.layout import HEAD, HEAD_ROW, NO_LEAD, Form
from build_scripts.forms.status import others, statuses

HEAD_UNIT = next(field for field in HEAD[Form.INDICATORS] if field.code == "unit").value[0]


def without_lead(exported, name: str, **values: object) -> Clerk:
    """A form of rows without a lead, signed by somebody, with one figure."""
    person = Clerk(exported(NO_LEAD))
    person.sign()
    person.sheet(Form.INDICATORS).cell(HEAD_ROW, HEAD_UNIT).value = name
    person.figure("gdp|city", 190, **values)
    return person


def rows_of(plan, table: str, *fields: str) -> list[tuple[str, ...]]:
    return [tuple(row[field] for field in fields) for row in plan.rows.get(table, [])]


def test_a_unit_that_leads_nothing_reports_with_its_own_name(package_dir, exported):
    add("units", unit_id="statistics", name="测试市统计局", category="department")(package_dir)
    plan = take_in(package_dir, without_lead(exported, "测试市统计局").save())
    assert rows_of(plan, "sources", "publisher", "tier", "title") == [
        ("测试市统计局", "1", "测试市统计局2025年10月三张表单")
    ]
    [source] = plan.rows["sources"]
    assert source["source_id"].startswith("form-statistics-2025-10-")
    assert rows_of(plan, "observations", "indicator_id", "value", "source_id") == [("gdp", "190", source["source_id"])]


@pytest.mark.parametrize("tier", ["1", "2"])
def test_a_body_that_the_sources_know_keeps_its_tier(package_dir, exported, tier):
    url = "https://example.org/"
    add("sources", source_id="s", title="年鉴", publisher="测试市气象台（数据中心）", tier=tier, url=url)(package_dir)
    path = without_lead(exported, "市气象台").save()
    [line] = [line for line in returned(package_dir, path).lines if line.code.startswith("body")]
    assert str(line) == (
        f"{path.name}：主要指标进度表!D3：提示：责任单位名单里没有“市气象台”，"
        f"按数据来源里的“测试市气象台（数据中心）”收录，来源等级 {tier}；不是这个单位的，写全称"
    )
    plan = take_in(package_dir, path)
    assert rows_of(plan, "sources", "publisher", "tier") == [("测试市气象台（数据中心）", tier)]
    assert [name for name, _ in others(book_of(package_dir), PERIOD)] == ["测试市气象台（数据中心）"]


@pytest.mark.parametrize(("name", "tier"), [("市气象局", "1"), ("某某数据公司", "3")])
def test_a_new_body_is_asked_about_and_taken_with_a_yes(package_dir, exported, name, tier):
    path = without_lead(exported, name).save()
    plan = plan_for(package_dir, path)
    [question] = [line for line in plan.questions if line.code == "body_new"]
    assert question.where == "主要指标进度表!D3"
    assert question.message == (
        f"责任单位名单和数据来源里都没有“{name}”；按新的填报单位收录，来源等级 {tier}"
        "（1 是公布自己数据的机关，3 是其他）"
    )
    plan = take_in(package_dir, path, accept=["主要指标进度表!D3"])
    assert rows_of(plan, "sources", "publisher", "tier") == [(name, tier)]
    # Known now: the same name is not asked about again.
    again = without_lead(exported, name, note="更正").save("again.xlsx")
    assert [line.code for line in returned(package_dir, again).lines] == ["body_known"]


@pytest.mark.parametrize(
    ("name", "code"), [("", "unit_missing"), ("各牵头单位", "unit_collective"), ("（）", "unit_unknown")]
)
def test_no_name_and_the_name_of_several_are_refused(package_dir, exported, name, code):
    add("units", unit_id="all", name="各牵头单位", category="other")(package_dir)
    item = returned(package_dir, without_lead(exported, name).save())
    assert item.submission is None
    assert code in [line.code for line in item.lines]


def test_a_body_outside_has_no_say_in_what_others_lead_or_in_problems(package_dir, exported):
    person = without_lead(exported, "市气象局")
    person.fill(Form.PROBLEMS, 6, title="噪声", project="公路工程（虚构）", opened="2025-10-01", state="已提出")
    lines = returned(package_dir, person.save()).lines
    assert {line.code for line in lines} & {"project_other", "project_unknown"}


def test_words_for_several_units_are_nobody_to_remind(package_dir):
    add("units", unit_id="all", name="各牵头单位", category="other")(package_dir)
    cell("tasks", 2, "lead_unit_id", "all")(package_dir)
    book = book_of(package_dir)
    task = book.package.tasks[0]
    assert (book.lead_of(task), book.printed_lead(task)) == (NO_LEAD, "各牵头单位")
    assert "各牵头单位" not in [item.unit for item in statuses(book, PERIOD)]
    assert task.task_id in [row.key for row in unit_forms(book, NO_LEAD, PERIOD).tasks]


def test_what_nobody_leads_goes_out_project_by_project(package_dir, tmp_path):
    projects = [("lake", "湖"), ("mountain", "山")]
    for project_id, name in projects:
        add(
            "projects", project_id=project_id, plan_id="test-plan", kind="platform", order=str(len(project_id)),
            title=f"{name}工程（虚构）", short_title=f"{name}工程", objective=name, section="三",
        )(package_dir)  # fmt: skip
        add(
            "tasks", task_id=f"{project_id}-path", plan_id="test-plan", project_id=project_id, name=f"{name}边步道",
            region_id="city", section="三",
        )(package_dir)  # fmt: skip
    book = book_of(package_dir)
    assert parts_of(book, NO_LEAD) == ["", "lake", "mountain"]
    out = tmp_path / "out"
    made = {path.name: forms for path, forms in export_forms(book, PERIOD, [NO_LEAD], "0" * 16, out)}
    assert {name: [row.key for row in forms.tasks] for name, forms in made.items()} == {
        "未明确牵头单位_2025-10_三张表单.xlsx": [],
        "未明确牵头单位_湖工程_2025-10_三张表单.xlsx": ["lake-path"],
        "未明确牵头单位_山工程_2025-10_三张表单.xlsx": ["mountain-path"],
    }
    assert [row.key for row in made["未明确牵头单位_2025-10_三张表单.xlsx"].indicators]
    assert made["未明确牵头单位_湖工程_2025-10_三张表单.xlsx"].indicators == ()

    person = Clerk(tmp_path / "out" / "未明确牵头单位_湖工程_2025-10_三张表单.xlsx")
    title = person.sheet(Form.TASKS)["B1"].value
    assert title == "2025年10月重点任务进度表（湖工程，规划未明确牵头单位的事项）"
    person.sign()
    person.sheet(Form.INDICATORS).cell(HEAD_ROW, HEAD_UNIT).value = "测试市发展改革委"
    person.fill(Form.TASKS, "lake-path", state="推进中")
    plan = take_in(package_dir, person.save())
    assert rows_of(plan, "task_events", "task_id", "state") == [("lake-path", "in_progress")]


@pytest.mark.parametrize("named", ["transport", "测试市交通局", "交通局", " 测试市 交通局 "])
def test_a_unit_is_named_by_id_or_by_name(package_dir, named):
    assert chosen_units(book_of(package_dir), named) == ["transport"]


@pytest.mark.parametrize("named", ["none", "未明确牵头单位"])
def test_so_is_what_has_no_lead(package_dir, named):
    assert chosen_units(book_of(package_dir), named) == [NO_LEAD]


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("测试市", "叫“测试市”的不止一个：测试市发展改革委、测试市交通局；请写全称"),
        ("水利局", "没有叫“水利局”的责任单位；名称和编号见 targets/units.csv，未明确牵头单位的事项用 none"),
        ("", "没有叫“”的责任单位；名称和编号见 targets/units.csv，未明确牵头单位的事项用 none"),
    ],
)
def test_a_name_of_none_or_of_several_is_said(package_dir, named, said):
    with pytest.raises(UsageError) as caught:
        chosen_units(book_of(package_dir), named)
    assert str(caught.value) == said


def test_an_unlisted_name_may_be_typed_after_a_warning(exported):
    sheet = openpyxl.load_workbook(exported(NO_LEAD))[Form.INDICATORS.sheet]
    [rule] = [rule for rule in sheet.data_validations.dataValidation if "D3" in str(rule.sqref)]
    assert (rule.errorStyle, rule.error) == ("warning", "名单里没有的单位，请写全称。")


def test_the_name_of_the_sender_is_no_word_about_the_place_of_a_figure(package_dir, exported):
    person = without_lead(exported, "测试市发展改革委")
    person.figure("parks|county-a", 3)
    plan = plan_for(package_dir, person.save())
    assert not any(line.code.startswith(("package", "checked")) for line in plan.questions)
