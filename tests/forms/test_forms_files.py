"""Files that are no workbooks, old workbooks, and the marked copy that goes back."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlrd
from forms_clerk import AS_OF, Clerk, address, codes, figures, plan_for, returned, understood
from openpyxl import Workbook

from build_scripts.cli import forms_ingest
from build_scripts.forms.files import read_workbook
from build_scripts.forms.layout import Form
from build_scripts.forms.lines import Level, make_line
from build_scripts.forms.mark import marked_copy, marked_path

DATA = Path(__file__).parent / "data"


def zipped(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return out.getvalue()


def plain_workbook() -> bytes:
    workbook = Workbook()
    workbook.worksheets[0]["A1"] = "通讯录"
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("空.xlsx", b"", "file_empty"),
        ("文字.xlsx", "指标,数值\n产值,500\n".encode(), "file_text"),
        ("网页.xls", b"<html><table><tr><td>500</td></tr></table></html>", "file_html"),
        ("扫描.xlsx", b"%PDF-1.7\n\0\0", "file_pdf"),
        ("图片.xlsx", b"\x89PNG\r\n\x1a\n\0\0", "file_other"),
        ("公文.xlsx", zipped(mimetype="application/vnd.oasis.opendocument.text"), "file_other_office"),
        ("压缩.xlsx", zipped(readme="hello"), "file_other"),
        ("半截.xlsx", b"PK\x03\x04" + b"\0" * 200, "file_damaged"),
        ("坏的.xlsx", zipped(xl__workbook="<x", **{"xl/workbook.xml": "<broken"}), "file_damaged"),
        ("坏的.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file_damaged"),
        ("别的表.xlsx", plain_workbook(), "no_forms"),
    ],
)
def test_what_is_no_form_is_one_line_not_a_traceback(package_dir, tmp_path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    item = returned(package_dir, path)
    assert [(line.file, line.where, line.code) for line in item.lines] == [(name, "", code)]
    assert item.submission is None
    assert name in str(item.lines[0])


def test_a_missing_file_and_a_folder_are_lines(package_dir, tmp_path):
    [line] = returned(package_dir, tmp_path / "没有.xlsx").lines
    assert (line.code, "没有这个文件" in line.message) == ("file_missing", True)
    assert [line.code for line in returned(package_dir, tmp_path).lines] == ["file_missing"]


def test_a_workbook_with_a_password_is_told_apart_from_a_damaged_one(package_dir):
    [line] = returned(package_dir, DATA / "password.xlsx").lines
    assert line.code == "file_password"
    assert "密码" in line.message


def test_a_half_downloaded_workbook_is_damaged(package_dir, clerk):
    path = clerk.save()
    path.write_bytes(path.read_bytes()[:-2000])
    assert [line.code for line in returned(package_dir, path).lines] == ["file_damaged"]


def test_an_old_binary_workbook_of_the_first_form_version_is_read(package_dir):
    path = DATA / "transport-v1.xls"
    assert read_workbook(path).legacy
    submission = understood(package_dir, path)
    assert (submission.unit_id, submission.period.code, submission.reporter) == ("transport", "2025-10", "张三")
    assert figures(package_dir, path) == {
        ("freight", "city", "2025-10"): Decimal("523.4"),
        ("paved", "city", "2025-10"): Decimal("90.5"),
    }
    [step] = submission.tasks
    assert (step.task_id, step.state, step.date) == ("bridge", "started", date(2025, 10, 8))


@pytest.mark.parametrize("part", ["row", "column", "sheet"])
def test_what_an_old_workbook_hides_is_asked_about(package_dir, monkeypatch, part):
    opened = xlrd.open_workbook

    def hiding(*arguments, **options):
        book = opened(*arguments, **options)
        sheet = next(each for each in book.sheets() if each.name == Form.INDICATORS.sheet)
        [at] = [(r, c) for r in range(sheet.nrows) for c in range(sheet.row_len(r)) if sheet.cell_value(r, c) == 523.4]
        if part == "row":
            sheet.rowinfo_map.setdefault(at[0], xlrd.sheet.Rowinfo()).hidden = 1
        elif part == "column":
            sheet.colinfo_map.setdefault(at[1], xlrd.sheet.Colinfo()).hidden = 1
        else:
            sheet.visibility = 1
        return book

    monkeypatch.setattr(xlrd, "open_workbook", hiding)
    found = {line.code for line in returned(package_dir, DATA / "transport-v1.xls").lines}
    assert ("hidden_sheet" if part == "sheet" else "hidden") in found


def test_one_bad_file_of_several_stops_the_lot_and_is_named(package_dir, clerk, tmp_path):
    clerk.figure("freight|city", 523.4)
    good = clerk.save()
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04")
    plan = plan_for(package_dir, good, bad)
    assert plan.has_errors
    assert {line.file for line in plan.lines} == {"坏.xlsx"}


def test_two_files_that_contradict_each_other_are_asked_back(package_dir, clerk):
    clerk.figure("freight|city", 523.4)
    first = clerk.save("甲.xlsx")
    clerk.figure("freight|city", 532.4)
    second = clerk.save("乙.xlsx")
    plan = plan_for(package_dir, first, second)
    assert plan.has_errors
    said = [line for line in plan.lines if line.severity is Level.ERROR]
    assert {(line.file, line.where) for line in said} == {
        ("乙.xlsx", address(clerk, Form.INDICATORS, "freight|city", "value"))
    }
    assert "甲.xlsx" in str(said[0])


def test_files_of_one_name_are_told_apart_by_their_paths(package_dir, clerk, tmp_path):
    paths = []
    for folder in ("甲", "乙"):
        path = tmp_path / folder / "表.xlsx"
        path.parent.mkdir()
        path.write_bytes(b"PK\x03\x04")
        paths.append(path)
    assert {line.file for line in plan_for(package_dir, *paths).lines} == {str(path) for path in paths}


def test_the_marked_copy_colours_and_comments_the_cell_and_lists_the_line(package_dir, clerk):
    clerk.figure("freight|city", "约五百")
    clerk.figure("paved|city", 0.9)
    path = clerk.save()
    plan = plan_for(package_dir, path)
    content = marked_copy(path, plan.lines_of(path), AS_OF)
    assert content

    workbook = openpyxl.load_workbook(io.BytesIO(content))
    bad = workbook[Form.INDICATORS.sheet][clerk.cell(Form.INDICATORS, "freight|city", "value").coordinate]
    assert bad.fill.fgColor.rgb == "FFF8B4AE"
    assert "“约五百”不是一个确定的数" in bad.comment.text
    warned = workbook[Form.INDICATORS.sheet][clerk.cell(Form.INDICATORS, "paved|city", "value").coordinate]
    assert warned.fill.fgColor.rgb == "FFFCD9A0"
    listed = workbook["检查结果"]
    assert workbook.sheetnames[0] == "检查结果"
    assert listed["B2"].value == address(clerk, Form.INDICATORS, "freight|city", "value")
    assert listed["A2"].value == "须改"


def test_the_marked_copy_mended_and_sent_back_is_taken_and_marked_clean(package_dir, clerk):
    clerk.figure("freight|city", "约五百")
    path = clerk.save()
    marked = marked_path(path)
    assert marked.name == f"{path.stem}.已标注.xlsx"
    marked.write_bytes(marked_copy(path, plan_for(package_dir, path).lines, AS_OF) or b"")

    again = Clerk(marked)
    again.figure("freight|city", 523.4)
    again.figure("paved|city", "约九十")
    again.save()
    assert codes(plan_for(package_dir, marked)) == {
        (address(again, Form.INDICATORS, "paved|city", "value"), "number_text")
    }
    second = marked_path(marked)
    assert second.name == f"{path.stem}.已标注2.xlsx"
    content = marked_copy(marked, plan_for(package_dir, marked).lines, AS_OF) or b""
    sheet = openpyxl.load_workbook(io.BytesIO(content))[Form.INDICATORS.sheet]
    assert sheet[clerk.cell(Form.INDICATORS, "freight|city", "value").coordinate].comment is None
    assert sheet[clerk.cell(Form.INDICATORS, "paved|city", "value").coordinate].comment


def test_an_old_binary_workbook_is_marked_as_a_new_one(package_dir):
    path = DATA / "transport-v1.xls"
    assert [line.code for line in plan_for(package_dir, path).lines] == ["form_old"]
    marks = [make_line("number_text", path.name, (Form.INDICATORS.sheet, 7, 15), {"found": "x"})]
    workbook = openpyxl.load_workbook(io.BytesIO(marked_copy(path, marks, AS_OF) or b""))
    assert workbook[Form.INDICATORS.sheet]["O7"].comment
    assert workbook[Form.INDICATORS.sheet]["O7"].value == 523.4
    lists = {str(rule.sqref): rule.formula1 for rule in workbook[Form.TASKS.sheet].data_validations.dataValidation}
    assert "已开工" in next(words for place, words in lists.items() if place.startswith("K6:"))
    kinds = {rule.type for rule in workbook[Form.INDICATORS.sheet].data_validations.dataValidation}
    assert {"list", "decimal", "textLength"} <= kinds


@pytest.mark.parametrize(("sent", "more"), [(".xls", True), (".et", True), (".xlsx", False), (".XLSX", False)])
def test_a_marked_copy_in_another_format_says_so(tmp_path, capsys, sent, more):
    forms_ingest._write_marked(tmp_path / "交通.已标注.xlsx", b"x", sent)
    said = capsys.readouterr().err
    assert "已写出标注的工作簿" in said
    assert (f"发来的是 {sent}，标注的存为 .xlsx；请在这一份上改好发回" in said) == more


def test_an_old_binary_workbook_comes_back_marked_in_the_look_it_was_sent_in(package_dir, tmp_path):
    path = tmp_path / "交通.et"
    path.write_bytes((DATA / "transport-v1.xls").read_bytes())
    marks = [make_line("number_text", path.name, (Form.INDICATORS.sheet, 7, 15), {"found": "x"})]
    workbook = openpyxl.load_workbook(io.BytesIO(marked_copy(path, marks, AS_OF) or b""))
    sheet = workbook[Form.INDICATORS.sheet]
    assert sheet["B1"].font.sz == 16
    assert sheet["B1"].alignment.horizontal == "center"
    assert sheet["O6"].fill.fgColor.rgb == "FFFFF8DC"
    assert sheet["O7"].fill.fgColor.rgb == "FFF8B4AE"
    assert sheet["D6"].border.left.style == "thin"
    assert sheet["D6"].alignment.wrap_text
    assert 20 < sheet.column_dimensions["D"].width < 30
    assert sheet.column_dimensions["A"].hidden
    assert workbook["_表单信息"].sheet_state in {"hidden", "veryHidden"}


def test_formulas_are_seen_even_in_cells_that_do_not_say_where_they_are(tmp_path):
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet["A1"], sheet["B1"], sheet["B2"] = "指标", 1, "=B1+1"
    plain, odd = tmp_path / "plain.xlsx", tmp_path / "odd.xlsx"
    workbook.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(odd, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = re.sub(rb'(<c) r="[A-Z]+\d+"', rb"\1", content)
                content = content.replace(b'<row r="2"><c', b'<row r="2"><c/><c')
            target.writestr(name, content)
    assert b'r="B2"' not in zipfile.ZipFile(odd).read("xl/worksheets/sheet1.xml")
    for path in (plain, odd):
        [grid] = read_workbook(path).grids
        assert {place for place, cell in grid.cells.items() if cell.formula} == {(2, 2)}, path.name
