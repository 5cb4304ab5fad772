"""Where tests write: into memory where that can hold it, for they make a hundred thousand small files and keep none.

A file takes a third of the time there, and a machine with a slow disk does not wait. `PYTEST_DEBUG_TEMPROOT` names
another folder. What a failed test wrote stays until the next run.
"""

import os
import tempfile
from pathlib import Path

IN_MEMORY = Path("/dev/shm")
GB = 1 << 30
# More than all tests write at once, and as much again for the tests themselves.
ROOM, MEMORY = 4 * GB, 8 * GB


def place(folder: Path = IN_MEMORY, memory: int | None = None) -> Path:
    """The folder for temporary files: the one in memory if programs may run in it and it has the room."""
    try:
        disk = os.statvfs(folder)
        free = _available() if memory is None else memory
    except (OSError, AttributeError):
        return Path(tempfile.gettempdir())
    runs = not disk.f_flag & (os.ST_NOEXEC | os.ST_RDONLY) and os.access(folder, os.W_OK | os.X_OK)
    good = runs and disk.f_bavail * disk.f_frsize >= ROOM and free >= MEMORY
    return folder if good else Path(tempfile.gettempdir())


def _available() -> int:
    """Bytes of memory that programs can still take."""
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
