"""Draws one card. Gets its words and codes, gives a PNG; the same card gives the same bytes."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from functools import cache, lru_cache

from PIL import Image, ImageColor, ImageDraw, ImageFont

from build_scripts.charts import fonts
from build_scripts.charts.stand_ins import StandIn, runs
from build_scripts.core.method import COLOURS, Family, Status

WIDTH, HEIGHT = 800, 420
_MARGIN = 48
_ROOM = WIDTH - 2 * _MARGIN
_INK, _QUIET, _GROUND, _ACCENT = "#1b2430", "#4d5762", "#ffffff", "#1e4b8f"
# The light scheme's fills of `tokens.css`: what is not judged is paler than its words.
_FILL = {
    **{status.value: colour for status, colour in COLOURS.items()},
    Status.PENDING.value: "#e2e6ea",
    Status.DUE_NO_DATA.value: "#a7adb4",
    Status.NO_DATA.value: "#d3d8dd",
    Status.NOT_ASSESSABLE.value: "#bcc2c9",
    Family.MET.value: COLOURS[Status.ACHIEVED],
    Family.PROGRESSING.value: COLOURS[Status.ON_TRACK],
    Family.LAGGING.value: COLOURS[Status.SLIGHTLY_BEHIND],
    Family.UNJUDGED.value: "#d3d8dd",
}
# Steps from a colour of words to the ground: enough for smooth edges, few enough for small files.
_STEPS = 6
# From so many bytes on the smaller file is worth the time.
_LARGE = 24_000


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of the bar over all targets of something: its status or family, its words, how many targets."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card. `code` is the status whose colour marks it, `status` its word; the font has no glyphs."""

    site: str
    above: str
    title: str
    sentence: str
    code: str
    status: str
    bars: tuple[Bar, ...]
    foot: str

    @property
    def texts(self) -> tuple[str, ...]:
        """Every string on the card."""
        labels = (bar.label for bar in self.bars)
        return (self.site, self.above, self.title, self.sentence, self.status, self.foot, *labels)


def draw(card: Card) -> bytes:
    """The card as a PNG of `WIDTH` × `HEIGHT` px."""
    image = _sheet(card.foot).copy()
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 11, HEIGHT), fill=COLOURS[Status(card.code)] if card.code else _ACCENT)
    _line(pen, 30, fonts.clip(" · ".join(filter(None, (card.site, card.above))), 20, _ROOM), 20, _QUIET)
    top = 68
    for line in fonts.wrap(card.title, 36, _ROOM, 2):
        _line(pen, top, line, 36, _INK, bold=True)
        top += 48
    top += 8
    below = 296 if card.bars or card.status else 350
    for line in fonts.wrap(card.sentence, 24, _ROOM, (below - top) // 36):
        _line(pen, top, line, 24, _INK)
        top += 36
    if card.status:
        pen.rectangle((_MARGIN, 314, _MARGIN + 22, 336), fill=COLOURS[Status(card.code)])
        _line(pen, 308, card.status, 28, COLOURS[Status(card.code)], bold=True, left=_MARGIN + 34)
    elif card.bars:
        _draw_bars(pen, card.bars)
    return _packed(image.quantize(palette=_palette(), dither=Image.Dither.NONE))


@lru_cache(maxsize=16)
def _sheet(foot: str) -> Image.Image:
    """A card with nothing but its foot, which hundreds have in common."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _GROUND)
    _line(ImageDraw.Draw(image), 380, fonts.clip(foot, 16, _ROOM), 16, _QUIET)
    return image


def _packed(flat: Image.Image) -> bytes:
    """A picture as PNG by its runs of one colour, in a third of the time; a large one as small as it gets."""
    out = io.BytesIO()
    flat.save(out, "PNG", compress_type=zlib.Z_RLE)
    if out.tell() > _LARGE:
        out = io.BytesIO()
        flat.save(out, "PNG")
    return out.getvalue()


def _draw_bars(pen: ImageDraw.ImageDraw, bars: tuple[Bar, ...]) -> None:
    """The bar to scale, and under it as many of its words as fit."""
    total = sum(bar.count for bar in bars)
    seen = 0
    for bar in bars:
        left, right = (_MARGIN + _ROOM * edge / total for edge in (seen, seen + bar.count))
        pen.rectangle((left, 304, max(left, right - 2), 328), fill=_FILL[bar.code])
        seen += bar.count
    left = float(_MARGIN)
    for bar in bars:
        wide = 20 + fonts.width(bar.label, 18)
        if left + wide > WIDTH - _MARGIN:
            break
        pen.rectangle((left, 347, left + 13, 360), fill=_FILL[bar.code])
        _line(pen, 341, bar.label, 18, _INK, left=left + 20)
        left += wide + 18


def _line(
    pen: ImageDraw.ImageDraw, top: float, text: str, size: int, fill: str, *, bold: bool = False, left: float = _MARGIN
) -> None:
    """One line of text; the shipped font has one weight, so bold is drawn with a thin outline."""
    for piece, other in runs(text):
        font = _font(size, other)
        pen.text((left, top), piece, font=font, fill=fill, stroke_width=0.5 if bold else 0)
        left += font.getlength(piece)


@cache
def _font(size: int, other: StandIn | None) -> ImageFont.FreeTypeFont:
    path, index = (other.path, other.index) if other else (str(fonts.FILE), 0)
    return ImageFont.truetype(path, size, index, layout_engine=ImageFont.Layout.BASIC)


@cache
def _palette() -> Image.Image:
    """Every colour a card may have: the fills as they are, the colours of words also on their way to the ground."""
    words = dict.fromkeys((_INK, _QUIET, *COLOURS.values()))
    found: dict[tuple[int, ...], None] = dict.fromkeys(
        ImageColor.getrgb(colour) for colour in (_GROUND, _ACCENT, *_FILL.values())
    )
    for colour in words:
        one = ImageColor.getrgb(colour)
        for step in range(_STEPS):
            found[tuple(part + (255 - part) * step // _STEPS for part in one)] = None
    picture = Image.new("P", (1, 1))
    picture.putpalette([part for colour in found for part in colour])
    return picture
