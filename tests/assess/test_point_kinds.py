"""One case a sentence of the method, for the kinds that the order of decisions (§3) is asked about."""

from __future__ import annotations

from datetime import date

from all_of import all_of

from build_scripts.core.method import Grade

from .cases import Case, obs, target

Y = obs  # a full-year value
PUB = "2025-03-01"

ORDER = [
    # §1 observations
    Case(
        "§1 pub > as_of is not seen",
        target("level_by", "ge", 10, 2025, Y("2023", 9, "2024-07-01")),
        "2024-06-30",
        "no_data",
    ),
    Case(
        "§1 pub = as_of is seen",
        target("level_by", "ge", 10, 2025, Y("2023", 11, "2024-06-30")),
        "2024-06-30",
        "achieved final att=110.0 early A",
    ),
    Case(
        "§1 before its period ended: a forecast",
        target("level_by", "ge", 10, 2025, Y("2024", 11, "2024-12-30")),
        "2025-06-30",
        "no_data",
    ),
    Case(
        "§1 on the day its period ended: used",
        target("level_by", "ge", 10, 2025, Y("2024", 11, "2024-12-31")),
        "2024-12-31",
        "achieved final att=110.0 early A",
    ),
    Case(
        "§1 F never feeds a status",
        target("level_by", "ge", 10, 2025, Y("2023", 11, obs_status="F")),
        "2024-06-30",
        "no_data",
    ),
    Case(
        "§1 M leaves an earlier vintage standing",
        target("level_by", "ge", 10, 2025, Y("2023", 11), Y("2023", None, "2024-05-01", obs_status="M")),
        "2024-06-30",
        "achieved final att=110.0 early A",
    ),
    Case(
        "a figure that its record took back is not used from that day",
        target("level_by", "ge", 10, 2025, Y("2023", 11, withdrawn=date(2024, 5, 1))),
        "2024-05-01",
        "no_data",
    ),
    Case(
        "a figure that its record took back is used before that day",
        target("level_by", "ge", 10, 2025, Y("2023", 11, withdrawn=date(2024, 5, 1))),
        "2024-04-30",
        "achieved final att=110.0 early A",
    ),
    Case(
        "§1 P12M from January is the year",
        target("level_by", "ge", 10, 2025, obs("2023-01-01/P12M", 11)),
        "2024-06-30",
        "achieved final att=110.0 early A",
    ),
    Case(
        "§1 P12M from July is not",
        target("level_by", "ge", 10, 2025, obs("2022-07-01/P12M", 11, "2023-08-01")),
        "2024-06-30",
        "not_assessable/period_mismatch",
    ),
    Case(
        "§1 a later vintage wins",
        target("level_by", "ge", 10, 2025, Y("2023", 11), Y("2023", 9, "2024-05-01")),
        "2024-06-30",
        "not_assessable/single_observation att=90.0",
    ),
    Case(
        "§1 tier 3 never replaces tier 2",
        target("level_by", "ge", 10, 2025, Y("2023", 9, tier=2), Y("2023", 11, "2024-05-01", tier=3)),
        "2024-06-30",
        "not_assessable/single_observation att=90.0",
    ),
    Case(
        "§1 tier 3 stands in for a period without others",
        target("level_by", "ge", 10, 2025, Y("2023", 11, tier=3)),
        "2024-06-30",
        "achieved final att=110.0 early C",
    ),
    Case(
        "§1 equal pub: the baseline's basis first",
        target(
            "level_by",
            "ge",
            10,
            2025,
            Y("2023", 11, basis="new", tier=1),
            Y("2023", 9, basis="old", tier=2),
            base=(2022, 8),
            base_basis="old",
        ),
        "2024-06-30",
        "on_track path_log p=52.8 tau=33.3 gap=19.5 r=1.5835 att=90.0 B",
    ),
    Case(
        "§1 then tier 1",
        target("level_by", "ge", 10, 2025, Y("2023", 11.05, tier=2), Y("2023", 11, tier=1)),
        "2024-06-30",
        "achieved final att=110.0 early A",
    ),
    Case(
        "§1 then the smaller value",
        target("level_by", "ge", 10, 2025, Y("2023", 11.05), Y("2023", 11)),
        "2024-06-30",
        "achieved final att=110.0 early A",
    ),
    Case(
        "§1 then the first listed",
        target("level_by", "ge", 10, 2025, Y("2023", 11, obs_status="P"), Y("2023", 11)),
        "2024-06-30",
        "achieved final att=110.0 provisional;early B",
    ),
    Case(
        "§1 exactly 1 % apart is no conflict",
        target("level_by", "ge", 100, 2025, Y("2023", 198), Y("2023", 200)),
        "2024-06-30",
        "achieved final att=198.0 early A",
    ),
    Case(
        "§1 over 1 % of the larger is",
        target("level_by", "ge", 100, 2025, Y("2023", "197.99"), Y("2023", 200)),
        "2024-06-30",
        "not_assessable/conflicting_sources",
    ),
    Case(
        "§1 tiers 1 and 2 are one class",
        target("level_by", "ge", 100, 2025, Y("2023", 197), Y("2023", 200, tier=2)),
        "2024-06-30",
        "not_assessable/conflicting_sources",
    ),
    Case(
        "§1 another basis is no conflict",
        target("level_by", "ge", 100, 2025, Y("2023", 150, basis="a"), Y("2023", 200, basis="b")),
        "2024-06-30",
        "achieved final att=150.0 early A",
    ),
    Case(
        "§1 a later revision ends a conflict",
        target("level_by", "ge", 100, 2025, Y("2023", 150), Y("2023", 200), Y("2023", 160, "2024-05-01")),
        "2024-06-30",
        "achieved final att=160.0 early A",
    ),
    Case(
        "§1 a conflict in a year not needed is left out",
        target("level_by", "ge", 100, 2025, Y("2021", 150), Y("2021", 20), Y("2023", 101)),
        "2024-06-30",
        "achieved final att=101.0 early A",
    ),
    # §1 a stock so far
    Case(
        "§1 stock so far that meets stands for its year",
        target("count_by", "ge", 10, 2025, obs("2024-08", 10, "2024-09-01")),
        "2024-10-01",
        "achieved final att=100.0 early A",
    ),
    Case(
        "§1 that does not meet does not",
        target("count_by", "ge", 10, 2025, obs("2024-08", 9, "2024-09-01")),
        "2024-10-01",
        "not_assessable/period_mismatch",
    ),
    Case(
        "§1 without a deadline it does",
        target("count_by", "ge", 10, None, obs("2024-08", 9, "2024-09-01")),
        "2024-10-01",
        "not_assessable/no_deadline att=90.0",
    ),
    Case(
        "§1 the latest inside the year counts",
        target("count_by", "ge", 10, None, obs("2024-06", 8, "2024-09-01"), obs("2024-08", 9, "2024-09-01")),
        "2024-10-01",
        "not_assessable/no_deadline att=90.0",
    ),
    Case(
        "§1 values ending the same day are one period",
        target("count_by", "ge", 10, None, obs("2024-09", 8, "2024-10-01"), obs("2024-Q3", 9, "2024-10-01")),
        "2024-11-01",
        "not_assessable/period_mismatch",
    ),
    Case(
        "§1 a full-year value keeps it out",
        target("count_by", "ge", 10, 2027, Y("2023", 8), obs("2023-11", 10, "2023-12-01")),
        "2024-06-30",
        "not_assessable/single_observation att=80.0",
    ),
    Case(
        "§1 not for a kind that is not monotone",
        target("level_by", "ge", 10, 2025, obs("2024-08", 12, "2024-09-01")),
        "2024-10-01",
        "not_assessable/period_mismatch",
    ),
    Case(
        "§1 not for a count that may fall",
        target("count_by", "ge", 10, 2025, obs("2024-08", 12, "2024-09-01"), monotone=False),
        "2024-10-01",
        "not_assessable/period_mismatch",
    ),
    # §3.1–3.3
    Case(
        "§3.1 comparator none",
        target("level_by", "none", 10, 2025, Y("2023", 9)),
        "2024-06-30",
        "not_assessable/no_threshold",
    ),
    Case("§3.1 no value", target("share_by", "ge", None, 2025), "2024-06-30", "not_assessable/no_threshold"),
    Case(
        "§3.2 conflict in tT after the deadline",
        target("level_by", "ge", 100, 2023, Y("2023", 150), Y("2023", 160), Y("2024", 170)),
        "2025-06-30",
        "not_assessable/conflicting_sources",
    ),
    Case(
        "§3.2 in tT before it does not matter",
        target("level_by", "ge", 100, 2024, Y("2022", 150), Y("2022", 160), Y("2023", 170)),
        "2024-06-30",
        "achieved final att=170.0 early A",
    ),
    Case(
        "§3.2 only an accumulation, after the deadline",
        target("level_by", "ge", 100, 2023, obs("2023-01-01/P9M", 90, "2023-10-20")),
        "2024-06-30",
        "due_no_data",
    ),
    Case(
        "§3 overdue_disclosure after 18 months",
        target("level_by", "ge", 100, 2023, obs("2023-01-01/P9M", 90, "2023-10-20")),
        "2025-07-01",
        "due_no_data overdue_disclosure",
    ),
    Case("§3 not on the day", target("level_by", "ge", 100, 2023), "2025-06-30", "no_data"),
    Case("§3 equally on no_data", target("level_by", "ge", 100, 2023), "2025-07-01", "no_data overdue_disclosure"),
    Case(
        "§3.3 met without deadline",
        target("share_by", "ge", 80, None, Y("2023", 85)),
        "2024-06-30",
        "achieved final att=106.3 no_deadline A",
    ),
    Case(
        "§3.3 but stale if it may fall",
        target("share_by", "ge", 80, None, Y("2021", 85)),
        "2024-06-30",
        "not_assessable/stale att=106.3 last:2021",
    ),
    Case(
        "§3.3 never stale if monotone",
        target("count_by", "ge", 80, None, Y("2011", 85)),
        "2024-06-30",
        "achieved final att=106.3 no_deadline A",
    ),
    Case(
        "§3.3 unmet is never stale",
        target("share_by", "ge", 80, None, Y("2011", 75, obs_status="P")),
        "2024-06-30",
        "not_assessable/no_deadline att=93.8 provisional",
    ),
    Case(
        "§3.3 met_earlier",
        target("share_by", "ge", 80, None, Y("2022", 85), Y("2023", 75)),
        "2024-06-30",
        "not_assessable/no_deadline att=93.8 met_earlier:2022",
    ),
    # §3.4
    Case(
        "§3.4 not on 31 December itself",
        target("level_by", "ge", 10, 2024, Y("2023", 9), Y("2022", 8)),
        "2024-12-31",
        "on_track forward r=1.1179 att=90.0 d=11.11 forward_pace C",
    ),
    Case(
        "§3.4 value for tT unmet, then met late",
        target("level_by", "ge", 10, 2022, Y("2022", 9), Y("2023", 9.5), Y("2024", 11, PUB, obs_status="P")),
        "2025-06-30",
        "achieved_late final att=110.0 provisional;met_in:2024 B",
    ),
    Case(
        "§3.4 lost later",
        target("level_by", "ge", 10, 2022, Y("2022", 11), Y("2023", 9.5)),
        "2025-06-30",
        "achieved final att=110.0 lost_later:2023 A",
    ),
    Case(
        "§3.4 late, then lost",
        target("level_by", "ge", 10, 2021, Y("2021", 9), Y("2022", 11), Y("2023", 9.5)),
        "2025-06-30",
        "achieved_late final att=110.0 met_in:2022;lost_later:2023 A",
    ),
    Case(
        "§3.4 missed with an earlier success",
        target("level_by", "ge", 10, 2022, Y("2020", 11), Y("2022", 9)),
        "2025-06-30",
        "missed final att=90.0 met_earlier:2020 A",
    ),
    Case(
        "§3.4 no value for tT, monotone E met",
        target("count_by", "ge", 10, 2022, Y("2021", 11)),
        "2025-06-30",
        "achieved final att=110.0 A",
    ),
    Case("§3.4 no later value", target("level_by", "ge", 10, 2022, Y("2021", 9)), "2023-06-30", "due_no_data att=90.0"),
    Case(
        "§3.4 E and the first later met",
        target("level_by", "ge", 10, 2022, Y("2021", 11, obs_status="E"), Y("2023", 12)),
        "2025-06-30",
        "achieved final att=120.0 estimated;target_year_missing C",
    ),
    Case(
        "§3.4 E met, the first later not",
        target("level_by", "ge", 10, 2022, Y("2021", 11), Y("2023", 9), Y("2024", 12)),
        "2025-06-30",
        "due_no_data att=120.0 met_earlier:2021;overdue_disclosure",
    ),
    Case(
        "§3.4 E unmet, met later",
        target("level_by", "ge", 10, 2022, Y("2021", 9), Y("2023", 9), Y("2024", 12)),
        "2025-06-30",
        "achieved_late final att=120.0 met_in:2024;target_year_missing C",
    ),
    Case(
        "§3.4 E absent, never met: the first later is judged",
        target("level_by", "ge", 10, 2022, Y("2023", 9), Y("2024", 8)),
        "2025-06-30",
        "missed final att=90.0 target_year_missing C",
    ),
    Case(
        "§3.4 missed publishes p",
        target("level_by", "ge", 200, 2022, Y("2022", 150), base=(2020, 100)),
        "2025-06-30",
        "missed final p=58.5 att=75.0 A",
    ),
    Case(
        "§3.4 p never rounds up to 100.0",
        target("share_by", "ge", 70, 2022, Y("2022", "69.999"), base=(2020, 60)),
        "2025-06-30",
        "missed final p=99.9 att=99.9 A",
    ),
    Case(
        "§3.4 no p where the baseline was met",
        target("share_by", "ge", 70, 2022, Y("2022", 69), base=(2020, 71)),
        "2025-06-30",
        "missed final att=98.6 A",
    ),
    # §3.5–3.8
    Case(
        "§3.5 monotone and met is never stale",
        target("count_by", "ge", 10, 2030, Y("2015", 12)),
        "2025-06-30",
        "achieved final att=120.0 early A",
    ),
    Case(
        "§3.5 never monotone once it has fallen",
        target("count_by", "ge", 10, 2030, Y("2014", 13), Y("2015", 12)),
        "2025-06-30",
        "not_assessable/stale att=120.0 last:2015",
    ),
    Case(
        "§3.5 a fall on another basis does not count",
        target("count_by", "ge", 10, 2030, Y("2014", 13, basis="old"), Y("2015", 12)),
        "2025-06-30",
        "achieved final att=120.0 early A",
    ),
    Case(
        "§3.5 override false",
        target("count_by", "ge", 10, 2030, Y("2015", 12), monotone=False),
        "2025-06-30",
        "not_assessable/stale att=120.0 last:2015",
    ),
    Case(
        "§3.5 override true",
        target("level_by", "ge", 10, 2030, Y("2015", 12), monotone=True),
        "2025-06-30",
        "achieved final att=120.0 early A",
    ),
    Case(
        "§3.6 24 months are not yet stale",
        target("level_by", "ge", 10, 2030, Y("2022", 12)),
        "2024-12-31",
        "achieved final att=120.0 early A",
    ),
    Case(
        "§3.6 a day more is",
        target("level_by", "ge", 10, 2030, Y("2022", 12)),
        "2025-01-01",
        "not_assessable/stale att=120.0 last:2022",
    ),
    Case(
        "§3.6 24 months for a year's value of a quarterly indicator",
        target("level_by", "ge", 10, 2030, Y("2023", 12), frequency="Q"),
        "2026-01-01",
        "not_assessable/stale att=120.0 last:2023",
    ),
    Case(
        "§3.6 not on the day 24 months are over",
        target("level_by", "ge", 10, 2030, Y("2023", 12), frequency="Q"),
        "2025-12-31",
        "achieved final att=120.0 early A",
    ),
    Case(
        "§3.6 24 months for a year's value of a monthly one, too",
        target("level_by", "ge", 10, 2030, Y("2023", 12), frequency="M"),
        "2026-01-01",
        "not_assessable/stale att=120.0 last:2023",
    ),
    Case(
        "§3.7 met at baseline",
        target("level_by", "ge", 10, 2030, Y("2023", 12), base=(2020, 11)),
        "2024-06-30",
        "achieved final att=120.0 early;met_at_baseline A",
    ),
    Case(
        "§3.7 not where the baseline is of the same year",
        target("level_by", "ge", 10, 2030, Y("2023", 12), base=(2023, 12)),
        "2024-06-30",
        "achieved final att=120.0 early A",
    ),
    Case(
        "§3.8 lost baseline; an observed base year is also met_earlier",
        target("share_by", "ge", 98, 2027, Y("2022", 98.6, tier=2), Y("2024", 97.1), base=(2022, None)),
        "2025-06-30",
        "reversing final att=99.1 lost_baseline_target;met_earlier:2022 B",
    ),
    Case(
        "§3.9 V = T under gt",
        target("level_by", "gt", 10, 2027, Y("2024", 10), base=(2022, 8)),
        "2025-06-30",
        "on_track final att=100.0 A",
    ),
    Case(
        "§3.10 V of the target year has no forward pace",
        target("level_by", "ge", 10, 2024, Y("2023", 8), Y("2024", 9, "2024-12-31")),
        "2024-12-31",
        "not_assessable/single_observation att=90.0",
    ),
    Case(
        "§3.11 the recorded baseline on another basis breaks",
        target("share_by", "ge", 10, 2027, Y("2024", 9, obs_status="D"), base=(2022, 8), base_basis="old"),
        "2025-06-30",
        "not_assessable/break_in_series att=90.0 definition_differs;break_in_series",
    ),
    Case(
        "§3.11 met_earlier",
        target("share_by", "ge", 10, 2027, Y("2021", 11, basis="old"), Y("2024", 9)),
        "2025-06-30",
        "not_assessable/break_in_series att=90.0 break_in_series;met_earlier:2021",
    ),
]
PATHS = [
    Case(
        "§4.1 log scale",
        target("level_by", "ge", 200, 2025, Y("2022", 110), base=(2020, 100)),
        "2023-06-30",
        "behind path_log p=13.8 tau=40.0 gap=-26.2 r=0.3438 att=55.0 A",
    ),
    Case(
        "§4.1 linear where a figure is not above 0",
        target("level_by", "ge", 100, 2025, Y("2022", 20), base=(2020, -20)),
        "2023-06-30",
        "slightly_behind path_linear p=33.3 tau=40.0 gap=-6.7 r=0.8333 att=20.0 A",
    ),
    Case(
        "§4.1 the baseline's grade enters",
        target("level_by", "ge", 200, 2025, Y("2022", 180), base=(2020, 100), base_grade=Grade.C),
        "2023-06-30",
        "on_track path_log p=84.8 tau=40.0 gap=44.8 r=2.12 att=90.0 C",
    ),
    Case(
        "§4.1 gt with T = B and V worse",
        target("share_by", "gt", 50, 2025, Y("2022", 49), base=(2020, 50)),
        "2023-06-30",
        "reversing path_linear att=98.0 A",
    ),
    Case(
        "§4.1 between: distance to the range",
        target("level_by", "between", 20, 2025, Y("2022", 35), base=(2020, 40), high=30, direction="none"),
        "2023-06-30",
        "on_track path_linear p=50.0 tau=40.0 gap=10.0 r=1.25 A",
    ),
    Case(
        "§4.1 between: overshooting counts as distance",
        target("level_by", "between", 20, 2025, Y("2022", 10), base=(2020, 40), high=30, direction="none"),
        "2023-06-30",
        "behind path_linear p=0.0 tau=40.0 gap=-40.0 r=0.0 A",
    ),
    Case(
        "§4.1 approx without direction: distance to T",
        target("share_by", "approx", 100, 2025, Y("2022", 110), base=(2020, 80), direction="none"),
        "2023-06-30",
        "on_track path_linear p=50.0 tau=40.0 gap=10.0 r=1.25 approx A",
    ),
    Case(
        "§4.1 lower is better",
        target("travel_time", "le", 60, 2025, Y("2022", 80), base=(2020, 90), direction="down"),
        "2023-06-30",
        "slightly_behind path_linear p=33.3 tau=40.0 gap=-6.7 r=0.8333 att=75.0 A",
    ),
    Case(
        "§4.1 whole things: not one more was due",
        target("count_by", "ge", 1, 2027, Y("2024", 0), base=(2022, 0)),
        "2025-06-30",
        "pending/not_due path_linear p=0.0 tau=40.0 gap=-40.0 att=0.0",
    ),
    Case(
        "§4.1 no quality flags on it",
        target("count_by", "ge", 1, 2027, Y("2024", 0, obs_status="P"), base=(2022, 0)),
        "2025-06-30",
        "pending/not_due path_linear p=0.0 tau=40.0 gap=-40.0 att=0.0",
    ),
    Case(
        "§4.1 one was due",
        target("count_by", "ge", 2, 2027, Y("2025", 0), base=(2022, 0)),
        "2026-06-30",
        "behind path_linear p=0.0 tau=60.0 gap=-60.0 r=0.0 att=0.0 A",
    ),
    Case(
        "§4.1 exactly one was due",
        target("count_by", "ge", 5, 2027, Y("2023", 0), base=(2022, 0)),
        "2024-06-30",
        "behind path_linear p=0.0 tau=20.0 gap=-20.0 r=0.0 att=0.0 A",
    ),
    Case(
        "§4.1 fewer than at the baseline is not pending",
        target("count_by", "ge", 3, 2027, Y("2024", 1), base=(2022, 2), monotone=False),
        "2025-06-30",
        "reversing path_linear p=-100.0 tau=40.0 gap=-140.0 r=-2.5 att=33.3 A",
    ),
    Case(
        "§4.1 shares are not whole things",
        target("share_by", "ge", 1, 2027, Y("2024", 0), base=(2022, 0)),
        "2025-06-30",
        "behind path_linear p=0.0 tau=40.0 gap=-40.0 r=0.0 att=0.0 A",
    ),
    Case(
        "§4.1 times counted down are not",
        target("travel_time", "le", 29, 2027, Y("2024", 30), base=(2022, 30), direction="down"),
        "2025-06-30",
        "behind path_linear p=0.0 tau=40.0 gap=-40.0 r=0.0 att=96.7 A",
    ),
    Case(
        "§1 new items since period_start: B = 0 the year before",
        target("count_by", "ge", 10, 2027, Y("2024", 4, basis="odd"), period_start="2023"),
        "2025-06-30",
        "on_track path_linear p=40.0 tau=40.0 gap=0.0 r=1.0 att=40.0 A",
    ),
    Case(
        "§1 the baseline of a value on its own basis, observed",
        target(
            "share_by",
            "ge",
            70,
            2027,
            Y("2022", 60, basis="new", tier=2),
            Y("2024", 64, basis="new"),
            base=(2022, 50),
            base_basis="old",
        ),
        "2025-06-30",
        "on_track path_linear p=40.0 tau=40.0 gap=0.0 r=1.0 att=91.4 B",
    ),
    Case(
        "§5 r just under 0.95 after rounding",
        target("share_by", "ge", 10000, 2027, Y("2024", "3799.8"), base=(2022, 0)),
        "2025-06-30",
        "on_track path_linear p=38.0 tau=40.0 gap=-2.0 r=0.95 att=38.0 A",
    ),
    Case(
        "§5 r a hair below 0.60",
        target("share_by", "ge", 100000, 2027, Y("2024", "23997"), base=(2022, 0)),
        "2025-06-30",
        "behind path_linear p=24.0 tau=40.0 gap=-16.0 r=0.5999 att=24.0 A",
    ),
    Case(
        "§5 r rounding to 0 from below is not reversing",
        target("share_by", "ge", 100000, 2027, Y("2024", "-1"), base=(2022, 0)),
        "2025-06-30",
        "behind path_linear p=0.0 tau=40.0 gap=-40.0 r=0.0 att=0.0 A",
    ),
    Case(
        "§5 ties go away from zero (14.25)",
        target("share_by", "ge", 400, 2027, Y("2024", 57), base=(2022, 0)),
        "2025-06-30",
        "behind path_linear p=14.3 tau=40.0 gap=-25.8 r=0.3563 att=14.3 A",
    ),
    Case(
        "§5 a tie on the log scale",
        target("level_by", "ge", 65536, 2036, Y("2021", 8), base=(2020, 1)),
        "2022-06-30",
        "on_track path_log p=18.8 tau=6.3 gap=12.5 r=3.0 att=0.0 A",
    ),
    Case(
        "§3 met_earlier in step 9",
        target("share_by", "ge", 70, 2027, Y("2021", 71), Y("2024", 64), base=(2022, 60)),
        "2025-06-30",
        "on_track path_linear p=40.0 tau=40.0 gap=0.0 r=1.0 att=91.4 met_earlier:2021 A",
    ),
]
FORWARD = [
    Case(
        "§4.2 the earliest value at most 5 years older",
        target("share_by", "ge", 100, 2025, Y("2017", 0), Y("2018", 50), Y("2023", 80)),
        "2024-06-30",
        "slightly_behind forward r=0.6 att=80.0 d=10.0 forward_pace C",
    ),
    Case(
        "§4.2 linear also where a figure is not above 0",
        target("level_by", "ge", 100, 2025, Y("2022", -20), Y("2023", 20)),
        "2024-06-30",
        "on_track forward r=1.0 att=20.0 d=40.0 forward_pace C",
    ),
    Case(
        "§4.2 whole things show only derived",
        target("count_by", "ge", 3, 2029, Y("2022", 2), Y("2023", 2)),
        "2024-06-30",
        "pending/not_due forward att=66.7 d=0.167 forward_pace",
    ),
    Case(
        "§4.2 growth needs a log-scale kind",
        target("share_by", "ge", 100, 2025, Y("2023", 80, yoy=5)),
        "2024-06-30",
        "not_assessable/single_observation att=80.0",
    ),
    Case(
        "§4.2 nominal growth",
        target("level_by", "ge", 100, 2025, Y("2023", 80, yoy=10)),
        "2024-06-30",
        "slightly_behind forward r=0.8542 att=80.0 d=11.8 forward_pace;yoy_based C",
    ),
    Case(
        "§4.2 real growth that decides",
        target("level_by", "ge", 100, 2025, Y("2023", 80, yoy=10, growth_is_real=True)),
        "2024-06-30",
        "not_assessable/sensitive_to_assumption att=80.0 d=11.8 "
        "yoy_based;real_nominal_mix;variants:slightly_behind|slightly_behind|on_track",
    ),
    Case(
        "§4.2 growth of −100 % and below is none",
        target("level_by", "ge", 100, 2025, Y("2023", 80, yoy=-100)),
        "2024-06-30",
        "not_assessable/single_observation att=80.0",
    ),
    Case(
        "§4.2 real growth near −100 %",
        target("level_by", "ge", 100, 2025, Y("2023", 80, yoy=-99, growth_is_real=True)),
        "2024-06-30",
        "reversing forward r=-41.2754 att=80.0 d=11.8 forward_pace;yoy_based;real_nominal_mix C",
    ),
    Case(
        "§4.2 values come before growth",
        target("level_by", "ge", 100, 2025, Y("2022", 79), Y("2023", 80, yoy=50)),
        "2024-06-30",
        "behind forward r=0.1127 att=80.0 d=11.8 forward_pace C",
    ),
    Case(
        "§4.2 flag of the earlier value",
        target("share_by", "ge", 100, 2025, Y("2022", 70, obs_status="E"), Y("2023", 80)),
        "2024-06-30",
        "on_track forward r=1.0 att=80.0 d=10.0 estimated;forward_pace C",
    ),
]
MEETS = [
    Case("Meets: gt", target("level_by", "gt", 10, 2022, Y("2022", 10)), "2023-06-30", "missed final att=100.0 A"),
    Case(
        "Meets: le",
        target("level_by", "le", 10, 2022, Y("2022", 10), direction="down"),
        "2023-06-30",
        "achieved final att=100.0 A",
    ),
    Case(
        "Meets: lt",
        target("level_by", "lt", 10, 2022, Y("2022", 10), direction="down"),
        "2023-06-30",
        "missed final att=100.0 A",
    ),
    Case(
        "Meets: between includes both ends",
        target("level_by", "between", 10, 2022, Y("2022", 20), high=20, direction="none"),
        "2023-06-30",
        "achieved final A",
    ),
    Case(
        "Meets: approx up has no ceiling",
        target("level_by", "approx", 100, 2022, Y("2022", 200)),
        "2023-06-30",
        "achieved final att=200.0 approx A",
    ),
    Case(
        "Meets: approx up at −5 %",
        target("level_by", "approx", 100, 2022, Y("2022", 95)),
        "2023-06-30",
        "achieved final att=95.0 approx A",
    ),
    Case(
        "Meets: approx down",
        target("level_by", "approx", 100, 2022, Y("2022", 105), direction="down"),
        "2023-06-30",
        "achieved final att=95.2 approx A",
    ),
    Case(
        "Meets: approx none",
        target("level_by", "approx", 100, 2022, Y("2022", 106), direction="none"),
        "2023-06-30",
        "missed final approx A",
    ),
    Case(
        "Meets: approx of a negative value",
        target("level_by", "approx", -100, 2022, Y("2022", -105)),
        "2023-06-30",
        "achieved final approx A",
    ),
    Case(
        "Attainment: down needs V > 0",
        target("level_by", "le", 10, 2022, Y("2022", 0), direction="down"),
        "2023-06-30",
        "achieved final A",
    ),
    Case(
        "Attainment of an unmet value shows 99.9",
        target("level_by", "ge", 10000, 2022, Y("2022", 9999)),
        "2023-06-30",
        "missed final att=99.9 A",
    ),
]
MULTIPLES = [
    Case(
        "no base figure, within 18 months",
        target("multiple_of_base", "ge", 2, 2035, Y("2024", 9), base=(2025, None)),
        "2027-06-30",
        "pending/baseline_not_yet_known",
    ),
    Case(
        "later",
        target("multiple_of_base", "ge", 2, 2035, Y("2024", 9), base=(2025, None)),
        "2027-07-01",
        "not_assessable/no_baseline",
    ),
    Case(
        "while base_pending",
        target("multiple_of_base", "ge", 2, 2035, Y("2024", 9), base=(2025, None), base_pending=True),
        "2029-07-01",
        "pending/baseline_not_yet_known",
    ),
    Case(
        "base year observed, its flags and grade enter",
        target("multiple_of_base", "ge", 2, 2025, Y("2020", 40, tier=2, obs_status="P"), Y("2023", 62)),
        "2024-06-30",
        "not_assessable/no_baseline",
    ),
    Case(
        "base year observed enters also a final verdict",
        target("multiple_of_base", "ge", 2, 2025, Y("2020", 40, obs_status="P"), Y("2025", 82), base=(2020, None)),
        "2026-06-30",
        "achieved final att=102.5 provisional B",
    ),
    Case(
        "each value against its own basis",
        target(
            "multiple_of_base", "ge", 2, 2025, Y("2020", 50, basis="new"), Y("2025", 90, basis="new"), base=(2020, 40)
        ),
        "2026-06-30",
        "missed final p=84.8 att=90.0 A",
    ),
    Case(
        "years without a base figure are left out",
        target("multiple_of_base", "ge", 2, 2025, Y("2022", 90), Y("2023", 95, basis="new"), base=(2020, 40)),
        "2024-06-30",
        "achieved final att=112.5 early A",
    ),
    Case(
        "none left",
        target("multiple_of_base", "ge", 2, 2025, Y("2023", 95, basis="new"), base=(2020, 40)),
        "2024-06-30",
        "not_assessable/break_in_series",
    ),
    Case(
        "base year in conflict",
        target("multiple_of_base", "ge", 2, 2025, Y("2020", 40), Y("2020", 50), Y("2023", 62), base=(2020, None)),
        "2024-06-30",
        "not_assessable/conflicting_sources",
    ),
    Case(
        "no deadline",
        target("multiple_of_base", "ge", 2, None, Y("2023", 62), base=(2020, 40)),
        "2024-06-30",
        "not_assessable/no_deadline att=77.5",
    ),
    Case("no observation", target("multiple_of_base", "ge", 2, 2025, base=(2020, 40)), "2024-06-30", "no_data"),
]
GAPS = [
    Case(
        "gap met",
        target("moving_ref", "gt", None, 2027, Y("2023", 3), reference=(Y("2023", 2, tier=2),)),
        "2024-06-30",
        "achieved gap d=1.0 early B",
    ),
    Case(
        "ref lags",
        target(
            "moving_ref",
            "gt",
            None,
            2027,
            Y("2023", 3, tier=1),
            Y("2024", 5, PUB),
            reference=(Y("2023", 2, obs_status="P"),),
        ),
        "2025-06-30",
        "achieved gap d=1.0 provisional;ref_lag:2023;early B",
    ),
    Case(
        "no lag flag on a stale gap",
        target("moving_ref", "gt", None, 2027, Y("2020", 3), Y("2024", 5, PUB), reference=(Y("2020", 2),)),
        "2025-06-30",
        "not_assessable/stale d=1.0 last:2020",
    ),
    Case(
        "no gap for the base year",
        target("moving_ref", "gt", None, 2027, Y("2023", 1), reference=(Y("2023", 2),), base=(2022, None)),
        "2024-06-30",
        "not_assessable/no_baseline d=-1.0",
    ),
    Case(
        "base gap on another pair of bases",
        target(
            "moving_ref",
            "gt",
            None,
            2027,
            Y("2022", 1, basis="a"),
            Y("2023", 1, basis="b"),
            reference=(Y("2022", 2), Y("2023", 2)),
            base=(2022, None),
        ),
        "2024-06-30",
        "not_assessable/break_in_series d=-1.0 break_in_series",
    ),
    Case(
        "no gap for tB on any pair of bases",
        target(
            "moving_ref",
            "gt",
            None,
            2027,
            Y("2021", 1, basis="a"),
            Y("2023", 1, basis="b"),
            reference=(Y("2021", 2), Y("2022", 2), Y("2023", 2)),
            base=(2022, None),
        ),
        "2024-06-30",
        "not_assessable/no_baseline d=-1.0 break_in_series",
    ),
    Case(
        "gap equal to zero under gt",
        target("moving_ref", "gt", None, 2027, Y("2023", 2), reference=(Y("2023", 2),)),
        "2024-06-30",
        "on_track gap d=0.0 A",
    ),
    Case(
        "widening gap",
        target(
            "moving_ref",
            "gt",
            None,
            2027,
            Y("2022", 1),
            Y("2024", 0, PUB),
            reference=(Y("2022", 2), Y("2024", 2, PUB)),
            base=(2022, None),
        ),
        "2025-06-30",
        "reversing gap p=-100.0 tau=40.0 gap=-140.0 r=-2.5 d=-2.0 A",
    ),
    Case(
        "conflict in the reference",
        target("moving_ref", "gt", None, 2027, Y("2023", 3), reference=(Y("2023", 2), Y("2023", 3))),
        "2024-06-30",
        "not_assessable/conflicting_sources",
    ),
    Case(
        "own figures only inside a year",
        target("moving_ref", "gt", None, 2027, obs("2023-09", 3, "2023-10-01"), reference=(Y("2023", 2),)),
        "2024-06-30",
        "not_assessable/period_mismatch",
    ),
    Case(
        "missed publishes p",
        target(
            "moving_ref",
            "gt",
            None,
            2023,
            Y("2020", 1),
            Y("2023", 1.5),
            reference=(Y("2020", 2), Y("2023", 2)),
            base=(2020, None),
        ),
        "2024-06-30",
        "missed gap p=50.0 d=-0.5 A",
    ),
    Case(
        "due without a value shows the latest common gap",
        target("moving_ref", "gt", None, 2023, Y("2022", 1.5), reference=(Y("2022", 2),)),
        "2024-06-30",
        "due_no_data d=-0.5",
    ),
]


