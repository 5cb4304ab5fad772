"""The package as it would be: for the next file of a batch, and for the checks.

Gets the index and proposals, gives the index after them, and every violation the package would have, told at the
cells it comes from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from build_scripts.checks import find_violations
from build_scripts.core.records import Severity
from build_scripts.core.tables import TABLES
from build_scripts.forms.check_lines import clerks_line, is_asked_better, is_for_editors
from build_scripts.forms.lines import NOWHERE, Line, Spot
from build_scripts.forms.package_index import PackageIndex
from build_scripts.forms.proposal import Entry, Proposal, Row
from build_scripts.load import Tables, preview

# Tables in the order their rows depend on one another.
TABLE_ORDER = ("sources", "observations", "task_events", "problems", "problem_events")
Rows = Mapping[str, Sequence[Row]]


def book_after(book: PackageIndex, proposal: Proposal) -> PackageIndex:
    """The book with a proposal's rows in it and its drops out of it."""
    tables: dict[str, Any] = {}
    for name in TABLE_ORDER:
        kept = getattr(book.whole, name)
        for entry in proposal.drops:
            if entry.table == name:
                kept = tuple(record for record in kept if not _is(record, entry.row))
        added = [_record(name, entry.row) for entry in proposal.entries if entry.table == name]
        if added or len(kept) != len(getattr(book.whole, name)):
            tables[name] = (*kept, *added)
    return replace(book, whole=replace(book.whole, **tables)) if tables else book


def _is(record: object, row: Row) -> bool:
    return all(str(getattr(record, name) or "") == value for name, value in row.items())


def _record(name: str, row: Row) -> object:
    table = TABLES[name]
    return table.record(**{column.name: column.convert(row.get(column.name, "")) for column in table.columns})


def rows_of(entries: Sequence[tuple[Proposal, Entry]]) -> dict[str, list[Row]]:
    """The rows by table, empty tables left out."""
    found = {name: [entry.row for _, entry in entries if entry.table == name] for name in TABLE_ORDER}
    return {name: rows for name, rows in found.items() if rows}


def checked(
    package_dir: Path, entries: Sequence[tuple[Proposal, Entry]], drops: Rows, asked: set[Spot], today: date
) -> Iterator[Line]:
    """What the checks say about the package as it would be: every error, and the warnings about the new rows.

    At the cells of `asked` a better question has been put already.
    """
    tables = preview(package_dir, rows_of(entries), drops)
    where = _places(tables, entries)
    for found in find_violations(tables, today):
        origin = where.get((found.resource, found.row))
        if origin is None:
            if found.severity is Severity.ERROR:
                yield clerks_line(found, tables, "", NOWHERE)
            continue
        proposal, entry = origin
        spot = _spot(entry, found.field)
        if not is_for_editors(found) and not (spot in asked and is_asked_better(found)):
            yield clerks_line(found, tables, proposal.submission.label, spot)


def _places(tables: Tables, entries: Sequence[tuple[Proposal, Entry]]) -> dict[tuple[str, int], tuple[Proposal, Entry]]:
    """Which answer each appended row came from: the last rows of each table, in the order they were given."""
    found = {}
    for name in TABLE_ORDER:
        added = [origin for origin in entries if origin[1].table == name]
        numbers = sorted([*tables.text[name].rows, *tables.text[name].dropped]) if added else []
        found.update({(name, number): origin for number, origin in zip(numbers[-len(added) :], added, strict=False)})
    return found


def _spot(entry: Entry, field: str) -> Spot:
    """The cell behind a field of an appended row; the whole file for the source row."""
    place = entry.place
    if place is None:
        return NOWHERE
    return place.sheet, place.row, place.column(field) or place.column("value") or place.column("state") or place.first
