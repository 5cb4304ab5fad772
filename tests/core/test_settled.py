"""A site bears the day its content last changed: a day without news changes next to nothing of it."""

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from packages import add

from build_scripts.assess import assess_package
from build_scripts.build import report_of
from build_scripts.checks import load_package
from build_scripts.core.asof import asof, settled
from build_scripts.core.settings import Settings
from build_scripts.overlay import overlay

ROOT = Path(__file__).parents[2]
TODAY = date(2027, 1, 31)


@pytest.fixture(scope="module")
def real():
    return load_package(ROOT / "datapackage", TODAY)


@pytest.mark.slow
def test_no_verdict_changes_between_two_settled_days(real):
    days = [date(2020, 12, 1) + timedelta(days=number) for number in range(2600)]
    for day in random.Random(11).sample(days, 60):
        seen, before = asof(real, day), settled(real, day)
        assert before <= day
        assert settled(real, before) == before
        # Days overdue are counted up to the day that is shown, so they alone may differ.
        now, then = (
            {key: replace(each, derived=None, steps=()) for key, each in assess_package(seen, of).items()}
            for of in (day, before)
        )
        assert now == then, day


def test_what_moves_the_day_is_a_row_a_deadline_or_a_month(make_package):
    package = load_package(make_package(), TODAY)
    assert settled(package, date(2026, 11, 21)) == date(2026, 11, 1)
    assert settled(package, date(2026, 11, 30)) == date(2026, 11, 30)
    late = {"indicator_id": "gdp", "region_id": "city", "period": "2025", "basis": "main", "pub": "2026-11-12"}
    changed = load_package(
        make_package(add("observations", **late, source_id="gazette", value="201", obs_status="A")), TODAY
    )
    assert settled(changed, date(2026, 11, 11)) == date(2026, 11, 1)
    assert settled(changed, date(2026, 11, 12)) == date(2026, 11, 12)
    assert settled(changed, date(2026, 11, 21)) == date(2026, 11, 13)


@pytest.mark.slow
def test_a_day_without_news_changes_dozens_of_files_not_thousands(tmp_path):
    made = []
    for day in (date(2026, 12, 8), date(2026, 12, 9)):
        settings = Settings(ROOT, ROOT / "datapackage", day, tmp_path / "out")
        files = overlay(settings, *report_of(settings, TODAY)).files
        made.append({each.path: each.data for each in files})
    first, second = made
    assert first.keys() == second.keys()
    changed = {path for path in first if first[path] != second[path]}
    # What the search says of the two pages that bear the day lies in two of its files.
    searched = {path for path in changed if path.startswith("search/")}
    assert changed - searched == {"index.md", "data/index.md", "publications/state.json"}
    assert len(searched) <= 4
