"""The data page: every table for download, with rows, size and hash, and the dictionary from the schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from build_scripts.downloads import Download
from build_scripts.model import Page
from build_scripts.pages import parts, wording
from build_scripts.pages.ingredients import Ingredients
from build_scripts.text import DASH, day, number, t


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file for download; sizes and counts are text."""

    title: str
    name: str
    address: str
    rows: str
    size: str
    sha256: str


@dataclass(frozen=True, slots=True)
class DataView:
    """What the data page shows."""

    title: str
    sentence: str
    version: str
    files: tuple[FileRow, ...]
    caption: str
    descriptor: str
    licence: str
    citation: str


def pages(given: Ingredients) -> Iterator[Page]:
    """The data page."""
    report = given.report
    tables = [download for download in given.downloads if download.rows is not None]
    count = wording.how_many(len(tables), "张")
    meta = report.package.meta
    version = str(meta.get("version") or DASH)
    title = t("data.title")
    view = DataView(
        title=title,
        sentence=t("data.sentence", files=count),
        version=t("data.version", version=version, day=day(report.as_of)),
        files=tuple(_row(download) for download in tables),
        caption=t("table.caption.files", count=count),
        descriptor="data/package/datapackage.json",
        licence=_licence(meta),
        citation=t("data.licence.cite", title=str(meta.get("title") or ""), version=version, day=day(report.as_of)),
    )
    yield Page(
        address="data/",
        template="data",
        view=view,
        title=title,
        description=t("data.description", files=count),
        source="datapackage.json",
        crumbs=parts.crumbs(),
    )


def _row(download: Download) -> FileRow:
    path = download.artifact.path
    return FileRow(
        title=download.title,
        name=path.rpartition("/")[2],
        address=path,
        rows=number(download.rows),
        size=_size(download.size_bytes),
        sha256=download.sha256,
    )


def _size(size_bytes: int) -> str:
    """A file's size for readers: bytes below 1 KB, else KB with one decimal."""
    return f"{size_bytes} B" if size_bytes < 1024 else f"{size_bytes / 1024:,.1f} KB"


def _licence(meta: Mapping[str, Any]) -> str:
    """The licence the descriptor declares, in one sentence."""
    licences = meta.get("licenses")
    if not isinstance(licences, list) or not licences:
        return t("data.licence.none")
    return t("data.licence.text", licence=str(licences[0].get("title") or licences[0].get("name")))
