"""A thing wrong with a package, as data. Gets nothing, gives types."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from build_scripts.core.language import say


class Severity(StrEnum):
    """How bad a problem is: an error stops the build, a warning is shown, counted and published."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing wrong with the package, in words a clerk can act on.

    `file` is relative to the package folder (`progress/observations.csv`); `row` is the line in that file as a
    spreadsheet numbers it (header = 1), 0 when the whole file is meant. `sentence` names which of its code's sentences
    the message is, `facts` what fills it, for those who put it in other words.
    """

    file: str
    row: int
    code: str
    field: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    resource: str = ""
    sentence: str = dataclasses.field(default="what", compare=False)
    facts: Mapping[str, object] = dataclasses.field(default_factory=dict, compare=False, repr=False)

    def __str__(self) -> str:
        hint = f"{say('format.joined.parts')}{self.hint}" if self.hint else ""
        where = f"[{self.field}] " if self.field else ""
        return f"{self.file}:{self.row}: {self.code}: {where}{self.message}{hint}"
