"""Parquet with types: floats for figures with the exact figure as text beside each, days for days. By pyarrow.

Same table, same bytes. Numbers are floats so that any client computes with them at once; `value_text` keeps what was
recorded digit by digit, for whoever compares or adds up exactly.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

from build_scripts.exports.tables import Cell, Field, Table
from build_scripts.locale import t

TEXT = "_text"


def parquet(table: Table) -> bytes:
    """The table as a Parquet file, with the titles and meanings of the columns in its metadata."""
    columns = list(_columns(table))
    schema = pa.schema(
        [field for field, _column in columns],
        metadata={"name": table.name, "title": table.title, "description": table.description},
    )
    buffer = io.BytesIO()
    arrays = [column for _field, column in columns]
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), buffer, compression="zstd")
    return buffer.getvalue()


def arrow_type(field: Field) -> pa.DataType:
    """The Arrow type of a Table Schema field."""
    named = {"number": pa.float64(), "integer": pa.int64(), "boolean": pa.bool_(), "date": pa.date32()}
    return named.get(field.type, pa.string())


def _columns(table: Table) -> Iterator[tuple[pa.Field, pa.Array]]:
    """The columns in order, each number followed by its text."""
    for field in table.fields:
        cells = table.column(field.name)
        meaning = {"title": field.title, "description": field.description, "unit": field.unit}
        number = field.type == "number"
        values = [_float(cell) for cell in cells] if number else cells
        yield _field(field, field.name, arrow_type(field), meaning), pa.array(values, type=arrow_type(field))
        name = f"{field.name}{TEXT}"
        if number and name not in table.names:
            texts = [_text(cell) for cell in cells]
            exact = meaning | {"title": t("opendata.exact", title=field.title)}
            yield _field(field, name, pa.string(), exact), pa.array(texts, type=pa.string())


def _field(field: Field, name: str, kind: pa.DataType, meaning: dict[str, str]) -> pa.Field:
    return pa.field(name, kind, nullable=not field.required, metadata=meaning)


def _float(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, Decimal | int) else None


def _text(cell: Cell) -> str | None:
    """A figure digit by digit, never in powers of ten."""
    return None if cell is None else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
