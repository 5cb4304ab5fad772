"""The lines of a built page that only `publish` fills: who let this version out, and who first let out a bulletin.

Everything else of a published version is byte for byte what was built and reviewed. A bulletin's line names its first
publication, so it stays the same in every version that follows.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from html import escape
from pathlib import Path

from build_scripts.core.errors import SiteError
from build_scripts.core.records import Approval
from build_scripts.locale import day, later, t
from build_scripts.publish import State

RECORD_PAGE = "publications/index.html"
# The list of all that a version changes, which `publish` adds to it.
CHANGES = "publications/changes.html"
LATER_PAGES = "bulletins/*/later/index.html"
_SLOT = '<p class="publication-slot">{}</p>'


def newly_out(new: State, old: State | None, known: Iterable[Approval]) -> tuple[str, ...]:
    """The bulletins that a publication of `new` lets out for the first time."""
    before = {name for each in known for name in each.bulletins.split()}
    before |= {item.key for item in old.bulletins} if old else set()
    return tuple(item.key for item in new.bulletins if item.key not in before)


def first_out(new: State, known: Iterable[Approval]) -> Mapping[str, Approval | None]:
    """Who first let each bulletin out; None where that was before such records were kept."""
    by_bulletin: dict[str, Approval] = {}
    for each in known:
        for name in each.bulletins.split():
            by_bulletin.setdefault(name, each)
    return {item.key: by_bulletin.get(item.key) for item in new.bulletins}


def fill_slots(draft: Path, approval: Approval, bulletins: Mapping[str, Approval | None]) -> None:
    """Write the lines into the copy of a site.

    Raises:
        SiteError: a page has no slot, or more than one.
    """
    for page, pending, said in _lines(draft, approval, bulletins):
        text = page.read_text(encoding="utf-8")
        if text.count(pending) != 1:
            raise SiteError(later("preview.error.slot"))
        page.write_text(text.replace(pending, said), encoding="utf-8", newline="\n")


def as_built(version: Path, approval: Approval, bulletins: Mapping[str, Approval | None]) -> Mapping[str, bytes]:
    """The pages of a published version as they were before their lines were written; a line changed since stays."""
    found = {}
    for page, pending, said in _lines(version, approval, bulletins):
        text = page.read_text(encoding="utf-8")
        built = text.replace(said, pending) if text.count(said) == 1 else text
        found[page.relative_to(version).as_posix()] = built.encode()
    return found


def _lines(site: Path, approval: Approval, bulletins: Mapping[str, Approval | None]) -> Iterator[tuple[Path, str, str]]:
    """Each page with a line: the page, its slot as built, its slot as published."""
    for page in (site / RECORD_PAGE, *sorted(site.glob(LATER_PAGES))):
        link = f'<a href="{os.path.relpath(site / CHANGES, page.parent)}">{escape(t("publication.changes"))}</a>'
        said = f"<strong>{escape(t('publication.approved', **_said(approval)))}</strong>{link}"
        yield page, _slot(escape(t("publication.pending"))), _slot(said)
    for name, first in bulletins.items():
        said = t("publication.bulletin", **_said(first)) if first else t("publication.bulletin_before")
        page = site / "bulletins" / name / "index.html"
        yield page, _slot(escape(t("publication.bulletin_pending"))), _slot(escape(said))


def _slot(words: str) -> str:
    return _SLOT.format(words)


def _said(approval: Approval) -> dict[str, str]:
    when = datetime.fromisoformat(approval.published_at)
    return {"name": approval.approved_by, "day": day(when.date()), "time": f"{when:%H:%M}"}
