"""The `forms` verbs as typed: what they print, write and exit with."""

import os
from pathlib import Path

import pytest
from forms_clerk import AS_OF, Clerk, reload
from typer.testing import CliRunner

from build_scripts.cli.verbs import app
from build_scripts.core.errors import BuildError, UsageError
from build_scripts.forms.layout import Form

DAY = ["--as-of", AS_OF.isoformat()]


def run(*arguments: object, package: Path, text: str = ""):
    return CliRunner().invoke(app, ["forms", *map(str, arguments), "--package", str(package), *DAY], input=text)


def test_export_writes_a_workbook_per_unit_and_says_what_is_in_it(package_dir, tmp_path):
    result = run("export", tmp_path / "out", package=package_dir)
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "未明确牵头单位_2025-10_三张表单.xlsx",
        "测试市交通局_2025-10_三张表单.xlsx",
        "测试市发展改革委_2025-10_三张表单.xlsx",
    ]
    assert "测试市交通局_2025-10_三张表单.xlsx\t主要指标5项\t重点任务3项\t问题1项" in result.output
    assert "已导出2025年10月表单3份" in result.output


def test_export_of_one_unit_prefills_the_assessed_status(package_dir, tmp_path):
    result = run("export", "--unit", "transport", "--period", "2025-Q3", tmp_path, package=package_dir)
    assert result.exit_code == 0, result.output
    clerk = Clerk(tmp_path / "测试市交通局_2025-Q3_三张表单.xlsx")
    assert clerk.cell(Form.INDICATORS, "length|city", "status").value


@pytest.mark.parametrize(("period", "words"), [("2025-13", "2026年10月、2026年第三季度或"), ("2025-12", "还没有结束")])
def test_a_period_that_cannot_be_reported_is_refused(package_dir, tmp_path, period, words):
    result = run("export", "--period", period, tmp_path, package=package_dir)
    assert isinstance(result.exception, UsageError)
    assert words in str(result.exception)


def test_ingest_prints_the_changes_and_writes_when_told(package_dir, clerk):
    clerk.figure("freight|city", 523.4)
    path = clerk.save()
    result = run("ingest", "--yes", path, package=package_dir)
    assert result.exit_code == 0, result.output
    assert f"新增\t{path.name}\t主要指标\t物流业产值（测试市）\t2025年10月\t— → 523.4亿元（初步数）" in result.output
    assert "已写入：来源1行、数据1行" in result.output
    assert len([s for s in reload(package_dir).sources if s.source_id.startswith("form-")]) == 1

    again = run("ingest", "--yes", path, package=package_dir)
    assert again.exit_code == 0
    assert "同样内容已经收录过" in again.output
    assert "没有需要写入的内容" in again.output


@pytest.mark.parametrize(("answer", "written"), [("y\n", True), ("n\n", False), ("", False)])
def test_ingest_asks_first(package_dir, clerk, answer, written):
    clerk.figure("freight|city", 523.4)
    result = run("ingest", clerk.save(), package=package_dir, text=answer)
    assert "写入2行吗" in result.output
    assert (result.exit_code == 0) is written
    assert isinstance(result.exception, BuildError) is not written
    assert any(s.source_id.startswith("form-") for s in reload(package_dir).sources) is written


def test_ingest_with_one_bad_cell_writes_nothing_says_where_and_marks_it(package_dir, clerk, tmp_path):
    before = {path: path.read_bytes() for path in package_dir.rglob("*.csv")}
    clerk.figure("freight|city", "约五百")
    clerk.figure("paved|city", 90)
    path = clerk.save()
    result = run("ingest", "--yes", "--marked", tmp_path / "退回", path, package=package_dir)
    assert result.exit_code == 1
    where = clerk.cell(Form.INDICATORS, "freight|city", "value").coordinate
    assert f"{path.name}：主要指标进度表!{where}：须改：“约五百”不是一个确定的数；只填数字" in result.output
    assert "一处也没有写入" in result.output
    assert (tmp_path / "退回" / f"{path.stem}.已标注.xlsx").is_file()
    assert {path: path.read_bytes() for path in package_dir.rglob("*.csv")} == before


def test_status_lists_units_and_reminders(package_dir):
    result = run("status", package=package_dir)
    assert result.exit_code == 0
    assert "2025年10月三张表单填报情况（截至2025年11月20日）" in result.output
    assert "测试市交通局\t0/2\t0/2\t0/1\t—\t逾期未报" in result.output
    assert "催报清单" in result.output
    assert "测试市交通局：2025年10月三张表单应于2025年11月10日前报送，已逾期10天" in result.output
    assert "\n  重点任务进度表：大桥（虚构）；隧道（虚构）\n" in result.output


def test_of_a_form_and_its_marked_copy_in_a_folder_the_newer_is_read(package_dir, clerk, tmp_path):
    clerk.figure("freight|city", "约五百")
    folder = tmp_path / "收回"
    folder.mkdir()
    path = clerk.path = folder / "交通.xlsx"
    clerk.save()
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert run("ingest", "--yes", folder, package=package_dir).exit_code == 1
    marked = folder / "交通.已标注.xlsx"
    mended = Clerk(marked)
    mended.figure("freight|city", 523.4)
    mended.save()
    (folder / "数.csv").write_text("1,2\n", encoding="utf-8")
    result = run("ingest", "--yes", "--take-good", folder, package=package_dir)
    assert "交通.xlsx：文件夹里另有改得更晚的 交通.已标注.xlsx，这一份不读" in result.output
    assert "数.csv：须改：这是文本（如 CSV）文件，不是工作簿" in result.output
    assert "已写入：来源1行、数据1行" in result.output


def test_units_and_periods_are_said_in_words_and_a_folder_is_the_workbooks_in_it(package_dir, tmp_path):
    forms = tmp_path / "forms"
    result = run("export", "--unit", "交通局", "--period", "2025年10月", forms, package=package_dir)
    assert result.exit_code == 0, result.output
    [path] = forms.iterdir()
    assert path.name == "测试市交通局_2025-10_三张表单.xlsx"
    clerk = Clerk(path)
    clerk.sign()
    clerk.figure("freight|city", 523.4)
    clerk.save()
    (forms / "~$锁.xlsx").write_bytes(b"")
    (forms / "说明.txt").write_text("x", encoding="utf-8")
    assert run("ingest", "--yes", forms, package=package_dir).exit_code == 0
    result = run("status", "--period", "2025年10月", package=package_dir)
    assert "测试市交通局\t1/2" in result.output
    assert "  主要指标进度表：累计投资（测试市）\n" in result.output
