"""What a search engine is told before it reads the site. Gets the site's address, gives `robots.txt`."""

from __future__ import annotations

from build_scripts.core.records import Artifact


def robots_file(address: str) -> Artifact:
    """Everything may be read; the list of pages is named when the site's full address (ending in a slash) is known."""
    lines = ["User-agent: *", "Allow: /"]
    if address:
        lines += ["", f"Sitemap: {address}sitemap.xml"]
    return Artifact("robots.txt", "".join(f"{line}\n" for line in lines).encode(), "downloads/robots")
