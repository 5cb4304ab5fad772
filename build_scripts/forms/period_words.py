"""The periods people write in a cell, brought to the few spellings that one parser reads.

Gets the words and the form's period, gives plainer words, or a day up to which the figure counts. Only what can mean
one thing is read: 截至目前 says no day, and 本月 may be the month the form is for or the one it is filled in.
Pure functions.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from build_scripts.forms.periods import FormPeriod

_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_ONE_QUARTER = re.compile(r"(?:(\d{4})年?)?(?:第?([一二三四1-4])季度?|[Qq]([1-4]))(末|底)?", re.ASCII)
_YEAR_END = re.compile(r"(\d{4})年?(?:末|底|年末|年底|全年|度)", re.ASCII)
_MONTH_CODE = re.compile(r"(20\d{2})(0[1-9]|1[0-2])", re.ASCII)
_FULL_DAY = re.compile(r"(?:(\d{4})年|(\d{4})[-./])?(\d{1,2})[月./-](\d{1,2})日?", re.ASCII)
_UNTIL = re.compile(
    r"(?:截至|截止到?|截止至|到|至)(?:(\d{4})年|(\d{4})[-./])?(\d{1,2})月?(?:份|底|末|(\d{1,2})日?)?(?:累计)?", re.ASCII
)
_SPAN_OF_DAYS = re.compile(r"(\d{4})年1月1日[-至到](?:(\d{4})年)?(\d{1,2})月(\d{1,2})日", re.ASCII)
_BARE_SPAN = re.compile(r"(\d{4})[年.](\d{1,2})月?-(?:(\d{4})[年.])?(\d{1,2})月?", re.ASCII)
_PLAIN = (
    (re.compile(r"(?<=\d)[ー一―─–—－~～](?=\d)"), "-"),
    (re.compile(r"(?<=月)[ー―─–—－~～](?=\d)"), "-"),
    (re.compile(r"\((?:累计|累计数|累计值)\)$"), "累计"),
    (re.compile(r"\((?:当月|当月数|时点|时点数|期末|期末数)\)$"), ""),
    (re.compile(r"^(\d{4})(?=上半年|前[二三四]季度|全年)"), r"\1年"),
    (re.compile(r"^(\d{2})年(?=\d{1,2}月|[一二三四]季度|前|上半年|全年|$)"), r"20\1年"),
    (re.compile(r"(?:1|一)[-至到](?:3|三)个?季度"), "前三季度"),
    (re.compile(r"(?:1|一)[-至到](?:2|二)个?季度"), "前二季度"),
)


def plain_period(words: str, form: FormPeriod) -> str:
    """Narrow words for a period in a spelling that the parser knows."""
    if words in {"本期", "当期"}:
        return form.code
    words = re.sub(r"^(?:今年|本年度?|当年)(?=\d|前|上|[一二三四]季|第|全|$)", f"{form.year}年", words)
    words = re.sub(r"^(?:去年|上年度?)(?=\d|前|上|[一二三四]季|第|全|$)", f"{form.year - 1}年", words)
    for pattern, plain in _PLAIN:
        words = pattern.sub(plain, words)
    if found := _MONTH_CODE.fullmatch(words):
        return f"{found[1]}-{found[2]}"
    if found := _YEAR_END.fullmatch(words):
        return found[1]
    if (found := _ONE_QUARTER.fullmatch(words)) and not found[4]:
        return f"{found[1] or form.year}-Q{_quarter(found)}"
    if found := _BARE_SPAN.fullmatch(words):
        return f"{found[1]}年{found[2]}月-{found[3] or found[1]}年{found[4]}月"
    if (found := _SPAN_OF_DAYS.fullmatch(words)) and _is_last(found[2] or found[1], found[3], found[4]):
        return f"{found[1]}年1月-{found[2] or found[1]}年{found[3]}月"
    return words


def counted_until(words: str, form: FormPeriod) -> date | None:
    """The day up to which words say a figure counts (截至10月, 三季度末); None where they say no such day."""
    if found := _UNTIL.fullmatch(words):
        year, month, day = int(found[1] or found[2] or form.year), found[3], found[4]
        return _end(year, month) if day is None or _is_last(year, month, day) else None
    if (found := _ONE_QUARTER.fullmatch(words)) and found[4]:
        return _end(int(found[1] or form.year), str(3 * _quarter(found)))
    if (found := _FULL_DAY.fullmatch(words)) and (found[1] or found[2] or "日" in words):
        year = int(found[1] or found[2] or form.year)
        return _end(year, found[3]) if _is_last(year, found[3], found[4]) else None
    return None


def _quarter(found: re.Match[str]) -> int:
    name = found[2] or found[3]
    return _QUARTERS.get(name) or int(name)


def _end(year: int, month: str) -> date | None:
    number = int(month)
    return date(year, number, monthrange(year, number)[1]) if 1 <= number <= 12 else None


def _is_last(year: int | str, month: str, day: str) -> bool:
    end = _end(int(year), month)
    return end is not None and end.day == int(day)
