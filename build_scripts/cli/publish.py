"""The `publish` verb: lets the built site out, with the name of who approved it, and all at once or not at all.

What was approved is recorded inside the version itself, so the record beside the site can always be caught up.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from build_scripts.checks.against import Accepted, named, refused
from build_scripts.cli.accepted import AcceptOption, accepted
from build_scripts.cli.clock import now
from build_scripts.cli.options import (
    OUT_DEFAULT,
    PACKAGE_DEFAULT,
    NameOption,
    NoteOption,
    OutOption,
    PackageOption,
    ToOption,
    refuse_several,
    settings,
)
from build_scripts.cli.preview import say
from build_scripts.core.errors import BuildError, DataError, UsageError
from build_scripts.core.records import Approval, Severity
from build_scripts.core.settings import Settings
from build_scripts.locale import t
from build_scripts.pages.publications import moment_words
from build_scripts.publish import STATE_PATH, State, compare, fingerprint, review, summary_line
from build_scripts.publish.approval_lines import fill_slots, first_out, newly_out
from build_scripts.publish.lost import lost_by_publishing, versions_lost
from build_scripts.publish.published_site import CHANGES, MANIFEST
from build_scripts.publish.site_state import ledger_of, package_digest, read_state, record
from build_scripts.publish.versions import (
    APPROVAL,
    as_json,
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

_FOLDER_MODE, _FILE_MODE = 0o755, 0o644


def publish(
    approved_by: NameOption,
    to: ToOption = None,
    note: NoteOption = "",
    package: PackageOption = PACKAGE_DEFAULT,
    out: OutOption = OUT_DEFAULT,
    accept_lost: AcceptOption = None,
) -> None:
    """Approve and publish the built site."""
    name, chosen = person(approved_by), settings(package, out=out)
    refuse_several(chosen, "publish")
    target = target_of(chosen, to)
    console = Console(soft_wrap=True, highlight=False, markup=False)
    if not chosen.out_dir.is_dir():
        raise UsageError(t("preview.error.no_site", path=chosen.site_dir))
    with workplace(chosen.out_dir), locked(target):
        _publish(chosen, target, (name, one_line(note)), accepted(chosen.root, accept_lost), console)


def _publish(chosen: Settings, target: Path, who: tuple[str, str], meant: Accepted, console: Console) -> None:
    """Let the site out; `who` are the approver's name and note, `meant` the losses somebody has named.

    Raises:
        BuildError: a version of the data that is out is gone or changed.
        DataError: something published is gone or changed, and nobody has named it.
    """
    name, note = who
    new = _built_state(chosen)
    before = published(target)
    known = caught_up(chosen.root, target, before)
    old = read_state(target) if before else None
    difference = compare(old, new)
    if before and before.fingerprint == fingerprint(new):
        said = {"name": before.approved_by, "when": moment_words(before.published_at)}
        console.print(t("preview.print.same", path=target, **said))
        return
    if gone := versions_lost(target, chosen.site_dir) if before else ():
        raise BuildError(t("preview.error.versions", count=len(gone), path=gone[0]))
    taken = lost_by_publishing(target, chosen.package_dir, difference) if before else ()
    if errors := [each for each in refused(taken, meant) if each.severity is Severity.ERROR]:
        raise DataError(errors)
    moment = now()
    approval = Approval(
        publication_id=new_id(moment, target, known),
        published_at=moment.isoformat(),
        approved_by=name,
        as_of=new.as_of,
        fingerprint=fingerprint(new),
        summary=summary_line(difference),
        note=note,
        bulletins=" ".join(newly_out(new, old, known)),
        accepted=" ".join(named(taken, meant)),
    )
    found = review(difference, approval.fingerprint)
    say(found, console)
    draft = _draft(chosen.site_dir, versions_of(target), approval)
    fill_slots(draft, approval, first_out(new, (*known, approval)), CHANGES)
    (draft / CHANGES).write_text(protected_own(render_review(found, "../")), encoding="utf-8", newline="\n")
    point(target, _finished(draft, approval, before))
    record(chosen.root, approval)
    forget_old(target, (each.publication_id for each in ledger_of(chosen.root)))
    console.print(
        t("preview.print.published", path=target, id=approval.publication_id, name=name, summary=approval.summary)
    )


def _built_state(chosen: Settings) -> State:
    """The state of the built site.

    Raises:
        UsageError: there is no site.
        BuildError: the package was changed since it was built.
    """
    if not (chosen.site_dir / "index.html").is_file() or not (chosen.site_dir / STATE_PATH).is_file():
        raise UsageError(t("preview.error.no_site", path=chosen.site_dir))
    state = read_state(chosen.site_dir)
    if state.inputs != package_digest(chosen.package_dir):
        raise BuildError(t("preview.error.stale"))
    return state


def _draft(site: Path, versions: Path, approval: Approval) -> Path:
    """A copy of the site that is to become a version of its own; gives its folder."""
    draft = versions / f".{approval.publication_id}.new"
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(site, draft)
    return draft


def _finished(draft: Path, approval: Approval, before: Approval | None) -> Path:
    """The draft with the hashes of its files and the record of its approval, under its own name; gives its folder."""
    manifest = _json(
        {
            "publication_id": approval.publication_id,
            "published_at": approval.published_at,
            "approved_by": approval.approved_by,
            "files": _hashes(draft),
        }
    )
    (draft / MANIFEST).write_bytes(manifest)
    whole: Mapping[str, object] = {
        "approval": as_json(approval),
        "previous": before.publication_id if before else None,
        "manifest_sha256": hashlib.sha256(manifest).hexdigest(),
    }
    (draft / APPROVAL).write_bytes(_json(whole))
    _open_to_readers(draft)
    draft.parent.chmod(_FOLDER_MODE)
    return draft.rename(draft.with_name(approval.publication_id))


def _open_to_readers(version: Path) -> None:
    """Let the web server, which is another user, read a version whatever umask the update ran with."""
    for path in (version, *version.rglob("*")):
        path.chmod(_FOLDER_MODE if path.is_dir() else _FILE_MODE)


def _hashes(folder: Path) -> list[dict[str, str | int]]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    contents = ((path, path.read_bytes()) for path in files)
    return [
        {
            "path": path.relative_to(folder).as_posix(),
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        for path, content in contents
    ]


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
