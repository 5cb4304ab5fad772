"""Cards: their size and bytes, what is kept, what is refused; and the head of pages that name them."""

import io
from dataclasses import replace

import pytest
from all_of import all_of
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from build_scripts import cards
from build_scripts.cards import Bar, Card, card_files, card_path, draw
from build_scripts.core.method import COLOURS, Family, Status
from build_scripts.core.records import Page
from build_scripts.locale import t
from build_scripts.pages import parts

CARD = Card(
    "测试站",
    "测试规划",
    "生产总值达到200亿元",
    "规划要求到2025年达到200亿元以上。" * 4,
    "",
    "",
    (),
    "数据截至2024年6月30日",
)
LIMIT = 25 * 1024


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def near(one: tuple[int, ...], colour: str) -> bool:
    wanted = tuple(int(colour[index : index + 2], 16) for index in (1, 3, 5))
    return max(abs(a - b) for a, b in zip(one, wanted, strict=True)) < 24


def test_a_card_is_small_and_the_same_twice():
    data = draw(CARD)
    assert data == draw(CARD)
    assert picture(data).size == (cards.WIDTH, cards.HEIGHT)
    assert len(data) < LIMIT


def test_a_card_full_of_words_is_small_too():
    words = "".join(map(chr, range(0x5000, 0x5400)))
    full = replace(CARD, title=words, sentence=words, above=words)
    data = draw(full)
    assert len(data) < LIMIT * 1.6
    pixels = picture(data)
    plain = io.BytesIO()
    with Image.open(io.BytesIO(data)) as flat:
        flat.save(plain, "PNG")
    assert len(data) <= len(plain.getvalue()), "a large card is packed as small as it gets"
    assert pixels.tobytes() == picture(plain.getvalue()).tobytes()


@all_of("status", list(Status))
def test_a_status_is_shown_in_its_colour_and_word(status):
    plain = picture(draw(CARD))
    shown = picture(draw(replace(CARD, code=status.value, status=t(f"status.label.{status.value}"))))
    assert near(shown.getpixel((4, 200)), COLOURS[status])
    assert near(shown.getpixel((58, 325)), COLOURS[status])
    assert near(plain.getpixel((58, 325)), "#ffffff")


def test_a_bar_is_to_scale():
    bars = (Bar(Family.MET.value, "已达到 30", 30), Bar(Family.UNJUDGED.value, "未作判断 10", 10))
    shown = picture(draw(replace(CARD, bars=bars)))
    left, room = 48, cards.WIDTH - 96
    assert near(shown.getpixel((left + int(room * 0.7), 316)), COLOURS[Status.ACHIEVED])
    assert not near(shown.getpixel((left + int(room * 0.8), 316)), COLOURS[Status.ACHIEVED])


def test_a_rare_character_stops_no_card():
    assert picture(draw(replace(CARD, title="\U0002a6d6碶e\u0301"))).size == (cards.WIDTH, cards.HEIGHT)


def test_a_bar_over_nothing_is_left_out():
    empty = parts.Strip(0, (parts.Segment("met", "✔", "已达到", 0, "0", "0"),), "没有目标")
    assert cards.cards._bars(empty) == ()


def made(tmp_path, **changes):
    page = replace(Page("targets/x/", "target", None, "标题", "一句话。", "targets.csv"), **changes)
    return list(card_files([page], "测试站", __import__("datetime").date(2024, 6, 30), tmp_path))


def test_cards_are_kept_by_their_content(tmp_path, monkeypatch):
    (first,) = made(tmp_path)
    monkeypatch.setattr(cards.cards, "draw", lambda _card: b"drawn again")
    assert made(tmp_path) == [first]
    assert made(tmp_path, title="别的标题")[0].data == b"drawn again"
    assert first.path == "assets/cards/targets/x.png"


def test_a_harmed_card_is_drawn_again(tmp_path):
    (first,) = made(tmp_path)
    (kept,) = (tmp_path / "cards").iterdir()
    for harm in (b"", kept.read_bytes()[:-9], first.data, b"<svg onload=alert(1)>"):
        kept.write_bytes(harm)
        assert made(tmp_path) == [first]


def test_other_kinds_share_the_site_s_card(tmp_path):
    assert made(tmp_path, template="method", address="method/") == []
    assert card_path(Page("method/", "method", None, "", "", "")) == cards.SITE_CARD
    assert card_path(Page("", "home", None, "", "", "")) == cards.SITE_CARD


@pytest.mark.site
def test_every_page_of_the_real_site_says_how_it_is_shared(real_site):
    seen = 0
    for path in sorted(real_site.rglob("index.html")):
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        if not tree.css_first('meta[name="generator"], .md-main'):
            continue
        tags = {node.attributes["property"]: node.attributes["content"] for node in tree.css("meta[property]")}
        assert tags["og:title"], path
        assert tags["og:description"] == tree.css_first('meta[name="description"]').attributes["content"], path
        assert tags["og:locale"] == "zh_CN"
        assert "og:image" not in tags, "a picture needs a full address, and this build has none"
        seen += 1
    assert seen > 500
    pictures = list((real_site / "assets" / "cards").rglob("*.png"))
    assert len(pictures) > 300
    assert max(path.stat().st_size for path in pictures) <= LIMIT
    assert "Sitemap" not in (real_site / "robots.txt").read_text(encoding="utf-8")


@pytest.mark.site
def test_the_page_for_lost_readers_is_chinese_and_not_indexed(real_site):
    tree = LexborHTMLParser((real_site / "404.html").read_text(encoding="utf-8"))
    assert tree.css_first("h1").text() == "没有找到这一页"
    assert tree.css_first('meta[name="robots"]').attributes["content"] == "noindex"
    for link in tree.css("article a[href]"):
        assert link.attributes["href"].startswith("/"), "shown at any depth, so links start at the root"
