"""Finds in a page what could run or lead readers away and that no template wrote. Gets HTML, gives findings in words.

Text from the data is escaped everywhere, so nothing should ever be found; whatever is found stops the build. The marks
are looked for in the raw text, which no trick of quoting can hide; only a page that has one is read tag by tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser

from build_scripts.core.language import Later
from build_scripts.locale import later
from build_scripts.site.inline_code import ELEMENT, KnownCode, runs

_SHOWN = 80
_ENDS = re.compile(r"</?(?:script|style)\b", re.IGNORECASE)
_ADDRESSES = (
    "action",
    "background",
    "data",
    "formaction",
    "from",
    "href",
    "poster",
    "src",
    "to",
    "values",
    "xlink:href",
)
# Marks of what is looked for, in small letters. Each begins with fixed letters, so that a page is passed over fast.
_WORDS = ("http-equiv", "srcdoc", "<base")
_HANDLER = re.compile(r"""on(?<=[\s"'/]on)[a-z]+\s*=""")
_ENDINGS = "|".join(f"(?<={end}=)" for end in (r"\s", *_ADDRESSES))
_STARTS = r"""["'][\x00-\x20]|["']?(?:[\x00-\x08\x0e-\x1f]|&(?!quot;|#34;|#39;)|j(?:[^b-z]|$)|v(?:[^ac-z]|$)|data:)"""
# What follows is asked for first: hardly any value begins so, whatever it is the value of.
_ADDRESS = re.compile(rf"=(?=\s*(?:{_STARTS}))(?:{_ENDINGS})")
_LEADS_INTO_CODE = re.compile(r"(?:javascript|vbscript|data:(?!image/(?!svg)))", re.IGNORECASE)
# The theme's button for sharing a search: an address that does nothing.
_NOTHING = 'href="javascript:void(0)"'
# How our own page for an address that has gone leads on: at once, to a place in this site named from where it is.
_ON = re.compile(
    r'<meta http-equiv="refresh" content="0; url=(?:\./|(?:\.\./)+)?(?:[A-Za-z0-9][A-Za-z0-9._-]*/)*'
    r'(?:[A-Za-z0-9_-]+\.html)?(?:#[A-Za-z0-9_-]+)?">'
)
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\ufeff]")


def code_elements(html: str) -> list[re.Match[str]]:
    """The scripts and styles of a page, in their order."""
    return list(ELEMENT.finditer(html))


def findings(html: str, elements: Sequence[re.Match[str]], scripts: Iterable[str], known: KnownCode) -> list[Later]:
    """What is wrong with a page that has these `elements`, one line each; `scripts` are those that it may have."""
    found = [*_unknown_code(elements, frozenset(scripts), known)]
    rest = _without_content(html, elements)
    if len(_ENDS.findall(rest)) != 2 * len(elements):
        found.append(later("site.unsafe.open"))
    return [*found, *_unsafe_tags(rest)]


def picture_findings(svg: str) -> list[Later]:
    """What is wrong with a picture that a browser could also open as a page."""
    found = [
        later("site.unsafe.script", code=_short(svg[place.start() :])) for place in re.finditer(r"(?i)<script\b", svg)
    ]
    return [*found, *_unsafe_tags(svg)]


def inline_code(elements: Iterable[re.Match[str]]) -> tuple[list[str], list[str]]:
    """What those elements hold that takes effect: scripts and styles."""
    found: dict[str, list[str]] = {"script": [], "style": []}
    for tag, attributes, content in (each.groups() for each in elements):
        if tag.lower() == "style" or runs(attributes):
            found[tag.lower()].append(content)
    return found["script"], found["style"]


def _without_content(html: str, elements: Iterable[re.Match[str]]) -> str:
    """The page with nothing in its scripts and styles."""
    parts, end = [], 0
    for each in elements:
        parts += [html[end : each.start()], f"<{each[1]}{each[2]}></{each[1]}>"]
        end = each.end()
    return "".join((*parts, html[end:]))


def _unknown_code(elements: Iterable[re.Match[str]], scripts: frozenset[str], known: KnownCode) -> Iterator[Later]:
    for tag, attributes, content in (each.groups() for each in elements):
        if tag.lower() == "style":
            if not known.is_style(content):
                yield later("site.unsafe.style", code=_short(content))
        elif runs(attributes):
            if content not in scripts:
                yield later("site.unsafe.script", code=_short(content))
        elif "<" in content:
            yield later("site.unsafe.data", code=_short(content[content.index("<") :]))


def _unsafe_tags(html: str) -> list[Later]:
    """Handlers, addresses that are code, refreshes and other bases, read tag by tag where there is a mark of one."""
    rest = _ON.sub("", html.replace(_NOTHING, ""))
    small = rest.lower()
    if not (any(word in small for word in _WORDS) or _HANDLER.search(small) or _ADDRESS.search(small)):
        return []
    finder = _Finder()
    finder.feed(rest)
    finder.close()
    return finder.found


class _Finder(HTMLParser):
    """Reads a page for attributes that run or lead away."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Later] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag; the parser has already resolved entities in `attrs`."""
        shown = _short(self.get_starttag_text() or tag)
        named = {name: value or "" for name, value in attrs}
        if tag == "base":
            self.found.append(later("site.unsafe.base", tag=shown))
        if tag == "meta" and named.get("http-equiv", "").strip().lower() == "refresh":
            self.found.append(later("site.unsafe.meta", tag=shown))
        for name, value in named.items():
            if name.startswith("on"):
                self.found.append(later("site.unsafe.handler", name=name, tag=shown))
            elif name == "srcdoc" or (name in _ADDRESSES and _is_code(value)):
                self.found.append(later("site.unsafe.address", name=name, tag=shown))


def _is_code(address: str) -> bool:
    """Whether following an address would run something; browsers pass over unseen characters in it."""
    return bool(_LEADS_INTO_CODE.match(_UNSEEN.sub("", address)))


def _short(code: str) -> str:
    line = " ".join(code.split())
    return f"{line[:_SHOWN]}…" if len(line) > _SHOWN else line
