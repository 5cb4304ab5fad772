"""Fonts of this machine for the characters the shipped font lacks. Gets characters, gives font files.

Pages need none of this: their charts keep text as text, and the reader's browser finds the glyphs. Only pictures (PNG)
are drawn here, and a rare character in a name must never stop a build.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont

from build_scripts.charts import fonts
from build_scripts.core.language import Later
from build_scripts.core.settings import FONT_FOLDERS
from build_scripts.locale import listed, t

_KINDS = frozenset({".ttf", ".otf", ".ttc", ".otc"})
_MOST = 400
# Fonts with many characters first, in an upright regular cut; a name says enough.
_RICH = ("cjk", "han", "song", "hei", "sim", "msyh", "pingfang", "wqy", "unifont", "noto", "dejavu")
_OTHER_CUTS = ("bold", "italic", "oblique", "light", "thin", "black", "mono", "condensed", "medium")


# Drawn where no font has a character; the shipped font has it.
BOX = "□"
# The first of the 65,534 characters that Unicode leaves to everybody (a package must not hold any).
_FIRST_SIGN = 0xF0000
_SHAPED = frozenset({"R", "AL"})  # scripts whose letters change with their neighbours


@dataclass(frozen=True, slots=True)
class StandIn:
    """A font file of this machine, the face in it and the family it calls itself."""

    path: str
    index: int
    family: str


@cache
def stand_in(char: str) -> StandIn | None:
    """The first font of this machine that can draw `char` by itself; None when there is none."""
    if unicodedata.bidirectional(char) in _SHAPED:
        return None
    for path in _files():
        face, known = _face(path)
        if face and char in known:
            return face
    return None


def runs(text: str) -> Iterator[tuple[str, StandIn | None]]:
    """`text` as a picture can show it, in pieces, each with the font that stands in for the shipped one, or None.

    What no font here can draw is written with what it is made of (`㎥` as m3, `é` as e), or is a box. Marks that sit on
    another character are left out: renderers put such clusters together from several fonts, and the one for SVG breaks
    off over it.
    """
    whole = unicodedata.normalize("NFC", text)
    lacking = set(fonts.missing([whole]))
    kept = [char for char in whole if char not in lacking or not unicodedata.category(char).startswith("M")]
    for font, chars in groupby(kept, key=lambda char: stand_in(char) if char in lacking else None):
        yield "".join(_spelled(char) if font is None and char in lacking else char for char in chars), font


def _spelled(char: str) -> str:
    """A character by what it is made of, where the shipped font has all of that; else a box."""
    parts = [part for part in unicodedata.normalize("NFKD", char) if not unicodedata.category(part).startswith("M")]
    return "".join(parts) if parts and not fonts.missing(parts) else BOX


def neutral(text: str) -> tuple[str, dict[int, str]]:
    """`text` with each character the shipped font lacks put as a sign without meaning, and how to put them back.

    Whoever only measures and passes text on is given it so: shaping what a font lacks can break a renderer off.
    """
    lacking = fonts.missing([text])
    signs = {ord(char): chr(_FIRST_SIGN + number) for number, char in enumerate(lacking)}
    return text.translate(signs), {ord(sign): chr(code) for code, sign in signs.items()}


def rare_characters(texts: Iterable[str]) -> tuple[Later, ...]:
    """What to tell whoever builds: characters the shipped font lacks, and what the pictures show instead."""
    lacking = [char for char in fonts.missing(texts) if not unicodedata.category(char).startswith("M")]
    if not lacking:
        return ()
    borrowed = {char: font for char in lacking if (font := stand_in(char))}
    boxes = [char for char in lacking if char not in borrowed and _spelled(char) == BOX]
    families = sorted({font.family for font in borrowed.values()})
    return (Later(_of_rare, lacking, families, boxes),)


def _of_rare(lacking: Sequence[str], families: Sequence[str], boxes: Sequence[str]) -> str:
    said = [t("charts.fonts.rare", characters=listed(lacking))]
    if families:
        said.append(t("charts.fonts.borrowed", fonts=listed(families)))
    if boxes:
        said.append(t("charts.fonts.boxes", characters=listed(boxes)))
    return "".join(said)


def drawn_by(chars: Iterable[str]) -> tuple[StandIn | None, ...]:
    """For each character the font that will draw it: part of what decides a picture's bytes."""
    return tuple(stand_in(char) for char in chars)


@cache
def _files() -> tuple[Path, ...]:
    """Font files of this machine, the likeliest first; always in the same order."""
    roots = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    if windows := os.environ.get("WINDIR"):
        roots.append(Path(windows) / "Fonts")
    found = [path for root in roots if root.is_dir() for path in root.rglob("*") if path.suffix.lower() in _KINDS]
    return tuple(sorted(found, key=_likeliest)[:_MOST])


def _likeliest(path: Path) -> tuple[int, bool, str]:
    name = path.stem.lower()
    rank = next((number for number, word in enumerate(_RICH) if word in name), len(_RICH))
    return rank, any(word in name for word in _OTHER_CUTS), str(path)


@cache
def _face(path: Path) -> tuple[StandIn | None, frozenset[str]]:
    """A file's face and its characters; none for a file that is no font with outlines."""
    try:
        if path.suffix.lower() in {".ttc", ".otc"}:
            with TTCollection(path, lazy=True) as collection:
                families = [str(font["name"].getBestFamilyName() or "") for font in collection.fonts]
                index = next((number for number, name in enumerate(families) if name.endswith((" SC", " CN"))), 0)
                return _described(path, index, collection.fonts[index])
        with TTFont(path, lazy=True) as font:
            return _described(path, 0, font)
    except Exception:  # a broken font among hundreds is passed over, whatever the reader makes of it
        return None, frozenset()


def _described(path: Path, index: int, font: TTFont) -> tuple[StandIn | None, frozenset[str]]:
    if not {"glyf", "CFF ", "CFF2"} & set(font.keys()):
        return None, frozenset()  # pictures instead of outlines: cannot be drawn at any size
    family = str(font["name"].getDebugName(1) or "")
    return StandIn(str(path), index, family), frozenset(map(chr, font.getBestCmap() or {}))
