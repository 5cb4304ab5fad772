"""What feeds are made of: one entry a publication, revision or bulletin. Gets the report, gives `Entry`s.

An entry's key is made from the ids of the record it tells of and nothing else: it stays the same whatever is renamed,
reworded, moved or published later, so a reader's program never shows the same news twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from build_scripts.bulletins import Digest, summary, title
from build_scripts.core.records import Observation, Published
from build_scripts.locale import day, period, sentences, stop, t
from build_scripts.locale.pub_date import published_words
from build_scripts.pages import parts, wording
from build_scripts.pages.bulletin import bulletin_address
from build_scripts.pages.updates import update_rows
from build_scripts.report import Report, Update
from build_scripts.report.problems import issues
from build_scripts.report.revisions import Revision, reschedulings, revisions


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed: `address` in the site, `text` plain; the ids of the projects and regions it is about.

    `day` is when it was new here; those of one day are told by `told`, the day of publication.
    """

    key: str
    day: date
    title: str
    text: str
    address: str
    project_ids: frozenset[str] = frozenset()
    region_ids: frozenset[str] = frozenset()
    told: date = date.min


def newest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries by day, the latest first; those of one day by the day of publication, the latest first, then by key."""
    return tuple(sorted(entries, key=lambda entry: _order(entry.day, entry.told, entry.key)))


def _order(day: date, told: date, key: str) -> tuple[int, int, str]:
    return -day.toordinal(), -told.toordinal(), key


def publication_entries(report: Report, most: int | None = None) -> Iterator[Entry]:
    """Every published figure, step of a work, and step of a reported problem.

    With `most`, of figures and steps of works only those that can be among so many newest of everything, of a project
    or of a region: there may be tens of thousands, and each takes sentences.
    """
    told = report.updates if most is None else tuple(_newest(report, most))
    for update, row in zip(told, update_rows(report, told), strict=True):
        source = update.source
        facts = {"what": row.text, "source": source.title, "publisher": source.publisher}
        yield Entry(
            key=_update_key(update),
            day=update.day,
            told=update.pub,
            title=row.text,
            text=t("feeds.entry.update", **facts, published=_published(update)),
            address=row.address,
            project_ids=_projects(report, update),
            region_ids=_regions(report, update),
        )
    yield from _problem_entries(report)


def _newest(report: Report, most: int) -> Iterator[Update]:
    seen: Counter[tuple[str, str]] = Counter()
    for update in sorted(report.updates, key=lambda each: _order(each.day, each.pub, _update_key(each))):
        subjects = [("", "")]
        subjects += [("project", each) for each in _projects(report, update)]
        subjects += [("region", each) for each in _regions(report, update)]
        if any(seen[each] < most for each in subjects):
            yield update
        seen.update(subjects)


def revision_entries(report: Report) -> Iterator[Entry]:
    """Every figure that was published differently later, and every completion day that was moved."""
    for revision in revisions(report):
        yield _revision_entry(report, revision)
    for moved in reschedulings(report):
        old, new = moved.old.event.planned_date, moved.new.event.planned_date
        task = moved.new.task
        words = t("feeds.entry.moved_title", task=task.name, old=day(old), new=day(new))
        said = published_words(moved.new.event, moved.new.source)
        yield Entry(
            key=f"rescheduling|{task.task_id}|{moved.new.event.pub}|{moved.new.source.source_id}|{new}",
            day=max(_news(report, moved.old.event), _news(report, moved.new.event)),
            told=moved.day,
            title=words,
            text=t("feeds.entry.moved", what=words, source=moved.new.source.title, published=said),
            address=parts.work_link(task).address,
        )


def bulletin_entries(digests: Iterable[Digest]) -> Iterator[Entry]:
    """Every bulletin, with its summary."""
    for digest in digests:
        bulletin = digest.bulletin
        yield Entry(
            key=f"bulletin|{bulletin.bulletin_id}",
            day=bulletin.released,
            title=title(bulletin),
            text=sentences(summary(digest)),
            address=bulletin_address(bulletin),
        )


def _news(report: Report, row: Published) -> date:
    return row.news_on(report.as_of, report.package.begun)


def _published(update: Update) -> str:
    row = update.observation or update.event
    return published_words(row, update.source) if row else day(update.pub)


def _update_key(update: Update) -> str:
    if update.observation:
        return f"figure|{_figure_key(update.observation)}"
    event = update.event
    return f"event|{event.task_id}|{event.date}|{event.state}|{event.pub}|{event.source_id}" if event else ""


def _figure_key(seen: Observation) -> str:
    """The primary key of the table of observations."""
    return "|".join((seen.indicator_id, seen.region_id, seen.period, seen.basis, str(seen.pub), seen.source_id))


def _projects(report: Report, update: Update) -> frozenset[str]:
    found = {report.package.target_by_id[target_id].project_id for target_id in update.target_ids}
    if update.event:
        found.add(report.package.task_by_id[update.event.task_id].project_id)
    return frozenset(each for each in found if each)


def _regions(report: Report, update: Update) -> frozenset[str]:
    found = {report.package.target_by_id[target_id].region_id for target_id in update.target_ids}
    if update.observation:
        found.add(update.observation.region_id)
    if update.event:
        found.add(report.package.task_by_id[update.event.task_id].region_id or "")
    return frozenset(each for each in found if each)


def _problem_entries(report: Report) -> Iterator[Entry]:
    for issue in issues(report):
        problem = issue.problem
        for step in issue.steps:
            event = step.event
            words = t("feeds.entry.problem", title=problem.title, state=t(f"problem.state.{event.state}"))
            yield Entry(
                key=f"problem|{problem.problem_id}|{event.date}|{event.state}|{event.pub}",
                day=_news(report, event),
                told=event.pub,
                title=words,
                text=sentences([words + stop(), event.note]),
                address=parts.problem_link(problem).address,
                project_ids=frozenset({problem.project_id}),
            )


def _revision_entry(report: Report, revision: Revision) -> Entry:
    old, new = revision.old.observation, revision.new.observation
    indicator = report.package.indicator_by_id[new.indicator_id]
    name = wording.series_name(indicator, report.package.region_by_id[new.region_id])
    facts = {
        "subject": name,
        "period": period(new.period),
        "old": f"{wording.amount(old.value, indicator.unit)}{wording.mark(old.obs_status)}",
        "new": f"{wording.amount(new.value, indicator.unit)}{wording.mark(new.obs_status)}",
    }
    words = t(f"feeds.entry.{revision.kind}_title", **facts)
    sides = {
        "first": published_words(old, revision.old.source, aside=True),
        "first_source": revision.old.source.title,
        "published": published_words(new, revision.new.source, aside=True),
        "source": revision.new.source.title,
    }
    alone = revision.target_ids[0] if len(revision.target_ids) == 1 else None
    return Entry(
        key=f"revision|{_figure_key(new)}",
        # Two rows make a revision: it can be seen here once both are recorded.
        day=max(_news(report, old), _news(report, new)),
        told=new.pub,
        title=words,
        text=t("feeds.entry.revision", what=words, **sides),
        address=parts.target_address(alone) if alone else parts.indicator_link(indicator).address,
    )
