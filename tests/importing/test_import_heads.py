"""Heads of tables as other governments write them: what each column becomes, and that each is accounted for."""

import pytest
from importer import rows, run
from openpyxl import Workbook

from build_scripts.core.language import speaking
from build_scripts.importing.deadlines import read_deadline
from build_scripts.importing.headings import Meanings, read_heading
from build_scripts.importing.table_rows import _year_apart

# Many whole files are put through the program.
pytestmark = pytest.mark.slow

TARGET = ("name", "value", "unit", "target_period", "comparator", "lead_unit_id", "project_id")


def imported(tmp_path, text, language="en"):
    """The package, what the report says of each column, what it left out, and what was printed."""
    source = tmp_path / "table.csv"
    source.write_text(text, encoding="utf-8")
    done = run("import", "table", source, "--out", tmp_path / "new", "--language", language)
    assert done.returncode == 0, done.stderr
    report = rows(tmp_path / "new-report.csv")
    columns = {row["subject"]: row["what"] for row in report if row["outcome"] == "column"}
    left = {row["subject"]: row["what"] for row in report if row["outcome"] == "left"}
    heads = next(line for line in text.splitlines() if line.count(",") > 1 and ",," not in line).split(",")
    assert set(columns) == {head for head in heads if head}
    return tmp_path / "new", columns, left, done.stdout


def targets(new, *fields):
    return [tuple(row.get(field, "") for field in fields or TARGET) for row in rows(new / "targets" / "targets.csv")]


def bases(new):
    return targets(new, "baseline_value", "baseline_period")


def figures(new):
    return [(row["period"], row["value"]) for row in rows(new / "progress" / "observations.csv")]


def test_objective_indicator_target_by(tmp_path):
    new, columns, _left, said = imported(
        tmp_path,
        "Objective,Indicator,Target,By\n"
        "Safer roads,People killed or injured,no more than 20,2028\n"
        "Safer roads,Schools with a 20 mph zone,at least 60%,2027\n"
        "Greener town,Household waste recycled,Reduce to 45%,2028\n",
    )
    assert columns == {
        "Objective": "group",
        "Indicator": "indicator and name of the target",
        "Target": "target value",
        "By": "target year",
    }
    assert targets(new) == [
        ("People killed or injured", "20", "", "2028", "le", "", "safer-roads"),
        ("Schools with a 20 mph zone", "60", "%", "2027", "ge", "", "safer-roads"),
        ("Household waste recycled", "45", "%", "2028", "ge", "", "greener-town"),
    ]
    assert (
        "Columns: Objective → group, Indicator → indicator and name of the target, Target → target value, "
        "By → target year" in said.replace("\n", " ")
    )
    report = (tmp_path / "new-report.md").read_text(encoding="utf-8")
    assert "## What each column became" in report
    assert "- Objective → group" in report


def test_goal_target_kpi_and_years_in_the_heads(tmp_path):
    new, columns, left, _said = imported(
        tmp_path,
        "Goal,Target,KPI,Unit,Baseline 2019,Target 2025,Lead agency\n"
        "Clean water,Connect every village,Households connected,%,62,85,Water Board\n"
        "Clean water,Mend the network,Water lost,%,31,20,Water Board\n"
        "Clean water,Mend the network,Bursts,number,410,200,Water Board\n",
    )
    assert columns == {
        "Goal": "group",
        "Target": "name of the target",
        "KPI": "indicator",
        "Unit": "unit",
        "Baseline 2019": "baseline of 2019",
        "Target 2025": "target value of 2025",
        "Lead agency": "lead body",
    }
    assert not left
    assert targets(new) == [
        ("Connect every village", "85", "%", "2025", "ge", "water-board", "clean-water"),
        ("Mend the network (Water lost)", "20", "%", "2025", "le", "water-board", "clean-water"),
        ("Mend the network (Bursts)", "200", "number", "2025", "le", "water-board", "clean-water"),
    ]
    assert bases(new) == [("62", "2019"), ("31", "2019"), ("410", "2019")]


