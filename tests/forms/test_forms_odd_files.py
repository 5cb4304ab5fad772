"""Workbooks that office programs open and openpyxl does not, endless formatting, other formats: read, or refused well.

Every file is made in the test: a filled form with one thing changed in its parts.
"""

import io
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from forms_clerk import AS_OF, Clerk, figures, returned, understood
from openpyxl.styles import Font

from build_scripts.forms import parts
from build_scripts.forms.files import read_workbook
from build_scripts.forms.grid import MAX_ROWS
from build_scripts.forms.layout import Form
from build_scripts.forms.lines import make_line
from build_scripts.forms.mark import marked_copy

STYLES, SHEET, BOOK = "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml"
RELATIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = (
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (RELATIONS, b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
    (b"http://schemas.openxmlformats.org/drawingml/2006/main", b"http://purl.oclc.org/ooxml/drawingml/main"),
)
PLACE = ("freight", "city", "2025-10")
Change = Callable[[bytes], bytes]


def changed(path: Path, part: str, change: Change) -> Path:
    """The file with the parts whose names match `part` changed, left out where the change gives nothing."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if re.fullmatch(part, name):
                before, content = content, change(content)
                assert content != before, name
            if content:
                target.writestr(name, content)
    path.write_bytes(out.getvalue())
    return path


def swap(old: bytes, new: bytes) -> Change:
    """A change of every place where `old` stands."""
    return lambda content: re.sub(old, new, content)


@pytest.fixture
def filled(clerk: Clerk) -> Path:
    """A form with a figure, a share shown as a percentage, and a figure struck through."""
    clerk.figure("freight|city", 523.4)
    clerk.figure("paved|city", 0.905)
    clerk.cell(Form.INDICATORS, "paved|city", "value").number_format = "0.0%"
    clerk.figure("length|city", 4700)
    clerk.cell(Form.INDICATORS, "length|city", "value").font = Font(strike=True)
    return clerk.save()


ODD_LOOKS = [
    ("a colour of three digits", STYLES, swap(rb'rgb="FFDDE5EC"', b'rgb="FFF"')),
    ("a colour with a hash", STYLES, swap(rb'rgb="FFDDE5EC"', b'rgb="#DDE5EC"')),
    ("a colour by name", STYLES, swap(rb'rgb="FFDDE5EC"', b'rgb="blue"')),
    ("biltinId", STYLES, swap(rb"builtinId=", b"biltinId=")),
    ("font family 34", STYLES, swap(rb"<font>", b'<font><family val="34"/>')),
    ("a font's size in points", STYLES, swap(rb'<sz val="16"', b'<sz val="16pt"')),
    ("a charset by name", STYLES, swap(rb"<font>", b'<font><charset val="GBK"/>')),
    ("an unknown alignment", STYLES, swap(rb'horizontal="center"', b'horizontal="middle"')),
    ("an unknown border", STYLES, swap(rb'style="thin"', b'style="very thin"')),
    ("an unknown pattern", STYLES, swap(rb'patternType="solid"', b'patternType="Solid"')),
    ("an attribute of a format", STYLES, swap(rb"<numFmt ", b'<numFmt wps="1" ')),
    ("a look without a font", STYLES, swap(rb'fontId="2"', b'fontId="77"')),
    ("attributes of the view", SHEET, swap(rb"<sheetView ", b'<sheetView wpsView="1" zoomScaleFoo="3" ')),
    ("an unknown pane", SHEET, swap(rb'state="frozen"', b'state="icy"')),
    ("attributes of rows", SHEET, swap(rb"<row ", b'<row wps="1" ')),
    ("attributes of columns", SHEET, swap(rb"<col ", b'<col wps="1" ')),
    ("attributes of merged cells", SHEET, swap(rb"<mergeCell ", b'<mergeCell wps="1" ')),
    ("attributes of the page", SHEET, swap(rb"<pageSetup ", b'<pageSetup wps="1" ')),
    ("a rule for cells that does not exist", SHEET, swap(rb"<dataValidation ", b'<dataValidation wps="1" ')),
    ("a protection of another program", SHEET, swap(rb"<sheetProtection ", b'<sheetProtection wps="1" ')),
    ("attributes of the workbook", BOOK, swap(rb"<workbookPr\b", b'<workbookPr wps="1"')),
    ("a printed range that is gone", BOOK, swap(rb"(<definedName [^>]*Print_Area[^>]*>)[^<]*", rb"\1#REF!")),
    ("a day that is none", "docProps/core.xml", swap(rb"(<dcterms:created[^>]*>)[^<]*", rb"\1yesterday")),
]


@pytest.mark.slow
@pytest.mark.parametrize(("part", "change"), [odd[1:] for odd in ODD_LOOKS], ids=[odd[0] for odd in ODD_LOOKS])
def test_odd_looks_are_read_with_percentages_and_strokes_and_go_back_as_they_came(package_dir, filled, part, change):
    path = changed(filled, part, change)
    item = returned(package_dir, path)
    assert item.submission
    found = {(*answer.series, answer.period): answer.value for answer in item.submission.indicators}
    assert found == {PLACE: Decimal("523.4"), ("paved", "city", "2025-10"): Decimal("90.5")}
    assert [line.code for line in item.lines] == ["unread_struck"]

    mark = make_line("number_text", path.name, (Form.INDICATORS.sheet, 6, 15), {"found": "x"})
    workbook = openpyxl.load_workbook(io.BytesIO(marked_copy(path, [mark], AS_OF) or b""))
    sheet = workbook[Form.INDICATORS.sheet]
    assert sheet["O6"].comment
    assert sheet["B1"].font.name == "黑体"
    assert sheet["A5"].fill.fgColor.rgb != "00000000"
    assert sheet.column_dimensions["D"].width == 26
    assert sheet.protection.sheet
    assert sheet.data_validations.dataValidation


def test_cells_with_looks_that_do_not_exist_and_no_looks_at_all_are_read(package_dir, filled):
    for part, change in ((SHEET, swap(rb' s="\d+"', b' s="999"')), (STYLES, lambda _: b"")):
        path = changed(filled, part, change)
        item = returned(package_dir, path)
        assert item.submission
        found = {answer.series: answer.value for answer in item.submission.indicators}
        assert found["freight", "city"] == Decimal("523.4")
        # Without its format the share is the number that is stored: the question about shares and fractions stands.
        assert found["paved", "city"] == Decimal("0.905")


@pytest.mark.parametrize("broken", [lambda text: text[: len(text) // 2], lambda _: b"<styles/>x"])
def test_what_is_lost_with_broken_looks_is_said(package_dir, filled, broken):
    path = changed(filled, STYLES, broken)
    lines = [str(line) for line in returned(package_dir, path).lines]
    assert lines[0] == (
        f"{path.name}：提示：文件的格式不规范，只读到了各格的值；划去的字、批注和百分号格式没有读；"
        "核对下面列出的数；不对的，用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后重发"
    )


def test_a_file_that_only_gives_its_values_is_read_and_said_so(package_dir, filled):
    path = changed(filled, r"\[Content_Types\]\.xml", lambda _: b"")
    assert understood(package_dir, path).indicators[0].value == Decimal("523.4")
    assert returned(package_dir, path).lines[0].code == "file_lost_looks"
    mark = make_line("number_text", path.name, (Form.INDICATORS.sheet, 6, 15), {"found": "x"})
    workbook = openpyxl.load_workbook(io.BytesIO(marked_copy(path, [mark], AS_OF) or b""))
    assert workbook[Form.INDICATORS.sheet]["O6"].comment


def test_a_link_to_a_part_that_is_missing_costs_only_what_hangs_on_it(package_dir, filled):
    link = b'<hyperlinks><hyperlink ref="A1" r:id="rId99" xmlns:r="' + RELATIONS + b'"/></hyperlinks><pageMargins'
    path = changed(filled, SHEET, swap(rb"<pageMargins", link))
    assert figures(package_dir, path)["paved", "city", "2025-10"] == Decimal("90.5")
    assert str(returned(package_dir, path).lines[0]) == (
        f"{path.name}：提示：文件的格式不规范，批注和图片没有读，其余照读；批注里有要报的，写到备注栏"
    )


def test_the_strict_form_of_the_format_is_read_and_marked(package_dir, filled):
    def strict(content: bytes) -> bytes:
        for usual, name in STRICT:
            content = content.replace(usual, name)
        return content

    path = changed(filled, r"xl/(?:workbook|styles|worksheets/sheet1)\.xml", strict)
    assert figures(package_dir, path)["paved", "city", "2025-10"] == Decimal("90.5")
    mark = make_line("number_text", path.name, (Form.INDICATORS.sheet, 6, 15), {"found": "x"})
    workbook = openpyxl.load_workbook(io.BytesIO(marked_copy(path, [mark], AS_OF) or b""))
    assert workbook[Form.INDICATORS.sheet]["B1"].font.name == "黑体"


@pytest.mark.parametrize("name", ["收回.et", "收回.xlsm", "收回", "收回.XLSX"])
def test_a_workbook_is_known_by_its_content_not_by_its_name(package_dir, filled, name):
    path = filled.rename(filled.with_name(name))
    assert figures(package_dir, path)[PLACE] == Decimal("523.4")


@pytest.mark.parametrize("renamed", [lambda name: name.replace("/", "\\"), lambda name: f"/{name}"])
def test_parts_named_as_other_programs_name_them_are_found(package_dir, filled, renamed):
    out = io.BytesIO()
    with zipfile.ZipFile(filled) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo("x")
            info.filename = renamed(name)
            target.writestr(info, source.read(name))
    filled.write_bytes(out.getvalue())
    assert figures(package_dir, filled)[PLACE] == Decimal("523.4")


def archive(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, text in files.items():
            target.writestr(name, text)
    return out.getvalue()


SAVE_AS = "另存为“Excel 工作簿（.xlsx）”再发"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "表.xlsb",
            archive(**{"xl/workbook.bin": "", "[Content_Types].xml": "<x/>"}),
            f"这是二进制工作簿（.xlsb）；用 Excel 或 WPS 打开后，{SAVE_AS}",
        ),
        (
            "表.ods",
            archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
            f"这是 OpenDocument 电子表格（.ods）；用 Excel、WPS 或 LibreOffice 打开后，{SAVE_AS}",
        ),
        (
            "表.docx",
            archive(**{"word/document.xml": "<x/>", "[Content_Types].xml": "<x/>"}),
            f"这是别的办公文件（如 Word、PPT），不是 .xlsx 工作簿；用 Excel 或 WPS 打开后，{SAVE_AS}",
        ),
        (
            "表.csv",
            "指标,数值\n".encode(),
            "这是文本（如 CSV）文件，不是工作簿；请在发下去的表单里填写，存为 .xlsx 再发",
        ),
    ],
)
def test_other_formats_are_refused_with_the_remedy(package_dir, tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    [line] = returned(package_dir, path).lines
    assert str(line) == f"{name}：须改：{said}"


def test_a_document_type_is_refused(package_dir, filled):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet'
    path = changed(filled, SHEET, swap(rb"<worksheet", bomb))
    assert [line.code for line in returned(package_dir, path).lines] == ["file_damaged"]


def rows_of_looks(count: int, first: int, more: bytes = b"") -> bytes:
    cells = b"".join(b'<c r="%s%%d" s="2"/>' % bytes([letter]) for letter in b"ABCDEFGHIJKLMNOPQR")
    row = b'<row r="%d" ht="15" customHeight="1">' + cells + b"</row>"
    return b"".join(row % ((number,) * 19) for number in range(first, first + count)) + more


@pytest.mark.slow
def test_formatting_far_down_is_passed_over_and_kept_near_the_answers(package_dir, filled):
    path = changed(filled, SHEET, swap(rb"</sheetData>", rows_of_looks(40_000, 30) + b"</sheetData>"))
    tracemalloc.start()
    book = read_workbook(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40_000_000
    assert not book.grids[0].beyond
    assert book.grids[0].rows < 30
    assert figures(package_dir, path)[PLACE] == Decimal("523.4")

    mark = make_line("number_text", path.name, (Form.INDICATORS.sheet, 6, 15), {"found": "x"})
    sheet = openpyxl.load_workbook(io.BytesIO(marked_copy(path, [mark], AS_OF) or b""))[Form.INDICATORS.sheet]
    assert 60 < sheet.max_row < 200
    assert sheet["B40"].border is not None
    assert sheet.data_validations.dataValidation, "what stands behind the rows is kept"


@pytest.mark.slow
@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="C%d"><v>5</v></c>',
        b'<c r="C%d" t="inlineStr"><is><t>x</t></is></c>',
        b'<c r="C%d"><f>A1</f></c>',
    ],
)
def test_content_far_down_is_said_not_read(package_dir, filled, cell):
    far = MAX_ROWS + 30_000
    said = b'<row r="%d">' % far + cell % far + b"</row>"
    path = changed(filled, SHEET, swap(rb"</sheetData>", rows_of_looks(35_000, 30) + said + b"</sheetData>"))
    item = returned(package_dir, path)
    assert [line.code for line in item.lines] == ["unread_beyond", "unread_struck"]
    assert item.lines[0].message == "第5000行以下或第100列以右的内容没有读"


def test_formatting_far_to_the_right_is_passed_over(package_dir, filled):
    letters = [openpyxl.utils.get_column_letter(number).encode() for number in range(1, 3_000)]
    wide = b"".join(
        b'<row r="%d">' % row + b"".join(b'<c r="%s%d" s="2"/>' % (letter, row) for letter in letters) + b"</row>"
        for row in range(40, 60)
    )
    path = changed(filled, SHEET, swap(rb"</sheetData>", wide + b"</sheetData>"))
    sheet = parts.take_apart(path.read_bytes()).files[SHEET]
    assert sheet.count(b"<c ") < 20 * 101 + 2_000
    assert figures(package_dir, path)[PLACE] == Decimal("523.4")


def test_more_than_anybody_formats_is_refused_before_it_is_unpacked(package_dir, filled, monkeypatch):
    monkeypatch.setattr(parts, "_MAX_PASSED_BYTES", 10_000)
    [line] = returned(package_dir, filled).lines
    assert (line.code, line.hint) == ("file_large", "删去图片、无关的工作表和表格下方只有格式的空行后再发")
