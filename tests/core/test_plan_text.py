"""A plan's text is read passage by passage, and a sentence is found where it stands."""

from build_scripts.core.plan_text import Passage, read_text

TEXT = """\
# 通知 { #notice }

各县人民政府：

## 一、目标 { #s1 }

到2025年，公园达到 9 个，
绿道达到100公里。

> ##### 专栏1：布局 { #s1-box1 }

> 一心*两翼*。
>
> 三区。
"""


def test_headings_paragraphs_and_boxes_are_told_apart():
    assert read_text("plan", TEXT.encode()).passages == (
        Passage("notice", "通知", 1),
        Passage("p1", "各县人民政府："),
        Passage("s1", "一、目标", 2),
        Passage("p2", "到2025年，公园达到 9 个，"),
        Passage("p3", "绿道达到100公里。"),
        Passage("s1-box1", "专栏1：布局", 5, boxed=True),
        Passage("p4", "一心*两翼*。", boxed=True),
        Passage("p5", "三区。", boxed=True),
    )


def test_a_quote_is_found_whatever_the_line_breaks():
    text = read_text("plan", TEXT.encode())
    for quote, anchor in {
        "公园达到9个": "p2",
        "公园达到 9 个，绿道达到100公里。": "p2",
        "绿道达到100公里。": "p3",
        "一、目标": "s1",
        "三区。": "p5",
    }.items():
        found = text.passage_of(quote)
        assert found is not None, quote
        assert found.anchor == anchor, quote


def test_what_the_plan_does_not_say_is_not_found():
    text = read_text("plan", TEXT.encode())
    for quote in ("公园达到10个", "", "  "):
        assert text.passage_of(quote) is None
