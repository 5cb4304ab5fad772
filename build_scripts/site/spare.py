"""The site before the last one, kept aside so that the next is built in its folders. Gives what is left in it.

A site has some thousand folders, and to make and remove them all takes a disk longer than everything else when one
value has changed. Nothing in it is trusted: a file in it is used only if it is another name of a file of the site in
place, and links and whatever the new site does not want go first.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from pathlib import Path, PurePosixPath

SPARE = ".site-spare"


def put_aside(site: Path, out_dir: Path) -> None:
    """Keep a site that has just been replaced for the next build."""
    spare = out_dir / SPARE
    shutil.rmtree(spare, ignore_errors=True)
    site.rename(spare)


def take_back(out_dir: Path, new: Path, wanted: Collection[str]) -> dict[str, int]:
    """Make the folder `new` of the site kept aside, with nothing in it but `wanted` paths; gives their inodes.

    Where there is none, or it cannot be used, the folder is new and empty.
    """
    try:
        (out_dir / SPARE).rename(new)
        return _only(os.fspath(new), wanted)
    except OSError:
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        return {}


def _only(root: str, wanted: Collection[str]) -> dict[str, int]:
    """Remove what is not wanted; gives the inode of each file that stays, by path."""
    found: dict[str, int] = {}
    folders: list[str] = []
    open_folders = [""]
    while open_folders:
        folder = open_folders.pop()
        with os.scandir(f"{root}/{folder}") as entries:
            for entry in entries:
                path = f"{folder}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                    open_folders.append(f"{path}/")
                elif path in wanted and entry.is_file(follow_symlinks=False):
                    found[path] = entry.inode()
                else:
                    Path(entry.path).unlink()
    needed = {str(parent) for folder in {path.rpartition("/")[0] for path in found} for parent in _above(folder)}
    for folder in sorted(set(folders) - needed, reverse=True):
        Path(root, folder).rmdir()
    return found


def _above(folder: str) -> list[PurePosixPath]:
    """A folder and all it lies in."""
    path = PurePosixPath(folder)
    return [path, *path.parents]
