"""The files of a folder that a site is made from: which of them are published, and which never may be.

Gets a folder, gives paths. Left out are names that begin with a dot and what editors leave beside a file. A link may
lead to a file of the same folder; one that leads out of it would publish what nobody put there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from build_scripts.core.errors import SiteError
from build_scripts.locale import later

_BACKUP = re.compile(r".*(\.bak|\.orig|\.rej|\.swp|\.swo|~)|#.*#|~\$.*", re.IGNORECASE)


def source_files(folder: Path) -> list[tuple[str, Path]]:
    """The published files below `folder` by their path in it, in path order; none when there is no such folder.

    Raises:
        SiteError: a link leads out of the folder, to a folder, or nowhere.
    """
    found = [path for path in _below(folder) if not _BACKUP.fullmatch(path.name)]
    for path in found:
        if path.is_symlink():
            _refuse_lost(path, folder)
    return sorted((path.relative_to(folder).as_posix(), path) for path in found if path.is_file())


def backups(folder: Path) -> list[str]:
    """What editors left below `folder`, by path in it."""
    return sorted(path.relative_to(folder).as_posix() for path in _below(folder) if _BACKUP.fullmatch(path.name))


def leads_out(path: Path, folder: Path) -> bool:
    """Whether `path` lies or leads outside of `folder`."""
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _below(folder: Path) -> Iterator[Path]:
    """Files and links below a folder; no link is followed, no name with a dot before it looked at."""
    for place, folders, names in os.walk(folder):
        linked = [name for name in folders if Path(place, name).is_symlink()]
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in linked)
        yield from (Path(place, name) for name in sorted([*names, *linked]) if not name.startswith("."))


def _refuse_lost(path: Path, folder: Path) -> None:
    said = {"path": path, "target": path.readlink()}
    if leads_out(path, folder):
        raise SiteError(later("site.source.out", **said))
    if path.is_dir():
        raise SiteError(later("site.source.folder", **said))
    if not path.is_file():
        raise SiteError(later("site.source.nowhere", **said))
