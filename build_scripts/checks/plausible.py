"""Figures that are possible but hardly true: disagreement, jumps, gaps, outliers (rules 6, 7 and our own).

All of these are warnings: the publisher may be right and the rule wrong, so they are shown, counted and published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, pairwise
from operator import attrgetter

from build_scripts.checks.check import Check
from build_scripts.checks.kinds import nature_of, of_nature
from build_scripts.checks.series import Point, rivals, series, tiers
from build_scripts.core.periods import parse_period
from build_scripts.core.records import Indicator, Observation, Region, Severity, Target, Violation
from build_scripts.load import Tables, violation
from build_scripts.locale import listed, period, t

DISAGREE = Decimal("0.01")
JUMP_UP = Decimal("1.5")
JUMP_DOWN = Decimal("0.5")
OUTLIER_FACTOR = 20
MIN_SIBLINGS = 3
_MAX_STEPS = 3
_UP, _DOWN = ([factor**steps for steps in range(_MAX_STEPS + 1)] for factor in (JUMP_UP, JUMP_DOWN))
# Between these, with room for what a float is off, there is no jump: most figures need not be divided exactly.
_CALM_UP, _CALM_DOWN = 1.49, 0.51
_MONTHS_A_STEP = {"A": 12, "Q": 3, "M": 1, "P": 12}
_BOTH_WAYS = frozenset({"level_by", "share_by", "travel_time", "annual_floor"})
_UPWARDS = frozenset({"count_by", "cum_flow"})


def sources_agree(tables: Tables, _today: date) -> Iterator[Violation]:
    """Two sources of one tier class that print one figure on the same day differ by at most 1 %."""
    place = tables.place(Observation)
    tier = tiers(tables)
    told = attrgetter("indicator_id", "region_id", "period", "basis", "pub")
    same: dict[tuple[object, ...], list[tuple[int, Observation, Decimal]]] = defaultdict(list)
    for row, item in chain.from_iterable(rivals(tables).values()):
        if item.value is not None and item.value.is_finite():
            same[*told(item), tier.get(item.source_id, 3) < 3].append((row, item, item.value))
    for rows in same.values():
        for (other, before, left), (row, item, right) in pairwise(rows):
            larger = max(abs(left), abs(right))
            if before.source_id != item.source_id and abs(left - right) > DISAGREE * larger:
                facts = {"found": right, "other": other, "value": left, "source": before.source_id}
                yield violation("sources-disagree", place, row, "value", facts=facts)


def neighbours_do_not_jump(tables: Tables, _today: date) -> Iterator[Violation]:
    """A figure differs from the period before, on one basis, by at most 50 % (more where periods are missing)."""
    place = tables.place(Observation)
    # Rates of change swing by nature: 2 % after 5 % is no slip of the unit.
    rates = of_nature(tables, "growth")
    for (indicator_id, _region, _basis), points in series(tables).items():
        if indicator_id in rates:
            continue
        for line in _lines(points):
            for before, point in _jumps(line):
                change = _change(before.value, point.value)
                facts = {"found": point.value, "before": before.value, "period": period(before.item.period)}
                yield violation("jump", place, point.row, "value", facts, change=change, other=before.row)


def _lines(points: list[Point]) -> list[list[Point]]:
    """Points that may be compared along time: years, quarters, months, accumulations of one length and start day."""
    frequencies = {point.when.frequency for point in points}
    if len(frequencies) == 1 and "P" not in frequencies:
        return [points]
    lines: dict[tuple[object, ...], list[Point]] = defaultdict(list)
    for point in points:
        when = point.when
        start = (when.months, when.start.month, when.start.day) if when.frequency == "P" else ()
        lines[when.frequency, start].append(point)
    return list(lines.values())


def _jumps(line: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    """Neighbours too far apart; the way back from a single wrong figure is not told a second time."""
    last = 0
    for before, point in pairwise(line):
        direction = _direction(before, point)
        if direction and direction != -last:
            yield before, point
            last = direction
        else:
            last = 0


def _direction(before: Point, point: Point) -> int:
    """1 for a jump up, -1 for a jump down, 0 for neither; a missing period allows as much again."""
    if not before.value or _CALM_DOWN * (base := float(before.value)) < float(point.value) < _CALM_UP * base:
        return 0
    first, last = before.when.start, point.when.start
    months = (last.year - first.year) * 12 + last.month - first.month
    steps = min(max(months // _MONTHS_A_STEP[point.when.frequency], 1), _MAX_STEPS)
    ratio = point.value / before.value
    if ratio > _UP[steps]:
        return 1
    return -1 if ratio < _DOWN[steps] else 0


def _change(before: Decimal, after: Decimal) -> str:
    """The change in %, as a message says it."""
    percent = (after - before) / abs(before) * 100
    return t("checks.jump.up" if percent > 0 else "checks.jump.down", percent=f"{abs(percent):,.0f}")


def years_are_complete(tables: Tables, _today: date) -> Iterator[Violation]:
    """No year is missing between two published years of one series on one basis, save by the indicator's own rhythm."""
    if tables.dropped(Observation):
        return  # a row that could not be read may hold the very year
    place = tables.place(Observation)
    rhythm = {item.indicator_id: max((item.interval_months or 0) // 12, 1) for _row, item in tables.of(Indicator)}
    for (indicator_id, _region, _basis), points in series(tables).items():
        years = [point for point in points if point.when.frequency == "A"]
        for before, point in pairwise(years):
            missing = range(before.when.year + rhythm.get(indicator_id, 1), point.when.year)
            if missing:
                facts = {"years": listed(map(str, missing)), "before": period(before.item.period), "other": before.row}
                yield violation("calendar-gap", place, point.row, "period", facts=facts)


def lone_figures_are_in_scale(tables: Tables, _today: date) -> Iterator[Violation]:
    """A figure without a neighbour in time is within 20 times its target, other bases, or other regions' figures."""
    place = tables.place(Observation)
    known = series(tables)
    references = _targets_by_series(tables)
    level = {region.region_id: region.level for _row, region in tables.of(Region)}
    lines = [(key, line) for key, points in known.items() for line in _lines(points)]
    own: dict[tuple[str, str], list[Point]] = defaultdict(list)
    siblings: dict[tuple[object, ...], list[Point]] = defaultdict(list)
    for (indicator_id, region_id, _basis), line in lines:
        own[indicator_id, region_id] += line
        siblings[indicator_id, level.get(region_id), line[0].when.frequency] += line
    for (indicator_id, region_id, _basis), line in lines:
        if len(line) != 1 or not line[0].value:
            continue
        both = [point.value for point in own[indicator_id, region_id] if point is not line[0]]
        targets, upwards = references.get((indicator_id, region_id), ([], []))
        both += targets
        if not both and not upwards:
            group = siblings[indicator_id, level.get(region_id), line[0].when.frequency]
            others = [point.value for point in group if point.item.region_id != region_id]
            both = others if len(others) >= MIN_SIBLINGS else []
        if found := _out_of_scale(line[0], both, upwards):
            facts = {"found": line[0].value, "near": found}
            yield violation("outlier", place, line[0].row, "value", facts=facts)


def first_figures_lie_on_the_way(tables: Tables, _today: date) -> Iterator[Violation]:
    """A first figure after the baseline is not further behind it than the target is ahead; nor is it the target's own.

    A target's figure put down as what has happened is the same number in the same printed words. Growth comes and goes.
    """
    place, known = tables.place(Observation), series(tables)
    levels = (item for _row, item in tables.of(Indicator) if nature_of(item) != "growth")
    units = {item.indicator_id: item.unit for item in levels}
    firsts: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for (indicator_id, region_id, _basis), points in known.items():
        firsts[indicator_id, region_id] += [point for point in points if point.when.frequency == "A"][:1]
    for _row, target in tables.of(Target):
        if target.value is None or target.unit != units.get(target.indicator_id) or target.kind not in _BOTH_WAYS:
            continue
        for point in firsts.get((target.indicator_id, target.region_id), ()):
            printed = point.item.figure_as_printed
            facts = {"found": point.value, "target": target.target_id, "goal": target.value}
            if printed and printed == target.figure_as_printed and point.value == target.value:
                yield violation("first-figure", place, point.row, "value", facts, what="what_goal")
            elif _is_far_behind(point, target):
                facts |= {"base": target.baseline_value or ""}
                yield violation("first-figure", place, point.row, "value", facts)


def _is_far_behind(point: Point, target: Target) -> bool:
    """Whether a figure later than the baseline lies behind it by more than the whole way to the target."""
    base, since = target.baseline_value, parse_period(target.baseline_period or "")
    if base is None or target.value is None or since is None or point.when.start <= since.start:
        return False
    way = target.value - base
    return way != 0 and (point.value - base) / way < -1


def _targets_by_series(tables: Tables) -> dict[tuple[str, str], tuple[list[Decimal], list[Decimal]]]:
    """Targets and baselines of (indicator, region) in the indicator's unit: comparable both ways, or only upwards."""
    units = {item.indicator_id: item.unit for _row, item in tables.of(Indicator)}
    found: dict[tuple[str, str], tuple[list[Decimal], list[Decimal]]] = defaultdict(lambda: ([], []))
    for _row, target in tables.of(Target):
        if target.unit != units.get(target.indicator_id) or target.kind not in _BOTH_WAYS | _UPWARDS:
            continue
        both, upwards = found[target.indicator_id, target.region_id]
        values = [value for value in (target.value, target.baseline_value) if value is not None and value.is_finite()]
        (both if target.kind in _BOTH_WAYS else upwards).extend(value for value in values if value)
    return found


def _out_of_scale(point: Point, both: Sequence[Decimal], upwards: Sequence[Decimal]) -> Decimal | None:
    """The reference a figure is out of scale with, or None."""
    size = abs(point.value)
    references = [abs(value) for value in (*both, *upwards) if value]
    if references and size > OUTLIER_FACTOR * max(references):
        return max(references)
    lower = [abs(value) for value in both if value]
    if lower and point.when.frequency != "P" and size * OUTLIER_FACTOR < min(lower):
        return min(lower)
    return None


CHECKS = (
    Check("sources-disagree", Severity.WARNING, sources_agree, 6),
    Check("jump", Severity.WARNING, neighbours_do_not_jump, 7),
    Check("calendar-gap", Severity.WARNING, years_are_complete),
    Check("outlier", Severity.WARNING, lone_figures_are_in_scale),
    Check("first-figure", Severity.WARNING, first_figures_lie_on_the_way),
)
