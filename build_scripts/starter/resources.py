"""A table's line in a descriptor. Gets a table of the contract and its schema, gives the resource as JSON has it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from build_scripts.core.tables import TABLES

SCHEMAS = "schemas"


def schema_of(engine: Path, name: str) -> dict[str, Any]:
    """The newest Table Schema of a table; the engine's checkout states it, whichever tables its own package has."""
    found: dict[str, Any] = json.loads((engine / "datapackage" / SCHEMAS / f"{name}.json").read_bytes())
    return found


def resource(engine: Path, name: str) -> dict[str, Any]:
    """The resource that lists a table whose file and schema lie where they usually do."""
    schema = schema_of(engine, name)
    return {
        "name": name,
        "type": "table",
        "title": schema["title"],
        "description": schema["description"],
        "path": TABLES[name].path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": f"{SCHEMAS}/{name}.json",
    }
