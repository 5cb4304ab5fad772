"""Where the anchors of a page in parts are, and links that lead there at once, not by way of its first part.

Gets the texts of the parts, or pages beside a long one; gives them with such links, and the list of anchors that
have moved. For addresses from outside the site's script reads that list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from posixpath import basename, dirname, join, normpath, relpath

from build_scripts.core.records import Artifact

# Beside a long page: the anchors that are on its further pages, each with the page's number.
PARTS = "parts.json"
# Each begins with fixed signs, which are looked for alone: ten times as fast on long pages.
_HEADING = re.compile(r"\n##+ .*\{ #(\S+) \}$", re.MULTILINE)
_ID = re.compile(r'id="(?<=\sid=")([^"]+)"')
_HERE = re.compile(r'href="(?<=\bhref=")(?:\.\./)?#([^"]+)"')
_THERE = re.compile(r'href="(?<=\bhref=")([^"#:]+/)#([^"]+)"')


def anchors(text: str) -> list[str]:
    """Every anchor of a page, in order."""
    whole = f"\n{text}"
    found = [*_HEADING.finditer(whole), *_ID.finditer(whole)]
    return [each[1] for each in sorted(found, key=re.Match.start)]


def places(texts: Sequence[str]) -> dict[str, int]:
    """The number of the first part that has it, by anchor."""
    found: dict[str, int] = {}
    for number, text in enumerate(texts, 1):
        for anchor in anchors(text):
            found.setdefault(anchor, number)
    return found


def within(text: str, number: int, found: Mapping[str, int]) -> str:
    """A part of a page with its links inside the page made to lead to the part that has what they name."""
    own = frozenset(anchors(text))

    def link(seen: re.Match[str]) -> str:
        anchor = seen[1]
        there = number if anchor in own else found.get(anchor, 0)
        if not there:
            return seen[0]
        up = "" if number == 1 else "../"
        way = "" if there == number else up if there == 1 else f"{up}page_{there}/"
        return f'href="{way}#{anchor}"'

    return _HERE.sub(link, text)


def list_of(folder: str, found: Mapping[str, int], owner: str) -> Iterator[Artifact]:
    """The file that says which anchors have moved, where any have."""
    gone = {anchor: number for anchor, number in found.items() if number > 1}
    if gone:
        text = json.dumps(gone, ensure_ascii=False, separators=(",", ":"))
        yield Artifact(f"{folder}{PARTS}", f"{text}\n".encode(), owner)


def straight(files: Sequence[Artifact]) -> Iterator[Artifact]:
    """The files, with links from page to page that lead to the part of a long one that has what they name."""
    gone = {normpath(dirname(each.path)): json.loads(each.data) for each in files if basename(each.path) == PARTS}
    for each in files:
        yield _straight(each, gone) if gone and basename(each.path) == "index.md" else each


def _straight(page: Artifact, gone: Mapping[str, Mapping[str, int]]) -> Artifact:
    data = page.data
    if b"/#" not in data:
        return page
    here = dirname(page.path)

    def link(seen: re.Match[str]) -> str:
        folder = normpath(join(here, seen[1]))
        number = gone.get(folder, {}).get(seen[2])
        if number is None:
            return seen[0]
        return f'href="{relpath(f"{folder}/page_{number}", here)}/#{seen[2]}"'

    text = data.decode()
    led = _THERE.sub(link, text)
    return page if led == text else Artifact(page.path, led.encode(), page.owner)
