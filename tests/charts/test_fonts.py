from dataclasses import replace

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st

from build_scripts import charts
from build_scripts.charts import fonts
from build_scripts.core.errors import ChartError
from build_scripts.locale import catalogue

CHINESE = st.text(st.sampled_from("规划进展公开，。；2,181.18亿元%（）ABcd"), max_size=60)


def test_font_has_every_word_charts_say_and_the_licence_lies_beside_it():
    assert fonts.missing(catalogue.t(key) for key in catalogue.keys("charts.")) == ""
    assert fonts.missing(catalogue.t(key) for key in catalogue.keys("status.label")) == ""
    assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts.FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert fonts.FILE.stat().st_size <= 1_500_000


def test_missing_names_each_character_once():
    assert fonts.missing(["丽水𠮷", "✔𠮷"]) == "✔𠮷"


def test_a_character_the_font_lacks_stops_the_build(tmp_path):
    spec = replace(charts.trajectory(samples.trajectories()["single"]), title="𠮷县的目标")
    with pytest.raises(ChartError, match=r"single-trajectory.*𠮷"):
        charts.render_all([spec], tmp_path)


def test_chinese_is_one_em_wide():
    assert fonts.width("生产总值", 10) == 40


@given(CHINESE, st.integers(12, 400))
def test_clip_fits(text, room):
    shown = fonts.clip(text, 12, room)
    assert fonts.width(shown, 12) <= room or shown == "…"
    assert text.startswith(shown.removesuffix("…"))


@given(CHINESE, st.integers(60, 400), st.integers(1, 4))
def test_wrap_keeps_the_text_and_the_width(text, room, lines):
    found = fonts.wrap(text, 12, room, lines)
    assert len(found) <= lines
    assert all(fonts.width(line, 12) <= room for line in found)
    whole = "".join(found)
    assert whole == text or (whole.endswith("…") and text.startswith(whole[:-1]))


def test_wrap_begins_no_line_with_a_closing_mark():
    assert fonts.wrap("一二三，四五六", 10, 30, 3) == ["一二", "三，四", "五六"]
