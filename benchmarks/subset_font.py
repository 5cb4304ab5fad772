"""Cut the font that charts are measured with. Gets a full CJK font, gives the subset kept in `charts/fonts/`.

Run once when the shipped character set has to grow::

    python benchmarks/subset_font.py NotoSansCJK-Regular.ttc build_scripts/charts/fonts/report-sans-sc.otf [EXTRA.txt…]

The set is every Han character of GB 2312 (both levels), ASCII and the letters of Western Europe, Chinese punctuation
and the signs charts write, and whatever else stands in the EXTRA files. Licence of the result: SIL Open Font License
1.1, as the original.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FAMILY = "Report Sans SC"
FACE = "Noto Sans CJK SC"
SIGNS = "·×÷±≤≥≈≠→←↑↓–—‘’“”…‰′″℃②③①④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤ"
SIGNS += "〇㎡−　、。〈〉《》「」『』【】〔〕！（），．：；？％＋－／～￥│○●◎◇◆□■△▲▽▼☆★¥²³•"
# ASCII, then what Western Europe writes besides.
LETTERS = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0¡£¥§«°±²³µ·»¿€" + "".join(map(chr, range(0xC0, 0xFF)))
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


def cut(source: Path, target: Path, extra: str) -> None:
    """Write the subset of `source` under the family name charts ask for; no hints, no layout features but kerning."""
    font = face(source)
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
    names = font["name"]
    for name_id, value in ((1, FAMILY), (4, FAMILY), (6, FAMILY.replace(" ", "")), (16, None), (17, None)):
        names.removeNames(nameID=name_id)
        if value:
            names.setName(value, name_id, 3, 1, 0x409)
    font.save(target)


if __name__ == "__main__":
    cut(Path(sys.argv[1]), Path(sys.argv[2]), "".join(Path(p).read_text(encoding="utf-8") for p in sys.argv[3:]))
