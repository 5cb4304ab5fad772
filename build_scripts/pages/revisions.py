"""The revisions page: every published value that was published differently later: old, new, when, by which source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from build_scripts.core.records import Link, Page
from build_scripts.locale import DASH, day, how_many, number, period, signed, t
from build_scripts.locale.catalogue import has
from build_scripts.locale.pub_date import published_cell
from build_scripts.pages import feedlinks, parts, wording
from build_scripts.pages.site_data import SiteData
from build_scripts.report import Figure, Report
from build_scripts.report.revisions import Rescheduling, Revision, repeats, reschedulings, revisions

SOURCE = "progress/observations.csv"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two publications: what it said, when, by which source."""

    value: str
    published: str
    source: Link


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """A changed figure; `change` in % of the old value, a dash where the two must not be compared."""

    series: Link
    period: str
    kind: str
    old: Side
    new: Side
    change: str
    note: str
    targets: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DayRow:
    """A moved completion day of a named work; `change` says by how many days."""

    work: Link
    old: Side
    new: Side
    change: str


@dataclass(frozen=True, slots=True)
class RevisionsView:
    """What the page shows."""

    title: str
    sentence: str
    rows: tuple[RevisionRow, ...]
    caption: str
    none: str
    days: tuple[DayRow, ...]
    days_caption: str
    repeats: str


def pages(given: SiteData) -> Iterator[Page]:
    """The revisions page."""
    report = given.report
    found, moved, again = revisions(report), reschedulings(report), repeats(report)
    title = t("revisions.title")
    sentence = _sentence(report, len(found), len(moved))
    yield Page(
        address="data/revisions/",
        template="revisions",
        view=RevisionsView(
            title=title,
            sentence=sentence,
            rows=tuple(_row(report, each) for each in found),
            caption=t("revisions.caption.values", count=how_many(len(found), "place")),
            none=t("revisions.none", day=day(report.as_of)),
            days=tuple(_day_row(each) for each in moved),
            days_caption=t("revisions.caption.days", count=how_many(len(moved), "place")),
            repeats=t("revisions.repeats", count=how_many(again, "time")) if again else "",
        ),
        title=title,
        description=sentence,
        source=SOURCE,
        crumbs=parts.crumbs(parts.section_link("data")),
        feed=feedlinks.REVISIONS,
    )


def _sentence(report: Report, found: int, moved: int) -> str:
    total = sum(len(series) for series in report.figures_by_series.values())
    if not total:
        return t("revisions.sentence.empty")
    facts = {
        "total": how_many(total, "each"),
        "found": how_many(found, "place"),
        "moved": how_many(moved, "place"),
    }
    key = {(True, True): "both", (True, False): "values", (False, True): "days"}.get((found > 0, moved > 0), "none")
    return t(f"revisions.sentence.{key}", **facts)


def _row(report: Report, revision: Revision) -> RevisionRow:
    seen = revision.new.observation
    indicator = report.package.indicator_by_id[seen.indicator_id]
    region = report.package.region_by_id[seen.region_id]
    name = wording.series_name(indicator, region)
    return RevisionRow(
        series=Link(name, parts.indicator_link(indicator).address),
        period=period(seen.period),
        kind=t(f"revisions.kind.{revision.kind}"),
        old=_side(revision.old, indicator.unit),
        new=_side(revision.new, indicator.unit),
        change=_change(revision),
        note=_note(revision),
        targets=tuple(parts.target_link(report.entry_by_id[each]) for each in revision.target_ids),
    )


def _side(figure: Figure, unit: str) -> Side:
    seen = figure.observation
    value = f"{wording.amount(seen.value, unit)}{wording.mark(seen.obs_status)}"
    return Side(value, published_cell(seen, figure.source), parts.source_link(figure.source))


def _change(revision: Revision) -> str:
    """The change in % of the old value; a dash where there is none to give."""
    old, new = revision.old.observation.value, revision.new.observation.value
    if revision.kind != "revised" or old is None or new is None or not old:
        return DASH
    share = Decimal(100) * (new - old) / abs(old)
    return f"{signed(share, 1 if abs(share) >= 1 else 3)}%"


def _note(revision: Revision) -> str:
    if revision.kind == "rebased":
        return t("revisions.note.rebased", old=_basis(revision.old), new=_basis(revision.new))
    key = f"revisions.note.{revision.kind}"
    return t(key) if has(key) else ""


def _basis(figure: Figure) -> str:
    key = f"table.basis.{figure.observation.basis}"
    return t(key) if has(key) else figure.observation.basis


def _day_row(moved: Rescheduling) -> DayRow:
    task = moved.new.task
    old, new = moved.old.event.planned_date, moved.new.event.planned_date
    days = (new - old).days if old and new else 0
    return DayRow(
        work=parts.work_link(task),
        old=Side(day(old), published_cell(moved.old.event, moved.old.source), parts.source_link(moved.old.source)),
        new=Side(day(new), published_cell(moved.new.event, moved.new.source), parts.source_link(moved.new.source)),
        change=t("revisions.days.later" if days > 0 else "revisions.days.earlier", days=number(abs(days))),
    )
