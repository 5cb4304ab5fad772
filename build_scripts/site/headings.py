"""Gets a page's headings, gives what the converter would make of them, without asking it each time.

A heading of plain words with an id of its own always becomes the same HTML but for the words and the id. What that is,
the converter is asked once, with made-up words, one heading a level; whatever else it says of them (outline, anchors,
links, title) has to be as it was expected, else nobody is spared anything. Any other heading goes to the converter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from markdown.extensions.toc import nest_toc_tokens
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

_LEVELS = 6
_HEADING = re.compile(r"(#{1,6}) ([^ ](?:[^ ]| (?! ))*) \{ #([a-z0-9-]+) \}")
# Markdown's own signs are all of ASCII; these of them mean nothing to it wherever they stand in a line.
_PLAIN = frozenset(" ,.:;?/%()-+")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of plain words."""

    level: int
    words: str
    id: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """The HTML of a level's heading in pieces: every second is the made-up words or the made-up id."""

    pieces: tuple[str, ...]

    def filled(self, heading: Heading) -> str:
        """The HTML of another heading of the level."""
        own = {f"plainwords{heading.level}": heading.words, f"plain-id-{heading.level}": heading.id}
        return "".join(own[piece] if place % 2 else piece for place, piece in enumerate(self.pieces))


def plain(headings: Sequence[str]) -> list[Heading] | None:
    """The headings, if all are of plain words and each has another id."""
    found = []
    for each in headings:
        parts = _HEADING.fullmatch(each)
        if not parts or not all(_means_nothing(sign) for sign in parts[2]):
            return None
        found.append(Heading(len(parts[1]), parts[2], parts[3]))
    return found if len({each.id for each in found}) == len(found) else None


def _means_nothing(sign: str) -> bool:
    return sign in _PLAIN or (sign.isalnum() if sign.isascii() else sign.isprintable())


class Converter:
    """What one project's converter makes of plain headings."""

    def __init__(self) -> None:
        self._patterns: tuple[Pattern, ...] | None = None
        self._links = False
        self._asked = False

    def converted(self, page: Page, config: MkDocsConfig, files: Files, headings: Sequence[str]) -> list[str] | None:
        """The HTML of each, and into `page` of MkDocs what it says of them; None where the converter has to say it."""
        found = plain(headings)
        if not found:
            return None
        if not self._asked:
            self._asked = True
            self._ask(page, config, files)
        if self._patterns is None:
            return None
        _tell(page, found, links=self._links)
        return [self._patterns[each.level - 1].filled(each) for each in found]

    def _ask(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Learn from headings of every level."""
        asked = [Heading(level, f"plainwords{level}", f"plain-id-{level}") for level in range(1, _LEVELS + 1)]
        page.markdown = "\n\n".join(f"{'#' * each.level} {each.words} {{ #{each.id} }}" for each in asked) + "\n"
        page.render(config, files)
        lines = (page.content or "").split("\n")
        said, links = _said(page), page.links_to_anchors
        self._links = bool(links)
        _tell(page, asked, links=self._links)
        if len(lines) != len(asked) or said != _said(page):
            return
        self._patterns = tuple(Pattern(_apart(line, each)) for line, each in zip(lines, asked, strict=True))


def _apart(line: str, heading: Heading) -> tuple[str, ...]:
    """The HTML of a heading, cut where its words and its id stand."""
    return tuple(re.split(f"({heading.words}|{heading.id})", line))


def _said(page: Page) -> list[Any]:
    """What the converter says of a page beside its HTML."""

    def outline(items: Iterable[AnchorLink]) -> list[Any]:
        return [(each.title, each.id, each.level, outline(each.children)) for each in items]

    return [outline(page.toc), page._title_from_render, page.present_anchor_ids, page.links_to_anchors]


def _tell(page: Page, headings: Sequence[Heading], *, links: bool) -> None:
    """Put into MkDocs's page what the converter says of these headings."""
    tokens = [{"level": each.level, "id": each.id, "name": each.words, "children": []} for each in headings]
    page.toc = get_toc(nest_toc_tokens(tokens))
    page._title_from_render = headings[0].words if headings[0].level == 1 else None
    page.present_anchor_ids = {each.id for each in headings}
    page.links_to_anchors = {page.file: {each.id: f"#{each.id}" for each in headings}} if links else {}
