"""What frictionless says about a row, in our codes and in Chinese, with the value that was probably meant.

Gets frictionless errors of one table, gives `Violation`s and the set of rows that cannot be used.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from frictionless import Error

from build_scripts.core.records import Violation
from build_scripts.core.tables import PERIOD_FIELDS
from build_scripts.load.preflight import CleanTable
from build_scripts.load.violations import shown, violation
from build_scripts.locale import by_comma, listed

ID_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"
_CONSTRAINT_CODES = {
    "required": "cell-required",
    "enum": "cell-enum",
    "pattern": "cell-pattern",
    "minimum": "cell-range",
    "maximum": "cell-range",
    "exclusiveMinimum": "cell-range",
    "exclusiveMaximum": "cell-range",
    "minLength": "cell-length",
    "maxLength": "cell-length",
}


class Translator:
    """Turns the errors of one table into problems. `bad_rows` collects the rows they concern."""

    def __init__(self, table: CleanTable, tables: Mapping[str, CleanTable], rows: Sequence[int]) -> None:
        """`rows` are the rows of the table that frictionless was shown."""
        self.table = table
        self.tables = tables
        self.bad_rows: set[int] = set()
        self._rows = rows
        self._near: dict[tuple[str, str, int], str] = {}
        self._wrong: dict[tuple[str, int], set[str]] = {}
        self._fields = {item["name"]: item for item in table.schema["fields"]}

    def violation(self, error: Error) -> Violation | None:
        """The problem of one frictionless error; None where it only repeats another."""
        if error.type in {"schema-error", "source-error", "resource-error"}:
            return violation("schema-invalid", self.table.place, do="do_reason", reason=error.note[:200])
        row = self._row(getattr(error, "row_number", 0))
        if row:
            self.bad_rows.add(row)
        if error.type == "foreign-key":
            return self._foreign_key(error, row)
        if error.type == "primary-key":
            return self._primary_key(error, row)
        if error.type in {"type-error", "constraint-error", "unique-error"}:
            return self._cell(error, row)
        return violation("table-other", self.table.place, row, note=shown(error.note, 200))

    def _row(self, position: int) -> int:
        """The spreadsheet's row for frictionless's row number (header = 1 in both; blank rows are not in the table)."""
        index = position - 2
        return self._rows[index] if 0 <= index < len(self._rows) else 0

    def _cell(self, error: Error, row: int) -> Violation:
        name = getattr(error, "field_name", "")
        item = self._fields.get(name, {})
        found = shown(str(getattr(error, "cell", "")))
        if error.type == "unique-error":
            return self._unique(error, row, name, found)
        if error.type == "type-error":
            return self._type(row, name, found, str(item.get("type", "")))
        matched = re.match(r'constraint "(\w+)"', error.note)
        constraint = matched[1] if matched else ""
        code = _CONSTRAINT_CODES.get(constraint, "table-other")
        limit = item.get("constraints", {}).get(constraint)
        facts: dict[str, Any] = {"found": found, "limit": limit, "note": shown(error.note, 200)}
        facts["about"] = item.get("description") or item.get("title") or name
        do = _constraint_hint(code, constraint, name, item, facts)
        if do.startswith("do_id") and (named := self._named(name, str(getattr(error, "cell", "")))):
            do, facts["near"] = "do_named", named
        what = constraint if code in {"cell-range", "cell-length"} else "what"
        return violation(code, self.table.place, row, name, what=what, do=do, facts=facts)

    def _unique(self, error: Error, row: int, name: str, found: str) -> Violation:
        """A cell that must be the only one of its kind in the column and is not."""
        matched = re.search(r"row at position (\d+)", error.note)
        first = self._row(int(matched[1])) if matched else 0
        facts = {"first": first, "found": found}
        return violation("key-duplicate", self.table.place, row, name, facts, what="what_unique", do="do_unique")

    def _named(self, field: str, value: str) -> str:
        """The id of the row whose name was written in place of its id."""
        for key in self.table.schema.get("foreignKeys", []):
            if key.get("fields") in (field, [field]):
                parent = self.tables.get(key["reference"].get("resource") or self.table.name)
                if parent and parent.readable:
                    names = key["reference"]["fields"]
                    column = parent.fields.index(names if isinstance(names, str) else names[0])
                    return _by_name(value, parent, column)
        return ""

    def _type(self, row: int, name: str, found: str, kind: str) -> Violation:
        """A cell that is not of its field's type."""
        do = f"do_{kind}" if kind in {"number", "integer", "date", "boolean"} else "do"
        meant = ""
        digits = re.findall(r"\d+(?:\.\d+)?", found)
        if kind == "number" and len(digits) == 1 and not found.startswith(("#", "=")):
            do, meant = "do_digits", digits[0]
        if kind == "date" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", found):
            do = "do_no_such_day"
        what = f"what_{kind}" if do != "do" else "what"
        return violation(
            "cell-type", self.table.place, row, name, what=what, do=do, found=found, kind=kind, meant=meant
        )

    def _primary_key(self, error: Error, row: int) -> Violation | None:
        matched = re.search(r"row at position (\d+)", error.note)
        if not matched:
            return None  # an empty key: said already, as a required cell
        first = self._row(int(matched[1]))
        given = self.table.schema.get("primaryKey", [])
        names = [given] if isinstance(given, str) else list(given)
        cells = dict(zip(self.table.fields, self.table.rows[row], strict=True))
        key = by_comma(f"{name}={shown(cells.get(name, ''))}" for name in names)
        same = self.table.rows.get(first) == self.table.rows.get(row)
        do = "do_same" if same else "do_observations" if self.table.name == "observations" else "do"
        return violation("key-duplicate", self.table.place, row, names[0], do=do, first=first, key=key)

    def _foreign_key(self, error: Error, row: int) -> Violation | None:
        names = list(getattr(error, "field_names", []))
        cells = [str(cell) for cell in getattr(error, "field_cells", [])]
        target = getattr(error, "reference_name", "") or self.table.name
        parent = self.tables[target]
        value = cells[0] if cells else ""
        if any(value in line for line in parent.dropped.values()):
            return None  # the row is there, but has a mistake of its own that has been told
        column = parent.fields.index(error.reference_field_names[0])  # type: ignore[attr-defined]
        if _key(value) in self._wrong_ids(parent, column):
            return None  # likewise: only the writing of its id differs
        near = self._nearest(value, parent, column)
        facts: dict[str, Any] = {"found": shown(value), "table": target, "file": parent.place.file, "near": near}
        do = "do_near" if near else "do"
        return violation("foreign-key", self.table.place, row, names[0] if names else "", do=do, facts=facts)

    def _wrong_ids(self, parent: CleanTable, column: int) -> set[str]:
        """The ids of a table that have not the form of one, as `_key` writes them; looked up once a table."""
        if (parent.name, column) not in self._wrong:
            self._wrong[parent.name, column] = {_key(wrong) for wrong in _wrong_ids(parent, column)}
        return self._wrong[parent.name, column]

    def _nearest(self, value: str, parent: CleanTable, column: int) -> str:
        """The id that was probably meant; looked up once a value."""
        place = (value, parent.name, column)
        if place not in self._near:
            self._near[place] = _nearest(value, parent, column)
        return self._near[place]


