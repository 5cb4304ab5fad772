"""The words of a page, out of the Markdown and HTML it is made of, without what the page keeps out of the search."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from html import unescape
from itertools import pairwise

_HEAD = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_REST = r"([^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*)>"
_TAG = re.compile(rf"<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9]*){_REST}", re.DOTALL)
_EXCLUDED = re.compile(r"\sdata-search-exclude(?=[\s=]|$)")
_NEVER = frozenset({"script", "style", "svg", "template"})
_VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_ATTRIBUTES = re.compile(r"\{ ?[#.:][^{}\n]*\}")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_RUNS = re.compile(r"(?:(?![\u3400-\u9fff])[^\W_])+(?:\.[0-9]+)*|[\u3400-\u9fff]+")


def plain_text(page: str) -> str:
    """The text of a page's body; an element that is kept out of the search goes whole, whatever it holds."""
    body = _HEAD.sub("", page, count=1)
    kept: list[str] = []
    done = 0
    while tag := _TAG.search(body, done):
        kept.append(body[done : tag.start()])
        done = tag.end()
        name, attributes = (tag[2] or "").lower(), tag[3] or ""
        if not name or tag[1] or name in _VOID or attributes.endswith("/"):
            continue
        if name in _NEVER or _EXCLUDED.search(attributes):
            done = _end_of(name, body, done)
    kept.append(body[done:])
    return unescape(_ATTRIBUTES.sub(" ", " ".join(kept)))


def _end_of(name: str, body: str, start: int) -> int:
    """Where the element ends that was opened just before `start`, asking for tags of its name alone."""
    depth = 1
    for tag in _of_name(name).finditer(body, start):
        if tag[0].startswith("<!--") or tag[2].endswith("/"):
            continue
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return len(body)


@cache
def _of_name(name: str) -> re.Pattern[str]:
    return re.compile(rf"<!--.*?-->|<(/?){name}(?![a-zA-Z0-9]){_REST}", re.DOTALL | re.IGNORECASE)


def grams(text: str) -> Iterator[str]:
    """What a text is found by: words of letters and digits as they are, Chinese by each two characters in a row."""
    for run in _RUNS.findall(normal(text)):
        if not "\u3400" <= run[0] <= "\u9fff":
            yield run
        else:
            yield from map("".join, pairwise(run))


def normal(text: str) -> str:
    """A text in one form of its characters, small, numbers without commas."""
    return _THOUSANDS.sub("", unicodedata.normalize("NFKC", text).lower())
