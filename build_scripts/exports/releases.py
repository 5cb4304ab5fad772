"""Versions of the package that stay downloadable. Gets a publication and the version before, gives files to keep.

A release is a folder named by its version: the package as a zip, what changed since the version before (Markdown in a
text file, since engines make pages of every `.md`, and JSON), and `release.json`, which says what it is. Released bytes
never change; a correction is a new version.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from build_scripts.core.records import Package
from build_scripts.core.tables import TABLES
from build_scripts.exports.changes import as_json, markdown, summary
from build_scripts.exports.downloads import FOLDER
from build_scripts.exports.formats import to_json
from build_scripts.exports.publication import Publication
from build_scripts.exports.versions import ChangeList, diff

# Where released files are published; in the project they lie in `releases/`.
PUBLISHED = f"{FOLDER}releases/"
VERSION = re.compile(r"(?P<year>20\d\d)\.(?P<month>0[1-9]|1[0-2])(?:\.(?P<number>[1-9]\d?))?")

# The checksums of a version's files, which whoever lets it out may sign.
SUMS = "SHA256SUMS"

# What a first version is compared with.
_NO_ROWS: Mapping[str, Any] = dict.fromkeys(TABLES, ())
_EMPTY = Package({"version": ""}, **_NO_ROWS)


@dataclass(frozen=True, slots=True)
class Release:
    """A version let out: its day, the one before (`""` for the first), its zip, what changed, a digest of its rows."""

    version: str
    previous: str
    as_of: date
    zip_path: str
    zip_bytes: int
    zip_sha256: str
    summary: str
    content: str = ""


def version_order(version: str) -> tuple[int, int, int]:
    """A calendar version (`2026.11`, `2026.11.1`) as something that sorts.

    Raises:
        ValueError: the text is no calendar version.
    """
    found = VERSION.fullmatch(version)
    if not found:
        raise ValueError(version)
    return int(found["year"]), int(found["month"]), int(found["number"] or 0)


def release_files(publication: Publication, previous: Package | None) -> tuple[Mapping[str, bytes], ChangeList]:
    """The files of this version by path below `releases/`, and what changed since `previous`.

    Raises:
        ValueError: the package has no calendar version, or none later than the one before.
    """
    edition = publication.edition
    before = str(previous.meta.get("version") or "") if previous else ""
    if version_order(edition.number) <= (version_order(before) if before else (0, 0, 0)):
        raise ValueError(edition.number)
    changes = diff(previous or _EMPTY, edition.package)
    titles = {name: table.title for name, table in publication.tables.items()}
    name, content = f"{edition.name}-{edition.number}.zip", publication.zip.content
    said = {
        "version": edition.number,
        "previous": before,
        "as_of": edition.as_of,
        "zip": name,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "content": edition.content,
        "summary": summary(changes, titles),
    }
    made = {
        name: content,
        "changes.txt": markdown(changes, edition.as_of, titles).encode(),
        "changes.json": as_json(changes, edition.as_of),
        "release.json": to_json(said),
    }
    lines = (f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in sorted(made.items()))
    made[SUMS] = "".join(lines).encode()
    return {f"{edition.number}/{path}": data for path, data in made.items()}, changes


def altered(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """The paths of released files that are gone or not what the checksums of their version say, in order."""
    wrong = []
    for path, data in files.items():
        folder, _, name = path.rpartition("/")
        if name != SUMS or not folder:
            continue
        for line in data.decode("utf-8", "replace").splitlines():
            sha256, _, listed = line.partition("  ")
            there = f"{folder}/{listed}"
            if hashlib.sha256(files.get(there, b"")).hexdigest() != sha256:
                wrong.append(there)
    for each in releases(files):  # the first versions had no checksums but that of their zip
        there = each.zip_path.removeprefix(PUBLISHED)
        if hashlib.sha256(files.get(there, b"")).hexdigest() != each.zip_sha256:
            wrong.append(there)
    return tuple(sorted(set(wrong)))


def until(files: Mapping[str, bytes], day: date) -> Mapping[str, bytes]:
    """`files` without the versions whose data is of a later day."""
    later = {each.version for each in releases(files) if each.as_of > day}
    return {path: data for path, data in files.items() if path.split("/")[0] not in later}


def releases(files: Mapping[str, bytes]) -> tuple[Release, ...]:
    """The versions that were let out, newest first; `files` are those below `releases/` by path."""
    found = (_release(path, data) for path, data in files.items() if path.endswith("/release.json"))
    return tuple(sorted(found, key=lambda each: version_order(each.version), reverse=True))


def _release(path: str, data: bytes) -> Release:
    said = json.loads(data)
    folder = path.removesuffix("release.json")
    return Release(
        version=said["version"],
        previous=said["previous"],
        as_of=date.fromisoformat(said["as_of"]),
        zip_path=f"{PUBLISHED}{folder}{said['zip']}",
        zip_bytes=said["bytes"],
        zip_sha256=said["sha256"],
        summary=said["summary"],
        content=said.get("content", ""),
    )


def published_releases(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The released files where the site has them, as path from its root and bytes, and their list as JSON."""
    yield from ((f"{PUBLISHED}{path}", data) for path, data in sorted(files.items()))
    listed = [
        {
            "version": each.version,
            "previous": each.previous or None,
            "as_of": each.as_of,
            "path": each.zip_path,
            "bytes": each.zip_bytes,
            "sha256": each.zip_sha256,
            "content": each.content or None,
            "summary": each.summary,
        }
        for each in releases(files)
    ]
    yield f"{PUBLISHED}releases.json", to_json(listed)
