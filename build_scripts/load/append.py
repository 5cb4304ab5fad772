"""The one writer into `progress/`: rows appended to several files, all or nothing.

Gets a package folder and rows by table, gives nothing: the files have them all, or none of them, even when the process
is killed half-way (see `journal`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from build_scripts.core.errors import DataError
from build_scripts.core.tables import TABLES
from build_scripts.load import journal
from build_scripts.load.descriptor import read_descriptor
from build_scripts.load.reader import read_snapshot
from build_scripts.load.snapshot import Snapshot, take
from build_scripts.load.tables import Tables
from build_scripts.load.violations import Place, problem

Value = Decimal | int | date | bool | str | Sequence[str] | None
Rows = Mapping[str, Sequence[Mapping[str, Value]]]


def append_rows(package_dir: Path, rows: Rows) -> None:
    """Append `rows` (table → rows, each column → value) to the files of `progress/`, all of them or none.

    Columns not named stay empty; the files' column order, line ends and existing bytes are kept. The rows are not
    judged here: ask `preview` first.

    Raises:
        DataError: a table is not one of `progress/`, a column is unknown, a file cannot be read or written, another
            process holds the lock, or an interrupted append cannot be finished.
    """
    with journal.locked(package_dir):
        journal.sweep(package_dir)
        contents = _contents(take(package_dir), rows)
        if contents:
            journal.write(package_dir, contents)


def preview(package_dir: Path, rows: Rows) -> Tables:
    """The package as it would read with `rows` appended; nothing is written.

    Raises:
        DataError: as `append_rows`, where it concerns the rows themselves.
    """
    journal.recover(package_dir)
    snapshot = take(package_dir)
    return read_snapshot(snapshot.with_files(_contents(snapshot, rows)))


def _contents(snapshot: Snapshot, rows: Rows) -> dict[str, bytes]:
    """The new content of every file that gets rows, by path."""
    paths = _paths(snapshot)
    contents = {}
    for name, added in rows.items():
        if not added:
            continue
        path = paths.get(name, "")
        if name not in TABLES or TABLES[name].folder != "progress":
            raise DataError([problem("append-table", Place("progress", name), found=name)])
        if path not in snapshot.files:
            raise DataError([problem("file-missing", Place(path or TABLES[name].path, name), found=f"{name}.csv")])
        contents[path] = _extended(Place(path, name), snapshot.files[path], added)
    return contents


def _paths(snapshot: Snapshot) -> dict[str, str]:
    """File by table, as the descriptor lists them."""
    descriptor, problems = read_descriptor(snapshot)
    if descriptor is None:
        raise DataError(problems)
    return {listed.name: listed.place.file for listed in descriptor.tables}


def _extended(place: Place, old: bytes, rows: Iterable[Mapping[str, Value]]) -> bytes:
    """A file's bytes with rows added in its own column order and with its own line ends."""
    header = next(csv.reader(io.StringIO(old.decode("utf-8-sig", errors="replace"), newline="")), [])
    newline = "\r\n" if b"\r\n" in old else "\n"
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=newline)
    for row in rows:
        if unknown := sorted(set(row) - set(header)):
            raise DataError([problem("append-column", place, 1, unknown[0], found=unknown[0])])
        writer.writerow([_text(row.get(name)) for name in header])
    gap = b"" if old.endswith((b"\n", b"\r")) else newline.encode()
    return old + gap + out.getvalue().encode("utf-8")


def _text(value: Value) -> str:
    """A value as its cell is written: exact numbers, ISO days, true and false, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | int):
        return str(value)
    return ";".join(value)
