"""Results worth keeping between runs, each under a hash of what it was made from. Gets a folder, gives bytes.

A folder of such results comes from other runs, other machines and restored archives, so nothing in it is trusted as it
lies: each file begins with a hash over its kind, its key and its content. What is empty, cut, changed, or another
result under this name counts as not there, and is made again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path

# How a stage asks for something that may have been made before: a kind, a key, and what makes it.
Keep = Callable[[str, str, Callable[[], bytes]], bytes]
_MARK = b"kept sha256 "
_numbers = count()


def key_of(*parts: str | bytes) -> str:
    """The key of a result: one hash over everything it is made from, versions of libraries and of code included."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(b"%d:" % len(data) + data)
    return found.hexdigest()


def kept(folder: Path, kind: str, key: str, make: Callable[[], bytes]) -> bytes:
    """The result `key` of a kind, from `folder` where it is there and whole; else made and kept."""
    data = look(folder, kind, key)
    if data is None:
        data = make()
        keep(folder, kind, key, data)
    return data


def look(folder: Path, kind: str, key: str) -> bytes | None:
    """What an earlier run kept under `key`; None when it is not there or not what was kept."""
    path = os.path.join(folder, kind, key)  # noqa: PTH118 - as in `keep`
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            head, _, data = file.read().partition(b"\n")
    except OSError:
        return None
    if head != _seal(kind, key, data):
        return None
    with suppress(OSError):  # a store that may only be read
        os.utime(path)  # marked as used: what nobody uses goes in the end (`core.prune`)
    return data


def keep(folder: Path, kind: str, key: str, data: bytes) -> None:
    """Keep a result; whoever reads meanwhile finds the file before or this one, whole.

    A clean build keeps some five thousand: paths are texts, and drafts are numbered, for random names cost as much as
    the writing.
    """
    place = os.path.join(folder, kind)  # noqa: PTH118
    handle, draft = _draft(place)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_seal(kind, key, data) + b"\n" + data)
        os.replace(draft, os.path.join(place, key))  # noqa: PTH105, PTH118
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _draft(place: str) -> tuple[int, str]:
    """A new file in a folder, open, and its path; nobody else, on whatever machine, has the same."""
    while True:
        draft = os.path.join(place, f".new-{os.getpid()}-{next(_numbers)}")  # noqa: PTH118
        try:
            return os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), draft
        except FileNotFoundError:
            Path(place).mkdir(parents=True, exist_ok=True)
        except FileExistsError:  # left by a process that was killed, or one of another machine has the number
            continue


def _seal(kind: str, key: str, data: bytes) -> bytes:
    return _MARK + key_of(kind, key, data).encode()


def made_anew(_kind: str, _key: str, make: Callable[[], bytes]) -> bytes:
    """What `kept` is where nothing is kept: every result is made."""
    return make()
