"""What frictionless says of the doubtful rows alone is what it says of all rows, word for word."""

import copy
import random

import pytest
from frictionless import Package
from packages import ROOT

from build_scripts.load import passed, reader
from build_scripts.load import validate as module
from build_scripts.load.preflight import CleanTable
from build_scripts.load.screen import doubtful
from build_scripts.load.snapshot import take
from build_scripts.load.violations import Place

ID = "^[a-z0-9]+(-[a-z0-9]+)*$"
PLACES = {
    "fields": [
        {"name": "place_id", "type": "string", "constraints": {"required": True, "pattern": ID, "maxLength": 12}},
        {"name": "year", "type": "integer", "constraints": {"minimum": 1949, "maximum": 2099}},
        {"name": "part_of", "type": "string"},
        {"name": "name", "type": "string", "constraints": {"unique": True, "minLength": 2}},
    ],
    "missingValues": [""],
    "primaryKey": ["place_id", "year"],
    "foreignKeys": [{"fields": ["part_of"], "reference": {"resource": "", "fields": ["place_id"]}}],
}
FIGURES = {
    "fields": [
        {"name": "place_id", "type": "string", "constraints": {"required": True, "pattern": ID}},
        {"name": "year", "type": "integer"},
        {"name": "value", "type": "number", "constraints": {"minimum": -50, "maximum": 999}},
        {"name": "pub", "type": "date", "constraints": {"required": True, "minimum": "2000-01-01"}},
        {"name": "final", "type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
        {"name": "status", "type": "string", "constraints": {"enum": ["A", "P", "M"]}},
        {"name": "code", "type": "any", "constraints": {"unique": True}},
        {"name": "note", "type": "string", "constraints": {"minLength": 2, "maxLength": 6}},
    ],
    "missingValues": ["", "—"],
    "primaryKey": ["place_id", "year", "pub"],
    "foreignKeys": [
        {"fields": ["place_id", "year"], "reference": {"resource": "places", "fields": ["place_id", "year"]}},
        {"fields": "place_id", "reference": {"resource": "places", "fields": "place_id"}},
    ],
}
ODD = ["", "—", "a-1", "a-2", "A-1", "zz", "2020", "2021", "2020.0", "1.0", "1.00", "1e3", "1000", "-51", "NaN", "INF"]
ODD += [
    "2024-02-30",
    "2024-01-01",
    "1999-12-31",
    "2024/1/1",
    "true",
    "TRUE",
    "1",
    "A",
    "B",
    "长",
    "长长长长长长长",
    " a-1",
]


def table(name, schema, rows):
    fields = tuple(item["name"] for item in schema["fields"])
    lines = {number: list(row) for number, row in enumerate(rows, 3)}
    return CleanTable(name, Place(f"{name}.csv", name), copy.deepcopy(schema), fields, lines)


def base():
    places = [
        (f"a-{n}", str(2020 + year), "a-0" if n else "", f"地方{n}之{year}") for n in range(6) for year in range(3)
    ]
    figures = [
        (place, year, f"{number}.5", f"2024-01-{number + 1:02d}", "true", "A", f"c{number}", "注释")
        for number, (place, year, _up, _name) in enumerate(places)
    ]
    return {"places": table("places", PLACES, places), "figures": table("figures", FIGURES, figures)}


def mutated(seed):
    """Three to five changes: a cell of another kind or of another row, a row twice, a row gone, another schema."""
    chance = random.Random(seed)
    tables = base()
    for _ in range(chance.randint(3, 5)):
        it = chance.choice(list(tables.values()))
        rows = list(it.rows)
        line, at = it.rows[chance.choice(rows)], chance.randrange(len(it.fields))
        kind = chance.choice(["cell"] * 5 + ["other", "other", "twice", "gone", "empty", "schema"])
        if kind == "cell":
            line[at] = chance.choice(ODD)
        elif kind == "other":
            line[at] = it.rows[chance.choice(rows)][at]
        elif kind == "twice":
            it.rows[rows[-1] + chance.randint(1, 3)] = list(line)
        elif kind == "gone":
            del it.rows[chance.choice(rows)]
        elif kind == "empty":
            line[:] = [""] * len(line)
        else:
            change_schema(it.schema, chance)
    return tables


def change_schema(schema, chance):
    item = chance.choice(schema["fields"])
    item.setdefault("constraints", {})
    kind = chance.choice(["required", "unique", "pattern", "enum", "maxLength", "type", "key", "missing", "minimum"])
    if kind == "type":
        item["type"] = chance.choice(["string", "number", "integer", "date", "object", "year", "any"])
    elif kind == "key":
        schema["primaryKey"] = chance.sample([each["name"] for each in schema["fields"]], chance.randint(1, 3))
    elif kind == "missing":
        schema["missingValues"] = ["", "A"]
    else:
        wanted = {"required": True, "unique": True, "pattern": "[a-z].*", "enum": ["a-1", "A", "2020"], "maxLength": 4}
        item["constraints"][kind] = wanted.get(kind, "2")


def outcome(tables, *, screened):
    passed.forget()
    found = module.validate(tables, screened=screened)
    return [str(each) for each in found], {name: (each.rows, each.dropped) for name, each in tables.items()}


@pytest.mark.slow
@pytest.mark.parametrize("seeds", [range(start, start + 20) for start in range(0, 120, 20)])
def test_the_doubtful_rows_alone_give_the_same_verdicts(seeds):
    kinds = set()
    for seed in seeds:
        found = outcome(mutated(seed), screened=True)
        assert found == outcome(mutated(seed), screened=False), seed
        kinds |= {line.split(": ")[1] for line in found[0]}
    assert len(kinds) > 4


def all_at_once(due, tables, shown):
    """The report of frictionless on all tables, each with all its columns and keys."""
    keys = {name: module._usable_keys(each, tables) for name, each in tables.items() if each.readable}
    resources = [module._resource(tables[name], own, shown) for name, own in keys.items()]
    report = Package(resources=resources).validate(limit_errors=5_000)
    report.tasks = [task for task in report.tasks if task.name in due]
    yield report


@pytest.mark.slow
@pytest.mark.parametrize("seeds", [range(start, start + 20) for start in range(200, 300, 20)])
def test_each_table_beside_the_columns_it_points_to_gets_the_verdict_of_the_whole_package(seeds, monkeypatch):
    for seed in seeds:
        found = outcome(mutated(seed), screened=False)
        with monkeypatch.context() as patch:
            patch.setattr(module, "_reports", all_at_once)
            assert found == outcome(mutated(seed), screened=False), seed


def test_a_sound_table_shows_no_row_and_a_wrong_cell_its_own():
    tables = base()
    key = FIGURES["foreignKeys"]
    assert doubtful(tables["figures"], tables, key) == ()
    tables["figures"].rows[7][2] = "不详"
    tables["figures"].rows[9][:2] = ["a-1", "1950"]
    tables["figures"].rows[12][6] = tables["figures"].rows[5][6]
    assert doubtful(tables["figures"], tables, key) == (5, 7, 9, 12)


def test_a_schema_that_nothing_can_be_said_of_shows_every_row():
    tables = base()
    tables["places"].schema["fields"][1]["type"] = "no-such-type"
    assert doubtful(tables["places"], tables, []) == tuple(tables["places"].rows)


def test_of_the_published_package_no_row_is_doubtful(monkeypatch):
    shown = {}
    original = module._shown
    monkeypatch.setattr(module, "_shown", lambda due, tables: shown.setdefault("it", original(due, tables)))
    passed.forget()
    assert reader.read_snapshot(take(ROOT / "datapackage")).problems == ()
    assert {name: len(rows) for name, rows in shown["it"].items() if rows} == {}
