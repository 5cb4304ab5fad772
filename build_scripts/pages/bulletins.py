"""The list of bulletins by year, and for each bulletin the page of what came after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from build_scripts.bulletins import Digest, Later, later, summary
from build_scripts.charts import ChartFigure
from build_scripts.core.records import Link, Page
from build_scripts.locale import day, how_many, number, period, t
from build_scripts.locale.pub_date import published_cell
from build_scripts.pages import feedlinks, parts, wording
from build_scripts.pages.bulletin import SOURCE, bulletin_link
from build_scripts.pages.history_figures import bulletins_id
from build_scripts.pages.site_data import SiteData
from build_scripts.report import Report
from build_scripts.report.revisions import Rescheduling, Revision, StepCorrection


@dataclass(frozen=True, slots=True)
class BulletinRow:
    """A bulletin in the list, with its counts as text."""

    link: Link
    kind: str
    as_of: str
    changes: str
    news: str
    happenings: str
    unanswered: str
    later: Link


@dataclass(frozen=True, slots=True)
class YearGroup:
    """The bulletins about one year, the latest first."""

    title: str
    anchor: str
    caption: str
    rows: tuple[BulletinRow, ...]


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest bulletin, told at the head of the list."""

    link: Link
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BulletinListView:
    """What the list shows."""

    title: str
    lead: str
    frozen: str
    unofficial: str
    latest: Latest | None
    history: ChartFigure | None
    years: tuple[YearGroup, ...]
    empty: str
    feed: Link
    record: Link


@dataclass(frozen=True, slots=True)
class RevisedRow:
    """A figure that was published differently after the bulletin."""

    figure: Link
    period: str
    old: str
    new: str
    kind: str
    published: str
    source: Link


@dataclass(frozen=True, slots=True)
class MovedRow:
    """A work whose completion day was announced anew after the bulletin."""

    name: str
    old: str
    new: str
    published: str
    source: Link


@dataclass(frozen=True, slots=True)
class CorrectedRow:
    """A step of a work that was told and has been taken back since."""

    name: str
    old: str
    new: str
    kind: str
    published: str
    source: Link


@dataclass(frozen=True, slots=True)
class LaterView:
    """What came after one bulletin; `slot` is the sentence `publish` replaces in the published copy."""

    title: str
    lead: str
    bulletin: Link
    revisions: tuple[RevisedRow, ...]
    reschedulings: tuple[MovedRow, ...]
    corrections: tuple[CorrectedRow, ...]
    following: Link | None
    record: Link
    slot: str


def pages(given: SiteData) -> Iterator[Page]:
    """The list, then a page of what came after for each bulletin."""
    view = _view(given)
    yield Page(
        address="bulletins/",
        template="bulletins",
        view=view,
        title=view.title,
        description=t("bulletin.description_list", count=how_many(len(given.digests), "issue")),
        source=SOURCE,
        crumbs=parts.crumbs(),
        assessed=True,
        feed=feedlinks.BULLETINS,
    )
    for digest in given.digests:
        yield _later_page(later(digest, given.report), given.report)


def _view(given: SiteData) -> BulletinListView:
    digests = given.digests
    years: dict[str, list[Digest]] = {}
    for digest in digests:
        years.setdefault(digest.bulletin.period[:4], []).append(digest)
    newest = digests[0] if digests else None
    return BulletinListView(
        title=t("bulletin.title_list"),
        lead=t("bulletin.lead"),
        frozen=t("bulletin.lead_frozen"),
        unofficial=t("bulletin.unofficial"),
        latest=Latest(bulletin_link(newest.bulletin), summary(newest)) if newest else None,
        history=given.charts.get(bulletins_id(given.report)) if digests else None,
        years=tuple(_year(year, years[year]) for year in sorted(years, reverse=True)),
        empty=t("bulletin.empty"),
        feed=Link(t("bulletin.list.feed"), feedlinks.BULLETINS),
        record=record_link(),
    )


def record_link() -> Link:
    """The link to the record of who let the site out when."""
    return Link(t("bulletin.later.record"), "publications/")


def _year(year: str, digests: list[Digest]) -> YearGroup:
    name = t("bulletin.list.year", year=year)
    caption = t("bulletin.list.caption", year=year, count=how_many(len(digests), "issue"))
    return YearGroup(name, f"y{year}", caption, tuple(_row(digest) for digest in digests))


def _row(digest: Digest) -> BulletinRow:
    link = bulletin_link(digest.bulletin)
    return BulletinRow(
        link=link,
        kind=t(f"bulletin.kind.{digest.bulletin.kind}"),
        as_of=day(digest.report.as_of),
        changes=number(len(digest.changes)),
        news=number(len(digest.news)),
        happenings=number(len(digest.happenings)),
        unanswered=number(len(digest.unanswered)),
        later=Link(t("bulletin.list.later"), f"{link.address}later/"),
    )


def _later_page(found: Later, report: Report) -> Page:
    bulletin = found.digest.bulletin
    link = bulletin_link(bulletin)
    days = {"day": day(bulletin.as_of), "now": day(report.as_of)}
    view = LaterView(
        title=t("bulletin.later.title", title=link.label),
        lead=t("bulletin.later.lead", title=link.label, **days),
        bulletin=link,
        revisions=tuple(_revised(report, found.revisions)),
        reschedulings=tuple(_moved(found.reschedulings)),
        corrections=tuple(map(_corrected, found.corrections)),
        following=bulletin_link(found.following) if found.following else None,
        record=record_link(),
        slot=t("publication.pending"),
    )
    return Page(
        address=f"{link.address}later/",
        template="bulletin_later",
        view=view,
        title=view.title,
        description=t("bulletin.later.description", title=link.label),
        source=SOURCE,
        crumbs=parts.crumbs(parts.section_link("bulletins"), link),
        searchable=False,
        toc=False,
    )


def _revised(report: Report, revisions: Iterable[Revision]) -> Iterator[RevisedRow]:
    for revision in revisions:
        old, new = revision.old.observation, revision.new.observation
        indicator = report.package.indicator_by_id[new.indicator_id]
        name = wording.series_name(indicator, report.package.region_by_id[new.region_id])
        kind = t(f"bulletin.later.kind_{revision.kind}")
        yield RevisedRow(
            figure=Link(name, parts.indicator_link(indicator).address),
            period=period(new.period),
            old=f"{wording.amount(old.value, indicator.unit)}{wording.mark(old.obs_status)}",
            new=f"{wording.amount(new.value, indicator.unit)}{wording.mark(new.obs_status)}",
            kind=kind,
            published=published_cell(new, revision.new.source),
            source=parts.source_link(revision.new.source),
        )


def _corrected(each: StepCorrection) -> CorrectedRow:
    old, new = each.old.event, each.new.event
    return CorrectedRow(
        name=each.new.task.name,
        old=t("bulletin.later.step", day=day(old.date), state=t(f"reading.state.{old.state}")),
        new=t("bulletin.later.step", day=day(new.date), state=t(f"reading.state.{new.state}")),
        kind=t(f"bulletin.later.step_{each.kind}"),
        published=day(new.pub),
        source=parts.source_link(each.new.source),
    )


def _moved(reschedulings: Iterable[Rescheduling]) -> Iterator[MovedRow]:
    for each in reschedulings:
        yield MovedRow(
            name=each.new.task.name,
            old=day(each.old.event.planned_date),
            new=day(each.new.event.planned_date),
            published=day(each.day),
            source=parts.source_link(each.new.source),
        )
