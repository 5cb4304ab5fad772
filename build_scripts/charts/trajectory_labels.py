"""The direct labels of the trajectory chart, put where they cover nothing. Gets a story and its frame, gives rows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from build_scripts.charts import theme
from build_scripts.charts.course import best
from build_scripts.charts.fonts import width
from build_scripts.charts.labels import Box, Label, Spot, around, place
from build_scripts.charts.scale import moment
from build_scripts.charts.spec import WIDE
from build_scripts.charts.trajectory_story import TOP, Frame, Story, point
from build_scripts.core.method import BEHIND_RATIO, ON_TRACK_RATIO
from build_scripts.locale import in_year, t
from build_scripts.report import Figure


def labels(story: Story, frame: Frame, total: float) -> list[dict[str, Any]]:
    """Unit, deadline, goal, band names and values, each where it covers nothing."""
    height = frame.y.start
    right = frame.padding.right
    bounds = Box(-frame.padding.left, -TOP, frame.x.end + right, height)
    marks = list(_marks(story, frame))
    found = [Label(story.unit, (Spot(-frame.padding.left + 2, -20),), theme.MUTED, theme.SMALL, optional=False)]
    found += _fixed_labels(story, frame)
    found += _value_labels(story, frame, everything=total >= WIDE)
    found += _band_labels(story, frame)
    return place([label for label in found if label.text], bounds, marks)


def _fixed_labels(story: Story, frame: Frame) -> Iterator[Label]:
    path = story.path
    if path.end is not None:
        x = frame.x.at(path.end)
        text = t("charts.trajectory.deadline", day=story.deadline or in_year(math.ceil(path.end - 1e-6)))
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
    standing = sorted(best(story.drawn).values(), key=lambda f: moment(f.observation.period), reverse=True)
    path = story.path
    for index, figure in enumerate(standing):
        x, y = _place(story, frame, figure)
        if index == 0 or everything or index == len(standing) - 1:
            text = story.label(figure.observation.value)
            yield Label(text, around(x, y), optional=index > 0, size=theme.FONT_SIZE if index == 0 else theme.SMALL)
        if index == 0 and path.begin is not None:
            base = t("charts.trajectory.baseline", value=story.label(path.begin[1]))
            at = (frame.x.at(path.begin[0]), frame.y.at(story.value(path.begin[1])))
            yield Label(base, around(*at), theme.MUTED, theme.SMALL)
    for figure in sorted(best(story.reference).values(), key=lambda f: moment(f.observation.period))[-1:]:
        at = _place(story, frame, figure)
        text = f"{story.reference_name}{story.label(figure.observation.value)}"
        yield Label(text, around(*at), theme.SERIES_2, theme.SMALL, optional=False)


def _band_labels(story: Story, frame: Frame) -> Iterator[Label]:
    """The names of the bands at their wide end, where there is room between the lines."""
    path = story.path
    if not path.has_path or path.end is None:
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
    """What labels keep clear of: the figures on the axis, points and lines, the deadline, the goal line, the path."""
    yield from (Box(-frame.padding.left, frame.y.at(tick) - 8, -5, frame.y.at(tick) + 8) for tick in frame.yticks)
    for figures in (story.drawn, story.reference):
        yield from _series_marks(story, frame, figures)
    path = story.path
    last = frame.x.end
    if path.end is not None:
        last = frame.x.at(path.end)
        yield Box(last - 1, 0, last + 1, frame.y.start)
    for value in (path.goal, path.high):
        if value is not None:
            y = frame.y.at(story.value(value))
            yield Box(0, y - 1, last, y + 1)
    if path.has_path:
        at = [(frame.x.at(when), frame.y.at(story.value(path.at(when)))) for when in path.moments()]
        for first, second in pairwise(at):
            yield from _along(*first, *second)


def _series_marks(story: Story, frame: Frame, figures: tuple[Figure, ...]) -> Iterator[Box]:
    """The points of a series and the lines between those of one basis."""
    for figure in figures:
        x, y = _place(story, frame, figure)
        yield Box(x - 5, y - 5, x + 5, y + 5)
    on_line = [f for f in best(figures).values() if story.main(f)]
    ordered = sorted((figure.observation.basis, *_place(story, frame, figure)) for figure in on_line)
    for (basis, *first), (other, *second) in pairwise(ordered):
        if basis == other:
            yield from _along(*first, *second)


def _place(story: Story, frame: Frame, figure: Figure) -> tuple[float, float]:
    at = point(story, figure)
    return frame.x.at(at["x"]), frame.y.at(at["y"])


def _along(x1: float, y1: float, x2: float, y2: float) -> Iterator[Box]:
    """Small boxes along a line."""
    count = max(1, int(math.hypot(x2 - x1, y2 - y1) / 6))
    for index in range(count + 1):
        x, y = x1 + (x2 - x1) * index / count, y1 + (y2 - y1) * index / count
        yield Box(x - 1.5, y - 1.5, x + 1.5, y + 1.5)
