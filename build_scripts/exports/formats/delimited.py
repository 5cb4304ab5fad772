"""CSV, in the plain form for programs and in the form that Excel opens rightly."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from build_scripts.core.spreadsheet import keep
from build_scripts.exports.tables import Cell, Table


def csv_plain(table: Table) -> bytes:
    """RFC 4180 with LF, UTF-8 without a mark, every text as it is: what the Table Schema describes."""
    return _write(table, "\n", lambda text: text).encode()


def csv_excel(table: Table) -> bytes:
    """The same with a byte order mark and CRLF, and with no text that a spreadsheet would run or rewrite."""
    return codecs.BOM_UTF8 + _write(table, "\r\n", keep).encode()


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
    """What the CSV writer writes to: a row a call, ended as the format wants it."""

    def __init__(self, end: str) -> None:
        super().__init__()
        self.end = end

    def write(self, row: str) -> None:
        """Take one row, which the writer ends with CRLF."""
        self.append(row.removesuffix("\r\n") + self.end)


class _Written(dict[str, str]):
    """Texts as they are written: words and ids come again and again, and each is looked at once."""

    def __init__(self, guard: Callable[[str], str]) -> None:
        super().__init__()
        self._guard = guard

    def __missing__(self, text: str) -> str:
        self[text] = found = self._guard(text)
        return found


def _write(table: Table, line_end: str, guard: Callable[[str], str]) -> str:
    lines = _Lines(line_end)
    # The writer quotes a cell that holds a character of its own line end: with CRLF a lone CR is safe, too.
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(table.names)
    texts = _Written(guard)
    writer.writerows(
        ["" if each is None else texts[each] if isinstance(each, str) else text_of(each) for each in row]
        for row in table.rows
    )
    return "".join(lines)
