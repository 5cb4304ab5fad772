"""The open data of one run: what `build` and `release` share. Gets settings and a report, gives files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from build_scripts.core.errors import SiteError
from build_scripts.core.identity import site_identity
from build_scripts.core.kept import kept
from build_scripts.core.links import leads_out
from build_scripts.core.records import Artifact
from build_scripts.core.settings import RELEASES, Settings
from build_scripts.exports import Publication, assessed_edition
from build_scripts.exports.downloads import File, in_memory
from build_scripts.exports.edition import Edition, Schema
from build_scripts.exports.releases import Release, altered, published_releases, releases, until
from build_scripts.load import source_files, take
from build_scripts.load.descriptor import read_descriptor
from build_scripts.locale import later
from build_scripts.locale.schema_words import worded
from build_scripts.report import Report

# Where released versions are kept in the project.


def publication(settings: Settings, report: Report, file: File = in_memory) -> Publication:
    """What is published for programs, from the verdicts that the report holds already; `file` takes each file."""
    site = site_identity(settings.root)
    edition = assessed_edition(
        report,
        _schemas(settings, report),
        base_url=site.address,
        mail=site.mail if leads_out(f"mailto:{site.mail}") else "",
        let_out=_let_out(settings.root, report),
        doi=site.doi,
    )
    return Publication(edition, partial(kept, settings.cache_dir), file)


def called(root: Path, report: Report) -> str:
    """What the content of a report is called: a version, or that it is later than one; see `Edition.version`."""
    return Edition(report.package, {}, {}, report.as_of, let_out=_let_out(root, report)).version


def _let_out(root: Path, report: Report) -> Mapping[str, tuple[str, str]]:
    kept_now = releases(until(kept_files(root / RELEASES), report.as_of))
    return {each.version: (each.content, each.zip_path) for each in kept_now if each.content}


def release_files(settings: Settings, published: Publication) -> Iterator[Artifact]:
    """The versions of the data that were let out, as files of the site."""
    kept = until(kept_files(settings.root / RELEASES), published.edition.as_of)
    yield from (Artifact(path, data, RELEASES) for path, data in published_releases(kept))


def kept_releases(settings: Settings) -> tuple[Release, ...]:
    """The versions with data up to the day of the run that were let out, newest first."""
    return releases(until(kept_files(settings.root / RELEASES), settings.as_of))


def kept_files(folder: Path) -> Mapping[str, bytes]:
    """The released files by path below `folder`, in path order; none when there is no such folder.

    Raises:
        SiteError: a link leads out of the folder, to a folder, or nowhere; or a file is not as it was let out.
    """
    found = {name: path.read_bytes() for name, path in source_files(folder)}
    if touched := altered(found):
        raise SiteError(later("opendata.release.altered", path=folder / touched[0]))
    return found


def _schemas(settings: Settings, report: Report) -> Mapping[str, Schema]:
    """The Table Schemas by table name, in the words of the language the package is shown in."""
    found = package_schemas(settings.package_dir)
    return {name: worded(name, schema) for name, schema in found.items()} if report.package.own else found


def package_schemas(package_dir: Path) -> Mapping[str, Schema]:
    """The package's Table Schemas by table name."""
    descriptor, _problems = read_descriptor(take(package_dir))
    return {table.name: table.schema for table in descriptor.tables} if descriptor else {}
