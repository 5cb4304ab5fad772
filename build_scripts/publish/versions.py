"""The published versions beside the address that is served, and the link that leads to one of them.

Every version is a whole site in a folder of its own, with the record of who let it out inside. The link is replaced in
a single rename: killed before it, the version before is still out; killed after it, the new one is.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from build_scripts.core.characters import code_point, unsafe
from build_scripts.core.errors import BuildError, SiteError, UsageError, reason_of
from build_scripts.core.records import Approval
from build_scripts.core.settings import Settings
from build_scripts.locale import later, listed, t
from build_scripts.publish.site_state import ledger_of, record

PUBLISHED = "published"
APPROVAL = "publications/approval.json"
KEPT = 5
_INTENT = "rollback.json"
_LOCK_SECONDS = 5.0
_VERSION = re.compile(r"\d{4}-\d\d-\d\d-\d+|\..+\.new")  # an id of `new_id`, or the draft of one


def target_of(chosen: Settings, to: Path | None) -> Path:
    """The address that is served; not resolved, for it is a link."""
    return Path(os.path.abspath(to or chosen.out_dir / PUBLISHED))  # noqa: PTH100 - resolve() would follow the link


def person(name: str) -> str:
    """The name of who approves, on one line.

    Raises:
        UsageError: there is none, or it holds characters that nobody can see.
    """
    if not (said := one_line(name)):
        raise UsageError(t("preview.error.name"))
    return said


def one_line(text: str) -> str:
    """What was typed, on one line.

    Raises:
        UsageError: it holds characters that may stand nowhere.
    """
    said = " ".join(text.split())
    if refused := unsafe(said):
        raise UsageError(t("preview.error.characters", points=listed(map(code_point, refused))))
    return said


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """Keep others from changing what is served meanwhile; a disk that refuses becomes a clear line.

    Raises:
        BuildError: somebody else is at it.
        SiteError: something could not be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{target}.lock", timeout=_LOCK_SECONDS):
            yield
    except Timeout:
        raise BuildError(later("preview.error.busy")) from None
    except OSError as failure:
        raise SiteError(
            later("preview.error.write", path=failure.filename or target, reason=reason_of(failure))
        ) from failure


def versions_of(target: Path) -> Path:
    """The folder that holds the versions the served address points into."""
    return target.with_name(f"{target.name}.versions")


def published(target: Path) -> Approval | None:
    """The approval of what is out now; None when nothing is.

    Raises:
        UsageError: there is a folder that we did not publish.
    """
    if (target / APPROVAL).is_file():
        return approval_of(target)[0]
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(t("preview.error.not_link", path=target))
    return None


def approval_of(version: Path) -> tuple[Approval, str | None]:
    """Who let a version out, and the id of the publication it came after.

    Raises:
        UsageError: its record cannot be read.
    """
    path = version / APPROVAL
    try:
        whole = json.loads(path.read_bytes())
        return _approval(whole["approval"]), whole["previous"]
    except (ValueError, KeyError, TypeError) as failure:
        raise UsageError(t("preview.error.bad_state", path=path, reason=failure)) from None


def as_json(approval: Approval) -> dict[str, str]:
    """An approval as it is written into files."""
    return {**asdict(approval), "as_of": approval.as_of.isoformat()}


def _approval(raw: Mapping[str, str]) -> Approval:
    return Approval(**{**raw, "as_of": date.fromisoformat(raw["as_of"])})  # type: ignore[arg-type]


def line(target: Path, out: Approval | None) -> list[Approval]:
    """What is out and the publications it came after, oldest first, as far back as their versions are kept."""
    found: list[Approval] = []
    name = out.publication_id if out else None
    while name and (versions_of(target) / name / APPROVAL).is_file():
        approval, name = approval_of(versions_of(target) / name)
        found.insert(0, approval)
    return found


def caught_up(root: Path, target: Path, out: Approval | None) -> tuple[Approval, ...]:
    """The record of publications, with what a run that was killed between the link and the record left out of it."""
    for each in line(target, out):
        record(root, each)
    _catch_up_rollback(root, target)
    return ledger_of(root)


def intend(target: Path, version: str, restored: Approval) -> None:
    """Write down that `version` is about to be let out again, before the link says so."""
    draft = _intent(target).with_name(f".{_INTENT}.new")
    draft.write_text(json.dumps({"version": version, "approval": as_json(restored)}, ensure_ascii=False), "utf-8")
    draft.replace(_intent(target))


def settled(target: Path) -> None:
    """Forget what was about to be done: it is recorded, or was never done."""
    _intent(target).unlink(missing_ok=True)


def _catch_up_rollback(root: Path, target: Path) -> None:
    """Record what a rollback intended that was killed after the link; one killed before it has done nothing."""
    try:
        whole = json.loads(_intent(target).read_bytes())
        restored, version = _approval(whole["approval"]), whole["version"]
    except FileNotFoundError:
        return
    except (ValueError, KeyError, TypeError):
        settled(target)  # never whole: it was not written by us
        return
    if target.resolve().name == version:
        record(root, restored)
    settled(target)


def _intent(target: Path) -> Path:
    return versions_of(target) / _INTENT


def new_id(moment: datetime, target: Path, known: Iterable[Approval]) -> str:
    """`2026-11-22-1`, `-2`… on one day, never one that was used before."""
    used, versions = {approval.publication_id for approval in known}, versions_of(target)
    used |= {path.name for path in versions.iterdir()} if versions.is_dir() else set()
    numbers = (f"{moment:%Y-%m-%d}-{number}" for number in range(1, len(used) + 2))
    return next(number for number in numbers if number not in used)


def point(target: Path, version: Path) -> None:
    """Let `target` lead to `version`, in one rename."""
    if target.is_dir() and not target.is_symlink():
        target.rmdir()  # empty: `published` has looked
    draft = target.with_name(f".{target.name}.link")
    draft.unlink(missing_ok=True)
    draft.symlink_to(os.path.relpath(version, target.parent), target_is_directory=True)
    draft.replace(target)


def forget_old(target: Path, known: Iterable[str]) -> None:
    """Remove all but the newest versions that are `known` to have been out, and what killed runs left behind.

    A version that was finished but never let out is such a leftover: it takes no published version's place. The one
    that is out always stays, and so does whatever does not bear the name of a version.
    """
    out, versions = target.resolve(), versions_of(target)
    kept = {out.name, *[name for name in known if (versions / name).is_dir()][-KEPT:]}
    for path in versions.iterdir():
        if _VERSION.fullmatch(path.name) and path.name not in kept:
            shutil.rmtree(path)
