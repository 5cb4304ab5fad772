"""Sections of many short lists or much text, too long together: where they may be cut. Gets one, gives its pieces.

A piece ends behind a list or table, or between blocks and before a heading where nothing is open; what stands around
lists (`div`, `details`) is closed there and opened again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_scripts.site.page_weight import weight

_OPENS = re.compile(r"<(div|details|section)\b[^>]*>")
_CLOSES = re.compile(r"</(div|details|section)>")
_ENDS = ("</ul>", "</ol>", "</table>")
_SUMMARY = "<summary>"


def pieces(block: str, room: int) -> list[str]:
    """The section in pieces of at most `room` bytes, where its lists are short enough for that; unfolded."""
    made: list[str] = []
    around: list[list[str]] = []
    current: list[str] = []
    for lines, before, after in _stretches(block.replace("<details class=", "<details open class=")):
        grown = [*current, *lines]
        only_closes = all(not line or _CLOSES.fullmatch(line) for line in lines)
        if current and not only_closes and weight([*grown, *_closings(after)]) > room:
            made.append("\n".join([*current, *_closings(around)]))
            grown = [*(line for opened in before for line in opened), *lines]
        current, around = grown, after
    return [*made, "\n".join([*current, *_closings(around)])]


def _stretches(block: str) -> Iterator[tuple[list[str], list[list[str]], list[list[str]]]]:
    """Lines up to where a piece may end, with what was open around them before and what is open after them."""
    opened: list[list[str]] = []
    before: list[list[str]] = []
    lines: list[str] = []
    for line in block.split("\n"):
        if line.startswith("###") and not opened:
            yield lines, before, []
            lines, before = [], []
        lines.append(line)
        if _OPENS.fullmatch(line):
            opened.append([line])
        elif _CLOSES.fullmatch(line) and opened:
            opened.pop()
            if not opened:
                yield lines, before, []
                lines, before = [], []
        elif line.startswith(_SUMMARY) and opened:
            opened[-1].append(line)
        elif line.startswith(_ENDS):
            after = [list(each) for each in opened]
            yield lines, before, after
            lines, before = [], after
    yield lines, before, []


def _closings(opened: list[list[str]]) -> list[str]:
    """What closes all that is open, the innermost first."""
    names = [found[1] for each in opened if (found := _OPENS.fullmatch(each[0]))]
    return [f"</{name}>" for name in reversed(names)]
