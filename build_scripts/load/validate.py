"""frictionless over the whole package: schemas, types, constraints, primary and foreign keys.

Gets clean tables, gives frictionless's findings in our codes and sentences, and drops the rows they concern. The tables
go in as text already read, so nothing is opened twice and nothing preflight has said is said again.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence

from frictionless import FrictionlessException, Package, Resource, Schema

from build_scripts.load.preflight import CleanTable
from build_scripts.load.say import Place, problem
from build_scripts.load.snapshot import DESCRIPTOR
from build_scripts.load.translate import Translator
from build_scripts.model import Problem

_MAX_ERRORS = 5_000


def validate(tables: Mapping[str, CleanTable]) -> list[Problem]:
    """Every finding of frictionless over `tables`; the rows concerned are dropped from them."""
    problems: list[Problem] = []
    resources: list[Resource] = []
    for table in tables.values():
        if not table.readable:
            continue
        resource, found = _resource(table, tables)
        problems += found
        if resource is None:
            table.readable = False
        else:
            resources.append(resource)
    return problems + _run(resources, tables)


def _run(resources: Sequence[Resource], tables: Mapping[str, CleanTable]) -> list[Problem]:
    """Validate the resources together; what frictionless itself cannot bear is a problem of the descriptor."""
    problems: list[Problem] = []
    try:
        report = Package(resources=list(resources)).validate(limit_errors=_MAX_ERRORS)
    except Exception as error:  # a library given any schema at all must not end in a traceback
        return [problem("descriptor-invalid", Place(DESCRIPTOR), reason=_reason(error))]
    problems += [problem("descriptor-invalid", Place(DESCRIPTOR), reason=error.note) for error in report.errors]
    dropped: list[tuple[CleanTable, int]] = []
    for task in report.tasks:
        table = tables[task.name]
        translator = Translator(table, tables)
        found = [translator.problem(error) for error in task.errors]
        problems += _once(item for item in found if item)
        dropped += [(table, row) for row in translator.bad_rows]
    for table, row in dropped:
        table.drop(row)
    return problems


def _once(problems: Iterable[Problem]) -> list[Problem]:
    """One problem a cell: an empty or wrong cell breaks several constraints at once."""
    first: dict[tuple[int, str], Problem] = {}
    for item in problems:
        first.setdefault((item.row, item.field or item.code), item)
    return list(first.values())


def _resource(table: CleanTable, tables: Mapping[str, CleanTable]) -> tuple[Resource | None, list[Problem]]:
    """A frictionless resource over the table's text, keys into unreadable tables left out."""
    schema = copy.deepcopy(dict(table.schema))
    problems = _unknown_references(table, tables)
    keys = schema.get("foreignKeys")
    if isinstance(keys, list):
        schema["foreignKeys"] = [key for key in keys if _usable(key, table, tables)]
    try:
        rows = [list(table.fields), *table.rows.values()]
        resource = Resource(name=table.name, data=rows, schema=Schema.from_descriptor(schema))
    except Exception as error:  # as above
        return None, [*problems, problem("schema-invalid", table.place, do="do_reason", reason=_reason(error))]
    return resource, problems


def _reference(key: object) -> str | None:
    reference = key.get("reference") if isinstance(key, dict) else None
    name = reference.get("resource", "") if isinstance(reference, dict) else None
    return name if isinstance(name, str) else None


def _usable(key: object, table: CleanTable, tables: Mapping[str, CleanTable]) -> bool:
    """Whether a foreign key can be checked: its table could be read. Malformed keys go on to frictionless."""
    name = _reference(key)
    if name is None or name in {"", table.name}:
        return True
    return name in tables and tables[name].readable


def _unknown_references(table: CleanTable, tables: Mapping[str, CleanTable]) -> list[Problem]:
    keys = table.schema.get("foreignKeys")
    names = {_reference(key) for key in keys} if isinstance(keys, list) else set()
    unknown = sorted(name for name in names if name and name not in tables)
    return [problem("schema-reference", table.place, reference=name) for name in unknown]


def _reason(error: Exception) -> str:
    if isinstance(error, FrictionlessException):
        notes = [item.note for item in (error.reasons or [error.error])]
        return "；".join(dict.fromkeys(notes))[:200]
    return type(error).__name__
