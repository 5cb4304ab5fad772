"""The options every verb shares, and what they turn into. Gets the command line, gives `Settings`."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from build_scripts.cli.clock import today, today_of
from build_scripts.core.errors import UsageError
from build_scripts.core.language import known_languages
from build_scripts.core.periods import FIRST_DAY, LAST_DAY
from build_scripts.core.settings import ROOT, Settings, site_root
from build_scripts.locale import listed, t


class Engine(StrEnum):
    """The programs that can turn the staged Markdown into HTML; `mkdocs` is what `pages` equals byte for byte."""

    PAGES = "pages"
    MKDOCS = "mkdocs"
    PROPERDOCS = "properdocs"
    ZENSICAL = "zensical"


class TableFormat(StrEnum):
    """How `assess` prints."""

    CSV = "csv"
    JSON = "json"


class CheckFormat(StrEnum):
    """How `check` prints."""

    TEXT = "text"
    JSON = "json"


PackageOption = Annotated[Path, typer.Option("--package", metavar="DIR", help=t("cli.option.package"))]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="YYYY-MM-DD", help=t("cli.option.as_of")),
]
KnownOption = Annotated[
    str | None,
    typer.Option("--known", metavar="YYYY-MM-DD", help=t("cli.option.known")),
]
OutOption = Annotated[Path | None, typer.Option("--out", metavar="DIR", help=t("cli.option.out"))]
EngineOption = Annotated[Engine, typer.Option("--engine", help=t("cli.option.engine"))]
ToOption = Annotated[Path | None, typer.Option("--to", metavar="DIR", help=t("cli.option.to"))]
NameOption = Annotated[str, typer.Option("--approved-by", metavar="NAME", help=t("cli.option.approved_by"))]
NoteOption = Annotated[str, typer.Option("--note", help=t("cli.option.note"))]

SiteLanguageOption = Annotated[
    str | None, typer.Option("--language", metavar="CODE", help=t("cli.option.site_language"))
]

PACKAGE_DEFAULT = Path("datapackage")


def check_language(code: str | None) -> None:
    """Hold the language an option names against those there are words of.

    Raises:
        UsageError: there is no such language.
    """
    if code is not None and code not in known_languages():
        raise UsageError(t("errors.language", found=code, known=listed(known_languages())))


def day_of(text: str | None, option: str = "--as-of") -> date:
    """The day an option names, or today.

    Raises:
        UsageError: the text is not a day written YYYY-MM-DD, or one that no package knows.
    """
    if text is None:
        return today()
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise UsageError(t("errors.no_day", option=option, found=text)) from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise UsageError(t("errors.far_day", option=option, found=text, first=FIRST_DAY, last=LAST_DAY))
    return day


def settings(
    package: Path = PACKAGE_DEFAULT,
    as_of: str | None = None,
    out: Path | None = None,
    engine: Engine = Engine.PAGES,
    known: str | None = None,
) -> Settings:
    """The settings of one run; the site's root is the folder that holds the package and a `mkdocs.yml` side by side.

    Raises:
        UsageError: the package folder does not exist, the day is not one, or results would mix with what is written
            by hand.
    """
    if not package.is_dir():
        raise UsageError(t("errors.no_package", path=package))
    root = site_root(package.resolve(), ROOT)
    chosen = Settings(
        root=root,
        package_dir=package.resolve(),
        as_of=day_of(as_of) if as_of else today_of(package),
        out_dir=out.resolve() if out else root / "build",
        engine=engine.value,
        known=day_of(known, "--known") if known else None,
    )
    by_hand = (chosen.docs_dir.resolve(), chosen.package_dir)
    written = (chosen.out_dir, chosen.staged_dir.resolve(), chosen.site_dir.resolve())
    if any(folder.is_relative_to(source) for folder in written for source in by_hand):
        raise UsageError(t("errors.out_by_hand", path=chosen.out_dir))
    return chosen
