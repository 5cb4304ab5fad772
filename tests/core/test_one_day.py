"""A site of an old day: nothing that came later is in any of its files, and its files agree with one another."""

import gzip
import io
import json
import re
import shutil
import sqlite3
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import packages
import pyarrow.parquet
import pytest
import sites

from build_scripts.checks import load_day, load_package
from build_scripts.core.settings import Settings
from build_scripts.exports import assessed_edition
from build_scripts.exports.publication import Publication, files
from build_scripts.overlay import overlay
from build_scripts.report import build_report

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
DAY = date(2024, 6, 30)
MARK = "后来才有"  # in the words of every planted row; its figures are 98765.…
LATER = {
    "plan": [
        packages.copy_row("plans", 2, plan_id="later-plan", title=f"{MARK}的规划", short_title=f"{MARK}规划",
                          issued_on="2024-07-01"),
        packages.add("units", unit_id="later-unit", name=f"{MARK}的单位", category="department"),
        packages.add("regions", region_id="later-group", name=f"{MARK}的组团", level="area", order="9"),
        packages.add("region_members", group_id="later-group", region_id="county-a"),
        packages.copy_row("indicators", 2, indicator_id="later-indicator", name=f"{MARK}的指标"),
        packages.copy_row("projects", 2, project_id="later-project", plan_id="later-plan", title=f"{MARK}的工程",
                          short_title=f"{MARK}工程", lead_unit_id="later-unit", order="7"),
        packages.add("responsibilities", project_id="later-project", unit_id="later-unit", role="lead", order="1"),
        packages.copy_row("targets", 2, target_id="later-target", plan_id="later-plan", project_id="later-project",
                          name=f"{MARK}的目标", indicator_id="later-indicator", lead_unit_id="later-unit",
                          value="98765.1"),
        packages.copy_row("targets", 2, target_id="later-group-target", plan_id="later-plan",
                          name=f"{MARK}的组团目标", region_id="later-group", baseline_period="", baseline_value="",
                          baseline_basis="", baseline_source_id=""),
        packages.copy_row("related_indicators", 2, target_id="later-target", note=f"{MARK}的相关数据"),
        packages.copy_row("tasks", 2, task_id="later-task", plan_id="later-plan", project_id="later-project",
                          name=f"{MARK}的任务", target_id="later-target"),
        packages.add("observations", indicator_id="later-indicator", region_id="city", period="2023", basis="main",
                     pub="2024-03-01", source_id="gazette", value="98765.2", obs_status="A"),
        packages.copy_row("task_events", 2, task_id="later-task", note=f"{MARK}的进展"),
    ],
    "figure": [
        packages.add("sources", source_id="later-source", title=f"{MARK}的公报", publisher=f"{MARK}局",
                     published="2024-07-01", url="https://example.org/later", tier="1"),
        packages.copy_row("observations", 4, pub="2024-07-01", source_id="later-source", value="98765.3",
                          note=f"{MARK}的修订"),
        packages.copy_row("observations", 4, period="2024-Q2", pub="2024-07-20", source_id="later-source",
                          value="98765.4", note=f"{MARK}的季度数"),
    ],
    "event": [packages.copy_row("task_events", 2, date="2024-07-01", pub="2024-07-02", note=f"{MARK}的一步")],
    "problem": [
        packages.copy_row("problems", 2, problem_id="later-problem", title=f"{MARK}的问题", opened="2024-06-01"),
        packages.copy_row("problem_events", 2, problem_id="later-problem", pub="2024-07-02", date="2024-06-01",
                          note=f"{MARK}才公布"),
    ],
    "bulletin": [
        packages.add("bulletins", bulletin_id="m-2024-06", kind="month", period="2024-05", as_of="2024-06-30",
                     released="2024-07-02", headline=f"{MARK}的通报"),
    ],
}  # fmt: skip


def project(folder: Path, *changes) -> Settings:
    """A small project folder of its own with the invented package, as of `DAY`."""
    (folder / "datapackage").mkdir(parents=True)
    packages.write_package(folder / "datapackage", *changes)
    shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    return Settings(sites.share_store(folder), folder / "datapackage", DAY, folder / "build")


