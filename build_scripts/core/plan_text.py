"""A plan's full text, with an address for every heading and paragraph, so that a promise can be read where it stands.

Gets the Markdown of `targets/texts/<plan_id>.md`, gives `PlanText`. Only three forms are read: headings
(`## words { #anchor }`), paragraphs, and boxes (either of the two behind `> `). Whatever else stands there is a
paragraph: official texts hold asterisks and brackets of their own, so no other mark of Markdown has a meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

FOLDER = "targets/texts/"
_HEADING = re.compile(r"(?P<marks>#{1,6}) (?P<words>.+?)(?: \{ #(?P<anchor>[a-z][a-z0-9-]*) \})?")
_BOX = "> "


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading (`level` 1 to 6) or a paragraph (`level` 0) of a plan; `boxed` where the plan sets it in a box."""

    anchor: str
    text: str
    level: int = 0
    boxed: bool = False


@dataclass(frozen=True)
class PlanText:
    """The text of one plan, passage by passage, in reading order."""

    plan_id: str
    passages: tuple[Passage, ...]

    def passage_of(self, quote: str) -> Passage | None:
        """The passage that holds `quote` word for word; a quote may run over several paragraphs, the first counts.

        White space is no part of the wording: copies of one document break lines in different places.
        """
        wanted = _words(quote)
        start = self._joined.find(wanted) if wanted else -1
        return next((p for end, p in self._ends if start < end), None) if start >= 0 else None

    @cached_property
    def _joined(self) -> str:
        """All words in a row, without white space."""
        return "".join(_words(passage.text) for passage in self.passages)

    @cached_property
    def _ends(self) -> tuple[tuple[int, Passage], ...]:
        """Where each passage ends in `_joined`."""
        end, ends = 0, []
        for passage in self.passages:
            end += len(_words(passage.text))
            ends.append((end, passage))
        return tuple(ends)


def read_text(plan_id: str, data: bytes) -> PlanText:
    """The text of one plan.

    Raises:
        UnicodeDecodeError: the bytes are not UTF-8.
    """
    return PlanText(plan_id, tuple(_passages(data.decode("utf-8-sig"))))


def _passages(text: str) -> Iterator[Passage]:
    """Passages in order; a paragraph without an anchor of its own gets its number: `p1`, `p2`…"""
    number = 0
    for line in text.splitlines():
        boxed = line.startswith(_BOX)
        words = line.removeprefix(_BOX).strip()
        if not words or words == ">":
            continue
        if heading := _HEADING.fullmatch(words):
            yield Passage(heading["anchor"] or "", heading["words"], len(heading["marks"]), boxed)
        else:
            number += 1
            yield Passage(f"p{number}", words, 0, boxed)


def _words(text: str) -> str:
    return "".join(text.split())
