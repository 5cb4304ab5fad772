"""The `publish` verb: lets the built site out, with the name of who approved it, and all at once or not at all.

What was approved is recorded inside the version itself, so the record beside the site can always be caught up.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from build_scripts.checks.against import Accepted, named, refused
from build_scripts.cli.accepted import AcceptOption, accepted
from build_scripts.cli.ahead import refuse_ahead
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
from build_scripts.cli.preview import say_all
from build_scripts.core.editions import Edition, editions_in
from build_scripts.core.errors import BuildError, DataError, UsageError
from build_scripts.core.records import Approval, Severity
from build_scripts.core.settings import Settings
from build_scripts.locale import t
from build_scripts.pages.publications import moment_words
from build_scripts.publish import STATE_PATH, State
from build_scripts.publish.approval_lines import CHANGES, fill_slots, first_out, newly_out
from build_scripts.publish.draft import draft_of, finished
from build_scripts.publish.in_languages import Change, changes, fingerprint_of
from build_scripts.publish.lost import lost_by_publishing, versions_lost
from build_scripts.publish.site_state import ledger_of, package_digest, read_state, record
from build_scripts.publish.versions import (
    caught_up,
    forget_old,
    locked,
    new_id,
    one_line,
    person,
    point,
    published,
    target_of,
    versions_of,
)
from build_scripts.render import render_review
from build_scripts.site.csp import protected_own
from build_scripts.site.workplace import workplace


def publish(
    approved_by: NameOption,
    to: ToOption = None,
    note: NoteOption = "",
    package: PackageOption = PACKAGE_DEFAULT,
    out: OutOption = None,
    accept_lost: AcceptOption = None,
) -> None:
    """Approve and publish the built site."""
    name, chosen = person(approved_by), settings(package, out=out)
    target = target_of(chosen, to)
    console = Plain()
    if not chosen.out_dir.is_dir():
        raise UsageError(t("preview.error.no_site", path=chosen.site_dir))
    with workplace(chosen.out_dir), locked(target):
        _publish(chosen, target, name, one_line(note), console, accepted(chosen.root, accept_lost))


def _publish(chosen: Settings, target: Path, name: str, note: str, console: Console, meant: Accepted) -> None:
    """Let the site out, approved by `name` with a `note`; `meant` are the losses somebody has named.

    Raises:
        UsageError: the site tells of a day still to come.
        BuildError: a version of the data that is out is gone or changed.
        DataError: something published is gone or changed, and nobody has named it.
    """
    new = _built_states(chosen)
    refuse_ahead(max(state.as_of for state in new.values()), chosen.package_dir, "preview.error.ahead")
    before = published(target)
    known = caught_up(chosen.root, target, before)
    mark = fingerprint_of(list(new.values()))
    if before and before.fingerprint == mark:
        said = {"name": before.approved_by, "when": moment_words(before.published_at)}
        console.print(t("preview.print.same", path=target, **said))
        return
    if gone := versions_lost(target, chosen.site_dir) if before else ():
        raise BuildError(t("preview.error.versions", count=len(gone), path=gone[0]))
    changed = changes(new, target if before else None)
    first = changed[0]
    taken = lost_by_publishing(first.before, chosen.package_dir, first.difference) if first.before else ()
    if errors := [each for each in refused(taken, meant) if each.severity is Severity.ERROR]:
        raise DataError(errors)
    moment = now()
    approval = Approval(
        publication_id=new_id(moment, target, known),
        published_at=moment.isoformat(),
        approved_by=name,
        as_of=first.difference.new.as_of,
        fingerprint=mark,
        summary=first.found.summary,
        note=note,
        bulletins=" ".join(newly_out(first.difference.new, first.difference.old, known)),
        accepted=" ".join(named(taken, meant)),
    )
    say_all(changed, console)
    draft = draft_of(chosen.site_dir, versions_of(target), approval)
    for each in changed:
        _write_lines(draft / each.edition.folder, each, approval, known)
    point(target, finished(draft, approval, before))
    record(chosen.root, approval)
    forget_old(target, (each.publication_id for each in ledger_of(chosen.root)))
    console.print(
        t("preview.print.published", path=target, id=approval.publication_id, name=name, summary=approval.summary)
    )


def _write_lines(place: Path, change: Change, approval: Approval, known: Sequence[Approval]) -> None:
    """Write into the draft of one language who approved it, and the page of all that it changes."""
    with change.edition.speaking():
        fill_slots(place, approval, first_out(change.difference.new, (*known, approval)))
        page = protected_own(render_review(change.found, "../"))
    (place / CHANGES).write_text(page, encoding="utf-8", newline="\n")


def _built_states(chosen: Settings) -> dict[Edition, State]:
    """The state of the built site in each of its languages.

    Raises:
        UsageError: there is no site.
        BuildError: the package was changed since it was built.
    """
    editions = editions_in(chosen.site_dir, chosen.root)
    places = [chosen.site_dir / each.folder for each in editions]
    if not all((place / name).is_file() for place in places for name in ("index.html", STATE_PATH)):
        raise UsageError(t("preview.error.no_site", path=chosen.site_dir))
    states = [read_state(place) for place in places]
    if any(state.inputs != package_digest(chosen.package_dir) for state in states):
        raise BuildError(t("preview.error.stale"))
    return dict(zip(editions, states, strict=True))
