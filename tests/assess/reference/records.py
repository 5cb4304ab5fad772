"""§1, §2, §5: numbers, periods, observations, the target, and the columns of a verdict."""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

FINE = Context(prec=60)
NUMBERS = ("progress_pct", "time_pct", "gap_pp", "ratio", "attainment_pct", "derived")
FLAGS = (
    "provisional", "estimated", "definition_differs", "approx", "break_in_series", "forward_pace", "yoy_based",
    "real_nominal_mix", "single_year", "ytd", "broken_years", "gap_years", "years", "ref_lag", "early", "no_deadline",
    "met_at_baseline", "lost_baseline_target", "met_in", "met_earlier", "lost_later", "target_year_missing", "last",
    "last_month", "cancelled", "rescheduled", "overdue_disclosure", "evidence", "coverage", "missing", "summed",
    "weighted", "sum_mismatch", "robust", "variants",
)  # fmt: skip
UNJUDGED = ("pending", "due_no_data", "no_data", "not_assessable")
AVERAGES = ("avg_growth", "avg_increment")


def rounded(x: Fraction, places: int) -> Decimal:
    """Once, ties away from zero."""
    scaled = abs(x) * 10**places
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(units if x >= 0 else -units).scaleb(-places, FINE)


def pct(x: Fraction, *, met: bool) -> Decimal:
    """Percent with 1 decimal; an unmet value never rounds up to 100.0."""
    shown = rounded(100 * x, 1)
    return Decimal("99.9") if not met and x < 1 and shown == 100 else shown


def ln(x: Fraction) -> Decimal:
    return FINE.subtract(FINE.ln(Decimal(x.numerator)), FINE.ln(Decimal(x.denominator)))


def snapped(x: Decimal) -> Fraction:
    """To 40 decimals, so that an irrational way to a short decimal arrives there."""
    return Fraction(x.quantize(Decimal("1E-40"), context=FINE))


def root(x: Fraction, n: int) -> Fraction:
    return x if n == 1 or x == 0 else snapped(FINE.exp(FINE.divide(ln(x), Decimal(n))))


def band(r: Decimal) -> str:
    if r >= Decimal("0.95"):
        return "on_track"
    return "slightly_behind" if r >= Decimal("0.60") else "behind" if r >= 0 else "reversing"


def plus_months(day: date, months: int) -> date:
    """The day is kept, a month end stays a month end."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, last if day.day == monthrange(day.year, day.month)[1] else min(day.day, last))


@dataclass(frozen=True)
class Span:
    """A period; `form` is year, inside (a quarter or month) or accumulation."""

    form: str
    start: date
    months: int

    @property
    def end(self) -> date:
        return plus_months(self.start, self.months) - timedelta(days=1)


def span_of(period: str) -> Span:
    if re.fullmatch(r"\d{4}", period):
        return Span("year", date(int(period), 1, 1), 12)
    if found := re.fullmatch(r"(\d{4})-Q(\d)", period):
        return Span("inside", date(int(found[1]), 3 * int(found[2]) - 2, 1), 3)
    if found := re.fullmatch(r"(\d{4})-(\d\d)", period):
        return Span("inside", date(int(found[1]), int(found[2]), 1), 1)
    start, _, months = period.partition("/P")
    day, count = date.fromisoformat(start), int(months[:-1])
    return Span("year" if (day.month, day.day, count) == (1, 1, 12) else "accumulation", day, count)


@dataclass(frozen=True)
class Seen:
    """An observation. `sum` is what a group's members make, beside the official figure."""

    span: Span
    v: Fraction
    pub: date
    s: str = "A"
    b: str = "main"
    tier: int = 1
    yoy: Fraction | None = None
    yoy_real: bool = False
    has_value: bool = True
    sum: Fraction | None = None

    @property
    def grade(self) -> str:
        return max("ABC"[self.tier - 1], {"P": "B", "E": "B", "D": "C"}.get(self.s, "A"))


@dataclass(frozen=True)
class Event:
    state: str
    pub: date
    date: date
    planned: date | None
    tier: int


@dataclass(frozen=True)
class Target:
    kind: str
    inner: str
    direction: str
    comparator: str
    value: Fraction | None
    high: Fraction | None
    unit: str
    base_year: int | None
    base: Fraction | None
    base_basis: str
    year: int | None
    start: int | None
    as_of: date
    seen: tuple[Seen, ...]
    events: tuple[Event, ...]
    options: Mapping[str, Any]

    @property
    def is_over(self) -> bool:
        """As_of is after 31 December of the target year."""
        return self.year is not None and self.as_of > date(self.year, 12, 31)

    @property
    def has_baseline(self) -> bool:
        """A B without a base year, printed or given by the kind, is no baseline."""
        given = self.kind in AVERAGES and self.start is not None
        return self.base is not None and (self.base_year is not None or given)

    def usable(self, listed: Iterable[Seen]) -> list[Seen]:
        return [
            o for o in listed
            if o.pub <= self.as_of and o.s in "APEBD" and o.has_value and o.pub >= o.span.end
        ]  # fmt: skip


