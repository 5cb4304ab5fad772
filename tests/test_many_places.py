"""The packages that growth is measured on: valid, larger by as much as asked, the same for one seed."""

import sys
from datetime import date
from pathlib import Path

import pytest

from build_scripts.checks import find_violations
from build_scripts.core.records import Region, Severity, Target
from build_scripts.core.vocabulary import Role
from build_scripts.load import read, records
from build_scripts.pages.apart import plan_headings, told_apart
from build_scripts.pages.county_bars import county_bars
from build_scripts.pages.project import projects_grouped
from build_scripts.report import build_report
from build_scripts.report.concerns import bare_region, concerns

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

import many_places  # noqa: E402

DAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    package = many_places.multiply(ROOT / "datapackage", tmp_path_factory.mktemp("three") / "datapackage", 3)
    return build_report(records(read(package)), DAY)


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_three_places_hold_no_error_and_three_times_as_much(tmp_path):
    package = many_places.multiply(ROOT / "datapackage", tmp_path / "three", 3)
    tables, one = read(package), read(ROOT / "datapackage")
    assert [str(each) for each in find_violations(tables, DAY) if each.severity is Severity.ERROR] == []
    assert len(tables.of(Target)) == 3 * len(one.of(Target))
    names = [region.name for _row, region in tables.of(Region) if region.level in {"city", "county"}]
    assert len(set(names)) == len(names) == 30


def test_one_seed_gives_the_same_bytes_and_another_gives_others(tmp_path):
    made = [many_places.multiply(ROOT / "datapackage", tmp_path / str(seed), 2, seed) for seed in (1, 2)]
    again = many_places.multiply(ROOT / "datapackage", tmp_path / "again", 2, 1)
    assert files(made[0]) == files(again) != files(made[1])


def test_every_county_means_every_county_of_the_same_city(report):
    counties = [region for region in report.package.regions if region.level == "county"]
    every = [(county, each) for county in counties for each in concerns(report, county) if each.reason == "every"]
    assert every
    for county, each in every:
        assert report.city_of[each.entry.region.region_id] in {"", report.city_of[county.region_id]}
    own = {
        county.region_id: [each.entry for each in concerns(report, county) if each.reason == "own"]
        for county in counties
    }
    assert own == {
        county.region_id: [
            entry
            for entry in report.entries
            if entry.target.region_id == county.region_id and entry.target.duplicate_of is None
        ]
        for county in counties
    }


def test_counties_are_compared_with_those_of_their_city(report):
    for number, county in ((0, "liandu"), (2, "liandu-p002")):
        bars = county_bars(report, report.package.region_by_id[county])
        assert len(bars.bars) == 9
        assert all(bar.link.address.endswith("-p002/") == (number == 2) for bar in bars.bars)
    assert county_bars(report) is None


def test_groups_of_projects_and_plans_of_several_cities_are_told_apart(report):
    """A list of equal names leads nowhere: each is named with its city."""
    headings = [group.title for group in projects_grouped(report)]
    assert len(headings) == len(set(headings)) == 15
    cities = [bare_region(region) for region in report.package.places(Role.WHOLE)]
    assert headings[:3] == [f"重大工程（{city}）" for city in cities]
    named = plan_headings(report)
    assert len(named) == len(set(named.values())) == 6


def test_one_city_needs_no_name_behind_its_kinds_of_projects():
    report = build_report(records(read(ROOT / "datapackage")), DAY)
    assert [group.title for group in projects_grouped(report)][:2] == ["重大工程", "标志性工程"]
    one, other = report.package.plans
    assert told_apart(report, "工程", [one, other]) == [f"工程（{one.name}）", f"工程（{other.name}）"]
