"""Gets a file as a site engine makes it, gives it as it goes into the site: with its policy, and with our repairs."""

from __future__ import annotations

from pathlib import Path

from build_scripts.site.csp import PAGES, Guard
from build_scripts.site.patch_search import is_mended, mended

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


def finished(path: str, data: bytes, guard: Guard) -> bytes:
    """The bytes of the file of a site at `path`, finished; what is wrong with it, `guard` says in the end.

    Raises:
        SiteError: a page does not name its encoding.
    """
    return mended(path, data.decode())[0].encode() if is_mended(path) else guard.passed(path, data)
