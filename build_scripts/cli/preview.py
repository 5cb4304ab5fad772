"""The `preview` verb: what a publication would change against the last one, printed and as a page to review."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from build_scripts.build import overlay, report_of
from build_scripts.cli.clock import today
from build_scripts.cli.options import (
    OUT_DEFAULT,
    PACKAGE_DEFAULT,
    AsOfOption,
    KnownOption,
    OutOption,
    PackageOption,
    refuse_several,
    settings,
)
from build_scripts.core.errors import SiteError
from build_scripts.core.settings import Settings
from build_scripts.locale import DASH, in_brackets, t
from build_scripts.publish import STATE_PATH, Review, State, as_markdown, compare, fingerprint, from_json, review
from build_scripts.publish.review import Section
from build_scripts.publish.site_state import read_state
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
    out: OutOption = OUT_DEFAULT,
    known: KnownOption = None,
) -> None:
    """List what publishing would change."""
    chosen = settings(package, as_of, out, known=known)
    refuse_several(chosen, "preview")
    console = Console(soft_wrap=True, highlight=False, markup=False)
    published = against or chosen.out_dir / PUBLISHED
    first = against is None and not published.exists()
    old = None if first else read_state(published)
    new = _state(chosen)
    found = review(compare(old, new), fingerprint(new))
    console.print(t("preview.print.against_none" if first else "preview.print.against", path=published))
    say(found, console)
    markdown, html = write_review(found, chosen.out_dir / "preview")
    console.print(t("preview.print.written", markdown=markdown, html=html))
    if found.sections or first:
        console.print(t("preview.print.next"))


def _state(chosen: Settings) -> State:
    """The state of the site as it would be built now; nothing is staged or built."""
    made = overlay(chosen, *report_of(chosen, today())).files
    return from_json(next(artifact.data for artifact in made if artifact.path == STATE_PATH))


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
