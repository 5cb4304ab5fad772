"""The geometry of the trajectory chart. Gets a `Story` and a width, gives a `Drawing`: domains, rows, labels."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from build_scripts.charts import theme
from build_scripts.charts.course import Course, best
from build_scripts.charts.fonts import width
from build_scripts.charts.labels import Box, Label, Spot, around, place
from build_scripts.charts.scale import Axis, moment, shown, tick_format, ticks
from build_scripts.charts.spec import WIDE, Drawing, Padding
from build_scripts.method import BEHIND_RATIO, ON_TRACK_RATIO, Status
from build_scripts.report import Figure
from build_scripts.text import number, period, t

HEIGHT_WIDE = 340.0
HEIGHT_NARROW = 280.0
TOP = 34.0
BOTTOM = 26.0
DOT = 60
JUDGED = 110
DIAMOND = theme.SHAPES[Status.SLIGHTLY_BEHIND]
CIRCLE = theme.SHAPES[Status.ACHIEVED]
FROM_ZERO = frozenset({"count_by", "cum_flow"})
# A series that sinks below this share of its highest value is drawn from nought.
ZERO_SHARE = 0.35


@dataclass(frozen=True, slots=True)
class Story:
    """What is drawn, whatever it comes from. `scale` divides every value; `judged` is the period of the verdict."""

    figures: tuple[Figure, ...]
    reference: tuple[Figure, ...]
    reference_name: str
    path: Course
    kind: str
    rising: bool
    status: Status | None
    judged: str | None
    scale: Decimal
    unit: str
    goal_label: str

    def value(self, exact: Decimal | float) -> float:
        """A value as drawn, in the chart's unit."""
        return float(exact) / float(self.scale)

    def main(self, figure: Figure) -> bool:
        """Whether a figure belongs on the line: a full year, or for an accumulation one from the window's start."""
        seen = figure.observation.period
        if self.kind == "cum_flow":
            start = f"{int(self.path.since) + 1}-01-01/P" if self.path.since is not None else ""
            return seen.startswith(start) or (len(seen) == 4 and moment(seen) == (self.path.since or 0) + 1)
        return len(seen) == 4 or (self.kind == "count_by" and "/" not in seen and "Q" not in seen)


@dataclass(frozen=True, slots=True)
class Frame:
    """The scales of one layout."""

    x: Axis
    y: Axis
    xticks: list[float]
    yticks: list[float]
    padding: Padding


def drawing(story: Story, total: float) -> Drawing:
    """The story laid out for a picture `total` px wide."""
    height = HEIGHT_WIDE if total >= WIDE else HEIGHT_NARROW
    frame = _frame(story, total, height)
    rows = [*_course_rows(story, frame), *_series_rows(story), *_labels(story, frame, total)]
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
        story.value(f.observation.value) for f in (*story.figures, *story.reference) if f.observation.value is not None
    ]
    values += [story.value(v) for v in (path.goal, path.high, path.begin and path.begin[1]) if v is not None]
    low, high = min(values), max(values)
    if low > 0 and (low < ZERO_SHARE * high or story.kind in FROM_ZERO):
        low = 0.0
    yticks = _rank_ticks(high) if story.kind == "rank" else ticks(low, high, 5 if total >= WIDE else 4)
    labels = max(width(f"{tick:{tick_format(yticks)}}", theme.SMALL) for tick in yticks)
    padding = Padding(left=math.ceil(labels) + 14, top=TOP, right=16, bottom=BOTTOM)
    inner = total - padding.left - padding.right
    moments = [moment(f.observation.period) for f in (*story.figures, *story.reference)]
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
    step = max(1, math.ceil(worst / 5))
    return [1.0, *(float(place) for place in range(1 + step, math.ceil(worst) + step + 1, step))]


