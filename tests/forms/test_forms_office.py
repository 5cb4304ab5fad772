"""A real spreadsheet program opens, recalculates and saves the forms, and what it saves can be taken in."""

import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from forms_clerk import figures

from build_scripts.forms.layout import Form

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SOFFICE, reason="LibreOffice (soffice) is not installed"),
]


def convert(path: Path, kind: str, folder: Path) -> Path:
    """Open a workbook in LibreOffice without a window, recalculate, save as `kind`."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder / f"{path.stem}.{kind}"


@pytest.fixture
def resaved(clerk, tmp_path):
    clerk.figure("freight|city", 523.4)
    sheet = clerk.sheet(Form.INDICATORS)
    clerk.cell(Form.INDICATORS, "paved|city", "value").value = "=45+45.5"
    assert sheet["B4"].value.startswith("=")
    folder = tmp_path / "office"
    folder.mkdir()
    return convert(clerk.save("form.xlsx"), "xlsx", folder)


def test_libreoffice_recalculates_and_keeps_drop_downs_locks_and_hidden_sheet(resaved, package_dir):
    values = openpyxl.load_workbook(resaved, data_only=True)
    assert values[Form.INDICATORS.sheet]["B4"].value.startswith("已填 2 项，共 5 项")
    assert values[Form.TASKS.sheet]["F3"].value == "张三"

    workbook = openpyxl.load_workbook(resaved)
    sheet = workbook[Form.INDICATORS.sheet]
    kinds = {rule.type for rule in sheet.data_validations.dataValidation}
    assert kinds >= {"list", "decimal", "date"}
    lists = {rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    assert '"正式数,初步数,估算数,口径有差异,口径调整后首个数,暂无数据"' in lists
    assert sheet.protection.sheet
    assert workbook["_表单信息"].sheet_state in {"hidden", "veryHidden"}
    assert sheet.print_title_rows

    # A formula whose result the program has stored is a value like any other.
    assert figures(package_dir, resaved) == {
        ("freight", "city", "2025-10"): Decimal("523.4"),
        ("paved", "city", "2025-10"): Decimal("90.5"),
    }


def test_a_workbook_saved_by_libreoffice_as_xls_is_read(clerk, package_dir, tmp_path):
    clerk.figure("freight|city", 523.4)
    folder = tmp_path / "office"
    folder.mkdir()
    assert figures(package_dir, convert(clerk.save("form.xlsx"), "xls", folder)) == {
        ("freight", "city", "2025-10"): Decimal("523.4")
    }
