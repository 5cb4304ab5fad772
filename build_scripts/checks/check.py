"""What a check is: a small generator over the tables, with a code that names its words and its line in the registry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from build_scripts.core.records import Severity, Violation
from build_scripts.load import Tables
from build_scripts.locale import t

Rule = Callable[[Tables, date], Iterator[Violation]]


@dataclass(frozen=True, slots=True)
class Check:
    """One rule of the contract: its code, its severity, and the generator that finds what breaks it.

    `rule` is the number in the data contract's list, 0 for a plausibility check of our own. `since` is the contract
    that brought the columns in which a row can answer the rule: packages of earlier ones are only warned.
    """

    code: str
    severity: Severity
    run: Rule
    rule: int = 0
    since: str = ""

    def problems(self, tables: Tables, today: date) -> Iterator[Violation]:
        """What breaks the rule, each with the check's severity."""
        is_earlier = bool(self.since) and str(tables.meta.get("contract") or "") < self.since
        for found in self.run(tables, today):
            yield replace(found, severity=Severity.WARNING if is_earlier else self.severity)

    @property
    def name(self) -> str:
        """The check's name for readers."""
        return t(f"checks.{self.code}.name")

    @property
    def about(self) -> str:
        """What must hold, as the function's docstring says it (English, for those who read the code)."""
        return (self.run.__doc__ or "").strip()
