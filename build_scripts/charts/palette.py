"""Puts the pixels of a picture into few colours. Gets a picture as SVG and as pixels, gives an image with a palette.

The colours of its areas, lines and texts stand in the SVG; between them lie those of smoothed edges. So nothing has to
be counted in the pixels: it takes a quarter of the time, and every area keeps its very colour.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, combinations

from PIL import Image, ImageColor

from build_scripts.charts import theme

# It begins with a fixed sign, so that the rest of a picture is passed over fast.
_PAINTS = re.compile(r' (?:fill|stroke)="([^"]*)"')
_PLAIN = re.compile(r"#[0-9a-fA-F]{6}")
# Where colours may come from that stand in no `fill` or `stroke`.
_ELSEWHERE = re.compile(r"opacity|style=|<(?:linear|radial)Gradient|<image|<filter")
# Steps from a colour to the ground. Pillow takes colours within four of each other for one: so much apart, the colour
# of an area is never taken for that of an edge.
_STEPS, _APART = 8, 10
# A palette holds so many colours; more areas than this leave too little room for edges.
_ROOM, _MOST = 256, 40
# Colours chosen by counting pixels.
_COUNTED = 48
Colour = tuple[int, ...]


def in_few_colours(image: Image.Image, picture: str) -> Image.Image:
    """The pixels of a picture, each in the nearest colour of its palette."""
    paints = dict.fromkeys([theme.GROUND, *_PAINTS.findall(picture)])
    colours = tuple(paint for paint in paints if paint != "none")
    if len(colours) > _MOST or not all(map(_PLAIN.fullmatch, colours)) or _ELSEWHERE.search(picture):
        return image.quantize(_COUNTED, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    return image.quantize(palette=_palette(colours), dither=Image.Dither.NONE)


@lru_cache(maxsize=256)
def _palette(colours: tuple[str, ...]) -> Image.Image:
    """An image with these colours, with steps from each to the ground and with the middle of any two."""
    areas: list[Colour] = [ImageColor.getrgb(each) for each in colours]
    ground = areas[0]
    steps = (_between(one, ground, step, _STEPS) for one in areas for step in range(1, _STEPS))
    middles = (_between(one, other, 1, 2) for one, other in combinations(areas, 2))
    found = dict.fromkeys(areas)
    for colour in chain(steps, middles):
        if len(found) < _ROOM and all(_distance(colour, other) >= _APART for other in found):
            found[colour] = None
    picture = Image.new("P", (1, 1))
    picture.putpalette([part for colour in found for part in colour])
    return picture


def _between(one: Colour, other: Colour, step: int, steps: int) -> Colour:
    return tuple(part + (end - part) * step // steps for part, end in zip(one, other, strict=True))


def _distance(one: Colour, other: Colour) -> int:
    return max(abs(part - end) for part, end in zip(one, other, strict=True))
