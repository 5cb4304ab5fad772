"""Files of the overlay that are put there as they are made, so that a large site need not fit into memory.

Gets artifacts, gives them back: as they are while all of them together are small, then with their bytes on disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

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
    """Takes artifacts of one run for an overlay."""

    def __init__(self, staged_dir: Path, held: int | None = None) -> None:
        self.staged_dir = staged_dir
        self.left = HELD if held is None else held

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
    plain = PurePosixPath(path)
    return not plain.is_absolute() and ".." not in plain.parts and "\\" not in path


def write(path: Path, data: bytes) -> bool:
    """Write `data` unless the file already holds it; says whether it wrote. A reader never sees half a file."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    draft.write_bytes(data)
    draft.replace(path)
    return True
