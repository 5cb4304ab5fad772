"""Where things are and for which day: made once from the command line, passed down, never read from globals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

# Our checkout, which is a project itself.
ROOT = Path(__file__).resolve().parents[2]
# Our own code, what we bring to every site's look, and the pins of the packages that make a site.
CODE = Path(__file__).parents[1]
THEME = CODE / "theme"
PINS = CODE.parent / "requirements" / "site.txt"
# What programs leave in folders: no source of anything.
PASSED_OVER = frozenset(("__pycache__", ".DS_Store"))
# The settings of a site, at its root.
CONFIG = "mkdocs.yml"
# The file of a package that says what it is and lists its tables.
DESCRIPTOR = "datapackage.json"
# The versions of the data that were let out.
RELEASES = "releases"
# The list of what a site was made from and what it is made of, in the site itself.
MANIFEST = "build-manifest.json"
# The record of publications, beside `mkdocs.yml`: it is the site's, not the data's.
LEDGER = "publications.csv"
# Addresses that have gone and where they lead, likewise; kept by hand.
REDIRECTS = "redirects.csv"
# Losses and changes of published data that somebody has named as meant, likewise.
ACCEPTED = "accepted-changes.csv"
# Where systems keep the fonts that pictures borrow for characters the shipped one lacks.
FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
)


def site_root(package: Path, fallback: Path) -> Path:
    """Where the package's site keeps `mkdocs.yml` and `docs/`: beside it, else here, else in the `fallback`."""
    for folder in (package.parent, Path.cwd()):
        if (folder / CONFIG).is_file():
            return folder
    return fallback


@dataclass(frozen=True, slots=True)
class Settings:
    """The folders and the day of one run. `root` is the project folder with `mkdocs.yml` and `docs/`.

    `as_of` is the day up to which what was published counts, `known` the day up to which what was recorded here does
    (None: all of it), `publications` how many of the recorded publications do (None: all). `reach` says in words how
    far the record reaches on that day, for pages written by hand; it is known once there is a report.
    """

    root: Path
    package_dir: Path
    as_of: date
    out_dir: Path
    engine: str = "pages"
    known: date | None = None
    publications: int | None = None
    reach: str = ""

    @property
    def docs_dir(self) -> Path:
        """Hand-written pages; never written to."""
        return self.root / "docs"

    @property
    def staged_dir(self) -> Path:
        """The overlay of hand-written and generated pages that the site engine reads."""
        return self.out_dir / "docs"

    @property
    def site_dir(self) -> Path:
        """The finished site; replaced only when the new one is complete."""
        return self.out_dir / "site"

    @property
    def releases_dir(self) -> Path:
        """The versions of the data let out so far."""
        return self.root / RELEASES

    @property
    def cache_dir(self) -> Path:
        """Content-addressed results worth keeping between runs (chart SVGs)."""
        return self.root / ".cache"
