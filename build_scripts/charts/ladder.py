"""The frame of all charts that are rows of names with something drawn along one scale: bars, marks, strips.

Gets names and a domain, gives where each row stands, and the Altair form that draws it. On wide pages the name stands
left of its row, on narrow ones above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from build_scripts.charts import theme
from build_scripts.charts.alt import alt
from build_scripts.charts.fonts import width, wrap
from build_scripts.charts.form import Form
from build_scripts.charts.labels import Spot, text_row
from build_scripts.charts.layers import glyphs, only, pixels, span, texts
from build_scripts.charts.scale import Axis
from build_scripts.charts.spec import WIDE, Drawing, Padding

LINE = 16.0
FIELDS = "part x x2 y y2 shape fill stroke dash size weight hint px py align text"
PARAMS = ("xlo", "xhi", "start", "end", "bottom")


@dataclass(frozen=True, slots=True)
class Rung:
    """One row: the middle of its bar in px, and the texts of its name."""

    y: float
    name: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rows of one layout. `x` maps the domain to px; `top` is where the rows begin, `bottom` where they end."""

    total: float
    x: Axis
    top: float
    bottom: float
    rungs: tuple[Rung, ...]
    foot: float

    def drawing(self, rows: Iterable[Mapping[str, Any]]) -> Drawing:
        """The names and `rows` as a drawing."""
        height = self.bottom + self.foot
        params = {"xlo": self.x.lo, "xhi": self.x.hi, "start": self.x.start, "end": self.x.end, "bottom": height}
        named = [text for rung in self.rungs for text in rung.name]
        return Drawing(self.total, height, (*rows, *named), params, Padding(0, 0, 0, 0))

    def grid(self, ticks: Mapping[float, str], every: bool = True) -> Iterator[dict[str, Any]]:
        """Vertical lines at `ticks` (value → label) through all rows, their labels above; crowded labels left out."""
        free = -1e9
        for value, label in ticks.items():
            x = self.x.at(value)
            if every:
                yield {"part": "rule", "x": value, "y": self.top, "y2": self.bottom, "stroke": theme.GRID, "weight": 1}
            half = width(label, theme.SMALL) / 2
            middle = min(max(x, half), self.total - half)
            if middle - half > free:
                yield text_row(label, Spot(middle, self.top - 10, "center"), theme.MUTED, theme.SMALL)
                free = middle + half + 6


def ladder(
    names: Sequence[str],
    total: float,
    domain: tuple[float, float],
    *,
    head: float = 24,
    tail: float = 8,
    thick: float = 18,
    foot: float = 4,
) -> Ladder:
    """Rows for `names` in a picture `total` px wide.

    `head` is the room above the rows, `tail` right of the scale (for values written there), `thick` the height of
    what is drawn in a row, `foot` the room below the last row.
    """
    wide = total >= WIDE
    room = (
        min(max((width(name, theme.FONT_SIZE) for name in names), default=0) + 6, total * 0.38) if wide else total - 4
    )
    start = room + 12 if wide else 2
    rungs = []
    y = head
    for name in names:
        lines = wrap(name, theme.FONT_SIZE, room, 2)
        if wide:
            height = max(thick, len(lines) * LINE) + 8
            middle = y + height / 2
            texts = [
                text_row(line, Spot(0, middle + (index - (len(lines) - 1) / 2) * LINE))
                for index, line in enumerate(lines)
            ]
        else:
            height = len(lines) * LINE + thick + 12
            middle = y + len(lines) * LINE + 2 + thick / 2
            texts = [text_row(line, Spot(0, y + (index + 0.5) * LINE)) for index, line in enumerate(lines)]
        rungs.append(Rung(round(middle, 1), tuple(texts)))
        y += height
    return Ladder(total, Axis(*domain, start, total - tail), head, y, tuple(rungs), foot)


def form(name: str) -> Form:
    """The form of a ladder chart, under the name of its kind."""
    return Form(name, FIELDS, PARAMS, _build)


def _build() -> alt.TopLevelMixin:
    """Rules, spans, lines, marks, glyphs and texts; `x` is the scale, `y` stands in px from the top."""
    reach = [alt.ExprRef("start"), alt.ExprRef("end")]
    x = alt.X(
        "x:Q", axis=None, scale=alt.Scale(domain=[alt.ExprRef("xlo"), alt.ExprRef("xhi")], range=reach, nice=False)
    )
    y = alt.Y("y:Q", axis=None, scale=pixels("bottom"))
    stroke = alt.Stroke("stroke:N", scale=None)
    weight = alt.StrokeWidth("weight:Q", scale=None)
    rule = only("rule").mark_rule().encode(x=x, y=y, y2="y2:Q", stroke=stroke, strokeWidth=weight)
    bar = span("span").encode(x=x, x2="x2:Q", y=y, y2="y2:Q")
    line = only("line").mark_rule().encode(x=x, x2="x2:Q", y=y, stroke=stroke, strokeWidth=weight)
    edge = only("edge").mark_rule().encode(x=x, y=y, y2="y2:Q", stroke=stroke, strokeWidth=weight)
    mark = (
        only("mark")
        .mark_point(strokeDash=alt.ExprRef("datum.dash"), strokeWidth=1.5, opacity=1)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape("shape:N", scale=None),
            fill=alt.Fill("fill:N", scale=None),
            stroke=stroke,
            size=alt.Size("size:Q", scale=None),
            tooltip=alt.Tooltip("hint:N"),
        )
    )
    chart: alt.TopLevelMixin = alt.layer(rule, bar, line, edge, mark, glyphs(), texts())
    return chart
