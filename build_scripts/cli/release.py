"""The `release` verb: lets out a version of the data package, with what changed since the version before."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from build_scripts.checks import load_day
from build_scripts.cli.ahead import refuse_ahead
from build_scripts.cli.clock import today
from build_scripts.cli.options import PACKAGE_DEFAULT, AsOfOption, KnownOption, PackageOption, settings
from build_scripts.cli.plain import Plain
from build_scripts.core.errors import SiteError, UsageError
from build_scripts.core.records import Package
from build_scripts.core.settings import RELEASES
from build_scripts.exports import ChangeList, Kind
from build_scripts.exports.project import kept_files, publication
from build_scripts.exports.releases import SUMS, release_files, releases
from build_scripts.load import read, records
from build_scripts.locale import listed, t
from build_scripts.publish.signature import signature
from build_scripts.report import build_report

# A version being written; names with a dot before them are never published.
_DRAFT = ".draft-"
RELEASES_DEFAULT = Path(RELEASES)
SignOption = Annotated[Path | None, typer.Option("--sign", metavar="KEY", help=t("cli.option.sign"))]
ReleasesOption = Annotated[Path, typer.Option("--to", metavar="DIR", help=t("cli.option.releases"))]


def release(
    package: PackageOption = PACKAGE_DEFAULT,
    as_of: AsOfOption = None,
    to: ReleasesOption = RELEASES_DEFAULT,
    known: KnownOption = None,
    sign: SignOption = None,
) -> None:
    """Release a version of the data package."""
    chosen = settings(package, as_of, known=known)
    refuse_ahead(chosen.as_of, chosen.package_dir, "opendata.release.ahead")
    kept = kept_files(to)
    previous = _previous(to, kept)
    made = publication(
        chosen,
        build_report(
            load_day(chosen.package_dir, today(), chosen.as_of, chosen.known).seen, chosen.as_of, chosen.known
        ),
    )
    version = made.edition.number
    if any(each.version == version for each in releases(kept)):
        raise UsageError(t("opendata.release.exists", version=version, folder=to))
    try:
        files, changes = release_files(made, previous)
    except ValueError:
        before = previous.meta.get("version") if previous else ""
        raise UsageError(t("opendata.release.version", version=version, before=before or "—")) from None
    if sign:
        path = f"{version}/{SUMS}"
        files = {**files, f"{path}.sig": signature(files[path], sign)}
    _write(to, version, files)
    _say(Plain(), version, to, changes)


def _previous(folder: Path, kept: Mapping[str, bytes]) -> Package | None:
    """The package of the newest release, read back from its zip; None when nothing was released yet.

    Raises:
        SiteError: the zip cannot be read.
    """
    listed = releases(kept)
    if not listed:
        return None
    path = folder / listed[0].version / Path(listed[0].zip_path).name
    with tempfile.TemporaryDirectory() as unpacked:
        try:
            with zipfile.ZipFile(path) as archive:
                archive.extractall(unpacked)  # zipfile keeps members inside the folder
        except (OSError, zipfile.BadZipFile) as failure:
            raise SiteError(t("opendata.release.unreadable", path=path)) from failure
        return records(read(Path(unpacked)))


def _write(folder: Path, version: str, files: Mapping[str, bytes]) -> None:
    """Write a version's files beside, then give the folder its name: a version is out whole or not at all.

    What a run that was ended has left is removed: its draft, and a folder of the name that no `release.json` is in.
    """
    draft = folder / f"{_DRAFT}{version}"
    try:
        for left in (*folder.glob(f"{_DRAFT}*"), folder / version):
            if left.is_dir():
                shutil.rmtree(left)
        for path, data in files.items():
            place = draft / path.removeprefix(f"{version}/")
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        draft.rename(folder / version)
    except OSError as failure:
        raise SiteError(
            t("errors.unwritable", path=failure.filename or folder, reason=failure.strerror or failure)
        ) from failure


def _say(console: Console, version: str, folder: Path, changes: ChangeList) -> None:
    counted = {kind: sum(changes.count(table, kind) for table in changes.tables) for kind in Kind}
    said = listed(t(f"opendata.changes.count.{kind}", count=count) for kind, count in counted.items())
    console.print(t("opendata.release.done", version=version, folder=folder / version, counts=said))