def made(settings: Settings) -> dict[str, bytes]:
    """Every generated file of the site by path."""
    day = load_day(settings.package_dir, TODAY, settings.as_of, settings.known)
    report = build_report(day.seen, settings.as_of, settings.known)
    return {each.path: each.data for each in overlay(settings, day.whole, report).files}


def text_of(path: str, data: bytes) -> str:
    """What a file says, packed kinds unpacked; pictures say nothing."""
    if path.endswith((".zip", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(text_of(name, archive.read(name)) for name in archive.namelist())
    if path.endswith(".parquet"):
        return str(pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist())
    if path.endswith(".sqlite"):
        base = sqlite3.connect(":memory:")
        base.deserialize(data)
        return "\n".join(base.iterdump())
    if path.endswith(".gz"):
        return gzip.decompress(data).decode()
    return "" if path.endswith((".png", ".woff2")) else data.decode()


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return made(project(tmp_path_factory.mktemp("plain")))


@pytest.mark.parametrize("kind", LATER)
def test_what_came_later_is_in_no_file_of_an_old_day(kind, plain, tmp_path):
    """The site is the one of the package without the later rows, byte for byte: names, counts, cards and all."""
    settings = project(tmp_path / "later", *LATER[kind])
    found = made(settings)
    for path, data in found.items():
        text = text_of(path, data)
        assert MARK not in text, path
        assert "98765" not in text, path
        assert "later-" not in text.replace("later-revisions", ""), path
    different = {path for path in {*found, *plain} if found.get(path) != plain.get(path)}
    assert different <= {"publications/state.json"}, sorted(different)[:20]  # it holds the hash of the package's files
    there = made(replace(settings, as_of=date(2024, 8, 1)))
    assert any(MARK in text_of(path, data) for path, data in there.items())


def test_a_day_before_every_plan_has_a_site_too(tmp_path):
    settings = replace(project(tmp_path / "early"), as_of=date(2021, 2, 28))
    found = made(settings)
    assert "index.md" in found
    assert json.loads(found["api/v1/targets.json"])["items"] == []
    for path, data in found.items():
        assert not re.search(r"生产总值|环城路|道路工程|测试规划", text_of(path, data)), path


@pytest.fixture(scope="module")
def real():
    return load_package(ROOT / "datapackage", TODAY)


@pytest.mark.parametrize("day", [date(2020, 12, 19), date(2021, 6, 30), date(2023, 3, 7), date(2023, 3, 8)], ids=str)
def test_the_files_of_a_day_agree_with_the_pages(real, day):
    expected = sum(real.plan_by_id[target.plan_id].issued_on <= day for target in real.targets)
    report = build_report(real, day)
    assert report.tally.total == len(report.entries) == expected
    made = Publication(assessed_edition(report, {}))
    found = dict(files(made))
    assert len(json.loads(found["api/v1/targets.json"])["items"]) == expected
    for table in ("targets", "assessments", "targets_wide"):
        assert len(made.tables[table].rows) == expected, table
    later = {row.plan_id for row in real.plans if row.issued_on > day}
    hidden = {each.target_id for each in real.targets if each.plan_id in later}
    hidden |= {each.project_id for each in real.projects if each.plan_id in later}
    hidden |= {each.task_id for each in real.tasks if each.plan_id in later}
    for path, content in found.items():
        text = text_of(path, content)
        assert not hidden & set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", f"{path} {text}")), path


def test_each_day_of_a_quarter_brings_what_was_published_on_it(real):
    """A figure is in the report of its day of publication and not in that of the day before."""
    for seen in real.observations[:40]:
        named = {target.indicator_id for target in build_report(real, seen.pub).package.targets}
        if seen.indicator_id not in named:
            continue
        assert seen in build_report(real, seen.pub).package.observations
        assert seen not in build_report(real, seen.pub - timedelta(days=1)).package.observations