def _course_rows(story: Story, frame: Frame) -> Iterator[dict[str, Any]]:
    """Bands, path, goal line or range, and the deadline."""
    path = story.path
    if path.has_path and path.high is None:
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
    for name, figures, colour in (("own", story.figures, theme.SERIES), ("reference", story.reference, theme.SERIES_2)):
        standing = best(figures)
        chosen = {id(figure) for figure in standing.values()}
        line = [f for f in standing.values() if story.main(f)]
        for figure in sorted(line, key=lambda f: (f.observation.basis, moment(f.observation.period))):
            series = f"{name}-{figure.observation.basis}"
            yield {"part": "line", **_point(story, figure), "series": series, "stroke": colour}
        for figure in sorted(figures, key=lambda f: (id(f) in chosen, f.observation.period)):
            yield _dot(story, figure, id(figure) in chosen, colour)


def _point(story: Story, figure: Figure) -> dict[str, Any]:
    value = figure.observation.value
    assert value is not None  # noqa: S101 - `usable` left out figures without one
    return {"x": moment(figure.observation.period), "y": story.value(value)}


def _dot(story: Story, figure: Figure, standing: bool, colour: str) -> dict[str, Any]:
    """One observation as a row of the point layer."""
    seen = figure.observation
    row = {"part": "obs", **_point(story, figure), "shape": CIRCLE, "fill": colour, "stroke": colour, "size": DOT}
    row["hint"] = f"{period(seen.period)} {number(shown(seen.value, story.scale))}{story.unit}"
    if not standing:
        return {**row, "fill": theme.GROUND}
    if not story.main(figure):
        return {**row, "shape": DIAMOND, "fill": theme.GROUND}
    if story.status and seen.period == story.judged and colour == theme.SERIES:
        glyph = theme.glyph(story.status)
        if story.status.family.value != "unjudged":
            return {**row, "size": JUDGED, **{key: glyph[key] for key in ("shape", "fill", "stroke")}}
    return row


def _labels(story: Story, frame: Frame, total: float) -> list[dict[str, Any]]:
    """Unit, deadline, goal, band names and values, each where it covers nothing."""
    height = frame.y.start
    right = frame.padding.right
    bounds = Box(-frame.padding.left, -TOP, frame.x.end + right, height)
    marks = list(_marks(story, frame))
    labels = [Label(story.unit, (Spot(-frame.padding.left + 2, -20),), theme.MUTED, theme.SMALL, optional=False)]
    labels += _fixed_labels(story, frame)
    labels += _value_labels(story, frame, everything=total >= WIDE)
    labels += _band_labels(story, frame)
    return place([label for label in labels if label.text], bounds, marks)


def _fixed_labels(story: Story, frame: Frame) -> Iterator[Label]:
    path = story.path
    if path.end is not None:
        x = frame.x.at(path.end)
        text = t("charts.trajectory.deadline", day=f"{math.ceil(path.end - 1e-6)}年")
        above = (Spot(x, -20, "center"), Spot(x + 14, -20, "right"), Spot(x, -20))
        yield Label(text, above, theme.MUTED, theme.SMALL, optional=False)
    if path.goal is not None and story.goal_label:
        y = frame.y.at(story.value(path.high if path.high is not None else path.goal))
        last = frame.x.at(path.end) if path.end is not None else frame.x.end
        first = frame.x.at(path.begin[0]) if path.begin else 4.0
        across = [last - 5, last - 70, (first + last) / 2 + 40, first + width(story.goal_label, theme.FONT_SIZE) + 4]
        spots = tuple(Spot(x, y + dy, "right") for dy in (-10, 11) for x in across)
        yield Label(story.goal_label, spots, optional=False)


def _value_labels(story: Story, frame: Frame, everything: bool) -> Iterator[Label]:
    """The latest value first, then the baseline, then the others from new to old."""
    standing = sorted(best(story.figures).values(), key=lambda f: moment(f.observation.period), reverse=True)
    path = story.path
    for index, figure in enumerate(standing):
        point = _point(story, figure)
        x, y = frame.x.at(point["x"]), frame.y.at(point["y"])
        if index == 0 or everything or index == len(standing) - 1:
            text = number(shown(figure.observation.value, story.scale))
            yield Label(text, around(x, y), optional=index > 0, size=theme.FONT_SIZE if index == 0 else theme.SMALL)
        if index == 0 and path.begin is not None:
            base = t("charts.trajectory.baseline", value=number(shown(path.begin[1], story.scale)))
            at = (frame.x.at(path.begin[0]), frame.y.at(story.value(path.begin[1])))
            yield Label(base, around(*at), theme.MUTED, theme.SMALL)
    for figure in sorted(best(story.reference).values(), key=lambda f: moment(f.observation.period))[-1:]:
        point = _point(story, figure)
        at = (frame.x.at(point["x"]), frame.y.at(point["y"]))
        text = f"{story.reference_name}{number(shown(figure.observation.value, story.scale))}"
        yield Label(text, around(*at), theme.SERIES_2, theme.SMALL, optional=False)


