"""frictionless over the whole package: schemas, types, constraints, primary and foreign keys.

Gets clean tables, gives frictionless's findings in our codes and sentences, and drops the rows they concern. The tables
go in as text already read, so nothing is opened twice and nothing preflight has said is said again.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from frictionless import FrictionlessException, Package, Report, Resource, Schema

from build_scripts.core.records import Violation
from build_scripts.core.settings import DESCRIPTOR
from build_scripts.core.tables import TABLES
from build_scripts.load.dedupe import brief
from build_scripts.load.passed import has_passed, passed
from build_scripts.load.preflight import CleanTable
from build_scripts.load.screen import doubtful
from build_scripts.load.translate import Translator
from build_scripts.load.violations import Place, violation
from build_scripts.locale import by_semicolon, listed

_MAX_ERRORS = 5_000


def validate(tables: Mapping[str, CleanTable], *, screened: bool = True) -> list[Violation]:
    """Every finding of frictionless over `tables`; the rows concerned are dropped from them.

    Rows that are certainly right are not shown to it (`screen`), unless `screened` says so; the findings are the same.
    """
    problems: list[Violation] = []
    for table in tables.values():
        if table.readable and (found := _faults_of_schema(table, tables)):
            problems += found
            table.readable = False
    told = [item for table in tables.values() for item in _unknown_references(table, tables)]
    return problems + told + _run(tables, screened=screened)


def _run(tables: Mapping[str, CleanTable], *, screened: bool) -> list[Violation]:
    """Validate the tables that have not passed before; what frictionless itself cannot bear is a descriptor's fault."""
    problems: list[Violation] = []
    dropped: list[tuple[CleanTable, int]] = []
    try:
        keys = {name: _key(table, tables) for name, table in tables.items() if table.readable}
        changed = [name for name, key in keys.items() if not has_passed(key)]
        shown = _shown(changed, tables) if screened else {name: tuple(tables[name].rows) for name in keys}
        due = [name for name in changed if shown[name] or not has_passed(_key_without_rows(tables[name], tables))]
        reports = list(_reports(due, tables, shown))
    except Exception as error:  # a library given any schema at all must not end in a traceback
        return [violation("descriptor-invalid", Place(DESCRIPTOR), reason=_reason(error))]
    notes = dict.fromkeys(error.note for report in reports for error in report.errors)
    problems += [violation("descriptor-invalid", Place(DESCRIPTOR), reason=note) for note in notes]
    for name in changed:
        if name not in due:
            passed(keys[name])
    for task in (task for report in reports for task in report.tasks):
        table = tables[task.name]
        if not task.errors and not problems:
            passed(keys[task.name])
            passed(_key_without_rows(table, tables))
        translator = Translator(table, tables, shown[task.name])
        found = [translator.violation(error) for error in task.errors]
        problems += brief(table, tables, _once(item for item in found if item))
        dropped += [(table, row) for row in translator.bad_rows]
    for table, row in dropped:
        table.drop(row)
    return problems


def _shown(due: Sequence[str], tables: Mapping[str, CleanTable]) -> Mapping[str, tuple[int, ...]]:
    """The rows that frictionless is shown: the doubtful ones, and all of the tables that these point to."""
    readable = [name for name, table in tables.items() if table.readable]
    shown = {
        name: doubtful(tables[name], tables, _usable_keys(tables[name], tables)) if name in due else ()
        for name in readable
    }
    open_names = [name for name, rows in shown.items() if rows]
    whole: set[str] = set()
    while open_names:  # what a table points to is shown whole, and so is what that one points to
        name = open_names.pop()
        for parent in {_reference(key) or name for key in _usable_keys(tables[name], tables)} - whole:
            whole.add(parent)
            open_names.append(parent)
            shown[parent] = tuple(tables[parent].rows)
    return shown


def _reports(
    due: Sequence[str], tables: Mapping[str, CleanTable], shown: Mapping[str, Sequence[int]]
) -> Iterator[Report]:
    """The reports on the tables that are due, each by itself with the columns it points to.

    For every key frictionless copies and reads the table that it points to, with all its columns.
    """
    for name in due:
        keys = _usable_keys(tables[name], tables)
        wanted: dict[str, set[str]] = {}
        for key in keys:
            wanted.setdefault(_reference(key) or name, set()).update(_names(key["reference"]["fields"]))
        near = [_parent(tables[each], columns, shown) for each, columns in wanted.items() if each != name]
        package = Package(resources=[_resource(tables[name], keys, shown), *near])
        yield package.validate(name=name, limit_errors=_MAX_ERRORS)


def _key(table: CleanTable, tables: Mapping[str, CleanTable]) -> str:
    """A hash over everything frictionless's verdict on a table rests on: its schema and text, the ids it points to."""
    keys = _usable_keys(table, tables)
    parts: list[object] = [dict(table.schema), keys, table.fields, _hash_of_lines(table.rows.values())]
    for key in keys:
        parent = tables[_reference(key) or table.name]
        columns = [parent.fields.index(field) for field in _names(key["reference"]["fields"])]
        described = [item for item in parent.schema["fields"] if item["name"] in _names(key["reference"]["fields"])]
        parts += [parent.name, described, parent.schema.get("missingValues")]
        parts.append(_hash_of_lines([line[column] for column in columns] for line in parent.rows.values()))
    return _hash(parts)


