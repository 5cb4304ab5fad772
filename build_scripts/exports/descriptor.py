"""The `datapackage.json` of the published files and the zip that holds them. Gets tables as CSV, gives bytes.

The same descriptor serves from the site and from the unpacked zip, because both keep the CSV in the same places.
Schemas are part of it, so nothing else has to be fetched to validate it.
Source: Data Package v2.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from build_scripts.core.settings import DESCRIPTOR
from build_scripts.exports.downloads import FOLDER, Download, table_path
from build_scripts.exports.edition import Edition
from build_scripts.exports.formats import to_json, zipped
from build_scripts.exports.tables import Table
from build_scripts.locale import t

_COPIED = (
    "$schema",
    "name",
    "title",
    "description",
    "version",
    "contract",
    "created",
    "licenses",
    "contributors",
    "keywords",
    "disclosure",
)


def descriptor(edition: Edition, tables: Iterable[Table], files: Mapping[str, bytes]) -> dict[str, Any]:
    """The published package's descriptor; `files` are the CSV files by path, for their sizes and hashes."""
    meta = edition.package.meta
    kept = {key: meta[key] for key in (*_COPIED, "sources", "homepage") if meta.get(key)}
    resources = [_resource(table, files[table_path(table.name, "csv")]) for table in tables]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        **kept,
        "name": edition.name,
        **({"id": edition.doi_link} if edition.doi else {}),
        **({"homepage": edition.base_url} if edition.base_url else {}),
        "version": edition.version,
        "as_of": edition.as_of.isoformat(),
        "resources": resources,
    }


def _resource(table: Table, content: bytes) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": table.description,
        "path": table_path(table.name, "csv").removeprefix(FOLDER),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "rows": len(table.rows),
        "derived": table.derived,
        "schema": table.schema,
    }


def package_zip(edition: Edition, described: Mapping[str, Any], tables: Iterable[Download]) -> bytes:
    """The whole package: descriptor, every table as CSV, a note for the reader, and the hashes of all of these."""
    files = {each.path.removeprefix(FOLDER): each.content for each in tables if each.format == "csv"}
    files[DESCRIPTOR] = to_json(described)
    files["README.md"] = readme(edition).encode()
    listed = sorted((path, hashlib.sha256(content).hexdigest()) for path, content in files.items())
    files["SHA256SUMS"] = "".join(f"{sha256}  {path}\n" for path, sha256 in listed).encode()
    return zipped(files, edition.as_of)


def readme(edition: Edition) -> str:
    """What the zip says of itself to whoever unpacks it."""
    return t(
        "opendata.readme.text",
        title=edition.title,
        version=edition.version,
        as_of=edition.as_of.isoformat(),
        publisher=edition.publisher,
        licence=edition.licence.get("title") or edition.licence.get("name", ""),
        licence_url=edition.licence.get("path", ""),
        address=edition.base_url or t("opendata.readme.no_address"),
        disclaimer=t("status.disclaimer"),
    )
