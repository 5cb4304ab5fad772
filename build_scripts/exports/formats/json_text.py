"""JSON and JSON Lines. Numbers are JSON numbers, days ISO text, empty cells null; keys sorted, Chinese as it is."""

from __future__ import annotations

import json
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
    rows = b",\n".join(to_json(record).rstrip(b"\n") for record in table.records())
    return b"[\n" + rows + b"\n]\n" if rows else b"[]\n"


def json_lines(table: Table) -> bytes:
    """The rows as JSON Lines: one object a line."""
    return b"".join(to_json(record) for record in table.records())
