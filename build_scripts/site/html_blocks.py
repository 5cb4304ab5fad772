"""Gets a page's Markdown that is headings and HTML blocks only, gives both apart, so that nobody need parse the HTML.

A generated page is headings `## words { #id }` and, between them, HTML that our templates wrote. Python-Markdown
passes such blocks on as they stand, after two passes of a slow parser over them. Here it is given the headings alone.
What does not plainly qualify is not taken apart: it goes the long way, through the converter whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

# What stands before it is asked for behind its first sign: so the signs are looked for, not every place.
_HEADING = re.compile(r"(#(?:(?<=\A#)|(?<=\n\n#))#{0,5} [^\n<>\[`]+ \{ #[a-z0-9-]+[^\n}<>]* \})(?=\n\n|\n?\Z)")
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*+)([^\"'<>]*+(?:(?:\"[^\"]*+\"|'[^']*+')[^\"'<>]*+)*+)>")
_ATTRIBUTE = re.compile(r"(?<!\S)([a-zA-Z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
# What most of a page is made of: a drawn sign, or a cell or link with words alone, neither with an anchor.
_SMALL = re.compile(
    r"<(?:(?:use|path|line)(?: (?!id=)[a-z-]++=\"[^\"<>]*+\")*+/>"
    r"|(td|th|a|text|b|span|dt|dd)(?: (?!id=|name=)[a-z-]++=\"[^\"<>]*+\")*+>[^<>]*+</\1>)"
)
# Stands for one; no page holds it.
_MARK = "\x02"
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source"))
VOID |= {"track", "wbr"}
# Elements that Python-Markdown takes as a block of HTML when one opens a line.
_BLOCKS = frozenset(("article", "aside", "blockquote", "details", "div", "dl", "figure", "footer", "form", "header"))
_BLOCKS |= {"h1", "h2", "h3", "h4", "h5", "h6", "nav", "ol", "p", "pre", "section", "table", "ul"}
# Whatever a step before or after the HTML blocks could read as something else.
_ODD_SIGNS = ("\t", "\r", "\x02", "\x03", "<!", "<?", "```", "~~~")
# Two, so that each begins with a fixed sign.
_ODD = (re.compile(r"&(?!(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);)"), re.compile(r"\n +\n"))
_ODD_TAGS = frozenset(("script", "style", "textarea", "iframe", "xmp", "noembed", "noframes", "plaintext", "object"))


@dataclass(frozen=True, slots=True)
class Apart:
    """A page's headings in Markdown, the HTML behind each, and the anchors that stand in the HTML."""

    headings: tuple[str, ...]
    blocks: tuple[str, ...]
    anchors: frozenset[str]


def apart(body: str) -> Apart | None:
    """The headings and blocks of `body`; None where any of it needs a reader of Markdown."""
    if any(sign in body for sign in _ODD_SIGNS) or any(odd.search(body) for odd in _ODD):
        return None
    first, *rest = _HEADING.split(body.strip("\n"))
    headings, blocks = rest[::2], [block.strip("\n") for block in rest[1::2]]
    if first or not headings:
        return None
    anchors: set[str] = set()
    if not all(_whole(block, anchors) for block in blocks):
        return None
    return Apart(tuple(headings), tuple(blocks), frozenset(anchors))


def together(headings: Sequence[str], blocks: Sequence[str]) -> str:
    """The page's HTML, as the converter would write it: the headings converted, the blocks as they stand."""
    parts = (
        f"{heading}\n{block}\n\n" if block else f"{heading}\n" for heading, block in zip(headings, blocks, strict=True)
    )
    return "".join(parts).strip()


def _whole(html: str, anchors: set[str]) -> bool:
    """Whether `html` is blocks, each closed, with a line's end between them; adds the anchors it passes."""
    parts = TAG.split(_SMALL.sub(_MARK, html))  # what stands between tags, and three groups a tag, in turn
    between = parts[::4]
    if between[-1] or "<" in "".join(between) or any(_is_odd(name) for name in set(parts[2::4])):
        return False
    open_tags: list[str] = []
    gaps: tuple[str, ...] = ("",)
    for gap, closes, name, attributes in zip(between, parts[1::4], parts[2::4], parts[3::4], strict=False):
        if not open_tags:
            if gap not in gaps or closes or name not in _BLOCKS:
                return False
            gaps = ("\n", "\n\n")
        if closes:
            if open_tags.pop() != name:
                return False
        else:
            if "id" in attributes or name == "a":
                anchors.update(_anchors(name, attributes))
            if name not in VOID and not attributes.endswith("/"):
                open_tags.append(name)
    return not open_tags


def _is_odd(name: str) -> bool:
    return name.lower().partition("-")[0] in _ODD_TAGS


def _anchors(name: str, attributes: str) -> set[str]:
    """What can be linked to in an element: its id, and the name of an `a`."""
    wanted = {"id", "name"} if name == "a" else {"id"}
    found = _ATTRIBUTE.findall(attributes)
    return {unescape("".join(values)) for key, *values in found if key.lower() in wanted}
