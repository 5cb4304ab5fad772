"""What one submission would change, as records: the words for old and new, rows to append, rows to take out.

Gets nothing, gives types and the small helpers that fill them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from build_scripts.forms.layout import Form
from build_scripts.forms.lines import Level, Line, make_line
from build_scripts.forms.submission import Place, Submission
from build_scripts.locale import t

Row = Mapping[str, str]


class Kind(StrEnum):
    """What an answer does to what is in force."""

    NEW = "new"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Change:
    """One answer set against what is in force: the words for both, and where the answer stood."""

    kind: Kind
    form: Form
    name: str
    about: str
    old: str
    new: str
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a table, and the answer's place, so that a complaint about the row can name the cell."""

    table: str
    row: Row
    place: Place | None = None


@dataclass(slots=True)
class Proposal:
    """All that one submission would change.

    `entries` are rows to append. `drops` are rows of this very day that nobody outside has seen and that an answer
    replaces. `known`: the same answers were taken in before and are all in force.
    """

    submission: Submission
    source_id: str
    known: bool = False
    changes: list[Change] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    drops: list[Entry] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def line(self, code: str, place: Place, column: str, facts: Mapping[str, object], level: Level) -> None:
        """Note a line at an answer's cell."""
        at = (place.sheet, place.row, place.column(column) or place.first)
        self.lines.append(make_line(code, self.submission.label, at, facts, level))


def says(words: str, note: str) -> str:
    """What a row does, then what the clerk wrote."""
    return t("forms.says.both", words=words, note=note) if words and note else words or note


def said_before(note: str, old_note: str) -> bool:
    """Whether a clerk's note adds nothing to the one in force, which may begin with what its row does."""
    return not note or old_note == note or old_note.endswith(t("forms.says.both", words="", note=note))


def plain(value: Decimal | None) -> str:
    """A number as a cell of the package holds it."""
    return "" if value is None else format(value, "f")


def iso(value: date | None) -> str:
    """A day as a cell of the package holds it."""
    return value.isoformat() if value else ""
