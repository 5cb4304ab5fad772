from hypothesis import given
from hypothesis import strategies as st

from build_scripts.charts.labels import Box, Label, Spot, around, box, legend, place, swatch

PLACES = st.tuples(st.integers(0, 300), st.integers(0, 150))
LABELS = st.lists(st.tuples(st.text("甲乙1234.5", min_size=1, max_size=6), PLACES, st.booleans()), max_size=25)
BOUNDS = Box(-20, -20, 320, 170)


def boxes(rows):
    return [box(row["text"], Spot(row["px"], row["py"], row["align"]), row["size"]) for row in rows]


@given(LABELS, st.lists(PLACES, max_size=20))
def test_no_two_labels_overlap_and_none_leaves_the_picture(labels, points):
    marks = [Box(x - 5, y - 5, x + 5, y + 5) for x, y in points]
    rows = place([Label(text, around(*at), optional=optional) for text, at, optional in labels], BOUNDS, marks)
    found = boxes(rows)
    assert not [(a, b) for i, a in enumerate(found) for b in found[i + 1 :] if a.hits(b)]
    slack = Box(BOUNDS.left - 0.1, BOUNDS.top - 0.1, BOUNDS.right + 0.1, BOUNDS.bottom + 0.1)
    assert all(each.within(slack) for each in found)


@given(LABELS, st.lists(PLACES, max_size=20))
def test_optional_labels_cover_no_mark(labels, points):
    marks = [Box(x - 5, y - 5, x + 5, y + 5) for x, y in points]
    rows = place([Label(text, around(*at)) for text, at, _ in labels], BOUNDS, marks)
    shrunk = [Box(b.left + 0.1, b.top + 0.1, b.right - 0.1, b.bottom - 0.1) for b in boxes(rows)]
    assert not [b for b in shrunk if any(b.hits(mark) for mark in marks)]


def test_the_first_free_spot_wins_and_a_needed_label_takes_the_least_bad():
    spots = (Spot(10, 10), Spot(10, 60), Spot(10, 110))
    taken = [Box(0, 0, 50, 20)]
    assert place([Label("甲", spots)], BOUNDS, taken)[0]["py"] == 60
    crowd = [Box(0, 0, 50, 20), Box(0, 0, 60, 20), Box(0, 50, 50, 70), Box(0, 100, 50, 120), Box(9, 105, 30, 115)]
    assert place([Label("甲", spots)], BOUNDS, crowd) == []
    assert place([Label("甲", spots, optional=False)], BOUNDS, crowd)[0]["py"] == 60


def test_legend_breaks_into_lines():
    rows, below = legend([("已达到", swatch("#0b4f8a", "#0b4f8a"))] * 5, 10, 140)
    assert [row["py"] for row in rows if row["part"] == "glyph"] == [10, 10, 28, 28, 46]
    assert below == 58
