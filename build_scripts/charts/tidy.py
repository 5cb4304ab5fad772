"""The numbers of a chart for programs: one row a fact, columns by names that stay. Gets values, gives rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Value = str | int | Decimal | date | None
# What the columns of such tables hold; a column that is not named here holds text. Titles: `charts.tidy.NAME`.
TYPES: Mapping[str, str] = {
    "count": "integer",
    "date": "date",
    "disclosed": "integer",
    "disclosed_and_unanswered": "integer",
    "gap_pp": "number",
    "progress_pct": "number",
    "time_pct": "number",
    "total": "integer",
    "unanswered": "integer",
    "year": "integer",
}


@dataclass(frozen=True, slots=True)
class Tidy:
    """A chart's facts, one a row; None where a value is not known."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def tidy(columns: str, rows: Iterable[tuple[Value, ...]]) -> Tidy:
    """A table of `columns`, their names apart by spaces."""
    return Tidy(tuple(columns.split()), tuple(rows))
