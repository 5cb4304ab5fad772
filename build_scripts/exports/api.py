"""The static API under `api/v1/`. Gets an `Edition` and its tables, gives files: answers, JSON Schemas, OpenAPI.

Addresses never change: a new form of answer gets a new version beside this one. Rows are as in the downloads, field for
field; keys are sorted and Chinese is written as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from build_scripts.core.method import METHOD_VERSION, Step
from build_scripts.core.periods import as_written
from build_scripts.core.records import Target
from build_scripts.core.tables import TABLES
from build_scripts.explain import unlock
from build_scripts.exports.citation import cite_target
from build_scripts.exports.downloads import table_path
from build_scripts.exports.edition import Edition
from build_scripts.exports.formats import json_answer, to_json
from build_scripts.exports.jsonschema import Definition, definition_name, definitions, standalone
from build_scripts.exports.tables import Cell, Table
from build_scripts.locale import t

API_VERSION = "v1"
ROOT = f"api/{API_VERSION}/"
# Tables made here, beside those of the contract.
DERIVED = ("assessments", "task_assessments", "group_assessments", "status_history", "provenance", "standing")
# Of a table that may hold hundreds of thousands of rows there is one JSON file, and the interface leads to it.
ELSEWHERE = frozenset({"breakdowns"})
Records = tuple[dict[str, Cell], ...]


def endpoints(tables: Iterable[str]) -> Mapping[str, str]:
    """Of some tables those the API answers with, by the last part of their address."""
    there = set(tables)
    return {name.replace("_", "-"): name for name in (*TABLES, *DERIVED) if name in there - ELSEWHERE}


def api_files(
    edition: Edition, tables: Mapping[str, Table], written: Callable[[Table], bytes]
) -> Iterator[tuple[str, bytes]]:
    """Every answer and every schema of the API, as path from the site's root and bytes.

    `written` gives the file of a table as JSON, which is there already.
    """
    found = definitions(tables.values())
    for name, table in endpoints(tables).items():
        path = f"{ROOT}{name}.json"
        yield path, json_answer(written(tables[table]), meta(edition, path))
    yield from _targets(edition, tables)
    yield f"{ROOT}index.json", to_json(index(edition, tables))
    for name in schema_names(tables):
        path = f"{ROOT}schemas/{name}.json"
        yield path, to_json(schema_file(edition, name, found))


def meta(edition: Edition, path: str) -> dict[str, str]:
    """What every answer says of itself: versions, day, licence, publisher, its own address."""
    return {
        "api_version": API_VERSION,
        "data_version": edition.version,
        "method_version": METHOD_VERSION,
        "as_of": edition.as_of.isoformat(),
        "title": edition.title,
        "publisher": edition.publisher,
        "licence": edition.licence.get("path") or edition.licence.get("name", ""),
        "disclaimer": t("status.disclaimer"),
        "self": edition.address(path, path),
    }


def index(edition: Edition, tables: Mapping[str, Table]) -> dict[str, Any]:
    """The list of what can be asked for, with how many rows each answer has."""
    here = f"{ROOT}index.json"
    listed = [
        {
            "path": edition.address(f"{ROOT}{name}.json", here),
            "title": tables[table].title,
            "schema": edition.address(f"{ROOT}schemas/{definition_name(table)}List.json", here),
            "count": len(tables[table].rows),
        }
        for name, table in endpoints(tables).items()
    ]
    detail = {
        "path": edition.address(f"{ROOT}targets/{{target_id}}.json", here),
        "title": t("opendata.api.target"),
        "schema": edition.address(f"{ROOT}schemas/TargetDetail.json", here),
        "count": len(edition.package.targets),
    }
    files = [
        {
            "path": edition.address(table_path(name, "json"), here),
            "title": tables[name].title,
            "count": len(tables[name].rows),
        }
        for name in sorted(ELSEWHERE & tables.keys())
    ]
    return {
        "meta": meta(edition, here),
        "endpoints": [*listed, detail],
        "files": files,
        "openapi": edition.address(f"{ROOT}openapi.json", here),
    }


def schema_names(tables: Iterable[str]) -> tuple[str, ...]:
    """The names of the schemas that are files of their own: one for each kind of answer."""
    return ("Index", "TargetDetail", *(f"{definition_name(table)}List" for table in endpoints(tables).values()))


def schema_file(edition: Edition, name: str, found: Mapping[str, Definition]) -> Definition:
    """The JSON Schema of one kind of answer; its `$id` is its address, left out when that is not absolute."""
    path = f"{ROOT}schemas/{name}.json"
    schema = standalone(name, found, edition.address(path, path))
    return schema if edition.base_url else {key: value for key, value in schema.items() if key != "$id"}


def _targets(edition: Edition, tables: Mapping[str, Table]) -> Iterator[tuple[str, bytes]]:
    """One answer a target, with its explanation and history."""
    joined = _Joined(edition, tables)
    for target, record in zip(edition.package.targets, tables["targets"].records(), strict=False):
        path = f"{ROOT}targets/{target.target_id}.json"
        yield path, to_json({"meta": meta(edition, path), "target": record, **joined.detail(target)})


class _Joined:
    """The rows of other tables by the target they belong to; made once for all targets."""

    def __init__(self, edition: Edition, tables: Mapping[str, Table]) -> None:
        self.edition = edition
        self.by_target = {
            name: _grouped(tables[name], "target_id")
            for name in ("assessments", "status_history", "related_indicators", "tasks")
        }
        self.observations = tables["observations"]
        self.places = {id(each): place for place, each in enumerate(edition.package.observations)}
        series = {(each.indicator_id, each.region_id) for each in edition.package.targets}
        self.values = _grouped(self.observations, "indicator_id", "region_id", only=series)
        self.sources = _grouped(tables["sources"], "source_id")
        self.searches = _grouped(tables["searches"], "search_id")

    def detail(self, target: Target) -> dict[str, Any]:
        """Everything about a target but its own row."""
        own = {name: list(groups.get((target.target_id,), ())) for name, groups in self.by_target.items()}
        values = list(self.values.get((target.indicator_id, target.region_id), ()))
        assessment = own["assessments"][0]
        return {
            "assessment": assessment,
            "explanation": self._explanation(target),
            "disclosure": self._disclosure(target),
            "history": own["status_history"],
            "observations": values,
            "latest": self._latest(target),
            "related_indicators": own["related_indicators"],
            "tasks": own["tasks"],
            "sources": self._sources(target, values, str(assessment["source_ids"] or "")),
            "citation": cite_target(self.edition, target).forms(),
            "links": self._links(target, bool(values)),
        }

    def _latest(self, target: Target) -> dict[str, Cell] | None:
        """The published value that tells of a target, None where none does."""
        told = self.edition.told(target)
        place = self.places.get(id(told))
        return None if place is None else self.observations.record(place)

    def _explanation(self, target: Target) -> dict[str, Any]:
        steps = self.edition.assessments[target.target_id].steps
        sentences = self.edition.sentences.get(target.target_id, ())
        missing = unlock(target, self.edition.assessments[target.target_id], self.edition.package)
        return {"steps": [_step(step) for step in steps], "sentences": list(sentences), "unlock": missing or None}

    def _disclosure(self, target: Target) -> dict[str, Any] | None:
        """What was searched for a target past its deadline without a value; null for all others."""
        found = self.edition.searched.get(target.target_id)
        if found is None:
            return None
        searches = [row for each in found.searches for row in self.searches[each.search_id,]]
        return {"state": found.state.value, "label": t(f"disclosure.label.{found.state}"), "searches": searches}

    def _sources(self, target: Target, values: list[dict[str, Cell]], judged: str) -> list[dict[str, Cell]]:
        ids = [row["source_id"] for row in values] + [target.baseline_source_id, *judged.split(";")]
        wanted = dict.fromkeys(each for each in ids if each)
        return [row for each in wanted for row in self.sources.get((each,), ())]

    def _links(self, target: Target, has_values: bool) -> dict[str, str | None]:
        address = partial(self.edition.address, seen_from=f"{ROOT}targets/{target.target_id}.json")
        return {
            "page": address(f"targets/{target.target_id}/"),
            "project": address(f"projects/{target.project_id}/") if target.project_id else None,
            "indicator": address(f"indicators/{target.indicator_id}/"),
            "csv": address(f"data/subsets/targets/{target.target_id}.csv") if has_values else None,
        }


def _step(step: Step) -> dict[str, Any]:
    values = {name: as_written(value) for name, value in step.values}
    return {"code": step.code, "rule": step.rule, "values": values}


def _grouped(
    table: Table, *columns: str, only: Container[tuple[Cell, ...]] | None = None
) -> dict[tuple[Cell, ...], list[dict[str, Cell]]]:
    """The rows of a table by the values of some columns; with `only`, those of these values."""
    groups: dict[tuple[Cell, ...], list[dict[str, Cell]]] = {}
    for place, key in enumerate(zip(*map(table.column, columns), strict=True)):
        if only is None or key in only:
            groups.setdefault(key, []).append(table.record(place))
    return groups
