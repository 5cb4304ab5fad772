"""A cell that should hold a figure: what the clerk certainly meant, or the code of the line that says what is wrong.

Gets a `GridCell`, the unit and the decimals of an indicator, gives a `Reading`. Nothing is guessed: `约5` is not 5.
Where a figure was shown otherwise than it is stored, what was shown is offered, and asked about. Pure functions.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from build_scripts.forms.cells import narrow, stored, unknown_characters, visible
from build_scripts.forms.grid import GridCell, as_text
from build_scripts.forms.lines import Level
from build_scripts.forms.numerals import in_digits
from build_scripts.forms.reading import CellError, Figure, Reading
from build_scripts.forms.shown import Scaled, shown_number
from build_scripts.locale import as_kept

_NUMBER = re.compile(
    r"(?P<number>[+-]?(?:\d+(?:[,，]\d{3})*|\d*)(?:\.\d+)?)(?P<power>[eE][+-]?\d{1,2})?\s*"
    r"(?P<unit>[^\d\s.,，+~/-].*)?",
    re.ASCII,
)
_SCALES = {"": 0, "十": 1, "百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}
# Units written in letters, and the same in the words of the plans.
_LETTERS = {
    "km": "公里", "千米": "公里", "m": "米", "km2": "平方公里", "平方千米": "平方公里", "m2": "平方米",
    "t": "吨", "h": "小时", "min": "分钟",
}  # fmt: skip
# What a cell says instead of a figure, told apart so that each is answered with what to do.
_INSTEAD = (
    ("number_growth", re.compile(r"同比|环比|增长|增速|增幅|下降|上升|提高")),
    ("number_same", re.compile(r"持平|同上|不变|无变化|没有变化|略有")),
    ("number_bound", re.compile(r"^(?:[≥≤><]=?|不[低少高]于|不超过|超过?|至少|突破|达到?)|以上|以下|以内|不到|不足")),
    ("number_bound", re.compile(r"\d\+$|\d\D{0,2}起$")),
    ("number_text", re.compile(r"约|左右|多|余|近|大概|上下|几|预计|预估|估[计算]|\d[、。;]\s*\d")),
    ("number_text", re.compile(r"^\d[\d.,]*\D{0,4}[-~—–至到]\s*\d[\d.,]*\D*$")),
    ("number_sign", re.compile(r"^(?:[▲△▼▽↑↓]|\().*\d")),
)
# A mark behind a number that points to a footnote somewhere.
_MARKED = "※"
_TURNS = "\u202e"
# What may be a unit: words, letters, signs for parts of a hundred or a thousand; `13:20` and `1320?` hold none.
_UNIT = re.compile(r"[^\W\d_]+[23]?(?:/[^\W\d_]+)?|[%‰℃°]")
_MARK = re.compile(r"^(?P<unit>[^*#※①-⑨]*)[*#※①-⑨]+$")
# Words around one number that do not change it, but are not to stand in the cell.
_AROUND = re.compile(r"(?:已|共|共计|累计|现有|完成|已完成|实现|实际|合计|总计|有)+:?-?[\d,.]+\D*")
_PLACED = "(?:位?居|位?列|排名?)?"
_RANK = re.compile(rf"{_PLACED}(?:全[国省市]|省内|市内)?{_PLACED}第([一二三四五六七八九十]|\d{{1,3}})[位名]?", re.ASCII)
_RANKS = {name: str(number) for number, name in enumerate("一二三四五六七八九十", start=1)}
# Thousands parted by blanks, as printed tables do.
_SPACED = re.compile(r"[+-]?\d{1,3}(?:[ \u2009]\d{3})+(?!\d)")
# What may stand around a rate of growth, where one is asked for.
_GROWTH = re.compile(r"(?:同比)?(?P<way>增长|上升|提高|下降|减少|降低|回落)(?P<rate>\d+(?:\.\d+)?)%?", re.ASCII)
_FALLS = frozenset({"下降", "减少", "降低", "回落"})
# What is counted with a word of its own is counted one by one all the same.
_COUNTED = frozenset({"家", "项", "条", "座", "所", "处", "户", "台"})
_REMARK = re.compile(r"^(?P<unit>[^(;,。、\d]*)[(;,。、].*$")


def read_number(cell: GridCell, unit: str, decimals: int, *, growth: bool = False) -> Reading[Figure]:
    """The number in a cell, in `unit`.

    A percent-formatted 0.125 in a % column is 12.5; `1.2万` in 家 is 12000 and `120000万元` in 亿元 is 12, with a
    remark. A formula's result is rounded to the indicator's `decimals` when it has more, with a question. Where
    `growth` is asked for, `下降3.2%` is -3.2.

    Raises:
        CellError: there is no number, or no telling which.
    """
    value = stored(cell)
    shown = as_text(value)
    if isinstance(value, bool | date):
        raise CellError("number_date" if isinstance(value, date) else "number_text", found=shown)
    if isinstance(value, Decimal):
        return _stored_number(cell, value, unit, decimals)
    if _TURNS in shown:  # what is seen runs the other way round than what is stored
        raise CellError("number_characters", found=visible(shown), characters="U+202E")
    if cell.kept:
        left = _text_number(visible(cell.kept), unit, shown, growth=growth).value
        return _asked("number_struck", left, found=shown, value=left.printed)
    return _text_number(visible(shown), unit, visible(shown), growth=growth)


def _text_number(text: str, unit: str, shown: str, *, growth: bool = False) -> Reading[Figure]:
    if unknown := unknown_characters(text):
        raise CellError("number_characters", found=shown, characters=unknown)
    plain = _plain(text)
    if (rank := _RANK.fullmatch(plain)) and narrow(unit) in {"位", "名"}:
        value = Decimal(_RANKS.get(rank[1]) or rank[1])
        return _noted("number_converted", Figure(value, shown), found=shown, value=as_kept(str(value), unit))
    if growth and (rate := _GROWTH.fullmatch(narrow(plain))):
        value = Decimal(rate["rate"]) * (-1 if rate["way"] in _FALLS else 1)
        return _noted("number_converted", Figure(value, shown), found=shown, value=as_kept(format(value, "f"), unit))
    digits = plain if _says_otherwise(plain) else in_digits(plain)
    found = _NUMBER.fullmatch(digits)
    number = _decimal(found) if found else None
    if found is None or number is None or _says_otherwise(digits):
        raise _no_number(plain, shown)
    read = _with_unit(number, narrow(found["unit"] or ""), unit, shown)
    if (found["power"] or digits != plain) and not read.code:
        return _noted("number_converted", read.value, found=shown, value=read.value.printed)
    return read


def _plain(text: str) -> str:
    """A figure's text in half-width, without what surrounds it and what parts its thousands."""
    text = "".join(_MARKED if _is_mark(text, at) else char for at, char in enumerate(text))
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip().lstrip("'‘’").rstrip("。.;,、")
    plain = re.sub(r"^负(?=\d)", "-", plain)
    plain = re.sub(r"^百分之(\d+(?:\.\d+)?)$", r"\1%", plain)
    plain = re.sub(r"^零(?=\D{0,3}$)", "0", plain)
    if _SPACED.match(plain):
        plain = re.sub(r"(?<=\d)[ \u2009](?=\d{3})", "", plain)
    return plain


