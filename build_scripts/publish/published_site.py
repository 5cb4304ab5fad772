"""A published version told apart from the site it was made of: what `publish` added, what it wrote, what was built.

Gets a version's folder and the record of publications, gives the hashes its files had when they were built. Whatever
was touched since keeps the hash it has now, so that a comparison names it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from build_scripts.core.editions import Edition
from build_scripts.core.records import Approval
from build_scripts.publish.approval_lines import CHANGES, as_built, first_out
from build_scripts.publish.ledger import spellings
from build_scripts.publish.site_state import read_state
from build_scripts.publish.versions import APPROVAL, approval_of

MANIFEST = "publications/manifest.json"


def is_published(site: Path) -> bool:
    """Whether a folder is a version that was let out, not a site as built."""
    return (site / APPROVAL).is_file()


def built_hashes(
    version: Path, editions: Iterable[Edition], found: Mapping[str, str], recorded: Sequence[Approval]
) -> dict[str, str]:
    """The hashes of a version's files by path, as they were before it was let out; `found` are those of now."""
    approval, _ = approval_of(version)
    known = [*(each for each in recorded if each.published_at < approval.published_at), approval]
    hashes = {path: value for path, value in found.items() if not _is_as_recorded(version, path, value)}
    for edition in editions:
        place = version / edition.folder
        with edition.speaking():
            pages = as_built(place, approval, first_out(read_state(place), known))
        hashes |= {f"{edition.folder}{path}": hashlib.sha256(content).hexdigest() for path, content in pages.items()}
    return hashes


def _is_as_recorded(version: Path, path: str, value: str) -> bool:
    """Whether a file is one that `publish` added, as it wrote it; the approval has nothing to be held against."""
    if path in {APPROVAL, MANIFEST}:
        return path == APPROVAL or value == _recorded(version, path)
    return (path == CHANGES or path.endswith(f"/{CHANGES}")) and value == _recorded(version, path)


def _recorded(version: Path, path: str) -> str:
    """The hash that a published version itself names for a file; empty where it names none."""
    try:
        if path == MANIFEST:
            return str(json.loads((version / APPROVAL).read_bytes())["manifest_sha256"])
        files: Iterable[Any] = json.loads((version / MANIFEST).read_bytes())["files"]
        return next(str(each["sha256"]) for each in files if each["path"] == path)
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return ""


def publications_then(recorded: Sequence[Approval], sha256: str | None) -> int | None:
    """How many of the recorded publications a site knew that saw the record with this hash (None: no record yet)."""
    if sha256 is None:
        return 0
    for count in range(len(recorded), -1, -1):
        if any(hashlib.sha256(each).hexdigest() == sha256 for each in spellings(recorded[:count])):
            return count
    return None