@dataclass
class Verdict:
    status: str
    reason: str = ""
    method: str = ""
    progress_pct: Decimal | None = None
    time_pct: Decimal | None = None
    gap_pp: Decimal | None = None
    ratio: Decimal | None = None
    attainment_pct: Decimal | None = None
    derived: Decimal | None = None
    flags: dict[str, str] = field(default_factory=dict)
    grade: str = ""

    @property
    def is_judged(self) -> bool:
        return self.status not in UNJUDGED

    def cells(self) -> dict[str, str]:
        flags = [f"{name}:{said}" if said else name for name, said in self.flags.items()]
        flags.sort(key=lambda flag: FLAGS.index(flag.partition(":")[0]))
        numbers = {name: _text(getattr(self, name)) for name in NUMBERS}
        return {
            "status": self.status, "reason": self.reason, "method": self.method, **numbers,
            "flags": ";".join(flags), "grade": self.grade,
        }  # fmt: skip


def _text(x: Decimal | None) -> str:
    if x is None:
        return ""
    whole, dot, decimals = f"{x:f}".partition(".")
    return f"{whole}{dot}{decimals.rstrip('0') or '0'}" if dot else whole


def no(reason: str) -> Verdict:
    return Verdict("not_assessable", reason)


def with_quality(t: Target, v: Verdict, used: Iterable[Seen]) -> Verdict:
    """§11: the flags of the observations used, and of the comparator."""
    v.flags |= {
        {"P": "provisional", "E": "estimated", "D": "definition_differs"}[o.s]: "" for o in used if o.s in "PED"
    }
    if t.comparator == "approx":
        v.flags["approx"] = ""
    return v


def judged(t: Target, v: Verdict, used: Sequence[Seen], *grades: str) -> Verdict:
    v.grade = max(["A", *(o.grade for o in used), *grades])
    return with_quality(t, v, used)


def with_silence(t: Target, v: Verdict, deadline: date | None) -> Verdict:
    if deadline is not None and t.as_of > plus_months(deadline, 18):
        v.flags["overdue_disclosure"] = ""
    return v


def end_of(t: Target) -> date | None:
    return date(t.year, 12, 31) if t.year is not None else None


def read_target(row: Mapping[str, str]) -> Target:
    options = json.loads(row["options_json"] or "{}", parse_float=Fraction, parse_int=Fraction)
    listed = json.loads(row["observations_json"] or "[]", parse_float=Fraction, parse_int=Fraction)
    seen, events = read_listed(row["kind"], listed)

    def number(cell: str) -> Fraction | None:
        return Fraction(cell) if cell else None

    def year(cell: str) -> int | None:
        return span_of(cell).end.year if cell else None

    return Target(
        row["kind"], row["kind_inner"], row["direction"] or "none", row["comparator"] or "none",
        number(row["target_value"]), number(row["target_value_high"]), row["unit"], year(row["base_period"]),
        number(row["base_value"]), row["base_basis"] or "main", year(row["target_period"]), year(row["period_start"]),
        date.fromisoformat(row["as_of"]), seen, events, options,
    )  # fmt: skip


def read_listed(kind: str, listed: list[dict[str, Any]]) -> tuple[tuple[Seen, ...], tuple[Event, ...]]:
    if kind == "milestone":
        return (), tuple(_event(each) for each in listed)
    return tuple(read_seen(each) for each in listed), ()


def _event(each: Mapping[str, Any]) -> Event:
    pub, planned = date.fromisoformat(each["pub"]), each.get("planned")
    day = date.fromisoformat(each.get("date") or each["pub"])
    return Event(each["state"], pub, day, date.fromisoformat(planned) if planned else None, int(each.get("tier", 1)))


def read_seen(each: Mapping[str, Any]) -> Seen:
    value, yoy = each.get("v"), each.get("yoy")
    return Seen(
        span_of(str(each["p"])), Fraction(value or 0), date.fromisoformat(each["pub"]), each.get("s") or "A",
        each.get("b") or "main", int(each.get("tier", 1)), None if yoy is None else Fraction(yoy),
        bool(each.get("yoy_real")), value is not None,
    )  # fmt: skip
