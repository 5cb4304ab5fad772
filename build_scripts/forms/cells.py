"""One cell's answer: what the clerk certainly meant, or the code of the line that says what is wrong.

Gets a `GridCell` and what the column expects, gives a value or raises `CellError`.
Nothing is guessed: `约5` is not 5. Pure functions.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache

from build_scripts.forms.grid import GridCell, as_text
from build_scripts.forms.periods import period_end, read_period
from build_scripts.load.cells import mend
from build_scripts.locale import t
from build_scripts.locale.catalogue import has, keys

_NOTHING = frozenset(
    {"", "-", "--", "—", "——", "/", "\\", "无", "暂无", "空", "n/a", "na", "null", "none", "待公布", "未公布"}
)
_TICKS = frozenset({"是", "√", "✓", "✔", "☑", "已核对", "核对无误", "无误", "属实", "无变化", "y", "yes", "true"})
_NUMBER = re.compile(r"(?P<number>[+-]?(?:\d+(?:[,，]\d{3})*|\d*)(?:\.\d+)?)\s*(?P<unit>[^\d\s.,，+~/-].*)?", re.ASCII)
_VAGUE = re.compile("左右|以上|以下|以内|不到|多|余|约|近|超")
_SCALES = {"": 0, "十": 1, "百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?(?:底|末)?", re.ASCII)
_YEAR = re.compile(r"(\d{4})年?(?:底|末|年底|年末)?", re.ASCII)
_ENDS = "底末"
_PHONE = re.compile(r"(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)")
_PERSON_ID = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_FORMULA_SIGNS = str.maketrans({"=": "＝", "+": "＋", "-": "－", "@": "＠"})
_FIRST_YEAR, _LAST_YEAR = 2000, 2060
_SERIAL_EPOCH = date(1899, 12, 30)


class CellError(Exception):
    """What is wrong with a cell: the line's code and the facts that fill it."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as understood: `printed` is how it stood in the cell; `converted` the code of a remark, if any."""

    value: Decimal
    printed: str
    remark: str = ""


def is_blank(cell: GridCell) -> bool:
    """Whether a cell says nothing: empty, or one of the usual marks for no data (`—`, `/`, 无)."""
    if cell.error or (cell.formula and cell.value is None):
        return False
    return narrow(as_text(cell.value)).lower() in _NOTHING


def means_missing(cell: GridCell) -> bool:
    """Whether a cell says in words that there is no figure; an empty cell or a mark says nothing."""
    return not is_blank(cell) and _words_of("obs_status").get(narrow(as_text(cell.value)).lower()) == "M"


def is_tick(cell: GridCell) -> bool:
    """Whether a cell says yes (`是`, a tick); a cell that says anything else has not been ticked."""
    return narrow(as_text(cell.value)).lower() in _TICKS


def narrow(text: str) -> str:
    """Half-width, without blanks: the form in which words are compared."""
    return re.sub(r"[\s\u200b\ufeff]", "", unicodedata.normalize("NFKC", text))


def read_number(cell: GridCell, unit: str, decimals: int) -> Figure:
    """The number in a cell, in `unit`.

    A percent-formatted 0.125 in a % column is 12.5; `1.2万` in 家 is 12000 and `120000万元` in 亿元 is 12, with a
    remark. A formula's result is rounded to the indicator's `decimals` when it has more.

    Raises:
        CellError: there is no number, or no telling which.
    """
    value = _stored(cell)
    shown = as_text(value)
    if isinstance(value, bool | date):
        raise CellError("number_date" if isinstance(value, date) else "number_text", found=shown)
    if isinstance(value, Decimal):
        return _stored_number(cell, value, unit, decimals)
    text = unicodedata.normalize("NFKC", shown).replace("−", "-").strip().lstrip("'‘’")
    found = _NUMBER.fullmatch(text)
    if not found or _VAGUE.search(text) or not any(char.isdigit() for char in found["number"]):
        raise CellError("number_text", found=shown)
    try:
        number = Decimal(re.sub("[,，]", "", found["number"]))
    except InvalidOperation:
        raise CellError("number_text", found=shown) from None
    return _with_unit(number, narrow(found["unit"] or ""), unit, shown)


def _stored_number(cell: GridCell, value: Decimal, unit: str, decimals: int) -> Figure:
    if cell.percent:
        if "%" not in unit:
            raise CellError("number_percent", found=f"{format((value * 100).normalize(), 'f')}%", unit=unit)
        value = (value * 100).normalize() + 0
        value = value.quantize(Decimal(1)) if value == value.to_integral_value() else value
    exponent = value.as_tuple().exponent
    if cell.formula and isinstance(exponent, int) and -exponent > max(decimals, 0):
        rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
        return Figure(rounded, f"{format(rounded, 'f')}{unit}", "rounded")
    return Figure(value, f"{format(value, 'f')}{unit}")


def _with_unit(number: Decimal, written: str, unit: str, shown: str) -> Figure:
    """A number written with a unit: the same unit, or another scale of the same thing (`万元` for `亿元`)."""
    if written in {"", narrow(unit)}:
        return Figure(number, f"{format(number, 'f')}{unit}")
    own_scale, own_base = _scale(narrow(unit))
    scale, base = _scale(written)
    if base not in {own_base, ""}:
        raise CellError("number_unit", found=shown, unit=unit)
    value = number.scaleb(scale - own_scale)
    value = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize() + 0
    return Figure(value, shown, "converted")


