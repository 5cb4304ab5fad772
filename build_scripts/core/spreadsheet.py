"""Text that a spreadsheet must not take for a formula. Gets text, gives text; the way back is exact.

The rule: text that begins with `= + - @`, a tab, a line break, or the full-width form of one of the four signs gets an
apostrophe in front; so does text that begins with apostrophes followed by one of these, which keeps the rule
reversible. Taking away one apostrophe from whatever matches `ESCAPED` gives the original back.
Only what spreadsheets open (`*.excel.csv`, `*.xlsx`, the charts' CSV) is written so; the rest holds the original.
Source of the list of signs: OWASP, CSV Injection.
"""

from __future__ import annotations

import re

_SIGNS = "=+\\-@\t\r\n＝＋－＠"
DANGEROUS = re.compile(f"'*[{_SIGNS}]")
ESCAPED = re.compile(f"'+[{_SIGNS}]")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?%?", re.ASCII)


def escape(text: str) -> str:
    """`text` so that no spreadsheet starts a formula with it."""
    return f"'{text}" if DANGEROUS.match(text) else text


def escape_words(text: str) -> str:
    """As `escape`, where numbers stand among words: a plain number with a sign begins no formula and stays."""
    return text if _NUMBER.fullmatch(text) else escape(text)


def unescape(text: str) -> str:
    """What `escape` was given."""
    return text[1:] if ESCAPED.match(text) else text
