"""The record of publications as a file beside `mkdocs.yml` (`publications.csv`): gets its bytes, gives `Approval`s.

It belongs to the site, not to the data package: whoever reuses the data need not know who let our pages out.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from datetime import date
from itertools import combinations
from typing import Any

from build_scripts.core.records import Approval

_FIELDS = tuple(field.name for field in fields(Approval))
# Columns that came later: older records lack some of them.
_LATER = frozenset(field.name for field in fields(Approval) if field.default == "") - {"note"}


def read_ledger(data: bytes) -> tuple[Approval, ...]:
    """The publications in file order.

    Raises:
        ValueError: the file is not such a table; the text says in which line.
    """
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    named = tuple(reader.fieldnames or ())
    if data and named != tuple(name for name in _FIELDS if name in named or name not in _LATER):
        raise ValueError("1")
    found = []
    for row in reader:
        if None in row or None in row.values():  # more cells than columns, or fewer
            raise ValueError(str(reader.line_num))
        try:
            values: dict[str, Any] = {**row, "as_of": date.fromisoformat(row["as_of"])}
            found.append(Approval(**values))
        except (TypeError, ValueError, KeyError):
            raise ValueError(str(reader.line_num)) from None
    return tuple(found)


def write_ledger(approvals: Iterable[Approval]) -> bytes:
    """The publications as CSV, one a line."""
    return _written(approvals, _FIELDS)


def spellings(approvals: Sequence[Approval]) -> Iterator[bytes]:
    """Every way in which a record of these publications may have been written: some columns came later."""
    for count in range(len(_LATER) + 1):
        for lacking in combinations(sorted(_LATER), count):
            if not any(getattr(each, name) for each in approvals for name in lacking):
                yield _written(approvals, [name for name in _FIELDS if name not in lacking])


def _written(approvals: Iterable[Approval], names: Sequence[str]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(asdict(approval) for approval in approvals)
    return out.getvalue().encode()
