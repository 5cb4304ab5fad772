"""The coverage chart: of each project's targets, how many have something published, and how many are due and silent.

Gets entries by project, gives a `ChartSpec`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from build_scripts.charts import theme
from build_scripts.charts.labels import Spot, legend, swatch, text_row
from build_scripts.charts.ladder import form, ladder
from build_scripts.charts.spec import NARROW, WIDE, ChartSpec, Drawing, Table
from build_scripts.locale import number, t
from build_scripts.report import TargetEntry

KIND = "coverage"
FORM = form(KIND)
HALF = 7.0


@dataclass(frozen=True, slots=True)
class _Count:
    name: str
    total: int
    disclosed: int
    silent: int
    both: int

    @property
    def rest(self) -> int:
        """Neither due and silent nor with anything published."""
        return self.total - self.disclosed - self.silent + self.both

    @property
    def pieces(self) -> Iterator[tuple[int, tuple[str, str]]]:
        """The bar's parts from the left, each a length with its fill and outline."""
        yield self.disclosed - self.both, _LOOKS["disclosed"]
        yield self.both, (theme.SERIES, theme.status_colour_of_silence())
        yield self.silent - self.both, _LOOKS["silent"]
        yield self.rest, _LOOKS["rest"]


def coverage(chart_id: str, groups: Sequence[tuple[str, Sequence[TargetEntry]]]) -> ChartSpec | None:
    """Disclosed against silent, a row a group (name, entries); None when there is no target at all.

    A target with something published whose deadline's figure is missing counts as both: solid, with the outline.
    """
    counts = [_count(name, entries) for name, entries in groups if entries]
    if not counts:
        return None
    total, disclosed, silent = (sum(getattr(c, part) for c in counts) for part in ("total", "disclosed", "silent"))
    title = t(
        "charts.coverage.title_silent" if silent else "charts.coverage.title",
        total=total,
        disclosed=disclosed,
        silent=silent,
    )
    points = "；".join(
        t("charts.coverage.alt_row", name=c.name, total=c.total, disclosed=c.disclosed, silent=c.silent) for c in counts
    )
    return ChartSpec(
        id=chart_id,
        kind=KIND,
        title=title,
        alt=t("charts.coverage.alt", title=title, points=points),
        unit="",
        key=t("charts.coverage.key"),
        table=_table(counts),
        source_ids=(),
        form=FORM,
        wide=_drawing(counts, WIDE),
        narrow=_drawing(counts, NARROW),
    )


def _count(name: str, entries: Sequence[TargetEntry]) -> _Count:
    disclosed = sum(entry.disclosed for entry in entries)
    silent = sum(entry.silent for entry in entries)
    both = sum(entry.silent and entry.disclosed for entry in entries)
    return _Count(name, len(entries), disclosed, silent, both)


def _table(counts: Sequence[_Count]) -> Table:
    names = ("name", "total", "disclosed", "silent", "rest")
    rows = [(c.name, *(number(value) for value in (c.total, c.disclosed, c.silent, c.rest))) for c in counts]
    return Table(tuple(t(f"charts.coverage.column_{name}") for name in names), tuple(rows))


def _drawing(counts: Sequence[_Count], total: float) -> Drawing:
    most = max(count.total for count in counts)
    parts = [(t(f"charts.coverage.column_{part}"), swatch(*look)) for part, look in _LOOKS.items()]
    drawn, head = legend(parts, 10, total)
    rows = ladder([count.name for count in counts], total, (0, most), head=head, tail=64, thick=2 * HALF + 2)
    for count, rung in zip(counts, rows.rungs, strict=True):
        drawn += _bar(count, rung.y)
        text = t("charts.coverage.ratio", disclosed=count.disclosed, total=count.total)
        drawn.append(text_row(text, Spot(rows.x.at(count.total) + 8, rung.y)))
    return rows.drawing(drawn)


_LOOKS = {
    "disclosed": (theme.SERIES, theme.SERIES),
    "silent": (theme.GROUND, theme.status_colour_of_silence()),
    "rest": (theme.UNJUDGED_FILL, theme.UNJUDGED_FILL),
}


def _bar(count: _Count, y: float) -> Iterator[dict[str, Any]]:
    begin = 0
    for length, (fill, stroke) in count.pieces:
        if length:
            ends = {"x": begin, "x2": begin + length, "y": y - HALF, "y2": y + HALF}
            yield {"part": "span", **ends, "fill": fill, "stroke": stroke}
            begin += length
