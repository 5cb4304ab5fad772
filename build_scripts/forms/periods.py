"""The periods a form is for and the periods a figure can be about.

Gets a form's period as typed (`2026-10`, `2026-Q3`, `2025`) or a cell's words for one (`2026年1—10月`, `前三季度`),
gives the method's textual forms and the last day each covers. Pure functions of text and days.
Source of the forms: assessment method §1.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from build_scripts.core.periods import Form, key_of, parse_period
from build_scripts.load.cells import repair_cell
from build_scripts.locale import period as in_words

_DASH = "[-—–~～至到]+"
_MONTHS = re.compile(rf"(?:(\d{{4}})年)?(\d{{1,2}})月?{_DASH}(\d{{1,2}})月份?(?:累计)?")
_YEARS = re.compile(rf"(\d{{4}})年?{_DASH}(\d{{4}})年?(?:累计)?")
_LONG = re.compile(rf"(\d{{4}})年(\d{{1,2}})月{_DASH}(\d{{4}})年(\d{{1,2}})月份?(?:累计)?")
_ONE_MONTH = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:份|底|末|当月)?")
_QUARTERS = re.compile(r"(?:(\d{4})年)?(?:前(二|三|四|2|3|4)个?季度|上半年|全年)(?:累计)?")
_CHINESE = {"二": 2, "三": 3, "四": 4}

_QUARTER_NAMES = {"一": "1", "二": "2", "三": "3", "四": "4"}
_TYPED = re.compile(
    r"(?P<year>\d{4})(?:年?(?:度|全年)?|[-年./](?P<month>\d{1,2})月?份?|[-年]?(?:[Qq](?P<quarter>[1-4])|"
    r"第?(?P<nth>[一二三四1-4])季度?))",
    re.ASCII,
)
_DIGITS = "〇一二三四五六七八九零"
_MONTH_NAMES = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_CHINESE_YEAR = re.compile(rf"[{_DIGITS}]{{4}}(?=年)")
# A month's figure stands before 月, or before the figure of the month that ends the span.
_CHINESE_MONTH = re.compile(
    r"(?<!十)(?:十[一二]?|[一二三四五六七八九])(?=月|[至到—–~-](?:十[一二]?|[一二三四五六七八九])月)"
)


@dataclass(frozen=True, slots=True, order=True)
class FormPeriod:
    """The month, quarter or year a form is for; `months` is how many months it has."""

    year: int
    last_month: int
    months: int

    @classmethod
    def parse(cls, text: str) -> FormPeriod | None:
        """The form period `2026-10`, `2026-Q3` or `2025`; None when the text is none of these."""
        code = text.strip().upper()
        found = parse_period(code)
        if found is None or found.key != code or found.form is Form.SPAN or not 1990 <= found.year <= 2099:
            return None
        return cls(found.year, found.end.month, found.months)

    @classmethod
    def last_month_before(cls, day: date) -> FormPeriod:
        """The last month that is over on `day`: the form asked for when no period is named."""
        last = day.replace(day=1) - timedelta(days=1)
        return cls(last.year, last.month, 1)

    @property
    def code(self) -> str:
        """`2026-10`, `2026-Q3`, `2025`."""
        if self.months == 12:
            return f"{self.year}"
        return f"{self.year}-Q{self.last_month // 3}" if self.months == 3 else f"{self.year}-{self.last_month:02d}"

    @property
    def words(self) -> str:
        """`2026年10月`, `2026年第三季度`, `2025年`."""
        return in_words(self.code)

    @property
    def start(self) -> date:
        """The first day of the period."""
        return date(self.year, self.last_month - self.months + 1, 1)

    @property
    def end(self) -> date:
        """The last day of the period."""
        return _month_end(self.year, self.last_month)

    @property
    def frequencies(self) -> frozenset[str]:
        """The indicator frequencies that fall due with this form: a month asks M, a quarter M and Q, a year all."""
        return {1: frozenset("M"), 3: frozenset("MQ"), 12: frozenset("MQA")}[self.months]


def period_end(period: str) -> date | None:
    """The last day that the method's period `period` covers; None when it is not a possible period."""
    found = parse_period(period)
    return found.end if found and found.start.day == 1 else None


def accumulated(start_year: int, start_month: int, end: date) -> str:
    """The period from the first of a month to the month of `end`: `2026-01-01/P10M`; a whole year is that year."""
    months = (end.year - start_year) * 12 + end.month - start_month + 1
    return key_of(f"{start_year}-{start_month:02d}-01/P{months}M")


def read_period(text: str, year: int) -> str | None:
    """The period a clerk's words stand for, or None; `year` is meant where they name none (`1-10月`, `前三季度`)."""
    narrow = _in_digits(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).rstrip("。"))
    if found := _LONG.fullmatch(narrow):
        return _span(int(found[1]), int(found[2]), int(found[3]), int(found[4]))
    if (found := _YEARS.fullmatch(narrow)) and int(found[2]) > int(found[1]):
        return _span(int(found[1]), 1, int(found[2]), 12)
    if found := _MONTHS.fullmatch(narrow):
        named = int(found[1] or year)
        return _span(named, int(found[2]), named, int(found[3]))
    if found := _QUARTERS.fullmatch(narrow):
        return accumulated(int(found[1] or year), 1, _month_end(int(found[1] or year), _months_of(narrow, found[2])))
    if (found := _ONE_MONTH.fullmatch(narrow)) and 1 <= int(found[2]) <= 12:
        return f"{int(found[1] or year)}-{int(found[2]):02d}"
    mended = repair_cell(narrow, "period")
    plain = mended.text if mended and mended.text else narrow.upper()
    return plain if period_end(plain) else None


def _in_digits(words: str) -> str:
    """Years and months written in Chinese figures as digits: `二〇二五年一至十月` → `2025年1至10月`."""
    words = _CHINESE_YEAR.sub(lambda found: "".join(str(_DIGITS.index(each) % 10) for each in found[0]), words)
    return _CHINESE_MONTH.sub(lambda found: str(_MONTH_NAMES.index(found[0]) + 1), words)


def _months_of(words: str, quarters: str | None) -> int:
    if quarters:
        return 3 * (_CHINESE.get(quarters) or int(quarters))
    return 12 if "全年" in words else 6


def _span(start_year: int, start_month: int, end_year: int, end_month: int) -> str | None:
    if not (1 <= start_month <= 12 and 1 <= end_month <= 12) or (start_year, start_month) > (end_year, end_month):
        return None
    return accumulated(start_year, start_month, _month_end(end_year, end_month))


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def form_period_of(words: str) -> FormPeriod | None:
    """The form period somebody typed: `2026-10`, `2026年10月`, `二〇二六年三季度`, `2026年`; None where it is none."""
    plain = _in_digits(re.sub(r"\s", "", unicodedata.normalize("NFKC", words)))
    if code := FormPeriod.parse(plain):
        return code
    if not (found := _TYPED.fullmatch(plain)) or (found["month"] and not 1 <= int(found["month"]) <= 12):
        return None
    if found["month"]:
        return FormPeriod.parse(f"{found['year']}-{int(found['month']):02d}")
    if quarter := found["quarter"] or found["nth"]:
        return FormPeriod.parse(f"{found['year']}-Q{_QUARTER_NAMES.get(quarter, quarter)}")
    return FormPeriod.parse(found["year"])
