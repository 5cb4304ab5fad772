"""What each append did to the files, kept beside them, so that the last one can be taken back to the byte.

Gets the bytes of a file before, without the dropped rows, and after; gives a receipt, and later the bytes as they were.
Receipts are written in the same decision as the rows (`journal`), so there is never one without the other. What other
appends have added behind stays; a file somebody changed by hand in between is not guessed at.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from build_scripts.core.errors import DataError
from build_scripts.load.violations import Place, violation

RECEIPTS = ".append-receipts.json"
# So many appends can be taken back one after another.
KEPT = 20


@dataclass(frozen=True, slots=True)
class Change:
    """What one append did to a file: `dropped` rows taken out (offset and text), then `tail` put after `kept` bytes."""

    path: str
    kept: int
    digest: str
    tail: str
    dropped: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """One append: what it was for, in words, the sources and searches it added, how many rows a table got."""

    words: str
    sources: tuple[str, ...]
    searches: tuple[str, ...]
    rows: Mapping[str, int]
    restored: Mapping[str, int]
    changes: tuple[Change, ...]


def change(path: str, old: bytes, kept: bytes, new: bytes) -> Change:
    """What turned `old` into `kept`, by taking rows out, and `kept` into `new`, by adding behind."""
    return Change(path, len(kept), _digest(kept), _text(new[len(kept) :]), tuple(_dropped(old, kept)))


def _dropped(old: bytes, kept: bytes) -> list[tuple[int, str]]:
    """The lines of `old` that `kept` lacks, each with its offset."""
    left, offset, found = kept.splitlines(keepends=True)[::-1], 0, []
    for line in old.splitlines(keepends=True):
        if left and left[-1] == line:
            left.pop()
        else:
            found.append((offset, _text(line)))
        offset += len(line)
    return found


def receipts(package_dir: Path) -> tuple[Receipt, ...]:
    """The appends that can be taken back, the last one last; none where the record of them cannot be read."""
    try:
        whole = json.loads((package_dir / RECEIPTS).read_bytes())
        return tuple(_receipt(each) for each in whole)
    except (OSError, ValueError, TypeError, KeyError):
        return ()


def _receipt(raw: Mapping[str, object]) -> Receipt:
    changes = tuple(
        Change(each["path"], each["kept"], each["digest"], each["tail"], tuple(map(tuple, each["dropped"])))
        for each in raw["changes"]  # type: ignore[attr-defined]
    )
    return Receipt(**{**raw, "changes": changes})  # type: ignore[arg-type]


def written(known: Sequence[Receipt]) -> bytes:
    """The file of receipts."""
    return json.dumps([asdict(each) for each in known[-KEPT:]]).encode()


def as_before(files: Mapping[str, bytes], receipt: Receipt) -> dict[str, bytes]:
    """The files as they would be without an append.

    Raises:
        DataError: one of them has been changed since in another way than by appending.
    """
    return {each.path: _before(files.get(each.path, b""), each) for each in receipt.changes}


def _before(now: bytes, made: Change) -> bytes:
    tail = _bytes(made.tail)
    kept, rest = now[: made.kept], now[made.kept :]
    if _digest(kept) != made.digest or not rest.startswith(tail):
        raise DataError([violation("undo-changed", Place(made.path))])
    later = rest[len(tail) :]
    for offset, line in made.dropped:
        kept = kept[:offset] + _bytes(line) + kept[offset:]
    gap = b"" if not later or kept.endswith((b"\n", b"\r")) else b"\n"
    return kept + gap + later


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _text(content: bytes) -> str:
    return content.decode("utf-8", errors="surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", errors="surrogateescape")
