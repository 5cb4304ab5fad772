"""§3: the order of decisions, with the path test (§4.1) and the forward-pace test (§4.2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from .records import (
    FINE,
    Seen,
    Target,
    Verdict,
    band,
    end_of,
    judged,
    ln,
    no,
    pct,
    plus_months,
    rounded,
    snapped,
    with_quality,
    with_silence,
)
from .series import Best, Condition, Series, as_distance, has_threshold, meets

LOG_KINDS = ("level_by", "multiple_of_base")


@dataclass(frozen=True)
class Point:
    """A year's value on a basis (for a gap: a pair of bases) with the condition it is held against."""

    year: int
    v: Fraction
    basis: tuple[str, ...]
    to: Condition
    is_met: bool
    used: tuple[Seen, ...]


@dataclass(frozen=True)
class Base:
    year: int
    v: Fraction
    used: tuple[Seen, ...] = ()
    grade: str = "A"


@dataclass
class Case:
    t: Target
    series: Series
    points: dict[int, Point]
    conflicts: set[int]
    base_of: Callable[[Point], Base | None]
    on_basis: Callable[[tuple[str, ...]], list[Point]]
    other_basis: Callable[[Point], bool]
    monotone: bool = False
    is_gap: bool = False
    is_multiple: bool = False
    no_base_gap: bool = False

    def earlier_base(self, point: Point) -> Base | None:
        base = self.base_of(point)
        return base if base is not None and base.year < point.year else None

    def met(self, v: Fraction, point: Point) -> bool:
        return meets(self.t, v, point.to)

    def met_before(self, year: int) -> int | None:
        return max((p.year for p in self.points.values() if p.year < year and p.is_met), default=None)

    @property
    def is_log(self) -> bool:
        path = self.t.options.get("path")
        return not self.is_gap and (path == "log" if path else self.t.kind in LOG_KINDS)


def step_2(t: Target, series: Series, *, contradicted: bool = False) -> Verdict:
    if not (series.has_other_periods or contradicted):
        return with_silence(t, Verdict("no_data"), end_of(t))
    return with_silence(t, Verdict("due_no_data"), end_of(t)) if t.is_over else no("period_mismatch")


def attainment(t: Target, v: Fraction, to: Condition, *, met: bool) -> Decimal | None:
    if t.comparator in ("none", "between") or t.direction == "none" or to.value <= 0:
        return None
    if t.direction == "down":
        return pct(to.value / v, met=met) if v > 0 else None
    return pct(v / to.value, met=met)


def is_stale(t: Target, end: date, months: int = 12) -> bool:
    """Values of whole years after 24 months; others 9 if quarterly, 6 if monthly."""
    wait = 24 if months % 12 == 0 else {"Q": 9, "M": 6}.get(t.options.get("freq") or "A", 24)
    return t.as_of > plus_months(end, wait)


def decide(c: Case) -> Verdict:
    """The first rule that fires wins; step 1 is behind us."""
    t, years = c.t, {*c.points, *c.conflicts}
    needed = t.year if t.is_over else max(years, default=None)
    if needed in c.conflicts:
        return no("conflicting_sources")
    if not c.points:
        return step_2(t, c.series, contradicted=bool(c.conflicts))
    latest = c.points[max(c.points)]
    if t.year is None:
        return _step_3(c, latest)
    if t.is_over:
        return _step_4(c, latest, t.year)
    if c.monotone and latest.is_met:
        return _achieved(c, latest, early="")
    if is_stale(t, date(latest.year, 12, 31)):
        return _stale(c, latest)
    if latest.is_met:
        return _achieved(c, latest, early="")
    base = c.earlier_base(latest)
    if base is not None and c.met(base.v, latest):
        return _ends(c, Verdict("reversing", method="final", flags={"lost_baseline_target": ""}), latest, base=base)
    return _steps_9_to_11(c, latest, base, t.year)


def _steps_9_to_11(c: Case, v: Point, base: Base | None, deadline: int) -> Verdict:
    t = c.t
    at_target = t.comparator in ("gt", "lt") and v.v == v.to.value
    if at_target and c.met_before(v.year) is None:
        return _ends(c, Verdict("on_track", method="final"), v)
    if base is not None and not (at_target and base.v == v.v):
        return path_test(c, v, base, deadline)
    broken = {"break_in_series": ""} if c.other_basis(v) else {}
    if not (c.is_gap or at_target) and v.year < deadline and (found := forward_test(c, v, deadline, broken)):
        return found
    reason = "no_baseline" if c.no_base_gap and c.base_of(v) is None else "single_observation"
    if broken and reason != "no_baseline":
        reason = "break_in_series"
    return _withheld(c, Verdict("not_assessable", reason, flags=dict(broken)), v)


