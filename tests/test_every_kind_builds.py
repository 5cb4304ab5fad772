"""Whatever `check` lets pass is told in words: every kind with every comparator and direction, to the last file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from packages import ROOT, write_package
from page_samples import publication

from build_scripts.assess import assess_package
from build_scripts.checks import find_violations
from build_scripts.checks.kinds import COMPARATORS, KINDS, allowed_directions, units
from build_scripts.core.records import Indicator, Severity
from build_scripts.core.settings import Settings
from build_scripts.explain import explain, unlock
from build_scripts.forms.export import export_forms
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.periods import FormPeriod
from build_scripts.load import read, records
from build_scripts.overlay import overlay
from build_scripts.pages import SiteData, build_pages
from build_scripts.report import build_report

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 28)
DAYS = (date(2024, 6, 30), TODAY)
UNITS = {"level": "亿元", "share": "%", "growth": "%", "index": "点", "rank": "位", "count": "个", "time": "分钟"}
# A value for each kind, near which the figures of 2020–2025 lie (`FIGURES`), so that some are met and some are not.
VALUES = {
    "multiple_of_base": "1.05",
    "avg_growth": "6",
    "avg_increment": "2",
    "cum_flow": "250",
    "rank": "3",
    "annual_task": "2",
}
NO_VALUE = ("moving_ref", "milestone", "qualitative")
FIGURES = {"growth": ("7", "5.5", "8"), "rank": ("2", "3", "5")}
USUAL = ("50", "52", "55", "58")


def combinations() -> Iterator[tuple[str, str, str, str]]:
    """(kind, comparator, direction, nature): all that the table allows, each with the first nature that is."""
    for kind, needs in KINDS.items():
        for comparator in COMPARATORS:
            for nature in needs.natures:
                for direction in allowed_directions(kind, nature, comparator):
                    if nature == _first_nature(kind, comparator, direction):
                        yield kind, comparator, direction, nature


def _first_nature(kind: str, comparator: str, direction: str) -> str:
    return next(each for each in KINDS[kind].natures if direction in allowed_directions(kind, each, comparator))


ALL = tuple(combinations())


def _table(rows: list[dict[str, str]], columns: list[str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _header(path: Path) -> list[str]:
    return next(csv.reader(path.read_text(encoding="utf-8").splitlines()))


def _indicators() -> list[dict[str, str]]:
    pairs = sorted({(nature, direction) for _kind, _comparator, direction, nature in ALL})
    return [
        {
            "indicator_id": f"{nature}-{direction}", "name": f"{nature}{direction}指标", "unit": UNITS[nature],
            "decimals": "1", "direction": direction, "frequency": "A", "definition": "虚构", "nature": nature,
        }
        for nature, direction in pairs
    ]  # fmt: skip


def _target(number: int, kind: str, comparator: str, direction: str, nature: str) -> dict[str, str]:
    indicator = Indicator("x", "x", UNITS[nature], 1, direction, "A", "", nature)
    has_value = comparator != "none" and kind not in NO_VALUE
    falls = (
        kind == "count_by" and comparator not in ("ge", "gt", "none") and (comparator, direction) != ("approx", "up")
    )
    row = {
        "target_id": f"{kind}-{comparator}-{direction}".replace("_", "-"), "plan_id": "test-plan",
        "indicator_id": f"{nature}-{direction}", "region_id": "city", "name": f"第{number}项", "kind": kind,
        "comparator": comparator, "unit": units(kind, indicator)[0], "baseline_period": "2020",
        "period_start": "2021", "target_period": "2025", "section": "二/（一）", "figure_as_printed": "原文",
        "in_totals": "true", "lead_unit_id": "dev-reform",
    }  # fmt: skip
    if has_value:
        row["value"] = VALUES.get(kind, FIGURES.get(nature, USUAL)[-1])
        row["value_high"] = str(round(float(row["value"]) * 1.2, 2)) if comparator == "between" else ""
    if kind == "moving_ref":
        row["reference_region_id"] = "county-a"
    if kind == "rank":
        row["peers"] = "11"
    if falls:
        row["monotone"] = "false"
    return row


def _figures() -> list[dict[str, str]]:
    found = []
    for each in _indicators():
        values = FIGURES.get(each["nature"], USUAL)
        for region, more in (("city", 0), ("county-a", 1)):
            for year, value in zip(range(2020, 2024), (*values, values[-1]), strict=False):
                row = {"indicator_id": each["indicator_id"], "region_id": region, "period": str(year)}
                row |= {"basis": "main", "pub": f"{year + 1}-03-01", "source_id": "gazette", "obs_status": "A"}
                found.append({**row, "value": str(float(value) + more)})
        if each["nature"] in ("level", "count"):
            span = {"indicator_id": each["indicator_id"], "region_id": "city", "period": "2021-01-01/P30M"}
            found.append({**span, "basis": "main", "pub": "2023-08-01", "source_id": "gazette", "obs_status": "A",
                          "value": "140"})  # fmt: skip
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One package with a target of every combination."""
    made = write_package(tmp_path_factory.mktemp("kinds") / "package")
    targets = [_target(number, *each) for number, each in enumerate(ALL, 1)]
    tables = {"targets/indicators.csv": _indicators(), "targets/targets.csv": targets,
              "progress/observations.csv": _figures()}  # fmt: skip
    for path, rows in tables.items():
        columns = list(dict.fromkeys([*_header(made / path), *(name for row in rows for name in row)]))
        (made / path).write_text(_table(rows, columns), encoding="utf-8")
    events = [row for row in targets if row["kind"] == "milestone"]
    tasks = [
        {"task_id": f"work-{row['target_id']}", "plan_id": "test-plan", "name": row["name"], "region_id": "city",
         "due": "2025-12-31", "due_as_printed": "2025年底", "target_id": row["target_id"], "section": "二",
         "lead_unit_id": "dev-reform"}
        for row in events
    ]  # fmt: skip
    (made / "targets/tasks.csv").write_text(_table(tasks, _header(made / "targets/tasks.csv")), encoding="utf-8")
    for path in ("targets/related_indicators.csv", "progress/task_events.csv", "progress/problems.csv",
                 "progress/problem_events.csv"):  # fmt: skip
        header = _header(made / path)
        (made / path).write_text(_table([], header), encoding="utf-8")
    return made


