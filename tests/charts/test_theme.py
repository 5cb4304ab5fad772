import re
from pathlib import Path

import pytest

from build_scripts.charts import theme
from build_scripts.core.method import Status

CSS = (Path(__file__).parents[2] / "docs/assets/css/charts.css").read_text(encoding="utf-8")
PAPER = ("#ffffff", "#14181f")


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pair(colour):
    return (colour, theme.ROLES[colour][1])


def declared(block):
    return dict(re.findall(r"--chart-([\w-]+): (#[0-9a-f]{6});", block))


def test_every_role_has_a_colour_of_its_own():
    names = [name for name, _ in theme.ROLES.values()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for item in theme.ROLES.items() for colour in (item[0], item[1][1]))


def test_style_sheet_says_what_the_theme_says():
    light, rest = CSS.split("@media screen", 1)
    dark = rest.split("}\n}", 1)[0]
    assert declared(light) == {name: colour for colour, (name, _) in theme.ROLES.items()}
    assert declared(dark) == dict(theme.ROLES.values())
    for colour, (name, _) in theme.ROLES.items():
        for paint in ("fill", "stroke"):
            assert f'.chart [{paint}="{colour}"] {{ {paint}: var(--chart-{name}); }}' in CSS


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize("colour", [theme.INK, theme.MUTED])
def test_texts_have_contrast_on_paper_bands_and_tiles(colour, scheme):
    text = pair(colour)[scheme]
    assert contrast(text, PAPER[scheme]) >= 4.5
    for ground in (theme.BAND_ON, theme.BAND_SLIGHT, theme.TRACK):
        assert contrast(text, pair(ground)[scheme]) >= 4.5, ground
    for ground in (*theme.TINTS, theme.UNJUDGED_FILL):
        assert contrast(pair(theme.INK)[scheme], pair(ground)[scheme]) >= 4.5, ground


@pytest.mark.parametrize("scheme", [0, 1])
def test_marks_stand_out_from_paper(scheme):
    marks = {theme.status_colour(status) for status in Status} | {theme.SERIES, theme.SERIES_2, theme.AXIS}
    for colour in marks:
        assert contrast(pair(colour)[scheme], PAPER[scheme]) >= 3, colour


@pytest.mark.parametrize("scheme", [0, 1])
def test_counts_inside_columns_can_be_read(scheme):
    for colour in (theme.FAMILY_COLOURS[family] for family in theme.FAMILY_COLOURS):
        ink = theme.INK if colour == theme.UNJUDGED_FILL else theme.GROUND
        assert contrast(pair(ink)[scheme], pair(colour)[scheme]) >= 4.5, colour


def test_no_two_statuses_look_alike_without_colour():
    looks = set()
    for status in Status:
        glyph = theme.glyph(status)
        looks.add((glyph["shape"], glyph["fill"] in {theme.GROUND, "none"}, tuple(glyph["dash"])))
    # “achieved late” and “no data” are both hollow circles: one blue, one grey, and always with their names.
    assert len(looks) == len(Status) - 1
    assert theme.glyph(Status.ACHIEVED_LATE)["stroke"] != theme.glyph(Status.NO_DATA)["stroke"]
