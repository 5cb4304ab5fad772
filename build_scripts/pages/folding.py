"""Long tables of targets: what is known stands open, the rest is folded. Gets entries, gives `Folded`.

On paper and without a script nothing is lost: the folded parts are in the page and print whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from build_scripts.locale import how_many, t
from build_scripts.pages import parts
from build_scripts.pages.parts import TargetRow
from build_scripts.report import TargetEntry
from build_scripts.report.ordering import NOTHING, by_knowledge, nearness, rank

MOST_OPEN = 10
# So few are not worth a tap.
FEW = 8


@dataclass(frozen=True, slots=True)
class Fold:
    """A folded part of a table."""

    title: str
    rows: tuple[TargetRow, ...]


@dataclass(frozen=True, slots=True)
class Folded:
    """A table of targets, those of which most is known first."""

    caption: str
    shown: tuple[TargetRow, ...]
    folds: tuple[Fold, ...]

    @property
    def total(self) -> int:
        """How many targets there are, open and folded."""
        return len(self.shown) + sum(len(fold.rows) for fold in self.folds)


def folded(entries: Iterable[TargetEntry], caption: str, tags: Mapping[str, str] | None = None) -> Folded:
    """The table of `entries`; `tags` are remarks by target id."""
    ordered = by_knowledge(entries)
    rows = tuple(parts.target_row(entry, (tags or {}).get(entry.target_id, "")) for entry in ordered)
    if len(rows) <= FEW:
        return Folded(caption, rows, ())
    known = sum(rank(entry) < NOTHING for entry in ordered)
    opened = min(known, MOST_OPEN)
    middle, silent = rows[opened:known], rows[known:]
    folds = []
    if middle:
        key = f"table.fold.{nearness(ordered[opened:known])}"
        folds.append(Fold(t(key, count=how_many(len(middle), "item")), middle))
    if silent:
        key = "table.fold.silent" if known else "table.fold.silent_all"
        folds.append(Fold(t(key, count=how_many(len(silent), "item")), silent))
    return Folded(caption, rows[:opened], tuple(folds))
