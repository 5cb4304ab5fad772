"""The lines a clerk gets back: which file, sheet and cell, what was found, what to do.

Gets codes and facts, gives `Line`s worded by `locale/<lang>/forms_lines.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from build_scripts.forms.grid import cell_name
from build_scripts.locale import t
from build_scripts.locale.catalogue import has

# Sheet, row, column; row and column are 0 when the whole sheet is meant, the sheet is empty when the whole file is.
Spot = tuple[str, int, int]
NOWHERE: Spot = ("", 0, 0)


class Level(StrEnum):
    """What a line asks for: a change, a yes or no about a figure that can hardly be, or nothing but to be read."""

    ERROR = "error"
    CHECK = "check"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One thing to see to. `sheet` and `cell` are empty when the whole file or the whole sheet is meant."""

    file: str
    sheet: str
    row: int
    column: int
    severity: Level
    code: str
    message: str
    hint: str = field(default="", compare=False)

    @property
    def cell(self) -> str:
        """`F12`; empty when the whole sheet is meant."""
        return cell_name(self.row, self.column) if self.row and self.column else ""

    @property
    def where(self) -> str:
        """`主要指标进度表!F12`."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet

    def __str__(self) -> str:
        said = self.said
        for place in (self.where, self.file):
            said = t("format.line.told", label=place, words=said) if place else said
        return said

    @property
    def said(self) -> str:
        """What is found and what to do, without the place."""
        told = t("format.line.told", label=t(f"forms_lines.severity.{self.severity}"), words=self.message)
        return t("format.joined.parts").join(part for part in (told, self.hint) if part)


@dataclass(slots=True)
class Lines:
    """Collects the lines of one file."""

    label: str
    found: list[Line] = field(default_factory=list)

    def add(self, code: str, at: Spot = NOWHERE, level: Level = Level.ERROR, **facts: object) -> None:
        """Note the line `code` at a cell, worded with `facts`."""
        self.add_facts(code, facts, at, level)

    def add_facts(self, code: str, facts: Mapping[str, object], at: Spot = NOWHERE, level: Level = Level.ERROR) -> None:
        """As `add`, with the facts in a mapping."""
        self.found.append(make_line(code, self.label, at, facts, level))

    @property
    def has_errors(self) -> bool:
        """Whether anything noted forbids taking the file in."""
        return any(line.severity is Level.ERROR for line in self.found)


def make_line(code: str, file: str, at: Spot, facts: Mapping[str, object], level: Level = Level.ERROR) -> Line:
    """The line `code`, worded with `facts`."""
    hint = f"forms_lines.{code}.do"
    return Line(
        file=file,
        sheet=at[0],
        row=at[1],
        column=at[2],
        severity=level,
        code=code,
        message=t(f"forms_lines.{code}.what", **facts),
        hint=t(hint, **facts) if has(hint) else "",
    )
