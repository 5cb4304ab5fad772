"""The calendar: what is due in which month and who answers for it, with files for calendar programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from build_scripts.charts import ChartFigure
from build_scripts.core.method import Status
from build_scripts.core.records import Link, Page
from build_scripts.exports.calendar_files import all_path, rhythm_path, unit_path
from build_scripts.locale import by_comma, by_semicolon, day, how_many, period, stop, t, year_range
from build_scripts.pages import disclosure, parts, wording
from build_scripts.pages.cells import owner_cell, project_cell
from build_scripts.pages.filtering import RowKeys, target_keys, task_keys
from build_scripts.pages.parts import Badge
from build_scripts.pages.site_data import SiteData
from build_scripts.pages.whole_figures import DEADLINES
from build_scripts.report import Report, tally
from build_scripts.report.deadlines import Deadline, beats, by_unit, deadlines, undated


@dataclass(frozen=True, slots=True)
class DueRow:
    """Something due: a target with its status, or a named work with its last reported state."""

    link: Link
    project: Link
    owner: Link
    day: str
    badge: Badge | None
    state: str
    keys: RowKeys


@dataclass(frozen=True, slots=True)
class MonthGroup:
    """Everything due in one month."""

    anchor: str
    title: str
    sentence: str
    caption: str
    rows: tuple[DueRow, ...]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit with its next deadline, its counts, and its calendar file."""

    link: Link
    next: str
    to_come: str
    passed: str
    unanswered: str
    states: tuple[str, ...]
    file: str


@dataclass(frozen=True, slots=True)
class CalendarView:
    """What the calendar shows: what is to come first, then what has passed."""

    title: str
    sentence: str
    chart: ChartFigure | None
    files: tuple[Link, ...]
    to_come: tuple[MonthGroup, ...]
    passed: tuple[MonthGroup, ...]
    units: tuple[UnitRow, ...]
    units_caption: str
    rhythm: tuple[str, ...]
    method: str


def pages(given: SiteData) -> Iterator[Page]:
    """The calendar."""
    report = given.report
    due = deadlines(report)
    sentence = _sentence(report, due)
    months = [(key, tuple(group)) for key, group in groupby(due, key=lambda each: (each.day.year, each.day.month))]
    groups = [(each[-1].day >= report.as_of, _month(report, each)) for _key, each in months]
    title = t("calendar.title")
    yield Page(
        address="calendar/",
        template="calendar",
        view=CalendarView(
            title=title,
            sentence=sentence,
            chart=given.charts.get(DEADLINES),
            files=tuple(_files(report, due)),
            to_come=tuple(group for ahead, group in groups if ahead),
            passed=tuple(group for ahead, group in reversed(groups) if not ahead),
            units=tuple(_units(report, due)),
            units_caption=t("calendar.caption.units"),
            rhythm=tuple(_rhythm(report)),
            method=parts.method_line(report.as_of),
        ),
        title=title,
        description=sentence,
        source="targets/targets.csv",
        crumbs=parts.crumbs(),
        assessed=True,
    )


def _sentence(report: Report, due: tuple[Deadline, ...]) -> str:
    """The next deadline, what has passed without a value here, and what has no deadline at all."""
    if not due:
        return t("calendar.sentence.none")
    ahead = [each for each in due if each.day >= report.as_of]
    passed = [each for each in due if each.day < report.as_of]
    parts_of = []
    if ahead:
        next_ones = [each for each in ahead if each.day == ahead[0].day]
        facts = {"day": day(ahead[0].day), "count": _how_many(next_ones)}
        days = (ahead[0].day - report.as_of).days
        parts_of.append(t("calendar.sentence.next" if days else "calendar.sentence.today", days=days, **facts))
    else:
        parts_of.append(t("calendar.sentence.no_next"))
    if passed:
        parts_of.append(_passed(passed))
    without = undated(report)
    if without:
        parts_of.append(t("calendar.sentence.undated", count=how_many(without, "item")))
    return by_semicolon(parts_of) + stop()


