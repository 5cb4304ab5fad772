"""The timeline: named works, what was promised against what has happened.

Gets tasks with their published steps, gives a `ChartSpec`. Works without any date are counted in the key.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from build_scripts.charts import theme
from build_scripts.charts.credits import publishers
from build_scripts.charts.fonts import width
from build_scripts.charts.labels import Spot, text_row
from build_scripts.charts.ladder import Ladder, form, ladder
from build_scripts.charts.spec import NARROW, WIDE, ChartSpec, Drawing, Table
from build_scripts.charts.tidy import tidy
from build_scripts.core.method import Status
from build_scripts.core.records import Source, Task
from build_scripts.locale import by_comma, by_semicolon, day, in_year, stop, t
from build_scripts.report import TaskUpdate

KIND = "timeline"
FORM = form(KIND)
RUNNING = frozenset({"started", "in_progress"})


@dataclass(frozen=True, slots=True)
class _Line:
    """One work: its promised day, the last announced one, the steps seen, the day it was done."""

    task_id: str
    name: str
    due: date | None
    planned: date | None
    steps: tuple[date, ...]
    done: date | None
    state: str
    sources: tuple[Source, ...]

    @property
    def is_late(self) -> bool:
        """Whether it was done after its promised day."""
        return bool(self.due and self.done and self.done > self.due)

    @property
    def facts(self) -> Iterator[tuple[str, date]]:
        """Every day there is, after what it is: promised, announced, seen under way, seen done."""
        known = (("due", self.due), ("planned", self.planned), *(("step", each) for each in self.steps))
        return ((kind, day) for kind, day in (*known, ("done", self.done)) if day)

    @property
    def dates(self) -> list[date]:
        """Every day there is."""
        return [day for _kind, day in self.facts]


def timeline(
    chart_id: str, tasks: Sequence[Task], happenings: Mapping[str, Sequence[TaskUpdate]], as_of: date
) -> ChartSpec | None:
    """Promised against actual for `tasks`, by promised day; `happenings` by `task_id`. None without any date."""
    lines = [_line(task, happenings.get(task.task_id, ())) for task in tasks]
    shown = sorted((line for line in lines if line.dates), key=lambda line: (line.due or date.max, min(line.dates)))
    if not shown:
        return None
    done = sum(line.done is not None for line in shown)
    due = sum(line.due is not None and line.due < as_of and line.done is None for line in shown)
    parts = [t("charts.timeline.title", count=len(shown))]
    parts += [
        t(f"charts.timeline.title_{name}", count=count) for name, count in (("done", done), ("overdue", due)) if count
    ]
    title = by_comma(parts)
    rest = len(lines) - len(shown)
    return ChartSpec(
        id=chart_id,
        kind=KIND,
        title=title,
        alt=t("charts.timeline.alt", title=title, points=by_semicolon(_reading(line) for line in shown)),
        unit="",
        key=_key(shown, rest),
        table=_table(shown),
        source_ids=tuple(dict.fromkeys(source.source_id for line in shown for source in line.sources)),
        form=FORM,
        wide=_drawing(shown, as_of, WIDE),
        narrow=_drawing(shown, as_of, NARROW),
        credits=publishers(source for line in shown for source in line.sources),
        tidy=tidy(
            "task_id name event date", ((line.task_id, line.name, *fact) for line in shown for fact in line.facts)
        ),
    )


def _key(lines: Sequence[_Line], rest: int) -> str:
    """What the marks mean, only those that are there, and how many works could not be drawn."""
    there = {
        "due": any(line.due for line in lines),
        "done": any(line.done and not line.is_late for line in lines),
        "late": any(line.is_late for line in lines),
        "step": any(line.steps for line in lines),
        "planned": any(line.planned for line in lines),
    }
    key = by_comma(t(f"charts.timeline.key_{name}") for name, shown in there.items() if shown)
    return f"{key}{stop()}{t('charts.timeline.key_rest', count=rest) if rest else ''}"


def _line(task: Task, happenings: Sequence[TaskUpdate]) -> _Line:
    events = [happening.event for happening in happenings]
    done = [event.date for event in events if event.state == "done"]
    planned = [event.planned_date for event in events if event.planned_date]
    return _Line(
        task_id=task.task_id,
        name=task.name,
        due=task.due,
        planned=planned[-1] if planned and not done else None,
        steps=tuple(sorted(event.date for event in events if event.state in RUNNING)),
        done=done[-1] if done else None,
        state=events[-1].state if events else "none",
        sources=tuple(happening.source for happening in happenings),
    )


def _reading(line: _Line) -> str:
    due = t("charts.timeline.alt_due", day=day(line.due)) if line.due else t("charts.timeline.alt_no_due")
    state = t(f"charts.timeline.state_{line.state}")
    when = day(line.done or (line.steps[-1] if line.steps else None)) if line.done or line.steps else ""
    return t("charts.timeline.alt_row", name=line.name, due=due, state=state, when=when)


def _table(lines: Sequence[_Line]) -> Table:
    columns = tuple(t(f"charts.timeline.column_{name}") for name in ("name", "due", "planned", "state", "date"))
    rows = [
        (
            line.name,
            day(line.due),
            day(line.planned),
            t(f"charts.timeline.state_{line.state}"),
            day(line.done or (line.steps[-1] if line.steps else None)),
        )
        for line in lines
    ]
    return Table(columns, tuple(rows))


def _when(moment: date) -> float:
    """A day as a year with its part: the beginning of 2024 is 2024.0."""
    first = date(moment.year, 1, 1)
    return round(moment.year + (moment - first).days / (date(moment.year + 1, 1, 1) - first).days, 4)


def _drawing(lines: Sequence[_Line], as_of: date, total: float) -> Drawing:
    moments = [_when(as_of), *(_when(each) for line in lines for each in line.dates)]
    first, last = math.floor(min(moments)), math.ceil(max(*moments, min(moments) + 1))
    rows = ladder([line.name for line in lines], total, (first, last), head=42, tail=10, thick=18)
    drawn = [*rows.grid({float(each): in_year(each) for each in range(first, last + 1)})]
    today = _when(as_of)
    drawn.append({"part": "rule", "x": today, "y": rows.top, "y2": rows.bottom, "stroke": theme.MUTED, "weight": 1.5})
    text = t("charts.timeline.as_of", day=day(as_of))
    half = width(text, theme.SMALL) / 2
    middle = min(max(rows.x.at(today), half), total - half)
    drawn.append(text_row(text, Spot(middle, 12, "center"), theme.MUTED, theme.SMALL))
    for line, rung in zip(lines, rows.rungs, strict=True):
        drawn += _row(line, rung.y, rows)
    return rows.drawing(drawn)


def _row(line: _Line, y: float, rows: Ladder) -> Iterator[dict[str, Any]]:
    """The track, the way from promise to deed, and the marks on it."""
    yield {"part": "line", "x": rows.x.lo, "x2": rows.x.hi, "y": y, "stroke": theme.GRID, "weight": 1}
    late = line.is_late
    if line.due and (line.done or line.planned):
        end = line.done or line.planned
        colour = theme.status_colour(Status.BEHIND if late or not line.done else Status.ACHIEVED)
        assert end is not None  # noqa: S101 - one of the two is there
        yield {"part": "line", "x": _when(line.due), "x2": _when(end), "y": y, "stroke": colour, "weight": 2}
    for step in dict.fromkeys(line.steps):
        yield _mark(step, y, "step", t("charts.timeline.state_in_progress"))
    if line.due:
        yield _mark(line.due, y, "due", t("charts.timeline.column_due"))
    if line.planned:
        yield _mark(line.planned, y, "planned", t("charts.timeline.column_planned"))
    if line.done:
        yield _mark(line.done, y, "late" if late else "done", t("charts.timeline.state_done"))


_LOOKS = {
    "due": ("M-0.25,-1.3L0.25,-1.3L0.25,1.3L-0.25,1.3Z", theme.INK, theme.INK, 60, [1, 0]),
    "planned": (theme.SHAPES[Status.SLIGHTLY_BEHIND], theme.GROUND, theme.INK, 60, [2, 2]),
    "step": (theme.SHAPES[Status.NO_DATA], theme.GROUND, theme.SERIES, 40, [1, 0]),
    "done": (theme.SHAPES[Status.ACHIEVED], theme.status_colour(Status.ACHIEVED), theme.GROUND, 110, [1, 0]),
    "late": (theme.SHAPES[Status.ACHIEVED_LATE], theme.GROUND, theme.status_colour(Status.ACHIEVED), 90, [1, 0]),
}


def _mark(moment: date, y: float, look: str, name: str) -> dict[str, Any]:
    shape, fill, stroke, size, dash = _LOOKS[look]
    return {
        "part": "mark",
        "x": _when(moment),
        "y": y,
        "shape": shape,
        "fill": fill,
        "stroke": stroke,
        "size": size,
        "dash": dash,
        "hint": f"{name} {day(moment)}",
    }
