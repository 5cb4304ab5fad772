"""Typed tables and records: exact numbers, days, empty cells, rows kept."""

from datetime import date
from decimal import Decimal

from packages import cell

from build_scripts.core.records import Observation, Target
from build_scripts.load import read, records


def test_records_hold_exact_values_and_the_row_they_came_from(make_package):
    tables = read(make_package(cell("observations", 3, "value", "171.50")))
    rows = dict(tables.of(Observation))
    assert list(rows) == list(range(2, 11))
    first = rows[3]
    assert str(first.value) == "171.50"
    assert isinstance(first.value, Decimal)
    assert first.pub == date(2023, 3, 1)
    assert first.yoy is None
    assert first.yoy_real is None
    assert first.note == ""
    assert rows[2].yoy_real is True


def test_records_are_in_file_order_with_empty_cells_as_the_contract_says(make_package):
    package = records(read(make_package()))
    assert [target.target_id for target in package.targets][:2] == ["gdp-2025", "share-2025"]
    target = package.target_by_id["parks-2025"]
    assert target.flags == ("year-inferred",)
    assert target.project_id is None
    assert target.note == ""
    assert target.value == Decimal(9)
    assert package.target_by_id["invest-2125"].flow is True
    assert package.target_by_id["open-2024"].value is None
    assert package.target_by_id["open-2024"].due == date(2024, 12, 31)
    assert package.meta["name"] == "lishui-plan-progress"
    assert package.plan_by_id["test-plan"].period_end == 2025


def test_an_empty_basis_is_the_default_one(make_package):
    tables = read(make_package(cell("observations", 3, "basis", "")))
    assert tables.problems == ()
    assert {observation.basis for _row, observation in tables.of(Observation)} == {"main"}


def test_rows_with_a_mistake_are_left_out_of_the_records_and_counted(make_package):
    tables = read(make_package(cell("targets", 3, "kind", "nonsense")))
    assert [row for row, _target in tables.of(Target)] == [2, 4, 5, 6, 7]
    assert tables.dropped(Target) == 1
    assert tables.has_errors


def test_a_mended_row_is_still_read_as_it_was_meant(make_package):
    tables = read(make_package(cell("observations", 3, "value", "１７１．５")))
    assert dict(tables.of(Observation))[3].value == Decimal("171.5")
