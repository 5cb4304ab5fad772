"""Every file that no other page leads to: pictures for sharing, parts of the search, answers of the interface.

Gets the paths of all files, gives one page; whoever copies the site by following its links gets them all.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from build_scripts.core.records import Link, Page
from build_scripts.core.settings import DESCRIPTOR
from build_scripts.locale import how_many, t
from build_scripts.pages import parts

ADDRESS = "data/files/"
# Where such files are, longest first; what they are called is `data.all.NAME`.
_FOLDERS = {
    "api/v1/schemas/": "schemas",
    "api/v1/targets/": "",
    "api/": "api",
    "assets/cards/": "cards",
    "assets/charts/": "charts",
    "assets/js/": "scripts",
    "assets/img/": "pictures",
    "search/": "search",
    "data/releases/": "releases",
    "data/subsets/": "",
    "data/csv/": "",
    "data/json/": "",
    "data/": "lists",
    "publications/": "record",
}
# What every site has beside its files, made when the site is finished.
_ALWAYS = ("404.html", "build-manifest.json", "robots.txt", "sitemap.xml", "sitemap.xml.gz")
# A style that the pages of one engine alone bring in, so that no page of the others names it.
_BROUGHT_IN = {"assets/css/search-box.css": "search"}
# Beside a page in several parts: which of them has what.
_PARTS = "parts.json"
_NOT_LISTED = frozenset({".md", ".html", ".css", ".svg"})


@dataclass(frozen=True, slots=True)
class FileGroup:
    """Files of one kind, with a heading and its anchor."""

    name: str
    heading: str
    files: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FilesView:
    """What the page shows."""

    title: str
    lead: str
    groups: tuple[FileGroup, ...]


def files_page(paths: Iterable[str], reach: str) -> Page:
    """The page of files; `paths` are those of the generated files and of those that lie under `docs/`.

    `reach` says how far the record reaches, in words.
    """
    listed = sorted((kind, path) for path in {*paths} if (kind := _kind(path)))
    groups = [(name, [path for _kind, path in found]) for name, found in groupby(listed, key=lambda each: each[0])]
    groups.append(("site", list(_ALWAYS)))
    view = FilesView(
        title=t("data.all.title"),
        lead=t("data.all.lead"),
        groups=tuple(
            FileGroup(name, t(f"data.all.{name}", count=how_many(len(found), "each")), tuple(Link(p, p) for p in found))
            for name, found in groups
        ),
    )
    return Page(
        address=ADDRESS,
        template="files",
        view=view,
        title=view.title,
        description=t("data.all.description"),
        source=DESCRIPTOR,
        crumbs=parts.crumbs(Link(t("data.title"), "data/")),
        searchable=False,
        reach=reach,
    )


def _kind(path: str) -> str:
    """What kind of file the page lists it as; empty where other pages lead to it."""
    if path in _BROUGHT_IN:
        return _BROUGHT_IN[path]
    if posixpath.basename(path) == _PARTS:
        return "parts"
    if posixpath.splitext(path)[1] in _NOT_LISTED:
        return ""
    return next((kind for folder, kind in _FOLDERS.items() if path.startswith(folder)), "")
