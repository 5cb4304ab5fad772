"""Parquet with types: floats for figures with the exact figure as text beside each, days for days. By pyarrow.

Same table, same bytes. Numbers are floats so that any client computes with them at once; `value_text` keeps what was
recorded digit by digit, for whoever compares or adds up exactly.

The library comes with the first table, and without the threads that it and what it rests on begin when they are loaded:
a process with threads cannot be copied (`core.crew`).
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from build_scripts.exports.tables import Cell, Field, Table
from build_scripts.locale import t

if TYPE_CHECKING:
    import pyarrow as pa

TEXT = "_text"
_WITHOUT_THREADS = {"OPENBLAS_NUM_THREADS": "1", "JE_ARROW_MALLOC_CONF": "background_thread:false"}


@cache
def _arrow(name: str = "pyarrow") -> Any:  # noqa: ANN401 - a module
    for setting, value in _WITHOUT_THREADS.items():
        os.environ.setdefault(setting, value)
    return import_module(name)


def parquet(table: Table) -> bytes:
    """The table as a Parquet file, with the titles and meanings of the columns in its metadata."""
    arrow, files = _arrow(), _arrow("pyarrow.parquet")
    columns = list(_columns(table))
    schema = arrow.schema(
        [field for field, _column in columns],
        metadata={"name": table.name, "title": table.title, "description": table.description},
    )
    buffer = io.BytesIO()
    arrays = [column for _field, column in columns]
    files.write_table(arrow.Table.from_arrays(arrays, schema=schema), buffer, compression="zstd")
    arrow.default_memory_pool().release_unused()  # the next table may be far off
    return buffer.getvalue()


def arrow_type(field: Field) -> pa.DataType:
    """The Arrow type of a Table Schema field."""
    arrow = _arrow()
    named = {"number": arrow.float64(), "integer": arrow.int64(), "boolean": arrow.bool_(), "date": arrow.date32()}
    kind: pa.DataType = named.get(field.type, arrow.string())
    return kind


def _columns(table: Table) -> Iterator[tuple[pa.Field, pa.Array]]:
    """The columns in order, each number followed by its text."""
    arrow = _arrow()
    for field, cells in zip(table.fields, table.columns(), strict=True):
        meaning = {"title": field.title, "description": field.description, "unit": field.unit}
        number = field.type == "number"
        values = [_float(cell) for cell in cells] if number else cells
        yield _field(field, field.name, arrow_type(field), meaning), arrow.array(values, type=arrow_type(field))
        name = f"{field.name}{TEXT}"
        if number and name not in table.names:
            texts = [_text(cell) for cell in cells]
            exact = meaning | {"title": t("opendata.exact", title=field.title)}
            yield _field(field, name, arrow.string(), exact), arrow.array(texts, type=arrow.string())


def _field(field: Field, name: str, kind: pa.DataType, meaning: dict[str, str]) -> pa.Field:
    field_of: pa.Field = _arrow().field(name, kind, nullable=not field.required, metadata=meaning)
    return field_of


def _float(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, Decimal | int) else None


def _text(cell: Cell) -> str | None:
    """A figure digit by digit, never in powers of ten."""
    return None if cell is None else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
