"""A version in the making: a copy of the built site, which becomes a version when its own record is written into it.

Gets the folder of the built site and its approval, gives the folder of the version; nothing leads to it yet.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from build_scripts.core.records import Approval
from build_scripts.publish.published_site import MANIFEST
from build_scripts.publish.versions import APPROVAL, as_json

_FOLDER_MODE, _FILE_MODE = 0o755, 0o644


def draft_of(site: Path, versions: Path, approval: Approval) -> Path:
    """A copy of the site that is to become a version of its own; gives its folder.

    What is one file under several names, as the data of a site in several languages, is so in the copy.
    """
    draft = versions / f".{approval.publication_id}.new"
    shutil.rmtree(draft, ignore_errors=True)
    known: dict[int, str] = {}  # by inode, the first of its names

    def copy(source: str, target: str) -> str:
        there = known.setdefault(os.stat(source).st_ino, target)  # noqa: PTH116 - `copytree` gives texts
        if there == target:
            shutil.copy2(source, target)
        else:
            os.link(there, target)
        return target

    shutil.copytree(site, draft, copy_function=copy)
    return draft


def finished(draft: Path, approval: Approval, before: Approval | None) -> Path:
    """The draft with the hashes of its files and the record of its approval, under its own name; gives its folder."""
    manifest = _json(
        {
            "publication_id": approval.publication_id,
            "published_at": approval.published_at,
            "approved_by": approval.approved_by,
            "files": _hashes(draft),
        }
    )
    (draft / MANIFEST).parent.mkdir(exist_ok=True)
    (draft / MANIFEST).write_bytes(manifest)
    whole: Mapping[str, object] = {
        "approval": as_json(approval),
        "previous": before.publication_id if before else None,
        "manifest_sha256": hashlib.sha256(manifest).hexdigest(),
    }
    (draft / APPROVAL).write_bytes(_json(whole))
    _open_to_readers(draft)
    draft.parent.chmod(_FOLDER_MODE)
    return draft.rename(draft.with_name(approval.publication_id))


def _open_to_readers(version: Path) -> None:
    """Let the web server, which is another user, read a version whatever umask the update ran with."""
    for path in (version, *version.rglob("*")):
        path.chmod(_FOLDER_MODE if path.is_dir() else _FILE_MODE)


def _hashes(folder: Path) -> list[dict[str, str | int]]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    contents = ((path, path.read_bytes()) for path in files)
    return [
        {
            "path": path.relative_to(folder).as_posix(),
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        for path, content in contents
    ]


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
