"""What goes out: who gets which rows, what is prefilled, locked, offered and printed."""

from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from forms_clerk import AS_OF, PERIOD, Clerk, book_of

from build_scripts.core.errors import UsageError
from build_scripts.core.method import Assessment, Status
from build_scripts.forms.content import unit_forms
from build_scripts.forms.export import chosen_units, export_forms
from build_scripts.forms.layout import FIRST_ROW, FORM_VERSION, HEADER_ROW, NO_LEAD, Form
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.periods import FormPeriod


def forms_of(package_dir, unit="transport", period=PERIOD):
    return unit_forms(book_of(package_dir), unit, period)


def test_a_unit_gets_what_it_or_its_project_leads(package_dir):
    forms = forms_of(package_dir)
    assert [row.key for row in forms.indicators] == [
        "invest|city",
        "freight|city",
        "paved|city",
        "paved|county-a",
        "length|city",
    ]
    assert [(row.key, row.required) for row in forms.tasks] == [
        ("bridge", "应报"),
        ("tunnel", "应报"),
        ("ring-road", "已完成，免报"),
    ]
    assert [row.key for row in forms.problems] == ["noise"]


def test_nobody_is_promoted_to_lead_what_has_none(package_dir):
    book = book_of(package_dir)
    assert book.lead_units() == ["dev-reform", "transport", NO_LEAD]
    assert {row.key for row in forms_of(package_dir, NO_LEAD).indicators} == {
        "gdp|city",
        "urban-share|city",
        "parks|county-a",
    }
    shared = forms_of(package_dir, "dev-reform").shared
    assert {(row.name, row.lead) for row in shared} >= {("大桥（虚构）", "测试市交通局")}
    assert [row.key for row in forms_of(package_dir, "dev-reform").indicators] == ["patents|city"]


def test_milestones_and_duplicates_are_not_asked_for_as_figures(package_dir):
    asked = {row.key for unit in book_of(package_dir).lead_units() for row in forms_of(package_dir, unit).indicators}
    assert "parks|city" not in asked  # open-2024 is a milestone: its task is asked for


def test_the_last_value_its_period_and_source_are_prefilled(package_dir):
    freight = next(row for row in forms_of(package_dir).indicators if row.key == "freight|city")
    assert (freight.last_value, freight.last_period) == (Decimal(500), "2025年9月")
    assert freight.last_source == "测试市统计公报（虚构）"
    assert (freight.goal, freight.due, freight.unit) == ("2025年≥600亿元", "2025年", "亿元")


def test_what_was_not_published_by_the_day_is_not_prefilled(package_dir):
    book = PackageIndex(book_of(package_dir).package, {}, date(2025, 9, 20))
    freight = next(row for row in unit_forms(book, "transport", PERIOD).indicators if row.key == "freight|city")
    assert (freight.last_value, freight.last_period) == (Decimal(480), "2025年8月")


def test_the_status_is_printed_with_glyph_and_label(package_dir):
    verdict = {"freight-2025": Assessment(status=Status.SLIGHTLY_BEHIND)}
    book = PackageIndex(book_of(package_dir).package, verdict, AS_OF)
    freight = next(row for row in unit_forms(book, "transport", PERIOD).indicators if row.key == "freight|city")
    assert freight.status == "◆ 略有滞后"


@pytest.mark.parametrize(
    ("code", "key", "required", "periods"),
    [
        ("2025-10", "freight|city", "应报", ("2025-10", "2025-01-01/P10M", "2024")),
        ("2025-10", "paved|city", "有则填", ("2025-10", "2025-01-01/P10M", "2024")),
        ("2025-10", "length|city", "有则填", ("2025-10", "2025-01-01/P10M", "2024")),
        ("2025-10", "invest|city", "应报", ("2021-01-01/P58M", "2025-01-01/P10M", "2025-10", "2024")),
        ("2025-Q3", "paved|city", "应报", ("2025-09", "2025-Q3", "2025-01-01/P9M", "2024")),
        ("2024", "length|city", "应报", ("2024", "2024-12")),
    ],
)
def test_each_row_offers_the_periods_a_figure_can_be_about(package_dir, code, key, required, periods):
    forms = forms_of(package_dir, period=FormPeriod.parse(code))
    row = next(row for row in forms.indicators if row.key == key)
    assert (row.required, row.periods, row.period) == (required, periods, periods[0])


