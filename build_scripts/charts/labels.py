"""Puts direct labels where they cover nothing: each label has some spots it would accept, the first free one wins.

Gets labels in order of importance, gives rows of the text layer. Everything is in px of the plotting area.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from build_scripts.charts import theme
from build_scripts.charts.fonts import width

Align = Literal["left", "center", "right"]
# Px kept between two texts on one line.
APART = 5.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in px."""

    left: float
    top: float
    right: float
    bottom: float

    def hits(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        """Whether this lies wholly inside `other`."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for a label: the anchor and which side of it the text stands on; `y` is the middle of the line."""

    x: float
    y: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Label:
    """A text with the spots it accepts, best first. An `optional` one is left out when none is free."""

    text: str
    spots: tuple[Spot, ...]
    fill: str = theme.INK
    size: float = theme.FONT_SIZE
    optional: bool = True


def around(x: float, y: float, gap: float = 13) -> tuple[Spot, ...]:
    """The usual spots about a point: above, below, right, left, then further off."""
    near = (Spot(x, y - gap, "center"), Spot(x, y + gap, "center"), Spot(x + 9, y), Spot(x - 9, y, "right"))
    slant = (
        Spot(x + 4, y - gap),
        Spot(x - 4, y - gap, "right"),
        Spot(x + 4, y + gap),
        Spot(x - 4, y + gap, "right"),
    )
    far = (Spot(x, y - 2 * gap, "center"), Spot(x, y + 2 * gap, "center"))
    return near + slant + far


def box(text: str, spot: Spot, size: float) -> Box:
    """The room a text takes at a spot."""
    span = width(text, size)
    left = spot.x - {"left": 0.0, "center": span / 2, "right": span}[spot.align]
    return Box(left, spot.y - size * 0.62, left + span, spot.y + size * 0.62)


def text_row(text: str, spot: Spot, fill: str = theme.INK, size: float = theme.FONT_SIZE) -> dict[str, Any]:
    """A row of the text layer."""
    return {
        "part": "text",
        "px": round(spot.x, 1),
        "py": round(spot.y, 1),
        "align": spot.align,
        "text": text,
        "fill": fill,
        "size": size,
    }


def place(labels: Iterable[Label], bounds: Box, taken: Iterable[Box] = ()) -> list[dict[str, Any]]:
    """Rows for the labels that found room inside `bounds`, clear of `taken` and of each other.

    A label that is not optional and finds no free spot takes the one that covers fewest marks, but never another
    text; failing that it is left out too, for two texts on each other serve nobody.
    """
    marks = list(taken)
    texts: list[Box] = []
    rows = []
    for label in labels:
        inside = [(spot, room) for spot in label.spots if (room := box(label.text, spot, label.size)).within(bounds)]
        clear = [(spot, room) for spot, room in inside if not any(room.hits(other) for other in texts)]
        free = [(spot, room) for spot, room in clear if not any(room.hits(other) for other in marks)]
        if not free and not label.optional:
            free = sorted(clear, key=lambda pair: sum(pair[1].hits(other) for other in marks))
        if free:
            spot, room = free[0]
            texts.append(Box(room.left - APART, room.top, room.right + APART, room.bottom))
            rows.append(text_row(label.text, spot, label.fill, label.size))
    return rows


def swatch(fill: str, stroke: str) -> dict[str, Any]:
    """The look of a square patch in a legend."""
    return {"shape": theme.SQUARE, "fill": fill, "stroke": stroke, "dash": [1, 0]}


def legend(parts: Iterable[tuple[str, Mapping[str, Any]]], y: float, room: float) -> tuple[list[dict[str, Any]], float]:
    """A sign and a word for each part (text, look of the sign), broken into lines of `room` px from `y` down.

    Gives the rows and the y below the last line.
    """
    rows: list[dict[str, Any]] = []
    left = 0.0
    for text, look in parts:
        span = 16 + width(text, theme.SMALL)
        if left and left + span > room:
            left, y = 0.0, y + 18
        rows.append({"part": "glyph", "px": round(left + 6, 1), "py": y, "size": 80, **look})
        rows.append(text_row(text, Spot(left + 16, y), theme.MUTED, theme.SMALL))
        left += span + 12
    return rows, y + 12
