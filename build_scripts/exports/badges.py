"""A status as a small SVG image that other sites can show. Gets a verdict, gives bytes; needs no font of its own.

Glyph and word are in the image and in its title, so that colour is decoration only.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from build_scripts.core.method import COLOURS, Status
from build_scripts.locale import t

_HEIGHT, _PAD, _SIZE = 24, 8, 13
_FONTS = "PingFang SC,Microsoft YaHei,Noto Sans CJK SC,sans-serif"
_DARK, _LIGHT = "#33383D", "#EEF0F2"


def badge(status: Status, as_of: str) -> bytes:
    """The badge of a status on a day (ISO): what it is about, the glyph on the status colour, the label.

    The label is dark on a light ground whatever the status, so that it can be read in every colour.
    """
    subject, glyph, label = t("opendata.badge.left"), t(f"status.glyph.{status}"), t(f"status.label.{status}")
    title = t("opendata.badge.title", status=label, as_of=as_of)
    edges = (0, _width(subject), _width(subject) + _HEIGHT, _width(subject) + _HEIGHT + _width(label))
    width, height, middle = edges[3], _HEIGHT, f"{_HEIGHT * 0.71:g}"
    words = "".join(
        f'<text x="{(edges[place] + edges[place + 1]) / 2:g}" y="{middle}" fill="{colour}">{escape(text)}</text>'
        for place, (text, colour) in enumerate(((subject, "#FFFFFF"), (glyph, "#FFFFFF"), (label, "#1B1E21")))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" aria-label={quoteattr(title)}><title>{escape(title)}</title>'
        f'<rect width="{width}" height="{height}" rx="4" fill="{_LIGHT}"/>'
        f'<path d="M4 0H{edges[1]}V{height}H4A4 4 0 0 1 0 {height - 4}V4A4 4 0 0 1 4 0Z" fill="{_DARK}"/>'
        f'<rect x="{edges[1]}" width="{_HEIGHT}" height="{height}" fill="{COLOURS[status]}"/>'
        f'<g font-family="{_FONTS}" font-size="{_SIZE}" text-anchor="middle">{words}</g></svg>\n'
    ).encode()


def _width(text: str) -> int:
    """How wide a Chinese word is drawn with room on both sides, in pixels: each character as wide as it is high."""
    return len(text) * _SIZE + 2 * _PAD
