"""Names of units decide about files and cells: no two files are one, no text is a formula."""

import unicodedata

import openpyxl
import pytest
from all_of import all_of
from forms_clerk import AS_OF, PERIOD, book_of
from packages import cell, column

from build_scripts.core.spreadsheet import escape_words
from build_scripts.forms.export import export_forms, names_in_files
from build_scripts.forms.layout import NO_LEAD
from build_scripts.forms.lines import Level, Line
from build_scripts.forms.mark import marked_copy

LIVE = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://example.org","x")', "=cmd|' /C calc'!A0", "#N/A")


def as_some_disk_sees(name):
    return unicodedata.normalize("NFKC", name).casefold()


@all_of(
    "names",
    [
        ("市 交通局", "市交通局"),
        ("ABC局", "abc局"),
        ("ＡＢＣ局", "ABC局"),
        ("caf\u00e9局", "cafe\u0301局"),
        ("a/b", "a\\b"),
        ("？？", "：："),
        ("同名局", "同名局"),
        ("很" * 300 + "一", "很" * 300 + "二"),
        ("甲", "甲", "甲_a"),
        ("ﬁ局", "fi局"),
        ("局...", "局"),
    ],
)
def test_every_unit_has_a_file_of_its_own(names):
    found = names_in_files({chr(ord("a") + number): name for number, name in enumerate(names)})
    assert len({as_some_disk_sees(name) for name in found.values()}) == len(names)
    assert all(name and len(f"{name}_2026-10_三张表单.xlsx".encode()) <= 255 for name in found.values())
    assert not any(char in name for name in found.values() for char in '\\/:*?"<>| \t\n')


def test_names_that_differ_stay_as_they_are():
    assert names_in_files({"a": "市交通局", "b": "市发改委"}) == {"a": "市交通局", "b": "市发改委"}


@pytest.mark.slow
def test_two_units_of_one_name_get_two_workbooks(package_dir, tmp_path):
    cell("units", 2, "name", "测试市 交通局")(package_dir)
    book = book_of(package_dir)
    made = [path for path, _forms in export_forms(book, PERIOD, book.lead_units(), "0" * 16, tmp_path / "out")]
    assert len({path.name for path in made}) == len(made) == 3
    held = {openpyxl.load_workbook(path)["_表单信息"]["B3"].value for path in made}
    assert held == {"dev-reform", "transport", NO_LEAD}
    (alone,) = [path for path, _forms in export_forms(book, PERIOD, ["transport"], "0" * 16, tmp_path / "one")]
    assert alone.name in {path.name for path in made}, "the same name, whoever else is exported"


def formulas(workbook):
    return [
        cell.value
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


@pytest.mark.parametrize("text", LIVE)
def test_no_text_of_the_package_is_a_formula(package_dir, tmp_path, text):
    for table, row, field in (
        ("units", 2, "name"), ("units", 3, "name"), ("projects", 2, "title"), ("projects", 2, "short_title"),
        ("indicators", 2, "name"), ("regions", 2, "name"), ("tasks", 2, "name"), ("targets", 2, "name"),
        ("targets", 2, "figure_as_printed"), ("problems", 2, "title"), ("plans", 2, "short_title"),
        ("sources", 3, "title"),
    ):  # fmt: skip
        cell(table, row, field, text[:20])(package_dir)
    column("targets", "printed_differs", "computed")(package_dir)  # such a text may print another number
    book = book_of(package_dir)
    for path, forms in export_forms(book, PERIOD, book.lead_units(), "0" * 16, tmp_path / "out"):
        workbook = openpyxl.load_workbook(path)
        own = [value for value in formulas(workbook) if not value.startswith(("=COUNTA(", '="', "=IF('"))]
        assert own == []
        assert all(text[:20] not in value for value in formulas(workbook))
        assert not [c for sheet in workbook.worksheets for row in sheet.iter_rows() for c in row if c.data_type == "e"]
        if forms.unit_id != NO_LEAD:
            assert workbook.worksheets[0]["B1"].value.startswith(forms.unit)


@pytest.mark.parametrize("text", LIVE)
def test_nor_is_a_text_in_the_copy_that_comes_back(exported, text):
    path = exported()
    sheet = openpyxl.load_workbook(path).sheetnames[0]
    line = Line(text, sheet, 7, 5, Level.ERROR, "number_text", text, text)
    marked = marked_copy(path, [line], AS_OF)
    before = formulas(openpyxl.load_workbook(path))
    (path.parent / "marked.xlsx").write_bytes(marked)
    after = formulas(openpyxl.load_workbook(path.parent / "marked.xlsx"))
    assert sorted(after) == sorted(before)


@all_of("text", LIVE[:-1])
def test_charts_tables_guard_words_and_leave_numbers(text):
    assert escape_words(text) == f"'{text}"
    for number in ("-4.1", "+19.2", "1,234.5", "-12.5%", "0"):
        assert escape_words(number) == number
