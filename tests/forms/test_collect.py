"""What to look for next, best first; and the worksheet, filled and taken back."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook
from packages import add, emptied, write_package
from typer.testing import CliRunner

from build_scripts.checks import load_package
from build_scripts.cli.run import app
from build_scripts.core.method import Disclosure
from build_scripts.forms.collect_read import is_worksheet, take_in
from build_scripts.forms.collect_sheet import COLUMNS, as_csv, as_workbook, heads, what
from build_scripts.report import build_report
from build_scripts.report.collect import KNOWN, UNASKED, leads

TODAY = date(2026, 11, 28)
ROW = {"date": "2026-06-01", "place": "测试市统计局", "place_kind": "issuer_site"}
KNOWN_GDP = {"indicator_id": "gdp", "region_id": "city", "period": "2025", "result": "exists_not_collected"}
URL = "https://example.org/2025"


@pytest.fixture
def folder(tmp_path):
    rows = [
        add("searches", **(ROW | KNOWN_GDP | {"search_id": "a", "url": URL})),
        add("searches", **(ROW | {"search_id": "b", "target_id": "share-2025", "result": "not_found"})),
    ]
    return write_package(tmp_path / "package", emptied("searches"), *rows)


def found_in(folder):
    return build_report(load_package(folder, TODAY), TODAY)


def filled(path, data: bytes, answers: dict[str, dict[str, str]]):
    """A worksheet with answers by indicator id."""
    path.write_bytes(data)
    book = load_workbook(path)
    sheet = book.active
    for number in range(2, sheet.max_row + 1):
        indicator = sheet.cell(number, COLUMNS.index("indicator_id") + 1).value
        for name, value in answers.get(indicator, {}).items():
            sheet.cell(number, COLUMNS.index(name) + 1).value = value
    book.save(path)
    return path


GDP = {"result": "查到", "value": "205.5", "pub": "2026-03-01", "title": "公报", "publisher": "统计局", "tier": "1"}
INVEST = {"result": "没有查到", "searched_on": "2026-11-20", "place_kind": "发布机关网站"}


def test_known_publications_come_first_then_what_the_authority_was_not_asked(folder):
    listed = leads(found_in(folder))
    assert [lead.kind for lead in listed] == [KNOWN, *[UNASKED] * (len(listed) - 1)]
    assert (listed[0].address, listed[0].unlocks, listed[0].body) == (URL, 1, "测试市统计局")
    unlocks = [lead.unlocks for lead in listed[1:]]
    assert unlocks == sorted(unlocks, reverse=True)
    assert unlocks[0] == 2, "a target and its repeat are settled by one figure"
    asked = {each.indicator_id for lead in listed[1:] for each in lead.wanted}
    assert asked == {"invest", "parks"}, "what was searched for where it should be is not asked for again"


def test_each_row_says_its_own_figure(tmp_path):
    """A bulletin that is known to exist holds several figures; each is named once, also one no target waits for."""
    rows = [
        add("searches", **(ROW | KNOWN_GDP | {"search_id": "a", "url": URL})),
        add("searches", **(ROW | KNOWN_GDP | {"search_id": "b", "url": URL, "indicator_id": "urban-share"})),
        add("searches", **(ROW | KNOWN_GDP | {"search_id": "c", "url": URL, "region_id": "county-b"})),
    ]
    report = found_in(write_package(tmp_path / "package", emptied("searches"), *rows))
    (known,) = [lead for lead in leads(report) if lead.kind == KNOWN]
    assert [what(each) for each in known.wanted] == [
        "测试市地区生产总值2025年的数",
        "测试市城镇化率2025年的数",
        "乙县地区生产总值2025年的数",
    ]


def test_the_worksheet_comes_back_with_figures_sources_and_searches(folder, tmp_path):
    report = found_in(folder)
    path = filled(tmp_path / "找.xlsx", as_workbook(leads(report)), {"gdp": GDP | {"url": URL}, "invest": INVEST})
    assert is_worksheet(path)
    taken = take_in(folder, path, report.package, TODAY)
    assert taken.lines == []
    after = found_in(folder)
    seen = after.package.observations[-1]
    assert (seen.indicator_id, seen.period, str(seen.value), seen.pub) == ("gdp", "2025", "205.5", date(2026, 3, 1))
    assert after.package.source_by_id[seen.source_id].url == URL
    assert after.entry_by_id["gdp-2025"].status.value == "achieved"
    assert after.entry_by_id["invest-2125"].searched.state is Disclosure.SEARCHED_NOT_FOUND
    assert after.package.searches[-1].recorded_on == TODAY


@pytest.mark.parametrize(
    ("said", "told"), [({}, "P"), ({"obs_status": "正式数"}, "A"), ({"obs_status": "初步数"}, "P")]
)
def test_a_figure_continues_its_series_unless_it_says_otherwise(tmp_path, said, told):
    newest = {"indicator_id": "gdp", "region_id": "city", "period": "2024", "basis": "census", "pub": "2025-03-01"}
    rows = [
        add("searches", **(ROW | KNOWN_GDP | {"search_id": "a", "url": URL})),
        add("observations", **newest, source_id="gazette", value="190", obs_status="P"),
    ]
    folder = write_package(tmp_path / "package", emptied("searches"), *rows)
    report = found_in(folder)
    path = filled(tmp_path / "找.xlsx", as_workbook(leads(report)), {"gdp": GDP | {"url": URL} | said})
    assert take_in(folder, path, report.package, TODAY).lines == []
    seen = found_in(folder).package.observations[-1]
    assert (seen.period, seen.basis, seen.obs_status) == ("2025", "census", told)


def test_an_answer_that_lacks_something_is_named_and_nothing_is_written(folder, tmp_path):
    before = (folder / "progress" / "searches.csv").read_bytes()
    wrong = {"gdp": {"result": "查到", "value": "约200", "pub": "3月"}, "invest": INVEST, "parks": {"result": "也许"}}
    report = found_in(folder)
    taken = take_in(folder, filled(tmp_path / "x.xlsx", as_workbook(leads(report)), wrong), report.package, TODAY)
    text = "\n".join(taken.lines)
    for said in ("[资料标题] 空着", "“约200”不是数字", "“3月”不是日期", "写的是“也许”"):
        assert said in text
    assert (folder / "progress" / "searches.csv").read_bytes() == before


def test_csv_says_the_same_and_comes_back_too(folder, tmp_path):
    report = found_in(folder)
    lines = list(csv.reader(io.StringIO(as_csv(leads(report)))))
    assert tuple(lines[0]) == heads()
    row = next(line for line in lines if "invest" in line)
    for name, value in INVEST.items():
        row[COLUMNS.index(name)] = value
    path = tmp_path / "x.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(lines)
    assert take_in(folder, path, report.package, TODAY).lines == []
    assert found_in(folder).entry_by_id["invest-2125"].silent


def test_the_verbs(folder, tmp_path):
    run = CliRunner()
    day = ["--package", str(folder), "--as-of", "2026-11-28"]
    told = run.invoke(app, ["collect", *day])
    assert told.exit_code == 0
    assert told.output.index("【已知有公布】") < told.output.index("【还没有查发布机关】")
    assert "可解开2项目标" in told.output
    piped = run.invoke(app, ["collect", "--format", "xlsx", *day])
    assert piped.stdout_bytes.startswith(b"PK")
    sheet = tmp_path / "找.xlsx"
    assert run.invoke(app, ["collect", "--format", "xlsx", "--out", str(sheet), *day]).exit_code == 0
    path = filled(sheet, sheet.read_bytes(), {"gdp": GDP | {"url": URL}})
    taken = run.invoke(app, ["forms", "ingest", str(path), "--yes", *day])
    assert (taken.exit_code, "来源1份、数据1个" in taken.output) == (0, True)
    assert found_in(folder).entry_by_id["gdp-2025"].status.value == "achieved"
