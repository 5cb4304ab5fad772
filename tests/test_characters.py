"""Characters nobody can see or no program can bear are refused wherever text comes in, with their code point."""

import json
from datetime import date

import pytest
import sites
from all_of import all_of
from packages import TABLES, add, cell, data, descriptor, schema, write_package

from build_scripts.checks import find_violations
from build_scripts.core import characters
from build_scripts.core.errors import SiteError, UsageError
from build_scripts.core.identity import site_identity
from build_scripts.load import read
from build_scripts.publish.versions import person

TODAY = date(2026, 11, 28)
REFUSED = {
    "control": "\x01\x08\x0b\x0c\x1b\x7f\x80\x85\x9f",
    "line": "\u2028\u2029",
    "turning": "\u061c\u200e\u200f\u202a\u202c\u202e\u2066\u2069",
    "invisible": "\u00ad\u200b\u200c\u200d\u2060\u2064\ufeff\ufff9\u034f\u115f\u3164\uffa0\U000e0041",
    "private": "\ue000\uf8ff\U000f0000\U0010fffd",
    "none": "\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffff",
}
SEEN = "规划abc é㎥Ⅵ①　\xa0😀\ufe0f㐂\U000e0100𠮷\u0301\u0600"
EVERY = [(kind, char) for kind, chars in REFUSED.items() for char in chars]
FIELDS = [
    ("plans", 2, "title"),
    ("plans", 2, "summary"),
    ("units", 2, "name"),
    ("targets", 2, "note"),
    ("targets", 2, "figure_as_printed"),
    ("sources", 3, "title"),
    ("observations", 2, "note"),
    ("task_events", 2, "note"),
    ("bulletins", 2, "headline"),
]


def found(folder):
    return [
        (item.file, item.row, item.field, item.message)
        for item in find_violations(read(folder), TODAY)
        if item.code == "unsafe-character"
    ]


@all_of("kind, char", EVERY, ids=ascii)
def test_each_refused_character_has_its_kind(kind, char):
    assert characters.kind(char) == kind
    assert characters.unsafe(f"甲{char}乙") == char


def test_what_can_be_seen_may_stand_anywhere():
    assert characters.unsafe(SEEN) == ""


def test_running_text_may_have_lines_and_joiners_and_names_may_not():
    assert characters.unsafe("一\n二\t三\u200d", prose=True) == ""
    assert characters.unsafe("一\n二\t三\u200d") == "\n\t\u200d"
    assert characters.unsafe("一\u202e二\u200b", prose=True) == "\u202e\u200b"


@pytest.mark.parametrize(
    "char", ["\x07", "\x9b", "\u202e", "\u200b", "\ue000", "\ufffe", "\uffff", "\u2028"], ids=ascii
)
def test_a_cell_is_refused_by_code_point_file_row_and_field(make_package, char):
    folder = make_package(*(cell(table, row, field, f"甲{char}乙") for table, row, field in FIELDS))
    told = found(folder)
    path_of = {path.rpartition("/")[2].removesuffix(".csv"): path for path in TABLES}
    assert {each[:3] for each in told} == {(path_of[table], row, field) for table, row, field in FIELDS}
    assert all(f"U+{ord(char):04X}" in message and char not in message for *_where, message in told)


def test_all_of_a_cell_are_named_at_once_and_what_was_meant(make_package):
    folder = make_package(cell("sources", 3, "title", "公\u202e报\ufffe"))
    (problem,) = find_violations(read(folder), TODAY)
    assert "U+202E" in problem.message
    assert "U+FFFE" in problem.message
    assert "“公报”" in problem.hint


def test_it_is_said_before_and_instead_of_what_follows_from_it(make_package):
    """An id with something invisible in it is one mistake, not one in every row that points to it."""
    folder = make_package(
        cell("indicators", 2, "indicator_id", "g\u200bdp"), cell("observations", 2, "value", "\u202a160")
    )
    problems = find_violations(read(folder), TODAY)
    assert {(item.code, item.field) for item in problems} == {
        ("unsafe-character", "indicator_id"),
        ("unsafe-character", "value"),
    }


