"""The report: only what was published by its day, joined, counted over everything."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from packages import write_package

from build_scripts.checks import load_package
from build_scripts.core.method import Assessment, Disclosure, Family, Status
from build_scripts.report import build_report, join_report, tally

AS_OF = date(2024, 6, 30)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    return load_package(write_package(tmp_path_factory.mktemp("package")), date(2026, 11, 21))


def verdicts(package, status=Status.NO_DATA):
    return {target.target_id: Assessment(status) for target in package.targets}


def test_nothing_published_later_is_seen(package):
    early = join_report(package, date(2022, 6, 30), verdicts(package))
    periods = [figure.observation.period for figure in early.entry_by_id["gdp-2025"].figures]
    assert periods == ["2021"]
    assert all(update.pub <= date(2022, 6, 30) for update in early.updates)
    assert [h.event.state for h in early.entry_by_id["open-2024"].happenings] == ["started"]
    assert set(join_report(package, date(2021, 7, 31), verdicts(package)).package.source_by_id) == {"yearbook"}


def test_a_target_comes_with_all_that_belongs_to_it(package):
    entry = join_report(package, date(2025, 1, 1), verdicts(package)).entry_by_id["open-2024"]
    assert entry.plan.plan_id == "test-plan"
    assert entry.project is not None
    assert entry.project.project_id == "road"
    assert entry.lead is not None
    assert entry.lead.unit_id == "transport"
    assert [unit.unit_id for unit in entry.responsible] == ["dev-reform"]
    assert [h.event.state for h in entry.happenings] == ["started", "done"]
    assert entry.previous_id == "invest-2125"
    assert entry.next_id is None
    assert entry.deadline == date(2024, 12, 31)
    assert set(entry.siblings) == {"parks-2025", "parks-again"}


def test_counts_are_over_all_targets_and_apart_over_totals(package):
    report = join_report(package, AS_OF, {**verdicts(package), "gdp-2025": Assessment(Status.ON_TRACK)})
    assert report.tally.total == 6
    assert sum(report.tally.family(family) for family in Family) == 6
    assert report.tally.judged == 1
    assert report.tally_in_totals.total == 5
    assert report.tally.disclosed == 6
    assert report.tally.disclosure_pct == Decimal(100)


def test_the_count_of_nothing_has_no_share():
    assert tally(()).disclosure_pct is None
    assert tally(()).judged == 0


@pytest.mark.parametrize(
    ("status", "as_of", "unanswered"),
    [
        (Status.NO_DATA, date(2026, 1, 1), True),
        (Status.DUE_NO_DATA, date(2026, 1, 1), True),
        (Status.NOT_ASSESSABLE, date(2026, 1, 1), False),
        (Status.NO_DATA, date(2025, 12, 31), False),
    ],
)
def test_due_without_a_value(package, status, as_of, unanswered):
    assert join_report(package, as_of, verdicts(package, status)).entry_by_id["gdp-2025"].unanswered is unanswered


def test_due_and_silent_counts_only_what_was_searched_for_where_it_should_be(package):
    """The one search of the sample package was made in an archive, before most deadlines: it proves nothing."""
    as_of = date(2026, 6, 30)
    looked = replace(package.searches[0], search_id="late", date=date(2026, 5, 1), place_kind="issuer_site")
    nothing = verdicts(package, Status.DUE_NO_DATA)
    before, after = (
        join_report(replace(package, searches=searches), as_of, nothing).tally
        for searches in (package.searches, (*package.searches, looked))
    )
    assert (before.unanswered, before.silent, before.searched(Disclosure.NOT_SEARCHED)) == (6, 0, 6)
    assert (after.unanswered, after.silent) == (6, 6)


def revised(package, **changes):
    seen = next(each for each in package.observations if each.indicator_id == "gdp" and each.period == "2023")
    return replace(package, observations=(*package.observations, replace(seen, pub=date(2024, 5, 1), **changes)))


def test_a_later_other_value_supersedes_and_the_same_value_does_not(package):
    for value, expected in ((Decimal(181), [False, False, True, False]), (Decimal(180), [False, False, False, False])):
        changed = revised(package, value=value)
        figures = join_report(changed, AS_OF, verdicts(package)).entry_by_id["gdp-2025"].figures
        assert [figure.superseded for figure in figures] == expected


def test_another_basis_or_a_weaker_source_supersedes_nothing(package):
    weak = replace(package.sources[0], source_id="blog", tier=3)
    for changed in (
        revised(package, value=Decimal(181), basis="new"),
        replace(revised(package, value=Decimal(181), source_id="blog"), sources=(*package.sources, weak)),
    ):
        figures = join_report(changed, AS_OF, verdicts(package)).entry_by_id["gdp-2025"].figures
        assert not any(figure.superseded for figure in figures)


def test_related_series_without_anything_visible_are_left_out(package):
    none = replace(package, observations=tuple(o for o in package.observations if o.indicator_id != "parks"))
    assert join_report(none, AS_OF, verdicts(package)).entry_by_id["parks-2025"].related == ()


def test_the_real_method_gives_every_target_a_verdict(package):
    report = build_report(package, AS_OF)
    assert {entry.target_id for entry in report.entries} == {target.target_id for target in package.targets}
    assert all(isinstance(entry.status, Status) for entry in report.entries)
