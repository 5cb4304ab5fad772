"""§4.3: the other kinds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from .decisions import Base, Case, Point, attainment, decide, is_stale, point_kind, step_2
from .records import (
    Event,
    Seen,
    Span,
    Target,
    Verdict,
    band,
    end_of,
    judged,
    no,
    pct,
    read_seen,
    root,
    rounded,
    with_silence,
)
from .series import Best, Condition, Series, apart, best_of, counted, has_threshold, meets


def own_series(t: Target) -> Series:
    return Series(t.usable(t.seen), t.base_basis if t.has_baseline else None)


def moving_ref(t: Target) -> tuple[Verdict, Series]:
    own, to = own_series(t), Condition(Fraction(0), t.high)
    if not has_threshold(t, Fraction(0)):
        return no("no_threshold"), own
    if not own.years:
        return step_2(t, own), own
    ref = Series(t.usable(read_seen(each) for each in t.options.get("ref") or ()))
    common = [year for year in own.years if year in ref.years]
    if not common:
        return no("reference_missing"), own

    def gap(year: int | None, bases: tuple[str, ...] | None = None) -> Point | None:
        a, b = own.year(year, bases[0] if bases else None), ref.year(year, bases[1] if bases else None)
        if year is None or a is None or b is None or a.in_conflict or b.in_conflict:
            return None
        gaps = [*(v - b.o.v for v in a.values), *(a.o.v - v for v in b.values)]
        if len({meets(t, each, to) for each in gaps}) > 1:
            return None
        value = a.o.v - b.o.v
        return Point(year, value, (a.o.b, b.o.b), to, meets(t, value, to), (a.o, b.o))

    def base_of(p: Point) -> Base | None:
        found = gap(t.base_year, p.basis)
        if found is None:
            return None
        return Base(found.year, found.v, found.used, max(o.grade for o in found.used))

    points = {year: found for year in common if (found := gap(year)) is not None}
    case = Case(
        t,
        own,
        points,
        set(common) - set(points),
        base_of,
        lambda bases: [found for year in points if (found := gap(year, bases)) is not None],
        lambda p: any(each.basis != p.basis for each in points.values()),
        is_gap=True,
        no_base_gap=t.base_year not in points,
    )
    verdict = decide(case)
    in_steps = verdict.reason in ("no_deadline", "single_observation", "break_in_series", "no_baseline")
    if own.years[-1] > common[-1] and (verdict.is_judged or in_steps):
        verdict.flags["ref_lag"] = str(common[-1])
    return verdict, own


def windowed(t: Target, first: int | None) -> Verdict | None:
    """Both window years, in order; then a threshold."""
    if first is None or t.year is None or first > t.year:
        return no("no_deadline")
    ratio_of_total = t.kind == "cum_flow" and t.value is not None and t.value <= 0
    return no("no_threshold") if ratio_of_total or not has_threshold(t, t.value) else None


def nothing(t: Target, series: Series, first: int) -> Verdict:
    """Nothing that feeds the formula."""
    if t.as_of <= date(first, 12, 31):
        return Verdict("pending", "too_early")
    return step_2(t, series)


def by_threshold(t: Target) -> Callable[[Fraction], bool]:
    to = Condition(t.value or Fraction(0), t.high)
    return lambda v: meets(t, v, to)


def with_pace(verdict: Verdict, p: Fraction, tau: Fraction, *, met: bool) -> Verdict:
    verdict.progress_pct, verdict.time_pct = pct(p, met=met), pct(tau, met=True)
    verdict.gap_pp = rounded(100 * (p - tau), 1)
    return verdict


def cum_flow(t: Target) -> tuple[Verdict, Series]:
    series = own_series(t)
    if (ended := windowed(t, t.start)) is not None or t.start is None or t.year is None or t.value is None:
        return ended or no("no_deadline"), series
    met = by_threshold(t)
    series.met = lambda _o, v: met(v)
    january, all_months = date(t.start, 1, 1), 12 * (t.year - t.start + 1)
    months = [o.span.months for o in series.seen if o.span.form != "inside" and o.span.start == january]
    m = max((each for each in months if each <= all_months), default=0)
    if not m:
        early = t.as_of <= date(t.start, 12, 31)
        return (Verdict("pending", "too_early") if early else step_2(t, series, contradicted=bool(series.seen))), series
    c = series.best(lambda span: span.form != "inside" and span.start == january and span.months == m)
    if c is None or c.in_conflict:
        return no("conflicting_sources"), series
    p, tau, is_met = c.o.v / t.value, Fraction(m, all_months), met(c.o.v)
    r, method = rounded(p / tau, 4), "final" if m == all_months else "ytd"
    if is_met:
        verdict = Verdict("achieved", "", method, ratio=r, flags={"early": ""} if m < all_months else {})
        judged(t, verdict, [c.o])
    elif t.is_over and m == all_months:
        verdict = judged(t, Verdict("missed", "", method), [c.o])
    elif t.is_over:
        verdict = with_silence(t, Verdict("due_no_data", flags={"last_month": str(m)}), end_of(t))
    elif is_stale(t, c.o.span.end, m):
        verdict = Verdict("not_assessable", "stale", flags={"last_month": str(m)})
    elif m < max(Fraction(3), Fraction(all_months, 10)):
        verdict = Verdict("pending", "too_early", method)
    else:
        verdict = judged(t, Verdict(band(r), "", method, ratio=r), [c.o])
    return with_pace(verdict, p, tau, met=is_met), series


def each_year(t: Target) -> tuple[Verdict, Series]:
    """`annual_floor` and `rank`."""
    series, is_rank = own_series(t), t.kind == "rank"
    if (ended := windowed(t, t.start)) is not None or t.start is None or t.year is None:
        return ended or no("no_deadline"), series
    met = by_threshold(t)
    series.met = lambda _o, v: met(v)
    found = {year: best for year in series.years if t.start <= year <= t.year and (best := series.year(year))}
    if not found:
        flowing = _year_to_date(t, series, met) if t.options.get("flow") and not is_rank else None
        return flowing or nothing(t, series, t.start), series
    passes = {year: {met(v) for v in best.values} for year, best in found.items()}
    failed = [year for year, sides in passes.items() if sides == {False}]
    mixed = [year for year, sides in passes.items() if len(sides) > 1]
    if mixed and not failed:
        return no("conflicting_sources"), series
    latest = found[max(found)]
    shown = None
    if not (is_rank or t.is_over or latest.in_conflict):
        to = Condition(t.value or Fraction(0), t.high)
        shown = attainment(t, latest.o.v, to, met=met(latest.o.v))
    gaps = [year for year in range(t.start, max(found)) if year not in found]
    flags = {"broken_years": "|".join(map(str, failed)), "gap_years": "|".join(map(str, gaps))}
    flags = {name: said for name, said in flags.items() if said}
    used = [best.o for year, best in found.items() if year not in mixed]
    count = t.year - t.start + 1
    if failed:
        status = "missed" if t.is_over else "behind"
    elif t.is_over and len(found) < count:
        silent = Verdict("due_no_data", flags={"years": f"{len(found)}/{count}"})
        return with_silence(t, silent, end_of(t)), series
    elif not t.is_over and is_stale(t, date(max(found), 12, 31)):
        flags = {"last": str(max(found))}
        return Verdict("not_assessable", "stale", attainment_pct=shown, flags=flags), series
    else:
        status = "achieved" if t.is_over else "on_track"
    verdict = Verdict(status, "", "annual", attainment_pct=shown, flags=flags)
    return judged(t, verdict, used, "C" if gaps else "A"), series


def _year_to_date(t: Target, series: Series, met: Callable[[Fraction], bool]) -> Verdict | None:
    starts = [date(year, 1, 1) for year in range(t.start or 0, (t.year or 0) + 1)]
    spans = {o.span for o in series.seen if o.span.form == "accumulation" and o.span.months < 12}
    spans = {span for span in spans if span.start in starts}
    if not spans:
        return None
    if t.value is None or t.value <= 0:
        return no("no_threshold")
    if t.is_over:
        return step_2(t, series)
    last = max(spans, key=lambda span: span.end)
    c, m = series.best(lambda span: span == last), last.months
    if c is None or c.in_conflict:
        return no("conflicting_sources")
    if is_stale(t, last.end, m):
        return Verdict("not_assessable", "stale", flags={"last_month": str(m)})
    p, tau = c.o.v / t.value, Fraction(m, 12)
    r = rounded(p / tau, 4)
    if m < 3:
        verdict = Verdict("pending", "too_early", "ytd")
    else:
        verdict = judged(t, Verdict(band(r), "", "ytd", ratio=r, flags={"ytd": ""}), [c.o], "B")
    return with_pace(verdict, p, tau, met=met(c.o.v))


def rank(t: Target) -> tuple[Verdict, Series]:
    if t.comparator != "none":
        return each_year(replace(t, comparator="le"))
    series = own_series(t)
    if t.start is None or t.year is None or t.start > t.year:
        return no("no_deadline"), series
    n = t.options.get("peers")
    if n is None:
        return no("no_threshold"), series
    tops = (Fraction(3), Fraction(int(n) // 2))
    readings = [each_year(replace(t, comparator="le", value=top))[0] for top in tops]
    return robust(readings, "no_threshold"), series


def robust(readings: list[Verdict], otherwise: str) -> Verdict:
    first = readings[0]
    if len({each.status for each in readings}) > 1:
        return Verdict("not_assessable", otherwise, flags={"variants": "|".join(each.status for each in readings)})
    if first.is_judged:
        first.flags["robust"], first.grade = "", "C"
    return first


def average(t: Target) -> tuple[Verdict, Series]:  # noqa: C901, PLR0912 - the section is as long
    """`avg_growth` and `avg_increment`."""
    series = own_series(t)
    base_year = t.base_year if t.base_year is not None else None if t.start is None else t.start - 1
    first = None if base_year is None else base_year + 1
    if (ended := windowed(t, first)) is not None or first is None or t.year is None or base_year is None:
        return ended or no("no_deadline"), series
    found = {year: best for year in series.years if first <= year <= t.year and (best := series.year(year))}
    if not found:
        return nothing(t, series, first), series
    met, all_years = by_threshold(t), t.year - base_year
    last = max(found)
    n = last - base_year
    used: list[Seen] = []
    grade, places = "A", 2
    if t.kind == "avg_growth":
        mean_or = _mean_growth(found, range(first, last + 1), met)
        used = [best.o for best in found.values()]
    else:
        mean_or, base = _mean_increment(t, series, found[last], base_year, n, met)
        used, places = [found[last].o], 3
        if base is not None:
            used, grade = [*used, *base.used], base.grade
    if isinstance(mean_or, str):
        return no(mean_or), series
    verdict = Verdict("", time_pct=pct(Fraction(n, all_years), met=True), derived=rounded(mean_or, places))
    if t.is_over and n < all_years:
        verdict.status = "due_no_data"
        return with_silence(t, verdict, end_of(t)), series
    if not t.is_over and is_stale(t, date(last, 12, 31)):
        verdict.status, verdict.reason, verdict.flags = "not_assessable", "stale", {"last": str(last)}
        return verdict, series
    target, verdict.method = t.value or Fraction(0), "average"
    if (t.direction == "up" and target > 0) or (t.direction == "down" and target < 0):
        verdict.ratio = rounded(mean_or / target, 4)
    if t.is_over:
        verdict.status = "achieved" if met(mean_or) else "missed"
    elif verdict.ratio is not None:
        verdict.status = band(verdict.ratio)
    else:
        verdict.status = "on_track" if met(mean_or) else "behind"
    if n == 1 < all_years:
        verdict.flags["single_year"], grade = "", "C"
    return judged(t, verdict, used, grade), series


def _mean_growth(found: dict[int, Best], wanted: range, met: Callable[[Fraction], bool]) -> Fraction | str:
    if any(best.in_conflict for best in found.values()):
        return "conflicting_sources"
    rates = {year: best.o.v for year, best in found.items() if best.o.v >= -100}
    if any(year not in rates for year in wanted):
        return "gap_in_series"

    def mean(given: dict[int, Fraction]) -> Fraction:
        product = Fraction(1)
        for year in wanted:
            product *= 1 + given[year] / 100
        return 100 * (root(product, len(wanted)) - 1)

    for year, best in found.items():
        if len({met(mean({**rates, year: rate})) for rate in best.values}) > 1:
            return "conflicting_sources"
    return mean(rates)


def _mean_increment(
    t: Target, series: Series, latest: Best, base_year: int, n: int, met: Callable[[Fraction], bool]
) -> tuple[Fraction | str, Base | None]:
    if latest.in_conflict:
        return "conflicting_sources", None
    basis, base = latest.o.b, None
    if t.has_baseline and t.base_basis == basis and t.base is not None:
        base = Base(base_year, t.base, (), str(t.options.get("base_grade") or "A"))
    else:
        at = series.year(base_year, basis)
        if at is not None and not at.in_conflict and len({met((latest.o.v - v) / n) for v in at.values}) == 1:
            base = Base(base_year, at.o.v, (at.o,), at.o.grade)
    if base is None:
        other = series.year(base_year)
        elsewhere = other is not None and not other.in_conflict and other.o.b != basis
        return ("break_in_series" if t.has_baseline or elsewhere else "no_baseline"), None
    if len({met((v - base.v) / n) for v in latest.values}) > 1:
        return "conflicting_sources", None
    return (latest.o.v - base.v) / n, base


def milestone(t: Target) -> Verdict:  # noqa: C901 - the section is as long
    due = t.options.get("due")
    due = date.fromisoformat(due) if due else end_of(t)
    seen = [event for event in t.events if event.pub <= t.as_of]
    if not seen:
        return with_silence(t, Verdict("no_data"), due)
    order = sorted(enumerate(seen), key=lambda each: (each[1].pub, -each[1].tier, each[0]))
    events = [event for _, event in order]
    last, said = events[0], None
    for event in events:
        if not (event.tier == 3 and last.tier < 3 and last.state in ("done", "cancelled")):
            last = event
        if event.planned is not None and (said is None or said.tier == 3 or event.tier < 3):
            said = event
    if due is None:
        flags = {"cancelled": ""} if last.state == "cancelled" else {}
        if last.state == "done":
            return _event_verdict(t, "achieved", last, None, {"no_deadline": ""})
        return Verdict("not_assessable", "no_deadline", flags=flags)
    if last.state == "cancelled":
        return _event_verdict(t, "missed", last, None, {"cancelled": ""})
    if last.state == "done":
        days = (last.date - due).days
        early = {"early": ""} if days <= 0 and t.as_of <= due else {}
        return _event_verdict(t, "achieved" if days <= 0 else "achieved_late", last, days, early)
    later = said if said is not None and said.planned is not None and said.planned > due else None
    moved = {"rescheduled": str(later.planned)} if later is not None else {}
    official = later is not None and later.tier < 3
    if t.as_of <= due:
        if later is not None and official:
            return _event_verdict(t, "behind", later, None, moved)
        return Verdict("pending", "not_due", "event")
    if last.pub > due or official:
        decides = last if last.pub > due or later is None else later
        return _event_verdict(t, "missed", decides, (t.as_of - due).days, moved)
    return with_silence(t, Verdict("due_no_data"), due)


def _event_verdict(t: Target, status: str, event: Event, days: int | None, flags: dict[str, str]) -> Verdict:
    derived = None if days is None else Decimal(days)
    return judged(t, Verdict(status, "", "event", derived=derived, flags=flags), [], "ABC"[event.tier - 1])


def envelope(t: Target) -> Verdict:
    verdict, series = no("no_deadline"), own_series(t)
    if not series.seen or not has_threshold(t, t.value):
        return verdict
    met, last = by_threshold(t), max(o.span.end for o in series.seen)
    rivals = counted([o for o in series.seen if o.span.end == last])
    best = best_of(rivals, series.base_basis, lambda _o, v: met(v))
    if not best.in_conflict:
        to = Condition(t.value or Fraction(0), t.high)
        verdict.attainment_pct = attainment(t, best.o.v, to, met=met(best.o.v))
    return verdict


def annual_task(t: Target) -> Verdict:
    traces = [o for o in t.seen if o.pub <= t.as_of and o.s in "APEBD"]
    if t.start is not None and t.as_of <= date(t.start, 12, 31):
        return Verdict("pending", "too_early")
    if not traces:
        return with_silence(t, Verdict("no_data"), end_of(t))
    if t.value is None or t.value <= 0:
        return no("no_threshold")
    year = t.as_of.year - 1 if t.year is None else min(t.as_of.year - 1, t.year)
    inside: dict[Span, Seen] = {}
    for o in traces:
        if o.span.start.year == o.span.end.year == year:
            inside.setdefault(o.span, o)
    n = len(inside)
    wanted = t.value.numerator if t.value.denominator == 1 else float(t.value)
    shown = {"attainment_pct": pct(n / t.value, met=n >= t.value), "flags": {"evidence": f"{n}/{wanted}"}}
    if n >= t.value:
        return judged(t, Verdict("on_track", "", "annual", **shown), list(inside.values()), "C")  # type: ignore[arg-type]
    return Verdict("not_assessable", "partial_evidence", **shown)  # type: ignore[arg-type]


def assess_kind(t: Target) -> tuple[Verdict, Series]:
    """A target that is no group; with it the series it was judged by."""
    if t.kind in ("avg_growth", "avg_increment"):
        return average(t)
    if t.kind in ("annual_floor", "rank", "cum_flow", "moving_ref"):
        return {"annual_floor": each_year, "rank": rank, "cum_flow": cum_flow, "moving_ref": moving_ref}[t.kind](t)
    series = own_series(t)
    if t.kind in ("milestone", "envelope", "annual_task"):
        return {"milestone": milestone, "envelope": envelope, "annual_task": annual_task}[t.kind](t), series
    return (no("no_threshold") if t.kind == "qualitative" else point_kind(t, series)), series


__all__ = ["apart", "assess_kind", "robust"]
