"""Cut the font that charts are measured with. Gets a full CJK font, gives the subset kept in `charts/fonts/`.

Run once when the shipped character set has to grow, in an environment that has `cffsubr` besides (which writes what
outlines share once, a twentieth of the file)::

    cd build_scripts/charts/fonts
    python ../../../benchmarks/subset_font.py NotoSansCJK-Regular.ttc 'SourceSans3[wght].ttf' new.otf report-sans-sc.otf

The arguments after the new file are texts, or fonts whose characters must stay.

The set is every Han character of GB 2312 (both levels), ASCII, the letters of Europe and Vietnam in Latin, Greek and
Cyrillic, Chinese punctuation and the signs charts write, and whatever else those hold. Letters that the CJK font lacks
come from Source Sans 3, from which it has its others; they are enlarged as those are. Licence
of the result: SIL Open Font License 1.1, as the originals.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import cffsubr  # type: ignore[import-not-found]
from fontTools import subset
from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FAMILY = "Report Sans SC"
FACE = "Noto Sans CJK SC"
# How much larger than Source Sans its letters are in Noto Sans CJK, and in which weight.
SCALE, WEIGHT = 1.117, 400
SIGNS = "·×÷±≤≥≈≠→←↑↓–—‘’“”…‰′″℃②③①④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤ"
SIGNS += "〇㎡−　、。〈〉《》「」『』【】〔〕！（），．：；？％＋－／～￥│○●◎◇◆□■△▲▽▼☆★¥²³•"
# ASCII, then what Europe writes besides.
LETTERS = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0¡£¥§«°±²³µ·»¿€¼½¾" + "".join(map(chr, range(0xC0, 0x180)))
# Romanian and Welsh; capital ß; Vietnamese; Greek; Cyrillic of Europe.
LETTERS += "ȘșȚțẀẁẂẃẄẅẞƠơƯư" + "".join(map(chr, [*range(0x1EA0, 0x1EFA), *range(0x386, 0x3CF), *range(0x400, 0x460)]))
LETTERS += "Ґґ"
# Characters of place names that GB 2312 lacks (from the national list of standard characters, level three).
PLACES = "垟峃砻硐硚坌堉埗堽塱墘夼岽峁崚崾嶝槠浉洣洈涢溇瀍垕堌埌埇塍漷潩潖濉"
PLACES += "瀔瑷畈畹堎塆垴垸堨堰塝崧嵩峪峧岜岈岗垭垵垞埭堍堠墉"


def gb2312_han() -> Iterable[str]:
    """The 6,763 Han characters of GB 2312, rows 16 to 87."""
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                yield bytes([high, low]).decode("gb2312")
            except UnicodeDecodeError:
                continue


def face(path: Path) -> TTFont:
    """The simplified-Chinese face of a font file or collection."""
    if path.suffix != ".ttc":
        return TTFont(path)
    fonts = TTCollection(str(path), lazy=True).fonts
    return next(font for font in fonts if font["name"].getDebugName(1) == FACE)


def cut(source: Path, latin: Path, target: Path, extra: str) -> None:
    """Write the subset of `source` under the family name charts ask for; no hints, no layout features but kerning."""
    font = face(source)
    font.recalcTimestamp = False
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern"]
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.recalc_timestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(text=LETTERS + "".join(gb2312_han()) + SIGNS + PLACES + extra)
    cutter.subset(font)
    add(font, latin, (char for char in sorted(set(LETTERS)) if ord(char) not in font.getBestCmap()))
    names = font["name"]
    for name_id, value in ((1, FAMILY), (4, FAMILY), (6, FAMILY.replace(" ", "")), (16, None), (17, None)):
        names.removeNames(nameID=name_id)
        if value:
            names.setName(value, name_id, 3, 1, 0x409)
    cffsubr.subroutinize(font)
    font.save(target)


def add(font: TTFont, latin: Path, chars: Iterable[str]) -> None:
    """Add these letters from `latin` where it has them, each as a glyph after all others."""
    other = instantiateVariableFont(TTFont(latin), {"wght": WEIGHT})
    outlines, known, like = other.getGlyphSet(), other.getBestCmap(), font.getBestCmap()[ord("a")]
    top = font["CFF "].cff.topDictIndex[0]
    order, private = list(font.getGlyphOrder()), top.FDArray[top.FDSelect[font.getGlyphID(like)]].Private
    number = max(int(name.removeprefix("cid")) for name in order if name.startswith("cid"))
    for char in (each for each in chars if ord(each) in known):
        number += 1
        name = f"cid{number:05d}"
        width = round(other["hmtx"][known[ord(char)]][0] * SCALE)
        pen = T2CharStringPen(width, None)
        whole = DecomposingRecordingPen(outlines)
        outlines[known[ord(char)]].draw(whole)
        curves = Qu2CuPen(pen, 0.6, all_cubic=True, reverse_direction=True)
        whole.replay(TransformPen(curves, (SCALE, 0, 0, SCALE, 0, 0)))
        drawn = pen.getCharString(private, top.GlobalSubrs)
        drawn.fdSelectIndex = top.FDSelect[font.getGlyphID(like)]
        top.FDSelect.append(drawn.fdSelectIndex)
        top.CharStrings.charStrings[name] = len(top.CharStrings.charStringsIndex)
        top.CharStrings.charStringsIndex.append(drawn)
        order.append(name)
        bounds = drawn.calcBounds(None) or (0,)
        font["hmtx"][name] = (width, round(bounds[0]))
        for table in font["cmap"].tables:
            table.cmap[ord(char)] = name
    top.charset = order
    font.setGlyphOrder(order)


def characters(path: Path) -> str:
    """The characters of a text or of a font."""
    if path.suffix in {".otf", ".ttf"}:
        return "".join(map(chr, TTFont(path).getBestCmap()))
    return path.read_text(encoding="utf-8")


if __name__ == "__main__":
    given = [Path(each) for each in sys.argv[1:]]
    cut(*given[:3], "".join(map(characters, given[3:])))
