"""Which addresses may become a link out of the site, and how one part of the site is named in another."""

from __future__ import annotations

import posixpath
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


def relative(address: str, seen_from: str) -> str:
    """An address of the site (`targets/x/`, `data/x.csv`) as the page or file at `seen_from` names it.

    Relative addresses keep the site whole under any folder of any host, and when opened from a disk or an archive.
    """
    found = posixpath.relpath(f"/{address}", posixpath.dirname(f"/{seen_from}"))
    return f"{found}/" if not address or address.endswith("/") else found


def page_address(path: str) -> str:
    """Where the page of a Markdown file is: `targets/x/` for `targets/x/index.md` and for `targets/x.md`."""
    folder, name = posixpath.split(path.removesuffix(".md"))
    return "".join(f"{part}/" for part in (folder, name if name != "index" else "") if part)
