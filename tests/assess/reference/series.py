"""§1: which observation speaks for a period, and when its publications contradict each other. §3: "meets"."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .records import Seen, Span, Target

COMPARATORS = ("ge", "gt", "le", "lt", "between", "approx")


@dataclass(frozen=True)
class Condition:
    """T (and H) as they hold on one basis; `base` is a B known there, for "about"."""

    value: Fraction
    high: Fraction | None
    base: Fraction | None = None


def has_threshold(t: Target, value: Fraction | None) -> bool:
    return t.comparator in COMPARATORS and value is not None and (t.comparator != "between" or t.high is not None)


def meets(t: Target, v: Fraction, to: Condition) -> bool:
    if t.comparator == "between":
        return to.value <= v and to.high is not None and v <= to.high
    if t.comparator != "approx":
        return {"ge": v >= to.value, "gt": v > to.value, "le": v <= to.value, "lt": v < to.value}[t.comparator]
    slack = abs(to.value) / 20
    if to.base is not None and to.base != to.value:
        slack = min(slack, abs(to.value - to.base) / 2)
    return {
        "up": v >= to.value - slack, "down": v <= to.value + slack, "none": abs(v - to.value) <= slack
    }[t.direction]  # fmt: skip


def as_distance(t: Target, x: Fraction, to: Condition) -> tuple[Fraction, Fraction]:
    """§4.1: a value and T as the path takes them; for a range minus the distance to it, and 0."""
    if t.comparator == "between" and to.high is not None:
        return -max(to.value - x, x - to.high, Fraction(0)), Fraction(0)
    if t.comparator == "approx" and t.direction == "none":
        return -abs(x - to.value), Fraction(0)
    return x, to.value


def worse(t: Target, now: Fraction, before: Fraction, to: Condition) -> bool:
    a, b = as_distance(t, now, to)[0], as_distance(t, before, to)[0]
    down = t.comparator in ("le", "lt") or (t.comparator == "approx" and t.direction == "down")
    return a > b if down else a < b


def apart(a: Fraction, b: Fraction) -> bool:
    """More than 1 % of the larger absolute value."""
    return 100 * abs(a - b) > max(abs(a), abs(b))


def counted(rivals: list[Seen]) -> list[Seen]:
    """Of one period: tier 3 only where there is nothing else, and no rounded copies."""
    better = [o for o in rivals if o.tier < 3] or rivals
    return [o for o in better if not any(_is_copy(o, x) for x in better)]


def _is_copy(o: Seen, x: Seen) -> bool:
    if o.tier != 2 or x.tier != 1 or x.b != o.b or x.pub > o.pub or apart(o.v, x.v):
        return False
    makes_final = x.s in "PE" and o.s not in "PE"
    return not makes_final


@dataclass(frozen=True)
class Best:
    """What speaks for a period, and everything that could as well: its tier class, day and basis."""

    o: Seen
    values: tuple[Fraction, ...]
    in_conflict: bool


def best_of(rivals: list[Seen], base_basis: str | None, met: Callable[[Seen, Fraction], bool | None]) -> Best:
    pick = min(rivals, key=lambda o: (-o.pub.toordinal(), base_basis is not None and o.b != base_basis, o.tier, o.v))
    peers = [o for o in rivals if o.pub == pick.pub and o.b == pick.b]
    values = (*(o.v for o in peers), *(o.sum for o in peers if o.sum is not None))
    far = apart(min(o.v for o in peers), max(o.v for o in peers))
    return Best(pick, values, far or len({met(pick, v) for v in values}) > 1)


@dataclass
class Series:
    """The usable observations; `met` says whether a value, in the place of an observation, meets the target."""

    seen: list[Seen]
    base_basis: str | None = None
    met: Callable[[Seen, Fraction], bool | None] = lambda _o, _v: None

    def best(self, wanted: Callable[[Span], bool], basis: str | None = None) -> Best | None:
        rivals = counted([o for o in self.seen if wanted(o.span)])
        rivals = [o for o in rivals if basis in (None, o.b)]
        return best_of(rivals, self.base_basis, self.met) if rivals else None

    def year(self, year: int | None, basis: str | None = None) -> Best | None:
        if year is None:
            return None
        return self.best(lambda span: span.form == "year" and span.end.year == year, basis)

    @property
    def years(self) -> list[int]:
        return sorted({o.span.end.year for o in self.seen if o.span.form == "year"})

    @property
    def bases(self) -> set[str]:
        return {o.b for o in self.seen}

    def so_far(self) -> dict[int, Best]:
        """The latest value inside each year; values ending the same day are one period."""
        ends: dict[int, date] = {}
        for o in self.seen:
            if o.span.form == "inside":
                ends[o.span.end.year] = max(o.span.end, ends.get(o.span.end.year, date.min))
        found = {}
        for year, end in ends.items():
            best = self.best(lambda span, end=end: span.form == "inside" and span.end == end)  # type: ignore[misc]
            if best is not None:
                found[year] = best
        return found

    @property
    def has_other_periods(self) -> bool:
        return any(o.span.form != "year" for o in self.seen)

    def has_fallen(self, t: Target, condition: Callable[[str], Condition]) -> bool:
        """A full-year value is worse than the full-year value before it on the same basis."""
        for basis in self.bases:
            found = (self.year(year, basis) for year in self.years)
            values = [best.o.v for best in found if best is not None and not best.in_conflict]
            pairs: Iterable[tuple[Fraction, Fraction]] = zip(values[1:], values, strict=False)
            if any(worse(t, now, before, condition(basis)) for now, before in pairs):
                return True
        return False
