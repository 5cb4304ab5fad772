"""A status as a small SVG image that other sites can show. Gets a verdict, gives bytes; needs no font of its own.

Glyph and word are in the image and in its title, so that colour is decoration only.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from build_scripts.method import COLOURS, Status
from build_scripts.text import t

_HEIGHT, _PAD, _SIZE = 24, 9, 13
_FONTS = "PingFang SC,Microsoft YaHei,Noto Sans CJK SC,sans-serif"


def badge(status: Status, as_of: str) -> bytes:
    """The badge of a status on a day (ISO): what it is about on the left, glyph and label on the right."""
    left = t("opendata.badge.left")
    right = f"{t(f'status.glyph.{status}')} {t(f'status.label.{status}')}"
    title = t("opendata.badge.title", status=t(f"status.label.{status}"), as_of=as_of)
    first, second = _width(left), _width(right)
    total, middle = first + second, _HEIGHT * 0.71
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{total}" height="{_HEIGHT}" viewBox="0 0 {total} {_HEIGHT}" '
        f'role="img" aria-label={quoteattr(title)}><title>{escape(title)}</title>'
        f'<rect width="{total}" height="{_HEIGHT}" rx="4" fill="{COLOURS[status]}"/>'
        f'<path d="M4 0H{first}V{_HEIGHT}H4A4 4 0 0 1 0 {_HEIGHT - 4}V4A4 4 0 0 1 4 0Z" fill="#33383D"/>'
        f'<g fill="#FFFFFF" font-family="{_FONTS}" font-size="{_SIZE}" text-anchor="middle">'
        f'<text x="{first / 2:g}" y="{middle:g}">{escape(left)}</text>'
        f'<text x="{first + second / 2:g}" y="{middle:g}">{escape(right)}</text></g></svg>\n'
    ).encode()


def _width(text: str) -> int:
    """About how wide text is drawn, in pixels: a Chinese character or sign is as wide as the letters are high."""
    drawn = sum(_SIZE if ord(char) > 0x24FF else _SIZE * 0.6 for char in text)
    return round(drawn) + 2 * _PAD
