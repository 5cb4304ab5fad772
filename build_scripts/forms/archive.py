"""An XLSX file with the same bytes for the same workbook: openpyxl stamps the clock into it, this takes it out again.

Gets a workbook and a day, gives the file's bytes; and writes bytes so that a file is there whole or not at all.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook

_DRAFT = ".forms-draft"
_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms)")


def workbook_bytes(workbook: Workbook, day: date) -> bytes:
    """The workbook as an XLSX file dated `day` throughout."""
    stamp = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the format knows no zone
    workbook.properties.creator = ""
    raw = io.BytesIO()
    workbook.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == _CORE:
                content = _MODIFIED.sub(rb"\g<1>" + stamp.strftime("%Y-%m-%dT00:00:00Z").encode() + rb"\g<2>", content)
            info = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, content)
    return out.getvalue()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one rename: killed before it, the folder is as it was.

    Where the system can, the draft has no name until it is whole; elsewhere the next run takes a left one away.
    """
    draft = path.with_name(f"{_DRAFT}-{os.getpid()}")
    try:
        _write_unseen(draft, content)
        draft.replace(path)
    finally:
        for left in path.parent.glob(f"{_DRAFT}-*"):
            left.unlink(missing_ok=True)


def _write_unseen(draft: Path, content: bytes) -> None:
    """Write a draft that gets its name only when it is whole; with its name from the start where the disk cannot."""
    draft.unlink(missing_ok=True)
    try:
        folder = os.open(draft.parent, os.O_RDONLY)
    except OSError:
        folder = -1
    try:
        handle = os.open(".", os.O_TMPFILE | os.O_RDWR, 0o666, dir_fd=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            # With a folder named, the link leads to the file behind the name in /proc, not to that name.
            os.link(f"/proc/self/fd/{handle}", draft.name, dst_dir_fd=folder, follow_symlinks=True)
    except (AttributeError, NotImplementedError, OSError):
        draft.write_bytes(content)
    finally:
        if folder >= 0:
            os.close(folder)
