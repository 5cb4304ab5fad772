"""Text that a spreadsheet must not take for a formula. Gets text, gives text; the way back is exact.

The rule: text that begins with `= + - @`, a tab, a line break, or the full-width form of one of the four signs gets an
apostrophe in front; so does text that begins with apostrophes followed by one of these, which keeps the rule
reversible. Taking away one apostrophe from whatever matches `ESCAPED` gives the original back.
Only the spreadsheet forms (`*.excel.csv`, `*.xlsx`) are written so; plain CSV, JSON and the rest hold the original.
Source of the list of signs: OWASP, CSV Injection.
"""

from __future__ import annotations

import re

_SIGNS = "=+\\-@\t\r\n＝＋－＠"
DANGEROUS = re.compile(f"'*[{_SIGNS}]")
ESCAPED = re.compile(f"'+[{_SIGNS}]")


def escape(text: str) -> str:
    """`text` so that no spreadsheet starts a formula with it."""
    return f"'{text}" if DANGEROUS.match(text) else text


def unescape(text: str) -> str:
    """What `escape` was given."""
    return text[1:] if ESCAPED.match(text) else text
