"""Rules about promises that change: what a row replaces is there and has ended, and nothing ends before it begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from build_scripts.checks.check import Check
from build_scripts.core.records import Project, Severity, Target, Task, Unit, Violation
from build_scripts.core.tables import TABLE_OF
from build_scripts.load import Tables, violation

_CHANGING = (Target, Task, Project, Unit)


def amendments_fit(tables: Tables, _today: date) -> Iterator[Violation]:
    """A row replaces rows of its own table that have ended, and holds for at least a day."""
    for record in _CHANGING:
        place, (key, *_) = tables.place(record), TABLE_OF[record].key
        rows = {getattr(item, key): item for _row, item in tables.rows(record)}
        for row, item in tables.rows(record):
            if item.valid_from and item.withdrawn_on and item.withdrawn_on <= item.valid_from:
                facts = {"found": item.withdrawn_on, "begun": item.valid_from}
                yield violation("amendment-fits", place, row, "withdrawn_on", facts=facts)
            for old in item.replaces:
                ended = rows[old].withdrawn_on if old in rows else None
                lacking = "unknown" if old not in rows or old == getattr(item, key) else "open" if not ended else ""
                if lacking:
                    facts = {"found": old}
                    do = f"do_{lacking}"
                    yield violation("amendment-fits", place, row, "replaces", what=lacking, do=do, facts=facts)


CHECKS = (Check("amendment-fits", Severity.ERROR, amendments_fit, 9),)
