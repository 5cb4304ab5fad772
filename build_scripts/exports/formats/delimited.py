"""CSV, in the plain form for programs and in the form that Excel opens rightly."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from build_scripts.core.spreadsheet import keep
from build_scripts.exports.tables import Cell, Table

_WRITTEN_SO = frozenset({str, int, type(None)})


def csv_plain(table: Table) -> bytes:
    """RFC 4180 with LF, UTF-8 without a mark, every text as it is: what the Table Schema describes."""
    return "".join(f"{row}\n" for row in _rows(table)).encode()


def csv_excel(table: Table) -> bytes:
    """The same with a byte order mark and CRLF, and with no text that a spreadsheet would run or rewrite."""
    return codecs.BOM_UTF8 + "".join(f"{row}\r\n" for row in _rows_for_excel(table)).encode()


def text_of(value: Cell) -> str:
    """A cell as CSV text: figures as recorded, `true`/`false`, ISO days, nothing for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)


class _Lines(list[str]):
    """What the CSV writer writes to: a row a call."""

    def write(self, row: str) -> None:
        """Take one row, which the writer ends with CRLF."""
        self.append(row[:-2])


def _rows(table: Table) -> list[str]:
    """The rows without their ends. Kept at the table until the form for Excel is made of them, too."""
    made: dict[str, list[str]] = vars(table)  # where `cached_property` keeps things, too
    if "_rows" not in made:
        made["_rows"] = _written(table, [_texts(cells) for cells in table.columns()])
    return made["_rows"]


def _rows_for_excel(table: Table) -> list[str]:
    """The rows with every text guarded; in many tables no text needs it."""
    columns = table.columns()
    changes = [_changes(cells) for cells in columns]
    rows = _rows(table)
    del vars(table)["_rows"]
    if not any(changes):
        return rows
    guarded = (
        [found.get(cell, cell) if isinstance(cell, str) else cell for cell in cells] if found else cells
        for cells, found in zip(columns, changes, strict=True)
    )
    return _written(table, [_texts(cells) for cells in guarded])


def _written(table: Table, columns: Sequence[Sequence[Cell]]) -> list[str]:
    lines = _Lines()
    # The writer quotes a cell that holds a character of its own line end: with CRLF a lone CR is safe, too.
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(table.names)
    writer.writerows(zip(*columns, strict=True))
    return lines


def _texts(cells: Sequence[Cell]) -> Sequence[Cell]:
    """A column as the writer takes it: texts, whole numbers and gaps it writes as `text_of` does."""
    if set(map(type, cells)) <= _WRITTEN_SO:
        return cells
    return [each if each is None or isinstance(each, str) else text_of(each) for each in cells]


def _changes(cells: Sequence[Cell]) -> dict[str, str]:
    """The texts of a column that a spreadsheet would run or rewrite, and what is written instead."""
    if not any(issubclass(kind, str) for kind in set(map(type, cells))):
        return {}
    texts = {cell for cell in cells if isinstance(cell, str)}
    return {text: kept for text in texts if (kept := keep(text)) != text}
