"""Whether a recorded number can be read from the words it is said to rest on, in the unit it is recorded in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from build_scripts.core.printed.mentions import Mention, mentions, plain
from build_scripts.core.printed.numerals import ORDINALS, chinese
from build_scripts.core.printed.units import COUNT, MARKS, MULTIPLE, PERCENT, POINTS, RANK, Unit, money_behind, wanted

_HUNDRED = Decimal(100)
_PERCENTS = re.compile(r"[%％]|percent|per cent|百分之")
_DOUBLED = re.compile(r"翻(?P<times>[一两二三四])?番|(?P<english>doubl\w+|tripl\w+|quadrupl\w+)", re.IGNORECASE)
_ENGLISH_TIMES = {"d": 2, "t": 3, "q": 4}
_WHOLE = re.compile(r"全覆盖|覆盖全|覆盖率全|盖全域|全体|全域|全面覆盖|基本达到|full coverage|全部", re.IGNORECASE)
_LEVEL = re.compile(r"持平|零增长|零的?增幅|\bflat\b|unchanged", re.IGNORECASE)
_FIRST = re.compile(r"首位|榜首|居首|夺冠|连冠|冠军|桂冠|最大|最高|最多|头名|\btop(?:s|ped)?\b", re.IGNORECASE)
_ORDINAL_WORD = re.compile(rf"(?<![A-Za-z-])({'|'.join(ORDINALS)})(?![A-Za-z])", re.IGNORECASE)
# 两纵两横, 四带四地, 一主一副, 1+4+4: the parts of a layout, added up.
_LAYOUT = re.compile(r"(?:[一两二三四五六七八九十]+[\u4e00-\u9fff]){2,}")
_PART = re.compile(r"([一两二三四五六七八九十]+)[\u4e00-\u9fff]")
_PLUS = re.compile(r"\d+(?:\+\d+)+")
_EVERY = tuple(
    (re.compile(words), times)
    for words, times in (
        ("每半年", 2), ("每月|月调度|按月", 12), ("每季|季分析|按季", 4), ("每周", 52), ("每年|年度|年总结", 1),
    )
)  # fmt: skip
_A_YEAR = re.compile(r"次[/／]年")


@dataclass(frozen=True, slots=True)
class Sense:
    """How a number is recorded: its unit, and whether it is a change (下降5% is then −5).

    `falling` where the name itself says so (单位能耗降幅): the figure is then kept without a sign.
    """

    unit: str
    change: bool = False
    falling: bool = False


def derivable(value: Decimal, printed: str, sense: Sense) -> bool:
    """Whether `printed` can be read as `value`."""
    return value in readings(printed, sense)


def prints_a_number(printed: str) -> bool:
    """Whether anything in the words is a number at all."""
    return bool(mentions(money_behind(plain(printed))))


def prints_a_percentage(printed: str) -> bool:
    """Whether the words hold a percentage."""
    return bool(_PERCENTS.search(printed))


def readings(printed: str, sense: Sense) -> frozenset[Decimal]:
    """Every number `printed` can be read as, in the unit of `sense`."""
    text = money_behind(plain(printed))
    unit = wanted(sense.unit)
    return frozenset((*_counted(text, unit, sense), *_worded(text, unit, sense)))


def _counted(text: str, unit: Unit, sense: Sense) -> Iterator[Decimal]:
    """Readings of the numbers themselves."""
    for mention in mentions(text):
        for value in _in_unit(mention, unit, sense):
            if not sense.change or sense.falling or mention.reaches:
                yield value
            if sense.change and not mention.reaches:
                yield -abs(value) if mention.falls else value


def _in_unit(mention: Mention, unit: Unit, sense: Sense) -> Iterator[Decimal]:
    """A mention in the unit wanted: converted, taken as it stands, or not at all."""
    if mention.order or unit.kind == RANK:
        yield from _as_rank(mention, unit)
    elif mention.unit is None or (mention.unit.kind == COUNT and unit.kind == COUNT):
        if not mention.scaled:
            yield mention.value
        if mention.scaled or unit.scaled:
            yield _quotient(mention.value, unit.size)
    elif mention.unit.kind == unit.kind and unit.kind == MULTIPLE:
        yield mention.value + (1 if mention.rises and not mention.reaches else 0)
    elif mention.unit.kind == unit.kind:
        yield _quotient(mention.value * mention.unit.size, unit.size)
    elif mention.unit.kind == MULTIPLE and unit.kind == PERCENT and sense.change and mention.rises:
        yield mention.value * _HUNDRED
    elif {mention.unit.kind, unit.kind} == {COUNT, MARKS}:
        yield mention.value


def _as_rank(mention: Mention, unit: Unit) -> Iterator[Decimal]:
    if unit.kind == RANK and (mention.order or mention.unit is None or mention.unit.kind in (RANK, COUNT)):
        yield mention.value


def _quotient(value: Decimal, size: Decimal) -> Decimal:
    return value / size


def _worded(text: str, unit: Unit, sense: Sense) -> Iterator[Decimal]:
    """Readings of words that stand for a number: 翻一番, 首位, 持平, 全覆盖, 每月, the parts of a layout."""
    if unit.kind in (MULTIPLE, PERCENT):
        yield from _doubled(text, unit, sense)
    if sense.change and _LEVEL.search(text):
        yield Decimal(0)
    if unit.kind in (PERCENT, POINTS) and not sense.change and _WHOLE.search(text):
        yield _HUNDRED
    if unit.kind == RANK:
        if _FIRST.search(text):
            yield Decimal(1)
        yield from (Decimal(ORDINALS[word.lower()]) for word in _ORDINAL_WORD.findall(text))
    if _A_YEAR.search(sense.unit):
        yield from (Decimal(times) for words, times in _EVERY if words.search(text))
    if unit.kind == COUNT:
        yield from _layouts(text)


def _doubled(text: str, unit: Unit, sense: Sense) -> Iterator[Decimal]:
    for found in _DOUBLED.finditer(text):
        if unit.kind == MULTIPLE:
            yield Decimal(_times(found))
        elif sense.change:
            yield Decimal(_times(found) - 1) * _HUNDRED


def _times(found: re.Match[str]) -> int:
    if found["english"]:
        return _ENGLISH_TIMES[found["english"][0].lower()]
    return int(2 ** int(chinese(found["times"]) or 1)) if found["times"] else 2


def _layouts(text: str) -> Iterator[Decimal]:
    for found in _LAYOUT.finditer(text):
        yield sum((chinese(part) or Decimal(0) for part in _PART.findall(found.group())), Decimal(0))
    for found in _PLUS.finditer(text):
        yield sum((Decimal(part) for part in found.group().split("+")), Decimal(0))
