"""What people really send: every kind of messy filling, and the exact cell and line it is answered with."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from forms_clerk import NEW_PROBLEM_ROW, Clerk, address, codes, figures, plan_for, reload, returned, take_in, understood

from build_scripts.forms.layout import FIRST_ROW, HEADER_ROW, Form
from build_scripts.forms.lines import Level
from build_scripts.forms.proposal import Kind

FREIGHT = "freight|city"
PAVED = "paved|city"
LENGTH = "length|city"


def cell_time(*parts: int) -> datetime:
    """A time as a spreadsheet stores it: without a zone."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)


def errors(plan: Any) -> set[tuple[str, str]]:
    return {(line.where, line.code) for line in plan.lines if line.severity is Level.ERROR}


def values(package: Any) -> dict[tuple[str, str, str], Decimal]:
    """What forms have brought into the package."""
    return {
        (o.indicator_id, o.region_id, o.period): o.value
        for o in package.observations
        if o.source_id.startswith("form-")
    }


# --- numbers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("523.4", "523.4"),
        ("５２３．４", "523.4"),
        ("1,523.4", "1523.4"),
        (" 523.40 ", "523.40"),
        ("523.4亿元", "523.4"),
        ("5234000万元", "523.4"),
        (0.1 + 0.2, "0.3"),
        (523, "523"),
    ],
)
def test_numbers_that_are_certain_are_taken(package_dir, clerk, typed, understood):
    clerk.figure(FREIGHT, typed)
    assert figures(package_dir, clerk.save()) == {("freight", "city", "2025-10"): Decimal(understood)}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("约523", "number_text"),
        ("523左右", "number_text"),
        ("见附件", "number_none"),
        ("500-520", "number_text"),
        ("523公里", "number_unit"),
        (cell_time(2025, 10, 1), "number_date"),
        (True, "number_text"),
        ("1.2.3", "number_text"),
    ],
)
def test_numbers_that_are_not_certain_are_asked_back(package_dir, clerk, typed, code):
    clerk.figure(FREIGHT, typed)
    plan = plan_for(package_dir, clerk.save())
    assert errors(plan) == {(address(clerk, Form.INDICATORS, FREIGHT, "value"), code)}


@pytest.mark.parametrize("typed", ["—", "/", "无", "暂无", "-", "  "])
def test_the_usual_marks_for_no_data_are_blanks(package_dir, clerk, typed):
    clerk.figure(PAVED, 90)
    clerk.figure(FREIGHT, typed)
    assert set(figures(package_dir, clerk.save())) == {("paved", "city", "2025-10")}


def test_a_percent_formatted_cell_is_read_as_it_was_seen(package_dir, clerk):
    cell = clerk.cell(Form.INDICATORS, PAVED, "value")
    cell.value, cell.number_format = 0.905, "0.0%"
    assert figures(package_dir, clerk.save()) == {("paved", "city", "2025-10"): Decimal("90.5")}


def test_a_percent_in_a_column_of_money_is_asked_back(package_dir, clerk):
    cell = clerk.cell(Form.INDICATORS, FREIGHT, "value")
    cell.value, cell.number_format = 0.905, "0.0%"
    assert errors(plan_for(package_dir, clerk.save())) == {
        (address(clerk, Form.INDICATORS, FREIGHT, "value"), "number_percent")
    }


def test_wan_yuan_for_yi_yuan_is_warned_about(package_dir, clerk):
    clerk.figure(FREIGHT, 5234000)
    plan = plan_for(package_dir, clerk.save())
    assert codes(plan) == {(address(clerk, Form.INDICATORS, FREIGHT, "value"), "unit_slip")}
    [line] = plan.lines
    assert line.severity is Level.CHECK
    assert "5,234,000亿元" in line.message
    assert "1.0万倍" in line.message
    assert "万元和亿元" in line.hint


