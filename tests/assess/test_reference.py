"""The engine against a second implementation written from the text: published vectors and thousands made at random."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

import pytest

from build_scripts.assess import assess
from build_scripts.assess.vectors import read_row, write_row

from .random_vectors import KINDS, random_row
from .reference import verdict_of

DATA = Path(__file__).parent.parent / "data"
EACH = 250


def engine(row: dict[str, str]) -> dict[str, str]:
    cells = write_row(row["vector_id"], assess(*read_row(row)))
    del cells["vector_id"]
    return cells


@pytest.mark.parametrize("name", ["assessment_vectors", "derived_vectors"])
def test_the_reference_gives_every_published_cell(name: str) -> None:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        found = verdict_of(row)
        assert found == {column: row[f"exp_{column}"] for column in found}, row["vector_id"]


@pytest.mark.parametrize("kind", KINDS)
def test_engine_and_reference_agree(kind: str) -> None:
    for seed in range(EACH):
        row = random_row(Random(f"{kind}-{seed}"), kind)
        assert engine(row) == verdict_of(row), (seed, row)


@pytest.mark.slow
def test_the_random_rows_reach_every_status_and_method() -> None:
    found = [engine(random_row(Random(f"{kind}-{seed}"), kind)) for kind in KINDS for seed in range(EACH)]
    assert len({cells["status"] for cells in found}) == 11
    assert {cells["method"] for cells in found} == {
        "", "path_log", "path_linear", "forward", "final", "ytd", "annual", "average", "gap", "event", "group",
    }  # fmt: skip
    reasons = {cells["reason"] for cells in found}
    assert len(reasons - {""}) >= 16, reasons
    flags = {flag.partition(":")[0] for cells in found for flag in cells["flags"].split(";")}
    assert len(flags - {""}) >= 33, flags
