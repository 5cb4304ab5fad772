"""The bullet chart: how far each target has come against how much of its time is over.

Gets entries, gives a `ChartSpec`. Only targets with a progress and a time share are drawn; the key says how many more
there are, so that none is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from build_scripts.charts import theme
from build_scripts.charts.credits import disclaimer
from build_scripts.charts.fonts import width
from build_scripts.charts.labels import Spot, text_row
from build_scripts.charts.ladder import Ladder, form, ladder
from build_scripts.charts.spec import NARROW, WIDE, ChartSpec, Drawing, Table
from build_scripts.charts.tidy import tidy
from build_scripts.locale import by_semicolon, percent, signed, t
from build_scripts.report import TargetEntry

KIND = "bullet"
FORM = form(KIND)
HALF = 7.0
# Progress beyond these bounds is drawn at the bound; its figure stands beside the bar.
LEAST, MOST = -25.0, 125.0


def bullet(chart_id: str, entries: Sequence[TargetEntry]) -> ChartSpec | None:
    """Progress against time share of `entries`, in their order; None when none has both."""
    shown = [entry for entry in entries if _has_both(entry)]
    if not shown:
        return None
    ahead = sum((entry.assessment.gap_pp or 0) >= 0 for entry in shown)
    name = "title" if 0 < ahead < len(shown) else "title_ahead" if ahead else "title_short"
    title = t(f"charts.bullet.{name}", count=len(shown), ahead=ahead, short=len(shown) - ahead)
    points = by_semicolon(
        t(
            "charts.bullet.alt_row",
            name=entry.target.name,
            progress=percent(entry.assessment.progress_pct),
            time=percent(entry.assessment.time_pct),
            status=t(f"status.label.{entry.status}"),
        )
        for entry in shown
    )
    left_out = len(entries) - len(shown)
    key = t("charts.bullet.key") + (t("charts.bullet.key_rest", count=left_out) if left_out else "")
    return ChartSpec(
        id=chart_id,
        kind=KIND,
        title=title,
        alt=t("charts.bullet.alt", title=title, points=points),
        unit="%",
        key=key,
        table=_table(shown),
        source_ids=tuple(dict.fromkeys(i for entry in shown for i in entry.assessment.source_ids)),
        form=FORM,
        wide=_drawing(shown, WIDE),
        narrow=_drawing(shown, NARROW),
        credits=disclaimer(),
        tidy=tidy(
            "target_id name progress_pct time_pct gap_pp status",
            (
                (each.target_id, each.target.name, it.progress_pct, it.time_pct, it.gap_pp, it.status.value)
                for each in shown
                for it in (each.assessment,)
            ),
        ),
    )


def _has_both(entry: TargetEntry) -> bool:
    return entry.assessment.progress_pct is not None and entry.assessment.time_pct is not None


def _table(entries: Sequence[TargetEntry]) -> Table:
    columns = tuple(t(f"charts.bullet.column_{name}") for name in ("name", "progress", "time", "gap", "status"))
    return Table(
        columns,
        tuple(
            (
                entry.target.name,
                percent(entry.assessment.progress_pct),
                percent(entry.assessment.time_pct),
                signed(entry.assessment.gap_pp),
                t(f"status.label.{entry.status}"),
            )
            for entry in entries
        ),
    )


def _drawing(entries: Sequence[TargetEntry], total: float) -> Drawing:
    progress = [min(max(float(entry.assessment.progress_pct or 0), LEAST), MOST) for entry in entries]
    domain = (min(0.0, *progress), max(100.0, *progress))
    tail = 24 + max(width(percent(entry.assessment.progress_pct), theme.FONT_SIZE) for entry in entries)
    rows = ladder([entry.target.name for entry in entries], total, domain, tail=tail, thick=2 * HALF + 4)
    ticks = {value: f"{value:g}%" for value in (0.0, 50.0, 100.0)}
    drawn = [*rows.grid(ticks)]
    for entry, value, rung in zip(entries, progress, rows.rungs, strict=True):
        drawn += _row(entry, value, rung.y, rows)
    return rows.drawing(drawn)


def _row(entry: TargetEntry, progress: float, y: float, rows: Ladder) -> Iterator[dict[str, Any]]:
    """Track, bar, the mark of time, and the figure with its glyph."""
    verdict = entry.assessment
    colour = theme.status_colour(entry.status)
    yield {"part": "span", "x": 0, "x2": 100, "y": y - HALF, "y2": y + HALF, "fill": theme.TRACK, "stroke": theme.TRACK}
    yield {"part": "span", "x": 0, "x2": progress, "y": y - 4, "y2": y + 4, "fill": colour, "stroke": colour}
    time = float(verdict.time_pct or 0)
    yield {"part": "edge", "x": time, "y": y - HALF - 2, "y2": y + HALF + 2, "stroke": theme.INK, "weight": 2}
    left = rows.x.end + 8
    yield {"part": "glyph", "px": left + 5, "py": y, **theme.glyph(entry.status), "size": 70}
    yield text_row(percent(verdict.progress_pct), Spot(left + 14, y))
