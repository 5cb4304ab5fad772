"""The one writer of the build: gets artifacts and the hand-written `docs/`, gives the overlay `build/docs`, in sync.

The overlay is changed in place: only files whose bytes differ are written and files nobody owns any more are
removed, because a recreated folder silently ends live reload in both site engines.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from build_scripts.core.errors import SiteError
from build_scripts.core.language import Later
from build_scripts.core.records import Artifact
from build_scripts.load import backups, source_files
from build_scripts.locale import later, listed
from build_scripts.site.filed import Filed, is_inside, write

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Staged:
    """What one run changed in the overlay: paths written and removed, and how many stayed as they were.

    `notices` are lines for whoever builds the site; `hashes` is the SHA-256 of every file, by path.
    """

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    notices: tuple[Later, ...] = ()
    hashes: Mapping[str, str] = field(default_factory=dict, repr=False)


def stage(
    artifacts: Iterable[Artifact], docs_dir: Path, staged_dir: Path, by_hand: Iterable[Artifact] | None = None
) -> Staged:
    """Bring `staged_dir` in step with `docs_dir` (`by_hand` where only some of it counts) plus `artifacts`.

    The manifest is written beside it.

    Raises:
        SiteError: two owners want one path, a path or a link leaves its folder, or the folder cannot be written.
    """
    files = merge([*(hand_written(docs_dir) if by_hand is None else by_hand), *artifacts])
    left = [f"{docs_dir.name}/{path}" for path in backups(docs_dir)]
    notices = (later("site.source.backups", count=len(left), files=Later(listed, left)),) if left else ()
    try:
        result = _sync(files, staged_dir)
        write(staged_dir.parent / MANIFEST, _manifest(files))
    except OSError as failure:
        raise SiteError(_unwritable(failure, staged_dir)) from failure
    return replace(result, notices=notices, hashes={path: each.sha256 for path, each in files.items()})


def _unwritable(failure: OSError, folder: Path) -> Later:
    return later("errors.unwritable", path=failure.filename or folder, reason=failure.strerror or failure)


def hand_written(docs_dir: Path) -> list[Artifact]:
    """The files under `docs/`, in path order, without hidden ones and what editors leave.

    Raises:
        SiteError: a link leads out of the folder, to a folder, or nowhere.
    """
    return [Artifact(name, path.read_bytes(), f"docs/{name}") for name, path in source_files(docs_dir)]


def merge(artifacts: Iterable[Artifact]) -> Mapping[str, Artifact]:
    """Artifacts by path, in path order.

    Raises:
        SiteError: two owners want one path (also when they differ by case only), or a path leaves the folder.
    """
    owners: dict[str, Artifact] = {}
    for artifact in artifacts:
        if not is_inside(artifact.path):
            raise SiteError(later("errors.site.outside", owner=artifact.owner, path=artifact.path))
        first = owners.setdefault(artifact.path.casefold(), artifact)
        if first is not artifact:
            raise SiteError(later("errors.site.twice", first=first.owner, second=artifact.owner, path=artifact.path))
    return {artifact.path: artifact for artifact in sorted(owners.values(), key=lambda each: each.path)}


def _sync(files: Mapping[str, Artifact], staged_dir: Path) -> Staged:
    """Write what differs, then remove what nobody owns."""
    removed = _remove_stale(files, staged_dir)
    written = [path for path, artifact in files.items() if _put(staged_dir / path, artifact)]
    return Staged(tuple(written), tuple(removed), len(files) - len(written))


def _put(path: Path, artifact: Artifact) -> bool:
    """Write an artifact unless it lies there already; says whether this run wrote it."""
    return artifact.changed if isinstance(artifact, Filed) else write(path, artifact.data)


def _remove_stale(files: Mapping[str, Artifact], staged_dir: Path) -> list[str]:
    """Remove files that are in the overlay but nobody's, and folders left empty; gives the paths of the files."""
    removed = []
    root = os.fspath(staged_dir)
    for place, folders, names in os.walk(root, topdown=False):
        links = [name for name in folders if os.path.islink(f"{place}/{name}")]  # noqa: PTH114 - thousands of them
        for name in (*names, *links):
            relative = f"{place}/{name}"[len(root) + 1 :]
            if relative not in files:
                os.unlink(f"{place}/{name}")  # noqa: PTH108
                removed.append(relative)
        if place != root and not any(os.scandir(place)):
            os.rmdir(place)  # noqa: PTH106
    return sorted(removed)


def _manifest(files: Mapping[str, Artifact]) -> bytes:
    """The list of staged files with owner, size in bytes and SHA-256, as JSON."""
    entries = [
        {
            "path": path,
            "owner": artifact.owner,
            "bytes": artifact.size,
            "sha256": artifact.sha256,
        }
        for path, artifact in files.items()
    ]
    return (json.dumps({"files": entries}, ensure_ascii=False, indent=1) + "\n").encode()
