"""What the late stages hand each other: links, pages and files to be published. Gets nothing, gives types."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside the site. `address` is relative to the site's root (`targets/x/`, `` for home)."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Page:
    """A generated page before rendering.

    `template` names `templates/pages/<template>.md.j2`, which sees only `view`. `source` is the table the page is
    made from, shown to readers; `assessed` pages carry the method's disclaimer; `boost` lifts a page in search;
    `toc` gives it the list of its sections at the side.
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
    boost: float = 1.0

    @property
    def path(self) -> str:
        """Where the Markdown file is staged."""
        return f"{self.address}index.md"


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file of the overlay: its path in the staged folder, its bytes, and who made it."""

    path: str
    data: bytes
    owner: str