def _passed(passed: Sequence[Deadline]) -> str:
    """How much is past its deadline, and of that what is unanswered or cannot be judged."""
    counted = tally(each.entry for each in passed if each.entry)
    told = [disclosure.brief(counted)] if counted.unanswered else []
    if vague := sum(each.entry.status is Status.NOT_ASSESSABLE for each in passed if each.entry):
        label = t(f"status.label.{Status.NOT_ASSESSABLE}")
        told.append(t("calendar.sentence.passed_vague", count=how_many(vague, "item"), status=label))
    key = "passed_told" if told else "passed"
    return t(f"calendar.sentence.{key}", count=_how_many(passed), told=by_comma(told))


def _how_many(due: Sequence[Deadline]) -> str:
    """Targets and works counted apart, so that the numbers agree with counts of targets beside them."""
    targets = sum(each.entry is not None for each in due)
    works = len(due) - targets
    counts = (("targets", targets), ("works", works))
    told = [t(f"calendar.count.{name}", count=how_many(count, "item")) for name, count in counts if count]
    return t("calendar.count.and").join(told)


def _files(report: Report, due: tuple[Deadline, ...]) -> Iterator[Link]:
    if due:
        yield Link(t("calendar.file.all"), all_path())
    if beats(report):
        yield Link(t("calendar.file.rhythm"), rhythm_path())


def _month(report: Report, due: tuple[Deadline, ...]) -> MonthGroup:
    first = due[0].day
    title = period(f"{first.year}-{first.month:02d}")
    count = _how_many(due)
    year_only = sum(not each.exact for each in due)
    key = "year_only_all" if year_only == len(due) else "year_only"
    sentence = t(f"calendar.month.{key}", count=how_many(year_only, "item")) if year_only else ""
    ordered = sorted(due, key=lambda each: (each.owner is None, each.owner.name if each.owner else ""))
    return MonthGroup(
        anchor=f"m-{first.year}-{first.month:02d}",
        title=t("calendar.month.title", month=title, count=count),
        sentence=sentence,
        caption=t("calendar.caption.month", month=title, count=count),
        rows=tuple(_row(report, each) for each in ordered),
    )


def _row(report: Report, due: Deadline) -> DueRow:
    entry, task = due.entry, due.task
    shown = day(due.day) if due.exact else t("calendar.row.year", year=due.day.year)
    if entry:
        link, project = parts.target_link(entry), entry.project
        return DueRow(
            link,
            project_cell(project),
            owner_cell(due.owner),
            shown,
            parts.badge(entry.status),
            "",
            target_keys(entry),
        )
    assert task is not None  # noqa: S101 - a deadline is of one or the other
    return DueRow(
        link=parts.work_link(task),
        project=project_cell(report.package.project_by_id.get(task.project_id or "")),
        owner=owner_cell(due.owner),
        day=shown,
        badge=None,
        state=t(f"reading.state.{due.last.event.state}") if due.last else t("project.tasks.state_none"),
        keys=task_keys(report, task),
    )


def _units(report: Report, due: tuple[Deadline, ...]) -> Iterator[UnitRow]:
    """The units that lead something due or share in its project, in the package's order, as their files have it."""
    of_unit = by_unit(report, due)
    for unit in report.package.units:
        own = of_unit.get(unit.unit_id, ())
        if own:
            ahead = [each.day for each in own if each.day >= report.as_of]
            counted = tally(each.entry for each in own if each.entry)
            yield UnitRow(
                link=parts.unit_link(unit),
                next=day(min(ahead)) if ahead else t("calendar.row.no_next"),
                to_come=str(len(ahead)),
                passed=str(len(own) - len(ahead)),
                unanswered=str(counted.unanswered),
                states=disclosure.numbers(counted),
                file=unit_path(unit.unit_id),
            )


def _rhythm(report: Report) -> Iterator[str]:
    """The yearly duties whose number of turns is printed, one line each."""
    for entry in report.entries:
        target = entry.target
        if target.kind == "annual_task" and target.value and target.duplicate_of is None:
            first, last = target.period_start or "", target.target_period or ""
            years = year_range(first or last, last or first)
            yield t(
                "calendar.rhythm.line" if last or not first else "calendar.rhythm.line_open",
                name=target.name,
                amount=wording.amount(target.value, target.unit),
                years=years,
            )
