"""Every output of a site tells the same figure, period, source and verdict of each target and of each series."""

import csv
import io
import json
import shutil
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import outputs
import packages
import pytest

from build_scripts.build import overlay
from build_scripts.checks import load_day, load_package
from build_scripts.core.records import Observation
from build_scripts.core.settings import Settings
from build_scripts.core.standing import Standings, standings
from build_scripts.locale import day, t
from build_scripts.pages import wording
from build_scripts.report import Report, build_report

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
DAY = date(2024, 6, 30)
KEY = ("indicator_id", "region_id", "period", "basis", "pub", "source_id")
WEB = packages.add(
    "sources", source_id="web", title="网站文章（虚构）", publisher="某网站", published="2024-05-01",
    url="https://example.org/web", tier="3",
)  # fmt: skip
GDP = {"indicator_id": "gdp", "region_id": "city", "obs_status": "A"}


def figure(period: str, value: str, pub: str, source: str, basis: str = "main", **more: str) -> packages.Change:
    cells = {**GDP, "period": period, "value": value, "pub": pub, "source_id": source, "basis": basis}
    return packages.add("observations", **cells | more)


# What is planted, and what must then be told of gdp-2025: period, value, source, and why 180 of 2023 does not stand.
PLANTED = {
    "nothing": ((), ("2023", "180", "gazette"), ""),
    "a later tier 3": ((WEB, figure("2023", "220", "2024-05-01", "web")), ("2023", "180", "gazette"), ""),
    "a year that only tier 3 has": (
        (WEB, figure("2020", "150", "2024-05-01", "web")), ("2023", "180", "gazette"), "",
    ),
    "a forecast": (
        (figure("2024", "230", "2024-03-01", "gazette", obs_status="F"),), ("2023", "180", "gazette"), "",
    ),
    "a conflict": (
        (figure("2023", "199", "2024-03-01", "paper", obs_status="P"),), ("2022", "171.5", "gazette"), "conflict",
    ),
    "two bases": (
        (figure("2023", "210", "2024-04-01", "gazette", "census"),), ("2023", "210", "gazette"), "other_basis",
    ),
    "a withdrawn value": (
        (figure("2023", "", "2024-05-01", "gazette", obs_status="M"),), ("2022", "171.5", "gazette"), "withdrawn",
    ),
    "a rounded copy": ((figure("2023", "181", "2024-05-02", "paper", obs_status="P"),), ("2023", "180", "gazette"), ""),
    "a revision": ((figure("2023", "188", "2024-05-02", "gazette"),), ("2023", "188", "gazette"), "superseded"),
    "a quarter": ((figure("2024-Q1", "44", "2024-05-02", "gazette"),), ("2023", "180", "gazette"), ""),
}  # fmt: skip


@dataclass(frozen=True)
class Site:
    """A site's files beside the report they were made from."""

    files: outputs.Files
    report: Report

    @property
    def series(self) -> dict[tuple[str, str], Standings]:
        return dict(standings(self.report.package))


@pytest.fixture(scope="module", params=PLANTED)
def planted(request, tmp_path_factory):
    root = tmp_path_factory.mktemp("planted")
    (root / "datapackage").mkdir()
    changes, *expected = PLANTED[request.param]
    packages.write_package(root / "datapackage", *changes)
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    settings = Settings(root, root / "datapackage", DAY, root / "build")
    known = load_day(settings.package_dir, TODAY, DAY)
    report = build_report(known.seen, DAY)
    made = overlay(settings, known.whole, report).files
    return Site({each.path: each.data for each in made}, report), expected


def cells(seen: Observation) -> dict[str, str | None]:
    return {name: outputs.said(getattr(seen, name)) for name in (*KEY, "value")}


def tables_agree(site: Site) -> None:
    """Wide table, standing table, database views and SDMX, each form cell by cell."""
    package, told = site.report.package, {e.target_id: e.latest for e in site.report.entries}
    for form, rows in outputs.table(site.files, "targets_wide").items():
        assert [row["target_id"] for row in rows] == list(told), form
        for row in rows:
            entry, latest = site.report.entry_by_id[row["target_id"]], told[row["target_id"]]
            assert row["status"] == entry.status.value, (form, row["target_id"])
            seen = latest and latest.observation
            fields = ("period", "value", "pub", "source_id", "basis")
            expected = [outputs.said(getattr(seen, name)) if seen else None for name in fields]
            names = ("latest_period", "latest_value", "latest_pub", "latest_source_id", "latest_basis")
            assert [row[name] for name in names] == expected, (form, row["target_id"])
            if row["judged_value"] is not None and seen is not None and entry.judged:
                assert (row["judged_period"], row["judged_value"]) == (row["latest_period"], row["latest_value"]), form
    why = {tuple(cells(seen)[name] for name in KEY): site.series[seen.indicator_id, seen.region_id].why(seen)
           for seen in package.observations}  # fmt: skip
    for form, rows in outputs.table(site.files, "standing").items():
        assert {tuple(row[name] for name in KEY): row["why"] or "" for row in rows} == why, form
        assert all((row["stands"] in {"true", "1"}) is (row["why"] is None) for row in rows), form
    standing = {key for key, reason in why.items() if not reason}
    current = outputs.query(site.files, "SELECT * FROM observations_current")
    assert {tuple(outputs.said(row[name]) for name in KEY) for row in current} == standing
    assert len({tuple(row[name] for name in KEY[:3]) for row in current}) == len(current)
    exchanged = {
        (row["INDICATOR"], row["REF_AREA"], row["TIME_PERIOD"], row["BASIS"], row["PUBLISHED"], row["SOURCE"]): row
        for row in outputs.sdmx(site.files)
    }
    for row in current:
        same = exchanged[tuple(outputs.said(row[name]) for name in KEY)]
        assert outputs.said(same["OBS_VALUE"]) == outputs.said(row["value"])
    for row in outputs.query(site.files, "SELECT * FROM targets_now"):
        assert row["status"] == site.report.entry_by_id[row["target_id"]].status.value