STOCKS = [
    Case(
        "§1 a stock so far stands for the base year too",
        target("count_by", "ge", 10, 2025, obs("2020-Q4", 12, "2021-01-30"), Y("2022", 9), base=(2020, None)),
        "2023-06-30",
        "reversing final att=90.0 lost_baseline_target;met_earlier:2020 A",
    ),
    Case(
        "§1 and is met at baseline where no deadline is printed",
        target("count_by", "ge", 10, None, obs("2020-08", 12, "2020-09-30"), Y("2022", 11), base=(2020, None)),
        "2023-06-30",
        "achieved final att=110.0 no_deadline;met_at_baseline A",
    ),
    Case(
        "§4.2 a stock so far is a same-basis value, of a multiple too",
        target(
            "multiple_of_base",
            "ge",
            2,
            2026,
            obs("2021-Q4", 100, "2022-01-30"),
            Y("2023", 90),
            base=(2023, 50),
            monotone=True,
        ),
        "2024-06-30",
        "reversing forward r=-1.5 att=90.0 d=3.57 forward_pace;met_earlier:2021 C",
    ),
    Case(
        "§3.5 worse is asked on each basis with that basis's own range",
        target(
            "multiple_of_base",
            "between",
            1.1,
            2025,
            Y("2020", 10, basis="b"),
            Y("2021", 20, basis="b"),
            Y("2022", 15, basis="b"),
            high=2.5,
            direction="none",
            base=(2020, 100),
            base_basis="a",
            monotone=True,
        ),
        "2025-06-30",
        "achieved final early A",
    ),
]


ALL = [*ORDER, *PATHS, *FORWARD, *MEETS, *MULTIPLES, *GAPS, *STOCKS]


@all_of("case", ALL, ids=lambda case: case.rule)
def test_point_kinds(case: Case) -> None:
    assert case.given() == case.expected
