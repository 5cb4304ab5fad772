"""Text that a spreadsheet must not take for a formula. Gets text, gives text; the way back is exact.

The rule: text that begins with `= + - @`, a tab, a line break, or the full-width form of one of the four signs gets an
apostrophe in front; so does text that begins with apostrophes followed by one of these, which keeps the rule
reversible. Taking away one apostrophe from whatever matches `ESCAPED` gives the original back.
Where cells stand as they are recorded (`*.excel.csv`), the same is done to text that a spreadsheet would rewrite: a
period such as `2025-03` would become a day, `012` twelve.
Only what spreadsheets open (`*.excel.csv`, `*.xlsx`, the charts' CSV) is written so; the rest holds the original.
Source of the list of signs: OWASP, CSV Injection.
"""

from __future__ import annotations

import re

_SIGNS = "=+\\-@\t\r\n＝＋－＠"
DANGEROUS = re.compile(f"'*[{_SIGNS}]")
ESCAPED = re.compile(f"'+[{_SIGNS}]")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".replace(" ", "|")
# What is taken for a day, and codes that are taken for numbers and lose digits.
REWRITTEN = re.compile(
    "'*(?:"
    r"\d{1,4}[-/]\d{1,2}|\d{1,4}([-/.])\d{1,2}\1\d{1,4}"
    # With the signs for year, month and day, as Chinese and Japanese write them.
    r"|\d{1,4}\u5e74\d{1,2}\u6708(?:\d{1,2}\u65e5)?|\d{1,2}\u6708\d{1,2}\u65e5"
    rf"|(?:\d{{1,2}}[ -])?(?:{_MONTHS})[a-z]*[ -]\d{{1,4}}"
    r"|0\d+|\d{16,}|\d+e[+-]?\d+)",
    re.ASCII | re.IGNORECASE,
)
_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?%?", re.ASCII)


def escape(text: str) -> str:
    """`text` so that no spreadsheet starts a formula with it."""
    return f"'{text}" if DANGEROUS.match(text) else text


def escape_words(text: str) -> str:
    """As `escape`, where numbers stand among words: a plain number with a sign begins no formula and stays."""
    return text if _NUMBER.fullmatch(text) else escape(text)


def keep(text: str) -> str:
    """`text` so that a spreadsheet shows it as it stands: neither a formula nor something it rewrites."""
    return f"'{text}" if DANGEROUS.match(text) or REWRITTEN.fullmatch(text) else text


def unescape(text: str) -> str:
    """What `escape` was given."""
    return text[1:] if ESCAPED.match(text) else text


def unkeep(text: str) -> str:
    """What `keep` was given."""
    return text[1:] if text.startswith("'") and (ESCAPED.match(text) or REWRITTEN.fullmatch(text)) else text
