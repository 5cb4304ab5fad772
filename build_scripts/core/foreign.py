"""Marks what a page says in Chinese characters where the page is in another language, for readers' voices and fonts.

Gets a page's Markdown with HTML, gives it with `<span lang>` around such text; scripts, pictures and attributes stay.
"""

from __future__ import annotations

import re

_SIGN = r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
# What stands between two such signs without a space belongs to the text: numbers, short names.
_RUN = re.compile(rf"{_SIGN}(?:[0-9A-Za-z%.·—–“”‘’+/-]{{0,12}}{_SIGN})*")
_APART = re.compile(
    r"(<(script|style|svg|option|textarea|title)\b.*?</\2>|<[^>]*>|&#?\w+;|\{:? ?(?:[#.]|[\w-]+=)[^{}\n]*\})",
    re.DOTALL | re.IGNORECASE,
)
# A choice holds no other element, so that it is marked itself.
_OPTION = re.compile(rf"\A<option\b(?=[^>]*>[^<]*{_SIGN})")


def is_han(sign: str) -> bool:
    """Whether a sign is a Chinese character."""
    return "\u3400" <= sign <= "\u9fff"


def mark_han(page: str, lang: str) -> str:
    """A page's body with its Chinese texts marked as of this language."""
    if not re.search(_SIGN, page):
        return page
    pieces, done = [], 0
    for apart in _APART.finditer(page):
        pieces += [_marked(page[done : apart.start()], lang), _OPTION.sub(rf'\g<0> lang="{lang}"', apart[0])]
        done = apart.end()
    return "".join([*pieces, _marked(page[done:], lang)])


def _marked(text: str, lang: str) -> str:
    return _RUN.sub(lambda run: f'<span lang="{lang}">{run[0]}</span>', text)
