"""A small site in a folder of its own, staged and built in this process, and what a test does to it."""

import dataclasses
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from packages import write_package

from build_scripts.build import stage_all
from build_scripts.core.settings import Settings
from build_scripts.exports import MANIFEST
from build_scripts.site.engine import CONFIG_NAME, build_site
from build_scripts.site.manifest import seal
from build_scripts.site.page_engine import NO_HEAD_START, HeadStart
from build_scripts.site.stage import Staged
from build_scripts.site.workplace import workplace

ROOT = Path(__file__).parents[1]
# Long hand-written pages that add nothing to a test but seconds.
LEFT_OUT = (
    "handbook",
    "data-contract.md",
    "method-notes.md",
    "open-data.md",
    "security.md",
    "scale.md",
    "architecture.md",
)
TODAY = date(2026, 11, 28)


class SmallSite:
    """`build()` brings the site up to date as `build` does; `clean()` builds the same anew, elsewhere, from nothing."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self.package = folder / "datapackage"
        self.package.mkdir()
        write_package(self.package)
        shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns(*LEFT_OUT))
        settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").splitlines(keepends=True)
        named = [
            line for line in settings if not any(f": {path}/" in line or f": {path}\n" in line for path in LEFT_OUT)
        ]
        (folder / "mkdocs.yml").write_text("".join(named), encoding="utf-8")
        self.settings = Settings(folder, self.package, date(2024, 6, 30), folder / "build")
        self.report = None

    @property
    def site(self) -> Path:
        return self.settings.site_dir

    def stage(self) -> Staged:
        self.report, staged = stage_all(self.settings, TODAY)
        return staged

    def build(self) -> dict[str, str]:
        made = self.finish(HeadStart(hashes=self.stage().hashes))
        sealed = json.loads((self.site / MANIFEST).read_bytes())["outputs"]
        assert {each["path"]: each["sha256"] for each in sealed} == made
        return made

    def finish(self, head_start: HeadStart = NO_HEAD_START) -> dict[str, str]:
        in_its_place(self.settings, seal(self.settings, self.report), head_start)
        return hashes(self.site)

    def clean(self, engine: str = "pages") -> dict[str, str]:
        """The files of the same site, built in another folder where nothing is kept."""
        other = self.folder / "elsewhere"
        shutil.rmtree(other, ignore_errors=True)
        shutil.copytree(self.settings.staged_dir, other / "build" / "docs")
        for name in ("mkdocs.yml", "publications.csv"):
            if (self.folder / name).exists():
                shutil.copyfile(self.folder / name, other / name)
        settings = dataclasses.replace(self.settings, root=other, out_dir=other / "build", engine=engine)
        in_its_place(settings)
        return hashes(settings.site_dir)


def in_its_place(
    settings: Settings, seal: Callable[[Path], None] | None = None, head_start: HeadStart = NO_HEAD_START
) -> Path:
    """Build the staged site as a run of its own; gives its folder."""
    with workplace(settings.out_dir) as work:
        return build_site(settings, work, seal, head_start=head_start)


def by_mkdocs(out: Path, root: Path, folder: Path) -> dict[str, str]:
    """The files that MkDocs makes, in `folder`, of the pages a build of the project in `root` left in `out`."""
    extra = json.loads((out / CONFIG_NAME).read_bytes())["extra"]
    build = folder / "build"
    build.mkdir(parents=True)
    (build / "docs").symlink_to(out / "docs")
    day = date.fromisoformat(extra["data_as_of"])
    return hashes(in_its_place(Settings(root, root / "datapackage", day, build, "mkdocs", reach=extra["reach"])))


def hashes(folder: Path) -> dict[str, str]:
    """The files of a site by path, but for its manifest, which names the engine."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def copy_of(site: SmallSite, folder: Path, *, linked: bool = False) -> SmallSite:
    """A built site with all that is kept of it, in another folder, to be changed there.

    `linked`: what is built and kept are second names of the same files, which nobody may write into.
    """
    apart = ("build", ".cache") if linked else ()
    shutil.copytree(site.folder, folder, ignore=shutil.ignore_patterns("elsewhere", *apart))
    for name in apart:
        shutil.copytree(
            site.folder / name, folder / name, copy_function=os.link, ignore=shutil.ignore_patterns(".lock")
        )
    other = object.__new__(SmallSite)
    other.folder, other.package, other.report = folder, folder / "datapackage", site.report
    other.settings = dataclasses.replace(
        site.settings, root=folder, package_dir=folder / "datapackage", out_dir=folder / "build"
    )
    return other


def from_nothing(site: SmallSite, folder: Path) -> SmallSite:
    """The same sources in another folder where nothing is built or kept."""
    other = object.__new__(SmallSite)
    other.folder, other.package, other.report = folder, folder / "datapackage", None
    shutil.copytree(site.folder, folder, ignore=shutil.ignore_patterns("build", ".cache", "elsewhere"))
    other.settings = dataclasses.replace(
        site.settings, root=folder, package_dir=folder / "datapackage", out_dir=folder / "build"
    )
    return other


def as_new_process(*, also: tuple[str, ...] = ()) -> None:
    """Forget what functions of ours remember, as a new process would; Jinja and the words only where asked."""
    stay = {"environment", "_words"} - set(also)
    for name, module in list(sys.modules.items()):
        if name.startswith("build_scripts."):
            for function in list(vars(module).values()):
                if hasattr(function, "cache_clear") and function.__name__ not in stay:
                    function.cache_clear()
