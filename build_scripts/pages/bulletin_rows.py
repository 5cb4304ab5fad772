"""The rows of a bulletin's tables: gets a digest and one of its records, gives the row as text and links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from build_scripts.bulletins import Digest, GroupCount, News, StatusChange
from build_scripts.core.method import LEFT_OUT, WITHOUT_VALUE, Family
from build_scripts.core.records import Link, Unit
from build_scripts.explain import periods_of, reason_meaning, sentence
from build_scripts.locale import day, number, period, t
from build_scripts.locale.pub_date import published_cell
from build_scripts.pages import disclosure, parts, wording
from build_scripts.pages.cells import owner_cell, project_cell
from build_scripts.pages.parts import Badge
from build_scripts.report import TargetEntry, TaskUpdate
from build_scripts.report.deadlines import Deadline
from build_scripts.report.problems import Issue

# Steps of a verdict that set the scene or draw the conclusion, by the start of their code; the others give the reason.
_TELLS_LITTLE = (
    "as_of",
    "verdict",
    LEFT_OUT,
    "variants.agree",
    "event.due",
    "year.gaps",
    "forward.needed_",
    "attainment.",
    "points",
)

# Of a missing value only what was looked for and not found gives the reason.
_TELLS_OF_NONE = "values."


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A target whose status changed, with the reason for the status it now has."""

    target: Link
    before: Badge
    after: Badge
    reason: str
    project: Link
    owner: Link
    source: Link | None


@dataclass(frozen=True, slots=True)
class NewsRow:
    """A figure published since the bulletin before; `kind` says whether it is new and what it changed.

    `near` when it is no target's own figure, only one near a target: shown for reference.
    """

    figure: Link
    period: str
    value: str
    kind: str
    published: str
    source: Link
    project: Link
    near: bool


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A published step of a named work; `plan` tells works of one name apart."""

    link: Link
    plan: str
    project: Link
    day: str
    state: str
    published: str
    source: Link


@dataclass(frozen=True, slots=True)
class DueRow:
    """Something due: a target or a named work, where it stands on the bulletin's day."""

    item: Link
    deadline: str
    project: Link
    owner: Link
    badge: Badge | None
    state: str


@dataclass(frozen=True, slots=True)
class LaggingRow:
    """A target that lags, with what is asked and what was published last."""

    target: Link
    badge: Badge
    condition: str
    latest: str
    project: Link
    owner: Link


@dataclass(frozen=True, slots=True)
class UnansweredRow:
    """A target past its deadline without a value; `fresh` when it was not yet at the bulletin before.

    `state` and `line` say what had been searched for it by the bulletin's day.
    """

    target: Link
    deadline: str
    state: str
    line: str
    fresh: bool
    project: Link
    owner: Link


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An officially reported problem."""

    problem: Link
    project: Link
    owner: Link
    opened: str
    due: str
    closed: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A project or unit with its counts as text; zeros are left empty but for the total."""

    link: Link
    total: str
    counts: tuple[str, ...]


def change_row(digest: Digest, change: StatusChange) -> ChangeRow:
    """A changed status, from what to what and why."""
    entry, verdict = change.entry, change.entry.assessment
    source = digest.report.package.source_by_id.get(verdict.source_id or "")
    return ChangeRow(
        target=parts.target_link(entry),
        before=parts.badge(change.before.status),
        after=parts.badge(verdict.status),
        reason=why(entry),
        project=_where(entry),
        owner=owner_cell(entry.lead),
        source=parts.source_link(source) if source else None,
    )


def why(entry: TargetEntry) -> str:
    """Why a target has its status: the step that settled it, else what its reason or its status means."""
    verdict = entry.assessment
    telling = [step for step in verdict.steps if not step.code.startswith(_TELLS_LITTLE)]
    if telling and (verdict.status not in WITHOUT_VALUE or telling[-1].code.startswith(_TELLS_OF_NONE)):
        periods = (verdict.period, *periods_of(entry.target))
        return sentence(telling[-1], unit=entry.indicator.unit, periods=periods)
    return reason_meaning(verdict.reason) if verdict.reason else t(f"status.meaning.{verdict.status}")


def news_row(digest: Digest, news: News) -> NewsRow:
    """A figure published since, with what it changed."""
    seen, package = news.figure.observation, digest.report.package
    indicator = package.indicator_by_id[seen.indicator_id]
    name = wording.series_name(indicator, package.region_by_id[seen.region_id])
    alone = news.entries[0] if len(news.entries) == 1 else None
    address = parts.target_link(alone).address if alone else parts.indicator_link(indicator).address
    places = {place.address: place for place in map(_where, news.entries or news.near)}
    return NewsRow(
        figure=Link(name, address),
        period=period(seen.period),
        value=f"{wording.amount(seen.value, indicator.unit)}{wording.mark(seen.obs_status)}",
        kind=_kind(news, indicator.unit),
        published=published_cell(seen, news.figure.source),
        source=parts.source_link(news.figure.source),
        project=_place(tuple(places.values())),
        near=bool(news.near),
    )


