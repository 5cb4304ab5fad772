"""Published figures as series: for each indicator, region and basis the best figure of every period, in time order.

Gets tables, gives `Point`s. Which figure is the best is the method's rule (`core.standing`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from build_scripts.core.periods import Period
from build_scripts.core.records import Observation, Source
from build_scripts.core.standing import standing
from build_scripts.load import Tables

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Point:
    """One period's best figure on its basis: its row in the file, the record, the period, its value."""

    row: int
    item: Observation
    when: Period
    value: Decimal


def tiers(tables: Tables) -> dict[str, int]:
    """Tier by source id."""
    return {source.source_id: source.tier for _row, source in tables.of(Source)}


def series(tables: Tables) -> dict[Key, list[Point]]:
    """Points by (indicator, region, basis), each list in order of the period's start, then length."""
    tier = tiers(tables)
    row_of = {id(item): row for row, item in tables.of(Observation)}
    rows: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for _row, item in tables.of(Observation):
        rows[item.indicator_id, item.region_id].append(item)
    found: dict[Key, list[Point]] = defaultdict(list)
    for (indicator_id, region_id), items in rows.items():
        for each in standing(items, lambda item: tier.get(item.source_id, 3)).periods:
            for lead in each.leads:
                if lead.value is not None:
                    point = Point(row_of[id(lead)], lead, each.period, lead.value)
                    found[indicator_id, region_id, lead.basis].append(point)
    return {key: sorted(points, key=_in_order) for key, points in found.items()}


def _in_order(point: Point) -> tuple[date, int]:
    return point.when.start, point.when.months