def targets_agree(site: Site) -> None:
    """Page, chart, interface, subset, light page and badge of each target."""
    package = site.report.package
    for entry in site.report.entries:
        name, latest = entry.target_id, entry.latest
        label = t(f"status.label.{entry.status}")
        answer = json.loads(site.files[f"api/v1/targets/{name}.json"], parse_float=Decimal)
        assert answer["assessment"]["status"] == entry.status.value
        assert label in site.files[f"badges/{name}.svg"].decode()
        text, light = outputs.page(site.files, f"targets/{name}/"), site.files[f"embed/{name}/index.html"].decode()
        assert label in text
        assert label in light
        if latest is None:
            assert answer["latest"] is None
            continue
        seen = latest.observation
        assert {key: outputs.said(answer["latest"][key]) for key in cells(seen)} == cells(seen)
        words = wording.figure_words(seen, entry.indicator.unit)
        amount = wording.amount(seen.value, entry.indicator.unit)
        assert amount in text, name
        assert package.source_by_id[seen.source_id].title.replace(" ", "") in text, name
        for address in outputs.lists_of(entry):
            assert words.replace(" ", "") in outputs.page(site.files, address), (name, address)
        own = list(csv.DictReader(io.StringIO(site.files[f"data/subsets/targets/{name}.csv"].decode())))
        assert any({key: outputs.said(row[key]) for key in cells(seen)} == cells(seen) for row in own), name
        chart = site.files.get(f"assets/charts/{name}-trajectory.csv")
        if chart:
            rows = list(csv.reader(io.StringIO(chart.decode("utf-8-sig"))))
            assert outputs.drawn(rows, seen, package.source_by_id[seen.source_id]), name


def series_agree(site: Site) -> None:
    """The page of each region and indicator, and the charts of series, tell the figure that stands."""
    package = site.report.package
    for (indicator_id, region_id), series in site.series.items():
        latest = series.latest
        if latest is None:
            continue
        indicator = package.indicator_by_id[indicator_id]
        words = wording.figure_words(latest, indicator.unit).replace(" ", "")
        assert words in outputs.page(site.files, f"regions/{region_id}/"), (indicator_id, region_id)
        rivals = [row for each in series.periods for row, why in each.rivals if why in {"lower_tier", "copy"}]
        for row in rivals:
            beaten = f"{indicator.name}{wording.figure_words(row, indicator.unit)}".replace(" ", "")
            assert row.value == latest.value or beaten not in outputs.page(site.files, f"regions/{region_id}/")
    for indicator in package.indicators:
        first = next((key for key in outputs.in_order(package, indicator) if key in site.series), None)
        if first and (latest := site.series[first].latest):
            words = wording.figure_words(latest, indicator.unit).replace(" ", "")
            assert words in outputs.page(site.files, f"indicators/{indicator.indicator_id}/")


def test_every_output_of_a_planted_package_agrees(planted):
    site, _expected = planted
    tables_agree(site)
    targets_agree(site)
    series_agree(site)


def test_what_was_planted_is_told_as_the_method_says(planted):
    site, (told, why) = planted
    entry = site.report.entry_by_id["gdp-2025"]
    seen = entry.latest.observation
    assert (seen.period, str(seen.value), seen.source_id) == told
    first = next(f for f in entry.figures if (f.observation.period, f.observation.value) == ("2023", Decimal(180)))
    assert first.why == why
    verdict = entry.assessment
    if verdict.value is not None:
        assert (verdict.period, str(verdict.value), verdict.source_id) == told
    if why == "conflict":
        assert verdict.reason == "conflicting_sources"


@pytest.mark.site
def test_every_output_of_the_real_site_agrees(real_site):
    state = json.loads((real_site / "publications/state.json").read_bytes())
    as_of = date.fromisoformat(state["as_of"])
    report = build_report(load_package(ROOT / "datapackage", max(TODAY, as_of)), as_of)
    site = Site(outputs.files_of(real_site), report)
    tables_agree(site)
    targets_agree(site)
    series_agree(site)


@pytest.mark.site
def test_the_latest_bulletin_tells_what_its_day_says(real_site):
    """The figures in a bulletin's lists are those of the report of its own day and release."""
    whole = load_package(ROOT / "datapackage", date(2026, 11, 28))
    bulletin = max(whole.bulletins, key=lambda each: (each.as_of, each.bulletin_id))
    report = build_report(whole, bulletin.as_of, bulletin.released)
    text = outputs.page(outputs.files_of(real_site), f"bulletins/{bulletin.bulletin_id}/")
    assert day(bulletin.as_of) in text
    lagging = [entry for entry in report.entries if entry.status.family.value == "lagging"]
    for entry in lagging:
        if entry.target.duplicate_of is None and entry.latest:
            words = wording.figure_words(entry.latest.observation, entry.indicator.unit)
            assert words.replace(" ", "") in text, entry.target_id