def test_a_five_year_plans_table_of_indicators(tmp_path):
    new, columns, _left, said = imported(
        tmp_path,
        "序号,指标名称,单位,2020年,2025年,属性,牵头单位\n"
        "1,常住人口城镇化率,%,61.8,65以上,预期性,市发展改革委\n"
        "2,单位生产总值能耗降低,%,17.2,15,约束性,市发展改革委\n",
        "zh",
    )
    assert columns == {
        "序号": "没有用：行的编号",
        "指标名称": "指标和目标名称",
        "单位": "单位",
        "2020年": "2020 年的基期值",
        "2025年": "2025 年的目标值",
        "属性": "备注",
        "牵头单位": "牵头单位",
    }
    assert targets(new, "name", "value", "unit", "target_period", "note") == [
        ("常住人口城镇化率", "65", "%", "2025", "属性：预期性"),
        ("单位生产总值能耗降低", "15", "%", "2025", "属性：约束性"),
    ]
    assert bases(new) == [("61.8", "2020"), ("17.2", "2020")]
    assert figures(new) == [("2020", "61.8"), ("2020", "17.2")]
    assumed = [row for row in rows(tmp_path / "new-report.csv") if row["outcome"] == "assumed"]
    assert ("2025年", "没有别的列写目标值，这一列的年份最晚，当作目标值") in {
        (r["subject"], r["what"]) for r in assumed
    }
    assert "各列：序号 → 没有用：行的编号、指标名称 → 指标和目标名称" in said.replace("\n", "")


def test_a_chinese_table_with_years_in_the_heads_and_columns_left_over(tmp_path):
    new, columns, left, _said = imported(
        tmp_path,
        "类别,主要指标,2020年基期值,2025年目标值（亿元）,年均增速（%）,2024年实际,2025年预计,责任部门,备注\n"
        "经济,物流业产值,400,600,8.4,560,590,市交通局,含快递\n",
        "zh",
    )
    assert columns == {
        "类别": "分组",
        "主要指标": "指标和目标名称",
        "2020年基期值": "2020 年的基期值",
        "2025年目标值（亿元）": "2025 年的目标值和单位“亿元”",
        "年均增速（%）": "没有用",
        "2024年实际": "2024 年的数",
        "2025年预计": "没有用",
        "责任部门": "牵头单位",
        "备注": "备注",
    }
    assert left["2025年预计"] == "是预计的数，不是实际数，没有收"
    assert targets(new, "name", "value", "unit", "target_period", "note") == [
        ("物流业产值", "600", "亿元", "2025", "含快递")
    ]
    assert figures(new) == [("2024", "560")]


def test_a_council_with_fiscal_years_and_an_owner(tmp_path):
    new, columns, left, _said = imported(
        tmp_path,
        "No.,Commitment,Measure of success,Current (2022/23),Target (2026/27),Owner,RAG\n"
        "1,More trips by bus,Bus passengers (thousand),2000,2400,Transport,A\n",
    )
    assert columns == {
        "No.": "not used: numbers of rows",
        "Commitment": "name of the target",
        "Measure of success": "indicator",
        "Current (2022/23)": "figures of 2022/23 and baseline of 2022/23",
        "Target (2026/27)": "target value of 2026/27",
        "Owner": "lead body",
        "RAG": "not used",
    }
    assert list(left) == ["RAG"]
    assert targets(new, "name", "value", "target_period", "baseline_value", "baseline_period") == [
        ("More trips by bus", "2400", "2026-04-01/P12M", "2000", "2022-04-01/P12M")
    ]
    assert figures(new) == [("2022-04-01/P12M", "2000")]
    decisions = {row["decision"]: row["assumed"] for row in rows(tmp_path / "new-decisions.csv")}
    assert decisions["fiscal_year_start"] == "4"


def test_outcomes_with_several_years_of_results(tmp_path):
    new, columns, left, _said = imported(
        tmp_path,
        "Outcome,Performance indicator,2021-22 actual,2022-23 actual,2024-25 target,Responsible minister\n"
        "Canadians are healthy,Adults who are active (%),49,51,60,Minister of Health\n",
    )
    assert columns["Outcome"] == "group"
    assert columns["Performance indicator"] == "indicator and name of the target"
    assert columns["2024-25 target"] == "target value of 2024-25"
    assert columns["Responsible minister"] == "lead body"
    assert not left
    assert [period for period, _value in figures(new)] == ["2021-04-01/P12M", "2022-04-01/P12M"]
    assert targets(new, "value", "lead_unit_id") == [("60", "minister-of-health")]