def test_check_lets_every_combination_pass(folder: Path) -> None:
    found = find_violations(read(folder), TODAY)
    assert [str(each) for each in found if each.severity is Severity.ERROR] == []
    assert len(ALL) > 150


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_combination_is_told_in_words(folder: Path, day: date) -> None:
    package = records(read(folder))
    report = build_report(package, day)
    pages = {page.address: page for page in build_pages(SiteData(report, {}, publication(folder, report)))}
    assert {f"targets/{target.target_id}/" for target in package.targets} <= set(pages)
    for entry in report.entries:
        told = explain(entry.assessment, unit=entry.indicator.unit)
        assert all(re.search(r"[。；]$", sentence) for sentence in told)
        assert not any("{" in sentence for sentence in (*told, unlock(entry.target, entry.assessment, package)))


def test_every_combination_reaches_page_chart_form_and_file(folder: Path, tmp_path: Path) -> None:
    package = records(read(folder))
    made = overlay(Settings(ROOT, folder, TODAY, tmp_path / "out"), package, build_report(package, TODAY))
    texts = {each.path: each.data for each in made.files}
    for target in package.targets:
        page = texts[f"targets/{target.target_id}/index.md"]
        assert target.name in page.decode()
    month = FormPeriod.parse("2024-06")
    assert month is not None
    book = PackageIndex(package, assess_package(package, TODAY), TODAY)
    written = list(export_forms(book, month, ["dev-reform"], "0" * 16, tmp_path / "forms"))
    assert [path.suffix for path, _forms in written] == [".xlsx"]
