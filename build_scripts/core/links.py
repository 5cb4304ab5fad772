"""Which addresses may become a link out of the site, and how one part of the site is named in another."""

from __future__ import annotations

import posixpath
import re
from ipaddress import IPv6Address
from urllib.parse import urlsplit

LONGEST = 1000
_UNSAFE = r"\s\"'<>\\`"
# A host comes right after the slashes; a name before an @ there hides where a link leads.
_OUTWARD = re.compile(
    rf"https?://[^{_UNSAFE}/?#@]+(?:[/?#][^{_UNSAFE}]*)?|mailto:[^{_UNSAFE}@]+@[^{_UNSAFE}@]+", re.IGNORECASE
)
# What no host holds; digits and colons in brackets are an address of their own, which `urlsplit` reads.
_NO_HOST = re.compile(r"[\^|{}%\[\]:]|^\.|\.\.")
_BRACKETED = re.compile(r"\[[^\[\]]+\](?::\d*)?")
# Browsers take these as they are, HTML asks for the escape; whoever answers reads both alike.
_ESCAPED = {ord(mark): f"%{ord(mark):02X}" for mark in "[]{}|^"}
_SCHEME = re.compile(r"\s*[a-z][a-z0-9+.\-\s]*:", re.IGNORECASE)


def leads_out(address: str) -> bool:
    """Whether `address` is one of `http`, `https` or `mailto`: whole, with a host there can be, not too long."""
    if len(address) > LONGEST or not _OUTWARD.fullmatch(address):
        return False
    return address[:7].lower() == "mailto:" or bool(host_of(address))


def host_of(address: str) -> str:
    """The host of a web address in lower case; empty where it has none or one that there cannot be."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port  # a port is read here, and may be none
        if "[" in parts.netloc and _BRACKETED.fullmatch(parts.netloc):
            return IPv6Address(host).compressed
    except ValueError:
        return ""
    return "" if "[" in parts.netloc or _NO_HOST.search(host) else host


def escaped(address: str) -> str:
    """An address as an attribute may hold it: what HTML does not allow in a path or a query is escaped."""
    before, mark, anchor = address.partition("#")
    scheme, slashes, rest = before.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{slashes}{host}{slash}{path.translate(_ESCAPED)}{mark}{anchor}"


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
