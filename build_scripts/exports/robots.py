"""What a search engine is told before it reads the site. Gets the site's address, gives `robots.txt`."""

from __future__ import annotations

from collections.abc import Iterable

from build_scripts.core.records import Artifact

ROBOTS = "robots.txt"


def robots_file(address: str) -> Artifact:
    """Everything may be read; the list of pages is named when the site's full address (ending in a slash) is known."""
    return Artifact(ROBOTS, robots_text([address]).encode(), "downloads/robots")


def robots_text(addresses: Iterable[str]) -> str:
    """The same for a site that has several parts, each with a list of pages at its own address."""
    lists = [f"Sitemap: {address}sitemap.xml" for address in addresses if address]
    return "".join(f"{line}\n" for line in ("User-agent: *", "Allow: /", *(["", *lists] if lists else [])))
