"""No page or file of a whole site says that something was not published, unless a search on record says so.

What may stand is named one by one; everything else that looks like such a claim fails.
"""

import re
from pathlib import Path

import pytest
from all_of import all_of

# That something is not there, unless it is our not having searched, found or recorded it.
_NOT = r"(?:没有?|尚未|未)[^查收录见到找，。；、：（）“”<>\n ]{0,5}(?:公布|发布|公开|披露)"
CLAIM = re.compile(
    rf"{_NOT}|不公布|未见公布|没有数据|尚无数据|查无|迟迟|拒不公[布开]|公布结果|沉默|静默|已过\d+天，(?!公开信息显示)|逾期\d+天未"
)
# Each is a sentence that warns against such a claim, names a rule or a state, or speaks of what is not data.
ALLOWED = (
    "查过、未见公布",  # the state's name: it is given only where a search of the authority's own channel is on record
    "不等于没有公布",
    "也不等于没有公布",
    "不知道公布了没有",
    "不说有关部门公布没有",
    "没有公开出处的",  # what this site does not take
    "没有可用的公开数据",  # “本站的记录里……”
    "没有可以公开引用的网址",
    "未印发布日期",
    "本站没有数据",
    "等于没有数据",  # what the method does with figures of other years
    "没有数据又想说明的",  # what a clerk is to fill in
    "没有查找记录，就不说没有公布",
    "没有公布的可以不管",
    "这一版还没有发布",
    "还没有发布过",
    "网站还没有发布以前",
    "还没有核准发布的记录",
    "网站又还没有发布这次收的数",
    "之后未发布",  # a version of the data: what changed since it was let out
    "到期待公布",
    "基期未公布",
    "又不知道有没有公布",
)
SUFFIXES = {".html", ".csv", ".json", ".jsonl", ".xml", ".svg", ".ics", ".txt", ".md"}


def claims(text: str) -> list[str]:
    """The claims in a text, each with the words around it, that no allowed phrase covers."""
    for phrase in ALLOWED:
        text = text.replace(phrase, "")
    return [text[max(found.start() - 30, 0) : found.end() + 20] for found in CLAIM.finditer(text)]


@all_of("text", ["2025年数据尚未公布", "35项到期没有公布", "期限已过332天", "市统计局未见公布"])
def test_a_claim_is_found(text):
    assert claims(f"甲目标{text}，没有结果。")


def test_what_is_allowed_is_let_through():
    assert not claims("查过、未见公布0项。未收录不等于没有公布。")


@pytest.mark.site
def test_no_page_or_file_claims_that_nothing_was_published(real_site: Path):
    found = {}
    for path in sorted(real_site.rglob("*")):
        if path.is_file() and path.suffix in SUFFIXES and "search" not in path.parts:
            said = claims(path.read_text(encoding="utf-8", errors="replace"))
            if said:
                found[path.relative_to(real_site).as_posix()] = said[:3]
    assert found == {}
