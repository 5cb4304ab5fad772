"""One run at a time in an output folder. Gets the folder, gives a working folder that belongs to this run alone.

The lock is the system's and falls with the process that holds it, however that ends. What a killed run left behind is
cleared away by the next: a site it had put aside comes back, its working folder goes. Its site engine may live on for
a while, but writes into that folder only.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from build_scripts.core.errors import SiteError
from build_scripts.locale import later
from build_scripts.site.spare import put_aside

LOCK = ".lock"
SITE_ASIDE = ".site-old"
_WORK = ".run-"


@contextmanager
def workplace(out_dir: Path, waiting: Callable[[], None] | None = None) -> Iterator[Path]:
    """Keep other runs out of `out_dir`; gives this run's own folder in it, removed in the end with what bears its name.

    Where another run is at work, `waiting` is called once and its end waited for; without `waiting` this run ends.

    Raises:
        SiteError: another run is at work.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    lock = FileLock(out_dir / LOCK)
    _take(lock, out_dir, waiting)
    try:
        _clear_up(out_dir)
        work = Path(tempfile.mkdtemp(prefix=_WORK, dir=out_dir))
        try:
            yield work
        finally:
            _remove(out_dir)
    finally:
        lock.release()


def swap(new: Path, site: Path, *, spare: bool = False) -> None:
    """Put `new` in the place of `site`; two renames, so a reader finds the old site or the new one.

    `spare`: the old one is kept aside for the next build (`site.spare`).
    """
    old = site.with_name(SITE_ASIDE)
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    new.rename(site)
    if spare and old.exists():
        put_aside(old, site.parent)
    shutil.rmtree(old, ignore_errors=True)


def _take(lock: FileLock, out_dir: Path, waiting: Callable[[], None] | None) -> None:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if waiting is None:
            raise SiteError(later("site.run.busy", path=out_dir)) from None
        waiting()
        lock.acquire()


def _clear_up(out_dir: Path) -> None:
    """Undo what runs that were killed left: a site put aside between the two renames, folders of their own."""
    aside = out_dir / SITE_ASIDE
    site = out_dir / "site"
    if aside.is_dir() and not site.exists():
        aside.rename(site)
    shutil.rmtree(aside, ignore_errors=True)
    _remove(out_dir)


def _remove(out_dir: Path) -> None:
    """Remove the folders of runs and the files named after them."""
    for left in out_dir.glob(f"{_WORK}*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
