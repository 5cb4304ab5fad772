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
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

from build_scripts.core.settings import MANIFEST
from build_scripts.site.spare import take_back

STATE = "site-state.json"


class KnownPage(TypedDict):
    """What is known of a page as it was made, and must be the same for it to be taken over.

    `drawn` is the key of its text, its links and the frame; `answers` says what the path of each link led to; `anchors`
    are its own places, `links` those it leads to, by page and place, each with the link as it is written.
    """

    drawn: str
    answers: dict[str, str]
    anchors: list[str]
    links: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class LastSite:
    """The files of the site before that still are what they were, by path, and what is known of its pages."""

    folder: Path
    files: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, KnownPage] = field(default_factory=dict)


def read_last(folder: Path, state: Path) -> LastSite:
    """The site in `folder`; empty where it is not the one `state` tells of, or either cannot be read."""
    try:
        manifest = (folder / MANIFEST).read_bytes()
        known = json.loads(state.read_bytes())
        if known["manifest"] != hashlib.sha256(manifest).hexdigest():
            return LastSite(folder)
        outputs = [(each["path"], each["sha256"]) for each in json.loads(manifest)["outputs"]]
        whole = {path: sha256 for path, sha256 in outputs if _is_file(f"{folder}/{path}", sha256)}
        return LastSite(folder, whole, known["pages"])
    except (OSError, ValueError, KeyError, TypeError):
        return LastSite(folder)


def _is_file(path: str, sha256: str) -> bool:
    """Whether the file's bytes are the ones expected; what is not there, or not a plain file, is not."""
    try:
        with open(path, "rb", opener=_no_link) as file:
            return hashlib.sha256(file.read()).hexdigest() == sha256
    except OSError:
        return False


def _no_link(path: str, flags: int) -> int:
    """Opens a file, but not through a link."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0))


def write_state(site: Path, state: Path, pages: Mapping[str, KnownPage]) -> None:
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
    """The folder a site is built in: files are taken over from the one before or put there anew.

    Thousands of files are taken over in every build, so paths are texts here.
    """

    def __init__(self, folder: Path, last: LastSite) -> None:
        self.folder = folder
        self.last = last
        self._root = os.fspath(folder)
        self._before = os.fspath(last.folder)
        self._made: set[str] = set()
        # The SHA-256 of what this process has put here, where it knows it.
        self.hashes: dict[str, str] = {}
        self._there: dict[str, int] = {}

    def begin(self, out_dir: Path, wanted: Collection[str]) -> None:
        """Make the folder, out of the site kept aside (`site.spare`); `wanted` are the paths that may be put here."""
        self._there = take_back(out_dir, self.folder, wanted)

    def end(self) -> None:
        """Remove what lay in the site kept aside and has not been put here."""
        for path in self._there:
            Path(self._root, path).unlink()
        self._there = {}

    def put(self, path: str, data: bytes) -> None:
        """The file with these bytes: the one of the site before where it has them, a new one else."""
        sha256 = hashlib.sha256(data).hexdigest()
        if self.last.files.get(path) == sha256:
            self.take(path)
            return
        self.hashes[path] = sha256
        self._there.pop(path, None)
        target = self._target(path)
        try:
            with open(target, "xb", buffering=0) as file:  # noqa: PTH123 - see above
                file.write(data)
        except FileExistsError:  # it may be another name of a file of the site before
            draft = f"{target}.{os.getpid()}.new"
            Path(draft).write_bytes(data)
            os.replace(draft, target)  # noqa: PTH105 - see above

    def adopt(self, path: str, source: str, sha256: str | None) -> None:
        """A file that goes into the site as it lies in the overlay, where nobody writes into files either.

        `sha256` is that of its bytes, where this run knows it.
        """
        known = self.last.files.get(path)
        if known is not None and (self._is_same(path, source) or _is_file(source, known)):
            self.take(path)
        else:
            self.hashes.pop(path, None)
            self._link(path, source)
            if sha256:
                self.hashes[path] = sha256

    def take(self, path: str) -> None:
        """The file of the site before, under a second name; copied where the disk has no such thing."""
        self._link(path, os.path.join(self._before, path))  # noqa: PTH118 - see above
        self.hashes[path] = self.last.files[path]

    def _is_same(self, path: str, source: str) -> bool:
        """Whether `source` is another name of the file that the site before has at `path`."""
        before, now = os.lstat(f"{self._before}/{path}"), os.lstat(source)
        return (before.st_ino, before.st_dev) == (now.st_ino, now.st_dev)

    def _link(self, path: str, source: str) -> None:
        there = self._there.pop(path, None)
        if there is not None and there == os.lstat(source).st_ino:
            return
        target = self._target(path)
        try:
            os.link(source, target)
        except FileExistsError:
            Path(target).unlink()
            self._link(path, source)
        except OSError:
            shutil.copy2(source, target)

    def _target(self, path: str) -> str:
        folder, _, name = path.rpartition("/")
        place = os.path.join(self._root, folder)  # noqa: PTH118
        if folder not in self._made:
            _make(place)
            self._made.add(folder)
        return os.path.join(place, name)  # noqa: PTH118


def _make(place: str) -> None:
    """Make a folder, mostly in one that is there."""
    with suppress(FileExistsError):
        try:
            os.mkdir(place)  # noqa: PTH102 - see above
        except FileNotFoundError:
            os.makedirs(place, exist_ok=True)  # noqa: PTH103 - see above
