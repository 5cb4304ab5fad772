"""Texts of a picture as outlines of the shipped font. Gets an SVG, gives one that needs no font.

Whoever turns SVG into PNG opens the font once for every text, and that is most of its work. The outlines, widths and
kerning here are the font's own, so the PNG is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from xml.sax.saxutils import unescape

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont

from build_scripts.charts import fonts, theme

_TEXT = re.compile(r"<text\b([^>]*)>([^<]*)</text>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_KNOWN = frozenset({"x", "y", "text-anchor", "font-size", "fill"})
_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}


def outlined(picture: str) -> str | None:
    """The picture with outlines in place of its texts; None where the shipped font lacks a character of it."""
    font = _font()
    used: dict[str, str] = {}
    parts: list[str] = []
    end = 0
    for found in _TEXT.finditer(picture):
        look = dict(_ATTRIBUTE.findall(found[1]))
        text = unescape(found[2])
        if set(look) - _KNOWN or not font.draws(text):
            return None
        row = _row(" ".join(text.split()))
        used.update(row.outlines)
        parts += [picture[end : found.start()], _placed(row, look)]
        end = found.end()
    if "<text" in picture[end:] or "<tspan" in picture:
        return None
    whole = "".join([*parts, picture[end:]])
    # The step at the end shows nothing; without it a glyph that is a rectangle would be moved to whole pixels.
    shelf = "".join(f'<path id="{name}" d="{drawn}M0,0"/>' for name, drawn in used.items())
    return whole.replace(">", f"><defs>{shelf}</defs>", 1)


@dataclass(frozen=True, slots=True)
class _Row:
    """The glyphs of a text in a row, in the font's units: as elements, how long it is, their outlines by name."""

    glyphs: str
    width: float
    outlines: Mapping[str, str]


@lru_cache(maxsize=4096)
def _row(text: str) -> _Row:
    """A text as a row of glyphs; names of places and years come again from picture to picture."""
    font, at = _font(), 0.0
    glyphs: list[str] = []
    outlines: dict[str, str] = {}
    for glyph, advance in font.places(text):
        if drawn := font.outline(glyph):
            name = f"l{font.number(glyph)}"
            outlines[name] = drawn
            glyphs.append(f'<use href="#{name}" x="{at:g}"/>')
        at += advance
    return _Row("".join(glyphs), at, outlines)


def _placed(row: _Row, look: dict[str, str]) -> str:
    """A row of glyphs, drawn from where its text is anchored."""
    size = float(look.get("font-size", f"{theme.FONT_SIZE}").removesuffix("px"))
    scale = size / _font().units
    x = float(look["x"]) - _BEFORE[look.get("text-anchor", "start")] * row.width * scale
    place = f"translate({x:.6g},{look['y']}) scale({scale:.9g},{-scale:.9g})"
    return f'<g fill="{look["fill"]}" transform="{place}">{row.glyphs}</g>'


class _Font:
    """The shipped font: its outlines, widths and kerning, each read when it is first asked for."""

    def __init__(self) -> None:
        self._file = TTFont(fonts.FILE, lazy=True)
        self.units: int = self._file["head"].unitsPerEm
        self._glyphs = self._file.getGlyphSet()
        self._names: dict[int, str] = self._file.getBestCmap()
        self._widths: dict[str, tuple[int, int]] = self._file["hmtx"].metrics
        self._pairs = [table for lookup in self._file["GPOS"].table.LookupList.Lookup for table in lookup.SubTable]
        self._known: dict[str, str] = {}
        self._kerns: dict[tuple[str, str], float] = {}

    def draws(self, text: str) -> bool:
        """Whether the font has every character of a text."""
        return all(ord(char) in self._names for char in text)

    def number(self, glyph: str) -> int:
        """A number of a glyph."""
        found: int = self._file.getGlyphID(glyph)
        return found

    def places(self, text: str) -> Iterator[tuple[str, float]]:
        """The glyphs of a text, each with the way to the next."""
        glyphs = [self._names[ord(char)] for char in text]
        for glyph, following in zip(glyphs, [*glyphs[1:], ""], strict=True):
            yield glyph, self._widths[glyph][0] + (self._kern(glyph, following) if following else 0)

    def outline(self, glyph: str) -> str:
        """A glyph's outline in the font's units; empty for a space."""
        if glyph not in self._known:
            pen = SVGPathPen(self._glyphs)
            self._glyphs[glyph].draw(pen)
            self._known[glyph] = pen.getCommands()
        return self._known[glyph]

    def _kern(self, first: str, second: str) -> float:
        pair = (first, second)
        if pair not in self._kerns:
            self._kerns[pair] = next(self._of_tables(first, second), 0.0)
        return self._kerns[pair]

    def _of_tables(self, first: str, second: str) -> Iterator[float]:
        """What each table says of a pair; the first that knows it counts."""
        for table in self._pairs:
            if first not in table.Coverage.glyphs:
                continue
            if table.Format == 1:
                listed = table.PairSet[table.Coverage.glyphs.index(first)].PairValueRecord
                values = [each.Value1 for each in listed if each.SecondGlyph == second]
            else:
                one = table.ClassDef1.classDefs.get(first, 0)
                other = table.ClassDef2.classDefs.get(second, 0)
                values = [table.Class1Record[one].Class2Record[other].Value1]
            for value in values:
                yield getattr(value, "XAdvance", 0) or 0


@cache
def _font() -> _Font:
    return _Font()
