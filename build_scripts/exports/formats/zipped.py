"""A zip whose bytes depend on nothing but its content: fixed day, order and permissions."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date

_FIRST = date(1980, 1, 1)


def zipped(files: Mapping[str, bytes], day: date) -> bytes:
    """The files by path, in path order, each dated `day` 00:00 and readable by all.

    A zip knows no day before 1980: such a one is its first.
    """
    day = max(day, _FIRST)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in sorted(files.items()):
            entry = zipfile.ZipInfo(path, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data)
    return buffer.getvalue()
