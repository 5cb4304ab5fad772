"""The words of a page, out of the Markdown and HTML it is made of, without what the page keeps out of the search."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from itertools import pairwise

_HEAD = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_TAG = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>\"]|\"[^\"]*\")*)>", re.DOTALL)
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
    done, left_out, depth = 0, "", 0
    for tag in _TAG.finditer(body):
        if not left_out:
            kept.append(body[done : tag.start()])
        done = tag.end()
        name, attributes = (tag[2] or "").lower(), tag[3] or ""
        if not name or name in _VOID or attributes.endswith("/"):
            continue
        if left_out:
            if name == left_out:
                depth += -1 if tag[1] else 1
                left_out = left_out if depth else ""
        elif not tag[1] and (name in _NEVER or _EXCLUDED.search(attributes)):
            left_out, depth = name, 1
    if not left_out:
        kept.append(body[done:])
    return unescape(_ATTRIBUTES.sub(" ", " ".join(kept)))


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