def test_an_interim_target_is_told_and_the_end_target_taken(tmp_path):
    new, columns, left, _said = imported(
        tmp_path,
        "Sector,Strategic Objective,Key Performance Indicator (KPI),Unit of measure,Baseline (2018),"
        "Mid-term target (2022),End target (2025),Data source,Responsible institution\n"
        "Energy,Power for all,Households with electricity,%,45,70,100,NISR,Ministry of Infrastructure\n",
    )
    assert columns["Sector"] == "group"
    assert columns["Strategic Objective"] == "not used"
    assert left["Strategic Objective"] == "Sector is already the group, so this column was left out"
    assert columns["Key Performance Indicator (KPI)"] == "indicator and name of the target"
    assert columns["End target (2025)"] == "target value of 2025"
    assert left["Mid-term target (2022)"].startswith("it is an interim target of 2022")
    assert "Data source" in left
    assert targets(new, "value", "unit", "target_period", "lead_unit_id", "baseline_value") == [
        ("100", "%", "2025", "ministry-of-infrastructure", "45")
    ]


def test_chinese_tasks_with_targets_in_words(tmp_path):
    new, columns, left, _said = imported(
        tmp_path,
        "序号,重点任务,目标,完成时限,牵头单位,责任单位,完成情况\n"
        "1,新建公园,不少于12个,2027年,住建局,园林中心,已建3个\n"
        "2,新增停车位,2000个,2026年12月,住建局,交警支队,正在建\n",
        "zh",
    )
    assert (columns["重点任务"], columns["目标"]) == ("目标名称", "目标值")
    assert left["责任单位"] == "“牵头单位”已经是牵头单位，这一列没有收"
    assert "完成情况" in left
    assert targets(new, "name", "value", "unit", "comparator", "target_period")[0] == (
        "新建公园", "12", "个", "ge", "2027",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "任务,目标,目标值,单位,目标年\n绿化,新建公园,12,个,2025\n绿化,2025年森林覆盖率82%,82,%,2025\n"),
        ("en", "Action,Target,Value,Unit,Due\nGreen,New parks,12,parks,2025\nGreen,Tree cover,82,%,2025\n"),
    ],
)
def test_tasks_beside_targets_in_words_with_their_values_are_groups(tmp_path, language, text):
    new, columns, _left, _said = imported(tmp_path, text, language)
    task, target, *_more = text.split(",")
    assert (columns[task], columns[target]) == {"zh": ("分组", "目标名称"), "en": ("group", "name of the target")}[
        language
    ]
    told = [line.split(",")[1] for line in text.splitlines()[1:]]
    assert [name for (name,) in targets(new, "name")] == told
    assert len(rows(new / "targets" / "indicators.csv")) == len(told)


def test_a_target_in_words_alone_is_read_for_its_figure(tmp_path):
    new, columns, _left, _said = imported(
        tmp_path, "Pledge,Deadline,Team\nBuild 600 homes,2028,Housing\nPlant 5000 trees,2027,Parks\n"
    )
    assert columns == {
        "Pledge": "name of the target and target value", "Deadline": "target year", "Team": "not used",
    }  # fmt: skip
    assert targets(new, "name", "value", "unit") == [
        ("Build 600 homes", "600", "homes"), ("Plant 5000 trees", "5000", "trees"),
    ]  # fmt: skip


def test_figures_year_by_year_without_a_target_are_no_targets(tmp_path):
    source = tmp_path / "figures.csv"
    source.write_text("Indicator,Unit,2021,2022,2023\nBus trips,thousand,1,2,3\n", encoding="utf-8")
    done = run("import", "table", source, "--out", tmp_path / "new", "--language", "en")
    assert done.returncode == 2
    assert "holds no row that can become a target" in done.stderr


