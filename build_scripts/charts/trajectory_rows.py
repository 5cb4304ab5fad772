"""The geometry of the trajectory chart. Gets a `Story` and a width, gives a `Drawing`: domains, rows, labels."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from build_scripts.charts import theme
from build_scripts.charts.course import best
from build_scripts.charts.fonts import width
from build_scripts.charts.scale import Axis, moment, runs, tick_format, ticks
from build_scripts.charts.spec import WIDE, Drawing, Padding
from build_scripts.charts.trajectory_labels import labels
from build_scripts.charts.trajectory_story import BOTTOM, TOP, Frame, Story, point
from build_scripts.core.method import BEHIND_RATIO, ON_TRACK_RATIO, Status
from build_scripts.locale import period, with_unit
from build_scripts.report import Figure

HEIGHT_WIDE = 340.0
HEIGHT_NARROW = 280.0
DOT = 60
JUDGED = 110
DIAMOND = theme.SHAPES[Status.SLIGHTLY_BEHIND]
CIRCLE = theme.SHAPES[Status.ACHIEVED]
FROM_ZERO = frozenset({"count_by", "cum_flow"})
# A series that sinks below this share of its highest value is drawn from nought.
ZERO_SHARE = 0.35
# Room under the lowest value, as a share of the span, so that a level does not lie on the axis.
BELOW = 0.08
FEWEST_PLACES = 4


def drawing(story: Story, total: float) -> Drawing:
    """The story laid out for a picture `total` px wide."""
    height = HEIGHT_WIDE if total >= WIDE else HEIGHT_NARROW
    frame = _frame(story, total, height)
    rows = [*_course_rows(story, frame), *_series_rows(story), *labels(story, frame, total)]
    params = {
        "xlo": frame.x.lo,
        "xhi": frame.x.hi,
        "ylo": frame.y.lo,
        "yhi": frame.y.hi,
        "xticks": frame.xticks,
        "yticks": frame.yticks,
        "yformat": tick_format(frame.yticks),
    }
    return Drawing(total, height, tuple(rows), params, frame.padding)


def _frame(story: Story, total: float, height: float) -> Frame:
    path = story.path
    values = [
        story.value(f.observation.value) for f in (*story.drawn, *story.reference) if f.observation.value is not None
    ]
    values += [story.value(v) for v in (path.goal, path.high, path.begin and path.begin[1]) if v is not None]
    low, high = min(values), max(values)
    if low >= 0 and (low < ZERO_SHARE * high or story.kind in FROM_ZERO):
        low = 0.0
    elif low > 0:
        low -= BELOW * (high - low)
    yticks = _rank_ticks(high) if story.kind == "rank" else ticks(low, high, 5 if total >= WIDE else 4)
    labels = max(width(f"{tick:{tick_format(yticks)}}", theme.SMALL) for tick in yticks)
    padding = Padding(left=math.ceil(labels) + 14, top=TOP, right=16, bottom=BOTTOM)
    inner = total - padding.left - padding.right
    moments = [moment(f.observation.period) for f in (*story.drawn, *story.reference)]
    moments += [m for m in (path.begin and path.begin[0], path.since, path.end) if m is not None]
    first, last = min(moments), max(moments)
    slack = max(0.35, 0.05 * (last - first)) if last - first >= 1 else 1.0
    low_x, high_x = round(first - slack, 4), round(last + slack, 4)
    years = list(range(math.ceil(low_x), math.floor(high_x) + 1))
    step = max(1, math.ceil(len(years) * 40 / inner))
    bounds = (yticks[-1], yticks[0]) if story.kind == "rank" else (yticks[0], yticks[-1])
    return Frame(
        x=Axis(low_x, high_x, 0, inner),
        y=Axis(*bounds, height - TOP - BOTTOM, 0),
        xticks=[float(year) for year in reversed(years[::-1][::step])],
        yticks=yticks,
        padding=padding,
    )


def _rank_ticks(worst: float) -> list[float]:
    """Whole places from the first to a little past the worst."""
    worst = max(worst, FEWEST_PLACES)
    step = math.ceil(worst / 5)
    return [1.0, *(float(place) for place in range(1 + step, math.ceil(worst) + step + 1, step))]


def _course_rows(story: Story, frame: Frame) -> Iterator[dict[str, Any]]:
    """Bands, path, goal line or range, and the deadline."""
    path = story.path
    if path.has_path:
        for when in path.moments():
            steps = [story.value(path.at(when, pace)) for pace in (1, float(ON_TRACK_RATIO), float(BEHIND_RATIO))]
            yield {"part": "path", "x": when, "y": steps[0]}
            yield {"part": "band", "x": when, "y": steps[0], "y2": steps[1], "fill": theme.BAND_ON}
            yield {"part": "band", "x": when, "y": steps[1], "y2": steps[2], "fill": theme.BAND_SLIGHT}
    if path.goal is not None:
        first = path.since if path.flat and path.since is not None else path.begin[0] if path.begin else frame.x.lo
        last = path.end if path.end is not None else frame.x.hi
        span = {"x": first, "x2": last, "y": story.value(path.goal)}
        if path.high is not None:
            yield {"part": "range", **span, "y2": story.value(path.high)}
            yield {"part": "goal", **span, "y": story.value(path.high)}
        yield {"part": "goal", **span}
    if path.end is not None:
        yield {"part": "end", "x": path.end}


def _series_rows(story: Story) -> Iterator[dict[str, Any]]:
    """The lines, a line a basis, and the points: what stands filled, what was replaced hollow."""
    for name, figures, colour in (("own", story.drawn, theme.SERIES), ("reference", story.reference, theme.SERIES_2)):
        standing = list(best(figures).values())
        line = [figure for figure in standing if story.main(figure)]
        by_basis = groupby(sorted(line, key=lambda f: f.observation.basis), key=lambda f: f.observation.basis)
        for basis, group in by_basis:
            ordered = sorted(group, key=lambda f: moment(f.observation.period))
            for figure, run in zip(ordered, runs([moment(f.observation.period) for f in ordered]), strict=True):
                series = f"{name}-{basis}" + (
                    f"-{run}" if run else ""
                )  # a line never crosses years of which nothing is known
                yield {"part": "line", **point(story, figure), "series": series, "stroke": colour}
        hollow = story.replaced(figures)
        yield from (_dot(story, figure, False, colour) for figure in _in_time(hollow))
        yield from (_dot(story, figure, True, colour) for figure in _in_time(standing))


def _in_time(figures: list[Figure]) -> list[Figure]:
    return sorted(figures, key=lambda figure: figure.observation.period)


def _dot(story: Story, figure: Figure, standing: bool, colour: str) -> dict[str, Any]:
    """One observation as a row of the point layer."""
    seen = figure.observation
    row = {"part": "obs", **point(story, figure), "shape": CIRCLE, "fill": colour, "stroke": colour, "size": DOT}
    row["hint"] = f"{period(seen.period)} {with_unit(story.label(seen.value), story.unit)}"
    if not standing:
        return {**row, "fill": theme.GROUND}
    if not story.main(figure):
        return {**row, "shape": DIAMOND, "fill": theme.GROUND}
    if story.status and seen.period == story.judged and colour == theme.SERIES:
        glyph = theme.glyph(story.status)
        if story.status.family.value != "unjudged":
            return {**row, "size": JUDGED, **{key: glyph[key] for key in ("shape", "fill", "stroke")}}
    return row
