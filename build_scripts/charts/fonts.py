"""Widths of text and missing characters, by the font that ships with the charts. Gets strings, gives numbers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from unicodedata import category

from fontTools.ttLib import TTFont

from build_scripts.locale import t

FOLDER = Path(__file__).parent / "fonts"
FILE = FOLDER / "report-sans-sc.otf"
# Readers see the text in a font of their own: Chinese characters are as wide there, digits and Latin letters may run
# wider (the widest of the usual screen fonts by this much).
MARGIN = 1.15
_FIRST_CJK = 0x2E80
# Signs that stand between words as well as after them.
_MIDDLE = frozenset(".,;:·…/&@#*\\'\"")


@cache
def _advances() -> dict[int, float]:
    """The advance width of each character the font has, in em."""
    with TTFont(FILE, lazy=True) as font:
        metrics = font["hmtx"].metrics
        units = font["head"].unitsPerEm
        return {code: metrics[name][0] / units for code, name in font.getBestCmap().items()}


def width(text: str, size: float) -> float:
    """The width of `text` in px at `size` px, with a margin for other fonts; unknown characters count one em."""
    advances = _advances()
    return size * sum(advances.get(ord(char), 1.0) * (MARGIN if ord(char) < _FIRST_CJK else 1.0) for char in text)


def missing(texts: Iterable[str]) -> str:
    """The characters of `texts` that the font cannot draw, each once, in code order."""
    return "".join(sorted(set().union(*texts) - _drawable() - {"\n"}))


@cache
def _drawable() -> frozenset[str]:
    return frozenset(map(chr, _advances()))


def clip(text: str, size: float, room: float) -> str:
    """`text`, or as much of it as fits `room` px followed by `…`."""
    if width(text, size) <= room:
        return text
    return f"{text[: _fitting(text, size, room, after='…')]}…"


def _fitting(text: str, size: float, room: float, after: str = "") -> int:
    """How many characters of `text` fit `room` px with `after` behind them; looks no further than they reach."""
    last = width(after, 1.0)
    total = 0.0
    for count, char in enumerate(text):
        total += width(char, 1.0)
        if size * (total + last) > room:
            return count
    return len(text)


def _closes(mark: str) -> bool:
    """Whether a sign ends what stands before it, so that no line may begin with it."""
    return mark not in _MIDDLE and category(mark) in {"Po", "Pe", "Pf"}


def wrap(text: str, size: float, room: float, lines: int) -> list[str]:
    """`text` broken into at most `lines` lines of `room` px; the last one ends in `…` if something is left over.

    A closing mark never begins a line: it hangs at the end of the one before.
    """
    found: list[str] = []
    rest = text
    while rest and len(found) < lines:
        if len(found) == lines - 1:
            found.append(clip(rest, size, room))
            break
        count = max(1, _fitting(rest, size, room))
        if count < len(rest) and t("format.wrap") == "words":
            count = rest.rfind(" ", 0, count + 1) + 1 or count
        while count < len(rest) and count > 1 and _closes(rest[count]):
            count -= 1
        found.append(rest[:count].rstrip(" "))
        rest = rest[count:]
    return found
