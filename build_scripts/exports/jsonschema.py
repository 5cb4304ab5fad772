"""JSON Schemas of the API's answers, made from the Table Schemas so that they cannot drift. Gets tables, gives dicts.

Definitions refer to each other as `#/$defs/NAME`; the OpenAPI file holds the same ones under another address.
Source: JSON Schema 2020-12, which OpenAPI 3.1 uses unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from build_scripts.core.method import Family, Grade, Reason, Status
from build_scripts.exports.tables import Field, Table
from build_scripts.locale import t

Definition = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_LOCAL = "#/$defs/"
_FORMATS: Mapping[str, Definition] = {
    "number": {"type": "number"},
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "string": {"type": "string"},
}
_CARRIED = {"pattern", "maxLength", "minLength", "enum"}
_CODES: Mapping[str, type[Status | Family | Reason | Grade]] = {
    "status": Status,
    "family": Family,
    "reason": Reason,
    "grade": Grade,
}


def reference(name: str) -> Definition:
    """A reference to the definition `name`."""
    return {"$ref": f"{_LOCAL}{name}"}


def definition_name(table: str) -> str:
    """The name of a table's record (`task_events` → `TaskEvents`)."""
    return "".join(part.capitalize() for part in table.split("_"))


def record_definition(table: Table) -> Definition:
    """The schema of one row as a JSON object: every column is there, empty cells are null."""
    return {
        "title": table.title,
        "description": table.description,
        "type": "object",
        "properties": {field.name: _property(field, table) for field in table.fields},
        "required": list(table.names),
        "additionalProperties": False,
    }


def _property(field: Field, table: Table) -> Definition:
    schema: Definition = {**_FORMATS.get(field.type, {"type": "string"}), "title": field.title}
    if field.description:
        schema["description"] = field.description
    constraints = field.raw.get("constraints", {})
    schema |= {key: value for key, value in constraints.items() if key in _CARRIED}
    if table.derived and field.name in _CODES:
        schema["enum"] = [code.value for code in _CODES[field.name]]
    if field.type in {"number", "integer"}:
        schema |= {key: constraints[key] for key in ("minimum", "maximum") if key in constraints}
    if field.required or field.name in table.primary_key:
        return schema
    schema["type"] = [schema["type"], "null"]
    if "enum" in schema:
        schema["enum"] = [*schema["enum"], None]
    return schema


def definitions(tables: Iterable[Table]) -> dict[str, Definition]:
    """Every definition the API uses, by name."""
    listed = tuple(tables)
    found = {definition_name(table.name): record_definition(table) for table in listed}
    for table in listed:
        found[f"{definition_name(table.name)}List"] = _object(
            table.title, {"meta": reference("Meta"), "items": _array(reference(definition_name(table.name)))}
        )
    return {**found, **_fixed()}


def _fixed() -> dict[str, Definition]:
    """The definitions that are not tables."""
    text: Definition = {"type": "string"}
    nullable: Definition = {"type": ["string", "null"]}
    value: Definition = {"type": ["number", "string", "null"]}
    values: Definition = {"type": "object", "additionalProperties": value}
    step: dict[str, Definition] = {"code": text, "rule": text, "values": values}
    meta = ("api_version", "data_version", "method_version", "title", "publisher", "licence", "disclaimer", "self")
    count: Definition = {"type": "integer", "minimum": 0}
    endpoint: dict[str, Definition] = {"path": text, "title": text, "schema": text, "count": count}
    citation = ("gbt7714", "apa", "bibtex", "ris")
    return {
        "Meta": _object(t("opendata.api.meta"), {**dict.fromkeys(meta, text), "as_of": _FORMATS["date"]}),
        "Step": _object(t("opendata.api.step"), step),
        "Explanation": _object(
            t("opendata.api.explanation"),
            {"steps": _array(reference("Step")), "sentences": _array(text), "unlock": nullable},
        ),
        "Disclosure": _object(
            t("opendata.api.disclosure"), {"state": text, "label": text, "searches": _array(reference("Searches"))}
        ),
        "Citation": _object(t("opendata.api.citation"), {**dict.fromkeys(citation, text), "csl": {"type": "object"}}),
        "Links": _object(
            t("opendata.api.links"), {"page": text, "project": nullable, "indicator": text, "csv": nullable}
        ),
        "TargetDetail": _object(
            t("opendata.api.target"),
            {
                "meta": reference("Meta"),
                "target": reference("Targets"),
                "assessment": reference("Assessments"),
                "explanation": reference("Explanation"),
                "disclosure": {"anyOf": [reference("Disclosure"), {"type": "null"}]},
                "history": _array(reference("StatusHistory")),
                "observations": _array(reference("Observations")),
                "latest": {"anyOf": [reference("Observations"), {"type": "null"}]},
                "related_indicators": _array(reference("RelatedIndicators")),
                "tasks": _array(reference("Tasks")),
                "sources": _array(reference("Sources")),
                "citation": reference("Citation"),
                "links": reference("Links"),
            },
        ),
        "Endpoint": _object(t("opendata.api.endpoint"), endpoint),
        "File": _object(t("opendata.api.file"), {"path": text, "title": text, "count": count}),
        "Index": _object(
            t("opendata.api.index"),
            {
                "meta": reference("Meta"),
                "endpoints": _array(reference("Endpoint")),
                "files": _array(reference("File")),
                "openapi": text,
            },
        ),
    }


def _object(title: str, properties: Mapping[str, Definition]) -> Definition:
    return {
        "title": title,
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _array(items: Definition) -> Definition:
    return {"type": "array", "items": items}


def standalone(name: str, found: Mapping[str, Definition], address: str) -> Definition:
    """The schema `name` as a file of its own: with the definitions it needs, under the address `address`."""
    needed: dict[str, Definition] = {}
    open_names = [name]
    while open_names:
        current = open_names.pop()
        if current not in needed:
            needed[current] = found[current]
            open_names += _references(found[current])
    return {"$schema": DIALECT, "$id": address, **reference(name), "$defs": dict(sorted(needed.items()))}


def _references(value: object) -> list[str]:
    """The names of the definitions that a schema refers to."""
    if isinstance(value, dict):
        target = value.get("$ref")
        own = [target.removeprefix(_LOCAL)] if isinstance(target, str) else []
        return own + [name for each in value.values() for name in _references(each)]
    if isinstance(value, list):
        return [name for each in value for name in _references(each)]
    return []


def moved(value: object, prefix: str) -> object:
    """The same schema with its references pointing below `prefix` instead of `#/$defs/`."""
    if isinstance(value, dict):
        return {
            key: f"{prefix}{str(each).removeprefix(_LOCAL)}" if key == "$ref" else moved(each, prefix)
            for key, each in value.items()
        }
    return [moved(each, prefix) for each in value] if isinstance(value, list) else value
