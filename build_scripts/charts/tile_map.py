"""The tile map: regions as equal tiles in a schematic order, one figure each. Not a boundary map.

Gets regions with a figure or none, gives a `ChartSpec`. Positions come from the caller when the package has them; else
the tiles are laid out in rows by the regions' own order.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from build_scripts.charts import theme
from build_scripts.charts.alt import alt
from build_scripts.charts.credits import publishers
from build_scripts.charts.fonts import clip, wrap
from build_scripts.charts.form import Form
from build_scripts.charts.labels import Spot, text_row
from build_scripts.charts.layers import only, pixels, texts
from build_scripts.charts.scale import Scales, magnitude, shown
from build_scripts.charts.spec import NARROW, WIDE, ChartSpec, Drawing, Padding, Table
from build_scripts.core.records import Indicator, Region
from build_scripts.locale import by_semicolon, number, period, t, with_unit
from build_scripts.report import Figure

KIND = "tile_map"
GAP = 6.0
HEIGHT = 74.0
MOST_WIDE = 130.0


@dataclass(frozen=True, slots=True)
class _Tile:
    name: str
    row: int
    column: int
    value: Decimal | None
    step: int


def tile_map(
    chart_id: str,
    indicator: Indicator,
    seen: str,
    cells: Sequence[tuple[Region, Figure | None]],
    positions: Mapping[str, tuple[int, int]] | None = None,
    scales: Scales = None,
) -> ChartSpec | None:
    """One tile a region with its figure for the period `seen`; None without regions.

    `positions` are (row, column) by `region_id`, from nought; without them, or where one is missing or two coincide,
    the tiles follow the regions' order. `scales` as `magnitude` has them.
    """
    if not cells:
        return None
    ordered = sorted(cells, key=lambda cell: cell[0].order)
    tiles = _tiles(ordered, _positions([region for region, _ in ordered], positions or {}))
    values = [tile.value for tile in tiles if tile.value is not None]
    divisor, unit = magnitude(values, indicator.unit, scales)
    texts_ = [(tile.name, _value(tile, divisor)) for tile in tiles]
    title = _title(
        indicator, seen, len(tiles), [shown(value, divisor, indicator.decimals) or Decimal(0) for value in values], unit
    )
    points = by_semicolon(t("charts.tile_map.alt_row", name=name, value=value) for name, value in texts_)
    value_column = t("charts.tile_map.column_value", unit=unit) if unit else t("charts.tile_map.column_value_only")
    return ChartSpec(
        id=chart_id,
        kind=KIND,
        title=title,
        alt=t("charts.tile_map.alt", title=title, points=points),
        unit=unit,
        key=t("charts.tile_map.key", unit=unit) if unit else t("charts.tile_map.key_no_unit"),
        table=Table((t("charts.tile_map.column_region"), value_column), tuple(texts_)),
        source_ids=tuple(dict.fromkeys(figure.source.source_id for _, figure in cells if figure)),
        form=FORM,
        wide=_drawing(tiles, (divisor, indicator.decimals), WIDE),
        narrow=_drawing(tiles, (divisor, indicator.decimals), NARROW),
        credits=publishers(figure.source for _, figure in cells if figure),
        data=f"indicators/{indicator.indicator_id}",
    )


def _title(indicator: Indicator, seen: str, count: int, values: Sequence[Decimal], unit: str) -> str:
    words = {"period": period(seen), "name": indicator.name, "count": count, "published": len(values)}
    if len(values) < 2:
        return t("charts.tile_map.title", **words)
    low, high = (with_unit(number(value), unit) for value in (min(values), max(values)))
    return t("charts.tile_map.title_range", **words, low=low, high=high)


def _positions(regions: Sequence[Region], given: Mapping[str, tuple[int, int]]) -> list[tuple[int, int]]:
    """The given places if they are complete and distinct, else rows as long as the square root of the count."""
    wanted = [given[region.region_id] for region in regions if region.region_id in given]
    if len(wanted) == len(regions) == len(set(wanted)):
        return wanted
    columns = math.ceil(math.sqrt(len(regions)))
    return [divmod(index, columns) for index in range(len(regions))]


def _tiles(cells: Sequence[tuple[Region, Figure | None]], places: Sequence[tuple[int, int]]) -> list[_Tile]:
    values = sorted({f.observation.value for _, f in cells if f and f.observation.value is not None})
    steps = {value: min(3, index * 4 // len(values)) for index, value in enumerate(values)}
    tiles = []
    for (region, figure), (row, column) in zip(cells, places, strict=True):
        value = figure.observation.value if figure else None
        tiles.append(_Tile(region.name, row, column, value, steps[value] if value is not None else -1))
    return tiles


def _value(tile: _Tile, divisor: Decimal, most: int | None = None) -> str:
    return t("charts.tile_map.none") if tile.value is None else number(shown(tile.value, divisor, most))


def _drawing(tiles: Sequence[_Tile], scale: tuple[Decimal, int], total: float) -> Drawing:
    columns = max(tile.column for tile in tiles) + 1
    across = min((total - 2 - GAP * (columns - 1)) / columns, MOST_WIDE)
    rows: list[dict[str, Any]] = []
    for tile in tiles:
        rows += _tile(tile, scale, across)
    height = (max(tile.row for tile in tiles) + 1) * (HEIGHT + GAP) - GAP + 2
    return Drawing(total, height, tuple(rows), {"full": total, "bottom": height}, Padding(0, 0, 0, 0))


def _tile(tile: _Tile, scale: tuple[Decimal, int], across: float) -> Iterator[dict[str, Any]]:
    """One tile: its ground by the step of its value, the name, the figure."""
    left = round(1 + tile.column * (across + GAP), 1)
    top = 1 + tile.row * (HEIGHT + GAP)
    empty = tile.value is None
    yield {
        "part": "tile",
        "x": left,
        "x2": round(left + across, 1),
        "y": top,
        "y2": top + HEIGHT,
        "fill": theme.GROUND if empty else theme.TINTS[tile.step],
        "stroke": theme.AXIS if empty else theme.TINTS[tile.step],
        "dash": [3, 3] if empty else [1, 0],
        "hint": f"{tile.name} {_value(tile, scale[0])}",
    }
    room = across - 10
    names = wrap(tile.name, theme.FONT_SIZE, room, 2)
    for index, line in enumerate(names):
        yield text_row(line, Spot(left + 5, top + 15 + index * 16))
    value = clip(_value(tile, *scale), 14, room)
    fill = theme.MUTED if empty else theme.INK
    yield text_row(value, Spot(left + 5, top + HEIGHT - 14), fill, theme.SMALL if empty else 14)


def _form() -> alt.TopLevelMixin:
    """The tiles without data, in px."""
    x = alt.X("x:Q", axis=None, scale=pixels("full"))
    tile = (
        only("tile")
        .mark_rect(strokeDash=alt.ExprRef("datum.dash"), cornerRadius=3)
        .encode(
            x=x,
            x2="x2:Q",
            y=alt.Y("y:Q", axis=None, scale=pixels("bottom")),
            y2="y2:Q",
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("stroke:N", scale=None),
            tooltip=alt.Tooltip("hint:N"),
        )
    )
    chart: alt.TopLevelMixin = alt.layer(tile, texts())
    return chart


FORM = Form(
    name=KIND,
    fields="part x x2 y y2 fill stroke dash hint px py align text size",
    params=("full", "bottom"),
    build=_form,
)
