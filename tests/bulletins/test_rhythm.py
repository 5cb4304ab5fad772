"""Which days a bulletin is about, and which bulletins may be recorded."""

from dataclasses import replace
from datetime import date

import pytest
from all_of import all_of

from build_scripts.bulletins import ProposalError, propose, title
from build_scripts.bulletins.rhythm import base_day, first_day, following, horizon, last_day, previous
from build_scripts.core.periods import add_months
from build_scripts.core.records import Bulletin

TODAY = date(2026, 11, 22)


@all_of(
    "kind, period, first, last",
    [
        ("month", "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("month", "2025-12", date(2025, 12, 1), date(2025, 12, 31)),
        ("quarter", "2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("quarter", "2024-Q4", date(2024, 10, 1), date(2024, 12, 31)),
        ("year", "2025", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_periods_have_their_first_and_last_day(kind, period, first, last):
    assert (first_day(kind, period), last_day(kind, period)) == (first, last)


@all_of(
    "kind, period",
    [
        ("month", "2024-13"),
        ("month", "2024"),
        ("quarter", "2024-Q5"),
        ("quarter", "2024-03"),
        ("year", "2024-Q1"),
        ("year", "0024"),
    ],
)
def test_what_is_no_period_of_the_kind_is_refused(kind, period):
    with pytest.raises(ProposalError) as refused:
        first_day(kind, period)
    assert refused.value.code == "period"


def test_months_keep_the_day_and_the_last_stays_the_last():
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2024, 11, 15), 3) == date(2025, 2, 15)
    assert add_months(date(2024, 4, 30), 1) == date(2024, 5, 31)


def test_the_real_bulletins_are_those_that_would_be_proposed(real):
    for bulletin in real.bulletins:
        empty = replace(real, bulletins=())
        proposal = propose(empty, bulletin.kind, bulletin.period, today=TODAY)
        assert replace(proposal.bulletin, released=bulletin.released) == bulletin


def test_the_same_bulletin_again_is_known_and_another_of_its_period_refused(real):
    again = propose(real, "quarter", "2026-Q3", today=TODAY)
    assert again.known
    assert again.bulletin in real.bulletins
    with pytest.raises(ProposalError) as refused:
        propose(real, "quarter", "2026-Q3", today=TODAY, as_of=date(2026, 11, 10))
    assert refused.value.code == "exists"


def test_days_that_do_not_fit_are_refused(real):
    with pytest.raises(ProposalError) as early:
        propose(real, "quarter", "2026-Q4", today=TODAY, as_of=date(2026, 11, 1))
    assert early.value.code == "too-early"
    with pytest.raises(ProposalError) as future:
        propose(real, "month", "2026-10", today=TODAY)
    assert future.value.code == "future"
    taken = Bulletin("2026-10", "quarter", "2020-Q1", date(2020, 5, 1), TODAY, "")
    with pytest.raises(ProposalError) as address:
        propose(replace(real, bulletins=(taken,)), "month", "2026-10", today=TODAY, as_of=date(2026, 11, 20))
    assert address.value.code == "address"


def test_a_bulletin_released_later_is_not_what_an_older_one_was_compared_with(real):
    q1 = next(b for b in real.bulletins if b.bulletin_id == "2021-q1")
    older = Bulletin("2020-q4", "quarter", "2020-Q4", date(2021, 1, 31), TODAY, "")
    assert previous(q1, (*real.bulletins, older)) is None
    assert previous(q1, (*real.bulletins, replace(older, released=q1.released))).bulletin_id == "2020-q4"
    assert following(q1, real.bulletins).bulletin_id == "2021-q2"
    assert base_day(q1, None) == date(2020, 12, 31)


def test_a_bulletin_looks_ahead_by_one_turn(real):
    by_id = {bulletin.bulletin_id: bulletin for bulletin in real.bulletins}
    assert horizon(by_id["2025-q3"]) == date(2026, 1, 31)
    assert horizon(by_id["2024"]) == date(2026, 3, 31)


def test_titles_read_as_clerks_write_them(real):
    by_id = {bulletin.bulletin_id: bulletin for bulletin in real.bulletins}
    assert title(by_id["2024-q2"]) == "2024年第二季度分析通报"
    assert title(by_id["2024"]) == "2024年总结通报"
    assert title(replace(by_id["2024"], kind="month", period="2024-03")) == "2024年3月调度通报"
