"""A bulletin's page: made from its digest alone, so nothing published after its day can change it.

The page therefore never names the bulletin after it: what came later is on `/bulletins/<id>/later/`, whose address is
on the page from its first day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from build_scripts.bulletins import Digest, summary, title
from build_scripts.core.method import METHOD_VERSION
from build_scripts.core.records import Bulletin, Link, Page
from build_scripts.exports import Edition, bulletin_page
from build_scripts.locale import day, how_many, t
from build_scripts.pages import bulletin_rows as rows
from build_scripts.pages import feedlinks, parts
from build_scripts.pages.parts import Fact, Strip
from build_scripts.pages.reuse import described
from build_scripts.pages.site_data import SiteData
from build_scripts.report.reach import reach_words

SOURCE = "progress/bulletins.csv"


@dataclass(frozen=True, slots=True)
class BulletinView:
    """What a bulletin shows; `slot` is the line that `publish` fills with who first let it out."""

    title: str
    headline: str
    unofficial: str
    facts: tuple[Fact, ...]
    summary: tuple[str, ...]
    strip: Strip
    statuses: Strip
    changes: tuple[rows.ChangeRow, ...]
    news: tuple[rows.NewsRow, ...]
    news_none: str
    happenings: tuple[rows.WorkRow, ...]
    due: tuple[rows.DueRow, ...]
    coming: tuple[rows.DueRow, ...]
    coming_caption: str
    coming_none: str
    lagging: tuple[rows.LaggingRow, ...]
    lagging_none: str
    unanswered: tuple[rows.UnansweredRow, ...]
    unanswered_none: str
    repeated: bool
    opened: tuple[rows.IssueRow, ...]
    closed: tuple[rows.IssueRow, ...]
    problems_none: str
    projects: tuple[rows.GroupRow, ...]
    units: tuple[rows.GroupRow, ...]
    previous: Link | None
    later: Link
    slot: str
    method: str


def _described(digest: Digest, view: BulletinView, edition: Edition) -> dict[str, Any]:
    address = bulletin_address(digest.bulletin)
    return bulletin_page(edition, view.title, view.summary[0], address, digest.report.as_of)


def pages(given: SiteData) -> Iterator[Page]:
    """A page for every released bulletin."""
    for digest in given.digests:
        view = _view(digest)
        yield Page(
            address=bulletin_address(digest.bulletin),
            template="bulletin",
            view=view,
            title=view.title,
            description=view.summary[0],
            source=SOURCE,
            crumbs=parts.crumbs(parts.section_link("bulletins")),
            assessed=True,
            toc=False,
            as_of=digest.report.as_of,
            reach=reach_words(digest.report),
            feed=feedlinks.BULLETINS,
            json_ld=described(given, partial(_described, digest, view)),
        )


def bulletin_address(bulletin: Bulletin) -> str:
    """The address of a bulletin's page."""
    return f"bulletins/{bulletin.bulletin_id}/"


def bulletin_link(bulletin: Bulletin) -> Link:
    """The link to a bulletin's page."""
    return Link(title(bulletin), bulletin_address(bulletin))


def _view(digest: Digest) -> BulletinView:
    bulletin, as_of = digest.bulletin, day(digest.report.as_of)
    ahead = t(f"bulletin.summary.ahead_{bulletin.kind}")
    return BulletinView(
        title=title(bulletin),
        headline=bulletin.headline,
        unofficial=t("bulletin.unofficial"),
        facts=tuple(_facts(digest)),
        summary=summary(digest),
        strip=parts.family_strip(digest.report.tally),
        statuses=parts.status_strip(digest.report.tally),
        changes=tuple(rows.change_row(digest, change) for change in digest.changes),
        news=tuple(rows.news_row(digest, news) for news in digest.news),
        news_none=t("bulletin.none.news", this=t(f"bulletin.this.{bulletin.kind}"), reach=reach_words(digest.report)),
        happenings=tuple(rows.work_row(digest, happening) for happening in digest.happenings),
        due=tuple(rows.due_rows(digest, digest.newly_due)),
        coming=tuple(rows.due_rows(digest, digest.coming)),
        coming_caption=t("bulletin.caption.coming", ahead=ahead, count=how_many(len(digest.coming), "item")),
        coming_none=t("bulletin.none.coming", ahead=ahead),
        lagging=tuple(rows.lagging_row(entry) for entry in digest.lagging),
        lagging_none=t("bulletin.none.lagging", day=as_of),
        unanswered=tuple(rows.unanswered_row(digest, entry) for entry in digest.unanswered),
        unanswered_none=t("bulletin.none.unanswered", day=as_of),
        repeated=len(digest.unanswered) < len(digest.report.unanswered),
        opened=tuple(rows.issue_row(issue) for issue in digest.opened),
        closed=tuple(rows.issue_row(issue) for issue in digest.closed),
        problems_none="" if digest.issues else t("bulletin.none.problems", day=as_of),
        projects=tuple(rows.group_rows(digest.by_project)),
        units=tuple(rows.group_rows(digest.by_unit)),
        previous=bulletin_link(digest.previous) if digest.previous else None,
        later=Link(t("bulletin.nav.later"), f"{bulletin_address(bulletin)}later/"),
        slot=t("publication.bulletin_pending"),
        method=parts.method_line(digest.report.as_of),
    )


def _facts(digest: Digest) -> Iterator[Fact]:
    yield Fact(t("bulletin.fact.as_of"), day(digest.report.as_of))
    if digest.previous:
        link = bulletin_link(digest.previous)
        words = t("bulletin.fact.base_previous", title=link.label, day=day(digest.base))
        yield Fact(t("bulletin.fact.base"), words, link.address)
    else:
        yield Fact(t("bulletin.fact.base"), t("bulletin.fact.base_eve", day=day(digest.base)))
    yield Fact(t("bulletin.fact.method"), t("bulletin.fact.method_value", version=METHOD_VERSION))
