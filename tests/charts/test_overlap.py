import pytest
from overlap import measure

pytestmark = pytest.mark.browser

# The font the charts are measured with, and one whose digits and Latin letters run differently.
FONTS = ("shipped", "'DejaVu Sans', shipped")


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize(("layout", "width"), [("wide", 720), ("narrow", 328)])
def test_no_text_overlaps_or_is_cut(chromium, drawn, layout, width, font):
    found = measure(chromium, {name: getattr(picture, layout) for name, picture in drawn.items()}, width, font)
    assert found.keys() == drawn.keys()
    assert {name: row[2] for name, row in found.items() if row[2]} == {}


def test_text_stays_legible_on_a_phone_of_360_px(chromium, drawn):
    found = measure(chromium, {name: picture.narrow for name, picture in drawn.items()}, 328, "shipped")
    assert min(row[1] for row in found.values()) >= 10.6
    assert sum(row[0] for row in found.values()) > 300


def test_the_checker_sees_an_overlap_and_a_cut(chromium):
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 40" font-size="12">'
        '<text x="0" y="20">甲乙丙</text><text x="20" y="20">丁戊</text><text x="90" y="35">己庚</text></svg>'
    )
    found = measure(chromium, {"bad": picture}, 100, "shipped")["bad"][2]
    assert found == ["overlap: 甲乙丙 / 丁戊", "cut: 己庚"]
