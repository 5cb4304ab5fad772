"""What passed before is not validated again, and that changes nothing of what is found."""

import random

import pytest
from packages import TABLES, add, cell, copy_row, drop_row, schema

from build_scripts.load import read, validate

SEEDS = range(25)


def mutation(seed: int):
    """One or two changes of one or two tables: a cell, a row too many or too few, a constraint."""
    chance = random.Random(seed)
    changes = []
    for _ in range(chance.randint(1, 2)):
        path = chance.choice(sorted(path for path, text in TABLES.items() if text.count("\n") > 1))
        table = path.split("/")[1].removesuffix(".csv")
        head, *rows = TABLES[path].strip().splitlines()
        row = chance.randint(2, len(rows) + 1)
        field = chance.choice(head.split(","))
        value = chance.choice(["", "xx", "city", "gdp-2025", "-1", "2024", "2024-02-30", "transport", "A"])
        kind = chance.choice(["cell", "cell", "cell", "drop", "copy", "empty", "schema"])
        if kind == "cell":
            changes.append(cell(table, row, field, value))
        elif kind == "copy":
            changes.append(copy_row(table, 2))
        elif kind == "empty":
            changes.append(add(table))
        elif kind == "schema":
            changes.append(schema(table, lambda meta: meta["fields"][0].update(constraints={"pattern": "^a"})))
        else:
            changes.append(drop_row(table, 2))
    return changes


@pytest.mark.parametrize("seed", SEEDS)
def test_a_second_look_finds_the_same(make_package, seed):
    base, changed = make_package(), make_package(*mutation(seed))
    validate._PASSED.clear()
    first = read(changed)
    validate._PASSED.clear()
    read(base)
    again = read(changed)
    assert again.problems == first.problems
    assert {name: (table.rows, table.dropped) for name, table in again.text.items()} == {
        name: (table.rows, table.dropped) for name, table in first.text.items()
    }
    assert read(changed).problems == first.problems


def test_what_passed_is_left_alone_and_what_changed_is_not(make_package, monkeypatch):
    folder = make_package()
    assert read(folder).problems == ()
    looked_at = []
    monkeypatch.setattr(validate, "_resource", lambda table, _tables: looked_at.append(table.name))
    read(folder)
    assert looked_at == []
    cell("units", 2, "name", "另一个名字")(folder)
    read(folder)
    assert looked_at == ["units"]


def test_memory_does_not_grow_without_end():
    validate._PASSED.clear()
    for number in range(validate._KEPT + 10):
        validate._passed(str(number))
    assert len(validate._PASSED) == validate._KEPT
    assert "0" not in validate._PASSED