def _shown(c: Case, verdict: Verdict, point: Point) -> Verdict:
    if c.is_gap:
        verdict.derived = rounded(point.v, 3)
    else:
        verdict.attainment_pct = attainment(c.t, point.v, point.to, met=point.is_met)
    return verdict


def _with_met_earlier(c: Case, verdict: Verdict, point: Point, before: int | None = None) -> Verdict:
    year = c.met_before(point.year if before is None else before)
    if year is not None:
        verdict.flags["met_earlier"] = str(year)
    return verdict


def _ends(c: Case, verdict: Verdict, point: Point, *also: Point, base: Base | None = None, grade: str = "A") -> Verdict:
    """A judged status on `point`, resting on `also` too, and on `base` where it enters."""
    if c.is_gap:
        verdict.method = "gap"
    if c.is_multiple:
        base = base or c.base_of(point)
    used = [o for each in (point, *also) for o in each.used]
    if not point.is_met and verdict.status != "achieved_late":
        _with_met_earlier(c, verdict, point)
    entering = (base.used, base.grade) if base is not None else ((), "A")
    return _shown(c, judged(c.t, verdict, [*used, *entering[0]], entering[1], grade), point)


def _withheld(c: Case, verdict: Verdict, point: Point) -> Verdict:
    """The unjudged results of steps 3, 10 and 11: with V's flags."""
    return _shown(c, with_quality(c.t, _with_met_earlier(c, verdict, point), point.used), point)


def _stale(c: Case, point: Point) -> Verdict:
    return _shown(c, Verdict("not_assessable", "stale", flags={"last": str(point.year)}), point)


def _step_3(c: Case, v: Point) -> Verdict:
    if not v.is_met:
        return _withheld(c, no("no_deadline"), v)
    if not c.monotone and is_stale(c.t, date(v.year, 12, 31)):
        return _stale(c, v)
    return _achieved(c, v, no_deadline="")


def _achieved(c: Case, point: Point, *also: Point, grade: str = "A", **flags: str) -> Verdict:
    base = c.earlier_base(point)
    if base is not None and c.met(base.v, point):
        flags["met_at_baseline"] = ""
    return _ends(c, Verdict("achieved", method="final", flags=flags), point, *also, grade=grade)


def _step_4(c: Case, latest: Point, deadline: int) -> Verdict:
    later = [p for year, p in sorted(c.points.items()) if year > deadline]
    lost = {} if latest.is_met else {"lost_later": str(latest.year)}
    due = c.points.get(deadline)
    if due is not None:
        if due.is_met:
            return _achieved(c, due, **lost)
        return _late(c, due, later, [due], lost)
    before = [p for year, p in sorted(c.points.items()) if deadline - 5 <= year < deadline]
    e = before[-1] if before else None
    if c.monotone and e is not None and e.is_met:
        return _achieved(c, e, **lost)
    if not later or (e is not None and e.is_met and not later[0].is_met):
        silent = with_silence(c.t, Verdict("due_no_data"), end_of(c.t))
        return _shown(c, _with_met_earlier(c, silent, latest, deadline), latest)
    missing = {"target_year_missing": ""}
    evidence = [e] if e is not None else []
    if e is not None and e.is_met:
        return _achieved(c, later[0], *evidence, grade="C", **lost, **missing)
    return _late(c, later[0], later, evidence, lost, missing)


def _late(
    c: Case,
    first: Point,
    later: list[Point],
    evidence: Sequence[Point],
    lost: dict[str, str],
    missing: dict[str, str] | None = None,
) -> Verdict:
    grade, flags = ("C", missing) if missing else ("A", {})
    met = next((p for p in later if p.is_met), None)
    if met is not None:
        flags = {**flags, **lost, "met_in": str(met.year)}
        return _ends(c, Verdict("achieved_late", method="final", flags=flags), met, *evidence, grade=grade)
    verdict = Verdict("missed", method="final", flags=dict(flags))
    base = c.earlier_base(first)
    if base is not None and not c.met(base.v, first):
        v, target = as_distance(c.t, first.v, first.to)
        if as_distance(c.t, base.v, first.to)[0] != target:
            verdict.progress_pct = pct(progress(c, v, as_distance(c.t, base.v, first.to)[0], target)[0], met=False)
    return _ends(c, verdict, first, *(p for p in evidence if p is not first), grade=grade)


