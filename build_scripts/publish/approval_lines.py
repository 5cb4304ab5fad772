"""The lines of a built page that only `publish` fills: who let this version out, and who first let out a bulletin.

Everything else of a published version is byte for byte what was built and reviewed. A bulletin's line names its first
publication, so it stays the same in every version that follows.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from html import escape
from pathlib import Path

from build_scripts.core.errors import SiteError
from build_scripts.core.records import Approval
from build_scripts.locale import day, t
from build_scripts.publish import State

RECORD_PAGE = "publications/index.html"
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


def fill_slots(draft: Path, approval: Approval, bulletins: Mapping[str, Approval | None], changes: str) -> None:
    """Write the lines into the copy of a site; `changes` is the path of the list of all that it changes.

    Raises:
        SiteError: a page has no slot, or more than one.
    """
    for page in (draft / RECORD_PAGE, *sorted(draft.glob(LATER_PAGES))):
        link = f'<a href="{os.path.relpath(draft / changes, page.parent)}">{escape(t("publication.changes"))}</a>'
        said = f"<strong>{escape(t('publication.approved', **_said(approval)))}</strong>{link}"
        _fill(page, t("publication.pending"), said)
    for name, first in bulletins.items():
        said = t("publication.bulletin", **_said(first)) if first else t("publication.bulletin_before")
        _fill(draft / "bulletins" / name / "index.html", t("publication.bulletin_pending"), escape(said))


def _said(approval: Approval) -> dict[str, str]:
    when = datetime.fromisoformat(approval.published_at)
    return {"name": approval.approved_by, "day": day(when.date()), "time": f"{when:%H:%M}"}


def _fill(page: Path, pending: str, said: str) -> None:
    text, slot = page.read_text(encoding="utf-8"), _SLOT.format(escape(pending))
    if text.count(slot) != 1:
        raise SiteError(t("preview.error.slot"))
    page.write_text(text.replace(slot, _SLOT.format(said)), encoding="utf-8", newline="\n")
