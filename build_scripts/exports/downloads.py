"""Every table in every format, and the package as a whole. Gets tables, gives `Download`s: a file and what it is.

Paths are relative to the site's root; everything lies under `data/`, whose `SHA256SUMS` and `files.json` list it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path

from build_scripts.core.kept import Keep, key_of, made_anew
from build_scripts.core.records import Artifact
from build_scripts.exports.edition import Edition
from build_scripts.exports.formats import csv_excel, csv_plain, forget_lines, json_lines, json_table, parquet, workbook
from build_scripts.exports.formats.workbook import Document
from build_scripts.exports.tables import Table
from build_scripts.locale import t
from build_scripts.locale.catalogue import whole

FOLDER = "data/"
OWNER = "opendata"
# What keeps an artifact's bytes, in memory or elsewhere, and gives it back.
File = Callable[[Artifact], Artifact]
MEDIA_TYPES: Mapping[str, str] = {
    "csv": "text/csv",
    "excel-csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
    "sqlite": "application/vnd.sqlite3",
    "zip": "application/zip",
    "sdmx-csv": "application/vnd.sdmx.data+csv;version=2.0.0",
    "sdmx-ml": "application/vnd.sdmx.structure+xml;version=3.0.0",
    "turtle": "text/turtle",
    "jsonld": "application/ld+json",
    "bibtex": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl-json": "application/vnd.citationstyles.csl+json",
    "text": "text/plain",
}
# Format → (folder, file name's ending), in the order pages list them.
TABLE_FORMATS: Mapping[str, tuple[str, str]] = {
    "csv": ("csv", ".csv"),
    "excel-csv": ("csv", ".excel.csv"),
    "xlsx": ("xlsx", ".xlsx"),
    "json": ("json", ".json"),
    "jsonl": ("jsonl", ".jsonl"),
    "parquet": ("parquet", ".parquet"),
}
# Formats that ask for the same of a table are written one after the other; the longest work comes first.
TOGETHER = (("xlsx", "parquet"), ("csv", "excel-csv"), ("json", "jsonl"))


@dataclass(frozen=True)
class Download:
    """A file for readers: where it is, what it holds, its bytes. `rows` is None where rows cannot be counted.

    `subject` says what it is about: a table's name, `projects/ID` and the like for a subset, `""` for the whole.
    """

    path: str
    format: str
    title: str
    content: bytes
    subject: str = ""
    rows: int | None = None

    @property
    def media_type(self) -> str:
        """Its IANA media type."""
        return MEDIA_TYPES[self.format]

    @property
    def artifact(self) -> Artifact:
        """The file of the site."""
        return Artifact(self.path, self.content, OWNER)

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of its bytes, in lower-case hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return len(self.content)


class Filed(Download):
    """A download whose bytes somebody keeps elsewhere, as the artifact `made`."""

    def __init__(self, download: Download, made: Artifact) -> None:
        known = {name: value for name, value in vars(download).items() if name != "content"}
        vars(self).update(known, made=made, sha256=made.sha256)

    @property
    def content(self) -> bytes:
        """Its bytes, from where they are kept."""
        return self.artifact.data

    @property
    def artifact(self) -> Artifact:
        """The file of the site."""
        made: Artifact = vars(self)["made"]
        return made

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return self.artifact.size


def in_memory(made: Artifact) -> Artifact:
    """Where nothing keeps files: the artifact itself."""
    return made


def filed(download: Download, file: File) -> Download:
    """The download, its bytes kept by `file`."""
    return Filed(download, file(download.artifact))


def table_path(name: str, kind: str) -> str:
    """Where the file of a table in a format is published."""
    folder, ending = TABLE_FORMATS[kind]
    return f"{FOLDER}{folder}/{name}{ending}"


def table_downloads(
    edition: Edition, table: Table, keep: Keep = made_anew, kinds: Iterable[str] = TABLE_FORMATS
) -> Iterator[Download]:
    """A table in these formats of `TABLE_FORMATS`."""
    known = writers(edition, keep)
    for kind in kinds:
        title = t("opendata.file.table", table=table.title, format=t(f"opendata.format.{kind}"))
        yield Download(table_path(table.name, kind), kind, title, known[kind](table), table.name, len(table.rows))
    forget_lines(table)


def writers(edition: Edition, keep: Keep = made_anew) -> Mapping[str, Callable[[Table], bytes]]:
    """The function that writes a table in each format, by format; what takes long is kept by content."""
    return {
        "csv": csv_plain,
        "excel-csv": csv_excel,
        "xlsx": lambda table: kept_book([table], document(edition, table.title), keep),
        "json": json_table,
        "jsonl": json_lines,
        "parquet": lambda table: keep("parquet", key_of(_maker(), table.fingerprint), lambda: parquet(table)),
    }


def kept_book(tables: Sequence[Table], about: Document, keep: Keep, *, meanings: bool = True) -> bytes:
    """As `workbook`, kept by content."""
    key = key_of(_maker(), *(table.fingerprint for table in tables), repr(about), repr(meanings))
    return keep("workbooks", key, lambda: workbook(tables, about, meanings=meanings))


@cache
def _maker() -> str:
    """What besides the tables decides the bytes: the libraries, the words, and the code that writes."""
    code = [path.read_bytes() for path in sorted((Path(__file__).parent / "formats").glob("*.py"))]
    return key_of(version("xlsxwriter"), version("pyarrow"), whole(), *code)


def document(edition: Edition, title: str) -> Document:
    """What a workbook of this edition says of itself."""
    comments = t("opendata.xlsx.comments", version=edition.version, as_of=edition.as_of.isoformat())
    return Document(title=title, author=edition.publisher, comments=comments, as_of=edition.as_of)


def checksums(downloads: Iterable[Download], folder: str = FOLDER) -> bytes:
    """The lines of `SHA256SUMS` for the files under `folder`, in path order, as `sha256sum -c` reads them there."""
    listed = sorted((each.path.removeprefix(folder), each.sha256) for each in downloads if each.path.startswith(folder))
    return "".join(f"{sha256}  {path}\n" for path, sha256 in listed).encode()