def _key_without_rows(table: CleanTable, tables: Mapping[str, CleanTable]) -> str:
    """A hash over all that frictionless is shown of a table none of whose rows is doubtful."""
    keys = _usable_keys(table, tables)
    parents = [dict(tables[_reference(key) or table.name].schema) for key in keys]
    return _hash(["without rows", dict(table.schema), keys, table.fields, parents])


def _hash_of_lines(lines: Iterable[Sequence[str]]) -> str:
    """A hash over rows; the marks between cells and rows are characters that no cell may hold (`core.characters`)."""
    found = hashlib.sha256()
    rows = iter(lines)
    while some := list(islice(rows, 2_000)):
        found.update("".join("\x1f".join(line) + "\x1e" for line in some).encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def _hash(value: object) -> str:
    """A hash over plain data."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _once(problems: Iterable[Violation]) -> list[Violation]:
    """One problem a cell: an empty or wrong cell breaks several constraints at once."""
    first: dict[tuple[int, str], Violation] = {}
    for item in problems:
        first.setdefault((item.row, item.field or item.code), item)
    return list(first.values())


def _faults_of_schema(table: CleanTable, tables: Mapping[str, CleanTable]) -> list[Violation]:
    """What keeps a table's schema from being used: it is no Table Schema, or a foreign key names a missing field."""
    key = _hash(dict(table.schema))
    try:
        if not has_passed(key):
            Schema.from_descriptor(copy.deepcopy(dict(table.schema)))
            passed(key)
    except Exception as error:  # a library given any schema at all must not end in a traceback
        return [violation("schema-invalid", table.place, do="do_reason", reason=_reason(error))]
    problems = []
    for key in table.schema.get("foreignKeys", []):
        if not _is_whole(key):  # the library lets a key without one half pass
            return [
                violation("schema-invalid", table.place, do="do_reason", reason='"foreignKeys": "fields", "reference"')
            ]
        name = _reference(key) or table.name
        lacking = [
            field
            for field in _names(key["reference"]["fields"])
            if name in tables and field not in tables[name].field_names
        ]
        if lacking:
            facts = {"reference": name, "found": listed(lacking)}
            problems.append(violation("schema-reference", table.place, what="field", do="do_field", facts=facts))
    return problems


def _is_whole(key: object) -> bool:
    """Whether a foreign key says both of which fields and to which."""
    reference = key.get("reference") if isinstance(key, dict) else None
    return (
        isinstance(key, dict)
        and isinstance(reference, dict)
        and all(_names(each.get("fields")) for each in (key, reference))
    )


def _names(fields: object) -> list[str]:
    return [fields] if isinstance(fields, str) else [str(name) for name in fields] if isinstance(fields, list) else []


def _resource(table: CleanTable, keys: Sequence[Any], shown: Mapping[str, Sequence[int]]) -> Resource:
    """A frictionless resource over the rows of a table that are shown, keys into unreadable tables left out."""
    schema = copy.deepcopy(dict(table.schema))
    schema["foreignKeys"] = copy.deepcopy(list(keys))
    rows = [list(table.fields), *(table.rows[row] for row in shown[table.name])]
    return Resource(name=table.name, data=rows, schema=Schema.from_descriptor(schema))


def _parent(table: CleanTable, names: Collection[str], shown: Mapping[str, Sequence[int]]) -> Resource:
    """The columns of a table that keys point to, as frictionless reads them there."""
    places = [at for at, name in enumerate(table.fields) if name in names]
    schema = {
        "fields": [copy.deepcopy(item) for item in table.schema["fields"] if item["name"] in names],
        **{name: table.schema[name] for name in ("missingValues",) if name in table.schema},
    }
    rows = [[table.fields[at] for at in places]]
    rows += [[table.rows[row][at] for at in places] for row in shown[table.name]]
    return Resource(name=table.name, data=rows, schema=Schema.from_descriptor(schema))


def _usable_keys(table: CleanTable, tables: Mapping[str, CleanTable]) -> list[Any]:
    """The foreign keys of a table that can be checked."""
    return [key for key in table.schema.get("foreignKeys", []) if _usable(key, table, tables)]


def _reference(key: object) -> str | None:
    reference = key.get("reference") if isinstance(key, dict) else None
    name = reference.get("resource", "") if isinstance(reference, dict) else None
    return name if isinstance(name, str) else None


def _usable(key: object, table: CleanTable, tables: Mapping[str, CleanTable]) -> bool:
    """Whether a foreign key can be checked: its table could be read."""
    name = _reference(key)
    if name is None or name in {"", table.name}:
        return True
    return name in tables and tables[name].readable


def _unknown_references(table: CleanTable, tables: Mapping[str, CleanTable]) -> list[Violation]:
    """Foreign keys into tables nobody lists; what is wrong with a table of the contract has been told already."""
    keys = table.schema.get("foreignKeys")
    names = {_reference(key) for key in keys} if isinstance(keys, list) else set()
    unknown = sorted(name for name in names if name and name not in tables and name not in TABLES)
    return [violation("schema-reference", table.place, reference=name) for name in unknown]


def _reason(error: Exception) -> str:
    if isinstance(error, FrictionlessException):
        notes = [item.note for item in (error.reasons or [error.error])]
        return by_semicolon(dict.fromkeys(notes))[:200]
    return type(error).__name__
