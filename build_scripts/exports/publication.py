"""Everything that is published for programs and spreadsheets. Gets an `Edition`, gives a `Publication` and its files.

The order matters in one place: the lists of files (catalogue, `files.json`, `SHA256SUMS`) are made from the finished
downloads, so each hash is of the bytes that are published.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

from build_scripts.core.kept import Keep, made_anew
from build_scripts.core.pause import no_collecting
from build_scripts.core.records import Artifact
from build_scripts.core.settings import DESCRIPTOR
from build_scripts.core.stopwatch import part
from build_scripts.exports.api import ROOT, api_files
from build_scripts.exports.badges import badge
from build_scripts.exports.catalogue import catalogue
from build_scripts.exports.citation import citation_cff, cite_dataset
from build_scripts.exports.datacite import datacite
from build_scripts.exports.derived import (
    assessment_table,
    group_table,
    history_table,
    provenance_table,
    standing_table,
    task_table,
)
from build_scripts.exports.descriptions import croissant, csvw, data_json
from build_scripts.exports.descriptor import descriptor, package_zip
from build_scripts.exports.downloads import (
    FOLDER,
    OWNER,
    TABLE_FORMATS,
    TOGETHER,
    Download,
    File,
    checksums,
    document,
    filed,
    in_memory,
    kept_book,
    table_downloads,
)
from build_scripts.exports.edition import Edition
from build_scripts.exports.embeds import badge_path
from build_scripts.exports.formats import sqlite, to_json
from build_scripts.exports.formats.sqlite import datasette_metadata
from build_scripts.exports.openapi import openapi
from build_scripts.exports.provenance import addresses, coverage
from build_scripts.exports.rdf import json_ld, turtle
from build_scripts.exports.sdmx import sdmx_csv
from build_scripts.exports.sdmx_structure import sdmx_structure
from build_scripts.exports.subsets import subset_downloads
from build_scripts.exports.tables import Table, package_tables
from build_scripts.exports.wide import wide_table
from build_scripts.locale import t

# Long computed tables stay out of the one big workbook, so that it opens quickly; each has a workbook of its own.
_APART = frozenset({"status_history", "provenance"})

# The files of the whole that are not called after it.
_OF_ALL = {"sdmx-csv": f"{FOLDER}sdmx/observations.csv", "sdmx-ml": f"{FOLDER}sdmx/structure.xml"}

Downloads = tuple[Download, ...]
Make = Callable[[], Downloads]


@dataclass(frozen=True)
class Publication:
    """One edition's tables and downloads, made once and asked by pages and `artifacts` alike.

    `keep` is asked for whatever takes long to write and is decided by its content alone; `file` takes every file as
    it is made.
    """

    edition: Edition
    keep: Keep = made_anew
    file: File = in_memory
    begun: dict[str, Callable[[], Sequence[Downloads]]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """All tables by name: the package's in the contract's order, then those computed here."""
        own = package_tables(self.edition)
        by_name = {table.name: table for table in own}
        computed = (
            assessment_table(self.edition),
            history_table(self.edition),
            task_table(self.edition),
            group_table(self.edition),
            provenance_table(self.edition),
            standing_table(self.edition, by_name["observations"]),
            wide_table(self.edition, by_name["targets"]),
        )
        return by_name | {table.name: table for table in computed}

    @cached_property
    def downloads(self) -> Downloads:
        """Every file for readers: the whole, then table by table. Subsets are apart, in `subsets`."""
        made = self._made("downloads", self._parts)
        tables, formats = list(self.tables), list(TABLE_FORMATS)
        by_table = sorted(
            (each for each in made if each.subject),
            key=lambda each: (tables.index(each.subject), formats.index(each.format)),
        )
        packed = self._of_all("zip", lambda: package_zip(self.edition, self._described(by_table), by_table))
        return (*packed, *(each for each in made if not each.subject), *by_table)

    @property
    def zip(self) -> Download:
        """The whole package as a zip."""
        return self.downloads[0]

    @cached_property
    def subsets(self) -> Downloads:
        """The files about one project, region, unit or target."""
        return self._made("subsets", lambda tables: [partial(self._subsets, tables)])

    def _subsets(self, tables: Mapping[str, Table]) -> Downloads:
        return self._filed(subset_downloads(self.edition, tables, self.keep))

    @cached_property
    def subsets_by_subject(self) -> Mapping[str, Downloads]:
        """The subsets by what they are about (`projects/ID`, `targets/ID`); what has none is not a key."""
        found: dict[str, list[Download]] = {}
        for each in self.subsets:
            found.setdefault(each.subject, []).append(each)
        return {subject: tuple(files) for subject, files in found.items()}

    def begin(self, beside: Callable[[Sequence[Make]], Callable[[], Sequence[Downloads]]]) -> None:
        """Have the files made of the tables beside other work (`Crew.beside`); whoever asks for some waits for them."""
        with part("tables"), no_collecting():
            tables = self.tables  # made here, for copies of this process then have them
        self.begun.update(downloads=beside(self._parts(tables)), subsets=beside([partial(self._subsets, tables)]))

    def _made(self, name: str, makes: Callable[[Mapping[str, Table]], Sequence[Make]]) -> Downloads:
        begun = self.begun.pop(name, None)
        parts = begun() if begun else [make() for make in makes(self.tables)]
        return tuple(each for part in parts for each in self._filed(part))

    def _filed(self, downloads: Iterable[Download]) -> Downloads:
        return tuple(filed(each, self.file) for each in downloads)

    @cached_property
    def descriptor(self) -> Mapping[str, object]:
        """The published `datapackage.json`."""
        return self._described(each for each in self.downloads if each.subject)

    def _described(self, by_table: Iterable[Download]) -> Mapping[str, object]:
        files = {each.path: each.content for each in by_table if each.format == "csv"}
        return descriptor(self.edition, self.tables.values(), files)

    def _parts(self, tables: Mapping[str, Table]) -> list[Make]:
        """What makes the files of the whole and those of each table; the longest first, for many may be at work."""
        edition, listed = self.edition, tuple(tables.values())
        sheets = [table for table in listed if table.name not in _APART]
        whole: Mapping[str, Callable[[], bytes]] = {
            "xlsx": lambda: kept_book(sheets, document(edition, edition.title), self.keep),
            "sqlite": lambda: sqlite(listed),
            "sdmx-csv": lambda: sdmx_csv(edition),
            "sdmx-ml": lambda: sdmx_structure(edition),
        }
        by_length = sorted(listed, key=lambda table: len(table.rows), reverse=True)
        return [
            *(partial(self._of_all, kind, write) for kind, write in whole.items()),
            *(partial(self._of_table, table, kinds) for table in by_length for kinds in TOGETHER),
        ]

    def _of_all(self, kind: str, write: Callable[[], bytes]) -> Downloads:
        """A file of the whole package."""
        path = _OF_ALL.get(kind, f"{FOLDER}{self.edition.name}.{kind}")
        return self._filed([Download(path, kind, t(f"opendata.file.whole.{kind}"), write())])

    def _of_table(self, table: Table, kinds: Iterable[str]) -> Downloads:
        return self._filed(table_downloads(self.edition, table, self.keep, kinds))


def artifacts(publication: Publication) -> Iterator[Artifact]:
    """Every file of the open data, by path from the site's root; the same edition gives the same bytes."""
    yield from (each.artifact for each in (*publication.downloads, *publication.subsets))
    yield from about(publication)