def _kind(news: News, unit: str) -> str:
    """What a publication brought, with the figure it changed."""
    old = wording.amount(news.earlier.observation.value, unit) if news.earlier else ""
    return t(f"bulletin.news.{news.kind}", old=old)


def work_row(digest: Digest, happening: TaskUpdate) -> WorkRow:
    """A published step of a named work."""
    event, project_id = happening.event, happening.task.project_id
    plan = parts.plan_link(digest.report.package.plan_by_id[happening.task.plan_id]).label
    others = (each.task for each in digest.happenings if each.task.name == happening.task.name)
    state = t(f"reading.state.{event.state}")
    return WorkRow(
        link=parts.work_link(happening.task),
        plan=plan if any(each.plan_id != happening.task.plan_id for each in others) else "",
        project=project_cell(digest.report.package.project_by_id.get(project_id or "")),
        day=day(event.date),
        state=t("format.line.told", label=state, words=event.note) if event.note else state,
        published=published_cell(event, happening.source),
        source=parts.source_link(happening.source),
    )


def due_rows(digest: Digest, deadlines: Iterable[Deadline]) -> Iterator[DueRow]:
    """What is due, in the order given, with where it stands on the bulletin's day."""
    package = digest.report.package
    for due in deadlines:
        if due.entry:
            link, place = parts.target_link(due.entry), _where(due.entry)
            badge, state = parts.badge(due.entry.status), ""
        else:
            project = package.project_by_id.get((due.task.project_id if due.task else None) or "")
            link = parts.work_link(due.task) if due.task else Link(due.name, "")
            badge, place = None, project_cell(project)
            state = t(f"reading.state.{due.last.event.state}") if due.last else t("project.tasks.state_none")
        yield DueRow(link, day(due.day), place, owner_cell(due.owner), badge, state)


def lagging_row(entry: TargetEntry) -> LaggingRow:
    """A target that lags."""
    return LaggingRow(
        target=parts.target_link(entry),
        badge=parts.badge(entry.status),
        condition=wording.short_condition(entry),
        latest=parts.latest_cell(entry),
        project=_where(entry),
        owner=owner_cell(entry.lead),
    )


def unanswered_row(digest: Digest, entry: TargetEntry) -> UnansweredRow:
    """A target past its deadline without a value, with what had been searched for it."""
    return UnansweredRow(
        target=parts.target_link(entry),
        deadline=wording.deadline(entry),
        state=disclosure.label(entry.searched.state) if entry.searched else "",
        # The name of the state says it all where nothing was searched.
        line=disclosure.line(entry) if entry.searched and entry.searched.latest else "",
        fresh=entry.target_id in digest.newly_unanswered,
        project=_where(entry),
        owner=owner_cell(entry.lead),
    )


def issue_row(issue: Issue) -> IssueRow:
    """An officially reported problem."""
    return IssueRow(
        problem=parts.problem_link(issue.problem),
        project=project_cell(issue.project),
        owner=parts.unit_link(issue.owner),
        opened=day(issue.problem.opened),
        due=day(issue.problem.due),
        closed=day(issue.closed_on),
    )


def _where(entry: TargetEntry) -> Link:
    """The project a target belongs to, by its short name; its plan where it belongs to none."""
    return project_cell(entry.project) if entry.project else parts.plan_link(entry.plan)


def _place(places: tuple[Link, ...]) -> Link:
    """Where a figure belongs: the one place, that there are several, or a dash."""
    if len(places) > 1:
        return Link(t("bulletin.cell.several"), "")
    return places[0] if places else project_cell(None)


def group_rows(groups: Iterable[GroupCount]) -> Iterator[GroupRow]:
    """Counts by project or unit, in the order given."""
    for group in groups:
        families = (group.tally.family(family) for family in Family)
        counts = (*families, group.tally.unanswered, group.changes, group.news)
        yield GroupRow(_group_link(group), number(group.tally.total), tuple(number(n) if n else "" for n in counts))


def _group_link(group: GroupCount) -> Link:
    if group.project:
        return parts.project_link(group.project)
    if group.plan:
        plan = parts.plan_link(group.plan)
        return Link(t("bulletin.cell.outside", plan=plan.label), plan.address)
    return _unit_link(group.unit)


def _unit_link(unit: Unit | None) -> Link:
    return parts.unit_link(unit) if unit else Link(t("bulletin.cell.owner_none"), "")
