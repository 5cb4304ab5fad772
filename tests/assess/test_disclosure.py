"""The disclosure state of a due target without a value: what may be said of it, from the record of searches."""

from datetime import date
from pathlib import Path

import pytest
from packages import add, cell, emptied, write_package

from build_scripts.assess import SearchState, assess_package, disclosures
from build_scripts.checks import load_package
from build_scripts.core.method import Disclosure

TODAY = date(2026, 11, 28)
NONE = Disclosure.NOT_SEARCHED
FOUND = Disclosure.EXISTS_NOT_COLLECTED
HERE = Disclosure.SEARCHED_NOT_FOUND
ELSEWHERE = Disclosure.SEARCHED_ELSEWHERE


def states(tmp_path: Path, *searches: dict[str, str], as_of: date = TODAY, changes=()) -> dict[str, SearchState]:
    rows = []
    for number, row in enumerate(searches):
        given = {"search_id": f"s-{number}", "date": "2026-05-01", "place": "统计局", "place_kind": "issuer_site"}
        rows.append(add("searches", **(given | {"result": "not_found"} | row)))
    folder = write_package(tmp_path / "package", emptied("searches"), *changes, *rows)
    package = load_package(folder, TODAY)
    return disclosures(package, assess_package(package, as_of), as_of)


def test_only_targets_past_their_deadline_without_a_value_have_a_state(tmp_path: Path) -> None:
    assert set(states(tmp_path)) == {"gdp-2025", "share-2025", "invest-2125", "parks-2025", "parks-again"}
    assert {each.state for each in states(tmp_path / "b").values()} == {NONE}


def test_no_target_is_due_before_its_deadline(tmp_path: Path) -> None:
    assert states(tmp_path, as_of=date(2025, 12, 31)) == {}


@pytest.mark.parametrize(
    ("search", "state"),
    [
        # where was looked, and what came of it
        ({"target_id": "gdp-2025"}, HERE),
        ({"target_id": "gdp-2025", "place_kind": "request"}, HERE),
        ({"target_id": "gdp-2025", "place_kind": "official_media"}, ELSEWHERE),
        ({"target_id": "gdp-2025", "place_kind": "archive"}, ELSEWHERE),
        ({"target_id": "gdp-2025", "result": "unreachable"}, NONE),
        ({"target_id": "gdp-2025", "result": "exists_not_collected"}, FOUND),
        ({"target_id": "gdp-2025", "result": "exists_not_collected", "place_kind": "archive"}, FOUND),
        # when: a search before or on the deadline proves nothing, one after the day of the site is not known yet
        ({"target_id": "gdp-2025", "date": "2025-12-31"}, NONE),
        ({"target_id": "gdp-2025", "date": "2026-01-01"}, HERE),
        ({"target_id": "gdp-2025", "date": "2026-11-28"}, HERE),
        # what for
        ({"plan_id": "test-plan"}, HERE),
        ({"indicator_id": "gdp", "region_id": "city"}, HERE),
        ({"indicator_id": "gdp", "region_id": "county-a"}, NONE),
        ({"indicator_id": "parks", "region_id": "city"}, NONE),
        ({"target_id": "share-2025"}, NONE),
        ({"plan_id": "test-plan", "indicator_id": "urban-share", "region_id": "city"}, NONE),
        ({"task_id": "ring-road"}, NONE),
        # which period
        ({"target_id": "gdp-2025", "period": "2025"}, HERE),
        ({"target_id": "gdp-2025", "period": "2024"}, NONE),
        ({"target_id": "gdp-2025", "period": "2025-Q4"}, NONE),
        ({"target_id": "gdp-2025", "period": "2021-01-01/P60M"}, HERE),
        ({"target_id": "gdp-2025", "period": "2024", "result": "exists_not_collected"}, NONE),
    ],
)
def test_state_of_one_search(tmp_path: Path, search: dict[str, str], state: Disclosure) -> None:
    found = states(tmp_path, search)["gdp-2025"]
    assert found.state is state
    assert len(found.searches) == (state is not NONE)


def test_a_search_for_the_task_speaks_of_its_target(tmp_path: Path) -> None:
    undone = [cell("task_events", 3, "date", "2022-12-01"), cell("task_events", 3, "state", "in_progress")]
    undone += [cell("task_events", 3, "pub", "2022-12-02")]
    found = states(tmp_path, {"task_id": "ring-road"}, changes=undone)
    assert found["open-2024"].state is HERE
    assert found["gdp-2025"].state is NONE


def test_the_deadline_of_a_milestone_is_its_due_day(tmp_path: Path) -> None:
    undone = [cell("task_events", 3, "state", "in_progress"), cell("targets", 7, "due", "2025-06-30")]
    looked = {"target_id": "open-2024", "date": "2025-06-30"}
    assert states(tmp_path, looked, changes=undone)["open-2024"].state is NONE
    assert states(tmp_path / "b", looked | {"date": "2025-07-01"}, changes=undone)["open-2024"].state is HERE


def test_a_search_for_a_target_speaks_of_its_repeats(tmp_path: Path) -> None:
    found = states(tmp_path, {"target_id": "parks-2025"})
    assert (found["parks-2025"].state, found["parks-again"].state) == (HERE, HERE)


def test_the_first_state_that_fits_stands_and_brings_its_searches_latest_first(tmp_path: Path) -> None:
    rows = (
        {"plan_id": "test-plan", "place_kind": "archive", "date": "2026-11-01"},
        {"target_id": "gdp-2025", "date": "2026-03-01"},
        {"target_id": "gdp-2025", "date": "2026-04-01", "place_kind": "request"},
    )
    found = states(tmp_path, *rows)
    assert found["gdp-2025"].state is HERE
    assert [each.search_id for each in found["gdp-2025"].searches] == ["s-2", "s-1"]
    assert found["share-2025"].state is ELSEWHERE
    known = {
        "indicator_id": "gdp",
        "region_id": "city",
        "result": "exists_not_collected",
        "url": "https://example.org/b",
    }
    found = states(tmp_path / "b", *rows, known)
    assert [each.search_id for each in found["gdp-2025"].searches] == ["s-3"]
    assert found["gdp-2025"].state is FOUND


def test_a_publication_that_was_read_and_lacks_the_figure_is_no_longer_one_to_collect(tmp_path: Path) -> None:
    known = {"target_id": "gdp-2025", "result": "exists_not_collected", "url": "https://example.org/b"}
    read = {"target_id": "gdp-2025", "url": "https://example.org/b", "date": "2026-06-01"}
    assert states(tmp_path, known, read)["gdp-2025"].state is HERE
    other = read | {"url": "https://example.org/c"}
    assert states(tmp_path / "b", known, other)["gdp-2025"].state is FOUND
    before = read | {"date": "2026-04-30"}
    assert states(tmp_path / "c", known, before)["gdp-2025"].state is FOUND