def _is_mark(text: str, at: int) -> bool:
    """Whether a character is a small or circled figure behind a number, as footnotes have: no figure of the number."""
    small = unicodedata.category(text[at]) == "No" and float(unicodedata.numeric(text[at])).is_integer()
    return small and at > 0 and (text[at - 1].isdecimal() or text[at - 1] == ".")


def _no_number(plain: str, shown: str) -> CellError:
    """Why a text is no certain number: what else it says, which number its words surround, or that it has none."""
    if code := _says_otherwise(plain):
        return CellError(code, found=shown)
    numbers = re.findall(r"-?\d+(?:,\d{3})*(?:\.\d+)?", plain)
    if not re.search(r"[\d一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟]", plain):
        return CellError("number_none", found=shown)
    if len(numbers) == 1 and _AROUND.fullmatch(plain):
        return CellError("number_remark", found=shown, value=numbers[0].replace(",", ""))
    return CellError("number_text", found=shown)


def _decimal(found: re.Match[str]) -> Decimal | None:
    if not any(char.isdigit() for char in found["number"]):
        return None
    try:
        number = Decimal(re.sub("[,，]", "", found["number"]) + (found["power"] or ""))
    except InvalidOperation:
        return None
    return number.quantize(Decimal(1)) if number == number.to_integral_value() and found["power"] else number


