"""The record of publications: who let which version of the site out, when, and what it changed.

The page has one slot that only `publish` fills: built pages say that they have not been let out yet, the published copy
says by whom it was. That way what is published is byte for byte what was reviewed, but for this one line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from build_scripts.core.records import Approval, Page
from build_scripts.locale import day, t
from build_scripts.pages import parts
from build_scripts.pages.site_data import SiteData

ADDRESS = "publications/"


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """One publication."""

    published: str
    approved_by: str
    as_of: str
    summary: str
    note: str
    accepted: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class PublicationsView:
    """What the record shows; `slot` is the sentence `publish` replaces in the published copy."""

    title: str
    lead: str
    slot: str
    rows: tuple[ApprovalRow, ...]
    none: str


def pages(given: SiteData) -> Iterator[Page]:
    """The record."""
    view = PublicationsView(
        title=t("publication.title"),
        lead=t("publication.lead"),
        slot=t("publication.pending"),
        rows=tuple(_row(approval) for approval in reversed(given.approvals)),
        none=t("publication.none"),
    )
    yield Page(
        address=ADDRESS,
        template="publications",
        view=view,
        title=view.title,
        description=t("publication.description"),
        source=t("publication.table"),
        crumbs=parts.crumbs(parts.section_link("bulletins")),
        searchable=False,
    )


def moment_words(text: str) -> str:
    """A moment of publication for people: `2026年11月22日09:30`."""
    when = datetime.fromisoformat(text)
    return t("publication.moment", day=day(when.date()), time=f"{when:%H:%M}")


def _row(approval: Approval) -> ApprovalRow:
    return ApprovalRow(
        published=moment_words(approval.published_at),
        approved_by=approval.approved_by,
        as_of=day(approval.as_of),
        summary=approval.summary,
        note=approval.note,
        accepted=t("publication.accepted", names=approval.accepted) if approval.accepted else "",
        fingerprint=approval.fingerprint[:12],
    )