def test_the_same_package_and_day_give_the_same_bytes(package_dir, tmp_path):
    book = book_of(package_dir)
    first, second = (
        next(export_forms(book, PERIOD, ["transport"], "0" * 16, tmp_path / name))[0].read_bytes() for name in "ab"
    )
    assert first == second


def test_an_unknown_unit_is_refused(package_dir):
    with pytest.raises(UsageError, match="责任单位"):
        chosen_units(book_of(package_dir), "nobody")


def test_only_what_the_clerk_fills_is_unlocked_and_coloured(exported):
    clerk = Clerk(exported())
    for form in Form:
        sheet = clerk.sheet(form)
        assert sheet.protection.sheet
        assert not sheet.protection.password
        entry = {column.code for column in form.columns if column.entry}
        for position, column in enumerate(form.columns, start=1):
            known = form is Form.PROBLEMS and column.code in {"project", "title", "opened", "due"}
            cell = sheet.cell(FIRST_ROW, position)
            unlocked = column.code in entry and not known
            assert cell.protection.locked is not unlocked, (form, column.code)
            assert (cell.fill.fgColor.rgb == "FFFFF8DC") is unlocked
    new = clerk.cell(Form.PROBLEMS, FIRST_ROW + 1, "title")
    assert not new.protection.locked


def test_drop_downs_number_and_day_limits_are_on_the_entry_cells(exported):
    clerk = Clerk(exported())

    def rules(form, key, column):
        coordinate = clerk.cell(form, key, column).coordinate
        return {
            (rule.type, rule.formula1)
            for rule in clerk.sheet(form).data_validations.dataValidation
            if coordinate in rule.sqref
        }

    assert rules(Form.INDICATORS, "freight|city", "obs_status") == {
        ("list", '"正式数,初步数,估算数,口径有差异,口径调整后首个数,暂无数据"')
    }
    assert rules(Form.INDICATORS, "freight|city", "period") == {("list", '"2025年10月,2025年1—10月,2024年"')}
    assert {kind for kind, _ in rules(Form.INDICATORS, "freight|city", "value")} == {"decimal"}
    assert rules(Form.TASKS, "bridge", "state") == {("list", '"计划中,已开工,推进中,已完成,暂停,取消"')}
    assert {kind for kind, _ in rules(Form.TASKS, "bridge", "date")} == {"date"}
    assert rules(Form.PROBLEMS, "noise", "state") == {("list", '"已提出,整改中,已解决,已销号,重新打开"')}
    assert rules(Form.PROBLEMS, FIRST_ROW + 1, "project") == {("list", "'_表单信息'!$D$2:$D$2")}


def test_the_sheets_print_on_a4_landscape_one_page_wide_with_their_header(exported):
    workbook = openpyxl.load_workbook(exported())
    for form in Form:
        sheet = workbook[form.sheet]
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}"
        assert sheet.freeze_panes.endswith(str(FIRST_ROW))
        assert sheet.column_dimensions["A"].hidden


def test_the_hidden_sheet_says_which_form_it_is(package_dir, exported):
    workbook = openpyxl.load_workbook(exported())
    assert workbook.sheetnames == ["主要指标进度表", "重点任务进度表", "问题销号进度表", "填表说明", "_表单信息"]
    meta = workbook["_表单信息"]
    assert meta.sheet_state == "veryHidden"
    facts = {meta.cell(row, 1).value: meta.cell(row, 2).value for row in range(1, 6)}
    assert facts["form_version"] == str(FORM_VERSION)
    assert (facts["unit_id"], facts["period"], facts["as_of"]) == ("transport", "2025-10", "2025-11-20")
    assert len(facts["package_hash"]) == 16


def test_units_stand_in_a_column_of_their_own(exported):
    clerk = Clerk(exported())
    assert clerk.cell(Form.INDICATORS, HEADER_ROW, "unit").value == "计量单位"
    assert clerk.cell(Form.INDICATORS, "length|city", "unit").value == "公里"


def test_how_to_fill_fits_the_width_of_an_upright_a4_page(exported):
    sheet = openpyxl.load_workbook(exported())["填表说明"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert sheet.column_dimensions["A"].width <= 78  # wider, LibreOffice prints it into the margins, then cut off
