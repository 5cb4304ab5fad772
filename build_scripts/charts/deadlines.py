"""The deadlines chart: how many targets fall due in which year, stacked by family; those without a year stand apart.

Gets entries and a day, gives a `ChartSpec`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from build_scripts.charts import theme
from build_scripts.charts.alt import alt
from build_scripts.charts.credits import disclaimer
from build_scripts.charts.fonts import width
from build_scripts.charts.form import Form
from build_scripts.charts.labels import Spot, legend, swatch, text_row
from build_scripts.charts.layers import domain, glyphs, only, texts
from build_scripts.charts.scale import tick_format, ticks
from build_scripts.charts.spec import NARROW, WIDE, ChartSpec, Drawing, Padding, Table
from build_scripts.charts.tidy import tidy
from build_scripts.core.method import Family
from build_scripts.locale import by_comma, by_semicolon, number, t
from build_scripts.report import TargetEntry

KIND = "deadlines"
PLOT = 200.0
# Fewer columns than this leave room at the right instead of growing fat.
LEAST_COLUMNS = 6
OPEN = 0  # stands for targets without a year

Counts = Sequence[tuple[int, Counter[Family]]]


def deadlines(chart_id: str, entries: Sequence[TargetEntry], repeats: int = 0, yearly: int = 0) -> ChartSpec | None:
    """Targets by the year of their deadline, stacked by family; None without targets.

    `repeats` and `yearly` are how many were left out because they repeat another or recur every year; the key says so.
    """
    if not entries:
        return None
    years: dict[int, Counter[Family]] = {}
    for entry in entries:
        years.setdefault(entry.deadline.year if entry.deadline else OPEN, Counter())[entry.status.family] += 1
    counts = sorted(years.items(), key=lambda item: (item[0] == OPEN, item[0]))
    overdue = [entry for entry in entries if entry.overdue]
    unjudged = sum(entry.status.family is Family.UNJUDGED for entry in overdue)
    words = {"total": len(entries), "passed": len(overdue), "unjudged": unjudged}
    title = t("charts.deadlines.title" if overdue else "charts.deadlines.title_ahead", **words)
    points = by_semicolon(
        t("charts.deadlines.alt_row", year=_year(year), total=sum(families.values())) for year, families in counts
    )
    day = entries[0].as_of
    return ChartSpec(
        id=chart_id,
        kind=KIND,
        title=title,
        alt=t("charts.deadlines.alt", title=title, points=points),
        unit=t("charts.deadlines.unit"),
        key=t("charts.deadlines.key") + _left_out(repeats, yearly),
        table=_table(counts),
        source_ids=(),
        form=FORM,
        wide=_drawing(counts, day, WIDE),
        narrow=_drawing(counts, day, NARROW),
        credits=disclaimer(),
        tidy=tidy(
            "year family count",
            (
                (None if year == OPEN else year, family.value, count)
                for year, families in counts
                for family, count in families.items()
            ),
        ),
    )


def _left_out(repeats: int, yearly: int) -> str:
    parts = (("repeats", repeats), ("yearly", yearly))
    words = by_comma(t(f"charts.deadlines.{name}", count=count) for name, count in parts if count)
    return t("charts.deadlines.left_out", words=words) if words else ""


def _year(year: int) -> str:
    return t("charts.deadlines.open") if year == OPEN else t("charts.deadlines.year", year=year)


def _table(counts: Counts) -> Table:
    columns = (
        t("charts.deadlines.column_year"),
        *(t(f"status.family.{family}") for family in Family),
        t("charts.deadlines.column_total"),
    )
    rows = [
        (_year(year), *(number(families[family]) for family in Family), number(sum(families.values())))
        for year, families in counts
    ]
    return Table(columns, tuple(rows))


def _drawing(counts: Counts, as_of: date, total: float) -> Drawing:
    parts = [(t(f"status.family.{f}"), swatch(theme.FAMILY_COLOURS[f], theme.FAMILY_COLOURS[f])) for f in Family]
    head, below = legend(parts, 10, total)
    marks = ticks(0, max(sum(families.values()) for _, families in counts), 4)
    left = max(width(f"{tick:{tick_format(marks)}}", theme.SMALL) for tick in marks) + 12
    padding = Padding(left, below + 20, 4, 44)
    inner = total - left - 4
    columns = max(len(counts), LEAST_COLUMNS)
    slot = inner / columns
    rows = [{**row, "px": row["px"] - left, "py": row["py"] - padding.top} for row in head]
    for index, (year, families) in enumerate(counts):
        rows += _bar(index, families, (slot, marks[-1]))
        middle = (index + 0.5) * slot
        if year == OPEN:
            text = t("charts.deadlines.open")
            halves = (text[: (len(text) + 1) // 2], text[(len(text) + 1) // 2 :])
            rows += [
                text_row(h, Spot(middle, PLOT + 12 + 15 * n, "center"), theme.MUTED, theme.SMALL)
                for n, h in enumerate(halves)
            ]
            continue
        rows.append(text_row(str(year), Spot(middle, PLOT + 12, "center"), theme.MUTED, theme.SMALL))
    passed = sum(1 for year, _ in counts if year != OPEN and date(year, 12, 31) < as_of)
    if passed:
        rows.append({"part": "past", "x": 0.08, "x2": passed - 0.08, "y": 0, "stroke": theme.MUTED})
        text = t("charts.deadlines.as_of")
        if width(text, theme.SMALL) <= passed * slot:
            rows.append(text_row(text, Spot(passed * slot / 2, PLOT + 35, "center"), theme.MUTED, theme.SMALL))
    params = {"count": columns, "most": marks[-1], "yticks": marks, "yformat": tick_format(marks)}
    return Drawing(total, PLOT + padding.top + padding.bottom, tuple(rows), params, padding)


def _bar(index: int, families: Counter[Family], room: tuple[float, float]) -> Iterator[dict[str, Any]]:
    """One year's column: a piece a family from the bottom up, its count inside where it fits, the total on top."""
    slot, most = room
    begin = 0
    for family in Family:
        count = families[family]
        if not count:
            continue
        colour = theme.FAMILY_COLOURS[family]
        ends = {"x": index + 0.14, "x2": index + 0.86, "y": begin, "y2": begin + count}
        yield {"part": "piece", **ends, "fill": colour, "hint": f"{t(f'status.family.{family}')} {count}"}
        middle = PLOT * (1 - (begin + count / 2) / most)
        if PLOT * count / most >= 15 and count < sum(families.values()) and slot >= 24:
            fill = theme.INK if family is Family.UNJUDGED else theme.GROUND
            yield text_row(number(count), Spot((index + 0.5) * slot, middle, "center"), fill, theme.SMALL)
        begin += count
    yield text_row(number(begin), Spot((index + 0.5) * slot, PLOT * (1 - begin / most) - 9, "center"))


def _form() -> alt.TopLevelMixin:
    """The columns without data; `x` counts columns."""
    x = alt.X("x:Q", scale=domain(0, "count"), axis=None)
    axis = alt.Axis(
        values=alt.ExprRef("yticks"), labelExpr="format(datum.value, yformat)", ticks=False, labelPadding=6, title=None
    )
    y = alt.Y("y:Q", scale=domain(0, "most"), axis=axis)
    piece = (
        only("piece")
        .mark_rect(stroke=theme.GROUND, strokeWidth=1)
        .encode(x=x, x2="x2:Q", y=y, y2="y2:Q", fill=alt.Fill("fill:N", scale=None), tooltip=alt.Tooltip("hint:N"))
    )
    past = (
        only("past")
        .mark_rule(strokeWidth=2, yOffset=22)
        .encode(x=x, x2="x2:Q", y=y, stroke=alt.Stroke("stroke:N", scale=None))
    )
    chart: alt.TopLevelMixin = alt.layer(piece, past, glyphs(), texts())
    return chart


FORM = Form(
    name=KIND,
    fields="part x x2 y y2 shape fill stroke dash size hint px py align text",
    params=("count", "most", "yticks", "yformat"),
    build=_form,
)
