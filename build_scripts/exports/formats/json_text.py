"""JSON and JSON Lines. Numbers are JSON numbers, days ISO text, empty cells null; keys sorted, Chinese as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum

from build_scripts.exports.tables import Table


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
    rows = json_lines(table).removesuffix(b"\n").replace(b"\n", b",\n")
    return b"[\n" + rows + b"\n]\n" if rows else b"[]\n"


def json_lines(table: Table) -> bytes:
    """The rows as JSON Lines: one object a line. Made once a table: three files hold the same rows."""
    made: dict[str, bytes] = vars(table)  # where `cached_property` keeps things, too
    if "_lines" not in made:
        made["_lines"] = b"".join(to_json(record) for record in table.records())
    return made["_lines"]


def json_answer(table: Table, meta: Mapping[str, str]) -> bytes:
    """The rows as one JSON object: `items`, and what it says of itself in `meta`."""
    rows = json_lines(table).removesuffix(b"\n").replace(b"\n", b",")
    return b'{"items":[' + rows + b'],"meta":' + to_json(meta).removesuffix(b"\n") + b"}\n"
