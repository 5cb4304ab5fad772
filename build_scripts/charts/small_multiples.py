"""Small multiples: one indicator in each region, all on one scale, so that levels and trends compare at a glance.

Gets series by region, gives a `ChartSpec`. A region without full-year figures keeps its place and says so; figures
counted on different bases are not joined by a line.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from build_scripts.charts import theme
from build_scripts.charts.alt import alt
from build_scripts.charts.credits import publishers
from build_scripts.charts.fonts import clip, width
from build_scripts.charts.form import Form
from build_scripts.charts.labels import Spot, text_row
from build_scripts.charts.layers import only, pixels, texts
from build_scripts.charts.scale import Scales, magnitude, moment, runs, shown, tick_format, ticks
from build_scripts.charts.spec import NARROW, WIDE, ChartSpec, Drawing, Padding, Table
from build_scripts.core.periods import is_year, key_of
from build_scripts.core.records import Indicator, Observation, Region
from build_scripts.locale import DASH, by_comma, by_semicolon, in_brackets, number, period, t, with_unit
from build_scripts.report import Figure

KIND = "small_multiples"
HEAD, PLOT, FOOT, GAP = 20.0, 56.0, 16.0, 16.0
# How far above the foot line a figure has to stay to be read.
ABOVE_FOOT = 8.0
_PANELS = {WIDE: 5, NARROW: 2}


@dataclass(frozen=True, slots=True)
class _Point:
    """A full year: when it is, as a period, in words and on the axis, and its figure, as recorded and as shown."""

    period: str
    year: str
    moment: float
    basis: str
    value: Decimal
    level: float
    said: str


@dataclass(frozen=True, slots=True)
class _Panel:
    name: str
    points: tuple[_Point, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float
    first: float
    last: float
    divisor: Decimal
    decimals: int


def small_multiples(
    chart_id: str,
    indicator: Indicator,
    series: Sequence[tuple[Region, Sequence[Figure]]],
    told: str = KIND,
    scales: Scales = None,
) -> ChartSpec | None:
    """A panel a region for full-year figures of one indicator, in the order given; None without regions.

    `told` says what the panels are: regions, or the parts of a breakdown under their own names (`breakdown`);
    `scales` as `magnitude` has them.
    """
    if not series:
        return None
    years = [(region.name, _full_years(figures)) for region, figures in series]
    divisor, unit = magnitude([value for _, seen in years for _, value in seen], indicator.unit, scales)
    panels = [_Panel(name, tuple(_point(each, value, divisor) for each, value in seen)) for name, seen in years]
    points = [point for panel in panels for point in panel.points]
    marks = ticks(*_bounds([point.level for point in points]), 3)
    moments = [point.moment for point in points]
    scale = _Scale(marks[0], marks[-1], min(moments, default=0), max(moments, default=1), divisor, indicator.decimals)
    title = _title(indicator, panels, told)
    form = tick_format(marks)
    low, high = (f"{mark:{form}}".replace("-", "−") for mark in (marks[0], marks[-1]))
    return ChartSpec(
        id=chart_id,
        kind=KIND,
        title=title,
        alt=t("charts.small_multiples.alt", title=title, points=by_semicolon(_reading(p, unit) for p in panels)),
        unit=unit,
        key=_key(panels, t("charts.small_multiples.key", low=low, high=with_unit(high, unit))) if points else "",
        table=_table(panels, unit, told),
        source_ids=tuple(dict.fromkeys(f.source.source_id for _, figures in series for f in figures)),
        form=FORM,
        wide=_drawing(panels, scale, WIDE),
        narrow=_drawing(panels, scale, NARROW),
        credits=publishers(f.source for _, figures in series for f in figures),
        data=f"{'indicators' if told == KIND else 'breakdowns'}/{indicator.indicator_id}",
    )


def _key(panels: Sequence[_Panel], scale: str) -> str:
    """The scale, and that lines break where the basis changes."""
    several = any(len({point.basis for point in panel.points}) > 1 for panel in panels)
    return scale + (t("charts.small_multiples.key_basis") if several else "")


def _full_years(figures: Sequence[Figure]) -> list[tuple[Observation, Decimal]]:
    """What stands for full years, each with its figure."""
    seen = [each.observation for each in figures if each.stands and is_year(each.observation.period)]
    return [(each, each.value) for each in seen if each.value is not None]


def _point(seen: Observation, value: Decimal, divisor: Decimal) -> _Point:
    when = key_of(seen.period)
    said = number(shown(value, divisor))
    return _Point(when, period(when), moment(when), seen.basis, value, float(value / divisor), said)


def _bounds(values: Sequence[float]) -> tuple[float, float]:
    """The common scale: from nought unless the figures lie far above it and close together."""
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    return (low, high) if low < 0 or low > 0.6 * high else (0.0, high)


def _title(indicator: Indicator, panels: Sequence[_Panel], told: str) -> str:
    seen = [point.period for panel in panels for point in panel.points]
    if not seen:
        return t(f"charts.{told}.title_none", name=indicator.name, count=len(panels))
    published = sum(bool(panel.points) for panel in panels)
    values = {"name": indicator.name, "count": len(panels), "published": published, "period": period(max(seen))}
    whole = published == len(panels) > 2
    return t(f"charts.{told}.title{'_all' if whole else ''}", **values)


def _reading(panel: _Panel, unit: str) -> str:
    if not panel.points:
        return t("charts.small_multiples.alt_none", name=panel.name)
    points = by_comma(
        t("charts.small_multiples.alt_point", period=point.year, value=with_unit(point.said, unit))
        for point in panel.points
    )
    return t("charts.small_multiples.alt_row", name=panel.name, points=points)


def _table(panels: Sequence[_Panel], unit: str, told: str) -> Table:
    years = sorted({point.period for panel in panels for point in panel.points})
    columns = (t(f"charts.{told}.column_region"), *(period(year) + in_brackets(unit) for year in years))
    rows = []
    for panel in panels:
        said = {point.period: point.said for point in panel.points}
        rows.append((panel.name, *(said.get(year, DASH) for year in years)))
    return Table(columns, tuple(rows))


def _drawing(panels: Sequence[_Panel], scale: _Scale, total: float) -> Drawing:
    count = min(_PANELS[int(total)], len(panels))
    across = (total - GAP * (count - 1)) / count
    rows: list[dict[str, Any]] = []
    for index, panel in enumerate(panels):
        left = (index % count) * (across + GAP)
        top = (index // count) * (HEAD + PLOT + FOOT + GAP)
        rows += _panel(panel, scale, (left, top + HEAD), across)
    height = -(-len(panels) // count) * (HEAD + PLOT + FOOT + GAP) - GAP + 4
    room = 40.0
    params = {
        "full": total,
        "bottom": height,
        "xlo": scale.first,
        "xspan": (scale.last - scale.first) or 1,
        "yhi": scale.high,
        "yspan": scale.high - scale.low,
        "across": across - room,
        "plot": PLOT,
    }
    return Drawing(total, height, tuple(rows), params, Padding(0, 0, 0, 0))


def _panel(panel: _Panel, scale: _Scale, origin: tuple[float, float], across: float) -> Iterator[dict[str, Any]]:
    """One region: its name, the foot line with the first and last year, the line, the last value."""
    left, top = (round(edge, 1) for edge in origin)
    plot = across - 40
    yield text_row(clip(panel.name, theme.FONT_SIZE, across), Spot(left, top - 11))
    yield {"part": "foot", "px": left, "px2": round(left + plot, 1), "py": top + PLOT}
    if not panel.points:
        text = t("charts.small_multiples.none")
        yield text_row(text, Spot(left, top + PLOT / 2), theme.MUTED, theme.SMALL)
        return
    unbroken, edge = runs([point.moment for point in panel.points]), left + 3
    for point, run in zip(panel.points, unbroken, strict=True):
        # One text for all of a line's rows.
        line = sys.intern(f"{panel.name} {point.basis}" + (f" {run}" if run else ""))
        place = {"x": point.moment, "y": point.level, "ox": edge, "oy": top, "series": line}
        yield {"part": "line", **place, "hint": f"{panel.name} {point.year} {point.said}"}
    last_point = panel.points[-1]
    x, y = _place(scale, last_point, (left + 3, top), plot)
    yield {"part": "last", "px": x, "py": y}
    text = number(shown(last_point.value, scale.divisor, scale.decimals))
    beside = min(y, top + PLOT - ABOVE_FOOT)
    spot = (
        Spot(x + 6, beside)
        if x + 6 + width(text, theme.SMALL) <= left + across
        else Spot(left + across, y - 11, "right")
    )
    yield text_row(text, spot, theme.INK, theme.SMALL)
    first, last = f"{scale.first:g}", f"{scale.last:g}"
    yield text_row(first, Spot(left, top + PLOT + 9), theme.MUTED, theme.SMALL)
    if last != first:
        yield text_row(last, Spot(left + plot, top + PLOT + 9, "right"), theme.MUTED, theme.SMALL)


def _place(scale: _Scale, point: _Point, origin: tuple[float, float], plot: float) -> tuple[float, float]:
    """Where a point stands, by the same reckoning as the form's."""
    x = origin[0] + (point.moment - scale.first) / ((scale.last - scale.first) or 1) * plot
    y = origin[1] + (scale.high - point.level) / (scale.high - scale.low) * PLOT
    return round(x, 1), round(y, 1)


