"""The one writer into `progress/`: rows appended to several files, all or nothing.

Gets a package folder and rows by table, gives nothing: the files have them all, or none of them, even when the process
is killed half-way (see `journal`). Rows are taken out again only where nobody outside can have seen them.
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
from build_scripts.load import journal, receipts
from build_scripts.load.descriptor import read_descriptor
from build_scripts.load.reader import read_snapshot
from build_scripts.load.snapshot import Snapshot, take
from build_scripts.load.tables import Tables
from build_scripts.load.violations import Place, violation
from build_scripts.locale import by_comma

Value = Decimal | int | date | bool | str | Sequence[str] | None
Rows = Mapping[str, Sequence[Mapping[str, Value]]]
_NOTHING: Rows = {}


def append_rows(package_dir: Path, rows: Rows, drop: Rows = _NOTHING, words: str = "") -> None:
    """Append `rows` (table → rows, each column → value) to the files of `progress/`, all of them or none.

    Columns not named stay empty, and a column that the contract leaves to choice is left out where a file has none;
    the files' column order, line ends and existing bytes are kept. Rows of `drop` are
    taken out at the same moment, each the last one whose named columns hold just that; that they were never
    published is for the caller to know. The rows are not judged here: ask `preview` first. With `words`, which say what
    the rows are, the append can be taken back (see `undo`).

    Raises:
        DataError: a table is not one of `progress/`, a column is unknown, a row to drop is not there, a file cannot be
            read or written, another process holds the lock, or an interrupted append cannot be finished.
    """
    with journal.locked(package_dir):
        journal.sweep(package_dir)
        snapshot = take(package_dir)
        contents = _contents(snapshot, rows, drop)
        if contents and words:
            contents |= {receipts.RECEIPTS: _receipts(package_dir, snapshot, contents, (rows, drop), words)}
        if contents:
            journal.write(package_dir, contents)


def _receipts(
    package_dir: Path, snapshot: Snapshot, contents: Mapping[str, bytes], moved: tuple[Rows, Rows], words: str
) -> bytes:
    """The file of receipts with one more: for these contents, `moved` being the rows added and dropped."""
    rows, drop = moved
    paths = {path: name for name, path in _paths(snapshot).items()}
    kept = {
        path: _reduced(Place(path, paths[path]), snapshot.files[path], drop.get(paths[path], ())) for path in contents
    }
    receipt = receipts.Receipt(
        words=words,
        sources=tuple(_text(row.get("source_id")) for row in rows.get("sources", ())),
        searches=tuple(_text(row.get("search_id")) for row in rows.get("searches", ())),
        rows={name: len(added) for name, added in rows.items() if added},
        restored={name: len(dropped) for name, dropped in drop.items() if dropped},
        changes=tuple(receipts.change(path, snapshot.files[path], kept[path], contents[path]) for path in contents),
    )
    return receipts.written([*receipts.receipts(package_dir), receipt])


def write_files(package_dir: Path, contents: Mapping[str, bytes]) -> None:
    """Put whole files into a package, new ones too, all of them or none.

    Raises:
        DataError: a file cannot be written, another process holds the lock, or an interrupted change cannot be
            finished.
    """
    with journal.locked(package_dir):
        journal.sweep(package_dir)
        if contents:
            journal.write(package_dir, contents)


def preview(package_dir: Path, rows: Rows, drop: Rows = _NOTHING) -> Tables:
    """The package as it would read with `rows` appended and `drop` taken out; nothing is written.

    Raises:
        DataError: as `append_rows`, where it concerns the rows themselves.
    """
    journal.recover(package_dir)
    snapshot = take(package_dir)
    return read_snapshot(snapshot.with_files(_contents(snapshot, rows, drop)))


def _contents(snapshot: Snapshot, rows: Rows, drop: Rows) -> dict[str, bytes]:
    """The new content of every file that gets or loses rows, by path."""
    paths = _paths(snapshot)
    contents = {}
    for name in dict.fromkeys([*rows, *drop]):
        added, dropped = rows.get(name, ()), drop.get(name, ())
        if not added and not dropped:
            continue
        path = paths.get(name, "")
        if name not in TABLES or TABLES[name].folder != "progress":
            raise DataError([violation("append-table", Place("progress", name), found=name)])
        if path not in snapshot.files:
            raise DataError([violation("file-missing", Place(path or TABLES[name].path, name), found=f"{name}.csv")])
        kept = _reduced(Place(path, name), snapshot.files[path], dropped)
        contents[path] = _extended(Place(path, name), kept, added)
    return contents


def _paths(snapshot: Snapshot) -> dict[str, str]:
    """File by table, as the descriptor lists them."""
    descriptor, problems = read_descriptor(snapshot)
    if descriptor is None:
        raise DataError(problems)
    return {listed.name: listed.place.file for listed in descriptor.tables}


def _reduced(place: Place, old: bytes, rows: Sequence[Mapping[str, Value]]) -> bytes:
    """A file's bytes without the last record that holds each of `rows`; every other byte stays."""
    lines = list(io.StringIO(old.decode("utf-8", errors="surrogateescape"), newline=""))
    reader = csv.reader(lines)
    header = [name.lstrip("\ufeff") for name in next(reader, [])]
    start, records = reader.line_num, []
    for cells in reader:
        records.append((dict(zip(header, cells, strict=False)), range(start, reader.line_num)))
        start = reader.line_num
    gone: set[int] = set()
    for row in rows:
        wanted = {name: _text(value) for name, value in row.items()}
        same = [place for place, (cells, _) in enumerate(records) if wanted.items() <= cells.items()]
        found = next((number for number in reversed(same) if number not in gone), None)
        if found is None:
            raise DataError([violation("append-gone", place, found=by_comma(filter(None, wanted.values())))])
        gone.add(found)
    out = {number for found in gone for number in records[found][1]}
    return "".join(line for number, line in enumerate(lines) if number not in out).encode(errors="surrogateescape")


def _extended(place: Place, old: bytes, rows: Iterable[Mapping[str, Value]]) -> bytes:
    """A file's bytes with rows added in its own column order and with its own line ends."""
    header = next(csv.reader(io.StringIO(old.decode("utf-8-sig", errors="replace"), newline="")), [])
    newline = "\r\n" if b"\r\n" in old else "\n"
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=newline)
    optional = {column.name for column in TABLES[place.resource].columns if column.optional}
    for row in rows:
        if unknown := sorted(set(row) - set(header) - optional):
            raise DataError([violation("append-column", place, 1, unknown[0], found=unknown[0])])
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
