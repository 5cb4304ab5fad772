"""The data page: every file for download with rows, size and hash, the interface, how to cite, the versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from build_scripts.core.records import Link, Page
from build_scripts.core.settings import DESCRIPTOR
from build_scripts.exports import Download, Publication, cite_dataset, dataset_page, script_text
from build_scripts.exports.downloads import TABLE_FORMATS
from build_scripts.exports.releases import Release
from build_scripts.locale import DASH, day, how_many, in_brackets, number, size, t
from build_scripts.pages import parts, reuse
from build_scripts.pages.dictionary import table_link
from build_scripts.pages.reuse import Copied
from build_scripts.pages.site_data import SiteData

ENDPOINTS = ("index", "targets", "observations", "status-history", "sources", "openapi")
# The one table for whoever wants no more than one.
ONE_TABLE = "targets_wide"
# Written by hand, so a site may be without it.
GUIDE = "open-data/"
_ONE_FORMATS = ("xlsx", "excel-csv", "csv")
_SHORT = 12


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file for download; sizes and counts are text, `short` the first digits of its SHA-256."""

    title: str
    note: str
    name: str
    address: str
    rows: str
    size: str
    sha256: str
    short: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table: where its columns are explained, its rows, and its file in every format, labelled by size."""

    link: Link
    rows: str
    files: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A version that was let out."""

    version: str
    day: str
    summary: str
    zip: Link
    short: str
    sha256: str
    changes: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DataView:
    """What the data page shows, in the order it shows it."""

    title: str
    sentence: str
    version: str
    whole: tuple[FileRow, ...]
    whole_caption: str
    formats: tuple[str, ...]
    one: tuple[Link, ...]
    tables: tuple[TableRow, ...]
    tables_caption: str
    format_notes: tuple[Copied, ...]
    safety: str
    hashes: tuple[FileRow, ...]
    hashes_caption: str
    dictionary: Link
    subsets: str
    endpoints: tuple[Copied, ...]
    endpoint_root: str
    example: str
    guide: Link | None
    citations: tuple[Copied, ...]
    cite_hint: str
    incomplete: str
    licence: str
    releases: tuple[ReleaseRow, ...]
    releases_none: str


def pages(given: SiteData) -> Iterator[Page]:
    """The data page; none where nothing is published for programs."""
    published = given.published
    if published is None:
        return
    title = t("data.title")
    files = how_many(len(published.downloads), "each")
    yield Page(
        address="data/",
        template="data",
        view=_view(given, published),
        title=title,
        description=t("data.description", files=files),
        source=DESCRIPTOR,
        crumbs=parts.crumbs(),
        cited=cite_dataset(published.edition).marks(),
        json_ld=script_text(dataset_page(published.edition, published.downloads)),
    )


def _view(given: SiteData, published: Publication) -> DataView:
    edition = published.edition
    whole = [each for each in published.downloads if not each.subject]
    by_table = [each for each in published.downloads if each.subject]
    count = how_many(len(published.tables), "sheet")
    built = parts.built_words(given.built_on)
    return DataView(
        title=t("data.title"),
        sentence=t("data.sentence", tables=count, formats=how_many(len(TABLE_FORMATS), "kind")),
        version=t("data.version", version=edition.version, day=day(edition.as_of), built=built),
        whole=tuple(_row(each, t(f"opendata.format_note.{each.format}")) for each in whole),
        whole_caption=t("data.caption.whole", count=how_many(len(whole), "each")),
        formats=tuple(t(f"data.column.{kind}") for kind in TABLE_FORMATS),
        one=tuple(_one_table(published)),
        tables=tuple(_tables(published)),
        tables_caption=t("data.caption.tables", count=count),
        format_notes=tuple(
            Copied(t(f"opendata.format.{kind}"), t(f"opendata.format_note.{kind}")) for kind in TABLE_FORMATS
        ),
        safety=t("opendata.safety.note"),
        hashes=tuple(_row(each, "") for each in by_table),
        hashes_caption=t("data.caption.hashes", count=how_many(len(by_table), "each")),
        dictionary=Link(t("dictionary.title"), "data/dictionary/"),
        subsets=t("data.subsets", count=how_many(len(published.subsets), "each")),
        endpoints=tuple(Copied(f"api/v1/{name}.json", t(f"data.api.{name.replace('-', '_')}")) for name in ENDPOINTS),
        endpoint_root=edition.base_url,
        example=_example(published),
        guide=Link(t("data.api.guide"), GUIDE) if GUIDE in given.by_hand else None,
        citations=reuse.citations(cite_dataset(edition)),
        cite_hint=t("reuse.cite.hint"),
        incomplete=reuse.unaddressed(published, "cite"),
        licence=_licence(given.report.package.meta),
        releases=tuple(_release(each) for each in given.releases),
        releases_none=t("data.releases.none"),
    )


def _one_table(published: Publication) -> Iterator[Link]:
    """The wide table in the formats that spreadsheets open."""
    files = {each.format: each for each in published.downloads if each.subject == ONE_TABLE}
    for kind in _ONE_FORMATS:
        yield Link(t(f"data.column.{kind}") + in_brackets(size(files[kind].size)), files[kind].path)


def _tables(published: Publication) -> Iterator[TableRow]:
    """Every table with its files, in the order of `TABLE_FORMATS`."""
    files = {(each.subject, each.format): each for each in published.downloads if each.subject}
    for name, table in published.tables.items():
        found = (files[name, kind] for kind in TABLE_FORMATS)
        links = tuple(Link(size(each.size), each.path) for each in found)
        yield TableRow(table_link(name, table.title), number(len(table.rows)), links)


def _row(download: Download, note: str) -> FileRow:
    return FileRow(
        title=download.title,
        note=note,
        name=download.path.removeprefix("data/"),
        address=download.path,
        rows=DASH if download.rows is None else number(download.rows),
        size=size(download.size),
        sha256=download.sha256,
        short=download.sha256[:_SHORT],
    )


def _example(published: Publication) -> str:
    """A command that reads one target, from the folder of the site where its address is unknown; `""` without one."""
    targets = published.edition.package.targets
    if not targets:
        return ""
    path, wanted = f"api/v1/targets/{targets[0].target_id}.json", "'.assessment.status_label, .explanation.sentences'"
    root = published.edition.base_url
    return f"curl -s {root}{path} | jq {wanted}" if root else f"jq {wanted} {path}"


def _release(release: Release) -> ReleaseRow:
    folder = release.zip_path.rpartition("/")[0]
    return ReleaseRow(
        version=release.version,
        day=day(release.as_of),
        summary=release.summary,
        zip=Link(t("opendata.format.zip") + in_brackets(size(release.zip_bytes)), release.zip_path),
        short=release.zip_sha256[:_SHORT],
        sha256=release.zip_sha256,
        changes=tuple(Link(t(f"data.releases.changes_{kind}"), f"{folder}/changes.{kind}") for kind in ("txt", "json")),
    )


def _licence(meta: Mapping[str, Any]) -> str:
    """The licence the descriptor declares, in one sentence."""
    licences = meta.get("licenses")
    first = licences[0] if isinstance(licences, list) and licences else None
    said = (first.get("title") or first.get("name")) if isinstance(first, dict) else first
    return t("data.licence.text", licence=str(said)) if said else t("data.licence.none")
