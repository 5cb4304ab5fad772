"""The trajectory chart: the path from the baseline, the bands of the pace, what was published, the deadline.

Gets a target's entry or a related series, gives a `ChartSpec`. It stands without a baseline, a deadline, a target
value or more than one observation: each part is drawn only if there is something to draw it from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from build_scripts.charts import theme, trajectory_words
from build_scripts.charts.alt import alt
from build_scripts.charts.course import NO_COURSE, course, usable
from build_scripts.charts.credits import disclaimer, publishers
from build_scripts.charts.form import Form
from build_scripts.charts.layers import domain, only, texts
from build_scripts.charts.scale import Scales, magnitude
from build_scripts.charts.spec import NARROW, WIDE, ChartSpec
from build_scripts.charts.trajectory_rows import drawing
from build_scripts.charts.trajectory_story import Story
from build_scripts.core.records import Indicator
from build_scripts.locale import t
from build_scripts.report import Figure, RelatedSeries, TargetEntry

KIND = "trajectory"


def trajectory(entry: TargetEntry, reference: Sequence[Figure] = (), scales: Scales = None) -> ChartSpec | None:
    """The trajectory of a target, or None when there is neither a figure nor a path to show.

    `reference` is the series that a `moving_ref` target is measured against; `scales` as `magnitude` has them.
    """
    path = course(entry, entry.latest)
    if not usable(entry.figures) and not path.has_path:
        return None
    values = [*_values(entry.figures), *(v for v in (path.goal,) if v)]
    divisor, unit = magnitude(values, entry.indicator.unit, scales)
    story = Story(
        figures=tuple(usable(entry.figures)),
        reference=tuple(usable(reference)),
        reference_name=entry.reference.name if entry.reference else "",
        path=path,
        kind=entry.target.kind,
        rising=entry.indicator.direction != "down",
        status=entry.status,
        judged=entry.assessment.period,
        scale=divisor,
        unit=unit,
        decimals=entry.indicator.decimals,
        goal_label=trajectory_words.goal_label(entry.target, path, divisor),
        deadline=trajectory_words.deadline_year(entry.target),
    )
    # The file of a target holds its own series; that of the indicator those of the places it is compared with, too.
    data = f"indicators/{entry.indicator.indicator_id}" if story.reference else f"targets/{entry.target_id}"
    words = trajectory_words.of_target(entry, story)
    return _spec(f"{entry.target_id}-trajectory", story, words, disclaimer(), data)


def related(series: RelatedSeries, scales: Scales = None) -> ChartSpec:
    """The small trajectory of a series that is near a target but not its own: no path, no verdict."""
    record = series.record
    chart_id = f"{record.target_id}-related-{record.indicator_id}-{record.region_id}"
    story = _bare_story(series.indicator, series.figures, scales)
    words = trajectory_words.of_series(series.indicator.name, story)
    return _spec(
        chart_id, story, words, (t("charts.trajectory.related_note"),), f"indicators/{series.indicator.indicator_id}"
    )


def published(
    chart_id: str, name: str, indicator: Indicator, figures: Sequence[Figure], scales: Scales = None
) -> ChartSpec:
    """All published figures of one series under its `name`, whatever period they cover: no path, no verdict."""
    story = _bare_story(indicator, figures, scales)
    return _spec(chart_id, story, trajectory_words.of_series(name, story), (), f"indicators/{indicator.indicator_id}")


def _bare_story(indicator: Indicator, figures: Sequence[Figure], scales: Scales) -> Story:
    divisor, unit = magnitude(_values(figures), indicator.unit, scales)
    return Story(
        figures=tuple(usable(figures)),
        reference=(),
        reference_name="",
        path=NO_COURSE,
        kind="",
        rising=True,
        status=None,
        judged=None,
        scale=divisor,
        unit=unit,
        decimals=indicator.decimals,
        goal_label="",
    )


def _values(figures: Iterable[Figure]) -> list[Decimal]:
    return [f.observation.value for f in usable(figures) if f.observation.value is not None]


def _spec(chart_id: str, story: Story, words: trajectory_words.Words, standing: Sequence[str], data: str) -> ChartSpec:
    figures = (*story.figures, *story.reference)
    return ChartSpec(
        id=chart_id,
        kind=KIND,
        title=words.title,
        alt=words.alt,
        unit=story.unit,
        key=words.key,
        table=words.table,
        source_ids=tuple(dict.fromkeys(f.source.source_id for f in figures)),
        form=FORM,
        wide=drawing(story, WIDE),
        narrow=drawing(story, NARROW),
        credits=(*publishers(f.source for f in figures), *standing),
        data=data,
    )


def _form() -> alt.TopLevelMixin:
    """The trajectory without data."""
    x = alt.X(
        "x:Q",
        scale=domain("xlo", "xhi"),
        axis=alt.Axis(values=alt.ExprRef("xticks"), labelExpr="datum.value", grid=False, title=None, ticks=True),
    )
    y = alt.Y(
        "y:Q",
        scale=domain("ylo", "yhi"),
        axis=alt.Axis(
            values=alt.ExprRef("yticks"),
            labelExpr="format(datum.value, yformat)",
            ticks=False,
            labelPadding=6,
            title=None,
        ),
    )
    fill = alt.Fill("fill:N", scale=None)
    stroke = alt.Stroke("stroke:N", scale=None)
    band = only("band").mark_area(opacity=1).encode(x=x, y=y, y2="y2:Q", fill=fill)
    span = only("range").mark_rect(fill=theme.BAND_ON).encode(x=x, x2="x2:Q", y=y, y2="y2:Q")
    path = only("path").mark_line(color=theme.MUTED, strokeDash=[4, 3], strokeWidth=1.5).encode(x=x, y=y)
    goal = only("goal").mark_rule(color=theme.INK, strokeWidth=1.5).encode(x=x, x2="x2:Q", y=y)
    end = only("end").mark_rule(color=theme.MUTED, strokeDash=[2, 2]).encode(x=x)
    line = only("line").mark_line(strokeWidth=2).encode(x=x, y=y, detail="series:N", stroke=stroke)
    point = (
        only("obs")
        .mark_point(strokeWidth=1.5, opacity=1)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape("shape:N", scale=None),
            fill=fill,
            stroke=stroke,
            size=alt.Size("size:Q", scale=None),
            tooltip=alt.Tooltip("hint:N"),
        )
    )
    return alt.layer(band, span, path, goal, end, line, point, texts())


FORM = Form(
    name=KIND,
    fields="part x x2 y y2 series shape fill stroke size hint px py align text",
    params=("xlo", "xhi", "ylo", "yhi", "xticks", "yticks", "yformat"),
    build=_form,
)
