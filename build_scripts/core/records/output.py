"""What the late stages hand each other: links, pages and files to be published. Gets nothing, gives types."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside the site. `address` is relative to the site's root (`targets/x/`, `` for home)."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Page:
    """A generated page before rendering.

    `template` names `templates/pages/<template>.md.j2`, which sees only `view`. `source` is the table the page is
    made from, shown to readers; `assessed` pages carry the method's disclaimer;
    `toc` gives it the list of its sections at the side. `as_of` is the day of the page's data where that is not the
    site's (bulletins); `feed` the address of the Atom feed that tells of this page's subject; `json_ld` the text of
    a description for search engines, safe inside a script element; `reach` how far the record reaches, in words;
    `head` is the title in the page's head where another page has the same one; `cited` what programs for reference
    lists read there, by name; `absent` the sections of the site that were not made, to which nothing may lead.
    """

    address: str
    template: str
    view: object
    title: str
    description: str
    source: str
    crumbs: tuple[Link, ...] = ()
    assessed: bool = False
    searchable: bool = True
    toc: bool = True
    as_of: date | None = None
    feed: str = ""
    json_ld: str = ""
    reach: str = ""
    absent: tuple[str, ...] = ()
    head: str = ""
    cited: tuple[tuple[str, str], ...] = ()

    @property
    def path(self) -> str:
        """Where the Markdown file is staged."""
        return f"{self.address}index.md"


@dataclass(frozen=True)
class Artifact:
    """A file of the overlay: its path in the staged folder, its bytes, and who made it."""

    path: str
    data: bytes
    owner: str

    @cached_property
    def size(self) -> int:
        """How many bytes it has."""
        return len(self.data)

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of its bytes, in lower-case hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Approval:
    """A version of the site that somebody let out: a row of the site's `publications.csv`.

    `published_at` is a day and time with its zone (`2026-11-22T09:30:00+08:00`); `as_of` the day of its data;
    `fingerprint` the SHA-256 over all that version says; `summary` what it changed, in words; `bulletins` the ids of
    those it let out for the first time, a space between; `accepted` what of the version before is gone or changed with
    the approver's word for it (`TABLE:KEY`, a space between).
    """

    publication_id: str
    published_at: str
    approved_by: str
    as_of: date
    fingerprint: str
    summary: str
    note: str = ""
    accepted: str = ""
    bulletins: str = ""
