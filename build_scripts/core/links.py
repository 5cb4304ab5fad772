"""Which addresses may become a link out of the site: the one rule, asked by the check and where a link is written."""

from __future__ import annotations

import re

LONGEST = 1000
_UNSAFE = r"\s\"'<>\\`"
# A host comes right after the slashes; a name before an @ there hides where a link leads.
_OUTWARD = re.compile(
    rf"https?://[^{_UNSAFE}/?#@]+(?:[/?#][^{_UNSAFE}]*)?|mailto:[^{_UNSAFE}@]+@[^{_UNSAFE}@]+", re.IGNORECASE
)
_SCHEME = re.compile(r"\s*[a-z][a-z0-9+.\-\s]*:", re.IGNORECASE)


def leads_out(address: str) -> bool:
    """Whether `address` is one of `http`, `https` or `mailto`, whole and of a reasonable length."""
    return len(address) <= LONGEST and bool(_OUTWARD.fullmatch(address))


def has_scheme(address: str) -> bool:
    """Whether `address` names a scheme, and so leads elsewhere than into the site."""
    return bool(_SCHEME.match(address))
