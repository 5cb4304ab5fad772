"""The last append taken back: its rows out, the rows it replaced in again, all of it or nothing (see `journal`)."""

from __future__ import annotations

from pathlib import Path

from build_scripts.core.errors import DataError
from build_scripts.load import journal
from build_scripts.load.reader import read_snapshot
from build_scripts.load.receipts import RECEIPTS, Receipt, as_before, receipts, written
from build_scripts.load.snapshot import take
from build_scripts.load.tables import Tables
from build_scripts.load.violations import Place, violation


def last_append(package_dir: Path) -> Receipt | None:
    """The last append that can be taken back; None where there is none.

    Raises:
        DataError: an interrupted append cannot be finished.
    """
    journal.recover(package_dir)
    known = receipts(package_dir)
    return known[-1] if known else None


def preview_undo(package_dir: Path, receipt: Receipt) -> Tables:
    """The package as it would read without the last append; nothing is written.

    Raises:
        DataError: as `undo`.
    """
    snapshot = take(package_dir)
    return read_snapshot(snapshot.with_files(as_before(snapshot.files, receipt)))


def undo(package_dir: Path, receipt: Receipt) -> None:
    """Take the last append back.

    Raises:
        DataError: it is no longer the last one, a file was changed by hand since, or cannot be written.
    """
    with journal.locked(package_dir):
        journal.sweep(package_dir)
        known = receipts(package_dir)
        if not known or known[-1] != receipt:
            raise DataError([violation("undo-changed", Place("progress"))])
        contents = as_before(take(package_dir).files, receipt)
        journal.write(package_dir, {**contents, RECEIPTS: written(known[:-1])})
