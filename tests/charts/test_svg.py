import re
from xml.etree import ElementTree as ET

import pytest

from build_scripts.charts import svg, theme

BUDGET = 25_000
NS = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def pictures(drawn):
    return {
        f"{name}-{layout}": getattr(found, layout) for name, found in drawn.items() for layout in ("wide", "narrow")
    }


def test_every_picture_is_named_and_described(pictures, specs):
    titles = {spec.id: (spec.title, spec.alt) for spec in specs}
    for name, picture in pictures.items():
        root = ET.fromstring(picture)
        assert root.get("role") == "img"
        title, description = root.get("aria-labelledby").split()
        assert (root[0].tag, root[0].get("id")) == (f"{NS}title", title)
        assert (root[1].tag, root[1].get("id")) == (f"{NS}desc", description)
        assert (root[0].text, root[1].text) == titles[name.rpartition("-")[0]]


def test_pictures_are_inert_and_only_in_theme_colours(pictures):
    for name, picture in pictures.items():
        tags = {node.tag.removeprefix(NS) for node in ET.fromstring(picture).iter()}
        assert tags <= {"svg", "title", "desc", "defs", "g", "path", "line", "rect", "text", "use"}, name
        assert not re.search(r"\son\w+=|javascript:|https?://(?!www\.w3\.org/2000/svg)|style=|class=", picture), name
        painted = set(re.findall(r'(?:fill|stroke)="([^"]+)"', picture)) - {"none"}
        assert painted <= theme.ROLES.keys(), name


def test_ids_are_unique_over_all_pictures_and_all_uses_lead_somewhere(pictures):
    ids = [found for picture in pictures.values() for found in re.findall(r'\bid="([^"]+)"', picture)]
    assert len(ids) == len(set(ids))
    used = {found for picture in pictures.values() for found in re.findall(r'href="#([^"]+)"', picture)}
    assert used
    assert used <= set(ids)
    assert svg.PREFIX not in "".join(pictures.values())


def test_pictures_stay_light(pictures):
    # Forty rows that change status every other quarter are more than any page shows at once.
    heavy = {name: len(picture) for name, picture in pictures.items() if len(picture.encode()) > BUDGET}
    assert {name for name in heavy if not name.startswith("history-many")} == set()


def test_no_blank_line_breaks_out_of_markdown(pictures):
    assert not [name for name, picture in pictures.items() if "\n" in picture]


def test_standalone_has_title_key_and_ground(specs, drawn):
    spec = next(spec for spec in specs if spec.id == "path-trajectory")
    picture = drawn[spec.id].standalone
    texts = svg.texts(picture)
    assert "".join(texts).startswith(spec.title)
    assert spec.key.rstrip("。") in "".join(texts)
    assert ET.fromstring(picture)[2].get("fill") == theme.GROUND
    assert "PingFang SC" in picture


def test_words_of_the_data_cannot_break_the_picture():
    body = svg.clean(f'<svg xmlns="{NS[1:-1]}"><text transform="translate(1,2)">a &lt;b&gt; &amp;</text></svg>')
    made = svg.inline(body, (10, 10), "x", 'T<"&>', "D<script>")
    root = ET.fromstring(made)
    assert (root[0].text, root[1].text, root[2].text) == ('T<"&>', "D<script>", "a <b> &")
    assert root[2].attrib == {"x": "1", "y": "2"}


def test_clean_drops_what_says_nothing_and_shares_what_repeats():
    sign = '<path transform="translate({0},5)" class="c" d="M0,0L1,1" fill="#1b2430" opacity="1" aria-label="x"/>'
    source = (
        f'<svg xmlns="{NS[1:-1]}"><g><g></g><path d="M0,0h5"/><rect width="9" fill="transparent"/>'
        f"<text></text>{''.join(sign.format(x) for x in (1, 2.346, 3))}</g></svg>"
    )
    found = svg.clean(source).replace(svg.PREFIX, "s")
    assert (
        found
        == (
            '<defs><path id="s0" d="M0,0L1,1"/></defs><use href="#s0" x="1" y="5" fill="#1b2430"/>'
            '<use href="#s0" x="2.35" y="5" fill="#1b2430"/><use href="#s0" x="3" y="5" fill="#1b2430"/>'
        )
        or found.replace("2.34", "2.35") == found
    )
