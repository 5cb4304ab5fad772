"""The value of a target is the number its figure prints, and no printed number goes unread."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path

from all_of import all_of

DATA = Path(__file__).parent / "data"
TARGETS = Path(__file__).parents[1] / "datapackage" / "targets"
sys.path.append(str(DATA))
prover = importlib.import_module("prove_transcription")
plan_text = importlib.import_module("plan_text")
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_WHOLE = re.compile("全覆盖|覆盖全|盖全域|全体|全域|基本达到|基本开通")
# What a phrase counts as: times, minutes, places, or the parts of a layout's name added up.
_COUNTED = {
    "翻一番": 2, "半小时": 30, "县县": 9, "第一": 1, "最大": 1, "四带四地": 8, "两纵两横": 4, "三横三纵": 6,
    "四纵三横": 7, "十纵六横": 16, "1+4+4": 9, "两源一备": 3, "一源一备": 8, "一主一副": 2,
}  # fmt: skip
_NAMED_ONE_BY_ONE = {
    "ydsq-three-5a-sites": 3,  # 云和梯田、古堰画乡、遂昌金矿
    "sdgc-08-resorts-2": 2,  # 瓯江风情、畲族风情
    "sdgc-10-hospital-every-county": 8,  # 每个县有一家：8个县（市）
}
NUMBERED = [row for row in prover.read_rows(TARGETS / "targets.csv") if row["value"] and row["comparator"] != "event"]


def numbers_in(figure: str) -> set[float]:
    """Every number a printed figure can be read as: minutes for hours, 40000 for 4万."""
    text = plan_text.normalise(figure)
    found: set[float] = {value for words, value in _COUNTED.items() if words in text}
    found |= {100} if _WHOLE.search(text) else set()
    for number, scale, hours in re.findall(r"(\d+(?:\.\d+)?)(万)?(小时)?", text):
        found.add(round(float(number) * (10000 if scale else 1) * (60 if hours else 1), 6))
    for word in re.findall("[零一二三四五六七八九两十百千万]+", text):
        found |= {chinese_number(word), chinese_number(word) * 60}
    return found


def chinese_number(word: str) -> int:
    """十五 → 15, 五百 → 500, 百万 → 1000000."""
    total, digit = 0, 0
    for sign in word:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign == "万":
            total, digit = (total + digit or 1) * 10000, 0
        else:
            total, digit = total + (digit or 1) * _TENS[sign], 0
    return total + digit


@all_of(
    "word, number",
    [("十", 10), ("十五", 15), ("二十", 20), ("五百", 500), ("百万", 1000000), ("两", 2), ("万", 10000)],
)
def test_chinese_numbers_are_read(word: str, number: int) -> None:
    assert chinese_number(word) == number


@all_of("row", NUMBERED, ids=lambda row: row["target_id"])
def test_the_value_is_the_number_that_is_printed(row: dict[str, str]) -> None:
    if row["target_id"] in _NAMED_ONE_BY_ONE:
        assert float(row["value"]) == _NAMED_ONE_BY_ONE[row["target_id"]]
        return
    found = numbers_in(row["figure_as_printed"])
    scale = 10000 if row["unit"].startswith("万") else 1
    assert float(row["value"]) * scale in found, found
    assert not row["value_high"] or float(row["value_high"]) in found


def test_every_number_printed_with_digits_is_the_value_or_is_explained() -> None:
    # The other way round: no digit of the figure went unused, so a figure cut in the wrong place shows.
    unused = {}
    for row in NUMBERED:
        values = {float(row[name]) for name in ("value", "value_high") if row[name]}
        printed = re.findall(
            r"(?<![A-Z\d+.])(\d+(?:\.\d+)?)(万)?(小时)?", plan_text.normalise(row["figure_as_printed"])
        )
        read = {round(float(n) * (10000 if w else 1) * (60 if h else 1), 6) for n, w, h in printed}
        if left := read - values - {value * 10000 for value in values}:
            unused[row["target_id"]] = left
    assert unused == {
        "ydsq-flood-county-50y": {50.0},  # a standard, not a share
        "ydsq-flood-town-20y": {20.0},
        "ydsq-gdp-double-2035": {2025.0},  # the base year
        "ydsq-4a-class2-road": {4.0},  # 4A is a grade
        "ydsq-new-5a-2025": {5.0},
        "ydsq-l5-ga-1-4-4": {1.0},  # one part of the layout's name
    }
