"""The coverage chart: of each project's targets, how many have something published, how many are due without a value.

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
from build_scripts.charts.tidy import tidy
from build_scripts.core.method import Disclosure
from build_scripts.locale import by_comma, by_semicolon, how_many, number, t
from build_scripts.report import TargetEntry, tally

KIND = "coverage"
FORM = form(KIND)
HALF = 7.0
# More rows than this are no picture but a table; the page of the chart has one of them all.
SHOWN = 40


@dataclass(frozen=True, slots=True)
class _Count:
    name: str
    total: int
    disclosed: int
    unanswered: int
    both: int
    states: tuple[tuple[Disclosure, int], ...]

    @property
    def rest(self) -> int:
        """Neither due without a value nor with anything published."""
        return self.total - self.disclosed - self.unanswered + self.both

    @property
    def lacking(self) -> int:
        """Those without anything published on record, or without the figure that was due."""
        return self.total - self.disclosed + self.both

    @property
    def pieces(self) -> Iterator[tuple[int, tuple[str, str]]]:
        """The bar's parts from the left, each a length with its fill and outline."""
        yield self.disclosed - self.both, _LOOKS["disclosed"]
        yield self.both, (theme.SERIES, theme.unanswered_colour())
        yield self.unanswered - self.both, _LOOKS["unanswered"]
        yield self.rest, _LOOKS["rest"]


def coverage(chart_id: str, groups: Sequence[tuple[str, Sequence[TargetEntry]]]) -> ChartSpec | None:
    """Disclosed against due without a value, a row a group (name, entries); None when there is no target at all.

    A target with something published whose deadline's figure is missing counts as both: solid, with the outline. Of
    more groups than can be read those that lack most are drawn, worst first; the title counts all, the key says so.
    """
    counts = [_count(name, entries) for name, entries in groups if entries]
    if not counts:
        return None
    total, disclosed, unanswered = (sum(getattr(c, p) for c in counts) for p in ("total", "disclosed", "unanswered"))
    title = t(
        "charts.coverage.title_unanswered" if unanswered else "charts.coverage.title",
        total=total,
        disclosed=disclosed,
        unanswered=unanswered,
    )
    key = t("charts.coverage.key")
    if len(counts) > SHOWN:
        key += t("charts.coverage.key_most", shown=SHOWN, count=number(len(counts)), page=t("quality.title"))
        counts = sorted(counts, key=lambda each: (-each.lacking, -each.unanswered))[:SHOWN]
    points = by_semicolon(map(_said, counts))
    return ChartSpec(
        id=chart_id,
        kind=KIND,
        title=title,
        alt=t("charts.coverage.alt", title=title, points=points),
        unit="",
        key=key,
        table=_table(counts),
        source_ids=(),
        form=FORM,
        wide=_drawing(counts, WIDE),
        narrow=_drawing(counts, NARROW),
        tidy=tidy(
            "group total disclosed unanswered disclosed_and_unanswered",
            ((each.name, each.total, each.disclosed, each.unanswered, each.both) for each in counts),
        ),
    )


def _said(count: _Count) -> str:
    """A row in words, the searches with it."""
    words = t("charts.coverage.alt_row", name=count.name, total=count.total, disclosed=count.disclosed)
    if not count.unanswered:
        return words
    states = by_comma(
        t("disclosure.part", label=t(f"disclosure.label.{state}"), count=how_many(each, "item"))
        for state, each in count.states
        if each
    )
    return words + t("charts.coverage.alt_unanswered", unanswered=count.unanswered, states=states)


def _count(name: str, entries: Sequence[TargetEntry]) -> _Count:
    counted = tally(entries)
    both = sum(entry.unanswered and entry.disclosed for entry in entries)
    return _Count(name, counted.total, counted.disclosed, counted.unanswered, both, counted.by_disclosure)


def _table(counts: Sequence[_Count]) -> Table:
    heads = [t(f"charts.coverage.column_{name}") for name in ("name", "total", "disclosed", "unanswered")]
    heads += [t("disclosure.of", label=t(f"disclosure.label.{state}")) for state in Disclosure]
    rows = [
        (c.name, *map(number, (c.total, c.disclosed, c.unanswered, *(n for _state, n in c.states), c.rest)))
        for c in counts
    ]
    return Table((*heads, t("charts.coverage.column_rest")), tuple(rows))


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
    "unanswered": (theme.GROUND, theme.unanswered_colour()),
    "rest": (theme.UNJUDGED_FILL, theme.UNJUDGED_FILL),
}


def _bar(count: _Count, y: float) -> Iterator[dict[str, Any]]:
    begin = 0
    for length, (fill, stroke) in count.pieces:
        if length:
            ends = {"x": begin, "x2": begin + length, "y": y - HALF, "y2": y + HALF}
            yield {"part": "span", **ends, "fill": fill, "stroke": stroke}
            begin += length
