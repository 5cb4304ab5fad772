"""Questions answered with yes: by the one who takes the forms in, or by a tick in the workbook.

Gets lines, cells named on the command line and the ticks of each file, says which questions are answered, and writes
into the submission's source row that they were, and what was asked. A tick on the list of a marked copy answers the
very question it stands beside: change the figure, and it is asked anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from build_scripts.forms.lines import Level, Line
from build_scripts.forms.proposal import Proposal
from build_scripts.locale import t

EVERYTHING = "*"
_CELL = re.compile(r"(?:(?P<sheet>.+)!)?\$?(?P<cell>[A-Za-z]{1,3}\$?[1-9]\d{0,6})")


@dataclass(frozen=True, slots=True)
class Ticks:
    """What a workbook itself answers: rows (sheet, row) ticked as checked, and (place, question) on a marked list."""

    rows: frozenset[tuple[str, int]] = frozenset()
    listed: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The cells accepted on the command line, each as `O12`, `表!O12` or `文件.xlsx:表!O12`."""

    cells: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, words: Sequence[str]) -> Acceptance:
        """Cells as typed: several in one word are parted by commas or blanks."""
        parts = [part for word in words for part in re.split(r"[\s,，、;；]+", word) if part]
        return cls(frozenset(part.replace("$", "").replace("！", "!") for part in parts))

    def covers(self, line: Line, ticks: Mapping[str, Ticks]) -> bool:
        """Whether a line is a question that has been answered."""
        if line.severity is not Level.CHECK:
            return False
        given = ticks.get(line.file, Ticks())
        if (line.sheet, line.row) in given.rows or (line.where, line.message) in given.listed:
            return True
        names = {line.cell, line.where, f"{line.file}:{line.where}", f"{line.file}:{line.cell}"}
        return EVERYTHING in self.cells or bool(line.cell and self._upper & {name.upper() for name in names})

    @property
    def _upper(self) -> frozenset[str]:
        return frozenset(cell.upper() for cell in self.cells)

    def unknown(self, lines: Sequence[Line]) -> list[str]:
        """The cells that no question stands at."""
        asked = [line for line in lines if line.severity is Level.CHECK]
        return sorted(
            cell
            for cell in self.cells
            if cell != EVERYTHING and not any(Acceptance(frozenset({cell})).covers(line, {}) for line in asked)
        )


NOT_ASKED = Acceptance()


def is_cell(word: str) -> bool:
    """Whether a word on the command line names a cell."""
    return _CELL.fullmatch(word.replace("！", "!")) is not None


def record(proposals: Sequence[Proposal], accepted: frozenset[Line]) -> None:
    """Write into each submission's source row which questions were answered with yes."""
    for proposal in proposals:
        said = [f"{line.where} {line.message}" for line in sorted(accepted) if line.file == proposal.submission.label]
        if not said:
            continue
        note = t("forms.source.checked", lines=t("forms.separator").join(said))
        proposal.entries = [
            replace(entry, row={**entry.row, "note": f"{entry.row['note']}{note}"})
            if entry.table == "sources"
            else entry
            for entry in proposal.entries
        ]
