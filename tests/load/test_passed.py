"""What passed before is not validated again, and that changes nothing of what is found."""

import random

import pytest
from chance import tries
from packages import TABLES, add, cell, copy_row, drop_row, schema

from build_scripts.load import passed, read, validate

SEEDS = range(tries(10))


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


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_a_second_look_finds_the_same(make_package, seed):
    base, changed = make_package(), make_package(*mutation(seed))
    passed.forget()
    first = read(changed)
    passed.forget()
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
    monkeypatch.setattr(validate, "_resource", lambda table, _tables, _shown: looked_at.append(table.name))
    read(folder)
    assert looked_at == []
    cell("units", 2, "name", "另一个名字")(folder)
    read(folder)
    assert looked_at == []  # no row is doubtful, and a table of this kind without rows has passed
    cell("units", 2, "name", "")(folder)
    read(folder)
    assert looked_at == ["units"]


def test_memory_does_not_grow_without_end():
    passed.forget()
    for number in range(passed.MOST + 10):
        passed.passed(str(number))
    assert not passed.has_passed("9")
    assert passed.has_passed("10")
    passed.forget()


def test_a_later_run_knows_what_passed_and_trusts_no_damaged_list(tmp_path):
    passed.forget()
    passed.passed("abc")
    passed.store(tmp_path)
    passed.forget()
    passed.recall(tmp_path)
    assert passed.has_passed("abc")
    (file,) = (tmp_path / "passed").iterdir()
    file.write_bytes(file.read_bytes() + b"\nxyz")
    passed.forget()
    passed.recall(tmp_path)
    assert not passed.has_passed("abc")
    assert not passed.has_passed("xyz")
