"""Removes from the store of results what no build has asked for in a long time, and the longest unasked if it is full.

Whoever asks for a result renews its day (`core.kept`). Nothing is lost that cannot be made again: a build that runs
meanwhile and does not find a result makes it. Links are never followed, and a day passes between two looks.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

DAY = 86_400.0
# A result that nobody asked for so long goes; so do the longest unasked, as long as all take more than so many bytes.
UNUSED = 30 * DAY
MOST = 4_000_000_000
_MARK = ".pruned"


def prune(folder: Path, now: float, unused: float = UNUSED, most: int = MOST) -> int:
    """Prune the store in `folder`, once a day; `now` is this second since 1970. Gives how many files went."""
    mark = folder / _MARK
    with suppress(OSError):
        if now - mark.lstat().st_mtime < DAY:
            return 0
    found = sorted(_files(folder), reverse=True)
    gone, total = 0, 0
    for used, size, path in found:
        total += size
        if now - used > unused or total > most:
            with suppress(OSError):
                path.unlink()
                gone += 1
    with suppress(OSError):
        mark.write_bytes(b"")
        os.utime(mark, (now, now))
    return gone


def _files(folder: Path) -> Iterator[tuple[float, int, Path]]:
    """Every result: when it was last asked for, its size, its path."""
    for place, _folders, names in os.walk(folder):
        for name in names:
            path = Path(place, name)
            if name != _MARK and not path.is_symlink():
                with suppress(OSError):
                    found = path.lstat()
                    yield found.st_mtime, found.st_size, path
