"""The site before and what is known of how it was made: which of its files may be taken over as they are.

The state is bound to the manifest of the site it tells of, and a file counts as unchanged only if its bytes are the
ones the manifest names: what was touched, edited or deleted since is made again. Taken over means a second name for
the same file; nothing is ever written into a file that has one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from build_scripts.core.settings import MANIFEST

STATE = "site-state.json"


@dataclass(frozen=True, slots=True)
class LastSite:
    """The files of the site before that still are what they were, by path, and what is known of its pages."""

    folder: Path
    files: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def read_last(folder: Path, state: Path) -> LastSite:
    """The site in `folder`; empty where it is not the one `state` tells of, or either cannot be read."""
    try:
        manifest = (folder / MANIFEST).read_bytes()
        known = json.loads(state.read_bytes())
        if known["manifest"] != hashlib.sha256(manifest).hexdigest():
            return LastSite(folder)
        outputs = {each["path"]: each["sha256"] for each in json.loads(manifest)["outputs"]}
        return LastSite(
            folder, {path: sha for path, sha in outputs.items() if is_file(folder / path, sha)}, known["pages"]
        )
    except (OSError, ValueError, KeyError, TypeError):
        return LastSite(folder)


def is_file(path: Path, sha256: str) -> bool:
    """Whether the file's bytes are the ones expected; what is not there, or not a plain file, is not."""
    try:
        return not path.is_symlink() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except OSError:
        return False


def write_state(site: Path, state: Path, pages: Mapping[str, Mapping[str, Any]]) -> None:
    """Remember how the pages of the site in place were made; a site without a manifest is not remembered."""
    try:
        manifest = (site / MANIFEST).read_bytes()
    except FileNotFoundError:
        return
    text = json.dumps({"manifest": hashlib.sha256(manifest).hexdigest(), "pages": pages}, ensure_ascii=False)
    draft = state.with_name(f".{state.name}.new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(state)


def is_known(site: Path, state: Path) -> bool:
    """Whether the site in place is the one that `state` tells of."""
    try:
        return bool(
            json.loads(state.read_bytes())["manifest"] == hashlib.sha256((site / MANIFEST).read_bytes()).hexdigest()
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


class NewSite:
    """The folder a site is built in: files are taken over from the one before or put there anew."""

    def __init__(self, folder: Path, last: LastSite) -> None:
        self.folder = folder
        self.last = last
        self._made: set[Path] = set()

    def put(self, path: str, data: bytes) -> None:
        """The file with these bytes: the one of the site before where it has them, a new one else."""
        if self.last.files.get(path) == hashlib.sha256(data).hexdigest():
            self.take(path)
        else:
            target = self._target(path)
            draft = target.with_name(f".{target.name}.{os.getpid()}")
            draft.write_bytes(data)
            draft.replace(target)

    def take(self, path: str) -> None:
        """The file of the site before, under a second name; copied where the disk has no such thing."""
        target = self._target(path)
        target.unlink(missing_ok=True)
        try:
            os.link(self.last.folder / path, target)
        except OSError:
            shutil.copy2(self.last.folder / path, target)

    def _target(self, path: str) -> Path:
        target = self.folder / path
        if target.parent not in self._made:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(target.parent)
        return target
