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
from build_scripts.core.records import Indicator, Region
from build_scripts.locale import DASH, by_comma, by_semicolon, in_brackets, number, period, t, with_unit
from build_scripts.report import Figure

KIND = "small_multiples"
HEAD, PLOT, FOOT, GAP = 20.0, 56.0, 16.0, 16.0
# How far above the foot line a figure has to stay to be read.
ABOVE_FOOT = 8.0
_PANELS = {WIDE: 5, NARROW: 2}


@dataclass(frozen=True, slots=True)
class _Panel:
    name: str
    points: tuple[tuple[str, Decimal], ...]
    bases: tuple[str, ...]


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
    panels = [_panel_of(region, figures) for region, figures in series]
    values = [value for panel in panels for _, value in panel.points]
    divisor, unit = magnitude(values, indicator.unit, scales)
    years = [moment(seen) for panel in panels for seen, _ in panel.points]
    marks = ticks(*_bounds([float(value / divisor) for value in values]), 3)
    scale = _Scale(marks[0], marks[-1], min(years, default=0), max(years, default=1), divisor, indicator.decimals)
    title = _title(indicator, panels, told)
    form = tick_format(marks)
    low, high = (f"{mark:{form}}".replace("-", "−") for mark in (marks[0], marks[-1]))
    return ChartSpec(
        id=chart_id,
        kind=KIND,
        title=title,
        alt=t(
            "charts.small_multiples.alt", title=title, points=by_semicolon(_reading(p, divisor, unit) for p in panels)
        ),
        unit=unit,
        key=_key(panels, t("charts.small_multiples.key", low=low, high=with_unit(high, unit))) if values else "",
        table=_table(panels, divisor, unit, told),
        source_ids=tuple(dict.fromkeys(f.source.source_id for _, figures in series for f in figures)),
        form=FORM,
        wide=_drawing(panels, scale, WIDE),
        narrow=_drawing(panels, scale, NARROW),
        credits=publishers(f.source for _, figures in series for f in figures),
        data=f"{'indicators' if told == KIND else 'breakdowns'}/{indicator.indicator_id}",
    )


def _key(panels: Sequence[_Panel], scale: str) -> str:
    """The scale, and that lines break where the basis changes."""
    several = any(len(set(panel.bases)) > 1 for panel in panels)
    return scale + (t("charts.small_multiples.key_basis") if several else "")


def _panel_of(region: Region, figures: Sequence[Figure]) -> _Panel:
    """Full years and what stands for them."""
    years = [each.observation for each in figures if each.stands and is_year(each.observation.period)]
    points = tuple((key_of(seen.period), seen.value) for seen in years if seen.value is not None)
    return _Panel(region.name, points, tuple(seen.basis for seen in years))


def _bounds(values: Sequence[float]) -> tuple[float, float]:
    """The common scale: from nought unless the figures lie far above it and close together."""
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    return (low, high) if low < 0 or low > 0.6 * high else (0.0, high)


def _title(indicator: Indicator, panels: Sequence[_Panel], told: str) -> str:
    seen = [point[0] for panel in panels for point in panel.points]
    if not seen:
        return t(f"charts.{told}.title_none", name=indicator.name, count=len(panels))
    published = sum(bool(panel.points) for panel in panels)
    values = {"name": indicator.name, "count": len(panels), "published": published, "period": period(max(seen))}
    return t(f"charts.{told}.title", **values)


def _reading(panel: _Panel, divisor: Decimal, unit: str) -> str:
    if not panel.points:
        return t("charts.small_multiples.alt_none", name=panel.name)
    points = by_comma(
        t("charts.small_multiples.alt_point", period=period(seen), value=with_unit(number(shown(value, divisor)), unit))
        for seen, value in panel.points
    )
    return t("charts.small_multiples.alt_row", name=panel.name, points=points)


def _table(panels: Sequence[_Panel], divisor: Decimal, unit: str, told: str) -> Table:
    years = sorted({seen for panel in panels for seen, _ in panel.points})
    columns = (t(f"charts.{told}.column_region"), *(period(year) + in_brackets(unit) for year in years))
    rows = []
    for panel in panels:
        values = dict(panel.points)
        cells = (number(shown(values[y], divisor)) if y in values else DASH for y in years)
        rows.append((panel.name, *cells))
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
    unbroken, edge = runs([moment(seen) for seen, _ in panel.points]), left + 3
    for (seen, value), basis, run in zip(panel.points, panel.bases, unbroken, strict=True):
        line = sys.intern(f"{panel.name} {basis}" + (f" {run}" if run else ""))  # one text for all of a line's rows
        point = {"x": moment(seen), "y": float(value / scale.divisor), "ox": edge, "oy": top, "series": line}
        hint = f"{panel.name} {period(seen)} {number(shown(value, scale.divisor))}"
        yield {"part": "line", **point, "hint": hint}
    seen, value = panel.points[-1]
    x, y = _place(scale, seen, value, (left + 3, top), plot)
    yield {"part": "last", "px": x, "py": y}
    text = number(shown(value, scale.divisor, scale.decimals))
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


def _place(scale: _Scale, seen: str, value: Decimal, origin: tuple[float, float], plot: float) -> tuple[float, float]:
    """Where a point stands, by the same reckoning as the form's."""
    x = origin[0] + (moment(seen) - scale.first) / ((scale.last - scale.first) or 1) * plot
    y = origin[1] + (scale.high - float(value / scale.divisor)) / (scale.high - scale.low) * PLOT
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
