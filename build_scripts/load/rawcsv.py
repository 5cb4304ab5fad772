"""Bytes of a CSV file as rows of text. Gets bytes, gives `RawFile` and the accidents of encoding and delimiters.

Encoding is never guessed: whatever is not UTF-8 is refused, with a line that names what it probably is and how to save
it again. A byte order mark and CRLF are what Excel writes, and every reader of the package bears them: only warnings.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from build_scripts.core.records import Severity, Violation
from build_scripts.load.violations import Place, violation
from build_scripts.locale import t

_OTHER_DELIMITERS = {";": "semicolon", "\t": "tab", "\uff0c": "wide_comma", "\uff1b": "wide_semicolon", "|": "bar"}
# What a file that is no CSV at all begins with, and which sentences tell of it.
_OTHER_FILES = (
    (re.compile(rb"\s*<(!doctype|html|\?xml)", re.IGNORECASE), "page"),
    (re.compile(rb"version https://git-lfs"), "pointer"),
    (re.compile(rb"PK\x03\x04|\xd0\xcf\x11\xe0"), "workbook"),
    (re.compile(rb"%PDF-"), "pdf"),
)
_CONFLICT = re.compile(rb"^(<{7}|>{7}) ", re.MULTILINE)
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class RawFile:
    """The records of one file as text: `rows` are (row as a spreadsheet numbers it, cells); the header is row 1."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]


def read_csv(place: Place, data: bytes) -> tuple[RawFile | None, list[Violation]]:
    """The records of a CSV file and what is wrong with its bytes; no file when it cannot be read at all."""
    if not data.strip(b"\xef\xbb\xbf\r\n\t ,;"):
        return None, [violation("file-empty", place)]
    if no_csv := _other_file(place, data):
        return None, [no_csv]
    plain, problems = _decoded(place, data)
    if plain is None:
        return None, problems
    raw, found = _parse(place, plain)
    return raw, problems + found


def _other_file(place: Place, data: bytes) -> Violation | None:
    """What the file is instead of a CSV: a web page, a workbook, half of a merge."""
    for beginning, kind in _OTHER_FILES:
        if beginning.match(data.removeprefix(codecs.BOM_UTF8)):
            return violation("file-not-csv", place, 1, what=f"what_{kind}", do=f"do_{kind}")
    if found := _CONFLICT.search(data):
        return violation("merge-conflict", place, _row_of(data, found.start()))
    return None


def _decoded(place: Place, data: bytes) -> tuple[bytes | None, list[Violation]]:
    """The bytes without a mark when they are UTF-8; other encodings are named, not guessed."""
    if data.startswith(_UTF16_MARKS) or _looks_utf16(data):
        return None, [violation("encoding", place, 1, encoding="UTF-16", found=_hex(data[:4]))]
    problems = []
    if data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
        problems.append(violation("bom", place, 1, severity=Severity.WARNING))
    if b"\0" in data:
        return None, [*problems, violation("nul-byte", place, _row_of(data, data.index(b"\0")))]
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        row = _row_of(data, error.start)
        found = _hex(data[error.start : error.start + 4])
        return None, [*problems, violation("encoding", place, row, encoding=_likely(data), found=found)]
    if b"\r" in data:
        problems.append(violation("crlf", place, severity=Severity.WARNING))
    return data, problems


def _looks_utf16(data: bytes) -> bool:
    """Whether every second byte of the beginning is NUL, as in UTF-16 without a mark."""
    head = data[:64]
    return len(head) >= 4 and max(head[0::2].count(0), head[1::2].count(0)) * 2 >= len(head) * 3 // 4


def _likely(data: bytes) -> str:
    """The encoding these bytes are probably in, for the message only."""
    for codec, name in (("gbk", "GBK"), ("gb18030", "GB18030"), ("big5", "Big5")):
        try:
            data.decode(codec)
        except UnicodeDecodeError:
            continue
        return name
    return t("errors.load.other_encoding")


def _row_of(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


def _hex(data: bytes) -> str:
    return data.hex(" ").upper()


def _parse(place: Place, data: bytes) -> tuple[RawFile | None, list[Violation]]:
    """Records of comma-separated UTF-8; another delimiter is reported once and then used."""
    problems: list[Violation] = []
    delimiter = ","
    first = next(_lines(data), "").splitlines()[0]
    if "," not in first:
        for char, name in _OTHER_DELIMITERS.items():
            if char in first:
                delimiter = char
                problems.append(violation("delimiter", place, 1, found=t(f"errors.delimiter.{name}")))
                break
    # Ids, periods and words come again and again: each is held once.
    share = dict[str, str]().setdefault
    records: list[list[str]] = []
    try:
        records.extend(list(map(share, record, record)) for record in _records(data, delimiter))
    except csv.Error as error:
        do = "do_long" if "limit" in str(error) else "do"
        return None, [*problems, violation("quotes", place, _last_row(data, delimiter) + 1, do=do)]
    header = tuple(records[0]) if records else ()
    return RawFile(header, tuple(enumerate(records[1:], start=2))), problems


def _lines(data: bytes) -> Iterator[str]:
    """The lines with their ends, read one by one: the whole as text would need several times its bytes."""
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")


def _records(data: bytes, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(_lines(data), delimiter=delimiter, strict=True)


def _last_row(data: bytes, delimiter: str) -> int:
    """How many records can be read before the one that cannot."""
    count = 0
    try:
        for _record in _records(data, delimiter):
            count += 1
    except csv.Error:
        return count
    return count
