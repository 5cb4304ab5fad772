"""The packages that growth is measured on: valid, larger by as much as asked, the same for one seed."""

import sys
from datetime import date
from pathlib import Path

from build_scripts.checks import find_violations
from build_scripts.core.records import Region, Severity, Target
from build_scripts.load import read

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

import many_places  # noqa: E402

DAY = date(2026, 11, 28)


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


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
