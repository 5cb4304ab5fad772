"""The status bar: all targets by family in one bar, the eleven statuses in rows below, unjudged ones never left out.

Gets a tally, gives a `ChartSpec`. Each status has its glyph and its name beside its bar, so nothing hangs on colour.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from build_scripts.charts import theme
from build_scripts.charts.alt import alt
from build_scripts.charts.credits import disclaimer
from build_scripts.charts.fonts import width
from build_scripts.charts.form import Form
from build_scripts.charts.labels import Box, Label, Spot, place, text_row
from build_scripts.charts.layers import glyphs, pixels, span, texts
from build_scripts.charts.spec import NARROW, WIDE, ChartSpec, Drawing, Padding, Table
from build_scripts.charts.tidy import tidy
from build_scripts.core.method import Family, Status
from build_scripts.locale import by_comma, number, percent, t
from build_scripts.report import Tally

KIND = "status_bar"
BAR_TOP, BAR_BOTTOM = 24.0, 54.0
FIRST_ROW, ROW, GAP = 82.0, 22.0, 8.0
THICK = 6.0
LABEL_ROOM = 132.0


def status_bar(chart_id: str, tally: Tally) -> ChartSpec:
    """The status bar of a tally, over all its targets."""
    title = _title(tally)
    counts = by_comma(
        t("charts.status_bar.alt_count", label=t(f"status.label.{status}"), count=count)
        for status, count in tally.by_status
    )
    return ChartSpec(
        id=chart_id,
        kind=KIND,
        title=title,
        alt=t("charts.status_bar.alt", title=title, counts=counts),
        unit="",
        key=t("charts.status_bar.key"),
        table=_table(tally),
        source_ids=(),
        form=FORM,
        wide=_drawing(tally, WIDE),
        narrow=_drawing(tally, NARROW),
        credits=disclaimer(),
        tidy=tidy("status family count", ((each.value, each.family.value, count) for each, count in tally.by_status)),
    )


def _title(tally: Tally) -> str:
    unjudged = tally.family(Family.UNJUDGED)
    name = "title" if unjudged and tally.judged else "title_none" if unjudged else "title_all"
    if not tally.total:
        name = "title_empty"
    return t(f"charts.status_bar.{name}", total=tally.total, judged=tally.judged, unjudged=unjudged)


def _table(tally: Tally) -> Table:
    def share(count: int) -> str:
        return percent(Decimal(100 * count) / tally.total if tally.total else None)

    columns = tuple(t(f"charts.status_bar.column_{name}") for name in ("status", "family", "count", "share"))
    rows = [
        (t(f"status.label.{status}"), t(f"status.family.{status.family}"), number(count), share(count))
        for status, count in tally.by_status
    ]
    whole = (t("charts.status_bar.total"), "", number(tally.total), share(tally.total))
    return Table(columns, (*rows, whole))


def _drawing(tally: Tally, total: float) -> Drawing:
    """Rows of one layout: `x` counts targets; the bar on top and the rows below have a scale each."""
    family_room = 96.0 if total >= WIDE else 0.0
    padding = Padding(left=4, top=0, right=4, bottom=0)
    inner = total - padding.left - padding.right
    rows = [*_bar(tally, inner)]
    rows_start = family_room + LABEL_ROOM
    longest = max((count for _, count in tally.by_status), default=0) or 1
    top = FIRST_ROW
    for family in Family:
        members = [(status, count) for status, count in tally.by_status if status.family is family]
        name = t("charts.status_bar.family", label=t(f"status.family.{family}"), count=tally.family(family))
        rows.append(text_row(name, Spot(0, top), theme.MUTED))
        if not family_room:
            top += ROW
        for status, count in members:
            rows += _row(status, count, top, family_room)
            length = count / longest * (inner - rows_start - 40)
            rows.append(text_row(number(count), Spot(rows_start + length + 6, top)))
            top += ROW
        top += GAP
    height = top - GAP
    params = {
        "total": max(tally.total, 1),
        "full": inner,
        "longest": longest,
        "start": rows_start,
        "end": inner - 40,
        "bottom": height,
    }
    return Drawing(total, height, tuple(rows), params, padding)


def _row(status: Status, count: int, top: float, left: float) -> Iterator[dict[str, Any]]:
    """Glyph, name and bar of one status."""
    yield {"part": "glyph", "px": left + 8, "py": top, "size": 90, **theme.glyph(status)}
    yield text_row(t(f"status.label.{status}"), Spot(left + 22, top))
    hollow = status in theme.HOLLOW
    colour = theme.status_colour(status)
    if count:
        yield {
            "part": "row",
            "x": 0,
            "x2": count,
            "y": top - THICK,
            "y2": top + THICK,
            "fill": (theme.UNJUDGED_FILL if status.family is Family.UNJUDGED else theme.GROUND) if hollow else colour,
            "stroke": colour,
        }


def _bar(tally: Tally, inner: float) -> Iterator[dict[str, Any]]:
    """The bar of families, a segment a status, with the families named above it where there is room."""
    begin = 0
    labels = []
    for family in Family:
        first = begin
        for status, count in tally.by_status:
            if status.family is not family or not count:
                continue
            unjudged = family is Family.UNJUDGED
            colour = theme.UNJUDGED_FILL if unjudged else theme.status_colour(status)
            yield {
                "part": "bar", "x": begin, "x2": begin + count, "y": BAR_TOP, "y2": BAR_BOTTOM,
                "fill": colour, "stroke": theme.GROUND,
            }  # fmt: skip
            begin += count
        if begin > first:
            text = t("charts.status_bar.family", label=t(f"status.family.{family}"), count=begin - first)
            start, end = (edge / tally.total * inner for edge in (first, begin))
            reach = width(text, theme.FONT_SIZE)
            spots = (Spot(start, 12), Spot(end, 12, "right"), *(Spot(start + dx, 12) for dx in (-20, 20, -40, 40)))
            labels.append(Label(text, spots, optional=reach > inner))
    yield from place(labels, Box(0, 0, inner, BAR_TOP))


def _form() -> alt.TopLevelMixin:
    """The status bar without data."""
    y = alt.Y("y:Q", scale=pixels("bottom"), axis=None)
    whole = alt.Scale(domain=[0, alt.ExprRef("total")], range=[0, alt.ExprRef("full")], nice=False)
    bar = span("bar").encode(x=alt.X("x:Q", scale=whole, axis=None), x2="x2:Q", y=y, y2="y2:Q")
    scale = alt.Scale(domain=[0, alt.ExprRef("longest")], range=[alt.ExprRef("start"), alt.ExprRef("end")], nice=False)
    row = span("row").encode(x=alt.X("x:Q", scale=scale, axis=None), x2="x2:Q", y=y, y2="y2:Q")
    chart: alt.TopLevelMixin = alt.layer(bar, row, glyphs(), texts()).resolve_scale(x="independent")
    return chart


FORM = Form(
    name=KIND,
    fields="part x x2 y y2 shape fill stroke dash size px py align text",
    params=("total", "full", "longest", "start", "end", "bottom"),
    build=_form,
)