def _form() -> alt.TopLevelMixin:
    """The panels without data: each row carries the corner (`ox`, `oy`) of the panel it belongs to."""
    x = alt.X("cx:Q", axis=None, scale=pixels("full"))
    y = alt.Y("cy:Q", axis=None, scale=pixels("bottom"))
    placed = only("line").transform_calculate(
        cx="datum.ox + (datum.x - xlo) / xspan * across", cy="datum.oy + (yhi - datum.y) / yspan * plot"
    )
    line = placed.mark_line(color=theme.SERIES, strokeWidth=1.75).encode(x=x, y=y, detail="series:N")
    dots = placed.mark_circle(color=theme.SERIES, size=14, opacity=1).encode(x=x, y=y, tooltip=alt.Tooltip("hint:N"))
    at = {"x": alt.X("px:Q", axis=None, scale=pixels("full")), "y": alt.Y("py:Q", axis=None, scale=pixels("bottom"))}
    foot = only("foot").mark_rule(color=theme.AXIS).encode(**at, x2="px2:Q")
    last = only("last").mark_circle(color=theme.SERIES, size=40, opacity=1).encode(**at)
    chart: alt.TopLevelMixin = alt.layer(foot, line, dots, last, texts())
    return chart


FORM = Form(
    name=KIND,
    fields="part x y ox oy series hint px px2 py align text fill size",
    params=("full", "bottom", "xlo", "xspan", "yhi", "yspan", "across", "plot"),
    build=_form,
)
