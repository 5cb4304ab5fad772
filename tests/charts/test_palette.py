"""A picture in few colours: areas keep their very colour, edges stay near theirs, and the file stays small."""

import io

import pytest
from all_of import all_of
from PIL import Image, ImageChops, ImageColor

from build_scripts.charts import letters, palette, raster, theme
from build_scripts.charts.palette import in_few_colours


def pixels(picture):
    return raster.pixels(letters.outlined(picture), 2)


def size(image):
    out = io.BytesIO()
    image.save(out, "PNG")
    return len(out.getvalue())


def colours(image):
    return {colour for _count, colour in image.convert("RGB").getcolors(1 << 24)}


def test_every_colour_of_the_theme_comes_out_as_it_is():
    listed = sorted(theme.ROLES)
    boxes = "".join(f'<path fill="{each}" d="M{9 * at},0h9v9h-9Z"/>' for at, each in enumerate(listed))
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" width="{9 * len(listed)}" height="9">{boxes}</svg>'
    image = raster.pixels(picture, 1)
    flat = in_few_colours(image, picture).convert("RGB")
    for at, each in enumerate(listed):
        assert flat.getpixel((9 * at + 4, 4)) == ImageColor.getrgb(each)


@pytest.mark.slow
def test_pictures_are_nearer_than_by_counting_and_no_larger(specs, drawn):
    by_counting = whole = far = further = 0
    seen = 0
    for spec in specs[::3]:
        picture = drawn[spec.id].standalone
        if letters.outlined(picture) is None:
            continue
        seen += 1
        image = pixels(picture)
        flat = in_few_colours(image, picture)
        counted = image.quantize(48, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        apart = ImageChops.difference(flat.convert("RGB"), image)
        assert max(high for _low, high in apart.getextrema()) < 64, spec.id
        areas = {ImageColor.getrgb(each) for each in palette._PAINTS.findall(picture) if each != "none"}
        assert areas & colours(image) <= colours(flat), spec.id
        far += sum(at * count for at, count in enumerate(apart.convert("L").histogram()))
        lost = ImageChops.difference(counted.convert("RGB"), image)
        further += sum(at * count for at, count in enumerate(lost.convert("L").histogram()))
        whole += size(flat)
        by_counting += size(counted)
    assert seen > 5
    assert far < further / 2
    assert whole <= by_counting


@all_of(
    "odd", ['fill="#ff0000" fill-opacity="0.5"', 'fill="red"', 'fill="#f00"', 'style="fill:#ff0000"', 'fill="url(#a)"']
)
def test_colours_that_are_not_told_are_counted(odd):
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path {odd} d="M0,0h8v8h-8Z"/></svg>'
    image = Image.new("RGB", (8, 8), (250, 128, 128))
    assert in_few_colours(image, picture).convert("RGB").getpixel((4, 4)) == (250, 128, 128)


def test_more_areas_than_there_is_room_for_are_counted():
    boxes = "".join(f'<path fill="#{at:02x}0000" d="M{at},0h1v1h-1Z"/>' for at in range(100))
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="1">{boxes}</svg>'
    assert len(colours(in_few_colours(raster.pixels(picture, 1), picture))) <= 48
