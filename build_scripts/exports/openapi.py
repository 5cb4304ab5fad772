"""The OpenAPI 3.1 description of the static API. Gets tables and an example, gives a dict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from build_scripts.exports.api import API_VERSION, ROOT, endpoints
from build_scripts.exports.edition import Edition
from build_scripts.exports.jsonschema import DIALECT, definition_name, definitions, moved
from build_scripts.exports.tables import Table
from build_scripts.locale import t

_COMPONENTS = "#/components/schemas/"


def openapi(edition: Edition, tables: Mapping[str, Table]) -> dict[str, Any]:
    """The description of every address, with the schema of its answer.

    Addresses are relative to the server's, which is the site's root when it is known.
    """
    info: dict[str, Any] = {
        "title": t("opendata.api.title", title=edition.title),
        "description": t("opendata.api.description"),
        "version": edition.version,
    }
    if edition.licence.get("path"):
        info["license"] = {"name": edition.licence.get("name", ""), "url": edition.licence["path"]}
    paths = {"/index.json": _get("index", t("opendata.api.index"), "Index")}
    for name, table in endpoints(tables).items():
        listed = f"{definition_name(table)}List"
        paths[f"/{name}.json"] = _get(name, tables[table].title, listed, tables[table].description)
    paths["/targets/{target_id}.json"] = _target(edition)
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        "info": info,
        "servers": [{"url": edition.address(ROOT, f"{ROOT}openapi.json").rstrip("/"), "description": API_VERSION}],
        "paths": paths,
        "components": {"schemas": moved(definitions(tables.values()), _COMPONENTS)},
    }


def _get(operation: str, summary: str, schema: str, description: str = "") -> dict[str, Any]:
    answer = {"schema": {"$ref": f"{_COMPONENTS}{schema}"}}
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            **({"description": description} if description else {}),
            "responses": {
                "200": {"description": summary, "content": {"application/json": answer}},
                "404": {"description": t("opendata.api.not_found")},
            },
        }
    }


def _target(edition: Edition) -> dict[str, Any]:
    """The path of one target, with a real id as the example."""
    operation = _get("target", t("opendata.api.target"), "TargetDetail")
    parameter: dict[str, Any] = {
        "name": "target_id",
        "in": "path",
        "required": True,
        "description": t("opendata.api.target_id"),
        "schema": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 64},
    }
    if edition.package.targets:
        parameter["example"] = edition.package.targets[0].target_id
    operation["get"]["parameters"] = [parameter]
    return operation
