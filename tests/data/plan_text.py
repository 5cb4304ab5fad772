"""The text of a plan, cut into its printed sections, so that a quotation can be looked up where it is cited.

Gets the plain text of a plan; gives `PlanText`: the text without white space and, for every place in it, the section
it stands in (`二/（一）/1/专栏2`, `附件/二/10`). White space is dropped throughout because the copies break lines and
pages in the middle of words and space numbers unevenly; nothing else is changed, so punctuation and digits must agree.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass

_CHAPTER = re.compile(r"^([一二三四五六七八九十]+)、")
_PART = re.compile(r"^[（(]([一二三四五六七八九十]+)[）)]")
_ITEM = re.compile(r"^(\d+)\.")
_BOX = re.compile(r"^专栏(\d+)：")
_ANNEX = "附件"


def normalise(text: str) -> str:
    """The text without any white space (line breaks, page breaks, spaces around digits)."""
    return "".join(text.split())


@dataclass(slots=True)
class _Cursor:
    """Where in the outline the reader of the lines stands."""

    annex: str = ""
    chapter: str = ""
    part: str = ""
    item: str = ""
    box: str = ""
    box_lines: int = 0
    box_numbered: bool = False

    def label(self) -> str:
        return "/".join(step for step in (self.annex, self.chapter, self.part, self.item, self.box) if step)

    def read(self, line: str) -> None:
        """Move on by one line (without white space)."""
        if found := _BOX.match(line):
            self.box, self.box_lines, self.box_numbered = f"专栏{found[1]}", 0, False
        elif line == _ANNEX:
            self.annex, self.chapter, self.part, self.item, self.box = _ANNEX, "", "", "", ""
        elif found := _CHAPTER.match(line):
            self.chapter, self.part, self.item, self.box = found[1], "", "", ""
        elif found := _PART.match(line):
            self.part, self.item, self.box = f"（{found[1]}）", "", ""
        elif self.box and self._stays_in_box(line):
            self.box_lines += 1
        else:
            self.box = ""
            if found := _ITEM.match(line):
                self.item = found[1]

    def _stays_in_box(self, line: str) -> bool:
        """A box holds either one paragraph or a run of paragraphs numbered from 1."""
        number = _ITEM.match(line)
        if self.box_lines == 0:
            self.box_numbered = number is not None
            return True
        return self.box_numbered and number is not None and int(number[1]) == self.box_lines + 1


@dataclass(frozen=True, slots=True)
class PlanText:
    """A plan without white space, its fingerprint, and where each line's section begins."""

    text: str
    sha256: str
    starts: tuple[int, ...]
    labels: tuple[str, ...]

    def section_at(self, offset: int) -> str:
        """The section that the character at `offset` stands in; "" before the first chapter."""
        return self.labels[bisect_right(self.starts, offset) - 1]

    def find(self, quotation: str, section: str, start: int = 0) -> int | None:
        """The first place from `start` where the whole quotation stands inside `section`, or None."""
        wanted = normalise(quotation)
        offset = self.text.find(wanted, start)
        while offset >= 0:
            if self.section_at(offset) == section == self.section_at(offset + len(wanted) - 1):
                return offset
            offset = self.text.find(wanted, offset + 1)
        return None

    def sections_of(self, quotation: str) -> tuple[str, ...]:
        """Every section the quotation begins in, for a message that helps."""
        return tuple(
            self.section_at(found.start()) for found in re.finditer(re.escape(normalise(quotation)), self.text)
        )


def read_plan(raw: str) -> PlanText:
    """Cut a plan's plain text into sections."""
    cursor, pieces, starts, labels, length = _Cursor(), [], [], [], 0
    for line in filter(None, map(normalise, raw.splitlines())):
        cursor.read(line)
        starts.append(length)
        labels.append(cursor.label())
        pieces.append(line)
        length += len(line)
    text = "".join(pieces)
    return PlanText(text, hashlib.sha256(text.encode()).hexdigest(), tuple(starts), tuple(labels))
