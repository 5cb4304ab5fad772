"""The status history: what this site would have said of each target at the end of each quarter, as strips.

Gets statuses by target and quarter, gives a `ChartSpec`. Neighbouring quarters of one status are one piece, with the
status' glyph at its beginning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from build_scripts.charts import theme
from build_scripts.charts.credits import disclaimer
from build_scripts.charts.labels import legend
from build_scripts.charts.ladder import Ladder, form, ladder
from build_scripts.charts.spec import NARROW, WIDE, ChartSpec, Drawing, Table
from build_scripts.core.method import Family, Status
from build_scripts.locale import DASH, by_comma, by_semicolon, in_year, period, t

KIND = "status_history"
FORM = form(KIND)
HALF = 8.0
GLYPH_ROOM = 13.0
# How many quarters the first, incomplete year needs for its label to stand clear of the next.
FIRST_YEAR_ROOM = 2


def status_history(
    chart_id: str,
    quarters: Sequence[str],
    targets: Sequence[tuple[str, Mapping[str, Status]]],
    hidden: Sequence[Mapping[str, Status]] = (),
    repeats: int = 0,
) -> ChartSpec | None:
    """A strip a target over `quarters` (`2023-Q4`, in order); `targets` are names with statuses by quarter.

    `hidden` are the statuses of the targets there is no room for: the title counts them, the key says how many they
    are, and how many `repeats` of others were left out. None when there is nothing to show. A quarter without a status
    stays blank.
    """
    if not quarters or not targets:
        return None
    changed = sum(_has_changed(quarters, statuses) for _, statuses in targets)
    unseen = sum(_has_changed(quarters, statuses) for statuses in hidden)
    count = len(targets) + len(hidden)
    values = {
        "count": count,
        "changed": changed + unseen,
        "first": period(quarters[0]),
        "last": period(quarters[-1]),
    }
    how = "_same" if not changed + unseen else "_all" if changed + unseen == count > 2 else ""
    title = t(f"charts.status_history.title{how}", **values)
    points = by_semicolon(_reading(name, quarters, statuses) for name, statuses in targets)
    return ChartSpec(
        id=chart_id,
        kind=KIND,
        title=title,
        alt=t("charts.status_history.alt", title=title, points=points),
        unit="",
        key=t("charts.status_history.key") + _rest(len(hidden) - unseen, unseen, repeats),
        table=_table(quarters, targets),
        source_ids=(),
        form=FORM,
        wide=_drawing(quarters, targets, WIDE),
        narrow=_drawing(quarters, targets, NARROW),
        credits=disclaimer(),
    )


def _has_changed(quarters: Sequence[str], statuses: Mapping[str, Status]) -> bool:
    return len({statuses[quarter] for quarter in quarters if quarter in statuses}) > 1


def _rest(same: int, changed: int, repeats: int) -> str:
    """How many targets are not drawn, those with changes and those without told apart."""
    parts = (("rest_changed", changed), ("rest_same", same), ("rest_repeats", repeats))
    words = by_comma(t(f"charts.status_history.{name}", count=count) for name, count in parts if count)
    return t("charts.status_history.rest", words=words) if words else ""


def _reading(name: str, quarters: Sequence[str], statuses: Mapping[str, Status]) -> str:
    """`name：2023年第四季度起符合进度，2024年第二季度起略有滞后`."""
    steps = by_comma(
        t("charts.status_history.alt_step", period=period(quarters[start]), status=t(f"status.label.{status}"))
        for start, _, status in _runs(quarters, statuses)
    )
    return t("charts.status_history.alt_row", name=name, steps=steps)


def _runs(quarters: Sequence[str], statuses: Mapping[str, Status]) -> Iterator[tuple[int, int, Status]]:
    """First and one-past-last index of each run of one status."""
    known = [(index, statuses.get(quarter)) for index, quarter in enumerate(quarters)]
    for status, group in groupby(known, key=lambda pair: pair[1]):
        indices = [index for index, _ in group]
        if status is not None:
            yield indices[0], indices[-1] + 1, status


def _table(quarters: Sequence[str], targets: Sequence[tuple[str, Mapping[str, Status]]]) -> Table:
    columns = (t("charts.status_history.column_name"), *(period(quarter) for quarter in quarters))
    rows = [
        (name, *(t(f"status.label.{statuses[q]}") if q in statuses else DASH for q in quarters))
        for name, statuses in targets
    ]
    return Table(columns, tuple(rows))


def _drawing(quarters: Sequence[str], targets: Sequence[tuple[str, Mapping[str, Status]]], total: float) -> Drawing:
    seen = {status for _, statuses in targets for status in statuses.values()}
    parts = [(t(f"status.label.{status}"), theme.glyph(status)) for status in Status if status in seen]
    drawn, below = legend(parts, 10, total)
    names = [name for name, _ in targets]
    rows = ladder(names, total, (0, len(quarters)), head=below + 24, tail=4, thick=2 * HALF + 2)
    years = {float(index): in_year(q[:4]) for index, q in enumerate(quarters) if q.endswith("Q1")}
    if min(years, default=len(quarters)) >= FIRST_YEAR_ROOM:
        years = {0.0: in_year(quarters[0][:4]), **years}
    drawn += rows.grid(years)
    for (_, statuses), rung in zip(targets, rows.rungs, strict=True):
        for first, last, status in _runs(quarters, statuses):
            drawn += _piece(rows, rung.y, (first, last), status)
    return rows.drawing(drawn)


def _piece(rows: Ladder, y: float, ends: tuple[int, int], status: Status) -> Iterator[dict[str, Any]]:
    """One run: a bar in the status' colour (pale when unjudged) and its glyph, if it fits."""
    colour = theme.status_colour(status)
    pale = status.family is Family.UNJUDGED or status in theme.HOLLOW
    fill = theme.TRACK if status.family is Family.UNJUDGED else theme.GROUND if pale else colour
    stroke = theme.GROUND if not pale else colour if status is Status.ACHIEVED_LATE else theme.GROUND
    yield {"part": "span", "x": ends[0], "x2": ends[1], "y": y - HALF, "y2": y + HALF, "fill": fill, "stroke": stroke}
    left, right = rows.x.at(ends[0]), rows.x.at(ends[1])
    if right - left >= GLYPH_ROOM:
        glyph = theme.glyph(status)
        if not pale:
            glyph["stroke"] = theme.GROUND
            glyph["fill"] = "none" if status in theme.OPEN else theme.GROUND
        yield {"part": "glyph", "px": round(left + 8, 1), "py": y, "size": 50, **glyph}
