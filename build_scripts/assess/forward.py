"""The forward-pace test: without a comparable baseline, the pace of recent years against the pace still needed.

Gets a `Case` and its latest `Point`, of a year before the deadline; gives a verdict, or None where there are
neither two comparable values nor an official growth rate. Source: assessment method §4.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from build_scripts.assess.case import Case, Point
from build_scripts.assess.draft import Numbers
from build_scripts.assess.path import not_one_more_due
from build_scripts.core.method import FORWARD_WINDOW_YEARS, REAL_NOMINAL_MARGIN_PP, Assessment, Grade, Reason, Status
from build_scripts.core.numbers import (
    HUNDRED,
    ZERO,
    add,
    band,
    divided,
    growth_at_pct,
    is_figure,
    ln_quotient,
    minus,
    over,
    rounded,
    snapped,
)


@dataclass(frozen=True, slots=True)
class _Way:
    """What is left: from the latest value to the target, in years."""

    value: Decimal
    target: Decimal
    years: int
    log_scale: bool

    def needed_ln(self) -> Decimal:
        """The pace still needed a year on the log scale, in ln units."""
        return over(ln_quotient(self.target, self.value), self.years)

    def needed_units(self) -> Fraction:
        """The pace still needed a year on the linear scale, in units."""
        return Fraction(minus(self.target, self.value)) / self.years

    def needed_shown(self) -> Decimal:
        """The required pace as published: % a year with 2 decimals, or units a year with 3."""
        if self.log_scale:
            return rounded(growth_at_pct(self.needed_ln()), 2)
        return rounded(self.needed_units(), 3)


def forward_test(case: Case, point: Point, deadline: int) -> Assessment | None:
    """The verdict on two values at most five years apart, else on the official growth rate of the latest."""
    test = point.test
    value, target = test.on_path(point.value), test.path_target
    years = deadline - point.year
    is_log = case.log_scale and bool(test.sense) and value > ZERO and target > ZERO
    if origin := _origin(case, point):
        start = test.on_path(origin.value)
        way = _Way(value, target, years, is_log and start > ZERO)
        return _by_two_values(case, point, origin, way)
    growth = point.obs[0].growth
    if is_log and growth is not None and is_figure(growth):
        return _by_growth(case, point, growth, _Way(value, target, years, True))
    return None


def _origin(case: Case, point: Point) -> Point | None:
    """o: the earliest same-basis value at most 5 years older than the latest."""
    return next(
        (other for other in case.same_basis(point.basis) if 0 < point.year - other.year <= FORWARD_WINDOW_YEARS),
        None,
    )


def _by_two_values(case: Case, point: Point, origin: Point, way: _Way) -> Assessment:
    start = point.test.on_path(origin.value)
    span = point.year - origin.year
    if way.log_scale:
        pace_ratio = snapped(divided(over(ln_quotient(way.value, start), span), way.needed_ln()))
    else:
        pace_ratio = Fraction(minus(way.value, start)) / span / way.needed_units()
    ratio = rounded(pace_ratio, 4)
    case.draft.note(
        "forward.log" if way.log_scale else "forward.linear",
        "§4.2",
        value=way.value,
        year=point.year,
        start=start,
        start_year=origin.year,
        target=way.target,
        deadline=point.year + way.years,
        ratio=ratio,
    )
    time = Fraction(span, span + way.years)
    if not_one_more_due(case, point, origin.value, time, ratio):
        case.flag_break(point)
        case.draft.flag("forward_pace")
        _note_needed(case, way)
        return case.withhold(
            Status.PENDING,
            "§4.2",
            point,
            reason=Reason.NOT_DUE,
            method="forward",
            numbers=Numbers(derived=way.needed_shown()),
            with_quality=True,
        )
    return _judged(case, point, way, ratio, origin)


def _by_growth(case: Case, point: Point, growth: Decimal, way: _Way) -> Assessment | None:
    """V's official growth rate in place of an earlier value; a real rate is tried with a margin on both sides."""
    ratio = _growth_ratio(growth, way)
    if ratio is None:
        return None
    case.draft.flag("yoy_based")
    case.draft.note(
        "forward.growth",
        "§4.2",
        growth=growth,
        value=way.value,
        target=way.target,
        year=point.year,
        deadline=point.year + way.years,
        ratio=ratio,
    )
    if point.obs[0].growth_is_real:
        case.draft.flag("real_nominal_mix")
        lower = _growth_ratio(minus(growth, REAL_NOMINAL_MARGIN_PP), way)
        upper = _growth_ratio(add(growth, REAL_NOMINAL_MARGIN_PP), way)
        bands = [Status.REVERSING if each is None else band(each) for each in (lower, ratio, upper)]
        case.draft.note(
            "forward.real_nominal" if lower is not None else "forward.real_nominal_to_nothing",
            "§4.2",
            margin=REAL_NOMINAL_MARGIN_PP,
            lower=lower,
            upper=upper,
        )
        if len(set(bands)) > 1:
            return _sensitive(case, point, way, bands)
    return _judged(case, point, way, ratio)


def _growth_ratio(growth: Decimal, way: _Way) -> Decimal | None:
    """The pace ratio by a growth rate in %; None from −100 % down, where nothing would be left."""
    factor = add(HUNDRED, growth)
    if factor <= ZERO:
        return None
    return rounded(snapped(divided(ln_quotient(factor, HUNDRED), way.needed_ln())), 4)


def _sensitive(case: Case, point: Point, way: _Way, bands: list[Status]) -> Assessment:
    case.flag_break(point)
    case.draft.flag("variants", "|".join(bands))
    _note_needed(case, way)
    return case.withhold(
        Status.NOT_ASSESSABLE,
        "§4.2",
        point,
        reason=Reason.SENSITIVE_TO_ASSUMPTION,
        numbers=Numbers(derived=way.needed_shown()),
        with_quality=True,
    )


def _judged(case: Case, point: Point, way: _Way, ratio: Decimal, origin: Point | None = None) -> Assessment:
    case.flag_break(point)
    case.draft.flag("forward_pace")
    _note_needed(case, way)
    case.draft.note("ratio_forward", "§5", ratio=ratio)
    return case.judge(
        band(ratio),
        "§3.10",
        [point, origin] if origin else [point],
        method="forward",
        numbers=Numbers(ratio=ratio, derived=way.needed_shown()),
        floor=Grade.C,
    )


def _note_needed(case: Case, way: _Way) -> None:
    """The pace still needed a year, and how it follows from what is left."""
    case.draft.note(
        "forward.needed_pct" if way.log_scale else "forward.needed_units",
        "§4.2",
        value=way.value,
        target=way.target,
        years=way.years,
        needed=way.needed_shown(),
    )
