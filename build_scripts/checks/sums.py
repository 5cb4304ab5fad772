"""The whole against its parts: a city against its counties, a group against its members, years against their sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from itertools import takewhile

from build_scripts.checks.check import Check
from build_scripts.checks.kinds import adds_up, of_nature
from build_scripts.checks.series import Point, series
from build_scripts.core.periods import year_of
from build_scripts.core.records import Indicator, Observation, Region, RegionMember, Severity, Target, Violation
from build_scripts.core.vocabulary import Role
from build_scripts.load import Tables, violation

TOLERANCE = Decimal("0.01")
# A development zone may lie outside the parts that are counted.
_ROUNDED = Decimal(1)


def parts_sum_to_the_whole(tables: Tables, _today: date) -> Iterator[Violation]:
    """Where every part has a figure for the same period and basis, their sum is within 1 % of the whole's figure."""
    additive = {item.indicator_id for _row, item in tables.of(Indicator) if adds_up(item)}
    for point, parts in _with_all_parts(tables, additive):
        yield from _compare(tables, point, sum(parts, Decimal(0)), len(parts))


def shares_lie_between_those_of_the_parts(tables: Tables, _today: date) -> Iterator[Violation]:
    """Where every part has a share for the same period and basis, that of the whole lies between them."""
    shares = of_nature(tables, "share")
    for point, parts in _with_all_parts(tables, shares):
        if not min(parts) - _ROUNDED <= point.value <= max(parts) + _ROUNDED:
            facts = {"found": point.value, "least": min(parts), "most": max(parts), "count": len(parts)}
            yield violation("share-parts", tables.place(Observation), point.row, "value", facts=facts)


def _with_all_parts(tables: Tables, indicators: Collection[str]) -> Iterator[tuple[Point, list[Decimal]]]:
    """Each figure of a whole with those of its parts, where all have one of the same indicator, basis and period."""
    if tables.dropped(Region) or tables.dropped(RegionMember):
        return
    wholes = _wholes(tables)
    lines: dict[tuple[str, str], dict[str, list[Point]]] = defaultdict(dict)
    for (indicator_id, region_id, basis), line in series(tables).items():
        if indicator_id in indicators:
            lines[indicator_id, basis][region_id] = line
    for by_region in lines.values():
        for whole in [region for region in by_region if region in wholes and wholes[region] <= by_region.keys()]:
            parts = [{point.when.key: point for point in by_region[part]} for part in sorted(wholes[whole])]
            for point in by_region[whole]:
                found = [part[point.when.key].value for part in parts if point.when.key in part]
                if len(found) == len(parts):
                    yield point, found


def _compare(tables: Tables, whole: Point, total: Decimal, count: int) -> Iterator[Violation]:
    larger = max(abs(whole.value), abs(total))
    if abs(whole.value - total) > TOLERANCE * larger:
        percent = f"{abs(whole.value - total) / larger * 100:.1f}%"
        facts = {"found": whole.value, "total": total, "count": count, "percent": percent}
        place = tables.place(Observation)
        yield violation("county-sum", place, whole.row, "value", facts=facts)


def _wholes(tables: Tables) -> dict[str, frozenset[str]]:
    """Parts by whole: a city's counties, a group's members of county level.

    Counties are a city's by the first four digits of the adcode (all, if there is one city); a development zone lies
    inside the counties and is never added again.
    """
    regions = tables.by_id(Region)
    roles = tables.roles
    counties = [region for region in regions.values() if roles[region.region_id] is Role.PART]
    cities = [region for region in regions.values() if roles[region.region_id] is Role.WHOLE]
    wholes: dict[str, frozenset[str]] = {}
    for city in cities:
        mine = [
            item for item in counties if len(cities) == 1 or (item.adcode[:4] and item.adcode[:4] == city.adcode[:4])
        ]
        wholes[city.region_id] = frozenset(item.region_id for item in mine)
    members: dict[str, set[str]] = defaultdict(set)
    for _row, member in tables.of(RegionMember):
        if roles.get(member.region_id) is Role.PART:
            members[member.group_id].add(member.region_id)
    wholes |= {group: frozenset(parts) for group, parts in members.items()}
    return {whole: parts for whole, parts in wholes.items() if parts and whole not in parts}


def years_are_added_up(tables: Tables, _today: date) -> Iterator[Violation]:
    """Years that follow on each other under a promise over several years are added up in a row of their own.

    The method adds up nothing by itself: without that row only the first year would count.
    """
    lines = series(tables)
    for _row, target in tables.of(Target):
        first, last = year_of(target.period_start), year_of(target.target_period)
        if target.kind != "cum_flow" or first is None or last is None:
            continue
        for (indicator_id, region_id, _basis), line in lines.items():
            if (indicator_id, region_id) == (target.indicator_id, target.region_id):
                yield from _not_added_up(tables, target, line, range(first, last + 1))


def _not_added_up(tables: Tables, target: Target, line: list[Point], window: range) -> Iterator[Violation]:
    years = {point.when.year: point for point in line if point.when.frequency == "A"}
    known = list(takewhile(years.__contains__, window))
    if len(known) < 2:
        return
    begin, months = years[known[0]].when.start, 12 * len(known)
    if max(point.when.months for point in line if point.when.start == begin) < months:
        facts = {"found": target.target_id, "count": len(known), "period": f"{begin.isoformat()}/P{months}M"}
        yield violation("years-not-added", tables.place(Observation), years[known[-1]].row, "period", facts)


CHECKS = (
    Check("county-sum", Severity.WARNING, parts_sum_to_the_whole),
    Check("share-parts", Severity.WARNING, shares_lie_between_those_of_the_parts),
    Check("years-not-added", Severity.WARNING, years_are_added_up),
)