def test_a_first_figure_is_held_against_its_target(package_dir, clerk):
    clerk.figure("paved|county-a", 88, period="2025年10月")
    clerk.figure(LENGTH, 46_000_000, period="2024年")
    plan = plan_for(package_dir, clerk.save())
    where = address(clerk, Form.INDICATORS, LENGTH, "value")
    period = address(clerk, Form.INDICATORS, LENGTH, "period")
    assert codes(plan) == {(where, "unit_slip"), (where, "revises_other"), (period, "period_other")}
    said = next(line for line in plan.lines if line.code == "unit_slip")
    assert said.message == "2024年填了 46,000,000公里，约为2024年（4,600公里）的1.0万倍"
    assert "实为 4,600公里？" in said.hint
    clerk.figure(LENGTH, 50_000_000, period="2023年")
    said = next(line for line in plan_for(package_dir, clerk.save()).lines if line.code == "unit_slip")
    assert said.message == "2023年填了 50,000,000公里，约为2024年（4,600公里）的1.1万倍"
    assert "实为 5,000公里？" in said.hint


def test_a_share_written_as_a_fraction_is_warned_about(package_dir, clerk):
    clerk.figure(PAVED, 0.9)
    assert codes(plan_for(package_dir, clerk.save())) == {
        (address(clerk, Form.INDICATORS, PAVED, "value"), "percent_slip")
    }


def test_a_jump_of_more_than_half_is_the_package_checks_warning_at_the_cell(package_dir, clerk):
    clerk.figure(FREIGHT, 900)
    plan = plan_for(package_dir, clerk.save())
    assert codes(plan) == {(address(clerk, Form.INDICATORS, FREIGHT, "value"), "checked_jump")}
    assert not plan.has_errors


def test_a_formula_gives_its_stored_result_and_without_one_is_asked_back(package_dir, clerk):
    clerk.figure(FREIGHT, "=250+273.4")
    plan = plan_for(package_dir, clerk.save())
    assert errors(plan) == {(address(clerk, Form.INDICATORS, FREIGHT, "value"), "formula_empty")}


def test_a_formula_that_fails_is_asked_back(package_dir, clerk):
    clerk.figure(FREIGHT, "#DIV/0!")
    plan = plan_for(package_dir, clerk.save())
    assert errors(plan) == {(address(clerk, Form.INDICATORS, FREIGHT, "value"), "formula_error")}


# --- days and periods ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "2025/10/8", "2025-10-8", "2025.10.8", "2025年10月8日", "2025年10月8号", "20251008",
        "２０２５年１０月８日", 45938, "45938", cell_time(2025, 10, 8, 9, 30), date(2025, 10, 8), "2025-10-08 00:00:00",
    ],
)  # fmt: skip
def test_days_in_every_usual_form_are_taken(package_dir, clerk, typed):
    clerk.fill(Form.TASKS, "bridge", state="已开工", date=typed)
    [step] = understood(package_dir, clerk.save()).tasks
    assert step.date == date(2025, 10, 8)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2025年10月", "date_partial"),
        ("十月上旬", "date_text"),
        ("2025-02-30", "date_text"),
        ("2205-10-08", "date_year"),
        ("2025-12-01", "date_future"),
        ("10/8", "date_yearless"),
    ],
)
def test_days_that_are_not_certain_are_asked_back(package_dir, clerk, typed, code):
    clerk.fill(Form.TASKS, "bridge", state="已开工", date=typed)
    plan = plan_for(package_dir, clerk.save())
    assert errors(plan) == {(address(clerk, Form.TASKS, "bridge", "date"), code)}


@pytest.mark.parametrize(
    ("typed", "day"),
    [("2026年6月", date(2026, 6, 30)), ("2026年底", date(2026, 12, 31)), ("2026-06-15", date(2026, 6, 15))],
)
def test_a_planned_day_may_be_a_month_or_a_year_end(package_dir, clerk, typed, day):
    clerk.fill(Form.TASKS, "bridge", state="推进中", planned_date=typed)
    [step] = understood(package_dir, clerk.save()).tasks
    assert (step.planned_date, step.date) == (day, date(2025, 10, 31))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2025年1—10月", "2025-01-01/P10M"),
        ("1-10月累计", "2025-01-01/P10M"),
        ("前三季度", "2025-01-01/P9M"),
        ("2025年三季度", "2025-Q3"),
        ("2024年", "2024"),
        ("2024", "2024"),
        (2024, "2024"),
        ("2025.10", "2025-10"),
        ("2025年10月末", "2025-10"),
        ("10月", "2025-10"),
        ("十月", "2025-10"),
        ("二〇二五年十月", "2025-10"),
        ("二零二五年一至十月", "2025-01-01/P10M"),
        ("一—九月", "2025-01-01/P9M"),
        (cell_time(2025, 10, 1), "2025-10"),
        ("2023年1月—2025年10月", "2023-01-01/P34M"),
        ("上半年", "2025-01-01/P6M"),
    ],
)
def test_periods_in_every_usual_form_are_taken(package_dir, clerk, typed, code):
    clerk.figure(FREIGHT, 490, period=typed)
    assert set(figures(package_dir, clerk.save())) == {("freight", "city", code)}


