"""Cells that hold words: whether they say anything, ticks, the drop-downs' words and their synonyms, free text.

Gets a `GridCell`, gives a value or raises `CellError`. Nothing is guessed. Pure functions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from build_scripts.core.personal import is_suspect, without_phones
from build_scripts.forms.grid import GridCell, Value, as_text
from build_scripts.forms.reading import CellError
from build_scripts.locale import listed, t
from build_scripts.locale.catalogue import has, keys

# Nobody sees these either: joiners, selectors of a variant, fillers that are letters by name, an empty braille cell.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_NOTHING = frozenset(
    {
        "", "/", "//", "\\", "无", "暂无", "空", "n/a", "na", "null", "none", "不涉及", "不适用", "无此项", "待报",
        "待公布", "未公布", "尚未公布", "未出", "未出数", "尚未出数", "暂未统计", "尚未统计",
        "未统计", "待统计", "统计中",
    }
)  # fmt: skip
_DASHES = re.compile(r"[-—–―─_－~～]+")
_NONE = re.compile(
    "[\ufdd0-\ufdef]|[" + "".join(chr(plane * 0x10000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF)) + "]"
)
_TICKS = frozenset(
    {
        "是", "√", "✓", "✔", "☑", "已核对", "核对无误", "无误", "属实", "无变化", "无变动", "没有变化", "没有变动",
        "不变", "对", "v", "ok", "y", "yes", "true",
    }
)  # fmt: skip
_NO = frozenset({"", "/", "\\", "否", "不是", "有变化", "有", "×", "x", "✗", "✘", "0", "n", "no", "false"})
_FORMULA_SIGNS = str.maketrans({"=": "＝", "+": "＋", "-": "－", "@": "＠"})


def is_blank(cell: GridCell) -> bool:
    """Whether a cell says nothing: empty, struck through, or one of the usual marks for no data (`—`, `/`, 无)."""
    if cell.error or (cell.formula and cell.value is None):
        return False
    words = narrow(as_text(cell.value)).lower()
    return cell.struck or words in _NOTHING or _DASHES.fullmatch(words) is not None


def says_no_figure(cell: GridCell) -> bool:
    """Whether a cell for a figure is blank or says why there is none yet (下月公布, 数据未出, ……)."""
    if is_blank(cell):
        return True
    words = narrow(as_text(cell.value)).lower()
    return re.fullmatch(t("forms.nothing"), words) is not None and not means_missing(cell)


def is_tick(cell: GridCell) -> bool:
    """Whether a cell says yes (`是`, a tick); a cell that says anything else has not been ticked."""
    return narrow(as_text(cell.value)).lower() in _TICKS


def is_no(cell: GridCell) -> bool:
    """Whether a cell for a tick is empty or says no; 无 under 无变化 may mean either."""
    words = narrow(as_text(cell.value)).lower()
    return cell.struck or words in _NO or _DASHES.fullmatch(words) is not None


def names_a_state(text: str, family: str) -> bool:
    """Whether a text is a state's name and no more."""
    return narrow(text).lower().rstrip("。.!") in _words_of(family)


def means_missing(cell: GridCell) -> bool:
    """Whether a cell says in words that there is no figure; an empty cell or a mark says nothing."""
    return not is_blank(cell) and _words_of("obs_status").get(narrow(as_text(cell.value)).lower()) == "M"


@lru_cache(4_096)  # the titles and words of a form are compared again and again
def narrow(text: str) -> str:
    """Half-width, without blanks and invisible characters: the form in which words are compared."""
    return re.sub(r"\s", "", visible(unicodedata.normalize("NFKC", text)))


def visible(text: str) -> str:
    """A text without the characters that nobody sees: directions, joiners, marks of order, noncharacters."""
    if not text.isprintable():
        kept = (char for char in text if unicodedata.category(char) not in {"Cf", "Cs"} and not _NONE.match(char))
        text = _CONTROL.sub("", "".join(kept))
    return _UNSEEN.sub("", text)


def unknown_characters(text: str) -> str:
    """Characters that no font need have, by number: `U+E000`; nothing where there are none."""
    found = (char for char in text if unicodedata.category(char) in {"Co", "Cn"} and not _NONE.match(char))
    return listed(f"U+{ord(char):04X}" for char in dict.fromkeys(found))


def read_choice(cell: GridCell, family: str) -> str:
    """The code behind a drop-down's word or one of its known synonyms.

    Raises:
        CellError: the word is none of them; the line says which to choose where that is known.
    """
    text = visible(as_text(stored(cell)))
    words = _words_of(family)
    plain = narrow(text).lower().rstrip("。.!;,、")
    code = words.get(plain)
    if code is None:
        if re.fullmatch(t("forms.as_before"), plain):
            raise CellError("choice_as_before", found=text)
        if near := _meant(family, plain):
            raise CellError("choice_near", found=text, word=t(f"forms.{family}.{near}"))
        choices = listed(t(f"forms.{family}.{code}") for code in dict.fromkeys(words.values()))
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


def _meant(family: str, text: str) -> str:
    """The code that a word comes near to without saying it; empty where none is known."""
    for key in keys(f"forms.state_near.{family}."):
        if re.search(t(key), text):
            return key.rsplit(".", 1)[1]
    return ""


def read_note(cell: GridCell, limit: int) -> str:
    """Free text for publication, on one line; a leading formula sign is made full-width so that no program computes it.

    Raises:
        CellError: it is too long, or holds a telephone or identity number.
    """
    written = cell.kept if cell.kept is not None else as_text(stored(cell))
    text = visible(re.sub(r"[\t\n\x0b-\r\x1c-\x1f\x85\u2028\u2029]+", " ", written)).strip()
    text = re.sub(r" {2,}", " ", text)
    if is_suspect(text):
        raise CellError("note_private")
    if len(text) > limit:
        raise CellError("note_long", length=len(text), limit=limit)
    return safe_text(text)


def safe_text(text: str) -> str:
    """Text that no spreadsheet takes for a formula: a first `=`, `+`, `-`, `@` becomes its full-width twin."""
    return text[:1].translate(_FORMULA_SIGNS) + text[1:]


def without_phone(text: str) -> str:
    """A person's name with any telephone number taken out."""
    return re.sub(r"[\s,，、;；:：()（）]+$", "", without_phones(text).strip())


def stored(cell: GridCell) -> Value:
    """The cell's value.

    Raises:
        CellError: it holds an error, or a formula whose result was never stored.
    """
    if cell.error:
        raise CellError("formula_error", found=cell.error)
    if cell.formula and cell.value is None:
        raise CellError("formula_empty")
    return cell.value
