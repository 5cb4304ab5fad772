"""What a target asks of the years: its path from the baseline, the bands of the pace beside it, the level it names.

Gets a target's entry, gives a `Course` for the trajectory chart. Only drawn, never judged: the verdict stands in the
assessment. Formulas: assessment method 1.1.0 §4.1 (path) and §4.3 (windows); thresholds from `method`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from build_scripts.charts.scale import moment
from build_scripts.core.periods import key_of
from build_scripts.core.records import Target
from build_scripts.report import Figure, TargetEntry

LOG_KINDS = frozenset({"level_by", "multiple_of_base"})
FLAT_KINDS = frozenset({"annual_floor", "rank", "avg_growth"})
UNUSED = frozenset({"no_value", "withdrawn", "forecast", "unknown_period"})
STEPS_A_YEAR = 4


@dataclass(frozen=True, slots=True)
class Course:
    """The path from `begin` (moment, value) to `end` (moment) at `goal`; each part is None when the plan lacks it.

    `high` is the upper end of a printed range, which as a whole is the goal when `between` is set; `flat` means that
    the goal holds in every year from `since` on; `log` that the path grows by a constant rate; `there` that the start
    was at the goal already, so that nothing leads from one to the other. Moments are years, 2024 meaning its end.
    """

    begin: tuple[float, Decimal] | None
    since: float | None
    end: float | None
    goal: Decimal | None
    high: Decimal | None
    log: bool = False
    flat: bool = False
    between: bool = False
    there: bool = False

    @property
    def has_path(self) -> bool:
        """Whether there is a path to draw: two ends, and a level to reach by the second."""
        whole = self.begin is not None and self.end is not None and self.goal is not None
        return whole and not self.flat and not self.between and not self.there

    def at(self, when: float, pace: float = 1.0) -> float:
        """The value at `when` of one who keeps `pace` times the even pace. Needs `has_path`."""
        assert self.begin is not None and self.end is not None and self.goal is not None  # noqa: S101, PT018
        start, first = self.begin[0], float(self.begin[1])
        share = pace * (when - start) / (self.end - start)
        goal = float(self.goal)
        if self.log and first > 0 and goal > 0:
            return first * math.exp(share * math.log(goal / first))
        return first + share * (goal - first)

    def moments(self) -> list[float]:
        """Moments along the path, dense enough to show its bend. Needs `has_path`."""
        assert self.begin is not None and self.end is not None  # noqa: S101, PT018
        count = max(1, round((self.end - self.begin[0]) * STEPS_A_YEAR)) if self.log else 1
        return [self.begin[0] + (self.end - self.begin[0]) * index / count for index in range(count + 1)]


NO_COURSE = Course(None, None, None, None, None)


def usable(figures: Iterable[Figure]) -> list[Figure]:
    """The figures that may be drawn: a value, not taken back, and not a forecast or a gap."""
    return [figure for figure in figures if figure.why not in UNUSED]


def best(figures: Iterable[Figure]) -> dict[tuple[str, str], Figure]:
    """The best figure of each (period, basis); of a period on several bases only one stands (`Figure.stands`)."""
    return {(key_of(each.observation.period), each.observation.basis): each for each in figures if each.lead}


def course(entry: TargetEntry, latest: Figure | None) -> Course:
    """The course of a target; `latest` is the figure whose basis the baseline has to share."""
    target = entry.target
    end = _end(entry)
    since = moment(target.period_start) - 1 if target.period_start else None
    goal, high = target.value, target.value_high
    if target.comparator == "none":
        return Course(None, since, end, None, None)
    if target.kind == "cum_flow":
        begin = (since, Decimal(0)) if since is not None else None
        return Course(begin, since, end, goal, high)
    if target.kind in FLAT_KINDS:
        return Course(None, since, end, goal, high, flat=True)
    begin = _baseline(target, entry.figures, latest)
    if target.kind == "multiple_of_base":
        goal = goal * begin[1] if goal is not None and begin else None
        high = None
    if target.kind == "avg_increment":
        goal = begin[1] + goal * Decimal(end - begin[0]) if goal is not None and begin and end else None
    if target.kind == "moving_ref":
        return Course(None, since, end, None, None)
    if begin and end and begin[0] >= end:
        begin = None
    between = target.comparator == "between"
    there = begin is not None and goal is not None and _keeps(target.comparator, begin[1], goal)
    return Course(begin, since, end, goal, high, log=target.kind in LOG_KINDS, between=between, there=there)


def _keeps(comparator: str, value: Decimal, goal: Decimal) -> bool:
    """Whether a value is on the side of the goal that the plan asks for; never for `approx`, which has no side.

    This is not whether it meets the target (`assess.threshold`): from a goal that must be passed (`gt`) nothing leads
    to the goal either, and “about” is met before it is reached.
    """
    if comparator in {"le", "lt"}:
        return value <= goal
    return comparator in {"ge", "gt"} and value >= goal


def _end(entry: TargetEntry) -> float | None:
    """The deadline as a moment."""
    day = entry.deadline
    return None if day is None else day.year - 1 + (day.month - 1 + min(day.day, 30) / 30) / 12


def _baseline(target: Target, figures: Iterable[Figure], latest: Figure | None) -> tuple[float, Decimal] | None:
    """The base year and its value on the basis of `latest`: the recorded one, else the best published one, else none.

    A count of new items since `period_start` begins at nought in the year before (method §1).
    """
    if target.kind == "count_by" and target.period_start and target.baseline_value is None:
        return moment(target.period_start) - 1, Decimal(0)
    if target.baseline_period is None:
        return None
    basis = latest.observation.basis if latest else target.baseline_basis or "main"
    when = moment(target.baseline_period)
    if target.baseline_value is not None and (target.baseline_basis or "main") == basis:
        return when, target.baseline_value
    found = best(figures).get((target.baseline_period, basis))
    return (when, found.observation.value) if found and found.observation.value is not None else None
