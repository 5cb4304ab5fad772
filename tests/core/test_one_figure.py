"""Every output of a site tells the same figure, period, source and verdict of each target and of each series."""

import csv
import io
import json
import re
import shutil
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import outputs
import packages
import pytest
import sites

from build_scripts.checks import load_day, load_package
from build_scripts.core.records import Observation
from build_scripts.core.settings import Settings
from build_scripts.core.standing import Standings, standings
from build_scripts.locale import day, t
from build_scripts.overlay import overlay
from build_scripts.pages import parts, wording
from build_scripts.report import Report, build_report

pytestmark = pytest.mark.slow

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
    settings = Settings(sites.share_store(root), root / "datapackage", DAY, root / "build")
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
        entry, latest = site.report.entry_by_id[row["target_id"]], told[row["target_id"]]
        assert row["status"] == entry.status.value
        seen = latest and latest.observation
        fields = ("period", "value", "pub", "source_id")
        expected = [outputs.said(getattr(seen, name)) if seen else None for name in fields]
        assert [outputs.said(row[f"latest_{name}"]) for name in fields] == expected
        assert outputs.said(row["judged_value"]) == outputs.said(entry.assessment.value)


def verdicts_agree(site: Site) -> None:
    """The table of verdicts, that of the last day of their history, and every cut of the wide table."""
    names = ("period", "value", "source_id", "grade", "reason", "progress_pct", "ratio", "attainment_pct")
    for form, rows in outputs.table(site.files, "assessments").items():
        assert len(rows) == len(site.report.entries), form
        for row in rows:
            verdict = site.report.entry_by_id[row["target_id"]].assessment
            assert row["status"] == verdict.status.value, (form, row["target_id"])
            assert [row[name] for name in names] == [outputs.said(getattr(verdict, name)) for name in names], form
    answer = json.loads(site.files["api/v1/assessments.json"], parse_float=Decimal)
    for row in answer["items"]:
        verdict = site.report.entry_by_id[row["target_id"]].assessment
        assert [outputs.said(row[name]) for name in names] == [outputs.said(getattr(verdict, name)) for name in names]
    wide = {row["target_id"]: row for row in outputs.table(site.files, "targets_wide")["csv"]}
    for path in site.files:
        found = re.fullmatch(r"data/subsets/((?:projects|regions|units)/[a-z0-9-]+)\.csv", path)
        for form, rows in outputs.subset(site.files, found[1]).items() if found else ():
            assert rows == [wide[row["target_id"]] for row in rows], (path, form)


def lists_agree(site: Site) -> None:
    """Every row of every page that names a target with its status tells the status and figure of the day."""
    checked = 0
    for path, data in site.files.items():
        if not path.endswith(("index.html", "index.md")) or path.startswith(("bulletins/", "embed/")):
            continue
        for target_id, badge, latest in outputs.judged_rows(data):
            entry = site.report.entry_by_id[target_id]
            assert badge == t(f"status.label.{entry.status}"), (path, target_id)
            assert not latest or latest == parts.latest_cell(entry), (path, target_id)
            checked += 1
    assert checked >= len(site.report.entries)


def feeds_agree(site: Site) -> None:
    """Each published figure is told in the feed of its place, and one that does not stand says so there."""
    told = list(outputs.feeds(site.files))
    for (_indicator, region_id), series in site.report.figures_by_series.items():
        for figure in series:
            seen = figure.observation
            indicator = site.report.package.indicator_by_id[seen.indicator_id]
            name = wording.series_name(indicator, site.report.package.region_by_id[seen.region_id])
            aside = wording.aside(figure)
            title = f"{name}：{wording.figure_words(seen, indicator.unit)}" + (f"（{aside}）" if aside else "")
            own = f"feeds/regions/{region_id}.xml"
            found = [text for path, words, text in told if (path, words) == (own, title)]
            assert any(figure.source.title in text for text in found), title
    for path, title, _text in outputs.feeds(site.files):
        if path == "feeds/revisions.xml" and "修订为" in title:
            assert not any(title.endswith(f"修订为{each}") for each in not_standing(site)), title