def test_columns_of_one_name_and_columns_without_a_name(tmp_path):
    source = tmp_path / "table.csv"
    source.write_text("Target,Target value,Unit,Unit,By,\nMore homes,600,homes,units,2028,extra\n", encoding="utf-8")
    done = run("import", "table", source, "--out", tmp_path / "new", "--language", "en")
    assert done.returncode == 0, done.stderr
    report = rows(tmp_path / "new-report.csv")
    columns = [(row["subject"], row["what"]) for row in report if row["outcome"] == "column"]
    assert columns[2:4] == [("Unit", "unit"), ("Unit", "not used")]
    assert columns[5] == ("column F (no heading)", "not used")
    left = [row["what"] for row in report if row["outcome"] == "left"]
    assert left[0] == "Unit is already the unit, so this column was left out"


def test_a_title_and_a_unit_above_the_headings(tmp_path):
    new, columns, _left, _said = imported(
        tmp_path,
        "丽水市2025年工作目标\n单位：亿元,,,,\n"
        "序号,项目名称,目标值（2025年）,现状值（2020年）,牵头单位\n1,生产总值,2250,1540,市发改委\n",
        "zh",
    )
    assert columns["现状值（2020年）"] == "2020 年的数和2020 年的基期值"
    assert targets(new, "name", "value", "unit", "baseline_value") == [("生产总值", "2250", "亿元", "1540")]


def test_headings_in_two_lines(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["丽水市主要指标", None, None, None, None, None, None])
    sheet.append(["指标名称", "单位", "目标值", None, "完成情况", None, "牵头单位"])
    sheet.append([None, None, "2025年", "2030年", "2023年", "2024年", None])
    for span in ("A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3"):
        sheet.merge_cells(span)
    sheet.append(["公路里程", "公里", 5000, 5500, 4500, 4600, "市交通局"])
    book.save(tmp_path / "two.xlsx")
    done = run("import", "table", tmp_path / "two.xlsx", "--out", tmp_path / "new", "--language", "zh")
    assert done.returncode == 0, done.stderr
    report = rows(tmp_path / "new-report.csv")
    assert [(row["subject"], row["what"]) for row in report if row["outcome"] == "column"] == [
        ("指标名称", "指标和目标名称"),
        ("单位", "单位"),
        ("目标值 2025年", "没有用"),
        ("目标值 2030年", "2030 年的目标值"),
        ("完成情况 2023年", "2023 年的数"),
        ("完成情况 2024年", "2024 年的数"),
        ("牵头单位", "牵头单位"),
    ]
    assert targets(tmp_path / "new", "name", "value", "target_period") == [("公路里程", "5500", "2030")]
    assert figures(tmp_path / "new") == [("2023", "4500"), ("2024", "4600")]


def test_units_in_names_bodies_under_units_and_deadlines_as_people_write_them(tmp_path):
    new, columns, _left, _said = imported(
        tmp_path,
        "目标,指标,目标值,时间节点,单位,联系人\n"
        "扩绿,森林覆盖率（%）,82,2025年底前,林业局,李四\n"
        "建园,新建公园（个）,12,2026年3月,建设局,王五\n",
        "zh",
    )
    assert (columns["单位"], columns["联系人"]) == ("牵头单位", "没有用")
    assert targets(new, "value", "unit", "target_period", "due", "lead_unit_id") == [
        ("82", "%", "2025", "", "unit-1"), ("12", "个", "2026", "2026-03-31", "unit-2"),
    ]  # fmt: skip


def test_a_share_is_not_compared_with_a_baseline_that_was_counted(tmp_path):
    new, _columns, left, _said = imported(
        tmp_path, "Target,Target value,By,Baseline,Base year\nReduce emissions,50%,2030,1200000,2018\n"
    )
    assert targets(new, "value", "comparator", "baseline_value") == [("50", "ge", "")]
    assert left["row 2, Reduce emissions"].startswith("the baseline ‘1200000’ is in another unit than the target")


