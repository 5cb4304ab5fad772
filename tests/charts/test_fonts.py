import unicodedata
from dataclasses import replace

import pytest
import samples
from hypothesis import given
from hypothesis import strategies as st

from build_scripts import charts
from build_scripts.charts import fonts, stand_ins, svg
from build_scripts.locale import catalogue

CHINESE = st.text(st.sampled_from("规划进展公开，。；2,181.18亿元%（）ABcd"), max_size=60)


def test_font_has_every_word_charts_say_and_the_licence_lies_beside_it():
    assert fonts.missing(catalogue.t(key) for key in catalogue.keys("charts.")) == ""
    assert fonts.missing(catalogue.t(key) for key in catalogue.keys("status.label")) == ""
    assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts.FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert fonts.FILE.stat().st_size <= 1_500_000


def test_a_place_that_writes_other_letters_is_drawn_too():
    assert fonts.missing(["£5 to €6", "Île-de-France, Österreich, España, Århus, L’Haÿ"]) == ""
    assert (
        fonts.missing(["Łódź, Wałbrzych, Iğdır, Şanlıurfa, Győr, Ústí, Şcheia, Liepāja, Ċ, Ħ, București, Țara"]) == ""
    )
    assert fonts.missing(["Αθήνα, Ώρα, ΐ; София, Київ, Београд (Љ, Њ, Ђ), Мінск, Ґ; Đà Nẵng, Huế, Ẁ"]) == ""
    assert fonts.missing(["½ ¼ ¾"]) == ""


def test_letters_of_all_europe_are_there_and_have_a_width_of_their_own():
    whole = [*range(0xC0, 0x180), *range(0x388, 0x3CF), *range(0x400, 0x460), *range(0x1EA0, 0x1EFA)]
    letters = [chr(code) for code in whole if unicodedata.category(chr(code)).startswith("L")]
    assert fonts.missing(letters) == ""
    assert fonts.width("Ł", 1000) == pytest.approx(fonts.width("L", 1000), rel=0.1)
    assert fonts.width("ğ", 1000) == pytest.approx(fonts.width("g", 1000), rel=0.05)


def test_missing_names_each_character_once():
    assert fonts.missing(["丽水𠮷", "✔𠮷"]) == "✔𠮷"


def test_a_character_the_font_lacks_is_left_to_the_reader_s_browser(tmp_path):
    spec = replace(charts.trajectory(samples.trajectories()["single"]), title="𠮷县的目标")
    (drawn,) = charts.render_all([spec], tmp_path).values()
    assert "𠮷县的目标" in drawn.standalone
    (notice,) = charts.rare_characters(charts.chart_texts([drawn]))
    assert "𠮷" in str(notice)
    assert "benchmarks" not in str(notice)


def test_common_characters_are_not_worth_a_notice():
    assert charts.rare_characters(["丽水市2025年"]) == ()


def test_what_no_font_has_is_a_box_in_pictures_and_marks_are_left_out(monkeypatch):
    monkeypatch.setattr(stand_ins, "stand_in", lambda _char: None)
    assert list(stand_ins.runs("丽𠮷水")) == [("丽□水", None)]
    assert list(stand_ins.runs("q\u0323\u0301")) == [("q", None)]
    assert list(stand_ins.runs("Ⅵ㎥ǎ")) == [("VIm3a", None)]


def test_a_font_of_this_machine_is_borrowed_for_what_it_has(monkeypatch):
    other = stand_ins.StandIn("/fonts/x.ttf", 0, "Other Sans")
    monkeypatch.setattr(stand_ins, "stand_in", lambda char: other if char == "𠮷" else None)
    assert list(stand_ins.runs("丽𠮷𠮷☃")) == [("丽", None), ("𠮷𠮷", other), ("□", None)]
    assert svg.with_fonts("<text>丽𠮷&lt;</text>") == '<text>丽<tspan font-family="Other Sans">𠮷</tspan>&lt;</text>'


def test_broken_fonts_are_passed_over(tmp_path, monkeypatch):
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    monkeypatch.setattr(stand_ins, "FONT_FOLDERS", (str(tmp_path),))
    for cached in (stand_ins.stand_in, stand_ins._files):
        cached.cache_clear()
    try:
        assert stand_ins.stand_in("𠮷") is None
    finally:
        for cached in (stand_ins.stand_in, stand_ins._files):
            cached.cache_clear()


def test_measuring_sees_no_character_the_font_lacks_and_gives_all_of_them_back():
    plain, back = stand_ins.neutral("e\u0301 丽𠮷")
    assert "\u0301" not in plain
    assert plain.translate(back) == "e\u0301 丽𠮷"


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


@pytest.mark.parametrize("cut", [lambda text: fonts.clip(text, 12, 300), lambda text: fonts.wrap(text, 12, 300, 3)])
def test_a_cut_looks_no_further_than_the_room_reaches(monkeypatch, cut):
    """Eight thousand characters took over a minute when each was taken off by itself."""
    measured = 0
    whole = fonts.width

    def counted(text, size):
        nonlocal measured
        measured += len(text)
        return whole(text, size)

    monkeypatch.setattr(fonts, "width", counted)
    cut("规" * 8_000)
    assert measured < 3 * 8_000