@pytest.mark.parametrize(
    ("typed", "code"),
    [("本月", "period_text"), ("2025年13月", "period_text"), ("2025年", "period_future"), (None, "period_missing")],
)
def test_periods_that_cannot_be_are_asked_back(package_dir, clerk, typed, code):
    clerk.figure(FREIGHT, 490, period=typed)
    assert errors(plan_for(package_dir, clerk.save())) == {(address(clerk, Form.INDICATORS, FREIGHT, "period"), code)}


# --- sheets, rows, columns -----------------------------------------------------------------------------------------


def test_hidden_rows_and_columns_are_read_like_the_others(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    clerk.figure(PAVED, "约九成")
    sheet = clerk.sheet(Form.INDICATORS)
    sheet.row_dimensions[clerk.row(Form.INDICATORS, FREIGHT)].hidden = True
    sheet.row_dimensions[clerk.row(Form.INDICATORS, PAVED)].hidden = True
    sheet.column_dimensions[clerk.cell(Form.INDICATORS, PAVED, "value").column_letter].hidden = True
    assert errors(plan_for(package_dir, clerk.save())) == {
        (address(clerk, Form.INDICATORS, PAVED, "value"), "number_text")
    }


def test_renamed_and_reordered_sheets_are_found_and_named_as_they_are(package_dir, clerk):
    clerk.figure(FREIGHT, "约五百")
    where = clerk.cell(Form.INDICATORS, FREIGHT, "value").coordinate
    sheet = clerk.sheet(Form.INDICATORS)
    sheet.title = "表1"
    clerk.book.move_sheet("表1", 2)
    assert errors(plan_for(package_dir, clerk.save())) == {(f"表1!{where}", "number_text")}


def test_moved_and_extra_columns_and_extra_rows_do_no_harm(package_dir, clerk):
    sheet = clerk.sheet(Form.INDICATORS)
    clerk.figure(FREIGHT, 523.4)
    for span in [str(span) for span in sheet.merged_cells.ranges]:
        sheet.unmerge_cells(span)
    sheet.insert_cols(4, 2)
    sheet.cell(HEADER_ROW, 4).value = "科室"
    sheet.insert_rows(2, 3)
    sheet.insert_rows(FIRST_ROW + 4)
    clerk.sign()
    note, value = 20, 17
    assert sheet.cell(HEADER_ROW + 3, value).value == "本期数值"
    for row in range(HEADER_ROW + 3, sheet.max_row + 1):  # 备注 goes to the front
        sheet.cell(row, 24).value, sheet.cell(row, note).value = sheet.cell(row, note).value, None
    path = clerk.save()
    assert figures(package_dir, path) == {("freight", "city", "2025-10"): Decimal("523.4")}
    assert not returned(package_dir, path).lines


def test_a_total_row_is_left_out_and_said_so(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    last = clerk.sheet(Form.INDICATORS).max_row + 1
    clerk.fill(Form.INDICATORS, last, name="合计", value=9999)
    plan = take_in(package_dir, clerk.save())
    assert codes(plan) == {(address(clerk, Form.INDICATORS, last, "name"), "row_total")}
    assert set(values(reload(package_dir))) == {("freight", "city", "2025-10")}


def test_an_unknown_row_is_asked_back(package_dir, clerk):
    last = clerk.sheet(Form.INDICATORS).max_row + 1
    clerk.fill(Form.INDICATORS, last, name="快递件数", value=12, period="2025年10月")
    assert errors(plan_for(package_dir, clerk.save())) == {
        (address(clerk, Form.INDICATORS, last, "name"), "row_unknown")
    }


def test_a_copied_row_reports_another_period(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    sheet = clerk.sheet(Form.INDICATORS)
    last = sheet.max_row + 1
    for cell in sheet[clerk.row(Form.INDICATORS, FREIGHT)]:
        sheet.cell(last, cell.column).value = cell.value
    clerk.fill(Form.INDICATORS, last, period="2025年7月", value=470)
    assert set(figures(package_dir, clerk.save())) == {("freight", "city", "2025-10"), ("freight", "city", "2025-07")}


def test_the_same_row_twice_is_asked_back(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    sheet = clerk.sheet(Form.INDICATORS)
    last = sheet.max_row + 1
    for cell in sheet[clerk.row(Form.INDICATORS, FREIGHT)]:
        sheet.cell(last, cell.column).value = cell.value
    assert errors(plan_for(package_dir, clerk.save())) == {(address(clerk, Form.INDICATORS, last, "name"), "row_twice")}


def test_another_units_target_is_refused_by_name(package_dir, clerk):
    last = clerk.sheet(Form.INDICATORS).max_row + 1
    clerk.fill(Form.INDICATORS, last, name="专利数", region="测试市", value=800, period="2024年")
    plan = plan_for(package_dir, clerk.save())
    [line] = plan.lines
    assert (line.where, line.code) == (address(clerk, Form.INDICATORS, last, "name"), "row_other_unit")
    assert "测试市发展改革委" in line.message


def test_rows_sorted_without_their_keys_are_refused(package_dir, clerk):
    first, second = clerk.row(Form.INDICATORS, FREIGHT), clerk.row(Form.INDICATORS, LENGTH)
    sheet = clerk.sheet(Form.INDICATORS)
    for column in range(2, sheet.max_column + 1):
        one, two = sheet.cell(first, column), sheet.cell(second, column)
        one.value, two.value = two.value, one.value
    clerk.fill(Form.INDICATORS, first, value=4650)
    assert errors(plan_for(package_dir, clerk.save())) == {
        (address(clerk, Form.INDICATORS, first, "name"), "row_mixed_up")
    }


def test_without_the_key_column_rows_are_known_by_name_and_region(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    clerk.figure("paved|county-a", 87, period="2025年9月")
    clerk.fill(Form.TASKS, "bridge", state="推进中")
    for form in (Form.INDICATORS, Form.TASKS):
        for cell in clerk.sheet(form)["A"]:
            cell.value = None
    assert set(figures(package_dir, clerk.save())) == {("freight", "city", "2025-10"), ("paved", "county-a", "2025-09")}


def test_merged_answers_are_asked_back_at_their_first_cell(package_dir, clerk):
    cell = clerk.cell(Form.INDICATORS, FREIGHT, "value")
    below = clerk.sheet(Form.INDICATORS).cell(cell.row + 1, cell.column)
    cell.value = 523.4
    clerk.sheet(Form.INDICATORS).merge_cells(f"{cell.coordinate}:{below.coordinate}")
    plan = plan_for(package_dir, clerk.save())
    assert errors(plan) == {(address(clerk, Form.INDICATORS, FREIGHT, "value"), "merged")}
    assert below.coordinate in plan.lines[0].message


def test_merged_names_of_projects_do_no_harm(package_dir, clerk):
    sheet = clerk.sheet(Form.INDICATORS)
    clerk.figure(FREIGHT, 523.4)
    column = Form.INDICATORS.letter("project")
    sheet.merge_cells(start_row=FIRST_ROW, end_row=FIRST_ROW + 2, start_column=column, end_column=column)
    assert not take_in(package_dir, clerk.save()).lines


def test_two_sheets_of_one_form_are_asked_back(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    copy = clerk.book.copy_worksheet(clerk.sheet(Form.INDICATORS))
    copy.title = "备份"
    assert errors(plan_for(package_dir, clerk.save())) == {("备份", "sheet_twice")}


def test_a_missing_sheet_is_said_and_the_others_are_taken(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    del clerk.book[Form.TASKS.sheet]
    plan = take_in(package_dir, clerk.save())
    assert codes(plan) == {("", "sheet_missing")}


def test_a_missing_column_is_said_at_the_header(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    clerk.sheet(Form.INDICATORS).cell(HEADER_ROW, Form.INDICATORS.letter("period")).value = None
    found = errors(plan_for(package_dir, clerk.save()))
    assert (f"{Form.INDICATORS.sheet}!A{HEADER_ROW}", "column_missing") in found


# --- the form itself -----------------------------------------------------------------------------------------------


def test_a_form_without_its_hidden_sheet_is_read_by_its_titles(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    del clerk.book["_表单信息"]
    plan = take_in(package_dir, clerk.save())
    assert codes(plan) == {("", "form_no_meta")}
    assert set(values(reload(package_dir))) == {("freight", "city", "2025-10")}


@pytest.mark.parametrize(("version", "code", "stops"), [("0", "form_old", False), ("99", "form_newer", True)])
def test_other_versions_of_the_form_are_told_apart(package_dir, clerk, version, code, stops):
    clerk.figure(FREIGHT, 523.4)
    clerk.book["_表单信息"]["B1"].value = version
    plan = plan_for(package_dir, clerk.save())
    assert codes(plan) == {("", code)}
    assert plan.has_errors is stops


def test_another_units_form_is_refused_at_the_name(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    clerk.sign(unit="测试市发展改革委")
    assert errors(plan_for(package_dir, clerk.save())) == {(f"{Form.INDICATORS.sheet}!D3", "unit_mismatch")}


def test_a_form_of_rows_without_a_lead_needs_to_say_who_answers(package_dir, exported):
    person = Clerk(exported("none"))
    person.figure("gdp|city", 190, period="2024年", obs_status="正式数", checked="是")
    person.sign()
    assert errors(plan_for(package_dir, person.save())) == {(f"{Form.INDICATORS.sheet}!D3", "unit_missing")}
    person.sign(unit="测试市发展改革委")
    take_in(package_dir, person.save())
    package = reload(package_dir)
    assert values(package) == {("gdp", "city", "2024"): Decimal(190)}
    assert package.sources[-1].publisher == "测试市发展改革委"


@pytest.mark.parametrize(("typed", "code"), [("2025年11月", "date_partial"), (date(2025, 12, 1), "filled_future")])
def test_a_slip_in_the_day_of_filling_holds_nothing_up(package_dir, clerk, typed, code):
    clerk.figure(FREIGHT, 523.4)
    clerk.sign(filled_on=typed)
    plan = plan_for(package_dir, clerk.save())
    assert codes(plan) == {(f"{Form.INDICATORS.sheet}!L3", code)}
    assert not plan.has_errors


def test_a_form_for_a_period_that_is_not_over_is_refused(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4)
    clerk.book["_表单信息"]["B4"].value = "2025-12"
    assert (Form.INDICATORS.sheet, "form_period_future") in errors(plan_for(package_dir, clerk.save()))


# --- words ---------------------------------------------------------------------------------------------------------


def test_synonyms_of_states_are_taken_and_other_words_asked_back(package_dir, clerk):
    clerk.fill(Form.TASKS, "bridge", state="进行中")
    clerk.fill(Form.TASKS, "tunnel", state="快了")
    plan = plan_for(package_dir, clerk.save())
    [line] = plan.lines
    assert (line.where, line.code) == (address(clerk, Form.TASKS, "tunnel", "state"), "choice")
    assert "推进中" in line.hint


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_text_that_looks_like_a_formula_stays_text(package_dir, clerk, sign):
    clerk.figure(FREIGHT, 523.4)
    cell = clerk.cell(Form.INDICATORS, FREIGHT, "note")
    cell.value = f"{sign}HYPERLINK(1)"
    cell.data_type = "s"
    take_in(package_dir, clerk.save())
    note = reload(package_dir).observations[-1].note
    assert note[1:] == "HYPERLINK(1)"
    assert note[0] in "＝＋－＠"


def test_text_is_exported_as_text(package_dir, exported):
    person = Clerk(exported())
    cell = person.sheet(Form.INDICATORS)["D6"]
    assert cell.data_type == "s"
    again = openpyxl.load_workbook(person.path)
    kinds = {c.data_type for row in again[Form.INDICATORS.sheet].iter_rows(min_row=FIRST_ROW) for c in row}
    assert "f" not in kinds


def test_a_telephone_number_in_a_note_is_asked_back(package_dir, clerk):
    clerk.figure(FREIGHT, 523.4, note="详询李四13912345678")
    assert errors(plan_for(package_dir, clerk.save())) == {
        (address(clerk, Form.INDICATORS, FREIGHT, "note"), "note_private")
    }


def test_a_note_without_a_value_is_said_to_be_left_out(package_dir, clerk):
    clerk.figure(PAVED, 90)
    clerk.figure(FREIGHT, None, note="统计局下月公布")
    plan = take_in(package_dir, clerk.save())
    assert codes(plan) == {(address(clerk, Form.INDICATORS, FREIGHT, "note"), "note_alone")}


def test_no_data_can_be_said_outright(package_dir, clerk):
    clerk.figure(FREIGHT, None, obs_status="暂无数据")
    take_in(package_dir, clerk.save())
    last = reload(package_dir).observations[-1]
    assert (last.indicator_id, last.value, last.obs_status) == ("freight", None, "M")


def test_a_new_basis_gets_a_name_of_its_own(package_dir, clerk):
    clerk.figure(FREIGHT, 800, obs_status="口径调整后首个数", note="按新国民经济行业分类")
    plan = take_in(package_dir, clerk.save())
    last = reload(package_dir).observations[-1]
    assert (last.obs_status, last.basis) == ("B", "from-2025-10")
    assert not plan.lines


# --- problems ------------------------------------------------------------------------------------------------------


def test_a_problem_is_struck_off_only_with_evidence(package_dir, clerk):
    clerk.fill(Form.PROBLEMS, "noise", state="已解决", date=date(2025, 10, 20))
    assert errors(plan_for(package_dir, clerk.save())) == {
        (address(clerk, Form.PROBLEMS, "noise", "note"), "evidence_missing")
    }


def test_a_problem_cannot_be_struck_off_before_it_is_resolved(package_dir, clerk):
    clerk.fill(Form.PROBLEMS, "noise", state="已销号", date=date(2025, 10, 20), note="已验收")
    plan = plan_for(package_dir, clerk.save())
    [line] = plan.lines
    assert (line.where, line.code) == (address(clerk, Form.PROBLEMS, "noise", "state"), "checked_problem_order")
    assert plan.has_errors


@pytest.mark.parametrize(
    ("values", "column", "code"),
    [
        ({"title": "征地滞后", "opened": date(2025, 10, 9)}, "project", "project_missing"),
        ({"title": "征地滞后", "project": "铁路", "opened": date(2025, 10, 9)}, "project", "project_unknown"),
        ({"title": "征地滞后", "project": "平台", "opened": date(2025, 10, 9)}, "project", "project_other"),
        ({"title": "征地滞后", "project": "道路"}, "opened", "opened_missing"),
        ({"project": "道路", "opened": date(2025, 10, 9), "note": "需协调"}, "title", "title_missing"),
        ({"title": "征地滞后", "project": "道路", "opened": date(2026, 10, 9)}, "opened", "opened_future"),
        (
            {"title": "征地滞后", "project": "道路", "opened": date(2025, 10, 9), "due": date(2025, 10, 1)},
            "due",
            "due_before_opened",
        ),
    ],
)
def test_a_new_problem_must_be_whole(package_dir, clerk, values, column, code):
    clerk.fill(Form.PROBLEMS, NEW_PROBLEM_ROW, **values)
    assert errors(plan_for(package_dir, clerk.save())) == {
        (address(clerk, Form.PROBLEMS, NEW_PROBLEM_ROW, column), code)
    }


def test_a_work_that_was_done_and_goes_on_says_so(package_dir, clerk):
    clerk.fill(Form.TASKS, "ring-road", state="推进中", date=date(2025, 10, 8), note="补充")
    plan = take_in(package_dir, clerk.save())
    [row] = plan.rows["task_events"]
    assert row["note"] == "重新启动：此前为“已完成”（2024年11月30日）；补充"
    assert [change.kind for _, change in plan.changes] == [Kind.REOPENED]
