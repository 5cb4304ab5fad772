"""The rows of an earlier state, to hold a package against: a published site, a package, a release, a git revision.

Gets what the user named, gives the tables as text by primary key. Nothing is validated or mended: a row that would be
refused today was published all the same.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from build_scripts.core.errors import UsageError
from build_scripts.core.settings import DESCRIPTOR
from build_scripts.core.tables import DEFAULT_BASIS, TABLES
from build_scripts.load.rawcsv import read_csv
from build_scripts.load.snapshot import take
from build_scripts.load.violations import Place
from build_scripts.locale import t

Key = tuple[str, ...]
# Where a published site has its tables.
SITE_TABLES = "data/csv"
_MAX_BYTES = 64_000_000
_GIT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its number as a spreadsheet counts, and its cells by column."""

    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Held:
    """One table: its file, and its rows by the contract's key."""

    place: Place
    lines: Mapping[Key, Line]


def held(files: Mapping[str, bytes]) -> dict[str, Held]:
    """The tables of the contract that can be read among `files`, by name."""
    listed = _listed(files)
    tables = {}
    for name, table in TABLES.items():
        usual = (listed.get(name, ""), table.path, f"{name}.csv")
        path = next((path for path in usual if path in files), None)
        lines = _lines(Place(path, name), files[path], table.key) if path else None
        if path and lines is not None:
            tables[name] = Held(Place(path, name), lines)
    return tables


def earlier(ref: str, package_dir: Path) -> dict[str, Held]:
    """The tables of what `ref` names: a folder, a zip, or a revision of the package's repository.

    Raises:
        UsageError: it is none of these, or holds no table.
    """
    path = Path(ref)
    if not ref:
        raise UsageError(t("checks.against.unknown", ref="“”"))
    if path.is_dir():
        tables = published_tables(path) or held(take(_package_in(path)).files)
    elif path.is_file():
        tables = held(_below_descriptor(_unzipped(path)))
    else:
        tables = held(_revision(ref, package_dir))
    if not tables:
        raise UsageError(t("checks.against.empty", ref=ref))
    return tables


def published_tables(site: Path) -> dict[str, Held]:
    """The tables a published site offers; none where it offers none."""
    folder = site / SITE_TABLES
    names = [f"{name}.csv" for name in TABLES]
    return held({name: (folder / name).read_bytes() for name in names if (folder / name).is_file()})


def _package_in(folder: Path) -> Path:
    """The package's own folder, also where that of the whole project is named."""
    inner = folder / "datapackage"
    return inner if not (folder / DESCRIPTOR).is_file() and (inner / DESCRIPTOR).is_file() else folder


def _listed(files: Mapping[str, bytes]) -> dict[str, str]:
    """Path by table as the descriptor lists them, as far as it can be read."""
    try:
        resources = json.loads(files[DESCRIPTOR].decode("utf-8-sig"))["resources"]
        return {str(each["name"]): str(each["path"]) for each in resources}
    except (KeyError, ValueError, TypeError, RecursionError):
        return {}


def _lines(place: Place, data: bytes, key: Key) -> dict[Key, Line] | None:
    """The rows of a CSV by key; None when it is no CSV or has not the key's columns."""
    raw, _problems = read_csv(place, data)
    header = [cell.strip() for cell in raw.header] if raw else []
    if raw is None or not set(key) - {"basis"} <= set(header):
        return None
    lines: dict[Key, Line] = {}
    for row, cells in raw.rows:
        if any(cell.strip() for cell in cells):
            named = dict(zip(header, (cell.strip() for cell in cells), strict=False))
            if "basis" in key:
                named["basis"] = named.get("basis") or DEFAULT_BASIS
            lines.setdefault(tuple(named.get(name, "") for name in key), Line(row, named))
    return lines


def _unzipped(path: Path) -> dict[str, bytes]:
    """The CSV and JSON files of a zip.

    Raises:
        UsageError: it is no zip, or far too big.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            wanted = [each for each in archive.infolist() if each.filename.endswith((".csv", ".json"))]
            if sum(each.file_size for each in wanted) > _MAX_BYTES:
                raise UsageError(t("checks.against.big", ref=path))
            return {each.filename: archive.read(each) for each in wanted}
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as failure:
        raise UsageError(t("checks.against.unreadable", ref=path, reason=failure)) from None


def _below_descriptor(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of the package in an archive, by path from its descriptor."""
    found = sorted((path for path in files if PurePosixPath(path).name == DESCRIPTOR), key=len)
    start = found[0].removesuffix(DESCRIPTOR) if found else ""
    return {path.removeprefix(start): data for path, data in files.items() if path.startswith(start)}


def _revision(ref: str, package_dir: Path) -> dict[str, bytes]:
    """The package's files as they were in a revision of the repository it lies in.

    Raises:
        UsageError: there is no git, no repository, no such revision, or no package in it.
    """
    commit = _git(package_dir, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    if not commit:
        raise UsageError(t("checks.against.unknown", ref=ref))
    archive = _git(package_dir, "archive", "--format=tar", commit.decode().strip(), ".")
    if not archive:
        raise UsageError(t("checks.against.empty", ref=ref))
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        opened = ((each.name, tar.extractfile(each)) for each in tar if each.isfile())
        return {name: file.read() for name, file in opened if file and name.endswith((".csv", ".json"))}


def _git(folder: Path, *words: str) -> bytes:
    """What git says in `folder`; nothing where it fails or is not there."""
    program = shutil.which("git")
    if not program:
        return b""
    # A hook is run with variables that point git at another repository.
    environment = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    command = [program, *words]
    try:
        done = subprocess.run(  # noqa: S603 - git itself, the revision checked by it first
            command, cwd=folder, env=environment, capture_output=True, check=False, timeout=_GIT_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""
