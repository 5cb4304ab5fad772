"""Two tables of vectors, every expected column of every row: the method's own, and ours, derived from its sentences."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from all_of import all_of

from build_scripts.assess import assess
from build_scripts.assess.vectors import OUTPUT_COLUMNS, read_row, write_row

DATA = Path(__file__).parent.parent / "data"
NUMBERS = frozenset(("progress_pct", "time_pct", "gap_pp", "ratio", "attainment_pct", "derived"))


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def expected(row: dict[str, str], column: str) -> str:
    return row[f"exp_{column}"]


def check(row: dict[str, str]) -> None:
    inputs, as_of = read_row(row)
    given = write_row(row["vector_id"], assess(inputs, as_of))
    wanted = {column: row[f"exp_{column}"] for column in OUTPUT_COLUMNS[1:]}
    for column in NUMBERS:
        assert (given[column] == "") == (wanted[column] == ""), (column, given, wanted)
        if wanted[column]:
            assert Decimal(given[column]) == Decimal(wanted[column]), (column, given, wanted)
            given[column] = wanted[column]
    assert {column: given[column] for column in wanted} == wanted


@all_of("row", rows("assessment_vectors.csv"), ids=lambda row: str(row["vector_id"]))
def test_published_vector(row: dict[str, str]) -> None:
    check(row)


@all_of("row", rows("derived_vectors.csv"), ids=lambda row: f"{row['vector_id']} {row['rule']}")
def test_vector_derived_by_hand(row: dict[str, str]) -> None:
    """The expected cells were worked out from the method's text before they were compared with what the code gives."""
    check(row)


def test_a_variant_keeps_what_it_does_not_replace() -> None:
    row = {
        "kind": "level_by",
        "as_of": "2024-06-30",
        "base_period": "2020",
        "base_value": "40",
        "observations_json": '[{"p":"2023","v":62,"pub":"2024-03-01"}]',
        "options_json": '{"variants":[{"base":50},{"obs":[]},{"base":null}]}',
    }
    first, second, third = read_row(row)[0].variants
    assert (first.base_value, [obs.value for obs in first.observations]) == (Decimal(50), [Decimal(62)])
    assert (second.base_value, second.observations) == (Decimal(40), ())
    assert (third.base_value, len(third.observations)) == (None, 1)


def test_a_trace_without_a_day_is_no_trace() -> None:
    row = {
        "kind": "annual_task",
        "as_of": "2025-02-01",
        "comparator": "event",
        "target_value": "2",
        "period_start": "2023",
        "observations_json": '[{"p":"2024-03","pub":"2024-03-20"},{"p":"2024-04"}]',
    }
    given = write_row("", assess(*read_row(row)))
    assert (given["status"], given["reason"], given["flags"]) == ("not_assessable", "partial_evidence", "evidence:1/2")


def test_there_are_125() -> None:
    assert len(rows("assessment_vectors.csv")) == 125


@all_of("row", rows("assessment_vectors.csv"), ids=lambda row: str(row["vector_id"]))
def test_numbers_are_written_as_the_vectors_write_them(row: dict[str, str]) -> None:
    inputs, as_of = read_row(row)
    given = write_row(row["vector_id"], assess(inputs, as_of))
    assert {c: given[c] for c in NUMBERS} == {c: row[f"exp_{c}"] for c in NUMBERS}