# §4.1


def is_ranged(t: Target) -> bool:
    return t.comparator == "between" or (t.comparator == "approx" and t.direction == "none")


def progress(c: Case, v: Fraction, b: Fraction, target: Fraction) -> tuple[Fraction, str]:
    if c.is_log and not is_ranged(c.t) and min(v, b, target) > 0:
        return snapped(FINE.divide(ln(v / b), ln(target / b))), "path_log"
    return (v - b) / (target - b), "path_linear"


def counts_whole_things(c: Case, start: Fraction, point: Point) -> bool:
    t = c.t
    up = t.comparator in ("ge", "gt") or (t.comparator == "approx" and t.direction == "up")
    whole = start.denominator == 1 and point.to.value.denominator == 1
    return t.kind in ("count_by", "travel_time") and up and whole and point.v >= start


def path_test(c: Case, point: Point, base: Base, deadline: int) -> Verdict:
    v, target = as_distance(c.t, point.v, point.to)
    b, _ = as_distance(c.t, base.v, point.to)
    if b == target:
        return _ends(c, Verdict("reversing", method="path_linear"), point, base=base)
    tau = Fraction(point.year - base.year, deadline - base.year)
    p, method = progress(c, v, b, target)
    r = rounded(p / tau, 4)
    verdict = Verdict(
        band(r), method=method, progress_pct=pct(p, met=False), time_pct=pct(tau, met=True),
        gap_pp=rounded(100 * (p - tau), 1), ratio=r,
    )  # fmt: skip
    not_one_more = tau * (target - b) < 1
    if counts_whole_things(c, base.v, point) and r < Decimal("0.95") and not_one_more:
        verdict.status, verdict.reason, verdict.ratio = "pending", "not_due", None
        return _shown(c, verdict, point)
    return _ends(c, verdict, point, base=base)


# §4.2


def forward_test(c: Case, point: Point, deadline: int, broken: dict[str, str]) -> Verdict | None:
    t = c.t
    v, target = as_distance(t, point.v, point.to)
    left = deadline - point.year
    log = c.is_log and not is_ranged(t) and v > 0 and target > 0
    origins = [p for p in c.on_basis(point.basis) if 0 < point.year - p.year <= 5]
    origin = min(origins, key=lambda p: p.year) if origins else None
    flags = dict(broken)
    if origin is not None:
        o, span = as_distance(t, origin.v, point.to)[0], point.year - origin.year
        if log and o > 0:
            r = snapped(FINE.divide(FINE.divide(ln(v / o), span), FINE.divide(ln(target / v), left)))
        else:
            log = False
            r = (v - o) / span / ((target - v) / left)
    else:
        g = point.used[0].yoy
        if not log or g is None or g <= -100:
            return None
        r = _by_growth(g, v, target, left)
        flags["yoy_based"] = ""
    if log:
        needed = rounded(100 * (snapped(FINE.exp(FINE.divide(ln(target / v), left))) - 1), 2)
    else:
        needed = rounded((target - v) / left, 3)
    ratio = rounded(r, 4)
    if origin is not None and counts_whole_things(c, origin.v, point) and ratio < Decimal("0.95"):
        tau = Fraction(point.year - origin.year, deadline - origin.year)
        if tau * (target - origin.v) < 1:
            flags["forward_pace"] = ""
            pending = Verdict("pending", "not_due", "forward", derived=needed, flags=flags)
            return _shown(c, with_quality(t, pending, point.used), point)
    if origin is None and point.used[0].yoy_real:
        flags["real_nominal_mix"] = ""
        g = point.used[0].yoy or Fraction(0)
        bands = [band(rounded(_by_growth(each, v, target, left), 4)) for each in (g - 2, g, g + 2)]
        if len(set(bands)) > 1:
            flags["variants"] = "|".join(bands)
            verdict = Verdict("not_assessable", "sensitive_to_assumption", derived=needed, flags=flags)
            return _withheld(c, verdict, point)
    flags["forward_pace"] = ""
    verdict = Verdict(band(ratio), method="forward", ratio=ratio, derived=needed, flags=flags)
    return _ends(c, verdict, point, *([origin] if origin else []), grade="C")


def _by_growth(g: Fraction, v: Fraction, target: Fraction, left: int) -> Fraction:
    return snapped(FINE.divide(ln(1 + g / 100), FINE.divide(ln(target / v), left)))


# the kinds of §3


def counts_new_items(t: Target) -> bool:
    return t.kind == "count_by" and t.start is not None and not t.has_baseline


