"""Gets a file as a site engine makes it, gives it as it goes into the site: with its policy, without marks of ours."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from build_scripts.site.csp import PAGES, Guard
from build_scripts.site.patch_theme import is_mended, mended

# What a template keeps out of the search; of no use to whoever reads the page.
# Without the blank before it: a pattern that begins with fixed letters is found a dozen times faster.
_SEARCH_MARK = re.compile(rb"data-search-exclude(?:=\"[^\"]*\")?(?=[\s>])")
_LOOKED_AT = PAGES | {".js", ".svg"}


def finish(site: Path, guard: Guard) -> None:
    """Finish every file of a site that an engine has built, in place.

    Raises:
        SiteError: a page or a picture may not be published.
    """
    for path in sorted(path for path in site.rglob("*") if path.suffix.lower() in _LOOKED_AT and path.is_file()):
        before = path.read_bytes()
        after = finished(path.relative_to(site).as_posix(), before, guard)
        if after != before:
            path.write_bytes(after)
    guard.settle()


def is_passed_on(path: str) -> bool:
    """Whether the file of a site at `path` goes into it as it is, whatever it holds."""
    return PurePosixPath(path).suffix.lower() not in _LOOKED_AT


def finished(path: str, data: bytes, guard: Guard) -> bytes:
    """The bytes of the file of a site at `path`, finished; what is wrong with it, `guard` says in the end.

    Raises:
        SiteError: a page does not name its encoding.
    """
    if is_mended(path):
        return mended(data.decode()).encode()
    return guard.passed(path, _without_marks(data) if path.endswith(".html") else data)


def _without_marks(html: bytes) -> bytes:
    """A page without our marks, each with the blank before it."""
    parts, end = [], 0
    for mark in _SEARCH_MARK.finditer(html):
        blank = mark.start() - 1
        if blank >= end and html[blank : blank + 1].isspace():
            parts.append(html[end:blank])
            end = mark.end()
    return b"".join((*parts, html[end:]))
