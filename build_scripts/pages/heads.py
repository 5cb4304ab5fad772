"""What tells pages apart where only their heads are seen: in tabs, in lists of results, in bookmarks.

Gets pages, gives the same ones; two that would have the same title or description there say what else they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

from build_scripts.core.records import Page
from build_scripts.locale import in_brackets, t

_KINDS = {
    "targets": "target",
    "works": "work",
    "projects": "project",
    "indicators": "indicator",
    "regions": "region",
    "units": "unit",
    "sources": "source",
    "plans": "plan",
    "bulletins": "bulletin",
}


def apart(pages: Iterable[Page]) -> list[Page]:
    """The pages in their order, each with a title and a description that no other has."""
    made = list(pages)
    for tell in (_kind, _above, _id):
        for group in _alike(made, title_of):
            for place in group:
                made[place] = replace(made[place], head=f"{title_of(made[place])}{in_brackets(tell(made[place]))}")
    for group in _alike(made, lambda page: page.description):
        for place in group:
            page = made[place]
            told = t("format.line.told", label=title_of(page), words=page.description)
            made[place] = replace(page, description=told)
    return made


def title_of(page: Page) -> str:
    """The title in the head of a page."""
    return page.head or page.title


def _alike(pages: list[Page], said: Callable[[Page], str]) -> list[list[int]]:
    """Places of pages that say the same, where more than one does."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, page in enumerate(pages):
        places[said(page)].append(place)
    return [group for group in places.values() if len(group) > 1]


def _kind(page: Page) -> str:
    return t(f"search.kind.{_KINDS.get(page.address.split('/')[0], 'page')}")


def _above(page: Page) -> str:
    return page.crumbs[-1].label if page.crumbs else ""


def _id(page: Page) -> str:
    return page.address.rstrip("/").rpartition("/")[2]
