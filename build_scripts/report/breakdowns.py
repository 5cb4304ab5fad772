"""Indicators told apart: their series by what they are broken down by, each with its figures. Gets a package.

Which figure stands for a period is the rule of `core.standing`, as for the indicators themselves; nothing is judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from build_scripts.core.periods import parse_period
from build_scripts.core.records import Breakdown, Observation, Package, Region, Series
from build_scripts.core.standing import standing, stands_alone
from build_scripts.report.entries import Figure

Apart = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One series in one region: what tells it apart, and the figures that stand, the earliest first."""

    series: Series
    values: tuple[str, ...]
    region: Region
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """The parts of an indicator along the same dimensions: by sex; by sex and age."""

    dimensions: tuple[str, ...]
    parts: tuple[Part, ...]


def facets(package: Package) -> Mapping[str, tuple[Facet, ...]]:
    """The facets of every indicator that has any, by `indicator_id`; the one with the fewest dimensions first."""
    apart = _apart(package)
    rows: dict[str, dict[str, list[Breakdown]]] = defaultdict(lambda: defaultdict(list))
    for row in package.breakdowns:
        rows[row.series_id][row.region_id].append(row)
    found: dict[str, dict[tuple[str, ...], list[Part]]] = defaultdict(lambda: defaultdict(list))
    figures_of = _Figures(package)
    for series in package.series:
        dimensions = tuple(name for name, _value in apart[series.series_id])
        for region_id in sorted(rows[series.series_id], key=figures_of.order):
            figures = figures_of.standing(rows[series.series_id][region_id])
            values = tuple(value for _name, value in apart[series.series_id])
            part = Part(series, values, package.region_by_id[region_id], figures)
            if figures:
                found[series.indicator_id][dimensions].append(part)
    return {name: _in_order(by_dimension) for name, by_dimension in found.items()}


def _apart(package: Package) -> Mapping[str, list[tuple[str, str]]]:
    """What tells each series apart, by `series_id`; dimensions in one order, that in which the package names them."""
    place = {name: number for number, name in enumerate(dict.fromkeys(d.dimension for d in package.series_dimensions))}
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for each in package.series_dimensions:
        found[each.series_id].append((each.dimension, each.value))
    for values in found.values():
        values.sort(key=lambda pair: place[pair[0]])
    return found


def _in_order(by_dimension: Mapping[tuple[str, ...], Sequence[Part]]) -> tuple[Facet, ...]:
    made = (Facet(dimensions, tuple(parts)) for dimensions, parts in by_dimension.items())
    return tuple(sorted(made, key=lambda facet: len(facet.dimensions)))


class _Figures:
    """The figures of a package's parts, with their sources."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.sources = package.source_by_id
        self.tiers = {source.source_id: source.tier for source in package.sources}

    def order(self, region_id: str) -> int:
        """The place of a region among the others."""
        return self.package.region_by_id[region_id].order

    def standing(self, rows: Sequence[Breakdown]) -> tuple[Figure, ...]:
        """The figures that stand among the rows of one series and region, in order of time."""
        told = [_as_observation(row) for row in rows]
        if len({row.period for row in rows}) == len(rows):
            stood = [row for row in told if stands_alone(row, parse_period(row.period))]
        else:
            stood = list(standing(told, lambda row: self.tiers.get(row.source_id, 3)).figures)
        stood.sort(key=_end)
        return tuple(Figure(row, self.sources[row.source_id]) for row in stood)


def _end(row: Observation) -> tuple[date, int]:
    period = parse_period(row.period)
    return (period.end, -period.months) if period else (date.min, 0)


def _as_observation(row: Breakdown) -> Observation:
    return Observation(
        row.indicator_id,
        row.region_id,
        row.period,
        row.basis,
        row.pub,
        row.source_id,
        row.value,
        row.obs_status,
        row.yoy,
        row.yoy_real,
        row.figure_as_printed,
        row.note,
        row.recorded_on,
    )
