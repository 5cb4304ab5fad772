"""Files of the overlay that are put there as they are made, so that a large site need not fit into memory.

Gets artifacts, gives them back: as they are while all of them together are small, then with their bytes on disk.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from build_scripts.core.records import Artifact

# So many bytes are held in memory; an ordinary site is smaller.
HELD = 32_000_000


class Filed(Artifact):
    """An artifact whose bytes lie in the overlay already; `changed` says whether another file lay there before."""

    def __init__(self, made: Artifact, file: Path, *, changed: bool) -> None:
        known = {"path": made.path, "owner": made.owner, "size": made.size, "sha256": made.sha256}
        vars(self).update(known)
        self.file: Path
        self.changed: bool
        vars(self).update(file=file, changed=changed)

    @property
    def data(self) -> bytes:
        """The bytes, read where they lie."""
        return self.file.read_bytes()


class Filer:
    """Takes artifacts of one run for an overlay.

    Up to `held` bytes stay in memory, so that a run that fails leaves the overlay before it as it was; by default as
    many as an ordinary site has, and none where there is no overlay yet.
    """

    def __init__(self, staged_dir: Path, held: int | None = None) -> None:
        self.staged_dir = staged_dir
        self.left = (HELD if staged_dir.is_dir() else 0) if held is None else held

    def __call__(self, made: Artifact) -> Artifact:
        """The same artifact; a path that cannot be written now is left to whoever stages them all."""
        if isinstance(made, Filed):
            return made
        self.left -= made.size
        if self.left >= 0 or not is_inside(made.path):
            return made
        try:
            file = self.staged_dir / made.path
            return Filed(made, file, changed=write(file, made.data))
        except OSError:
            return made

    def all(self, made: Iterable[Artifact]) -> Iterator[Artifact]:
        """Each of them as it is made."""
        return map(self, made)


def is_inside(path: str) -> bool:
    """Whether a path of the overlay leads to a place in it."""
    return not path.startswith("/") and ".." not in path.split("/") and "\\" not in path


def write(path: Path, data: bytes) -> bool:
    """Write `data` unless the file already holds it; says whether it wrote. A reader never sees half a file.

    Thousands of files are written into a new overlay, so paths are texts here.
    """
    place = os.fspath(path)
    if _holds(place, data):
        return False
    folder, name = os.path.split(place)
    draft = os.path.join(folder, f".{name}.new")  # noqa: PTH118
    try:
        _write(draft, data)
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        _write(draft, data)
    os.replace(draft, place)  # noqa: PTH105
    return True


def _holds(place: str, data: bytes) -> bool:
    try:
        with open(place, "rb", buffering=0) as file:  # noqa: PTH123
            return file.read() == data
    except (FileNotFoundError, IsADirectoryError):
        return False


def _write(place: str, data: bytes) -> None:
    with open(place, "wb") as file:  # noqa: PTH123
        file.write(data)
