"""The `preview` verb: what a publication would change against the last one, printed and as a page to review."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from build_scripts.build import report_of
from build_scripts.checks import speaking_as
from build_scripts.cli.ahead import ahead
from build_scripts.cli.clock import today
from build_scripts.cli.options import (
    PACKAGE_DEFAULT,
    AsOfOption,
    KnownOption,
    OutOption,
    PackageOption,
    SiteLanguageOption,
    check_language,
    settings,
)
from build_scripts.cli.plain import Plain
from build_scripts.core.editions import Edition, editions_again
from build_scripts.core.errors import SiteError
from build_scripts.core.settings import Settings
from build_scripts.locale import DASH, in_brackets, t
from build_scripts.locale.catalogue import said_in
from build_scripts.overlay import overlay
from build_scripts.publish import STATE_PATH, Review, State, as_markdown, from_json
from build_scripts.publish.in_languages import Change, changes
from build_scripts.publish.review import Section
from build_scripts.publish.versions import PUBLISHED
from build_scripts.render import render_review
from build_scripts.site.csp import protected_own

PRINTED = 20
AgainstOption = Annotated[
    Path | None,
    typer.Option("--against", metavar="SITE", help=t("cli.option.against")),
]


def preview(
    against: AgainstOption = None,
    package: PackageOption = PACKAGE_DEFAULT,
    as_of: AsOfOption = None,
    out: OutOption = None,
    known: KnownOption = None,
    language: SiteLanguageOption = None,
) -> None:
    """List what publishing would change."""
    check_language(language)
    chosen = settings(package, as_of, out, known=known)
    published = chosen.out_dir / PUBLISHED
    only = (Edition(language),) if language else editions_again(chosen.root, (chosen.site_dir, published))
    # A site in one language is spoken of in it; of several, the one the package speaks.
    with nullcontext() if only[0].folder else only[0].speaking():
        _preview(chosen, only, against or published, first=against is None and not published.exists())


def _preview(chosen: Settings, editions: Sequence[Edition], published: Path, *, first: bool) -> None:
    """Print and write what publishing would change against what is out, if it is not the `first`."""
    console = Plain()
    changed = changes(_states(chosen, editions), None if first else published)
    console.print(t("preview.print.against_none" if first else "preview.print.against", path=published))
    if line := ahead(chosen):
        console.print(line)
    say_all(changed, console)
    for each in changed:
        with each.edition.speaking():
            markdown, html = write_review(each.found, chosen.out_dir / "preview" / each.edition.folder)
        console.print(t("preview.print.written", markdown=markdown, html=html))
    if first or any(each.found.sections for each in changed):
        console.print(t("preview.print.next"))


def _states(chosen: Settings, editions: Sequence[Edition]) -> dict[Edition, State]:
    """The state of the site in each language as it would be built now; nothing is staged or built."""
    return {edition: _state(chosen, edition) for edition in editions}


def _state(chosen: Settings, edition: Edition) -> State:
    own = edition.settings(chosen)
    with speaking_as(edition, own.package_dir, today()):
        made = overlay(own, *report_of(own, today())).files
    return from_json(next(artifact.data for artifact in made if artifact.path == STATE_PATH))


def say_all(changed: Sequence[Change], console: Console) -> None:
    """Print what changes in the first language, and in a line each how much does in the others."""
    for each in changed[:1]:
        with each.edition.speaking():
            say(each.found, console)
    for each in changed[1:]:
        console.print(
            t("preview.print.other", language=said_in(each.edition.code, "format.name"), summary=each.found.summary)
        )


def say(found: Review, console: Console) -> None:
    """Print a review, long sections shortened."""
    console.print(found.lead)
    for section in found.first:
        _say_section(section, console)
    console.print(found.summary)
    for remark in found.remarks:
        console.print(f"※ {remark}")
    for section in found.others:
        _say_section(section, console)
    console.print("")


def _say_section(section: Section, console: Console) -> None:
    mark = t("format.line.alarm", words=t("preview.remark.alarm")) if section.alarming else ""
    console.print("")
    console.print(mark + t("preview.print.section", title=section.title, count=section.count))
    for line in section.lines[:PRINTED]:
        change = t("format.line.change", old=line.old or DASH, new=line.new or DASH) if line.old or line.new else ""
        about = in_brackets(line.about)
        console.print(f"  {line.what}{change}{about}")
    if len(section.lines) > PRINTED:
        console.print("  " + t("preview.print.more", count=section.count - PRINTED))


def write_review(found: Review, folder: Path) -> tuple[Path, Path]:
    """Write the review as Markdown and as HTML; gives both paths.

    Raises:
        SiteError: the folder cannot be written to.
    """
    files = {folder / "review.md": as_markdown(found), folder / "review.html": protected_own(render_review(found))}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in files.items():
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as failure:
        raise SiteError(t("preview.error.write", path=folder, reason=failure.strerror)) from failure
    markdown, html = files
    return markdown, html
