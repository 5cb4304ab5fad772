"""The words of a row as rules read them. Many rows say the same or nothing, so each text is gone over once."""

from __future__ import annotations

from functools import lru_cache

from build_scripts.core.printed import plain
from build_scripts.core.records import Observation

_MOST_KNOWN = 16_384


def words_of(item: Observation) -> str:
    """A figure as printed and its note, with signs written the usual way."""
    return _plain(f"{item.figure_as_printed} {item.note}")


_plain = lru_cache(_MOST_KNOWN)(plain)
