"""Published figures as series: for each indicator, region and basis the best figure of every period, in time order.

Gets tables, gives `Point`s. Which figure is the best is the method's rule (`core.standing`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from build_scripts.core.periods import Period, key_of, parse_period
from build_scripts.core.records import Observation, Source
from build_scripts.core.standing import standing, stands_alone
from build_scripts.load import Tables

Key = tuple[str, str, str]


class Point(NamedTuple):
    """One period's best figure on its basis: its row in the file, the record, the period, its value."""

    row: int
    item: Observation
    when: Period
    value: Decimal


def tiers(tables: Tables) -> dict[str, int]:
    """Tier by source id."""
    return {source.source_id: source.tier for _row, source in tables.of(Source)}


def series(tables: Tables) -> dict[Key, list[Point]]:
    """Points by (indicator, region, basis), each list in order of the period's start, then length; made once."""
    if "series" not in tables.derived:
        tables.derived["series"] = {key: sorted(points, key=_in_order) for key, points in _points(tables).items()}
    found: dict[Key, list[Point]] = tables.derived["series"]
    return found


def rivals(tables: Tables) -> Mapping[Key, Sequence[tuple[int, Observation]]]:
    """The rows about each (indicator, region, period) that several rows are about, in file order; made once."""
    if "rivals" not in tables.derived:
        rows = tables.of(Observation)
        counts = Counter(_about(item) for _row, item in rows)
        found: dict[Key, list[tuple[int, Observation]]] = {key: [] for key, count in counts.items() if count > 1}
        for row, item in rows if found else ():
            if (key := _about(item)) in found:
                found[key].append((row, item))
        tables.derived["rivals"] = found
    known: Mapping[Key, Sequence[tuple[int, Observation]]] = tables.derived["rivals"]
    return known


def _about(item: Observation) -> Key:
    return item.indicator_id, item.region_id, key_of(item.period)


def _points(tables: Tables) -> dict[Key, list[Point]]:
    """The best figures of every period; what is the only row of its period needs no judging."""
    found: dict[Key, list[Point]] = defaultdict(list)
    several = rivals(tables)
    for row, item in tables.of(Observation):
        when = parse_period(item.period)
        if several and _about(item) in several:
            continue
        if when and item.value is not None and stands_alone(item, when):
            found[item.indicator_id, item.region_id, item.basis].append(Point(row, item, when, item.value))
    tier = tiers(tables)
    for (indicator_id, region_id, _period), told in several.items():
        row_of = {id(item): row for row, item in told}
        for each in standing([item for _row, item in told], lambda item: tier.get(item.source_id, 3)).periods:
            for lead in each.leads:
                if lead.value is not None:
                    point = Point(row_of[id(lead)], lead, each.period, lead.value)
                    found[indicator_id, region_id, lead.basis].append(point)
    return found


def _in_order(point: Point) -> tuple[date, int]:
    return point.when.start, point.when.months