def state_agrees(site: Site) -> None:
    """What `preview` compares names the same verdicts, and says of each figure that does not stand why."""
    state = json.loads(site.files["publications/state.json"])
    told = {item["key"]: item["value"] for item in state["statuses"]}
    assert told == {entry.target_id: t(f"status.label.{entry.status}") for entry in site.report.entries}
    words = {item["key"]: item["words"] for item in state["figures"]}
    for series in site.report.figures_by_series.values():
        for figure in series:
            key = "|".join(str(getattr(figure.observation, name)) for name in KEY)
            assert words[key].endswith(f"（{wording.aside(figure)}）") is bool(wording.aside(figure)), key


def not_standing(site: Site) -> set[str]:
    """The words of every figure that another source's figure, which stands, had been before."""
    return {
        f"{wording.amount(each.observation.value, site.report.package.indicator_by_id[key[0]].unit)}"
        for key, series in site.report.figures_by_series.items()
        for each in series
        if each.why in {"lower_tier", "copy", "conflict", "forecast"}
    }


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
        assert latest is None or amount_of(entry) in light, name
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
            for form in ("svg", "vl.json", "narrow.vl.json"):
                drawing = site.files[f"assets/charts/{name}-trajectory.{form}"].decode()
                assert any(said in drawing for said in outputs.labels(seen.value)), (name, form)


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
    charts_agree(site)


def amount_of(entry) -> str:
    """The amount of a target's latest figure as readers see it."""
    return wording.amount(entry.latest.observation.value, entry.indicator.unit)


def charts_agree(site: Site) -> None:
    """The table of each chart of one series has its latest figure; that of regions only figures that stand."""
    package = site.report.package
    for path, data in site.files.items():
        name = re.fullmatch(r"assets/charts/(.+)-(series|regions)\.csv", path)
        indicator = package.indicator_by_id.get(name[1]) if name else None
        if name is None or indicator is None:
            continue
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        if name[2] == "series":
            first = next(key for key in outputs.in_order(package, indicator) if key in site.series)
            latest = site.series[first].latest
            assert latest is None or outputs.drawn(rows, latest, package.source_by_id[latest.source_id]), path
            continue
        regions = {region.name: region.region_id for region in package.regions}
        for row in rows[1:]:
            stood = site.series.get((indicator.indicator_id, regions[row[0]]))
            for head, said in zip(rows[0][1:], row[1:], strict=True):
                if said != "—":
                    year = head.partition("年")[0]
                    assert any(f.period == year and outputs.is_same(said, f.value) for f in stood.figures), (path, row)


def test_every_output_of_a_planted_package_agrees(planted):
    site, _expected = planted
    everything_agrees(site)


def everything_agrees(site: Site) -> None:
    tables_agree(site)
    verdicts_agree(site)
    targets_agree(site)
    series_agree(site)
    lists_agree(site)
    feeds_agree(site)
    state_agrees(site)


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
    everything_agrees(Site(outputs.files_of(real_site), report))


@pytest.mark.site
def test_every_bulletin_tells_what_its_day_says(real_site):
    """The figures and verdicts in a bulletin's lists are those of the report of its own day and release."""
    whole = load_package(ROOT / "datapackage", date(2026, 11, 28))
    files = outputs.files_of(real_site)
    for bulletin in whole.bulletins:
        report = build_report(whole, bulletin.as_of, bulletin.released)
        text = outputs.page(files, f"bulletins/{bulletin.bulletin_id}/")
        assert day(bulletin.as_of) in text
        lagging = [entry for entry in report.entries if entry.status.family.value == "lagging"]
        for entry in lagging:
            if entry.target.duplicate_of is None and entry.latest:
                words = wording.figure_words(entry.latest.observation, entry.indicator.unit)
                assert words.replace(" ", "") in text, (bulletin.bulletin_id, entry.target_id)
        for target_id, badge, latest in outputs.judged_rows(files[f"bulletins/{bulletin.bulletin_id}/index.html"]):
            entry = report.entry_by_id[target_id]
            assert badge == t(f"status.label.{entry.status}"), (bulletin.bulletin_id, target_id)
            assert not latest or latest == parts.latest_cell(entry), (bulletin.bulletin_id, target_id)
