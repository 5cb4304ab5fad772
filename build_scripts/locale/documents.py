"""The words that plans, sources and notes print, for the checks that read them. Gets a name, gives patterns.

They lie in `documents.toml` of every language: what is read need not speak as the site does. A list that no language
fills finds nothing, so a check that reads with it keeps silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from build_scripts.locale.catalogue import read_words

_NOTHING = "(?!)"


@cache
def printed(name: str) -> re.Pattern[str]:
    """Any of the words listed under a name, in either case of its letters."""
    return re.compile("|".join(read_words(f"documents.{name}")) or _NOTHING, re.IGNORECASE)


@cache
def forms(name: str) -> tuple[re.Pattern[str], ...]:
    """The patterns listed under a name, each with groups of its own."""
    return tuple(re.compile(each, re.IGNORECASE) for each in read_words(f"documents.{name}"))


def all_of(name: str, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """Whatever any of the patterns of a name finds in a text."""
    for each in forms(name):
        yield from each.finditer(text, start, len(text) if end is None else end)
