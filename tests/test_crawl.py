"""Whoever copies the site by following its links, as `wget --mirror` does, has every file of it."""

import posixpath
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

pytestmark = pytest.mark.site
# The theme's own icon, which no page shows, and the maps of its style sheets and scripts, which only developers open.
UNLINKED = {"assets/images/favicon.png"}


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"href", "src", "poster"} and value:
                self.found.append(value)
            elif name == "srcset" and value:
                self.found += [each.split()[0] for each in value.split(",")]


def links(path: str, text: str) -> list[str]:
    if path.endswith(".css"):
        return re.findall(r"url\([\"']?([^)\"']+)", text)
    reader = _Links()
    reader.feed(text)
    return reader.found


def reached(site: Path) -> set[str]:
    """Every file that links lead to, from the first page on."""
    seen, todo = {"index.html"}, ["index.html"]
    while todo:
        here = todo.pop()
        if not here.endswith((".html", ".css")):
            continue
        for link in links(here, (site / here).read_text(encoding="utf-8")):
            parts = urlsplit(link)
            there = posixpath.normpath(posixpath.join(posixpath.dirname(here), unquote(parts.path)))
            there = posixpath.normpath(f"{there}/index.html") if parts.path.endswith("/") else there
            if not (parts.scheme or parts.netloc or there in seen) and (site / there).is_file():
                seen.add(there)
                todo.append(there)
    return seen


def test_every_file_is_reached_from_the_first_page(real_site):
    every = {path.relative_to(real_site).as_posix() for path in real_site.rglob("*") if path.is_file()}
    assert len(every) > 1000
    lost = {path for path in every - reached(real_site) - UNLINKED if not path.endswith(".map")}
    assert sorted(lost) == []
