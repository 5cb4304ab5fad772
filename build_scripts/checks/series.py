"""Published figures as series: for each indicator, region and basis the best vintage of every period, in time order.

Gets tables, gives `Point`s. Only values that may feed a status are points; the best vintage of a period is that of the
better tier class, then of the later publication.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from build_scripts.checks.periods import Span, span
from build_scripts.core.records import Observation, Source
from build_scripts.core.records.standing import taken_back
from build_scripts.load import Tables

Key = tuple[str, str, str]
_NEVER_FEED = frozenset("FMOLNQ")


@dataclass(frozen=True, slots=True)
class Point:
    """One period's best figure: its row in the file, the record, the days it covers, its value."""

    row: int
    item: Observation
    when: Span
    value: Decimal


def tiers(tables: Tables) -> dict[str, int]:
    """Tier by source id."""
    return {source.source_id: source.tier for _row, source in tables.of(Source)}


def series(tables: Tables) -> dict[Key, list[Point]]:
    """Points by (indicator, region, basis), each list in order of period end, then length."""
    tier = tiers(tables)
    best: dict[Key, dict[Span, tuple[tuple[bool, int], Point]]] = defaultdict(dict)
    gone = _taken_back(tables, tier)
    for row, item in tables.of(Observation):
        when = span(item.period)
        if id(item) in gone:
            continue
        if when is None or item.value is None or not item.value.is_finite() or item.obs_status in _NEVER_FEED:
            continue
        periods = best[item.indicator_id, item.region_id, item.basis]
        rank = (tier.get(item.source_id, 3) < 3, item.pub.toordinal())
        if when not in periods or periods[when][0] < rank:
            periods[when] = rank, Point(row, item, when, item.value)
    return {key: _in_order([point for _rank, point in periods.values()]) for key, periods in best.items()}


def _taken_back(tables: Tables, tier: dict[str, int]) -> frozenset[int]:
    """The `id()` of every value that a later row took back."""
    rows: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for _row, item in tables.of(Observation):
        rows[item.indicator_id, item.region_id].append(item)
    found = (taken_back(items, lambda item: tier.get(item.source_id, 3)) for items in rows.values())
    return frozenset().union(*found)


def _in_order(points: list[Point]) -> list[Point]:
    return sorted(points, key=lambda point: (point.when.first, point.when.months))
