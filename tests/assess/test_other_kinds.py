"""One case a sentence of the method, for the kinds of §4.3 with a window, an event or no formula, and for groups."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from all_of import all_of

from build_scripts.assess import GroupFigures, GroupItem, TargetInputs, Variant
from build_scripts.core.method import Status

from .cases import Case, event, number, obs, target


def flow(value: object, *seen: object, **more: object) -> TargetInputs:
    """600 over 2021–2025 unless said otherwise."""
    return target(
        "cum_flow", more.pop("comparator", "ge"), value, more.pop("year", 2025), *seen, period_start="2021", **more
    )


def span(months: int, value: object, pub: str, start: str = "2021", **more: object) -> object:
    return obs(f"{start}-01-01/P{months}M", value, pub, **more)


FLOWS = [
    Case(
        "both window years",
        target("cum_flow", "ge", 600, None, period_start="2021"),
        "2024-06-30",
        "not_assessable/no_deadline",
    ),
    Case("the start too", target("cum_flow", "ge", 600, 2025), "2024-06-30", "not_assessable/no_deadline"),
    Case("T ≤ 0 counts as none", flow(0, span(12, 1, "2022-02-01")), "2022-06-30", "not_assessable/no_threshold"),
    Case("nothing yet in the first year", flow(600), "2021-12-31", "pending/too_early"),
    Case("nothing later", flow(600), "2022-01-01", "no_data"),
    Case(
        "an accumulation from another January",
        flow(600, span(6, 80, "2022-08-01", "2022")),
        "2022-09-01",
        "not_assessable/period_mismatch",
    ),
    Case(
        "a calendar year from another January",
        flow(600, obs("2022", 80)),
        "2023-09-01",
        "not_assessable/period_mismatch",
    ),
    Case("after the window", flow(600, obs("2022", 80)), "2026-02-01", "due_no_data"),
    Case(
        "the first calendar year is twelve months",
        flow(600, obs("2021", 120)),
        "2022-06-30",
        "on_track ytd p=20.0 tau=20.0 gap=0.0 r=1.0 A",
    ),
    Case(
        "longer than the window is not used",
        flow(600, span(72, 900, "2027-02-01"), span(12, 60, "2022-02-01")),
        "2027-06-01",
        "due_no_data p=10.0 tau=20.0 gap=-10.0 last_month:12",
    ),
    Case(
        "the longest counts",
        flow(600, span(24, 240, "2023-02-01"), span(12, 60, "2022-02-01")),
        "2023-06-01",
        "on_track ytd p=40.0 tau=40.0 gap=0.0 r=1.0 A",
    ),
    Case(
        "met early",
        flow(600, span(24, 660, "2023-02-01", tier=2)),
        "2023-06-01",
        "achieved ytd p=110.0 tau=40.0 gap=70.0 r=2.75 early B",
    ),
    Case(
        "met is early even when the window is over",
        flow(600, span(48, 660, "2025-02-01")),
        "2026-06-01",
        "achieved ytd p=110.0 tau=80.0 gap=30.0 r=1.375 early A",
    ),
    Case(
        "met in full",
        flow(600, span(60, 600, "2026-02-01")),
        "2026-06-01",
        "achieved final p=100.0 tau=100.0 gap=0.0 r=1.0 A",
    ),
    Case(
        "missed",
        flow(600, span(60, "599.99", "2026-02-01", obs_status="P")),
        "2026-06-01",
        "missed final p=99.9 tau=100.0 gap=0.0 provisional B",
    ),
    Case(
        "stale from the end of the month",
        flow(600, span(6, 60, "2021-08-01")),
        "2023-06-30",
        "on_track ytd p=10.0 tau=10.0 gap=0.0 r=1.0 A",
    ),
    Case(
        "a day later",
        flow(600, span(6, 60, "2021-08-01")),
        "2023-07-01",
        "not_assessable/stale p=10.0 tau=10.0 gap=0.0 last_month:6",
    ),
    Case(
        "stale, monthly: a month end stays a month end",
        flow(600, span(14, 140, "2022-04-01"), frequency="M"),
        "2022-08-31",
        "on_track ytd p=23.3 tau=23.3 gap=0.0 r=1.0 A",
    ),
    Case(
        "and is over the day after",
        flow(600, span(14, 140, "2022-04-01"), frequency="M"),
        "2022-09-01",
        "not_assessable/stale p=23.3 tau=23.3 gap=0.0 last_month:14",
    ),
    Case(
        "too early under a tenth of the months",
        flow(600, span(5, 90, "2021-06-01")),
        "2021-07-01",
        "pending/too_early ytd p=15.0 tau=8.3 gap=6.7",
    ),
    Case(
        "a tenth is enough",
        flow(600, span(6, 90, "2021-08-01")),
        "2021-09-01",
        "on_track ytd p=15.0 tau=10.0 gap=5.0 r=1.5 A",
    ),
    Case(
        "three months are the least",
        flow(600, span(2, 90, "2021-03-01"), year=2021),
        "2021-04-01",
        "pending/too_early ytd p=15.0 tau=16.7 gap=-1.7",
    ),
    Case(
        "conflict in the longest",
        flow(600, span(12, 90, "2022-03-01"), span(12, 99, "2022-03-01")),
        "2022-04-01",
        "not_assessable/conflicting_sources",
    ),
    Case(
        "negative amounts reverse",
        flow(600, span(12, -9, "2022-03-01")),
        "2022-04-01",
        "reversing ytd p=-1.5 tau=20.0 gap=-21.5 r=-0.075 A",
    ),
]


def floor(*seen: object, **more: object) -> TargetInputs:
    return target("annual_floor", "ge", 30, 2023, *seen, period_start="2021", **more)


FLOORS = [
    Case(
        "period over, all passed",
        floor(obs("2021", 30), obs("2022", 31), obs("2023", 32)),
        "2024-06-30",
        "achieved annual A",
    ),
    Case(
        "period over, any failure",
        floor(obs("2021", 29), obs("2022", 31)),
        "2024-06-30",
        "missed annual broken_years:2021 A",
    ),
    Case("period over, years missing", floor(obs("2021", 30), obs("2023", 31)), "2024-06-30", "due_no_data years:2/3"),
    Case(
        "missed with a gap",
        floor(obs("2021", 29), obs("2023", 31)),
        "2024-06-30",
        "missed annual broken_years:2021;gap_years:2022 C",
    ),
    Case("gap years give grade C", floor(obs("2022", 31)), "2023-06-30", "on_track annual att=103.3 gap_years:2021 C"),
    Case(
        "stale on the latest complete year",
        target("annual_floor", "ge", 30, 2027, obs("2021", 31), period_start="2021"),
        "2024-01-01",
        "not_assessable/stale att=103.3 last:2021",
    ),
    Case(
        "conflict in a complete year, one side of the floor",
        floor(obs("2021", 31), obs("2021", 41), obs("2022", 31)),
        "2023-06-30",
        "on_track annual att=103.3 A",
    ),
    Case(
        "conflict in a complete year, both sides of the floor",
        floor(obs("2021", 29.9), obs("2021", 30.1), obs("2022", 31)),
        "2023-06-30",
        "not_assessable/conflicting_sources",
    ),
    Case(
        "a year left out was reported all the same",
        floor(obs("2021", 29), obs("2022", 29.9), obs("2022", 30.1), obs("2023", 31)),
        "2024-06-30",
        "missed annual broken_years:2021 A",
    ),
    Case("a year outside the window does not count", floor(obs("2020", 10)), "2022-06-30", "no_data"),
    Case("a rate is never pro-rated", floor(obs("2021-01-01/P9M", 20)), "2022-06-30", "not_assessable/period_mismatch"),
    Case(
        "in the first year nothing feeds it",
        floor(obs("2021-01-01/P9M", 20, "2021-10-20")),
        "2021-11-30",
        "pending/too_early",
    ),
    Case(
        "flow: two months are too early",
        floor(obs("2021-01-01/P2M", 5, "2021-03-20"), flow=True),
        "2021-04-30",
        "pending/too_early ytd p=16.7 tau=16.7 gap=0.0",
    ),
    Case(
        "flow: stale",
        floor(obs("2021-01-01/P9M", 20, "2021-10-20"), flow=True, frequency="M"),
        "2022-04-01",
        "not_assessable/stale last_month:9",
    ),
    Case("flow: period over", floor(obs("2021-01-01/P9M", 20, "2021-10-20"), flow=True), "2024-02-01", "due_no_data"),
    Case(
        "flow: grade at best B",
        floor(obs("2022-01-01/P6M", 15, "2022-08-20", tier=3), flow=True),
        "2022-09-01",
        "on_track ytd p=50.0 tau=50.0 gap=0.0 r=1.0 ytd C",
    ),
    Case(
        "flow: a complete year comes first",
        floor(obs("2021", 31), obs("2022-01-01/P6M", 1, "2022-08-20"), flow=True),
        "2022-09-01",
        "on_track annual att=103.3 A",
    ),
    Case(
        "flow: not from a January",
        floor(obs("2021-02-01/P6M", 15, "2021-08-20"), flow=True),
        "2022-09-01",
        "not_assessable/period_mismatch",
    ),
    Case(
        "rank: always le",
        target("rank", "ge", 2, 2025, obs("2021", 1), direction="down", period_start="2021"),
        "2022-06-30",
        "on_track annual A",
    ),
    Case(
        "rank: no attainment when failed",
        target("rank", "le", 2, 2025, obs("2021", 3), direction="down", period_start="2021"),
        "2022-06-30",
        "behind annual broken_years:2021 A",
    ),
    Case(
        "wording: peers unknown",
        target("rank", "none", None, 2025, obs("2021", 3), direction="down", period_start="2021"),
        "2022-06-30",
        "not_assessable/no_threshold",
    ),
    Case(
        "wording: the two readings agree on nothing published",
        target("rank", "none", None, 2025, direction="down", period_start="2021", peers=11),
        "2022-06-30",
        "no_data",
    ),
    Case(
        "wording: both fail",
        target("rank", "none", None, 2025, obs("2021", 6), direction="down", period_start="2021", peers=11),
        "2022-06-30",
        "behind annual broken_years:2021;robust C",
    ),
]


def growth(*seen: object, **more: object) -> TargetInputs:
    comparator, value = more.pop("comparator", "ge"), more.pop("value", 10)
    return target(
        "avg_growth", comparator, value, more.pop("year", 2023), *seen, base=more.pop("base", (2020, None)), **more
    )


AVERAGES = [
    Case(
        "an exact root",
        growth(obs("2021", 0), obs("2022", 21)),
        "2023-06-30",
        "on_track average tau=66.7 r=1.0 d=10.0 A",
    ),
    Case(
        "base from period_start",
        growth(obs("2021", 12), base=(None, None), period_start="2021"),
        "2022-06-30",
        "on_track average tau=33.3 r=1.2 d=12.0 single_year C",
    ),
    Case(
        "after the end: met",
        growth(obs("2021", 10), obs("2022", 10), obs("2023", 10)),
        "2024-06-30",
        "achieved average tau=100.0 r=1.0 d=10.0 A",
    ),
    Case(
        "after the end: missed",
        growth(obs("2021", 10), obs("2022", 9), obs("2023", 10)),
        "2024-06-30",
        "missed average tau=100.0 r=0.9666 d=9.67 A",
    ),
    Case(
        "after the end: years missing",
        growth(obs("2021", 10), obs("2022", 9)),
        "2024-06-30",
        "due_no_data tau=66.7 d=9.5",
    ),
    Case(
        "the only year of the window is no single_year",
        growth(obs("2021", 10), year=2021),
        "2022-06-30",
        "achieved average tau=100.0 r=1.0 d=10.0 A",
    ),
    Case("stale", growth(obs("2021", 10), year=2030), "2024-01-01", "not_assessable/stale tau=10.0 d=10.0 last:2021"),
    Case("gap", growth(obs("2022", 10)), "2023-06-30", "not_assessable/gap_in_series"),
    Case(
        "conflict in any year",
        growth(obs("2021", 10), obs("2021", 12), obs("2022", 10)),
        "2023-06-30",
        "not_assessable/conflicting_sources",
    ),
    Case(
        "signs differ: met",
        growth(obs("2021", 1), obs("2022", 1), value=-3),
        "2023-06-30",
        "on_track average tau=66.7 d=1.0 A",
    ),
    Case(
        "signs differ: unmet",
        growth(obs("2021", 1), obs("2022", 1), value=3, comparator="le", direction="down"),
        "2023-06-30",
        "on_track average tau=66.7 d=1.0 A",
    ),
    Case(
        "both negative: r has a meaning",
        growth(obs("2021", -2), obs("2022", -2), value=-4, comparator="le", direction="down"),
        "2023-06-30",
        "behind average tau=66.7 r=0.5 d=-2.0 A",
    ),
    Case(
        "approx",
        growth(obs("2021", 7), obs("2022", 7), value=7, comparator="approx"),
        "2023-06-30",
        "on_track average tau=66.7 r=1.0 d=7.0 approx A",
    ),
    Case("nothing in the first year", growth(), "2021-12-31", "pending/too_early"),
    Case("nothing later", growth(), "2022-01-01", "no_data"),
    Case("no end", growth(year=None), "2022-01-01", "not_assessable/no_deadline"),
    Case(
        "a rate below −100 % is none",
        growth(obs("2021", -101), obs("2022", 5)),
        "2023-06-30",
        "not_assessable/gap_in_series",
    ),
    Case(
        "growth of exactly −100 %",
        growth(obs("2021", -100), obs("2022", 5)),
        "2023-06-30",
        "reversing average tau=66.7 r=-10.0 d=-100.0 A",
    ),
]


def increment(*seen: object, **more: object) -> TargetInputs:
    return target("avg_increment", "ge", 1, more.pop("year", 2025), *seen, base=more.pop("base", (2020, 50)), **more)


INCREMENTS = [
    Case(
        "one year of five",
        increment(obs("2021", 51)),
        "2022-06-30",
        "on_track average tau=20.0 r=1.0 d=1.0 single_year C",
    ),
    Case("no gap rule", increment(obs("2023", 53)), "2024-06-30", "on_track average tau=60.0 r=1.0 d=1.0 A"),
    Case(
        "base observed on the value's basis",
        increment(obs("2020", 50, basis="new", tier=2), obs("2023", 53, basis="new"), base=(2020, 40)),
        "2024-06-30",
        "on_track average tau=60.0 r=1.0 d=1.0 B",
    ),
    Case(
        "base on another basis", increment(obs("2023", 53, basis="new")), "2024-06-30", "not_assessable/break_in_series"
    ),
    Case("no base at all", increment(obs("2023", 53), base=(2020, None)), "2024-06-30", "not_assessable/no_baseline"),
    Case(
        "a conflict in another year does not stop it",
        increment(obs("2021", 51), obs("2021", 61), obs("2023", 53)),
        "2024-06-30",
        "on_track average tau=60.0 r=1.0 d=1.0 A",
    ),
    Case(
        "in the latest it does",
        increment(obs("2023", 53), obs("2023", 63)),
        "2024-06-30",
        "not_assessable/conflicting_sources",
    ),
    Case("after the end without the last year", increment(obs("2023", 53)), "2026-06-30", "due_no_data tau=60.0 d=1.0"),
    Case("after the end", increment(obs("2025", 54)), "2026-06-30", "missed average tau=100.0 r=0.8 d=0.8 A"),
    Case(
        "a year after the window is not used",
        increment(obs("2025", 54), obs("2026", 60)),
        "2027-06-30",
        "missed average tau=100.0 r=0.8 d=0.8 A",
    ),
    Case(
        "three decimals", increment(obs("2023", "51.0005")), "2024-06-30", "behind average tau=60.0 r=0.3335 d=0.334 A"
    ),
]


def milestone(*events: object, year: int | None = 2022, **more: object) -> TargetInputs:
    return target("milestone", "event", 1, year, direction="none", events=tuple(events), **more)


MILESTONES = [
    Case("no visible event, whatever the date", milestone(), "2023-06-30", "no_data"),
    Case("overdue_disclosure on it", milestone(), "2024-07-01", "no_data overdue_disclosure"),
    Case("not before", milestone(), "2024-06-30", "no_data"),
    Case("an event published later is not seen", milestone(event("done", "2022-06-01")), "2022-05-31", "no_data"),
    Case(
        "done on time, before the due day",
        milestone(event("done", "2022-06-01", "2022-05-30", tier=2)),
        "2022-06-30",
        "achieved event d=-215 early B",
    ),
    Case("and after it", milestone(event("done", "2022-06-01", "2022-05-30")), "2023-06-30", "achieved event d=-215 A"),
    Case(
        "done on the due day",
        milestone(event("done", "2023-01-05", "2022-12-31")),
        "2023-06-30",
        "achieved event d=0 A",
    ),
    Case(
        "without a day, the publication counts",
        milestone(event("done", "2023-01-05")),
        "2023-06-30",
        "achieved_late event d=5 A",
    ),
    Case(
        "its own due day",
        milestone(event("done", "2022-04-01"), due=date(2022, 3, 31)),
        "2022-06-30",
        "achieved_late event d=1 A",
    ),
    Case(
        "tier 3 never overrides done of tier 1–2",
        milestone(event("done", "2022-06-01"), event("in_progress", "2022-07-01", tier=3)),
        "2023-06-30",
        "achieved event d=-213 A",
    ),
    Case(
        "tier 2 does",
        milestone(event("done", "2022-06-01"), event("in_progress", "2023-07-01", tier=2)),
        "2023-07-10",
        "missed event d=191 B",
    ),
    Case(
        "tier 3 overrides tier 3",
        milestone(event("done", "2022-06-01", tier=3), event("in_progress", "2023-07-01", tier=3)),
        "2023-07-10",
        "missed event d=191 C",
    ),
    Case(
        "equal pub: the better tier",
        milestone(event("done", "2022-06-01", tier=2), event("in_progress", "2022-06-01", tier=3)),
        "2023-06-30",
        "achieved event d=-213 B",
    ),
    Case(
        "equal pub and tier: the later listed",
        milestone(event("in_progress", "2022-06-01"), event("done", "2022-06-01")),
        "2023-06-30",
        "achieved event d=-213 A",
    ),
    Case(
        "cancelled, also before the due day",
        milestone(event("cancelled", "2022-06-01", planned="2024-01-01")),
        "2022-06-30",
        "missed event cancelled A",
    ),
    Case(
        "no due day: done",
        milestone(event("done", "2022-06-01"), year=None),
        "2022-06-30",
        "achieved event no_deadline A",
    ),
    Case(
        "no due day: not done",
        milestone(event("in_progress", "2022-06-01"), year=None),
        "2022-06-30",
        "not_assessable/no_deadline",
    ),
    Case(
        "no due day: cancelled",
        milestone(event("cancelled", "2022-06-01"), year=None),
        "2022-06-30",
        "not_assessable/no_deadline cancelled",
    ),
    Case(
        "a later day announced by tier 3 is no delay",
        milestone(event("in_progress", "2022-06-01", planned="2023-06-30", tier=3)),
        "2022-06-30",
        "pending/not_due event",
    ),
    Case(
        "by tier 2 it is",
        milestone(event("in_progress", "2022-06-01", planned="2023-06-30", tier=2)),
        "2022-06-30",
        "behind event rescheduled:2023-06-30 B",
    ),
    Case(
        "tier 3 never overrides the announcement",
        milestone(
            event("planned", "2022-05-01", planned="2023-06-30"),
            event("in_progress", "2022-06-01", planned="2022-10-01", tier=3),
        ),
        "2022-06-30",
        "behind event rescheduled:2023-06-30 A",
    ),
    Case(
        "the last announcement counts",
        milestone(
            event("planned", "2022-05-01", planned="2023-06-30"),
            event("in_progress", "2022-06-01", planned="2022-10-01"),
        ),
        "2022-06-30",
        "pending/not_due event",
    ),
    Case("overdue without evidence", milestone(event("in_progress", "2022-06-01")), "2023-06-30", "due_no_data"),
    Case(
        "overdue and silent for long",
        milestone(event("in_progress", "2022-06-01")),
        "2024-07-01",
        "due_no_data overdue_disclosure",
    ),
    Case(
        "on the due day itself it is not overdue",
        milestone(event("in_progress", "2022-06-01")),
        "2022-12-31",
        "pending/not_due event",
    ),
    Case(
        "overdue by announcement of tier 1–2, graded by it",
        milestone(
            event("planned", "2022-05-01", planned="2023-06-30", tier=2), event("in_progress", "2022-06-01", tier=1)
        ),
        "2023-01-10",
        "missed event d=10 rescheduled:2023-06-30 B",
    ),
    Case(
        "an announcement of tier 3 alone is not enough",
        milestone(event("in_progress", "2022-06-01", planned="2023-06-30", tier=3)),
        "2023-01-10",
        "due_no_data",
    ),
    Case(
        "an event after the due day shows it unfinished",
        milestone(event("in_progress", "2023-01-05", tier=3)),
        "2023-01-10",
        "missed event d=10 C",
    ),
    Case(
        "suspended is unfinished too", milestone(event("suspended", "2023-01-05")), "2023-01-10", "missed event d=10 A"
    ),
]


def task(value: object, *periods: str, year: int | None = 2027, **more: object) -> TargetInputs:
    seen = [obs(period, 1, "2024-01-05", **more) for period in periods]
    return target("annual_task", "event", value, year, *seen, direction="none", period_start="2023")


MONTHS = [f"2024-{month:02}" for month in range(1, 13)]
TASKS = [
    Case("first year not over", task(1, "2023"), "2023-12-31", "pending/too_early"),
    Case("no trace at all", task(1), "2024-06-30", "no_data"),
    Case(
        "enough; published before its period ended",
        task(12, *MONTHS),
        "2025-01-01",
        "on_track annual att=100.0 evidence:12/12 C",
    ),
    Case(
        "the last finished year counts",
        task(12, *MONTHS),
        "2024-12-31",
        "not_assessable/partial_evidence att=0.0 evidence:0/12",
    ),
    Case(
        "distinct periods",
        task(12, *MONTHS[:5], *MONTHS[:5]),
        "2025-01-01",
        "not_assessable/partial_evidence att=41.7 evidence:5/12",
    ),
    Case("not after tT", task(1, "2023", year=2023), "2026-01-01", "on_track annual att=100.0 evidence:1/1 C"),
    Case(
        "silence is never failure",
        task(1, "2023"),
        "2026-01-01",
        "not_assessable/partial_evidence att=0.0 evidence:0/1",
    ),
]
WORDING = [
    Case(
        "envelope: never more than its attainment",
        target("envelope", "approx", 100, 2022, obs("2021", 100)),
        "2024-06-30",
        "not_assessable/no_deadline att=100.0",
    ),
    Case(
        "envelope: the latest period end",
        target("envelope", "ge", 100, None, obs("2021", 10), obs("2021-01-01/P18M", 30, "2022-08-01")),
        "2024-06-30",
        "not_assessable/no_deadline att=30.0",
    ),
    Case(
        "envelope: conflict shows nothing",
        target("envelope", "ge", 100, None, obs("2021", 10), obs("2021", 30)),
        "2024-06-30",
        "not_assessable/no_deadline",
    ),
    Case(
        "envelope: nothing published", target("envelope", "ge", 100, None), "2024-06-30", "not_assessable/no_deadline"
    ),
    Case(
        "qualitative",
        target("qualitative", "none", None, 2025, obs("2021", 10)),
        "2024-06-30",
        "not_assessable/no_threshold",
    ),
    Case(
        "an unknown kind",
        target("something_else", "ge", 1, 2025, obs("2021", 10)),
        "2024-06-30",
        "not_assessable/no_threshold",
    ),
]


def group(
    kind: str = "group_sum", inner: str = "", form: object = None, seen: tuple = (), unit: str = "", **figures: object
) -> TargetInputs:
    numbers = {
        key: {name: number(value) for name, value in found.items()} if isinstance(found, dict) else number(found)
        for key, found in figures.items()
    }
    return TargetInputs(
        kind=kind, kind_inner=inner, direction="up", comparator="ge", value=Decimal(30), target_period="2025",
        unit=unit, observations=seen, group=GroupFigures(form=form or obs("2023", None), **numbers),
    )  # fmt: skip


GROUPS = [
    Case(
        "§8 summed, grade at best B",
        group(members={"a": 10, "b": 20.5}),
        "2024-06-30",
        "achieved final att=101.7 d=30.5 early;summed B",
    ),
    Case(
        "§8 official first",
        group(members={"a": 10, "b": 20}, official=31),
        "2024-06-30",
        "achieved final att=103.3 d=31.0 early;sum_mismatch A",
    ),
    Case(
        "§8 exactly 1 % apart is no mismatch",
        group(members={"a": 99}, official=100),
        "2024-06-30",
        "achieved final att=333.3 d=100.0 early A",
    ),
    Case(
        "§8 only a full sum is compared",
        group(members={"a": 1, "b": None}, official=31),
        "2024-06-30",
        "achieved final att=103.3 d=31.0 early A",
    ),
    Case("§8 a group value of a later day is not seen", group(members={"a": 10, "b": None}), "2023-06-30", "no_data"),
    Case(
        "§8 it joins the other observations",
        group(members={"a": 10, "b": 15}, seen=(obs("2022", 20),)),
        "2024-06-30",
        "on_track forward r=2.4478 att=83.3 d=25.0 forward_pace;summed C",
    ),
    Case(
        "§8 ratio in %, judged as a share",
        group("group_ratio", unit="%", numerators={"a": 1, "b": 2}, denominators={"a": 4, "b": 5}),
        "2024-06-30",
        "achieved final att=111.1 d=33.33 early;weighted B",
    ),
    Case(
        "§8 ratio of other units",
        group("group_ratio", numerators={"a": 100, "b": 200}, denominators={"a": 4, "b": 5}),
        "2024-06-30",
        "achieved final att=111.1 d=33.33 early;weighted B",
    ),
    Case(
        "§8 a member without its denominator is missing",
        group("group_ratio", numerators={"a": 1, "b": 2}, denominators={"a": 4}),
        "2024-06-30",
        "not_assessable/member_missing missing:b",
    ),
]


def bundle(*items: object) -> TargetInputs:
    made = [GroupItem(Status(status), number(r), number(p)) for status, r, p in items]
    return TargetInputs(kind="group", items=tuple(made))


MET, SILENT = ("achieved", None, None), ("no_data", None, None)
BUNDLES = [
    Case(
        "§8 all met",
        bundle(MET, MET, ("achieved_late", None, None)),
        "2024-06-30",
        "achieved group r=1.0 d=100.0 coverage:3/3 C",
    ),
    Case(
        "§8 all scored are met, one unjudged",
        bundle(MET, MET, MET, SILENT),
        "2024-06-30",
        "on_track group r=1.0 d=100.0 coverage:3/4 C",
    ),
    Case("§8 fewer than 3 scored", bundle(MET, MET), "2024-06-30", "not_assessable/low_coverage coverage:2/2"),
    Case(
        "§8 exactly half is enough",
        bundle(MET, MET, MET, SILENT, SILENT, SILENT),
        "2024-06-30",
        "on_track group r=1.0 d=100.0 coverage:3/6 C",
    ),
    Case(
        "§8 below half", bundle(MET, MET, MET, *[SILENT] * 4), "2024-06-30", "not_assessable/low_coverage coverage:3/7"
    ),
    Case("§8 nothing in it", bundle(), "2024-06-30", "not_assessable/low_coverage coverage:0/0"),
    Case(
        "§8 no r: 1, 0.6, 0",
        bundle(("on_track", None, None), ("slightly_behind", None, None), ("behind", None, None)),
        "2024-06-30",
        "behind group r=0.5333 d=53.3 coverage:3/3 C",
    ),
    Case(
        "§8 r is capped, p of missed, reversing 0",
        bundle(("on_track", 3, None), ("missed", None, 0.8), ("reversing", -2, None), ("missed", None, None)),
        "2024-06-30",
        "behind group r=0.45 d=45.0 coverage:4/4 C",
    ),
    Case(
        "§8 no strong item hides a lagging one",
        bundle(*[MET] * 19, ("behind", 0.5, None)),
        "2024-06-30",
        "slightly_behind group r=0.975 d=97.5 coverage:20/20 C",
    ),
    Case(
        "§5 the mean is compared after rounding",
        bundle(*[("slightly_behind", 0.6, None)] * 2, ("slightly_behind", 0.5999, None)),
        "2024-06-30",
        "slightly_behind group r=0.6 d=60.0 coverage:3/3 C",
    ),
]


def readings(*values: tuple[object, tuple], **more: object) -> TargetInputs:
    variants = tuple(Variant(number(base), seen) for base, seen in values)
    return target("share_by", "ge", 70, 2027, base=(2022, 1), variants=variants, **more)


VARIANTS = [
    Case(
        "§4.3 agreeing readings, the first is published",
        readings((60, (obs("2024", 64),)), (60, (obs("2024", 65),))),
        "2025-06-30",
        "on_track path_linear p=40.0 tau=40.0 gap=0.0 r=1.0 att=91.4 robust C",
    ),
    Case("§4.3 agreeing without a verdict", readings((60, ()), (50, ())), "2025-06-30", "no_data"),
    Case(
        "§4.3 differing",
        readings((60, (obs("2024", 64),)), (60, ()), (60, (obs("2024", 59),))),
        "2025-06-30",
        "not_assessable/sensitive_to_assumption variants:on_track|no_data|reversing",
    ),
]
ALL = [*FLOWS, *FLOORS, *AVERAGES, *INCREMENTS, *MILESTONES, *TASKS, *WORDING, *GROUPS, *BUNDLES, *VARIANTS]


@all_of("case", ALL, ids=lambda case: case.rule)
def test_other_kinds(case: Case) -> None:
    assert case.given() == case.expected
