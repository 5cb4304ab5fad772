"""JSON and JSON Lines. Numbers are JSON numbers, days ISO text, empty cells null; keys sorted, Chinese as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import islice
from operator import itemgetter

from build_scripts.exports.tables import Cell, Table

_AT_ONCE = 2_000


def to_json(value: object) -> bytes:
    """`value` as one line of UTF-8 JSON with sorted keys and a line end; the same value gives the same bytes.

    Raises:
        TypeError: something in it has no JSON form.
    """
    return f"{_ENCODER.encode(value)}\n".encode()


def plain(value: object) -> object:
    """A figure, day, code or group of these as JSON knows it; figures of up to 15 digits keep their exact value.

    Raises:
        TypeError: `value` has no JSON form.
    """
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} has no JSON form")


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=plain)


def json_table(table: Table) -> bytes:
    """The rows as one JSON array of objects, one object a line."""
    rows = memoryview(json_lines(table).replace(b"\n", b",\n"))[:-2]
    return b"".join((b"[\n", rows, b"\n]\n")) if rows else b"[]\n"


def json_lines(table: Table) -> bytes:
    """The rows as JSON Lines: one object a line. Made once for files of the same rows (until `forget_lines`)."""
    made: dict[str, bytes] = vars(table)  # where `cached_property` keeps things, too
    if "_lines" not in made:
        columns = sorted(zip(table.names, table.columns(), strict=True), key=itemgetter(0))
        names = [_ENCODER.encode(name).replace("%", "%%") for name, _cells in columns]
        line = ",".join(f"{name}:%s" for name in names)
        rows = zip(*(_encoded(cells) for _name, cells in columns), strict=True)
        lines = map(f"{{{line}}}\n".__mod__, rows)
        # Some at a time: the text of all of them takes twice as much as the file.
        made["_lines"] = b"".join(iter(lambda: "".join(islice(lines, _AT_ONCE)).encode(), b""))
    return made["_lines"]


def _encoded(cells: Sequence[Cell]) -> Sequence[str]:
    """A column as JSON; what comes again and again is written once."""
    kinds = set(map(type, cells))
    if bool in kinds and kinds - {bool, type(None)}:  # 1 and true are equal, and not the same
        return [_ENCODER.encode(cell) for cell in cells]
    known = {cell: _ENCODER.encode(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]


def forget_lines(table: Table) -> None:
    """The files of a table are written: of a large site all tables' rows as JSON are not held to its end."""
    vars(table).pop("_lines", None)


def json_answer(rows: bytes, meta: Mapping[str, str]) -> bytes:
    """Rows (as `json_table` writes them) in one JSON object: `items`, and what it says of itself in `meta`."""
    items = memoryview(rows.replace(b",\n", b","))[2:-3]
    return b"".join((b'{"items":[', items, b'],"meta":', to_json(meta).removesuffix(b"\n"), b"}\n"))
