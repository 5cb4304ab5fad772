"""The layers most charts share, in Altair: texts at px, status glyphs, spans. Gives layers over the data set `rows`."""

from __future__ import annotations

from build_scripts.charts.alt import alt


def rows() -> alt.Chart:
    """A chart over the data set that a drawing's rows are put into."""
    return alt.Chart(alt.NamedData(name="rows"))


def only(part: str) -> alt.Chart:
    """The rows of one part of the picture."""
    return rows().transform_filter(f"datum.part === '{part}'")


def texts() -> alt.Chart:
    """Texts at the px that the label placement chose."""
    chart: alt.Chart = only("text").mark_text(
        x=alt.ExprRef("datum.px"),
        y=alt.ExprRef("datum.py"),
        align=alt.ExprRef("datum.align"),
        fontSize=alt.ExprRef("datum.size"),
        fill=alt.ExprRef("datum.fill"),
        text=alt.ExprRef("datum.text"),
        baseline="middle",
    )
    return chart


def glyphs() -> alt.Chart:
    """Status glyphs at px: an outline a status, filled or hollow."""
    chart: alt.Chart = (
        only("glyph")
        .mark_point(
            x=alt.ExprRef("datum.px"),
            y=alt.ExprRef("datum.py"),
            strokeDash=alt.ExprRef("datum.dash"),
            strokeWidth=1.5,
            opacity=1,
        )
        .encode(
            shape=alt.Shape("shape:N", scale=None),
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("stroke:N", scale=None),
            size=alt.Size("size:Q", scale=None),
        )
    )
    return chart


def span(part: str) -> alt.Chart:
    """Rectangles of one part, in the fill and stroke of their rows."""
    chart: alt.Chart = (
        only(part)
        .mark_rect(strokeWidth=1)
        .encode(fill=alt.Fill("fill:N", scale=None), stroke=alt.Stroke("stroke:N", scale=None))
    )
    return chart


def pixels(end: str) -> alt.Scale:
    """A scale that takes px as they are, from nought to the parameter `end`."""
    reach: list[float | alt.ExprRef] = [0, alt.ExprRef(end)]
    return alt.Scale(domain=reach, range=reach, nice=False)


def domain(low: str | float, high: str | float) -> alt.Scale:
    """A scale over the domain that parameters (by name) or numbers give, taken as it is."""
    bounds = [alt.ExprRef(bound) if isinstance(bound, str) else bound for bound in (low, high)]
    return alt.Scale(domain=bounds, nice=False, zero=False)