def test_names_over_several_rows_years_in_cells_and_rows_that_are_none(tmp_path):
    source = tmp_path / "table.csv"
    source.write_text(
        "Objective,Target,KPI,Target value,Baseline,By\n"
        "Clean water,Connect villages,Households connected,85% by 2028,62% (2019),\n"
        ",,Schools connected,90%,,2027\n"
        ",Mend the network,Water lost,reduce by 10%,31%,2026\n"
        ",Mend the network,Water lost,reduce by 10%,31%,2026\n"
        "Clean air,,,40,,2029\n",
        encoding="utf-8",
    )
    done = run("import", "table", source, "--out", tmp_path / "new", "--language", "en")
    assert done.returncode == 0, done.stderr
    assert targets(tmp_path / "new", "name", "value", "target_period", "baseline_value", "project_id") == [
        ("Connect villages (Households connected)", "85", "2028", "62", "clean-water"),
        ("Connect villages (Schools connected)", "90", "2027", "", "clean-water"),
        ("Mend the network (Water lost)", "10", "2026", "", "clean-water"),
    ]
    report = rows(tmp_path / "new-report.csv")
    told = {(row["outcome"], row["subject"]): row["what"] for row in report}
    assert told["assumed", "Target"].startswith("1 empty row below was taken to go with")
    assert told["assumed", "Objective"].startswith("3 empty rows below were taken to go with")
    assert told["left", "row 5, Mend the network"] == "the row is the same as row 4 and was left out"
    assert told["left", "row 6, not named"].startswith("the row holds something but names no target")
    assert any("‘reduce by 10%’ speaks of a change" in row["what"] for row in report)
    assert any("the 2019 in ‘62% (2019)’" in row["what"] for row in report)


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("62% (2019)", ("62%", "2019")),
        ("60% by 2028", ("60%", "2028")),
        ("2025年达到60%", ("达到60%", "2025")),
        ("到2025年底，60%", ("60%", "2025")),
        ("48% (2022/23)", ("48%", "2022/23")),
        ("2000 homes", None),
        ("2000-3000", None),
        ("2028", None),
        ("60%", None),
    ],
)
def test_a_year_beside_a_figure(text, parted):
    with speaking("en"):
        assert _year_apart(text) == parted


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2028", ("2028", "")),
        ("by 2028", ("2028", "")),
        ("By the end of 2027", ("2027", "")),
        ("by March 2029", ("2029", "2029-03-31")),
        ("Feb 2028", ("2028", "2028-02-29")),
        ("31 March 2027", ("2027", "2027-03-31")),
        ("March 31, 2027", ("2027", "2027-03-31")),
        ("1st of May 2027", None),
        ("31/12/2026", ("2026", "2026-12-31")),
        ("12/31/2026", ("2026", "2026-12-31")),
        ("03/04/2027", None),
        ("2026-06-30", ("2026", "2026-06-30")),
        ("2026-06", ("2026", "2026-06-30")),
        ("2026 Q1", ("2026", "2026-03-31")),
        ("2026/27", ("2026-04-01/P12M", "")),
        ("2025年底", ("2025", "")),
        ("2025年底前", ("2025", "")),
        ("到2025年", ("2025", "")),
        ("2026年12月底前完成", ("2026", "2026-12-31")),
        ("2026年6月30日前", ("2026", "2026-06-30")),
        ("2026.6.30", ("2026", "2026-06-30")),
        ("2026年13月", None),
        ("ongoing", None),
        ("长期", None),
        ("47208", None),
    ],
)
def test_deadlines_as_people_write_them(text, found):
    with speaking("en"):
        assert read_deadline(text, 4) == found


@pytest.mark.parametrize(
    ("text", "meaning", "period", "aside"),
    [
        ("Strategic objective", "either_group", "", ""),
        ("Key performance indicator (KPI)", "indicator", "", "KPI"),
        ("Objective / Goal", "either_group", "", ""),
        ("2025年目标值（亿元）", "value", "2025", "亿元"),
        ("到2025年", "by", "2025", ""),
        ("By 2030", "by", "2030", ""),
        ("2025年（目标）", "either_target", "2025", ""),
        ("FY 2024/25 target", "either_target", "2024/25", ""),
        ("2021—2025年年均增速", "", "", ""),
        ("GDP (2020 prices)", "", "", "2020 prices"),
        ("2024 value", "actual", "2024", ""),
        ("Lead agency", "lead", "", ""),
        ("牵头责任单位", "lead", "", ""),
        ("Target group", "", "", ""),
        ("Unit cost", "", "", ""),
        ("Policy area", "project", "", ""),
        ("2020.0", "", "2020", ""),
    ],
)
def test_what_a_heading_says(text, meaning, period, aside):
    with speaking("en"):
        heading = read_heading(text)
        assert (Meanings().of(heading), heading.period, heading.aside) == (meaning, period, aside)
