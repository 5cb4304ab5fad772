"""The seal of a build: `build-manifest.json`, with the hashes of what it was made from and of what it made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from build_scripts.core.identity import CONFIG, site_identity
from build_scripts.core.settings import LEDGER, MANIFEST, RELEASES, Settings
from build_scripts.exports import build_manifest
from build_scripts.load import source_files, take
from build_scripts.locale import t
from build_scripts.report import Report

CODE = Path(__file__).parents[1]
PINS = CODE.parent / "requirements" / "site.txt"
_PASSED_OVER = {"__pycache__", ".DS_Store"}


def seal(settings: Settings, report: Report) -> Callable[[Path], None]:
    """What writes the manifest into a finished site."""

    def write(site: Path) -> None:
        meta = report.package.meta
        outputs = (file for file in files_below(site) if file[0] != MANIFEST)
        made = build_manifest(
            input_files(settings),
            outputs,
            str(meta.get("version") or ""),
            settings.as_of,
            known=report.known,
            engine=settings.engine,
            address=site_identity(settings.root).address,
        )
        (site / MANIFEST).write_bytes(made)

    return write


def input_files(settings: Settings) -> Iterator[tuple[str, bytes]]:
    """Everything a site's bytes depend on but the day, by a path that is the same on every machine."""
    yield from ((f"datapackage/{path}", data) for path, data in take(settings.package_dir).files.items())
    for name, folder in (("docs", settings.docs_dir), (RELEASES, settings.releases_dir)):
        yield from ((f"{name}/{path}", file.read_bytes()) for path, file in source_files(folder))
    yield from ((f"build_scripts/{path}", data) for path, data in files_below(CODE))
    for name, file in (
        (CONFIG, settings.root / CONFIG),
        (LEDGER, settings.root / LEDGER),
        ("requirements/site.txt", PINS),
    ):
        if file.is_file():
            yield name, file.read_bytes()


def files_below(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files below a folder by path, one at a time; what programs leave behind is passed over."""
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_file() and not _PASSED_OVER & set(relative.parts):
            yield relative.as_posix(), path.read_bytes()


def said(title: str, paths: list[str], shown: int = 10) -> str:
    """A list of paths for the console: the first few, and how many more there are."""
    more = [t("verify.more", count=len(paths) - shown)] if len(paths) > shown else []
    return "\n".join([title, *(f"  {path}" for path in [*paths[:shown], *more])])
