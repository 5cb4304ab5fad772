"""Accidents of spreadsheets, found on the raw text before frictionless sees it.

Gets a file's rows and its Table Schema, gives a `CleanTable` (what was certainly meant, so that one mistake is told
once) and the problems. A row that cannot be read for certain is left out of the table and remembered as dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

from build_scripts.core.characters import PROSE_FIELDS, unsafe, without
from build_scripts.core.records import Violation
from build_scripts.core.tables import DEFAULT_BASIS, PERIOD_FIELDS, TABLES
from build_scripts.load.cells import Mended, repair_cell, unusual
from build_scripts.load.header import read_header
from build_scripts.load.rawcsv import RawFile
from build_scripts.load.violations import Place, shown, unsafe_characters, violation
from build_scripts.locale import t


@dataclass(slots=True)
class CleanTable:
    """One table as text, mended where the intent is certain.

    `rows` maps the row (as a spreadsheet numbers it) to its cells in the schema's order; `dropped` holds rows that
    could not be used, with whatever cells they had.
    """

    name: str
    place: Place
    schema: Mapping[str, Any]
    fields: tuple[str, ...] = ()
    rows: dict[int, list[str]] = field(default_factory=dict)
    dropped: dict[int, list[str]] = field(default_factory=dict)
    readable: bool = True

    @property
    def field_names(self) -> tuple[str, ...]:
        """The fields of the schema, whether or not the file could be read."""
        return tuple(item["name"] for item in self.schema["fields"])

    def drop(self, row: int) -> None:
        """Leave `row` out of what the checks and the site see."""
        if row in self.rows:
            self.dropped[row] = self.rows.pop(row)


def clean(name: str, place: Place, schema: Mapping[str, Any], raw: RawFile) -> tuple[CleanTable, list[Violation]]:
    """The table of `raw` by its schema, and every accident found on the way."""
    fields = {item["name"]: str(item.get("title", "")) for item in schema["fields"]}
    optional = {column.name for column in TABLES[name].columns if column.optional} if name in TABLES else set()
    positions, problems = read_header(place, raw.header, fields, optional)
    table = CleanTable(name, place, schema, tuple(fields))
    if positions is None:
        table.readable = False
        return table, problems
    kinds = [(item["name"], positions.get(item["name"]), _kind(item)) for item in schema["fields"]]
    suspects = _suspects(raw, kinds)
    ordered = _ordered(raw.header, kinds)
    blank: list[int] = []
    for row, cells in raw.rows:
        if not (cells and cells[0].strip()) and not "".join(cells).strip():
            blank.append(row)
        elif len(cells) != len(raw.header):
            table.dropped[row] = cells
            problems.append(_ragged(place, row, cells, raw.header))
        elif suspects and any(cells[at] in found for at, found in suspects):
            problems += _clean_row(table, row, cells, kinds)
        else:
            table.rows[row] = ordered(cells)
    return table, problems + _blank_rows(place, blank, raw.rows[-1][0] if raw.rows else 0)


def _ordered(header: Sequence[str], kinds: Sequence[tuple[str, int | None, str]]) -> Callable[[list[str]], list[str]]:
    """What puts a sound row into the schema's order; a column the file lacks is empty, or the usual basis."""
    if [position for _name, position, _kind in kinds] == list(range(len(header))):
        return lambda cells: cells
    lacking = ["", DEFAULT_BASIS]
    places = [len(header) + (name == "basis") if position is None else position for name, position, _kind in kinds]
    pick = itemgetter(*places) if len(places) > 1 else lambda cells: (cells[places[0]],)
    return lambda cells: list(pick(cells + lacking))


def _suspects(raw: RawFile, kinds: Sequence[tuple[str, int | None, str]]) -> list[tuple[int, set[str]]]:
    """The texts in each column that are not taken as they stand: every text is looked at once, however often it comes.

    Columns without any are left out.
    """
    found = []
    whole = [cells for _row, cells in raw.rows if len(cells) == len(raw.header)]
    for name, position, kind in kinds:
        if position is None:
            continue
        texts = set(map(itemgetter(position), whole))
        prose = kind == "string" and name in PROSE_FIELDS
        odd = {text for text in unusual(texts, kind) if text and (unsafe(text, prose=prose) or repair_cell(text, kind))}
        if name == "basis" and "" in texts:
            odd.add("")
        if odd:
            found.append((position, odd))
    return found


def _kind(item: Mapping[str, Any]) -> str:
    """How a field's cells are looked at: its type, or `period` and `code` for text that must have a form."""
    kind = str(item.get("type", "string"))
    constraints = item.get("constraints", {})
    if kind != "string":
        return kind
    if item["name"] in PERIOD_FIELDS:
        return "period"
    return "code" if "pattern" in constraints or "enum" in constraints else "string"


def _clean_row(
    table: CleanTable, row: int, cells: Sequence[str], kinds: Sequence[tuple[str, int | None, str]]
) -> list[Violation]:
    """Put one row into the table, each cell mended; the problems of its cells."""
    problems = []
    line: list[str] = []
    certain = True
    for name, position, kind in kinds:
        text = "" if position is None else cells[position]
        if refused := unsafe(text, prose=kind == "string" and name in PROSE_FIELDS):
            problems.append(unsafe_characters(table.place, row, name, text, refused))
            text = without(text, refused).strip()
        elif accident := repair_cell(text, kind) if text else None:
            problems.append(_accident(table.place, row, name, text, accident))
            certain = certain and accident.text is not None
            text = accident.text or ""
        line.append(text or (DEFAULT_BASIS if name == "basis" else ""))
    (table.rows if certain else table.dropped)[row] = line
    return problems


def _accident(place: Place, row: int, name: str, text: str, accident: Mended) -> Violation:
    if accident.forms:
        do = "do_fiscal" if len(accident.forms) > 1 else "do"
        facts = {"found": shown(text), "year": accident.forms[0], "years": accident.forms[-1]}
        return violation(accident.code, place, row, name, facts, do=do)
    if accident.text is None:
        return violation(accident.code, place, row, name, do="do_unsure", found=shown(text))
    meant = shown(accident.text) or t("errors.load.empty")
    return violation(accident.code, place, row, name, found=shown(text), meant=meant)


def _ragged(place: Place, row: int, cells: Sequence[str], header: Sequence[str]) -> Violation:
    """A row with more or fewer cells than the header; a thousands comma outside quotes is named."""
    facts: dict[str, Any] = {"found": len(cells), "expected": len(header)}
    if len(cells) < len(header):
        return violation("row-short", place, row, header[len(cells)].strip(), facts=facts)
    for position, (left, right) in enumerate(pairwise(cells)):
        if re.fullmatch(r"\d{1,3}", left.strip()) and re.fullmatch(r"\d{3}(\.\d+)?", right.strip()):
            whole = left.strip() + right.strip()
            name = header[min(position, len(header) - 1)].strip()
            return violation("row-long", place, row, name, do="do_thousands", meant=whole, facts=facts)
    return violation("row-long", place, row, facts=facts)


def _blank_rows(place: Place, blank: Sequence[int], last: int) -> list[Violation]:
    """One problem for each run of blank rows; a run at the end is named as such."""
    problems = []
    for _run, numbered in groupby(enumerate(blank), key=lambda pair: pair[1] - pair[0]):
        run = [row for _index, row in numbered]
        what = "what_end" if run[-1] == last else "what"
        problems.append(violation("row-blank", place, run[0], what=what, count=len(run)))
    return problems
