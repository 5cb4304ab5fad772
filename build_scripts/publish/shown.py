"""Which sources any published version of the site has shown: what they said can be corrected, never taken back unseen.

Gets the address that is served, gives source ids, read off each kept version's own table of sources.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from build_scripts.publish.versions import versions_of

_SOURCES = Path("data") / "csv" / "sources.csv"
_SEARCHES = Path("data") / "csv" / "searches.csv"


def shown_sources(target: Path) -> frozenset[str]:
    """The ids of all sources in what is out and in the versions kept beside it; none where nothing was published."""
    return frozenset(source_id for folder in _folders(target) for source_id in _ids(folder / _SOURCES))


def shown_searches(target: Path) -> frozenset[str]:
    """The ids of all searches that what is out, or a version kept beside it, tells of."""
    return frozenset(search_id for folder in _folders(target) for search_id in _ids(folder / _SEARCHES, "search_id"))


def _folders(target: Path) -> Iterator[Path]:
    yield target
    versions = versions_of(target)
    if versions.is_dir():
        yield from sorted(path for path in versions.iterdir() if path.is_dir())


def _ids(table: Path, column: str = "source_id") -> Iterator[str]:
    try:
        with table.open(encoding="utf-8-sig", newline="") as file:
            yield from (row[column] for row in csv.DictReader(file) if row.get(column))
    except FileNotFoundError:
        return