def about(publication: Publication) -> Iterator[Artifact]:
    """The files that are no downloads: what describes those, and the interface."""
    lists = list(_lists(publication))
    yield from (each.artifact for each in lists)
    others = _others(publication, [*publication.downloads, *publication.subsets, *lists])
    yield from (Artifact(path, content, OWNER) for path, content in others)


def files(publication: Publication) -> Iterator[tuple[str, bytes]]:
    """The files as path and bytes."""
    return ((each.path, each.data) for each in artifacts(publication))


def _others(publication: Publication, listed: Sequence[Download]) -> Iterator[tuple[str, bytes]]:
    """The files that are no downloads, as path and bytes."""
    edition = publication.edition
    yield f"{FOLDER}SHA256SUMS", checksums(listed)
    written = {each.subject: each for each in publication.downloads if each.format == "json"}
    yield from api_files(edition, publication.tables, lambda table: written[table.name].content)
    yield f"{ROOT}openapi.json", to_json(openapi(edition, publication.tables))
    for target in edition.package.targets:
        status = edition.assessments[target.target_id].status
        yield badge_path(target.target_id), badge(status, edition.as_of.isoformat())


def _lists(publication: Publication) -> Iterator[Download]:
    """The files that describe the others: descriptor, catalogue, citation, provenance, list of files."""
    edition, tables = publication.edition, tuple(publication.tables.values())
    nodes = catalogue(edition, tables, publication.downloads)
    cited = cite_dataset(edition)
    licence = edition.licence
    about = {
        "title": edition.title,
        "description": edition.description,
        "license": licence.get("title") or licence.get("name", ""),
        "license_url": licence.get("path", ""),
    }
    made = {
        DESCRIPTOR: ("json", to_json(publication.descriptor)),
        "catalog.ttl": ("turtle", turtle(nodes)),
        "catalog.jsonld": ("jsonld", to_json(json_ld(nodes))),
        "croissant.json": ("jsonld", to_json(croissant(edition, tables, publication.downloads))),
        "csvw.json": ("jsonld", to_json(csvw(edition, tables))),
        "datacite.json": ("json", to_json(datacite(edition))),
        "data.json": ("json", to_json(data_json(edition, tables, publication.downloads))),
        "citation.bib": ("bibtex", cited.bibtex().encode()),
        "CITATION.cff": ("text", citation_cff(edition).encode()),
        "citation.ris": ("ris", cited.ris().encode()),
        "citation.json": ("csl-json", to_json([cited.csl()])),
        "metadata.json": ("json", to_json(datasette_metadata(tables, edition.name, about))),
        "provenance/coverage.json": ("json", to_json(_coverage(edition))),
        "provenance/addresses.csv": ("csv", _addresses(edition)),
        "files.json": ("json", to_json(file_list(publication))),
    }
    for name, (kind, content) in made.items():
        title = t(f"opendata.file.list.{re.sub('[./]', '_', name)}")
        yield Download(f"{FOLDER}{name}", kind, title, content)


def file_list(publication: Publication) -> list[dict[str, object]]:
    """What `files.json` says: every download with what it is about, rows, bytes, SHA-256 and day."""
    edition = publication.edition
    return [
        {
            "path": each.path,
            "format": each.format,
            "media_type": each.media_type,
            "title": each.title,
            "subject": each.subject or None,
            "rows": each.rows,
            "bytes": each.size,
            "sha256": each.sha256,
            "as_of": edition.as_of,
            "version": edition.version,
        }
        for each in (*publication.downloads, *publication.subsets)
    ]


def _coverage(edition: Edition) -> dict[str, object]:
    counted = coverage(edition)
    return {
        "as_of": edition.as_of,
        "numbers": counted.total,
        "by_tier": {str(tier): count for tier, count in counted.by_tier},
        "by_source": dict(counted.by_source),
        "without_address": counted.without_address,
    }


def _addresses(edition: Edition) -> bytes:
    """The addresses to be checked elsewhere, as CSV: address, tier, how many numbers rest on it, who cites it."""
    rows = [
        ("url", "tier", "numbers", "cited_by"),
        *((each.url, str(each.tier), str(each.numbers), ";".join(each.cited_by)) for each in addresses(edition)),
    ]
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue().encode()
