"""What `build`, `preview` and `publish` share: the state of a site and the record of publications, read and written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from build_scripts.bulletins import Digest
from build_scripts.core.errors import SiteError, UsageError
from build_scripts.core.method import METHOD_VERSION
from build_scripts.core.records import Approval, Artifact
from build_scripts.core.settings import CONFIG, LEDGER, THEME, Settings
from build_scripts.load import take
from build_scripts.locale import later
from build_scripts.publish import (
    STATE_PATH,
    State,
    StateError,
    digest_of,
    from_json,
    read_ledger,
    write_ledger,
)
from build_scripts.publish.state import Head, made_of, sayings
from build_scripts.publish.stored import Written, document, written
from build_scripts.report import Report


def said_of(report: Report, digests: tuple[Digest, ...]) -> Mapping[str, Written]:
    """What the site's state says of it beside its files, by the name of its list."""
    return {name: written(items) for name, items in sayings(report, digests).items()}


def state_artifact(
    settings: Settings, said: Mapping[str, Written], as_of: date, files: Iterable[Artifact], version: str
) -> Artifact:
    """The state of the site that says this (`said_of`) on the report's day, as a file of it.

    `files` are all of its files, generated and by hand; `version` is that of its data.
    """
    look = {path.relative_to(THEME).as_posix(): path.read_bytes() for path in THEME.rglob("*") if path.is_file()}
    look[CONFIG] = (settings.root / CONFIG).read_bytes()
    head = Head(as_of, METHOD_VERSION, version, digest_of(look), package_digest(settings.package_dir))
    made = {name: written(items) for name, items in made_of(files, as_of).items()}
    return Artifact(STATE_PATH, document(head, {**said, **made}), "preview/state")


def package_digest(package_dir: Path) -> str:
    """One hash over the package's files as they are now."""
    return digest_of(take(package_dir).files)


def read_state(path: Path) -> State:
    """The state of a site (its folder, or the state file itself).

    Raises:
        UsageError: there is no state, or it cannot be understood.
    """
    file = path / STATE_PATH if path.is_dir() else path
    try:
        return from_json(file.read_bytes())
    except OSError:
        raise UsageError(later("preview.error.no_state", path=path, file=STATE_PATH)) from None
    except StateError as failure:
        raise UsageError(later("preview.error.bad_state", path=file, reason=failure)) from None


def ledger_of(root: Path) -> tuple[Approval, ...]:
    """The publications recorded so far, oldest first; none when there is no record yet.

    Raises:
        SiteError: the record cannot be read.
    """
    path = root / LEDGER
    try:
        return read_ledger(path.read_bytes())
    except FileNotFoundError:
        return ()
    except OSError as failure:
        raise SiteError(later("preview.error.ledger", path=path, line=failure.strerror)) from failure
    except ValueError as failure:
        raise SiteError(later("preview.error.ledger", path=path, line=failure)) from failure


def record(root: Path, approval: Approval) -> None:
    """Add a publication to the record, unless it is already there; a reader sees the old file or the new one."""
    known = ledger_of(root)
    if any(each.publication_id == approval.publication_id for each in known):
        return
    draft = root / f".{LEDGER}.new"
    draft.write_bytes(write_ledger([*known, approval]))
    draft.replace(root / LEDGER)
