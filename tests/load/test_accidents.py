"""Accidents people have with CSV files: each broken copy gives exactly the lines named here, never a traceback."""

import pytest
from packages import add, cell, copy_row, data, descriptor, drop_row, remove, rename, replace, schema

from build_scripts.core.records import Observation, Severity, Unit
from build_scripts.load import read

OBS = "progress/observations.csv"
TARGETS = "targets/targets.csv"
UNITS = "targets/units.csv"
REGIONS = "targets/regions.csv"
DESCRIPTOR = "datapackage.json"


def swap_columns(content: bytes) -> bytes:
    """`period` and `basis` change places in every row."""
    lines = [line.split(",") for line in content.decode().splitlines()]
    return "".join(",".join([*c[:2], c[3], c[2], *c[4:]]) + "\n" for c in lines).encode()


def last_column_gone(content: bytes) -> bytes:
    return "".join(line.rsplit(",", 1)[0] + "\n" for line in content.decode().splitlines()).encode()


def one_more_column(content: bytes) -> bytes:
    first, *rest = content.decode().splitlines()
    return "\n".join([f"{first},remark", *(f"{line}," for line in rest), ""]).encode()


# what was done to the package → (change, every expected (code, file, row, field), words the line must hold)
FILES = {
    "saved as GBK": (
        data(OBS, lambda b: b.decode().encode("gbk")),
        [("encoding", OBS, 2, "")],
        ["GBK", "CSV UTF-8", "D2 DA"],
    ),
    "saved as GB18030": (
        data(OBS, lambda b: b.decode().replace("亿元", "\U00020000元").encode("gb18030")),
        [("encoding", OBS, 2, "")],
        ["GB18030"],
    ),
    "saved as UTF-16": (data(OBS, lambda b: b.decode().encode("utf-16")), [("encoding", OBS, 1, "")], ["UTF-16"]),
    "UTF-16 without a mark": (
        data(OBS, lambda b: b.decode().encode("utf-16-be")),
        [("encoding", OBS, 1, "")],
        ["UTF-16"],
    ),
    "cut off inside a character": (
        data(REGIONS, lambda b: b[: b.index("乙".encode()) + 1]),
        [("encoding", REGIONS, 4, "")],
        ["UTF-8"],
    ),
    "semicolons": (
        data(OBS, lambda b: b.replace(b",", b";")),
        [("delimiter", OBS, 1, "")],
        ["英文分号", "应为英文逗号"],
    ),
    "tabs": (data(OBS, lambda b: b.replace(b",", b"\t")), [("delimiter", OBS, 1, "")], ["制表符"]),
    "Chinese commas": (
        data(UNITS, lambda b: b.replace(b",", "，".encode())),
        [("delimiter", UNITS, 1, "")],
        ["中文逗号"],
    ),
    "empty file": (data(OBS, lambda _: b""), [("file-empty", OBS, 0, "")], ["表头"]),
    "only a byte order mark": (data(OBS, lambda _: b"\xef\xbb\xbf\r\n"), [("file-empty", OBS, 0, "")], []),
    "a web page": (data(OBS, lambda _: b"\r\n<!DOCTYPE html><html></html>"), [("file-not-csv", OBS, 1, "")], ["网页"]),
    "an LFS pointer": (
        data(OBS, lambda _: b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"),
        [("file-not-csv", OBS, 1, "")],
        ["git lfs pull"],
    ),
    "a workbook": (data(OBS, lambda _: b"PK\x03\x04\x14\0\0\0"), [("file-not-csv", OBS, 1, "")], ["工作簿", "另存为"]),
    "a merge half done": (
        data(OBS, lambda b: b + b"<<<<<<< HEAD\n=======\n>>>>>>> other\n"),
        [("merge-conflict", OBS, 11, "")],
        ["冲突"],
    ),
    "NUL byte": (data(OBS, lambda b: b + b"\0"), [("nul-byte", OBS, 11, "")], ["NUL"]),
    "quote never closed": (
        replace(OBS, ",160,A,6.5,true,160亿元", ',160,A,6.5,true,"160亿元'),
        [("quotes", OBS, 2, "")],
        ["双引号不成对"],
    ),
    "file missing": (remove(OBS), [("file-missing", OBS, 0, "")], ["observations.csv"]),
    "file in other case": (
        rename(OBS, "progress/Observations.CSV"),
        [("file-missing", OBS, 0, "")],
        ["progress/Observations.CSV", "改名"],
    ),
    "file in the wrong folder": (
        rename(OBS, "targets/observations.csv"),
        [("file-missing", OBS, 0, "")],
        ["targets/observations.csv"],
    ),
    "file misspelt": (
        rename(OBS, "progress/observation.csv"),
        [("file-missing", OBS, 0, "")],
        ["progress/observation.csv"],
    ),
    "still a workbook": (
        rename(OBS, "progress/observations.xlsx"),
        [("file-missing", OBS, 0, "")],
        ["progress/observations.xlsx", "另存为"],
    ),
}
DESCRIPTORS = {
    "descriptor not JSON": (
        replace(DESCRIPTOR, '"name": "lishui-plan-progress",', '"name": "lishui-plan-progress"'),
        [("descriptor-not-json", DESCRIPTOR, 4, "")],
        ["第 3 列", "逗号"],
    ),
    "a member twice": (
        replace(DESCRIPTOR, '"name": "lishui-plan-progress",', '"name": "lishui-plan-progress",\n "name": "other",'),
        [("descriptor-not-json", DESCRIPTOR, 4, "name")],
        ["两次"],
    ),
    "a member of a schema twice": (
        data("schemas/bulletins.json", lambda b: b.replace(b'"fields": [', b'"fields": [],\n "fields": [', 1)),
        [("schema-not-json", "schemas/bulletins.json", 0, "fields")],
        ["两次", "后一个"],
    ),
    "a name of a table that is a list": (
        descriptor(lambda meta: meta["resources"].append({"name": ["x"], "path": "x.csv"})),
        [("resource-invalid", DESCRIPTOR, 0, "resources[18]")],
        [],
    ),
    "descriptor cut off": (
        data(DESCRIPTOR, lambda _: b'{"name": "x",\n "resources": [\n'),
        [("descriptor-not-json", DESCRIPTOR, 3, "")],
        ["JSON"],
    ),
    "descriptor a list": (data(DESCRIPTOR, lambda _: b"[]"), [("descriptor-not-json", DESCRIPTOR, 1, "")], ["花括号"]),
    "descriptor in GBK": (
        data(DESCRIPTOR, lambda b: b.decode().encode("gbk")),
        [("descriptor-not-json", DESCRIPTOR, 4, "")],
        ["UTF-8"],
    ),
    "descriptor missing": (remove(DESCRIPTOR), [("descriptor-missing", DESCRIPTOR, 0, "")], ["--package"]),
    "descriptor misnamed": (
        rename(DESCRIPTOR, "datapackage.JSON"),
        [("descriptor-missing", DESCRIPTOR, 0, "")],
        ["--package"],
    ),
    "no resources": (
        descriptor(lambda meta: meta.update(resources=[])),
        [("descriptor-no-resources", DESCRIPTOR, 0, "resources")],
        ["resources"],
    ),
    "resource renamed": (
        descriptor(
            lambda meta: next(each for each in meta["resources"] if each["name"] == "bulletins").update(name="bulletin")
        ),
        [("resource-missing", DESCRIPTOR, 0, "resources")],
        ["bulletins", "bulletin"],
    ),
    "resource twice": (
        descriptor(lambda meta: meta["resources"].append(meta["resources"][0])),
        [("resource-duplicate", DESCRIPTOR, 0, "resources[18]")],
        ["plans"],
    ),
    "path leaves the package": (
        descriptor(lambda meta: meta["resources"][15].update(path="../../secret.csv")),
        [("resource-path", DESCRIPTOR, 0, "resources[15].path")],
        ["../../secret.csv"],
    ),
    "other encoding declared": (
        descriptor(lambda meta: meta["resources"][2].update(encoding="gbk")),
        [("resource-encoding", DESCRIPTOR, 0, "resources[2].encoding")],
        ["utf-8"],
    ),
    "schema file missing": (
        descriptor(lambda meta: meta["resources"][15].update(schema="schemas/bulletin.json")),
        [("schema-missing", DESCRIPTOR, 0, "resources[15].schema")],
        ["schemas/bulletins.json"],
    ),
    "schema not JSON": (
        data("schemas/bulletins.json", lambda _: b'{"fields": [\n{"name": "a",}]}'),
        [("schema-not-json", "schemas/bulletins.json", 2, "")],
        ["JSON"],
    ),
    "schema lacks a column": (
        schema("bulletins", lambda s: s["fields"].pop()),
        [("schema-field-missing", "schemas/bulletins.json", 0, "headline")],
        [],
    ),
    "schema pattern impossible": (
        schema("bulletins", lambda s: s["fields"][0]["constraints"].update(pattern="(")),
        [("schema-invalid", "schemas/bulletins.json", 0, "fields")],
        [],
    ),
    "schema type unknown": (
        schema("bulletins", lambda s: s["fields"][5].update(type="text")),
        [("schema-invalid", "progress/bulletins.csv", 0, "")],
        ['"text"'],
    ),
    "foreign key to nowhere": (
        schema("problem_events", lambda s: s["foreignKeys"][0]["reference"].update(resource="problem")),
        [("schema-reference", "progress/problem_events.csv", 0, "")],
        ["problem"],
    ),
    "foreign key to a column that is not there": (
        schema("problem_events", lambda s: s["foreignKeys"][0]["reference"].update(fields=["nope"])),
        [("schema-reference", "progress/problem_events.csv", 0, "")],
        ["nope"],
    ),
    "a foreign key that says nothing": (
        schema("problem_events", lambda s: s["foreignKeys"].insert(0, {})),
        [("schema-invalid", "progress/problem_events.csv", 0, "")],
        ["foreignKeys"],
    ),
    "a foreign key without its other half": (
        schema("problem_events", lambda s: s["foreignKeys"].insert(0, {"fields": ["problem_id"], "reference": {}})),
        [("schema-invalid", "progress/problem_events.csv", 0, "")],
        ["reference"],
    ),
    "remote address of a further resource": (
        descriptor(lambda m: m["resources"].append({"name": "far", "path": "https://example.org/far.json"})),
        [("resource-path", "datapackage.json", 0, "resources[18].path")],
        ["https://example.org/far.json", "网址"],
    ),
    "schema of a table others point to is lost": (
        remove("schemas/units.json"),
        [("schema-missing", "datapackage.json", 0, "resources[2].schema")],
        ["schemas/units.json"],
    ),
    "folder in place of a file": (
        lambda folder: (folder / UNITS).unlink() or (folder / UNITS).mkdir(),
        [("file-unreadable", UNITS, 0, "")],
        ["文件夹"],
    ),
    "link that leads out of the package": (
        lambda folder: (
            (folder / UNITS).rename(folder.parent / f"{folder.name}.csv")
            and (folder / UNITS).symlink_to(folder.parent / f"{folder.name}.csv")
        ),
        [("file-unreadable", UNITS, 0, "")],
        ["链接", "之外"],
    ),
    "folder in place of a schema": (
        lambda folder: (folder / "schemas/units.json").unlink() or (folder / "schemas/units.json").mkdir(),
        [("file-unreadable", "schemas/units.json", 0, "")],
        ["文件夹"],
    ),
    "link that leads to itself": (
        lambda folder: (folder / UNITS).unlink() or (folder / UNITS).symlink_to("units.csv"),
        [("file-unreadable", UNITS, 0, "")],
        ["链接"],
    ),
}
HEADERS = {
    "merged": (
        replace(OBS, "period,basis", '"period basis"'),
        [("header-merged", OBS, 1, "period")],
        ["period basis", "合并"],
    ),
    "renamed, other case": (
        replace(OBS, "obs_status", "Obs Status"),
        [("header-renamed", OBS, 1, "obs_status")],
        ["应为“obs_status”"],
    ),
    "renamed, in Chinese": (
        replace(OBS, "obs_status", "数据状态"),
        [("header-renamed", OBS, 1, "obs_status")],
        ["应为“obs_status”"],
    ),
    "renamed, misspelt": (
        replace(OBS, "source_id", "sorce_id"),
        [("header-renamed", OBS, 1, "source_id")],
        ["应为“source_id”"],
    ),
    "twice": (
        replace(OBS, "basis,pub", "pub,pub"),
        [("header-duplicate", OBS, 1, "pub"), ("header-missing", OBS, 1, "basis")],
        ["第 5 列"],
    ),
    "column gone": (data(OBS, last_column_gone), [("header-missing", OBS, 1, "note")], ["备注"]),
    "column too many": (data(OBS, one_more_column), [("header-extra", OBS, 1, "remark")], ["第 13 列"]),
    "column without a name": (
        data(OBS, lambda b: one_more_column(b).replace(b"remark", b"")),
        [("header-blank-cell", OBS, 1, "")],
        ["第 13 列"],
    ),
    "other order": (data(OBS, swap_columns), [("header-order", OBS, 1, "basis")], ["period,basis,pub"]),
    "no header": (data(OBS, lambda b: b"\n" + b), [("header-blank", OBS, 1, "")], ["第一行"]),
}
ROWS = {
    "empty last line": (data(OBS, lambda b: b + b"\n"), [("row-blank", OBS, 11, "")], ["文件末尾有 1 行空行"]),
    "rows of commas at the end": (
        data(OBS, lambda b: b + b",,,,,,,,,,,\n" * 3),
        [("row-blank", OBS, 11, "")],
        ["文件末尾有 3 行空行"],
    ),
    "blank rows between": (
        replace(OBS, "\ngdp,city,2022", "\n\n\ngdp,city,2022"),
        [("row-blank", OBS, 3, "")],
        ["有 2 行空行"],
    ),
    "row too short": (replace(OBS, "2022,main,2023", "2022,2023"), [("row-short", OBS, 3, "note")], ["11 格"]),
    "row too long": (
        replace(REGIONS, "乙县,county", "乙县,又名,county"),
        [("row-long", REGIONS, 4, "")],
        ["双引号"],
    ),
    "thousands comma outside quotes": (
        replace(OBS, ",171.5,A", ",1,171.5,A"),
        [("row-long", OBS, 3, "value")],
        ["1171.5"],
    ),
    "same row twice": (
        copy_row("observations", 3),
        [("key-duplicate", OBS, 11, "indicator_id")],
        ["第 3 行", "完全一样"],
    ),
    "same key, other value": (
        copy_row("observations", 3, value="172"),
        [("key-duplicate", OBS, 11, "indicator_id")],
        ["公布日期"],
    ),
    "same key through the default basis": (
        copy_row("observations", 3, basis="", value="172"),
        [("key-duplicate", OBS, 11, "indicator_id")],
        ["basis=main"],
    ),
    "referenced row gone": (
        drop_row("sources", 4),
        [
            ("foreign-key", OBS, 10, "source_id"),
            ("foreign-key", "progress/problem_events.csv", 3, "source_id"),
            ("foreign-key", "progress/problem_events.csv", 4, "source_id"),
            ("foreign-key", "progress/task_events.csv", 2, "source_id"),
            ("foreign-key", "progress/task_events.csv", 3, "source_id"),
        ],
        ["progress/sources.csv"],
    ),
}
CELLS = {
    "full-width digits": (cell("observations", 3, "value", "１２"), ("cell-fullwidth", OBS, 3, "value"), ["12"]),
    "full-width percent": (cell("observations", 2, "yoy", "６．５％"), ("cell-percent", OBS, 2, "yoy"), ["6.5"]),
    "thousands comma": (cell("observations", 3, "value", "1,171.5"), ("cell-thousands", OBS, 3, "value"), ["1171.5"]),
    "power of ten": (cell("observations", 3, "value", "1.715E+02"), ("cell-scientific", OBS, 3, "value"), ["171.5"]),
    "two numbers pasted as one": (
        cell("observations", 3, "value", "9" * 41),
        ("number-size", OBS, 3, "value"),
        ["18"],
    ),
    "underscore": (cell("observations", 3, "value", "1_000"), ("cell-number", OBS, 3, "value"), ["0—9"]),
    "text in a number": (cell("observations", 3, "value", "约5"), ("cell-type", OBS, 3, "value"), ["不是数字", "5"]),
    "unit in a number": (cell("observations", 3, "value", "171.5亿元"), ("cell-type", OBS, 3, "value"), ["171.5"]),
    "trailing space": (
        cell("observations", 3, "region_id", "city "),
        ("cell-space", OBS, 3, "region_id"),
        ["应为“city”"],
    ),
    "leading space": (cell("observations", 3, "pub", " 2023-03-01"), ("cell-space", OBS, 3, "pub"), ["2023-03-01"]),
    "full-width space": (cell("regions", 3, "name", "甲县\u3000"), ("cell-space", REGIONS, 3, "name"), ["全角空格"]),
    "no-break space": (cell("regions", 3, "name", "\xa0甲县"), ("cell-space", REGIONS, 3, "name"), ["不间断空格"]),
    "slashes in a date": (cell("observations", 3, "pub", "2023/3/1"), ("cell-date", OBS, 3, "pub"), ["2023-03-01"]),
    "Chinese date": (cell("observations", 3, "pub", "2023年3月1日"), ("cell-date", OBS, 3, "pub"), ["2023-03-01"]),
    "Excel serial": (cell("observations", 3, "pub", "44986"), ("cell-date-serial", OBS, 3, "pub"), ["2023-03-01"]),
    "day or month": (cell("observations", 3, "pub", "3/4/2023"), ("cell-date", OBS, 3, "pub"), ["分不清"]),
    "no such day": (cell("observations", 3, "pub", "2023-02-30"), ("cell-type", OBS, 3, "pub"), ["没有这一天"]),
    "period in words": (cell("observations", 3, "period", "2022年"), ("cell-period", OBS, 3, "period"), ["2022"]),
    "quarter in words": (
        cell("observations", 3, "period", "2022年四季度"),
        ("cell-period", OBS, 3, "period"),
        ["2022-Q4"],
    ),
    "Excel month": (cell("observations", 3, "period", "Dec-22"), ("cell-period", OBS, 3, "period"), ["2022-12"]),
    "year 2204": (cell("observations", 3, "period", "2204"), ("cell-pattern", OBS, 3, "period"), ["2204", "2099"]),
    "misspelt area": (
        cell("observations", 6, "region_id", "county-bb"),
        ("foreign-key", OBS, 6, "region_id"),
        ["county-b"],
    ),
    "name for an id": (
        cell("observations", 6, "region_id", "乙县"),
        ("cell-pattern", OBS, 6, "region_id"),
        ["county-b"],
    ),
    "empty value": (cell("observations", 3, "period", ""), ("cell-required", OBS, 3, "period"), ["不能空"]),
    "word not in the list": (
        cell("observations", 3, "obs_status", "Z"),
        ("cell-enum", OBS, 3, "obs_status"),
        ["A、P、E"],
    ),
    "word nearly in the list": (cell("targets", 3, "kind", "levelby"), ("cell-enum", TARGETS, 3, "kind"), ["level_by"]),
    "TRUE": (cell("targets", 2, "in_totals", "TRUE"), ("cell-boolean", TARGETS, 2, "in_totals"), ["true"]),
    "是": (cell("targets", 4, "flow", "是"), ("cell-boolean", TARGETS, 4, "flow"), ["true"]),
    "maybe": (cell("targets", 4, "flow", "也许"), ("cell-type", TARGETS, 4, "flow"), ["true 或 false"]),
    "whole number with a point": (
        cell("regions", 3, "order", "2.0"),
        ("cell-decimal", REGIONS, 3, "order"),
        ["应为 2"],
    ),
    "negative investment": (
        cell("projects", 2, "investment", "-3"),
        ("cell-range", "targets/projects.csv", 2, "investment"),
        ["最小值 0"],
    ),
    "tier 4": (cell("sources", 3, "tier", "4"), ("cell-range", "progress/sources.csv", 3, "tier"), ["最大值 3"]),
    "figure too long": (
        cell("targets", 3, "figure_as_printed", "很" * 201),
        ("cell-length", TARGETS, 3, "figure_as_printed"),
        ["200 个字"],
    ),
    "GBK read as Latin": (
        cell("sources", 3, "title", "Éú²ú×ÜÖµ"),
        ("cell-garbled", "progress/sources.csv", 3, "title"),
        ["生产总值"],
    ),
    "broken copy": (
        cell("sources", 3, "title", "公报\ufffd"),
        ("cell-garbled", "progress/sources.csv", 3, "title"),
        [],
    ),
    "control character": (
        cell("sources", 3, "title", "公\x07报"),
        ("unsafe-character", "progress/sources.csv", 3, "title"),
        ["应为“公报”"],
    ),
    "upper-case id": (
        add("units", unit_id="Land_Bureau", name="土地局", category="department"),
        ("cell-pattern", UNITS, 4, "unit_id"),
        ["land-bureau"],
    ),
    "relative address": (
        cell("sources", 3, "url", "www.example.org"),
        ("cell-pattern", "progress/sources.csv", 3, "url"),
        [],
    ),
}
ONE_CELL = {name: (change, [expected], words) for name, (change, expected, words) in CELLS.items()}
ALL = {**FILES, **DESCRIPTORS, **HEADERS, **ROWS, **ONE_CELL}


@pytest.mark.parametrize("name", ALL)
def test_accident_is_told_once_and_exactly(make_package, name):
    change, expected, words = ALL[name]
    problems = read(make_package(change)).problems
    errors = [item for item in problems if item.severity is Severity.ERROR]
    assert [(item.code, item.file, item.row, item.field) for item in errors] == expected
    line = str(errors[0])
    for word in words:
        assert word in line
    assert "{" not in line
    assert line.startswith(f"{expected[0][1]}:{expected[0][2]}: {expected[0][0]}: ")


def test_there_are_many_of_them():
    assert len(ALL) >= 70


@pytest.mark.parametrize(
    ("change", "code", "row"),
    [
        (data(OBS, lambda b: b"\xef\xbb\xbf" + b), "bom", 1),
        (data(OBS, lambda b: b.replace(b"\n", b"\r\n")), "crlf", 0),
        (data(OBS, lambda b: b.replace(b"\n", b"\r")), "crlf", 0),
    ],
    ids=["byte order mark", "CRLF", "CR"],
)
def test_what_excel_writes_is_borne_with_a_warning(make_package, change, code, row):
    tables = read(make_package(change))
    assert [(item.code, item.file, item.row, item.severity) for item in tables.problems] == [
        (code, OBS, row, Severity.WARNING)
    ]
    assert len(tables.of(Observation)) == 9


def test_a_stray_file_is_a_warning_unless_it_is_the_missing_one(make_package):
    stray = read(make_package(lambda folder: (folder / "progress/copy.csv").write_text("a,b\n"))).problems
    assert [(item.code, item.file, item.severity) for item in stray] == [
        ("file-unlisted", "progress/copy.csv", Severity.WARNING)
    ]


def test_the_first_package_is_valid(make_package):
    assert read(make_package()).problems == ()


def test_further_columns_and_resources_are_borne(make_package):
    def further(meta):
        meta["resources"].append({"name": "map", "path": "map.pdf"})
        extra = {"name": "extra", "type": "table", "path": "extra.csv", "schema": {"fields": [{"name": "a"}]}}
        meta["resources"].append(extra)

    tables = read(
        make_package(
            schema("units", lambda s: s["fields"].append({"name": "phone", "type": "string"})),
            data(UNITS, lambda b: one_more_column(b).replace(b"remark", b"phone")),
            descriptor(further),
            lambda folder: (folder / "extra.csv").write_text("a\nx\n"),
        )
    )
    assert tables.problems == ()
    assert [unit.unit_id for _row, unit in tables.of(Unit)] == ["dev-reform", "transport"]


def test_several_mistakes_are_all_told_in_order(make_package):
    problems = read(
        make_package(
            cell("observations", 8, "value", "５"),
            cell("observations", 3, "value", "约5"),
            cell("observations", 3, "pub", "2023/3/1"),
            cell("units", 2, "category", "bureau"),
        )
    ).problems
    assert [(item.file, item.row, item.code) for item in problems] == [
        (OBS, 3, "cell-date"),
        (OBS, 3, "cell-type"),
        (OBS, 8, "cell-fullwidth"),
        (UNITS, 2, "cell-enum"),
    ]


def test_rows_are_numbered_as_a_spreadsheet_does_with_line_breaks_in_cells(make_package):
    problems = read(
        make_package(cell("observations", 2, "note", "第一行\n第二行"), cell("observations", 4, "value", "x"))
    ).problems
    assert [(item.row, item.field) for item in problems] == [(4, "value")]


def test_one_lost_parent_does_not_flood_the_list(make_package):
    errors = read(make_package(cell("regions", 2, "region_id", "other-city"))).problems
    told = [(item.file, item.row, item.field) for item in errors]
    assert told.count((OBS, 2, "region_id")) == 1
    assert sum(file == OBS for file, _row, _field in told) == 1
    assert "另有 5 行" in next(str(item) for item in errors if item.file == OBS)


def test_an_emptied_parent_is_told_once_a_column(make_package):
    emptied = data("targets/indicators.csv", lambda b: b.splitlines(keepends=True)[0])
    errors = read(make_package(emptied)).problems
    assert [(item.file, item.row, item.field) for item in errors if item.file == OBS] == [(OBS, 2, "indicator_id")]
    assert "没有可用的行" in next(str(item) for item in errors if item.file == OBS)


def test_an_id_in_another_case_is_told_where_it_stands_only(make_package):
    errors = read(make_package(cell("units", 2, "unit_id", "Dev-Reform"))).problems
    assert [(item.code, item.file, item.row) for item in errors] == [("cell-pattern", UNITS, 2)]
