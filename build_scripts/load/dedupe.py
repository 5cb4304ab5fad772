"""One cause, one problem: a wrong id that fills a file with foreign-key problems is told once.

Gets a table's problems in order, gives them with the repetitions folded into the first; nothing else is changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from build_scripts.core.records import Violation
from build_scripts.load.preflight import CleanTable
from build_scripts.load.violations import violation
from build_scripts.locale import t

# So many rows with one and the same unknown id are still told one by one.
_FEW = 3


def brief(table: CleanTable, tables: Mapping[str, CleanTable], problems: Sequence[Violation]) -> list[Violation]:
    """`problems` with each unknown id told once, and a column that never finds its table told as such."""
    same: dict[tuple[str, str], list[Violation]] = defaultdict(list)
    columns: dict[str, list[Violation]] = defaultdict(list)
    for item in problems:
        if item.code == "foreign-key":
            same[item.field, item.message].append(item)
            columns[item.field].append(item)
    folded: set[Violation] = set()
    told: list[Violation] = []
    for field, found in columns.items():
        if len(found) > _FEW and len(found) == _filled(table, field):
            told.append(_never(table, tables, field, found))
            folded.update(found)
    for found in same.values():
        if len(found) > _FEW and found[0] not in folded:
            told.append(replace(found[0], hint=found[0].hint + t("checks.foreign-key.also", count=len(found) - 1)))
            folded.update(found)
    return [item for item in problems if item not in folded] + told


def _filled(table: CleanTable, field: str) -> int:
    """How many rows have something in a column."""
    column = table.fields.index(field)
    return sum(bool(line[column]) for line in table.rows.values())


def _never(table: CleanTable, tables: Mapping[str, CleanTable], field: str, found: Sequence[Violation]) -> Violation:
    """Not one id of a column is in the table it points to: that table is empty, or the key is wrong."""
    keys = [
        key for key in table.schema["foreignKeys"] if key["fields"] in (field, [field]) or key["fields"][0] == field
    ]
    parent = tables[keys[0]["reference"].get("resource") or table.name]
    facts = {"count": len(found), "table": parent.name, "file": parent.place.file}
    do = "do_never" if parent.rows else "do_empty"
    return violation("foreign-key", table.place, found[0].row, field, what="never", do=do, facts=facts)