def _says_otherwise(plain: str) -> str:
    return next((code for code, pattern in _INSTEAD if pattern.search(plain)), "")


def _stored_number(cell: GridCell, value: Decimal, unit: str, decimals: int) -> Reading[Figure]:
    seen = shown_number(value, cell.number_format)
    if cell.percent:
        if "%" not in unit:
            raise CellError("number_percent", found=f"{format((value * 100).normalize(), 'f')}%", unit=unit)
        value = _tidy(value * 100)
    if seen is Scaled.YES:
        raise CellError("number_scaled", found=format(value, "f"), format=cell.number_format)
    exponent = value.as_tuple().exponent
    if cell.formula and isinstance(exponent, int) and -exponent > max(decimals, 0):
        rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
        return _asked("number_rounded", _figure(rounded, unit), value=as_kept(format(rounded, "f"), unit))
    if isinstance(seen, Decimal) and seen != value:
        facts = {"found": format(value, "f"), "value": as_kept(format(seen, "f"), unit)}
        return _asked("number_shown", _figure(seen, unit), **facts)
    return Reading(_figure(value, unit))


def _tidy(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize() + 0


def _with_unit(number: Decimal, written: str, unit: str, shown: str) -> Reading[Figure]:
    """A number written with a unit: the same unit, or another scale of the same thing (`万元` for `亿元`)."""
    own = narrow(unit)
    written = _LETTERS.get(written.lower(), written)
    bare = re.sub(r"元整$|人民币$|元人民币$", "元", written)
    if written == "个" and own in _COUNTED:
        return _noted("number_converted", _figure(number, unit), found=shown, value=as_kept(format(number, "f"), unit))
    if bare != written and own.endswith("元"):
        read = _with_unit(number, bare, unit, shown)
        facts = {"found": shown, "value": read.value.printed}
        return read if read.code else _noted("number_converted", read.value, **facts)
    if written in {"", own}:
        return Reading(_figure(number, unit))
    remark = _REMARK.match(written) or _MARK.match(written)
    if remark and remark["unit"] in {"", own}:
        raise CellError("number_remark", found=shown, value=format(number, "f"))
    own_scale, own_base = _scale(own)
    scale, base = _scale(written)
    if base not in {own_base, ""}:
        raise CellError("number_unit" if _UNIT.fullmatch(written) else "number_text", found=shown, unit=unit)
    value = _tidy(number.scaleb(scale - own_scale))
    printed = shown if base else f"{shown}{own_base}"
    return _noted("number_converted", Figure(value, printed), found=shown, value=as_kept(format(value, "f"), unit))


def _figure(value: Decimal, unit: str) -> Figure:
    return Figure(value, as_kept(format(value, "f"), unit))


def _asked(code: str, figure: Figure, **facts: object) -> Reading[Figure]:
    return Reading(figure, code, facts, Level.CHECK)


def _noted(code: str, figure: Figure, **facts: object) -> Reading[Figure]:
    return Reading(figure, code, facts, Level.NOTE)


def _scale(unit: str) -> tuple[int, str]:
    """The power of ten and the thing counted: `亿元` → (8, 元), `万` → (4, ``)."""
    for prefix in sorted(_SCALES, key=len, reverse=True):
        if prefix and unit.startswith(prefix):
            return _SCALES[prefix], unit[len(prefix) :]
    return 0, unit
