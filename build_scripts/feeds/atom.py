"""Atom 1.0 (RFC 4287): gets a feed as records and what is known of the site, gives bytes.

Ids are `urn:uuid:` of version 5, made from the package's name and the entry's key. They belong to no host, so moving
the site to another address, or having none yet, never makes old news new.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from build_scripts.core.identity import Site
from build_scripts.feeds.entries import Entry
from build_scripts.locale import t

_PLAIN = ' type="text"'
_END = b"\n</feed>"
_IN_ATTRIBUTES = {'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"}
NAMESPACE = "http://www.w3.org/2005/Atom"
# The root of all our ids: never to be changed.
_ROOT = UUID("5f0b7c1e-6d0a-5c0e-9d53-0d1f4a6c2b87")
# Characters XML 1.0 cannot hold, escaped or not.
_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed before it is written: `path` in the site, `page` the page it goes with.

    `since` stands for the day of its last change while it has no entry: the day the first plan was issued. `rest` is
    the page that has what is older than its entries; empty where it has everything.
    """

    path: str
    key: str
    title: str
    subtitle: str
    page: str
    since: date
    entries: tuple[Entry, ...]
    rest: str = ""


def atom(feed: Feed, site: Site, package_name: str) -> bytes:
    """`feed` as an Atom document in UTF-8, entries in the given order."""
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(_tag("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": t("format.html")})
    _text(root, "id", _id(package_name, f"feed|{feed.key}"))
    _text(root, "title", f"{feed.title} · {site.name}" if site.name else feed.title)
    _text(root, "subtitle", feed.subtitle)
    _text(root, "updated", _moment(max((entry.day for entry in feed.entries), default=feed.since)))
    ET.SubElement(root, _tag("link"), {"rel": "self", "type": "application/atom+xml", "href": _self(feed, site)})
    _page(root, "alternate", site.link(feed.page, feed.path))
    if feed.rest:
        _page(root, "related", site.link(feed.rest, feed.path))
    author = ET.SubElement(root, _tag("author"))
    _text(author, "name", site.author or site.name or package_name)
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    entries = "".join(_entry(entry, site.link(entry.address, feed.path), package_name) for entry in feed.entries)
    return document.removesuffix(_END) + entries.encode() + _END + b"\n"


def _entry(entry: Entry, link: str, package_name: str) -> str:
    """An entry as text: a feed may hold tens of thousands, and as elements they take five times as long."""
    day = _moment(entry.day)
    return (
        f"\n  <entry>\n    <id>{escape(_id(package_name, entry.key))}</id>\n    {_element('title', entry.title)}"
        f"\n    <published>{day}</published>\n    <updated>{day}</updated>"
        f'\n    <link rel="alternate" type="text/html" href={_quoted(link)} />'
        f"\n    {_element('content', entry.text, _PLAIN)}\n  </entry>"
    )


def _element(name: str, text: str, marks: str = "") -> str:
    inside = escape(_FORBIDDEN.sub("", text))
    return f"<{name}{marks}>{inside}</{name}>" if inside else f"<{name}{marks} />"


def _quoted(text: str) -> str:
    """An attribute's value, as `ElementTree` writes it."""
    return f'"{escape(text, _IN_ATTRIBUTES)}"'


def _self(feed: Feed, site: Site) -> str:
    return f"{site.address}{feed.path}" if site.address else posixpath.basename(feed.path)


def _page(parent: ET.Element, relation: str, link: str) -> None:
    ET.SubElement(parent, _tag("link"), {"rel": relation, "type": "text/html", "href": link})


def _text(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, _tag(name))
    element.text = _FORBIDDEN.sub("", text)
    return element


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _moment(day: date) -> str:
    """The start of a day where the plans are in force; sources print no hour."""
    return f"{day.isoformat()}T00:00:00+08:00"


def _id(package_name: str, key: str) -> str:
    return uuid5(_ROOT, f"{package_name}/{key}").urn


def ids(entries: Iterable[Entry], package_name: str) -> tuple[str, ...]:
    """The ids of entries, in their order."""
    return tuple(_id(package_name, entry.key) for entry in entries)
