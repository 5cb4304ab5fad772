"""How much a YAML text stands for, told before anything is made of it: a few lines may stand for billions."""

from __future__ import annotations

import re

import yaml

# So many entries has no file that somebody wrote, and nothing is nested so deeply.
MOST = 100_000
_DEEPEST = 200
_BRACKETS = re.compile(r"[\[\]{}]")
_BEGUN = re.compile(r"^(?:[ \t]|[-?:](?=[ \t]))+(?=\S)", re.MULTILINE)


def entries(node: yaml.Node | None, known: dict[int, int] | None = None) -> int:
    """How many entries a document has once its aliases are written out, each counted where it stands.

    One that stands inside itself has no end; a few lines can stand for billions.
    """
    known = {} if known is None else known
    if not isinstance(node, yaml.CollectionNode):
        return 1
    if id(node) not in known:
        known[id(node)] = MOST + 1  # as long as it is not counted it stands inside itself
        below = (part for item in node.value for part in (item if isinstance(item, tuple) else (item,)))
        known[id(node)] = 1 + sum(entries(each, known) for each in below)
    return known[id(node)]


def too_deep(text: str) -> bool:
    """Whether a text is nested deeper than anybody writes: the fast reader ends the process where it is asked for more.

    Brackets are counted over lines; levels without any begin a line, as far to the right as they are deep.
    """
    depth = 0
    for mark in _BRACKETS.findall(text):
        depth += 1 if mark in "[{" else -1
        if depth > _DEEPEST:
            return True
    return any(len(begun) > 2 * _DEEPEST for begun in _BEGUN.findall(text))
