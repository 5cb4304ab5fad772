"""The share chart: the parts of a whole, each against the whole. What is not published is shown as a part of its own.

Gets parts and the whole, gives a `ChartSpec`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from build_scripts.charts import theme
from build_scripts.charts.credits import publishers
from build_scripts.charts.fonts import width
from build_scripts.charts.labels import Spot, text_row
from build_scripts.charts.ladder import form, ladder
from build_scripts.charts.scale import Scales, magnitude, shown
from build_scripts.charts.spec import NARROW, WIDE, ChartSpec, Drawing, Table
from build_scripts.core.records import Indicator, Region
from build_scripts.locale import by_semicolon, number, percent, period, t, with_unit
from build_scripts.report import Figure

KIND = "share"
FORM = form(KIND)
HALF = 7.0


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    value: Decimal | None
    pct: Decimal | None
    rest: bool = False


def share(
    chart_id: str,
    indicator: Indicator,
    whole: Figure,
    parts: Sequence[tuple[Region, Figure | None]],
    scales: Scales = None,
) -> ChartSpec | None:
    """The shares of `parts` in `whole`, all of one period and unit; None when the whole is not above nought.

    A part without a figure stays in the chart, marked as not published. When the parts stay below the whole the
    difference is drawn as the rest. `scales` as `magnitude` has them.
    """
    total = whole.observation.value
    if total is None or total <= 0:
        return None
    rows = [_part(region, figure, total) for region, figure in parts]
    known = sum((row.value for row in rows if row.value is not None), Decimal(0))
    if known < total and len(rows) > 0:
        rows.append(_Part(t("charts.share.rest"), total - known, 100 * (total - known) / total, rest=True))
    divisor, unit = magnitude([total], indicator.unit, scales)
    published = [row for row in rows if row.value is not None and not row.rest]
    words = {
        "period": period(whole.observation.period),
        "name": indicator.name,
        "whole": with_unit(number(shown(total, divisor)), unit),
    }
    title = _title(published, len(parts), known / total, words)
    points = by_semicolon(_reading(row, divisor, unit) for row in rows)
    figures = [whole, *(figure for _, figure in parts if figure)]
    return ChartSpec(
        id=chart_id,
        kind=KIND,
        title=title,
        alt=t("charts.share.alt", title=title, points=points),
        unit=unit,
        key=t("charts.share.key_over") if known > total else t("charts.share.key"),
        table=_table(rows, total, divisor, unit),
        source_ids=tuple(dict.fromkeys(figure.source.source_id for figure in figures)),
        form=FORM,
        wide=_drawing(rows, divisor, unit, WIDE),
        narrow=_drawing(rows, divisor, unit, NARROW),
        credits=publishers(figure.source for figure in figures),
        data=f"indicators/{indicator.indicator_id}",
    )


def _title(published: Sequence[_Part], count: int, known: Decimal, words: dict[str, str]) -> str:
    """The largest part where all are published, else how much of the whole the published ones are."""
    if 1 < len(published) == count:
        largest = max(published, key=lambda part: part.pct or Decimal(0))
        return t("charts.share.title_full", **words, largest=largest.name, share=percent(largest.pct))
    return t("charts.share.title", **words, count=count, published=len(published), share=percent(100 * known))


def _part(region: Region, figure: Figure | None, total: Decimal) -> _Part:
    value = figure.observation.value if figure else None
    return _Part(region.name, value, 100 * value / total if value is not None else None)


def _reading(row: _Part, divisor: Decimal, unit: str) -> str:
    if row.value is None:
        return t("charts.share.alt_none", name=row.name)
    value = with_unit(_number(row, divisor), unit)
    return t("charts.share.alt_row", name=row.name, value=value, share=percent(row.pct))


def _number(row: _Part, divisor: Decimal) -> str:
    return number(shown(row.value, divisor))


def _table(rows: Sequence[_Part], total: Decimal, divisor: Decimal, unit: str) -> Table:
    columns = (t("charts.share.column_name"), t("charts.share.column_value", unit=unit), t("charts.share.column_share"))
    body = [(row.name, _number(row, divisor), percent(row.pct)) for row in rows]
    whole = (t("charts.share.whole"), number(shown(total, divisor)), percent(Decimal(100)))
    return Table(columns, (*body, whole))


def _drawing(parts: Sequence[_Part], divisor: Decimal, unit: str, total: float) -> Drawing:
    widest = max(100.0, *(float(part.pct or 0) for part in parts))
    tail = max(width(_label(part, divisor, unit), theme.FONT_SIZE) for part in parts) + 12
    rows = ladder([part.name for part in parts], total, (0, widest), tail=tail, thick=2 * HALF + 2)
    drawn = [*rows.grid({0.0: "0", 50.0: "50%", 100.0: "100%"})]
    for part, rung in zip(parts, rows.rungs, strict=True):
        drawn += _row(part, rung.y)
        text = t("charts.share.unpublished")
        if part.value is not None:
            text = _label(part, divisor, unit)
        drawn.append(
            text_row(text, Spot(rows.x.end + 10, rung.y), theme.INK if part.value is not None else theme.MUTED)
        )
    return rows.drawing(drawn)


def _label(part: _Part, divisor: Decimal, unit: str) -> str:
    return t("charts.share.label", value=with_unit(_number(part, divisor), unit), share=percent(part.pct))


def _row(part: _Part, y: float) -> Iterator[dict[str, Any]]:
    yield {"part": "span", "x": 0, "x2": 100, "y": y - HALF, "y2": y + HALF, "fill": theme.TRACK, "stroke": theme.TRACK}
    if part.pct:
        fill = theme.GROUND if part.rest else theme.SERIES
        stroke = theme.AXIS if part.rest else theme.SERIES
        ends = {"x": 0, "x2": float(part.pct), "y": y - HALF, "y2": y + HALF}
        yield {"part": "span", **ends, "fill": fill, "stroke": stroke}
