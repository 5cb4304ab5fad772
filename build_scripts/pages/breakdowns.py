"""An indicator's breakdowns on its page: one table a facet, small multiples on one scale, chips that narrow the table.

Gets the report, gives views and the charts' specifications. Without JavaScript every table is whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from build_scripts.charts import ChartFigure, ChartSpec, small_multiples
from build_scripts.charts.scale import scale_words
from build_scripts.core.periods import key_of, parse_period
from build_scripts.core.records import Indicator, Link, Observation
from build_scripts.locale import DASH, SaidIn, by_comma, in_brackets, number, period, t
from build_scripts.pages import parts, wording
from build_scripts.pages.site_data import SiteData
from build_scripts.report import Report
from build_scripts.report.breakdowns import Facet, Part

PERIODS_SHOWN = 6
# More pictures side by side than these are no longer compared at a glance.
PANELS_AT_MOST = 24
# Longer tables may go on over further pages, where chips would find only what is on the first.
ROWS_WITH_CHIPS = 100
ROWS_WORTH_CHIPS = 4


@dataclass(frozen=True, slots=True)
class Chips:
    """The values of one dimension, of which a reader may choose any; `place` is the dimension's column."""

    label: str
    place: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartRow:
    """One series in one place: what tells it apart, and its figures in the table's periods."""

    names: tuple[str, ...]
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FacetView:
    """The breakdown by one set of dimensions."""

    anchor: str
    title: str
    heads: tuple[str, ...]
    periods: tuple[str, ...]
    caption: str
    chart: ChartFigure | None
    chips: tuple[Chips, ...]
    rows: tuple[PartRow, ...]
    note: str
    sources: tuple[Link, ...]


def facet_views(given: SiteData, indicator: Indicator) -> tuple[FacetView, ...]:
    """The breakdowns of an indicator."""
    return tuple(
        _view(given, indicator, place, facet)
        for place, facet in enumerate(given.report.facets.get(indicator.indicator_id, ()), start=1)
    )


def breakdown_specs(report: Report) -> Iterator[ChartSpec]:
    """The charts of all breakdowns: a panel a part, of the place that most parts tell of."""
    scales = scale_words(report.package.government)
    for indicator in report.package.indicators:
        for place, facet in enumerate(report.facets.get(indicator.indicator_id, ()), start=1):
            shown = _of_one_place(facet)
            if 1 < len(shown) <= PANELS_AT_MOST:
                panels = [(replace(part.region, name=_name(part)), part.figures) for part in shown]
                spec = small_multiples(_chart_id(indicator, place), indicator, panels, "breakdown", scales)
                if spec and len(spec.table.columns) > 1:
                    yield spec


def _of_one_place(facet: Facet) -> list[Part]:
    counted: dict[str, int] = {}
    for part in facet.parts:
        counted[part.region.region_id] = counted.get(part.region.region_id, 0) + 1
    most = max(counted, key=lambda region_id: counted[region_id])
    return [part for part in facet.parts if part.region.region_id == most]


def _chart_id(indicator: Indicator, place: int) -> str:
    return f"{indicator.indicator_id}-parts-{place}"


def _name(part: Part) -> str:
    return by_comma(part.values)


def _view(given: SiteData, indicator: Indicator, place: int, facet: Facet) -> FacetView:
    by = by_comma(facet.dimensions)
    places = {part.region.region_id for part in facet.parts}
    heads = (*facet.dimensions, *((t("indicator.breakdown.place"),) if len(places) > 1 else ()))
    rows = [(*part.values, *((part.region.name,) if len(places) > 1 else ())) for part in facet.parts]
    periods = _periods(facet.parts)
    said = parts.said_together(indicator, (figure for part in facet.parts for figure in part.figures))
    sources = {figure.source.source_id: figure.source for part in facet.parts for figure in part.figures}
    return FacetView(
        anchor=f"parts-{place}",
        title=t("indicator.breakdown.title", by=by),
        heads=heads,
        periods=tuple(period(each) for each in periods),
        caption=t("indicator.breakdown.caption", name=indicator.name, by=by, unit=in_brackets(said.unit)),
        chart=given.charts.get(_chart_id(indicator, place)),
        chips=tuple(_chips(heads, rows)) if len(rows) <= ROWS_WITH_CHIPS else (),
        rows=tuple(
            PartRow(names, _figures(part, periods, indicator.decimals, said))
            for names, part in zip(rows, facet.parts, strict=True)
        ),
        note=t("indicator.breakdown.note", count=len(rows)),
        sources=tuple(parts.source_link(source) for source in sources.values()),
    )


def _chips(heads: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Iterator[Chips]:
    """The dimensions along which a table of more than a few rows can be narrowed: those of several values."""
    if len(rows) < ROWS_WORTH_CHIPS:
        return
    for place, head in enumerate(heads):
        values = tuple(dict.fromkeys(names[place] for names in rows))
        if len(values) > 1:
            yield Chips(head, place, values)


def _periods(shown: Sequence[Part]) -> tuple[str, ...]:
    """The latest periods of any part, the earliest first; whole years where there are any."""
    seen = {key_of(figure.observation.period) for part in shown for figure in part.figures}
    found = {key: when for key in seen if (when := parse_period(key)) is not None}
    years = {key: when for key, when in found.items() if when.frequency == "A"}
    ordered = sorted(years or found, key=lambda key: (found[key].end, found[key].months))
    return tuple(ordered[-PERIODS_SHOWN:])


def _value(seen: Observation, decimals: int, said: SaidIn) -> str:
    return DASH if seen.value is None else number(said.figure(seen.value), said.places(decimals))


def _figures(part: Part, periods: Sequence[str], decimals: int, said: SaidIn) -> tuple[str, ...]:
    known = {key_of(figure.observation.period): figure.observation for figure in part.figures}
    told = (known.get(each) for each in periods)
    return tuple(
        DASH if seen is None else _value(seen, decimals, said) + wording.mark(seen.obs_status) for seen in told
    )
