"""How long a staged page becomes as HTML: gets its lines, gives bytes. The theme's frame is not counted."""

from __future__ import annotations

from collections.abc import Iterable

# Two tables of contents name a heading, and a link stands beside it.
HEADING = 600
# The headings of a common page fit into what is left for the frame.
_FREE = 25


def is_heading(line: str) -> bool:
    """Whether a line is a heading that tables of contents name."""
    return line.startswith("##")


def weight(lines: Iterable[str]) -> int:
    """The bytes of lines, and those that their headings bring with them."""
    size = headings = 0
    for line in lines:
        size += len(line.encode()) + 1
        headings += is_heading(line)
    return weight_of(size, headings)


def weight_of(size: int, headings: int) -> int:
    """The same of text that has been counted."""
    return size + HEADING * max(0, headings - _FREE)


def weight_of_file(data: bytes) -> int:
    """The same of a page as it is staged."""
    return weight_of(len(data), data.count(b"\n##"))
