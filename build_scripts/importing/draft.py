"""A package in the making: its tables as frames, and what is to be told of where they came from.

Gets rows from whoever reads another system's files, gives `Draft`; `written` puts it into a folder.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import pandas as pd

from build_scripts.core.characters import PROSE_FIELDS, unsafe, without
from build_scripts.core.tables import TABLES
from build_scripts.locale import listed, t

ID_LENGTH, NAME_LENGTH = 64, 200
_EXAMPLES, _EXAMPLE = 5, 30
Row = Mapping[str, str]
_MAY_STAY_EMPTY = frozenset({"plan_url"})
# Letters that no decomposition turns into plain ones.
_PLAIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "Æ": "ae", "Œ": "oe", "Ø": "o"})


class Outcome(StrEnum):
    """What became of a thing that was read."""

    MAPPED = "mapped"
    ASSUMED = "assumed"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Note:
    """What became of something, in words: where it was read and what was done with it."""

    outcome: Outcome
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Something only an editor knows. `assumed` is what the package says meanwhile; empty where nothing can be."""

    key: str
    subject: str
    assumed: str
    answer: str

    @property
    def needed(self) -> bool:
        """Whether the package is not valid without it."""
        return not self.assumed and self.key not in _MAY_STAY_EMPTY

    @property
    def question(self) -> str:
        """What is asked, in words."""
        return t(f"importing.decision.{self.key}")


@dataclass
class Draft:
    """The tables of a new package, what was noted on the way, and what an editor still has to say.

    `answers` are decisions taken before, by key and subject. `columns` say of each column of a table what it became.
    `days` are texts that say nothing but a day of the plan.
    """

    answers: Mapping[tuple[str, str], str]
    languages: tuple[str, ...]
    columns: list[tuple[str, str]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    decisions: dict[tuple[str, str], Decision] = field(default_factory=dict)
    settings: dict[str, object] = field(default_factory=dict)
    _parts: dict[str, list[pd.DataFrame]] = field(default_factory=dict)
    _taken: dict[str, set[str]] = field(default_factory=dict)

    def ask(self, key: str, subject: str = "", assumed: str = "") -> str:
        """The editor's answer, or what is assumed until there is one."""
        answer = self.answers.get((key, subject), "")
        self.decisions[key, subject] = Decision(key, subject, assumed, answer)
        return answer or assumed

    def open(self) -> list[Decision]:
        """The decisions that nobody has taken yet: those without which the package is not valid first."""
        waiting = [each for each in self.decisions.values() if not each.answer]
        return sorted(waiting, key=lambda each: not each.needed)

    def mapped(self, subject: str, key: str, **facts: object) -> None:
        """Note what a thing has become."""
        self.notes.append(Note(Outcome.MAPPED, subject, t(f"importing.mapped.{key}", **facts)))

    def assumed(self, subject: str, key: str, **facts: object) -> None:
        """Note what was taken for granted."""
        self.notes.append(Note(Outcome.ASSUMED, subject, t(f"importing.assumed.{key}", **facts)))

    def left(self, subject: str, key: str, **facts: object) -> None:
        """Note what is not in the package, and why."""
        self.notes.append(Note(Outcome.LEFT, subject, t(f"importing.left.{key}", **facts)))

    def add(self, table: str, rows: Iterable[Row] | pd.DataFrame) -> None:
        """Add rows to a table; columns not given stay empty."""
        frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows), dtype="str")
        if len(frame):
            self._parts.setdefault(table, []).append(frame)

    def frame(self, table: str) -> pd.DataFrame:
        """All rows of a table, with the contract's columns in their order; of rows with one key the first."""
        columns = [column.name for column in TABLES[table].columns]
        parts = self._parts.get(table)
        if not parts:
            return pd.DataFrame(columns=columns, dtype="str")
        whole = pd.concat(parts, ignore_index=True).reindex(columns=columns).fillna("").astype("str")
        for column in columns:
            whole[column] = whole[column].replace(_visible(whole[column]))
        return whole.drop_duplicates(list(TABLES[table].key), ignore_index=True)

    def identifier(self, kind: str, text: str) -> str:
        """A new id in a table, made from a text; numbered where it is taken or the text has no letters."""
        taken = self._taken.setdefault(kind, set())
        plain = slug(text)
        stem = (plain or kind.rstrip("s").replace("_", "-"))[: ID_LENGTH - 5].rstrip("-")
        found, number = plain if plain and plain == stem else stem, 1
        while found in taken or (not plain and number == 1):
            found, number = f"{stem}-{number}", number + 1
        taken.add(found)
        return found


def _visible(cells: pd.Series[str]) -> dict[str, str]:
    """The texts of a column that hold characters nobody sees, without them; the package could not hold them."""
    prose = cells.name in PROSE_FIELDS
    odd = ((text, unsafe(text, prose=prose)) for text in cells.unique())
    return {text: " ".join(without(text, refused).split()) for text, refused in odd if refused}


def examples(texts: Iterable[str]) -> str:
    """A few of the texts that could not be read, each once, for whoever has to look for them."""
    found = list(dict.fromkeys(text for text in texts if text))
    cut = [text if len(text) <= _EXAMPLE else f"{text[: _EXAMPLE - 1]}…" for text in found[:_EXAMPLES]]
    return listed([*cut, *(["…"] if len(found) > _EXAMPLES else [])])


def short(text: str) -> str:
    """A text cut after a word where it is longer than a name may be."""
    if len(text) <= NAME_LENGTH:
        return text
    head = text[: NAME_LENGTH - 1]
    return (head.rpartition(" ")[0] or head).rstrip(",;:· ") + "…"


def slug(text: str) -> str:
    """A text as part of an id: plain small letters, digits, single hyphens; empty where it has none of them."""
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
