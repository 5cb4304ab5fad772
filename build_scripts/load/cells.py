"""What people's spreadsheets do to single cells, and the value that was certainly meant.

Gets a cell's text and its field's type, gives the mended text and the code of the accident; None when the cell is as it
should be, or when nobody can be certain what was meant (then the Table Schema refuses it). Pure functions of text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

# Half years as offices write them: 2025-S1, 2025H2, 1H2025, 2025年上半年; and the months so far, 2025年1—9月.
_HALF = re.compile(r"(\d{4})(?:[\s-]*[SsHh]|年)(1|2|上半年|下半年)|([12])[Hh][\s-]*(\d{4})", re.ASCII)
_SECOND = frozenset({"2", "下半年"})
_SO_FAR = re.compile(r"(\d{4})年1月?[-–—~至](\d{1,2})月", re.ASCII)
_MAX_NUMBER = 40  # characters; a longer one is a paste gone wrong
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_PLAIN = {
    "number": re.compile(r"[+-]?\d{1,18}(\.\d{1,18})?", re.ASCII),
    "integer": re.compile(r"[+-]?\d{1,18}", re.ASCII),
}
_THOUSANDS = re.compile(r"[+-]?\d{1,3}([,，]\d{3})+(\.\d+)?", re.ASCII)
_SCIENTIFIC = re.compile(r"[+-]?\d+(\.\d+)?[eE][+-]?\d{1,2}", re.ASCII)
_DATE = re.compile(r"(\d{4})[-—–/.年](\d{1,2})[-—–/.月](\d{1,2})日?([ T]00:00(:00(\.0+)?)?Z?)?", re.ASCII)
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_FOREIGN_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_SERIAL = re.compile(r"[2-6]\d{4}(\.0+)?", re.ASCII)
_EXCEL_EPOCH = date(1899, 12, 30)
_YEAR = re.compile(r"(\d{4})(年度?|\.0)", re.ASCII)
_QUARTER = re.compile(r"(\d{4})年?[-/. ]?[Qq第]?([1-4一二三四])(季度?)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?", re.ASCII)
_SEVERAL = re.compile(r"(\d{4})年? *([-—–/~至]|to) *(\d{4}|\d\d)年?", re.ASCII)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED_MONTH = re.compile(r"([A-Za-z]{3})-(\d{2})|(\d{2})-([A-Za-z]{3})", re.ASCII)
_TRUE = {"TRUE", "是", "真", "1", "YES", "Y"}
_FALSE = {"FALSE", "否", "假", "0", "NO", "N"}
_GBK_READ_AS_LATIN = re.compile(r"[\u00a1-\u00ff]{4,}")


@dataclass(frozen=True, slots=True)
class Mended:
    """What was wrong with a cell and the text that was certainly meant; `text` is None where nobody can be certain.

    `forms` are then the texts that may have been meant.
    """

    code: str
    text: str | None
    forms: tuple[str, ...] = ()


def unusual(texts: Iterable[str], kind: str) -> Iterable[str]:
    """The texts of a column that have to be looked at: nothing is wrong with a plain number in a column of numbers."""
    if kind not in _PLAIN:
        return texts
    is_plain = _PLAIN[kind].fullmatch
    return [text for text in texts if not is_plain(text)]


def repair_cell(text: str, kind: str) -> Mended | None:
    """The accident in a cell of a field of `kind`, or None.

    `kind` is the field's Table Schema type, or `period` for a text field that holds a period, `code` for one that holds
    an id or a word of a list.
    """
    if garbled := _garbled(text):
        return garbled
    trimmed = text.strip()
    mended = _by_kind(trimmed, kind)
    if mended:
        return mended
    return Mended("cell-space", trimmed) if trimmed != text else None


def _garbled(text: str) -> Mended | None:
    """Characters that only a wrong decoding or a broken copy leaves behind."""
    if text.isascii() and text.isprintable():
        return None
    if "\ufffd" in text or "锟斤拷" in text:
        return Mended("cell-garbled", None)
    if _GBK_READ_AS_LATIN.search(text):
        try:
            return Mended("cell-garbled", text.encode("latin-1").decode("gbk"))
        except UnicodeError:
            return None
    return None


def _by_kind(text: str, kind: str) -> Mended | None:
    if kind in {"number", "integer"}:
        return _number(text, kind)
    if kind == "date":
        return _day(text)
    if kind == "boolean":
        return _boolean(text)
    if kind in {"period", "code"}:
        return _narrow(text, kind)
    return None


def _number(text: str, kind: str) -> Mended | None:
    """Full-width digits, percent signs, thousands commas, powers of ten, a text mark: `１２％` → 12."""
    if len(text) > _MAX_NUMBER and _lenient(text):
        return Mended("number-size", None)
    if _NUMBER.fullmatch(text) and not (kind == "integer" and "." in text):
        return None
    narrow = unicodedata.normalize("NFKC", text).replace("−", "-").lstrip("'‘’").strip()
    percent = narrow.endswith("%")
    plain = narrow.removesuffix("%").strip()
    if _THOUSANDS.fullmatch(plain):
        return Mended("cell-thousands", re.sub("[,，]", "", plain))
    if _SCIENTIFIC.fullmatch(plain):
        return Mended("cell-scientific", _plain(plain))
    if kind == "integer" and re.fullmatch(r"[+-]?\d+\.0+", plain, re.ASCII):
        return Mended("cell-decimal", plain.split(".")[0])
    if not _NUMBER.fullmatch(plain):
        return Mended("cell-number", None) if _lenient(text) else None
    if percent:
        return Mended("cell-percent", plain)
    return Mended("cell-fullwidth", plain) if plain != text else None


def _plain(text: str) -> str:
    return format(Decimal(text), "f")


def _lenient(text: str) -> bool:
    """Whether a lenient reader would take this odd form for a number all the same (`1_000`, `٣`)."""
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _day(text: str) -> Mended | None:
    """`2024/3/1`, `2024年3月1日`, `20240301`, `3/15/2024` or Excel's 44927 → the ISO day, where it is certain."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return None
    narrow = unicodedata.normalize("NFKC", text).lstrip("'‘’").strip()
    if found := _DATE.fullmatch(narrow) or _COMPACT_DATE.fullmatch(narrow):
        return _iso(int(found[1]), int(found[2]), int(found[3]))
    if _SERIAL.fullmatch(narrow):
        day = _EXCEL_EPOCH + timedelta(days=int(narrow.split(".")[0]))
        return Mended("cell-date-serial", day.isoformat())
    if found := _FOREIGN_DATE.fullmatch(narrow):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if first > 12:
            return _iso(year, second, first)
        if second > 12 or first == second:
            return _iso(year, first, second)
        return Mended("cell-date", None)
    return None