def _band_labels(story: Story, frame: Frame) -> Iterator[Label]:
    """The names of the bands at their wide end, where there is room between the lines."""
    path = story.path
    if not path.has_path or path.high is not None or path.end is None:
        return
    right = frame.x.at(path.end) - 6

    def edge(pace: Decimal, back: float) -> float:
        """The y of a band's edge `back` px before the deadline."""
        when = path.end + (-6 - back) / (frame.x.end - frame.x.start) * (frame.x.hi - frame.x.lo)  # type: ignore[operator]
        return frame.y.at(story.value(path.at(when, float(pace))))

    name = t("charts.trajectory.slightly_behind")
    room = width(name, theme.SMALL)
    upper, lower = edge(ON_TRACK_RATIO, room / 2), edge(BEHIND_RATIO, room / 2)
    if abs(edge(ON_TRACK_RATIO, room) - edge(BEHIND_RATIO, room)) >= 16:
        yield Label(name, (Spot(right, (upper + lower) / 2, "right"),), theme.MUTED, theme.SMALL)
    down = 1 if lower > upper else -1
    outer = max(edge(BEHIND_RATIO, 0) * down, edge(BEHIND_RATIO, room) * down) * down
    yield Label(t("charts.trajectory.behind"), (Spot(right, outer + 11 * down, "right"),), theme.MUTED, theme.SMALL)


def _marks(story: Story, frame: Frame) -> Iterator[Box]:
    """What labels keep clear of: points, the lines between them, the deadline, the goal line."""
    for figures in (story.figures, story.reference):
        line = [f for f in best(figures).values() if story.main(f)]
        spots = [(frame.x.at(p["x"]), frame.y.at(p["y"])) for p in (_point(story, f) for f in figures)]
        yield from (Box(x - 5, y - 5, x + 5, y + 5) for x, y in spots)
        ordered = sorted(
            ((f.observation.basis, *_place(story, frame, f)) for f in line), key=lambda each: (each[0], each[1])
        )
        for (basis, x1, y1), (other, x2, y2) in pairwise(ordered):
            if basis == other:
                yield from _along(x1, y1, x2, y2)
    path = story.path
    if path.end is not None:
        x = frame.x.at(path.end)
        yield Box(x - 1, 0, x + 1, frame.y.start)
    if path.goal is not None:
        for value in (path.goal, path.high):
            if value is not None:
                y = frame.y.at(story.value(value))
                yield Box(0, y - 1, frame.x.at(path.end) if path.end is not None else frame.x.end, y + 1)
    if path.has_path and path.begin is not None and path.end is not None:
        stops = path.moments() if path.log else [path.begin[0], path.end]
        at = [(frame.x.at(when), frame.y.at(story.value(path.at(when)))) for when in stops]
        for (x1, y1), (x2, y2) in pairwise(at):
            yield from _along(x1, y1, x2, y2)


def _place(story: Story, frame: Frame, figure: Figure) -> tuple[float, float]:
    point = _point(story, figure)
    return frame.x.at(point["x"]), frame.y.at(point["y"])


def _along(x1: float, y1: float, x2: float, y2: float) -> Iterator[Box]:
    """Small boxes along a line."""
    count = max(1, int(math.hypot(x2 - x1, y2 - y1) / 6))
    for index in range(count + 1):
        x, y = x1 + (x2 - x1) * index / count, y1 + (y2 - y1) * index / count
        yield Box(x - 1.5, y - 1.5, x + 1.5, y + 1.5)
