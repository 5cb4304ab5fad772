"""The `rollback` verb: lets a version out again that was out before, and records who said so.

One of the versions beside the served address is pointed to again in a single rename; nothing is built or copied, and
the version that was wrong stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from build_scripts.cli.clock import now
from build_scripts.cli.options import (
    PACKAGE_DEFAULT,
    NameOption,
    NoteOption,
    OutOption,
    PackageOption,
    ToOption,
    settings,
)
from build_scripts.cli.plain import Plain
from build_scripts.core.errors import UsageError
from build_scripts.core.records import Approval
from build_scripts.core.settings import Settings
from build_scripts.locale import listed, t
from build_scripts.pages.publications import moment_words
from build_scripts.publish.site_state import ledger_of, record
from build_scripts.publish.versions import (
    APPROVAL,
    approval_of,
    caught_up,
    intend,
    line,
    locked,
    new_id,
    one_line,
    person,
    point,
    published,
    settled,
    target_of,
    versions_of,
)

VersionArgument = Annotated[str, typer.Argument(metavar="VERSION", help=t("cli.option.version"))]


def rollback(
    version: VersionArgument = "",
    approved_by: NameOption = "",
    to: ToOption = None,
    note: NoteOption = "",
    package: PackageOption = PACKAGE_DEFAULT,
    out: OutOption = None,
) -> None:
    """Go back to an earlier published version of the site and record who did it and when."""
    chosen = settings(package, out=out)
    target = target_of(chosen, to)
    console = Plain()
    if not version:
        _list(chosen, target, console)
        return
    name = person(approved_by)
    with locked(target):
        _restore(chosen, target, version, name, one_line(note))
    console.print(t("publication.rollback.done", path=target, version=version, name=name))


def _list(chosen: Settings, target: Path, console: Console) -> None:
    known = (*ledger_of(chosen.root), *line(target, published(target)))  # a list is only looked at: nothing is recorded
    kept, out_now = _kept(target, known), target.resolve().name
    for each in kept:
        mark = t("publication.rollback.out") if each.publication_id == out_now else ""
        when = moment_words(each.published_at)
        console.print(
            t("publication.rollback.line", id=each.publication_id, when=when, name=each.approved_by, mark=mark)
        )
    if not kept:
        console.print(t("publication.rollback.none", path=target))


def _kept(target: Path, known: Iterable[Approval]) -> list[Approval]:
    """The versions `known` to have been out that are still there, oldest first."""
    ids = {each.publication_id for each in known}
    folders = sorted(versions_of(target).glob(f"*/{APPROVAL}"))
    found = (approval_of(path.parents[1])[0] for path in folders)
    return sorted((each for each in found if each.publication_id in ids), key=lambda each: each.published_at)


def _restore(chosen: Settings, target: Path, version: str, name: str, note: str) -> None:
    """Point to the version and record it as a publication of its own.

    Raises:
        UsageError: there is no such version, or it is out already.
    """
    known = caught_up(chosen.root, target, published(target))
    kept = {each.publication_id: each for each in _kept(target, known)}
    if version not in kept:
        known_ones = listed(kept) or t("publication.rollback.no_version")
        raise UsageError(t("publication.rollback.unknown", version=version, kept=known_ones))
    if target.resolve().name == version:
        raise UsageError(t("publication.rollback.already", version=version))
    moment = now()
    restored = replace(
        kept[version],
        publication_id=new_id(moment, target, known),
        published_at=moment.isoformat(),
        approved_by=name,
        summary=t("publication.rollback.summary", version=version),
        note=note,
        bulletins="",
    )
    intend(target, version, restored)
    point(target, versions_of(target) / version)
    record(chosen.root, restored)
    settled(target)
