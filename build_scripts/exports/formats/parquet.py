"""Parquet with types: decimals for figures, days for days. Written by pyarrow; same table, same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterable
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq

from build_scripts.exports.tables import Cell, Field, Table

# Decimals of every figure column unless a figure needs more: fixed, so that the type of a column does not change
# from month to month.
SCALE = 6
_PRECISION = 38


def parquet(table: Table) -> bytes:
    """The table as a Parquet file, with the titles and meanings of the columns in its metadata."""
    columns = [
        pa.array(table.column(field.name), type=arrow_type(field, table.column(field.name))) for field in table.fields
    ]
    schema = pa.schema(
        [
            pa.field(
                field.name,
                column.type,
                nullable=not field.required,
                metadata={"title": field.title, "description": field.description, "unit": field.unit},
            )
            for field, column in zip(table.fields, columns, strict=True)
        ],
        metadata={"name": table.name, "title": table.title, "description": table.description},
    )
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(columns, schema=schema), buffer, compression="zstd")
    return buffer.getvalue()


def arrow_type(field: Field, cells: Iterable[Cell]) -> pa.DataType:
    """The Arrow type of a Table Schema field."""
    if field.type == "number":
        return pa.decimal128(_PRECISION, max([SCALE, *map(_decimals, cells)]))
    named = {"integer": pa.int64(), "boolean": pa.bool_(), "date": pa.date32()}
    return named.get(field.type, pa.string())


def _decimals(value: Cell) -> int:
    """How many decimal places a figure is recorded with."""
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
