"""The seal of a build: `build-manifest.json`, with the hashes of what it was made from and of what it made."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from build_scripts.core.identity import site_identity
from build_scripts.core.language import language
from build_scripts.core.settings import CODE, CONFIG, LEDGER, MANIFEST, PASSED_OVER, PINS, REDIRECTS, RELEASES, Settings
from build_scripts.exports import build_manifest
from build_scripts.exports.manifest import File, Known
from build_scripts.exports.project import called
from build_scripts.load import source_files, take
from build_scripts.locale import t
from build_scripts.report import Report


class Seal(Protocol):
    """What writes the manifest into a finished site."""

    def __call__(self, site: Path, hashes: Mapping[str, str] = {}) -> None:
        """`hashes` is the SHA-256 of files that this run has made, or held against the one they had before."""


def seal(settings: Settings, report: Report, languages: Sequence[str] = ()) -> Seal:
    """What writes the manifest of this run into a finished site; `languages` are its own where it has several."""
    spoken = tuple(languages) or (language(),)

    def write(site: Path, hashes: Mapping[str, str] = {}) -> None:
        outputs = _outputs(site, hashes)
        made = build_manifest(
            input_files(settings),
            outputs,
            called(settings.root, report),
            settings.as_of,
            known=report.known,
            engine=settings.engine,
            address=site_identity(settings.root).address,
            languages=spoken,
        )
        (site / MANIFEST).write_bytes(made)

    return write


def _outputs(site: Path, hashes: Mapping[str, str]) -> Iterator[File]:
    """The site's files but for the manifest; only those whose hash is not known are read."""
    for name in _below(site):
        if name in hashes:
            yield name, Known(os.stat(f"{site}/{name}").st_size, hashes[name])  # noqa: PTH116 - thousands of them
        elif name != MANIFEST:
            yield name, Path(site, name).read_bytes()


def input_files(settings: Settings) -> Iterator[tuple[str, bytes]]:
    """Everything a site's bytes depend on but the day, by a path that is the same on every machine."""
    yield from ((f"datapackage/{path}", data) for path, data in take(settings.package_dir).files.items())
    for name, folder in (("docs", settings.docs_dir), (RELEASES, settings.releases_dir)):
        yield from ((f"{name}/{path}", file.read_bytes()) for path, file in source_files(folder))
    yield from ((f"build_scripts/{path}", data) for path, data in files_below(CODE))
    for name, file in (
        (CONFIG, settings.root / CONFIG),
        (LEDGER, settings.root / LEDGER),
        (REDIRECTS, settings.root / REDIRECTS),
        ("requirements/site.txt", PINS),
    ):
        if file.is_file():
            yield name, file.read_bytes()


def files_below(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files below a folder by path, one at a time; what programs leave behind is passed over."""
    for name in _below(folder):
        yield name, Path(folder, name).read_bytes()


def _below(folder: Path) -> list[str]:
    """The files below a folder, by their paths from there: folder by folder, each before what begins as it does."""
    root = os.fspath(folder)
    found = []
    for place, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in PASSED_OVER]
        paths = [f"{place}/{name}" for name in names if name not in PASSED_OVER]
        found += [path[len(root) + 1 :] for path in paths if os.path.isfile(path)]  # noqa: PTH113 - thousands of them
    return sorted(found, key=lambda path: path.split("/"))


def said(title: str, paths: list[str], shown: int = 10) -> str:
    """A list of paths for the console: the first few, and how many more there are."""
    more = [t("verify.more", count=len(paths) - shown)] if len(paths) > shown else []
    return "\n".join([title, *(f"  {path}" for path in [*paths[:shown], *more])])
