"""How long the open data of a package take, format by format, and how large they are.

Usage: python benchmarks/opendata_speed.py [PACKAGE] [YYYY-MM-DD]     (run from the project's root)
Times are of the processor, so that what else the machine does is not counted. Reading and assessing are timed apart:
they are paid once by the whole build.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[1]))

from build_scripts.exports import Publication, artifacts, assessed_edition
from build_scripts.exports.api import api_files
from build_scripts.exports.catalogue import catalogue
from build_scripts.exports.descriptor import package_zip
from build_scripts.exports.downloads import document, writers
from build_scripts.exports.formats import sqlite, to_json, workbook
from build_scripts.exports.openapi import openapi
from build_scripts.exports.rdf import json_ld, turtle
from build_scripts.exports.sdmx import sdmx_csv
from build_scripts.exports.sdmx_structure import sdmx_structure
from build_scripts.load import read, records
from build_scripts.report import build_report

LIMIT_SECONDS = 5.0
T = TypeVar("T")


def timed(label: str, work: Callable[[], T], size: Callable[[T], int] | None = None) -> T:
    start = time.process_time()
    result = work()
    seconds = time.process_time() - start
    print(f"{label:<34}{seconds * 1000:9.0f} ms" + (f"{size(result) / 1000:12,.0f} kB" if size else ""))
    return result


def main(folder: Path, as_of: date) -> int:
    read_tables = timed("read and validate the package", lambda: read(folder))
    package, schemas = records(read_tables), {name: table.schema for name, table in read_tables.text.items()}
    edition = timed(
        "assess, with history by quarter",
        lambda: assessed_edition(build_report(package, as_of), schemas, base_url="https://example.org/"),
    )
    print(f"\n{len(package.targets)} targets, {len(edition.history)} points of history")
    publication = Publication(edition)
    tables = timed("tables", lambda: publication.tables)
    listed = list(tables.values())
    total = lambda made: sum(map(len, made))  # noqa: E731
    for kind, writer in writers(edition).items():
        timed(f"  {kind}, every table", lambda writer=writer: [writer(table) for table in listed], total)
    downloads = publication.downloads
    timed("  xlsx, the package in one", lambda: workbook(listed[:16], document(edition, edition.title)), len)
    timed("  sqlite", lambda: sqlite(listed), len)
    timed("  zip", lambda: package_zip(edition, publication.descriptor, downloads), len)
    timed("  sdmx csv and structure", lambda: [sdmx_csv(edition), sdmx_structure(edition)], total)
    timed("  subsets", lambda: [each.content for each in publication.subsets], total)
    timed("  api", lambda: [data for _, data in api_files(edition, tables)], total)
    timed("  openapi", lambda: to_json(openapi(edition, tables)), len)
    nodes = timed("  catalogue", lambda: catalogue(edition, listed, downloads))
    timed("  turtle and json-ld", lambda: [turtle(nodes), to_json(json_ld(nodes))], total)

    start = time.process_time()
    made = list(artifacts(Publication(edition)))
    seconds = time.process_time() - start
    print(
        f"\neverything from scratch: {seconds:.2f} s, {len(made)} files, {sum(len(a.data) for a in made) / 1e6:.1f} MB"
    )
    return 0 if seconds < LIMIT_SECONDS else 1


if __name__ == "__main__":
    package_dir = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("datapackage")
    day = date.fromisoformat(sys.argv[2]) if len(sys.argv) > 2 else date(2026, 11, 21)
    sys.exit(main(package_dir, day))
