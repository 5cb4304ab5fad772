"""The bytes of a package at one moment: the only place where package files are opened for reading.

Gets a folder, gives `Snapshot`. Everything after this works on the snapshot, so that a file changed half-way through a
run cannot be seen in two states.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from build_scripts.core.plan_text import FOLDER as TEXTS
from build_scripts.load.source_files import leads_out
from build_scripts.locale import t

_SUFFIXES = {".csv", ".json", ".tsv", ".txt", ".xls", ".xlsx", ".et"}
_MAX_FILES = 5_000
# A million observations with their notes are some 170 MB.
_MAX_BYTES = 512_000_000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """File contents by path relative to the package, with `/` between folders; names only for unread files."""

    files: Mapping[str, bytes]
    names: tuple[str, ...]
    unreadable: Mapping[str, str]

    def with_files(self, changed: Mapping[str, bytes]) -> Snapshot:
        """The same package with some files' contents replaced, as if they had been written."""
        return replace(self, files={**self.files, **changed})


def take(package_dir: Path) -> Snapshot:
    """Read every table, JSON file and plan's text below `package_dir`; what cannot be read is named with the reason."""
    files: dict[str, bytes] = {}
    names: list[str] = []
    unreadable: dict[str, str] = {}
    for path in sorted(package_dir.rglob("*"))[:_MAX_FILES]:
        name = path.relative_to(package_dir).as_posix().encode("utf-8", "replace").decode("utf-8")
        known = path.suffix.lower() in _SUFFIXES or (name.startswith(TEXTS) and path.suffix == ".md")
        if not known or any(part.startswith((".", "~$")) for part in Path(name).parts):
            continue
        if not path.is_file():
            unreadable[name] = t(f"errors.load.{'folder' if path.is_dir() else 'dead_link'}")
            continue
        if path.is_symlink() and leads_out(path, package_dir):
            unreadable[name] = t("errors.load.link_out")
            continue
        names.append(name)
        if path.suffix.lower() not in {".csv", ".json", ".md"}:
            continue
        try:
            if path.stat().st_size > _MAX_BYTES:
                unreadable[name] = t("errors.load.too_large", most=_MAX_BYTES // 1_000_000)
            else:
                files[name] = path.read_bytes()
        except OSError as error:
            unreadable[name] = error.strerror or type(error).__name__
    return Snapshot(files, tuple(names), unreadable)


def versions(package_dir: Path) -> tuple[tuple[str, int, int, int], ...]:
    """What tells one state of the package's folders from another: every entry with its inode, time and size."""
    entries = []
    for folder in (package_dir, *(item for item in sorted(package_dir.iterdir()) if item.is_dir())):
        for path in sorted(folder.iterdir()):
            try:
                stat = path.stat()
            except OSError:
                continue
            if not path.is_dir():
                entries.append((str(path), stat.st_ino, stat.st_mtime_ns, stat.st_size))
    return tuple(entries)
