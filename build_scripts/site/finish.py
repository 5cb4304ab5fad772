"""Gets one file as a site engine makes it, gives it as it goes into the site: with its policy, and with our repairs."""

from __future__ import annotations

from pathlib import Path

from build_scripts.core.errors import SiteError
from build_scripts.site.csp import protected
from build_scripts.site.patch_search import is_mended, mended


def finish(site: Path) -> None:
    """Finish every file of a site that an engine has built, in place.

    Raises:
        SiteError: a page could not be given its content policy.
    """
    for path in sorted(path for path in site.rglob("*") if path.suffix in {".html", ".js"} and path.is_file()):
        before = path.read_bytes()
        after = finished(path.relative_to(site).as_posix(), before)
        if after != before:
            path.write_bytes(after)


def finished(path: str, data: bytes) -> bytes:
    """The bytes of the file of a site at `path`, finished.

    Raises:
        SiteError: a page could not be given its content policy.
    """
    try:
        if path.endswith(".html"):
            return protected(data.decode()).encode()
        return mended(path, data.decode())[0].encode() if is_mended(path) else data
    except ValueError as failure:
        raise SiteError(f"无法给 {path} 写入内容安全策略：{failure}") from failure