def _constraint_hint(code: str, constraint: str, name: str, item: Mapping[str, Any], facts: dict[str, Any]) -> str:
    """Which hint fits a broken constraint; puts what it needs into `facts`."""
    if code == "cell-enum":
        allowed = [str(word) for word in item["constraints"]["enum"]]
        near = get_close_matches(str(facts["found"]).lower(), allowed, n=1, cutoff=0.6)
        facts["allowed"] = listed(allowed)
        facts["near"] = near[0] if near else ""
        return "do_near" if near else "do"
    if code == "cell-pattern":
        if name in PERIOD_FIELDS:
            return "do_year" if re.fullmatch(r"\d{4}", str(facts["found"])) else "do_period"
        if facts["limit"] == ID_PATTERN:
            facts["near"] = re.sub(r"[^a-z0-9]+", "-", str(facts["found"]).lower()).strip("-")
            return "do_id_near" if facts["near"] else "do_id"
    return f"do_{constraint}" if code in {"cell-range", "cell-length"} else "do"


def _key(text: str) -> str:
    """An id without what people write differently: case, width, spaces and marks between words."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def _wrong_ids(parent: CleanTable, column: int) -> list[str]:
    """The ids of a table that have not the form of one."""
    lines = [*parent.rows.values(), *parent.dropped.values()]
    return [line[column] for line in lines if column < len(line) and not re.fullmatch(ID_PATTERN, line[column])]


def _nearest(value: str, parent: CleanTable, column: int) -> str:
    """The id that was probably meant: of the row with that name, or one that is nearly the same."""
    near = get_close_matches(value, [line[column] for line in parent.rows.values()], n=1, cutoff=0.75)
    return near[0] if near else _by_name(value, parent, column)


def _by_name(value: str, parent: CleanTable, column: int) -> str:
    """The id of the row that bears this name."""
    named = [index for index, name in enumerate(parent.fields) if name in {"name", "title", "short_title"}]
    rows = (line for line in parent.rows.values() if any(line[index] == value for index in named))
    return next((line[column] for line in rows), "")