def known_base(t: Target, series: Series, basis: str) -> Fraction | None:
    """B on a basis as printed, or as a full year's value."""
    if t.has_baseline and t.base_basis == basis:
        return t.base
    if counts_new_items(t):
        return Fraction(0)
    best = series.year(t.base_year, basis)
    return best.o.v if best is not None and not best.in_conflict else None


def point_kind(t: Target, series: Series) -> Verdict:  # noqa: C901 - the section is as long
    """`level_by`, `share_by`, `count_by`, `travel_time`; with T = k·B `multiple_of_base`."""
    if not has_threshold(t, t.value):
        return no("no_threshold")
    is_multiple = t.kind == "multiple_of_base"
    if is_multiple and (ended := _no_base_figure(t, series)) is not None:
        return ended

    def condition(base: Fraction | None) -> Condition | None:
        k, high = t.value or Fraction(0), t.high
        if not is_multiple:
            return Condition(k, high, base)
        return None if base is None else Condition(k * base, None if high is None else high * base, base)

    def on(basis: str) -> Condition | None:
        return condition(known_base(t, series, basis))

    def met(o: Seen, v: Fraction) -> bool | None:
        itself = o.span.form == "year" and o.span.end.year == t.base_year and not counts_new_items(t)
        to = condition(v) if itself else on(o.b)
        return None if to is None else meets(t, v, to)

    series.met = met
    by_default = t.kind == "count_by"
    monotone = by_default if t.options.get("monotone") is None else bool(t.options["monotone"])
    anywhere = next((to for to in map(on, sorted(series.bases)) if to is not None), Condition(Fraction(0), t.high))
    if monotone and series.has_fallen(t, lambda basis: on(basis) or anywhere):
        monotone = False
    best = {year: found for year in series.years if (found := series.year(year)) is not None}
    for year, found in series.so_far().items() if monotone else ():
        to = on(found.o.b)
        stands = to is not None and not found.in_conflict and (t.year is None or meets(t, found.o.v, to))
        if stands and year not in best:
            best[year] = found

    def point(year: int, found: Best) -> Point:
        to = on(found.o.b) or Condition(Fraction(0), None)
        return Point(year, found.o.v, (found.o.b,), to, meets(t, found.o.v, to), (found.o,))

    def speaks(year: int, basis: str) -> Best | None:
        """The year's best on that basis, or the stock so far that stands for it."""
        found = series.year(year, basis) if year in series.years else best.get(year)
        return found if found is not None and not found.in_conflict and found.o.b == basis else None

    def base_of(p: Point) -> Base | None:
        if t.has_baseline and t.base_basis == p.basis[0] and t.base_year is not None and t.base is not None:
            return Base(t.base_year, t.base, (), str(t.options.get("base_grade") or "A"))
        if counts_new_items(t) and t.start is not None:
            return Base(t.start - 1, Fraction(0))
        if t.base_year is None:
            return None
        found = series.year(t.base_year, p.basis[0]) if is_multiple else speaks(t.base_year, p.basis[0])
        if found is None or found.in_conflict:
            return None
        return Base(t.base_year, found.o.v, (found.o,), found.o.grade)

    left_out = {year for year, found in best.items() if on(found.o.b) is None}
    if left_out and left_out == set(best):
        return no("break_in_series")
    used = {year: best[year] for year in sorted(best) if year not in left_out}

    def other_basis(p: Point) -> bool:
        bases = {found.o.b for found in best.values() if not found.in_conflict}
        return bool((bases | ({t.base_basis} if t.has_baseline else set())) - {p.basis[0]})

    return decide(
        Case(
            t,
            series,
            {year: point(year, found) for year, found in used.items() if not found.in_conflict},
            {year for year, found in used.items() if found.in_conflict},
            base_of,
            lambda basis: [point(year, b) for year in best if (b := speaks(year, basis[0])) is not None],
            other_basis,
            monotone=monotone,
            is_multiple=is_multiple,
        )
    )


def _no_base_figure(t: Target, series: Series) -> Verdict | None:
    """§4.3: no base-year figure on any basis."""
    if t.has_baseline:
        return None
    found = series.year(t.base_year)
    if found is None:
        waiting = t.base_year is not None and t.as_of <= plus_months(date(t.base_year, 12, 31), 18)
        pending = waiting or t.options.get("base_pending")
        return Verdict("pending", "baseline_not_yet_known") if pending else no("no_baseline")
    if all(known_base(t, series, basis) is None for basis in series.bases):
        return no("conflicting_sources")
    return None