def _scale(unit: str) -> tuple[int, str]:
    """The power of ten and the thing counted: `亿元` → (8, 元), `万` → (4, ``)."""
    for prefix in sorted(_SCALES, key=len, reverse=True):
        if prefix and unit.startswith(prefix):
            return _SCALES[prefix], unit[len(prefix) :]
    return 0, unit


def read_day(cell: GridCell, *, end_of: bool = False) -> date:
    """The day in a cell, stored as a day, as a serial number or as text.

    With `end_of`, `2026年3月` and `2026年底` mean their last day.

    Raises:
        CellError: it is no day, or one that cannot be meant.
    """
    value = _stored(cell)
    shown = as_text(value)
    if isinstance(value, Decimal):
        value = shown = format(value.to_integral_value() if value == value.to_integral_value() else value, "f")
    day = value if isinstance(value, date) else _day_of(narrow(str(value)), end_of=end_of)
    if day is None:
        partial = _MONTH.fullmatch(narrow(shown)) or _YEAR.fullmatch(narrow(shown))
        raise CellError("date_partial" if partial else "date_text", found=shown)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise CellError("date_year", found=shown, year=day.year)
    return day


def _day_of(text: str, *, end_of: bool) -> date | None:
    if re.fullmatch(r"\d{5}", text):
        return _SERIAL_EPOCH + timedelta(days=int(text))
    plain = re.sub(r"(?:星期|周)[一二三四五六日天]$|\d{1,2}:\d{2}(?::\d{2})?$", "", text).replace("号", "日")
    mended = mend(plain, "date")
    try:
        return datetime.strptime(mended.text if mended and mended.text else plain, "%Y-%m-%d").date()  # noqa: DTZ007
    except ValueError:
        pass
    if not end_of:
        return None
    if (found := _MONTH.fullmatch(plain)) and 1 <= int(found[2]) <= 12:
        return date(int(found[1]), int(found[2]), monthrange(int(found[1]), int(found[2]))[1])
    if (found := _YEAR.fullmatch(plain)) and any(end in plain for end in _ENDS):
        return date(int(found[1]), 12, 31)
    return None


def read_figure_period(cell: GridCell, year: int) -> str:
    """The period in a cell, in the method's form.

    Raises:
        CellError: it is no period, or not a possible one.
    """
    value = _stored(cell)
    if isinstance(value, date):
        return f"{value.year}-{value.month:02d}"
    shown = as_text(value)
    period = read_period(shown, year)
    if period is None or (end := period_end(period)) is None or not _FIRST_YEAR <= end.year <= _LAST_YEAR:
        raise CellError("period_text", found=shown)
    return period


def read_choice(cell: GridCell, family: str) -> str:
    """The code behind a drop-down's word or one of its known synonyms.

    Raises:
        CellError: the word is none of them.
    """
    text = as_text(_stored(cell))
    words = _words_of(family)
    code = words.get(narrow(text).lower())
    if code is None:
        choices = "、".join(t(f"forms.{family}.{code}") for code in dict.fromkeys(words.values()))
        raise CellError("choice", found=text, choices=choices)
    return code


@cache
def _words_of(family: str) -> Mapping[str, str]:
    words = {}
    for key in keys(f"forms.{family}."):
        code = key.rsplit(".", 1)[1]
        synonyms = f"forms.state_alias.{family}.{code}"
        for word in [t(key), *(t(synonyms).split("|") if has(synonyms) else [])]:
            words[narrow(word).lower()] = code
    return words


def read_note(cell: GridCell, limit: int) -> str:
    """Free text for publication, on one line; a leading formula sign is made full-width so that no program computes it.

    Raises:
        CellError: it is too long, or holds a telephone or identity number.
    """
    text = re.sub(r"[\x00-\x1f\x7f\u2028\u2029]+", " ", as_text(_stored(cell))).strip()
    text = re.sub(r" {2,}", " ", text)
    if _PHONE.search(text) or _PERSON_ID.search(text):
        raise CellError("note_private")
    if len(text) > limit:
        raise CellError("note_long", length=len(text), limit=limit)
    return safe_text(text)


def safe_text(text: str) -> str:
    """Text that no spreadsheet takes for a formula: a first `=`, `+`, `-`, `@` becomes its full-width twin."""
    return text[:1].translate(_FORMULA_SIGNS) + text[1:]


def without_phone(text: str) -> str:
    """A person's name with any telephone number taken out."""
    return re.sub(r"[\s,，、;；:：()（）]+$", "", _PHONE.sub("", text).strip())


def _stored(cell: GridCell) -> str | Decimal | date | bool | None:
    """The cell's value.

    Raises:
        CellError: it holds an error, or a formula whose result was never stored.
    """
    if cell.error:
        raise CellError("formula_error", found=cell.error)
    if cell.formula and cell.value is None:
        raise CellError("formula_empty")
    return cell.value
