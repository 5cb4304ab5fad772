"""What must hold for every input: invariances, monotonicity, and that nothing of the right types raises."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from chance import tries
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from build_scripts.assess import Event, GroupFigures, GroupItem, Obs, TargetInputs, Variant, assess
from build_scripts.assess.engine import GROUP_KINDS, KINDS
from build_scripts.core.method import FLAG_ORDER, Assessment, Family, Grade, Reason, Status
from build_scripts.explain import explain, flag_label, flag_meaning, reason_meaning

POINT_KINDS = ("level_by", "share_by", "count_by", "travel_time")
UNITS = Decimal(10_000)
RANK = {
    Status.REVERSING: 0,
    Status.MISSED: 0,
    Status.BEHIND: 1,
    Status.SLIGHTLY_BEHIND: 2,
    Status.ON_TRACK: 3,
    Status.ACHIEVED_LATE: 4,
    Status.ACHIEVED: 5,
}
figures = st.decimals(-500, 5000, places=2)
above_zero = st.decimals(1, 5000, places=2)
days = st.dates(date(2019, 1, 1), date(2031, 12, 31))
years = st.integers(2018, 2030)
periods = st.one_of(
    years.map(str),
    st.builds("{}-Q{}".format, years, st.integers(1, 4)),
    st.builds("{}-{:02}".format, years, st.integers(1, 12)),
    st.builds("{}-01-01/P{}M".format, years, st.integers(1, 70)),
    st.sampled_from(("", "2024-13", "20x4", "2024-02-30/P3M", "2023-01-31/P1M", "2024-01-01/P0M", "9999", "２０２４")),
)
observations = st.builds(
    Obs,
    period=periods,
    value=st.none() | figures | st.decimals(allow_nan=True, allow_infinity=True),
    pub=days,
    obs_status=st.sampled_from("APEBDFMOLNQ?"),
    basis=st.sampled_from(("main", "old")),
    tier=st.integers(0, 4),
    growth=st.none() | st.decimals(-150, 60, places=1),
    growth_is_real=st.booleans(),
)
events = st.builds(
    Event,
    state=st.sampled_from(("planned", "started", "in_progress", "done", "suspended", "cancelled", "")),
    pub=days,
    day=st.none() | days,
    planned=st.none() | days,
    tier=st.integers(1, 3),
)
members = st.dictionaries(st.sampled_from("abc"), st.none() | figures, max_size=3)
anything = st.builds(
    TargetInputs,
    kind=st.sampled_from((*KINDS, *GROUP_KINDS, "")),
    kind_inner=st.sampled_from(("", *KINDS, *GROUP_KINDS)),
    direction=st.sampled_from(("up", "down", "none", "")),
    comparator=st.sampled_from(("ge", "gt", "le", "lt", "between", "approx", "none", "event", "")),
    value=st.none() | figures | st.decimals(allow_nan=True, allow_infinity=True),
    value_high=st.none() | figures,
    unit=st.sampled_from(("", "%")),
    base_period=st.none() | periods,
    base_value=st.none() | figures | st.decimals(allow_nan=True, allow_infinity=True),
    base_basis=st.sampled_from(("main", "old")),
    base_grade=st.sampled_from(Grade),
    base_pub=st.none() | days,
    base_pending=st.booleans(),
    target_period=st.none() | periods,
    period_start=st.none() | periods,
    due=st.none() | st.dates(),
    monotone=st.none() | st.booleans(),
    flow=st.booleans(),
    frequency=st.sampled_from(("A", "Q", "M", "")),
    peers=st.none() | st.integers(-1, 20),
    observations=st.lists(observations, max_size=6).map(tuple),
    events=st.lists(events, max_size=4).map(tuple),
    reference=st.lists(observations, max_size=4).map(tuple),
    variants=st.lists(
        st.builds(Variant, st.none() | figures, st.lists(observations, max_size=3).map(tuple)), max_size=2
    ).map(tuple),
    group=st.none() | st.builds(GroupFigures, observations, st.none() | figures, members, members, members),
    items=st.lists(
        st.builds(GroupItem, st.sampled_from(Status), st.none() | figures, st.none() | figures), max_size=5
    ).map(tuple),
)


def full_year(year: int, value: Decimal, tier: int = 1) -> Obs:
    return Obs(str(year), value, date(year + 1, 3, 1), tier=tier)


@st.composite
def progressing(draw: st.DrawFn, kinds: tuple[str, ...] = POINT_KINDS) -> tuple[TargetInputs, date]:
    """A target counted up with a positive target, maybe a baseline, one to four values, and a day."""
    seen = draw(st.dictionaries(st.integers(2021, 2026), above_zero, min_size=1, max_size=4))
    inputs = TargetInputs(
        kind=draw(st.sampled_from(kinds)),
        direction="up",
        comparator=draw(st.sampled_from(("ge", "gt", "approx"))),
        value=draw(above_zero),
        base_period="2020",
        base_value=draw(st.none() | above_zero),
        target_period=draw(st.sampled_from(("2025", "2027", None))),
        observations=tuple(full_year(year, value) for year, value in sorted(seen.items())),
    )
    return inputs, date(draw(st.integers(2023, 2028)), 6, 30)


@pytest.mark.slow
@settings(max_examples=tries(100), deadline=None)
@given(anything, st.dates())
@example(TargetInputs("milestone", due=date.max), date.max)
@example(TargetInputs("annual_floor", "up", "ge", Decimal(1), target_period="2199", period_start="1900"), date.min)
def test_nothing_of_the_right_types_raises(inputs: TargetInputs, as_of: date) -> None:
    verdict = assess(inputs, as_of)
    well_formed(verdict)
    assert all(explain(verdict, unit="亿元"))
    for flag in verdict.flags:
        assert flag_label(flag)
        assert flag_meaning(flag)


def well_formed(verdict: Assessment) -> None:
    """What every assessment promises (§2, §6, §11)."""
    judged = verdict.status.family is not Family.UNJUDGED
    assert (verdict.grade is not None) == judged
    assert not judged or verdict.method
    needs_reason = verdict.status in (Status.PENDING, Status.NOT_ASSESSABLE)
    assert (verdict.reason is not None) == needs_reason
    if verdict.reason:
        assert reason_meaning(verdict.reason)
    names = [flag.partition(":")[0] for flag in verdict.flags]
    assert names == sorted(set(names), key=FLAG_ORDER.index)
    assert verdict.steps[-1].code in ("verdict", "variants.agree")
    for number, places in ((verdict.progress_pct, 1), (verdict.attainment_pct, 1), (verdict.ratio, 4)):
        assert number is None or number.as_tuple().exponent == -places


@settings(max_examples=tries(60), deadline=None)
@given(progressing(("level_by", "share_by")))
def test_other_units_change_no_status(case: tuple[TargetInputs, date]) -> None:
    inputs, as_of = case
    scaled = replace(
        inputs,
        value=inputs.value * UNITS if inputs.value is not None else None,
        base_value=inputs.base_value * UNITS if inputs.base_value is not None else None,
        observations=tuple(
            replace(obs, value=obs.value * UNITS) for obs in inputs.observations if obs.value is not None
        ),
    )
    before, after = assess(inputs, as_of), assess(scaled, as_of)
    same = ("status", "reason", "method", "progress_pct", "ratio", "attainment_pct", "flags", "grade")
    assert [getattr(before, name) for name in same] == [getattr(after, name) for name in same]


@settings(max_examples=tries(60), deadline=None)
@given(progressing(), st.decimals("0.01", 5000, places=2))
def test_a_better_latest_value_never_worsens_a_judged_status(case: tuple[TargetInputs, date], better: Decimal) -> None:
    inputs, as_of = case
    seen = [obs for obs in inputs.observations if obs.pub <= as_of]
    # After the deadline another year may be the one that is judged, and a value that falls ends "monotone".
    assume(seen and inputs.target_period and as_of <= date(int(inputs.target_period), 12, 31))
    latest = seen[-1]
    raised = replace(latest, value=latest.value + better)
    improved = replace(inputs, observations=tuple(raised if obs is latest else obs for obs in inputs.observations))
    before, after = assess(inputs, as_of), assess(improved, as_of)
    if before.status in RANK and after.status in RANK:
        assert RANK[after.status] >= RANK[before.status]


@settings(max_examples=tries(60), deadline=None)
@given(st.decimals(1, 400, places=1), st.decimals(1, 400, places=1), st.integers(1, 60))
def test_a_larger_amount_never_worsens_a_flow(amount: Decimal, more: Decimal, months: int) -> None:
    def verdict(value: Decimal) -> Assessment:
        span = Obs(f"2021-01-01/P{months}M", value, date(2026, 1, 31))
        inputs = TargetInputs("cum_flow", "up", "ge", Decimal(300), period_start="2021", target_period="2025")
        return assess(replace(inputs, observations=(span,)), date(2026, 1, 31))

    before, after = verdict(amount), verdict(amount + more)
    if before.status in RANK and after.status in RANK:
        assert RANK[after.status] >= RANK[before.status]


@st.composite
def with_an_official_figure(draw: st.DrawFn) -> tuple[TargetInputs, Obs, date]:
    """Any target, one usable observation of tier 1 or 2 among its own, and a later day."""
    period = draw(st.sampled_from(("2022", "2023", "2023-09", "2023-Q3", "2021-01-01/P24M", "2023-01-01/P12M")))
    pub = draw(st.dates(date(2024, 1, 1), date(2025, 6, 30)))
    official = Obs(
        period, draw(figures), pub, tier=draw(st.integers(1, 2)), basis=draw(st.sampled_from(("main", "old")))
    )
    kind = draw(st.sampled_from([kind for kind in KINDS if kind not in ("annual_task", "milestone")]))
    inputs = replace(draw(anything), kind=kind, group=None, variants=())
    return replace(inputs, observations=(*inputs.observations, official)), official, draw(st.dates(pub))


@settings(max_examples=tries(60), deadline=None)
@given(with_an_official_figure(), figures, st.integers(0, 400))
def test_tier_3_beside_better_sources_changes_nothing(
    case: tuple[TargetInputs, Obs, date], value: Decimal, later: int
) -> None:
    inputs, official, as_of = case
    rumour = Obs(official.period, value, official.pub + timedelta(days=later), basis="old", tier=3)
    before, after = assess(inputs, as_of), assess(replace(inputs, observations=(*inputs.observations, rumour)), as_of)
    assert replace(after, steps=()) == replace(before, steps=())


@pytest.mark.slow
@settings(max_examples=tries(60), deadline=None)
@given(anything)
def test_before_anything_was_published_nothing_is_judged(inputs: TargetInputs) -> None:
    assume(inputs.kind not in GROUP_KINDS and not inputs.variants)
    verdict = assess(inputs, date(2018, 12, 31))
    assert verdict.status.family is Family.UNJUDGED
    if verdict.status is Status.NOT_ASSESSABLE:
        assert verdict.reason
        assert verdict.reason.value in ("no_threshold", "no_deadline", "no_baseline")
    else:
        assert verdict.status in (Status.NO_DATA, Status.PENDING)


@settings(max_examples=tries(60), deadline=None)
@given(st.sampled_from(POINT_KINDS), above_zero, above_zero, above_zero, st.integers(2021, 2026))
def test_p_and_tau_reproduce_r(kind: str, base: Decimal, value: Decimal, wanted: Decimal, year: int) -> None:
    assume(base < wanted and value < wanted)
    inputs = TargetInputs(
        kind, "up", "ge", wanted, base_period="2020", base_value=base, target_period="2027",
        observations=(full_year(year, value),),
    )  # fmt: skip
    verdict = assess(inputs, date(year + 1, 6, 30))
    if verdict.ratio is None:
        assert verdict.reason is Reason.NOT_DUE
        return
    assert verdict.progress_pct is not None
    assert verdict.time_pct is not None
    assert verdict.gap_pp is not None
    progress, time = Fraction(verdict.progress_pct), Fraction(verdict.time_pct)
    # Each is rounded to 1 decimal of a percent, p of an unmet value may be shown 0.05 points low; r to 4 decimals.
    slack = Fraction("0.06")
    bounds = [(p / t) for p in (progress - slack, progress + slack) for t in (time - slack, time + slack)]
    assert min(bounds) - Fraction("0.0001") <= Fraction(verdict.ratio) <= max(bounds) + Fraction("0.0001")
    assert abs(Fraction(verdict.gap_pp) - (progress - time)) <= Fraction("0.16")


@pytest.mark.slow
@settings(max_examples=tries(50), deadline=None)
@given(anything, days)
def test_the_future_is_never_seen(inputs: TargetInputs, as_of: date) -> None:
    seen = replace(
        inputs,
        observations=tuple(obs for obs in inputs.observations if obs.pub <= as_of),
        reference=tuple(obs for obs in inputs.reference if obs.pub <= as_of),
        events=tuple(event for event in inputs.events if event.pub <= as_of),
    )
    assert assess(inputs, as_of) == assess(seen, as_of)
