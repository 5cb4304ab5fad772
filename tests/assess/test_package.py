"""A package assessed: what reaches the method from the tables, on which day, for targets, works and groups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from build_scripts.assess import assess_groups, assess_package, assess_tasks, quarter_ends, status_history
from build_scripts.checks import load_package
from build_scripts.core.method import Grade, Reason, Status
from build_scripts.core.records import Observation, Package, RegionMember, Source, Task, TaskEvent

TODAY = date(2026, 11, 21)
REAL = Path(__file__).parents[2] / "datapackage"


@pytest.fixture
def package(make_package: Callable[..., Path]) -> Package:
    return load_package(make_package(), TODAY)


def seen(
    indicator: str, region: str, period: str, value: object, pub: str, source: str = "yearbook", **more: object
) -> Observation:
    day = date.fromisoformat(pub)
    return Observation(
        indicator, region, period, str(more.get("basis", "main")), day, source, Decimal(str(value)),
        str(more.get("status", "A")), None, None, "", "",
    )  # fmt: skip


def with_sources(package: Package) -> Package:
    """The package with one source of each tier: `tier-1`, `tier-2`, `tier-3`."""
    made = [Source(f"tier-{tier}", "来源", "发布者", None, "https://example.org/", tier, "") for tier in (1, 2, 3)]
    return replace(package, sources=(*package.sources, *made), observations=(), task_events=())


def changed(package: Package, target_id: str, **fields: object) -> Package:
    targets = [replace(each, **fields) if each.target_id == target_id else each for each in package.targets]
    return replace(package, targets=tuple(targets))


def test_every_target_in_file_order(package: Package) -> None:
    assessed = assess_package(package, TODAY)
    assert list(assessed) == [target.target_id for target in package.targets]
    assert all(verdict.target_id == key for key, verdict in assessed.items())


def test_only_its_own_series_and_the_tier_of_its_source(package: Package) -> None:
    bare = with_sources(package)
    figures = (
        seen("gdp", "city", "2024", 190, "2025-03-01", "tier-2"),
        seen("gdp", "county-a", "2024", 999, "2025-03-01", "tier-1"),
        seen("parks", "city", "2024", 999, "2025-03-01", "tier-1"),
    )
    verdict = assess_package(replace(bare, observations=figures), date(2025, 6, 30))["gdp-2025"]
    assert (verdict.status, verdict.grade, verdict.value) == (Status.ON_TRACK, Grade.B, Decimal(190))
    assert (verdict.period, verdict.source_id) == ("2024", "tier-2")
    # The recorded baseline enters the path test, so its source is one of the verdict's.
    assert verdict.source_ids == ("tier-2", "yearbook")


@pytest.mark.parametrize(("path", "method"), [("", "path_log"), ("log", "path_log"), ("linear", "path_linear")])
def test_a_target_may_name_its_own_scale(package: Package, path: str, method: str) -> None:
    figures = (seen("gdp", "city", "2024", 190, "2025-03-01"),)
    given = changed(replace(package, observations=figures), "gdp-2025", path=path)
    assert assess_package(given, date(2025, 6, 30))["gdp-2025"].method == method


def test_an_old_day_sees_only_what_was_published_then(package: Package) -> None:
    figures = (seen("gdp", "city", "2024", 190, "2025-03-01"), seen("gdp", "city", "2023", 180, "2024-03-01"))
    full = replace(package, observations=figures)
    then = replace(package, observations=figures[1:])
    day = date(2024, 12, 31)
    assert assess_package(full, day) == assess_package(then, day)


def test_a_baseline_published_later_is_not_known_yet(package: Package) -> None:
    late = replace(package, observations=(seen("gdp", "city", "2022", 170, "2023-03-01"),))
    sources = [
        replace(each, published=date(2023, 9, 1)) if each.source_id == "yearbook" else each for each in late.sources
    ]
    late = replace(late, sources=tuple(sources))
    assert assess_package(late, date(2023, 8, 31))["gdp-2025"].reason is Reason.SINGLE_OBSERVATION
    assert assess_package(late, date(2023, 9, 1))["gdp-2025"].method == "path_log"


def test_a_milestone_takes_the_events_of_its_works(package: Package) -> None:
    bare = with_sources(package)
    first = bare.targets[0]
    target = replace(first, target_id="bridge", kind="milestone", comparator="event", value=None, target_period="2024")
    tasks = [
        Task(name, "test-plan", None, "桥", None, None, None, "", "bridge", "", "") for name in ("span-1", "span-2")
    ]
    events = [
        TaskEvent("span-1", date(2024, 5, 1), "done", date(2024, 5, 2), "tier-1", None, ""),
        TaskEvent("span-2", date(2024, 7, 1), "done", date(2024, 7, 2), "tier-2", None, ""),
    ]

    def verdict(day: date, *, works: int) -> object:
        made = replace(bare, targets=(target,), tasks=tuple(tasks[:works]), task_events=tuple(events[:works]))
        return assess_package(made, day)["bridge"].status

    assert verdict(date(2024, 6, 1), works=1) is Status.ACHIEVED
    # Of two works, the milestone is done when the last of them is.
    assert verdict(date(2024, 6, 1), works=2) is Status.PENDING
    assert verdict(date(2024, 8, 1), works=2) is Status.ACHIEVED


def test_works_are_milestones_of_their_own(package: Package) -> None:
    bare = with_sources(package)
    task = Task("road-open", "test-plan", None, "路", None, None, date(2024, 6, 30), "2024年6月底", None, "", "")
    event = TaskEvent("road-open", date(2024, 7, 2), "done", date(2024, 7, 3), "tier-1", None, "")
    verdict = assess_tasks(replace(bare, tasks=(task,), task_events=(event,)), TODAY)["road-open"]
    assert (verdict.status, verdict.derived) == (Status.ACHIEVED_LATE, Decimal(2))


def group_package(package: Package, *figures: Observation) -> Package:
    flagged = changed(package, "gdp-2025", region_id="group-ab", baseline_value=None, flags=("group-sum",))
    return replace(with_sources(flagged), observations=figures)


def test_members_are_summed_only_where_the_target_says_so(package: Package) -> None:
    figures = [
        seen("gdp", f"county-{each}", "2024", 120, f"2025-03-0{n}", f"tier-{n}") for n, each in ((1, "a"), (2, "b"))
    ]
    summed = assess_package(group_package(package, *figures), date(2025, 6, 30))["gdp-2025"]
    assert (summed.status, summed.derived, summed.grade) == (Status.ACHIEVED, Decimal("240.00"), Grade.B)
    assert summed.flags == ("early", "summed")
    assert set(summed.source_ids) == {"tier-1", "tier-2"}
    plain = changed(group_package(package, *figures), "gdp-2025", flags=())
    assert assess_package(plain, date(2025, 6, 30))["gdp-2025"].status is Status.NO_DATA
    # The later of the two publications makes the sum.
    assert assess_package(group_package(package, *figures), date(2025, 3, 1))["gdp-2025"].flag("missing") == "乙县"


def test_a_functional_area_is_never_added_again(package: Package) -> None:
    members = (*package.region_members, RegionMember("group-ab", "zone"))
    zone = replace(package.regions[1], region_id="zone", name="开发区", level="zone")
    zoned = replace(package, regions=(*package.regions, zone), region_members=members)
    figures = [seen("gdp", each, "2024", 120, "2025-03-01", "tier-1") for each in ("county-a", "county-b", "zone")]
    assert assess_package(group_package(zoned, *figures), date(2025, 6, 30))["gdp-2025"].derived == Decimal("240.00")


def test_the_official_group_figure_comes_first(package: Package) -> None:
    figures = [seen("gdp", each, "2024", value, "2025-03-01", "tier-1") for each, value in
               (("county-a", 120), ("county-b", 120), ("group-ab", 201))]  # fmt: skip
    verdict = assess_package(group_package(package, *figures), date(2025, 6, 30))["gdp-2025"]
    assert (verdict.derived, verdict.flags) == (Decimal("201.00"), ("early", "sum_mismatch"))


def test_a_group_of_targets(package: Package) -> None:
    names = ("gdp-2025", "share-2025", "parks-2025")
    moved = package
    for name in names:
        moved = changed(moved, name, region_id="group-ab")
    figures = (
        seen("gdp", "group-ab", "2023", 210, "2024-03-01"),
        seen("urban-share", "group-ab", "2023", "62.7", "2024-03-01"),
        seen("parks", "group-ab", "2023", 9, "2024-03-01"),
    )
    day = date(2024, 6, 30)
    groups = assess_groups(replace(moved, observations=figures), day)
    found = groups["group-ab"]
    assert found.assessment.status is Status.SLIGHTLY_BEHIND or found.weakest == "share-2025"
    assert found.targets == tuple(each.target_id for each in moved.targets if each.region_id == "group-ab")
    assert (found.scored, found.weakest) == (3, "share-2025")
    assert sum(found.counts.values()) == len(found.targets)
    assert found.score == Decimal("96.7")


def test_duplicates_and_layout_slogans_are_not_in_a_group(package: Package) -> None:
    moved = changed(package, "gdp-2025", region_id="group-ab", in_totals=False)
    assert "gdp-2025" not in assess_groups(moved, TODAY)["group-ab"].targets


def test_history_is_what_would_have_been_said(package: Package) -> None:
    ends = quarter_ends(2024, date(2025, 6, 29))
    assert ends == [date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31), date(2025, 3, 31)]
    rows = status_history(package, reversed(ends))
    assert [(row.target_id, row.as_of) for row in rows] == [
        (target.target_id, end) for target in package.targets for end in ends
    ]
    for end in ends:
        said = {name: replace(verdict, steps=()) for name, verdict in assess_package(package, end).items()}
        assert {row.target_id: row.assessment for row in rows if row.as_of == end} == said


def test_the_real_package_on_the_day_of_writing() -> None:
    """Facts of the real package that later months cannot change: the day is fixed."""
    real = load_package(REAL, TODAY)
    said = assess_package(real, TODAY)
    assert len(said) == len(real.targets) == 294
    airport = said["ydsq-airport-2022"]
    assert (airport.status, airport.derived, airport.grade) == (Status.ACHIEVED_LATE, Decimal(930), Grade.B)
    gdp = said["ydsq-gdp-city-2025"]
    assert (gdp.status, gdp.attainment_pct) == (Status.DUE_NO_DATA, Decimal("96.9"))
    yidai = said["ydsq-yd-gdp-2025"]
    assert (yidai.status, yidai.flags) == (Status.DUE_NO_DATA, ("met_earlier:2022",))


@pytest.mark.slow
def test_the_real_history_of_the_airport() -> None:
    real = load_package(REAL, TODAY)
    said = {row.as_of: row.assessment.status for row in status_history(real, quarter_ends(2021, TODAY))
            if row.target_id == "ydsq-airport-2022"}  # fmt: skip
    assert said[date(2021, 3, 31)] is Status.NO_DATA
    # A later day was announced before the deadline had come; then the deadline passed; then it opened.
    assert said[date(2022, 9, 30)] is Status.BEHIND
    assert said[date(2023, 3, 31)] is Status.MISSED
    assert said[date(2025, 9, 30)] is Status.ACHIEVED_LATE
