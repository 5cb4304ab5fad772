"""Which characters a field may hold: the one rule, for tables, descriptor, settings, plan texts and what is typed in.

Refused is what a reader cannot see and a program trips over: controls, characters that turn the direction of text,
zero-width and other invisible ones, private use, halves of characters, and code points that are no characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Fields of running text. They may hold line ends, and the two joiners some scripts and emoji need; names may not.
PROSE_FIELDS = frozenset(
    {"note", "summary", "objective", "definition", "headline", "promise", "quote", "text", "description", "excerpt"}
)
_IN_PROSE = frozenset("\n\r\t\u200c\u200d")
# Invisible although Unicode counts them as letters, marks or signs.
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
_FILLER = re.compile(f"[{_FILLERS}]")
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Format characters that are drawn: Arabic and other number signs.
_DRAWN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
_KINDS = {"Cc": "control", "Cf": "invisible", "Cs": "half", "Co": "private", "Zl": "line", "Zp": "line"}


def unsafe(text: str, *, prose: bool = False) -> str:
    """The characters of `text` that may not stand there, each once, in the order they come; empty where all may."""
    if text.isprintable() and not _FILLER.search(text):
        return ""
    found = (char for char in text if kind(char) and not (prose and char in _IN_PROSE))
    return "".join(dict.fromkeys(found))


def kind(char: str) -> str:
    """Why a character is refused: `control`, `line`, `turning`, `invisible`, `half`, `private`, `none`; else empty."""
    code = ord(char)
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return "none"
    if char in _TURNING:
        return "turning"
    if char in _FILLERS:
        return "invisible"
    return "" if char in _DRAWN else _KINDS.get(unicodedata.category(char), "")


def without(text: str, refused: str) -> str:
    """`text` without the characters that are refused; a tab or line end leaves a space."""
    return text.translate({ord(char): " " if char in "\n\r\t" else None for char in refused})


def code_point(char: str) -> str:
    """A character by its number: `U+202E`."""
    return f"U+{ord(char):04X}"


def strings(value: object, path: str = "") -> Iterator[tuple[str, str, bool]]:
    """Every string in nested objects and lists: where it is (`resources[2].title`), the string, whether it is prose.

    Prose is whatever is no name, title or path. Names of members are given too, under their own path.
    """
    if isinstance(value, str):
        name = re.sub(r"\[\d+\]$", "", path).rpartition(".")[2]
        yield path, value, not name.endswith(("name", "title", "path"))
    elif isinstance(value, dict):
        for key, item in value.items():
            where = f"{path}.{key}" if path else str(key)
            yield where, str(key), False
            yield from strings(item, where)
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            yield from strings(item, f"{path}[{number}]")
