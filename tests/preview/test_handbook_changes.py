"""The editors' handbook tried from end to end with its own commands: an erratum, an amendment, a merger, an undo."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from forms_clerk import CHANGES, Clerk
from packages import add, column, write_package
from preview_samples import ROOT, build_site, made, settings_of
from typer.testing import CliRunner

from build_scripts.cli import check, clock, forms_ingest, forms_undo
from build_scripts.cli import preview as preview_verb
from build_scripts.cli import publish as publishing
from build_scripts.cli.verbs import app
from build_scripts.core.errors import DataError
from build_scripts.load.earlier import SITE_TABLES
from build_scripts.overlay import Overlay

DAY = date(2026, 11, 22)
HANDBOOK = (ROOT / "docs/handbook/forms.md").read_text(encoding="utf-8")
NO_LEAD = "未明确牵头单位"


def section(anchor: str) -> str:
    """The text of one section of the handbook."""
    return re.split(r"\n#{2,3} ", HANDBOOK.partition(f"{{ #{anchor} }}")[2])[0]


@pytest.fixture
def city(tmp_path, monkeypatch):
    """A published site of the invented package, and `typed(words)` → what a command prints; `today` is one day."""
    folder = write_package(tmp_path / "package", *CHANGES)
    settings = settings_of(folder, DAY)
    monkeypatch.setattr(preview_verb, "overlay", lambda chosen, _package, _report: Overlay(tuple(made(chosen)), ()))
    for module in (check, clock, forms_ingest, forms_undo, preview_verb):
        monkeypatch.setattr(module, "today", lambda: DAY)
    monkeypatch.chdir(tmp_path)

    def typed(words: str, *more: object, code: int = 0) -> str:
        where = ["--package", str(folder)] + (["--out", str(settings.out_dir)] if words.startswith("preview") else [])
        day = [] if words.startswith("forms undo") else ["--as-of", DAY.isoformat()]
        result = CliRunner().invoke(app, [*words.split(), *map(str, more), *where, *day])
        assert result.exit_code == code, result.output
        return result.output

    publish(settings)
    return settings, typed


def publish(settings) -> None:
    """Build the site with the tables it offers, and let it out."""
    tables = build_site(settings) / SITE_TABLES
    tables.mkdir(parents=True, exist_ok=True)
    for path in settings.package_dir.rglob("*.csv"):
        shutil.copy(path, tables / path.name)
    publishing.publish(approved_by="王某", package=settings.package_dir, out=settings.out_dir)


def bulletin(settings) -> tuple[str, str]:
    """The bulletin's page and its page of what came later, as they would be built now."""
    pages = {each.path: each.data.decode() for each in made(settings)}
    return pages["bulletins/m-2024-03/index.md"], pages["bulletins/m-2024-03/later/index.md"]


def correction(typed, note: str = "前报数有误") -> Path:
    """A form that corrects the figure of 2023, which the bulletin rests on."""
    typed("forms export --unit none --period 2026年10月", "表单")
    path = next(Path("表单").glob(f"{NO_LEAD}*.xlsx"))
    person = Clerk(path)
    person.sign(unit="测试市发展改革委")
    person.figure("gdp|city", 181.5, period="2023年", note=note)
    return person.save("更正.xlsx")


@pytest.mark.slow
def test_an_erratum_as_the_handbook_says(city):
    assert "正文一字不动，更正列在这期通报的“此后”页上" in section("erratum")
    settings, typed = city
    before, later = bulletin(settings)
    said = typed("forms ingest --yes --accept *", correction(typed))
    assert "已写入：来源1行、数据1行" in said
    after, corrected = bulletin(settings)
    assert after == before
    assert "181.5" in corrected
    assert "181.5" not in later
    assert "181.5" in typed("preview")


def test_an_undo_as_the_handbook_says(city):
    assert "python -m build_scripts forms undo" in section("undo")
    settings, typed = city
    tables = {path: path.read_bytes() for path in settings.package_dir.rglob("*.csv")}
    typed("forms ingest --yes --accept *", correction(typed))
    first = {path: path.read_bytes() for path in settings.package_dir.rglob("*.csv")}
    typed("forms ingest --yes --accept *", correction(typed, note="前报数有误，已与统计部门核对"))
    assert "已撤回" in typed("forms undo --yes")
    assert {path: path.read_bytes() for path in settings.package_dir.rglob("*.csv")} == first
    assert "已撤回" in typed("forms undo --yes"), "again: the one before"
    assert {path: path.read_bytes() for path in settings.package_dir.rglob("*.csv")} == tables
    assert "没有可以撤回的收表" in str(CliRunner().invoke(app, ["forms", "undo", "--yes", "--package",
                                                         str(settings.package_dir)]).exception)  # fmt: skip
    assert "再运行一次，撤回再前一次" in section("undo")


def amend(settings, table: str, key: str, day: str) -> None:
    """`withdrawn_on` in one row of a table of `targets/`, as an editor writes it."""
    rows = (settings.package_dir / "targets" / f"{table}.csv").read_text(encoding="utf-8").splitlines()[1:]
    ended = [day if row.startswith(f"{key},") else "" for row in rows]
    for name, values in (("valid_from", []), ("withdrawn_on", ended), ("replaces", [])):
        column(table, name, *values)(settings.package_dir)


NEW = {
    "target_id": "freight-2027", "plan_id": "test-plan", "project_id": "road", "indicator_id": "freight",
    "region_id": "city", "name": "物流业产值达到650亿元", "kind": "level_by", "comparator": "ge", "value": "650",
    "unit": "亿元", "target_period": "2027", "section": "三/（一）", "figure_as_printed": "650亿元",
    "lead_unit_id": "transport", "in_totals": "true", "valid_from": "2026-11-01", "replaces": "freight-2025",
}  # fmt: skip


def test_an_amendment_as_the_handbook_says(city):
    assert "原来那一行的 `withdrawn_on`" in section("amend")
    settings, typed = city
    before, _later = bulletin(settings)
    amend(settings, "targets", "freight-2025", "2026-11-01")
    add("targets", **NEW)(settings.package_dir)
    typed("check")
    printed = typed("preview")
    first = printed[printed.index("目标修改") :].splitlines()[1]
    assert re.search("≥600亿元.*2026年11月1日起改为.*≥650亿元", first)
    assert printed.index("目标修改") < printed.index("页面")
    assert bulletin(settings)[0] == before
    publish(settings)


def test_an_amendment_within_a_published_bulletin_is_not_published(city):
    settings, typed = city
    amend(settings, "targets", "freight-2025", "2024-03-01")
    typed("check")
    with pytest.raises(DataError) as refused:
        publish(settings)
    [said] = refused.value.problems
    assert (said.code, said.field) == ("amendment-told", "withdrawn_on")
    assert said.hint == "写 2024-03-31 以后的日期；文件印发得更早的，在 note 里写明印发日期"


def test_a_merger_as_the_handbook_says(city):
    assert "用分号隔开" in section("merge")
    settings, typed = city
    before, _later = bulletin(settings)
    amend(settings, "units", "transport", "2026-11-01")
    add("units", unit_id="joint", name="测试市大交通局", category="department", valid_from="2026-11-01",
        replaces="transport")(settings.package_dir)  # fmt: skip
    typed("check")
    assert "2026年11月1日起由测试市大交通局承担" in typed("preview")
    assert bulletin(settings)[0] == before
    said = typed("forms status --period 2026年10月")
    assert "测试市大交通局" in said
    assert "测试市交通局" not in said
