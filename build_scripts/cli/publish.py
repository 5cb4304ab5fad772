"""The `publish` verb: lets the built site out, with the name of who approved it, and all at once or not at all.

Every published version is a folder of its own, and the address that is served is a link to one of them. The link is
replaced in a single rename: killed before it, the version before is still out; killed after it, the new one is. What
was approved is recorded inside the version itself, so the record beside the site can always be caught up.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from filelock import FileLock, Timeout
from rich.console import Console

from build_scripts.cli.options import OUT_DEFAULT, PACKAGE_DEFAULT, OutOption, PackageOption, settings
from build_scripts.cli.preview import PUBLISHED, say
from build_scripts.cli.published import ledger_of, package_digest, read_state, record
from build_scripts.config import Settings
from build_scripts.errors import BuildError, SiteError, UsageError
from build_scripts.model import Approval
from build_scripts.preview import STATE_PATH, State, compare, fingerprint, review, summary_line
from build_scripts.render import render_review
from build_scripts.text import day, t

APPROVAL = "publications/approval.json"
MANIFEST = "publications/manifest.json"
CHANGES = "publications/changes.html"
RECORD_PAGE = "publications/index.html"
LATER_PAGES = "bulletins/*/later/index.html"
KEPT = 5
_FOLDER_MODE, _FILE_MODE = 0o755, 0o644
_LOCK_SECONDS = 5.0
_VERSION = re.compile(r"\d{4}-\d\d-\d\d-\d+|\..+\.new")  # an id of `_new_id`, or the draft of one

NameOption = Annotated[str, typer.Option("--approved-by", metavar="NAME", help="核准人的姓名，会公开在发布记录里")]
ToOption = Annotated[
    Path | None, typer.Option("--to", metavar="DIR", help="发布到哪里；默认 build/published，它指向各版本之一")
]
NoteOption = Annotated[str, typer.Option("--note", help="一句话说明，随发布记录公开")]


def publish(
    approved_by: NameOption,
    to: ToOption = None,
    note: NoteOption = "",
    package: PackageOption = PACKAGE_DEFAULT,
    out: OutOption = OUT_DEFAULT,
) -> None:
    """核准并发布已生成的网站：整体替换，记下是谁、什么时候、改动了什么；中途失败时原来的网站不变。"""
    name = " ".join(approved_by.split())
    if not name:
        raise UsageError(t("preview.error.name"))
    chosen = settings(package, out=out)
    target = Path(os.path.abspath(to or chosen.out_dir / PUBLISHED))  # noqa: PTH100 - resolve() would follow the link
    console = Console(soft_wrap=True, highlight=False, markup=False)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{target}.lock", timeout=_LOCK_SECONDS):
            _publish(chosen, target, name, " ".join(note.split()), console)
    except Timeout:
        raise BuildError(t("preview.error.busy")) from None
    except OSError as failure:
        reason = failure.strerror or str(failure)
        raise SiteError(t("preview.error.write", path=failure.filename or target, reason=reason)) from failure


def _publish(chosen: Settings, target: Path, name: str, note: str, console: Console) -> None:
    new = _built_state(chosen)
    before = _published(target)
    for each in _line(target, before):
        record(chosen.root, each)  # catches up after a run that was killed between the link and the record
    old = read_state(target) if before else None
    difference = compare(old, new)
    if before and before.fingerprint == fingerprint(new):
        said = {"name": before.approved_by, "when": _moment(before.published_at)}
        console.print(t("preview.print.same", path=target, **said))
        return
    moment = datetime.now(ZoneInfo("Asia/Shanghai")).replace(microsecond=0)
    approval = Approval(
        publication_id=_new_id(chosen, target, moment),
        published_at=moment.isoformat(),
        approved_by=name,
        as_of=new.as_of,
        fingerprint=fingerprint(new),
        summary=summary_line(difference),
        note=note,
    )
    found = review(difference, approval.fingerprint)
    say(found, console)
    version = _version(chosen.site_dir, _versions(target), approval, render_review(found, "../"), before)
    point(target, version)
    record(chosen.root, approval)
    _forget_old(target, (each.publication_id for each in ledger_of(chosen.root)))
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


def _published(target: Path) -> Approval | None:
    """The approval of what is out now; None when nothing is.

    Raises:
        UsageError: there is a folder that we did not publish.
    """
    if (target / APPROVAL).is_file():
        return _approval(target)[0]
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(t("preview.error.not_link", path=target))
    return None


def _approval(version: Path) -> tuple[Approval, str | None]:
    """Who let a version out, and the id of the publication it came after.

    Raises:
        UsageError: its record cannot be read.
    """
    path = version / APPROVAL
    try:
        whole = json.loads(path.read_bytes())
        raw = whole["approval"]
        return Approval(**{**raw, "as_of": date.fromisoformat(raw["as_of"])}), whole["previous"]
    except (ValueError, KeyError, TypeError) as failure:
        raise UsageError(t("preview.error.bad_state", path=path, reason=failure)) from None


def _line(target: Path, out: Approval | None) -> list[Approval]:
    """What is out and the publications it came after, oldest first, as far back as their versions are kept."""
    found: list[Approval] = []
    name = out.publication_id if out else None
    while name and (_versions(target) / name / APPROVAL).is_file():
        approval, name = _approval(_versions(target) / name)
        found.insert(0, approval)
    return found


def _versions(target: Path) -> Path:
    """The folder that holds the versions the served address points into."""
    return target.with_name(f"{target.name}.versions")


def _new_id(chosen: Settings, target: Path, moment: datetime) -> str:
    """`2026-11-22-1`, `-2`… on one day, never one that was used before."""
    used = {approval.publication_id for approval in ledger_of(chosen.root)}
    versions = _versions(target)
    used |= {path.name for path in versions.iterdir()} if versions.is_dir() else set()
    numbers = (f"{moment:%Y-%m-%d}-{number}" for number in range(1, len(used) + 2))
    return next(number for number in numbers if number not in used)


def _version(site: Path, versions: Path, approval: Approval, changes: str, before: Approval | None) -> Path:
    """A finished copy of the site as a version of its own, with the record of its approval; gives its folder."""
    draft, final = versions / f".{approval.publication_id}.new", versions / approval.publication_id
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(site, draft)
    for page in (draft / RECORD_PAGE, *sorted(draft.glob(LATER_PAGES))):
        _fill_slot(page, approval, os.path.relpath(draft / CHANGES, page.parent))
    (draft / CHANGES).write_text(changes, encoding="utf-8", newline="\n")
    manifest = _json(
        {
            "publication_id": approval.publication_id,
            "published_at": approval.published_at,
            "approved_by": approval.approved_by,
            "files": _hashes(draft),
        }
    )
    (draft / MANIFEST).write_bytes(manifest)
    told = {**asdict(approval), "as_of": approval.as_of.isoformat()}
    whole = {
        "approval": told,
        "previous": before.publication_id if before else None,
        "manifest_sha256": hashlib.sha256(manifest).hexdigest(),
    }
    (draft / APPROVAL).write_bytes(_json(whole))
    _open_to_readers(draft)
    versions.chmod(_FOLDER_MODE)
    draft.rename(final)
    return final


def _open_to_readers(version: Path) -> None:
    """Let the web server, which is another user, read a version whatever umask the update ran with."""
    for path in (version, *version.rglob("*")):
        path.chmod(_FOLDER_MODE if path.is_dir() else _FILE_MODE)


def _fill_slot(page: Path, approval: Approval, changes: str) -> None:
    """Say on a page who let this version out, with a link to `changes`; only pages with the slot differ from the build.

    Raises:
        SiteError: the page has no slot, or more than one.
    """
    text, pending = page.read_text(encoding="utf-8"), escape(t("publication.pending"))
    slot = f'<p class="publication-slot">{pending}</p>'
    if text.count(slot) != 1:
        raise SiteError(t("preview.error.slot"))
    when = datetime.fromisoformat(approval.published_at)
    said = t("publication.approved", name=approval.approved_by, day=day(when.date()), time=f"{when:%H:%M}")
    link = f'<a href="{changes}">{escape(t("publication.changes"))}</a>'
    filled = f'<p class="publication-slot"><strong>{escape(said)}</strong>{link}</p>'
    page.write_text(text.replace(slot, filled), encoding="utf-8", newline="\n")


def point(target: Path, version: Path) -> None:
    """Let `target` lead to `version`, in one rename."""
    if target.is_dir() and not target.is_symlink():
        target.rmdir()  # empty: `_published` has looked
    draft = target.with_name(f".{target.name}.link")
    draft.unlink(missing_ok=True)
    draft.symlink_to(os.path.relpath(version, target.parent), target_is_directory=True)
    draft.replace(target)


def _forget_old(target: Path, published: Iterable[str]) -> None:
    """Remove all but the newest versions that were `published`, and what killed runs left behind.

    A version that was finished but never let out is such a leftover: it takes no published version's place. The one
    that is out always stays, and so does whatever does not bear the name of a version.
    """
    out, versions = target.resolve(), _versions(target)
    kept = {out.name, *[name for name in published if (versions / name).is_dir()][-KEPT:]}
    for path in versions.iterdir():
        if _VERSION.fullmatch(path.name) and path.name not in kept:
            shutil.rmtree(path)


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


def _moment(text: str) -> str:
    when = datetime.fromisoformat(text)
    return t("publication.moment", day=day(when.date()), time=f"{when:%H:%M}")
