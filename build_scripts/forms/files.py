"""Returned files, read whatever their name ends in: the first bytes say what they are.

Gets a path, gives a `GridBook`. What cannot be read raises `UnreadableError` with the code of the line that says why.
"""

from __future__ import annotations

from pathlib import Path

from build_scripts.forms.failures import why
from build_scripts.forms.grid import GridBook, UnreadableError
from build_scripts.forms.xls import read_xls
from build_scripts.forms.xlsx import read_xlsx

MAX_BYTES = 80_000_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_workbook(path: Path) -> GridBook:
    """The workbook in a file.

    Raises:
        UnreadableError: the file is missing, too large, encrypted, damaged, or something else than a workbook.
    """
    content = file_content(path)
    if is_xlsx(content):
        return read_xlsx(content)
    if content.startswith(_OLE):
        return read_xls(content)
    raise UnreadableError(_not_a_workbook(content))


def is_xlsx(content: bytes) -> bool:
    """Whether a file's bytes look like a workbook of the present format."""
    return content.startswith(_ZIP)


def file_content(path: Path) -> bytes:
    """The bytes of a file that may be a workbook.

    Raises:
        UnreadableError: the file is missing, empty, or far larger than a form.
    """
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as failure:
        raise UnreadableError("file_missing", reason=why(failure)) from None
    if size > MAX_BYTES:
        raise UnreadableError("file_large", megabytes=size // 1_000_000)
    if not content:
        raise UnreadableError("file_empty")
    return content


def _not_a_workbook(content: bytes) -> str:
    head = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"mime-version:", b"from: <saved by")):
        return "file_html"
    if head.startswith(b"%pdf"):
        return "file_pdf"
    return "file_text" if b"\0" not in content[:2000] else "file_other"