def _iso(year: int, month: int, day: int) -> Mended | None:
    try:
        return Mended("cell-date", date(year, month, day).isoformat())
    except ValueError:
        return None


def _boolean(text: str) -> Mended | None:
    """`TRUE`, `是`, `1` → true, and their opposites → false."""
    if not text or text in {"true", "false"}:
        return None
    narrow = unicodedata.normalize("NFKC", text).upper()
    if narrow in _TRUE:
        return Mended("cell-boolean", "true")
    return Mended("cell-boolean", "false") if narrow in _FALSE else None


def _narrow(text: str, kind: str) -> Mended | None:
    """Full-width letters and digits in ids, codes and periods; the usual other ways to write a period."""
    narrow = unicodedata.normalize("NFKC", text).lstrip("'‘’").strip()
    if kind == "period" and (meant := _period(narrow)):
        return Mended("cell-period", meant)
    if kind == "period" and (forms := _years(narrow)):
        return Mended("cell-period-years", None, forms)
    return Mended("cell-fullwidth", narrow) if narrow != text and narrow.isascii() else None


def _years(text: str) -> tuple[str, ...]:
    """What several years written together may stand for: `2014/2015` a fiscal year or two years, `2005–2007` three."""
    found = _SEVERAL.fullmatch(text)
    if found is None or (found[2] == "-" and len(found[3]) == 2 and 1 <= int(found[3]) <= 12):
        return ()  # 2011-12 is a December
    first, last = int(found[1]), int(found[3] if len(found[3]) == 4 else found[1][:2] + found[3])
    several = f"{first}-01-01/P{12 * (last - first + 1)}M"
    if last <= first:
        return ()
    return (f"{first}-04-01/P12M", several) if last == first + 1 else (several,)


def _period(text: str) -> str | None:
    """`2024年`, `2024/3`, `2024年3月`, `2024q1`, `2024年一季度`, `Mar-24` → the method's form; None if it is one."""
    if re.fullmatch(r"\d{4}(-Q\d|-\d{2}|-\d{2}-\d{2}/P\d+M)?", text, re.ASCII):
        return None
    if found := _YEAR.fullmatch(text):
        return found[1]
    if found := _HALF.fullmatch(text):
        year, half = (found[1], found[2]) if found[1] else (found[4], found[3])
        return f"{year}-{'07' if half in _SECOND else '01'}-01/P6M"
    if (found := _SO_FAR.fullmatch(text)) and 2 <= int(found[2]) <= 12:
        return f"{found[1]}-01-01/P{int(found[2])}M"
    if "季" in text or "q" in text.lower():
        found = _QUARTER.fullmatch(text)
        return f"{found[1]}-Q{_QUARTERS.get(found[2], found[2])}" if found else None
    if (found := _MONTH.fullmatch(text)) and 1 <= int(found[2]) <= 12:
        return f"{found[1]}-{int(found[2]):02d}"
    if found := _NAMED_MONTH.fullmatch(text):
        name, year = (found[1], found[2]) if found[1] else (found[4], found[3])
        if name.lower() in _MONTH_NAMES:
            return f"20{year}-{_MONTH_NAMES.index(name.lower()) + 1:02d}"
    return None
