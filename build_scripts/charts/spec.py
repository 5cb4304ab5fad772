"""What a chart is before it is drawn: its finding, its words, its table, and two drawings. Gives types only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from build_scripts.charts.form import Form, vegalite
from build_scripts.charts.tidy import Tidy

Row = Mapping[str, Any]
WIDE = 720
NARROW = 340


@dataclass(frozen=True, slots=True)
class Padding:
    """Room around the plotting area, in px; axis labels and direct labels are drawn in it."""

    left: float = 8
    top: float = 8
    right: float = 8
    bottom: float = 8


@dataclass(frozen=True)
class Drawing:
    """One layout of a chart: the data rows and sizes that are put into its form.

    `width` and `height` are the whole picture in px, `padding` is inside them. `params` fills the form's parameters.
    """

    width: float
    height: float
    rows: tuple[Row, ...]
    params: Mapping[str, Any]
    padding: Padding = Padding()

    @cached_property
    def rows_as_json(self) -> str:
        """The rows as text, of which the picture and the file for the interactive chart are both made."""
        return json.dumps(self.rows, ensure_ascii=False, separators=(",", ":"))

    @property
    def inner_width(self) -> float:
        """The width of the plotting area in px."""
        return round(self.width - self.padding.left - self.padding.right, 2)

    @property
    def inner_height(self) -> float:
        """The height of the plotting area in px."""
        return round(self.height - self.padding.top - self.padding.bottom, 2)


@dataclass(frozen=True, slots=True)
class Table:
    """The chart's numbers as text, for the table under it and the CSV; the first column names the row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """A chart: `title` states the finding, `alt` says it with the numbers, `key` explains the marks used.

    `id` is unique on the site and names the files; `source_ids` are the sources its figures rest on. `wide` is drawn
    for 720 px, `narrow` for 340 px, both by `form`. `credits` are the lines (sources, disclaimer) that
    travel with a downloaded picture. Its figures for programs are in the file that `data` names (`indicators/ID`,
    below the subsets of the data) or, where no file holds them, in `tidy`.
    """

    id: str
    kind: str
    title: str
    alt: str
    unit: str
    key: str
    table: Table
    source_ids: tuple[str, ...]
    form: Form
    wide: Drawing
    narrow: Drawing
    credits: tuple[str, ...] = ()
    data: str = ""
    tidy: Tidy | None = None

    @property
    def spec(self) -> dict[str, Any]:
        """The wide drawing as a complete Vega-Lite specification."""
        return bind(self.form, self.wide)

    @property
    def narrow_spec(self) -> dict[str, Any]:
        """The narrow drawing as a complete Vega-Lite specification."""
        return bind(self.form, self.narrow)

    @property
    def without_rows(self) -> ChartSpec:
        """The chart without the rows of its drawings, which are most of it and not asked for once it is drawn."""
        return replace(self, wide=replace(self.wide, rows=()), narrow=replace(self.narrow, rows=()))


def bind(form: Form, drawing: Drawing) -> dict[str, Any]:
    """The form's Vega-Lite specification with the drawing's rows, sizes and parameters put in.

    Raises:
        ChartError: a row has a column, or the drawing a parameter, that the form does not know.
    """
    form.check_rows(drawing.rows, drawing.params)
    spec = dict(vegalite(form))
    spec["data"] = {"name": "rows", "values": [dict(row) for row in drawing.rows]}
    spec["params"] = [{**param, "value": drawing.params[param["name"]]} for param in spec["params"]]
    return {**spec, **sizes(drawing)}


def sizes(drawing: Drawing) -> dict[str, Any]:
    """The size fields of a drawing; Vega-Lite and Vega name them alike."""
    pad = drawing.padding
    return {
        "width": drawing.inner_width,
        "height": drawing.inner_height,
        "padding": {"left": pad.left, "top": pad.top, "right": pad.right, "bottom": pad.bottom},
    }