def test_lines_in_a_note_are_borne_and_in_a_name_refused(make_package):
    assert found(make_package(cell("sources", 4, "note", "见报纸\n第一版"))) == []
    ((_file, _row, field, message),) = found(make_package(cell("units", 2, "name", "发展\n改革委")))
    assert field == "name"
    assert "U+000A" in message


def test_columns_beyond_the_contract_too(make_package):
    def more(folder):
        schema("units", lambda meta: meta["fields"].append({"name": "phone", "type": "string"}))(folder)
        data("targets/units.csv", lambda text: text.replace(b"category\n", b"category,phone\n"))(folder)
        data("targets/units.csv", lambda text: text.replace(b"department\n", "department,1\u202e2\n".encode()))(folder)

    assert {field for _file, _row, field, _message in found(make_package(more))} == {"phone"}


@pytest.mark.parametrize("char", ["\u202e", "\ufffe", "\u200b", "\x1b"], ids=ascii)
@pytest.mark.parametrize("escaped", [True, False])
def test_descriptor_strings(make_package, char, escaped):
    if char == "\x1b" and not escaped:
        pytest.skip("JSON itself refuses a bare control character")

    def edit(folder):
        file = folder / "datapackage.json"
        meta = json.loads(file.read_text(encoding="utf-8"))
        meta["title"] = f"规划{char}"
        file.write_text(json.dumps(meta, ensure_ascii=escaped, indent=2), encoding="utf-8")

    ((file, row, field, message),) = found(make_package(edit))
    assert (file, field) == ("datapackage.json", "title")
    assert row > 1
    assert f"U+{ord(char):04X}" in message


def test_half_a_character_in_the_descriptor_is_named(make_package):
    ((file, _row, field, message),) = found(
        make_package(data("datapackage.json", lambda text: text.replace(b'"title": "', b'"title": "\\ud800', 1)))
    )
    assert (file, field) == ("datapackage.json", "title")
    assert "U+D800" in message


def test_names_in_the_descriptor_and_titles_in_schemas(make_package):
    folder = make_package(
        descriptor(lambda meta: meta.update({"x\u200by": 1})),
        schema("units", lambda meta: meta["fields"][1].update(title="名称\u202e")),
    )
    assert {(file, field) for file, _row, field, _message in found(folder)} == {
        ("datapackage.json", "x（U+200B）y"),
        ("schemas/units.json", "fields[1].title"),
    }


def test_plan_texts(make_package):
    def text(folder):
        (folder / "targets" / "texts").mkdir()
        (folder / "targets" / "texts" / "test-plan.md").write_text("# 一\n\n到2025年\u202e达到\n", encoding="utf-8")

    ((file, row, _field, message),) = found(make_package(text))
    assert (file, row) == ("targets/texts/test-plan.md", 3)
    assert "U+202E" in message


def test_settings_of_the_site(tmp_path):
    (tmp_path / "mkdocs.yml").write_text('site_name: "规划\\u202E公开"\n', encoding="utf-8")
    with pytest.raises(SiteError, match=r"mkdocs\.yml.*site_name.*U\+202E"):
        site_identity(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('site_name: "规划\\u202E公开"\n', "mkdocs.yml:0: unsafe-character: [site_name] "),
        ("site_name: 规划\ufffe公开\n", "#xfffe"),
        ("site_name: [\n", "settings-unreadable"),
    ],
)
def test_the_check_reads_the_settings_beside_the_package(tmp_path, text, said):
    (tmp_path / "datapackage").mkdir()
    write_package(tmp_path / "datapackage")
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    done = sites.run("check", "--package", tmp_path / "datapackage")
    assert done.returncode == 1
    (line,) = done.stdout.splitlines()
    assert said in line


def test_names_typed_on_the_command_line():
    assert person("张三") == "张三"
    with pytest.raises(UsageError, match=r"U\+202E"):
        person("张\u202e三")


def test_a_zero_width_space_pasted_into_every_table_is_named_in_each(make_package):
    changes = [
        add("units", unit_id="x", name="甲\u200b", category="department"),
        cell("regions", 2, "name", "市\u200b"),
    ]
    assert {file for file, *_rest in found(make_package(*changes))} == {"targets/units.csv", "targets/regions.csv"}
