"""A file of test vectors run through the method. Gets a path, gives rows of text cells and the problems found."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from build_scripts.assess import assess
from build_scripts.assess.vectors import INPUT_COLUMNS, BadCellError, read_row, write_row
from build_scripts.core.errors import DataError, UsageError
from build_scripts.core.records import Violation
from build_scripts.locale import by_semicolon, listed, t

_NEEDED = ("vector_id", "kind", "as_of")
_LONGEST_CELL = 2**27  # some ten thousand observations in one cell are long, but no mistake


def assess_file(path: Path) -> tuple[list[dict[str, str]], list[Violation]]:
    """The output row of every vector that can be read, in file order, and a problem for every one that cannot.

    Raises:
        UsageError: there is no such file.
        DataError: the file is no table of vectors at all.
    """
    reader = _reader(path)
    rows: list[dict[str, str]] = []
    problems: list[Violation] = []
    try:
        for row in reader:
            number = reader.line_num
            extra = row.pop(None, None)
            if extra:
                problems.append(_problem(path, number, "", "extra", by_semicolon(extra)))
                continue
            try:
                inputs, as_of = read_row(row)
            except BadCellError as bad:
                problems.append(_problem(path, number, bad.column, bad.wanted, bad.found))
                continue
            rows.append(write_row(row["vector_id"] or "", assess(inputs, as_of)))
    except csv.Error as error:
        problems.append(_problem(path, reader.line_num, "", "csv", str(error)))
    return rows, problems


def _reader(path: Path) -> csv.DictReader[str]:
    """The file as rows by column name; a byte order mark is forgiven."""
    if not path.is_file():
        raise UsageError(t("vectors.missing", path=path))
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        raise DataError([_problem(path, row, "", "encoding", hex(error.object[error.start]))]) from error
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        header = list(reader.fieldnames or ())
    except csv.Error as error:
        raise DataError([_problem(path, 1, "", "csv", str(error))]) from error
    if missing := [name for name in _NEEDED if name not in header]:
        raise DataError([_problem(path, 1, name, "column", listed(INPUT_COLUMNS)) for name in missing])
    if repeated := [name for name in dict.fromkeys(header) if header.count(name) > 1]:
        raise DataError([_problem(path, 1, name, "repeated", name) for name in repeated])
    return reader


def _problem(path: Path, row: int, column: str, wanted: str, found: str) -> Violation:
    shown = found if len(found) <= 60 else f"{found[:59]}…"
    return Violation(
        file=path.name,
        row=row,
        code=f"vector-{wanted}",
        field=column,
        message=t(f"vectors.{wanted}.what", found=shown),
        hint=t(f"vectors.{wanted}.do"),
    )
