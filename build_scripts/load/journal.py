"""Several files changed as one, whatever kills the process when: lock, prepared files, journal, moves.

The whole new content of every file is written beside it and flushed to disk; then a journal naming them all appears in
one rename — that rename is the decision. Only after it are the new files moved into place. Killed before the journal
stands, nothing has happened and the leftovers are swept up; killed after it, the next reader or writer finishes the
moves. Files somebody changed by hand in between are not overwritten: that is said instead.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

from build_scripts.core.errors import DataError
from build_scripts.load.violations import Place, violation

JOURNAL = ".append-journal.json"
LOCK = ".append-lock"
PREPARED = ".append-new"
_LOCK_SECONDS = 30.0


def recover(package_dir: Path) -> None:
    """Finish an append that was interrupted after its decision; costs one look when there is none.

    Raises:
        DataError: it cannot be finished, because a file was changed by hand since, or cannot be written.
    """
    if (package_dir / JOURNAL).exists():
        with locked(package_dir):
            sweep(package_dir)


@contextmanager
def locked(package_dir: Path) -> Iterator[None]:
    """The package's lock; another process that holds it too long, or a folder one cannot write to, is a problem."""
    lock = FileLock(package_dir / LOCK, timeout=_LOCK_SECONDS)
    try:
        lock.acquire()
    except Timeout:
        raise DataError([violation("append-busy", Place("progress"))]) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DataError([violation("append-failed", Place("progress"), reason=reason)]) from None
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DataError([violation("append-failed", Place("progress"), reason=reason)]) from None
    finally:
        lock.release()


def write(package_dir: Path, contents: Mapping[str, bytes]) -> None:
    """Put all new contents in place: prepared files, then the journal (the decision), then the moves."""
    entries = []
    for path, content in contents.items():
        target = package_dir / path
        target.parent.mkdir(parents=True, exist_ok=True)
        old = _digest(target.read_bytes()) if target.exists() else ""
        _flush(package_dir / (path + PREPARED), content)
        entries.append({"path": path, "old": old, "new": _digest(content)})
    journal = package_dir / JOURNAL
    draft = package_dir / (JOURNAL + PREPARED)
    _flush(draft, json.dumps(entries).encode())
    draft.replace(journal)
    _flush_folder(package_dir)
    _finish(package_dir, entries)


def sweep(package_dir: Path) -> None:
    """Under the lock: finish a decided append, or sweep up one that was never decided."""
    journal = package_dir / JOURNAL
    if journal.exists():
        _finish(package_dir, _entries(journal))
    for leftover in (*package_dir.glob(f"*{PREPARED}"), *package_dir.glob(f"*/*{PREPARED}")):
        leftover.unlink(missing_ok=True)


def _entries(journal: Path) -> list[dict[str, str]]:
    """The journal's entries. It appears by one rename, so anything unreadable was made by someone else."""
    try:
        entries = json.loads(journal.read_bytes())
        return [{"path": _inside(entry["path"]), "old": entry["old"], "new": entry["new"]} for entry in entries]
    except (ValueError, TypeError, KeyError):
        raise DataError([violation("append-unfinished", Place(JOURNAL), do="do_journal")]) from None


def _inside(path: str) -> str:
    """The path, if it stays in the package.

    Raises:
        ValueError: it does not.
    """
    if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        raise ValueError(path)
    return path


def _finish(package_dir: Path, entries: Sequence[Mapping[str, str]]) -> None:
    """Move every prepared file into place and forget the journal; moves already made are left alone."""
    for entry in entries:
        target = package_dir / entry["path"]
        prepared = package_dir / (entry["path"] + PREPARED)
        now = _digest(target.read_bytes()) if target.exists() else ""
        if now == entry["new"]:
            continue
        if now != entry["old"] or not prepared.exists() or _digest(prepared.read_bytes()) != entry["new"]:
            raise DataError([violation("append-unfinished", Place(entry["path"]), prepared=prepared.name)])
        prepared.replace(target)
    for folder in sorted({(package_dir / entry["path"]).parent for entry in entries}):
        _flush_folder(folder)
    (package_dir / JOURNAL).unlink()
    _flush_folder(package_dir)


def _flush(path: Path, content: bytes) -> None:
    """Write a file and wait until the disk has it."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Wait until the disk has a folder's renames, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
