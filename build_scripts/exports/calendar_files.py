"""Deadlines as iCalendar files, for everyone and for each unit, and the plan's own rhythm.

Gets the report, gives artifacts. Ids stay the same for ever and the only time stamp is the report's day, so the same
data gives the same bytes and a calendar program that fetches a file again finds its entries.
Source: RFC 5545 (all-day events end on the day after).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from build_scripts.core.method import METHOD_VERSION
from build_scripts.core.records import Artifact
from build_scripts.locale import day, heading, t
from build_scripts.report import Report
from build_scripts.report.deadlines import Beat, Deadline, beats, by_unit, deadlines

FOLDER = "calendar"
OWNER = "downloads/calendar_files"


def calendar_files(report: Report) -> Iterator[Artifact]:
    """All deadlines, each unit's led and shared ones, and the rhythm of yearly duties; no file without an entry."""
    due = deadlines(report)
    yield from _file(report, all_path(), t("calendar.ics.all"), [_deadline(report, each) for each in due])
    of_unit = by_unit(report, due)
    for unit in report.package.units:
        own = [_deadline(report, each) for each in of_unit.get(unit.unit_id, ())]
        yield from _file(report, unit_path(unit.unit_id), t("calendar.ics.unit", unit=unit.name), own)
    turns = [_beat(report, each) for each in beats(report)]
    yield from _file(report, rhythm_path(), t("calendar.ics.rhythm"), turns)


def all_path() -> str:
    """Where the file of all deadlines is."""
    return f"{FOLDER}/deadlines.ics"


def unit_path(unit_id: str) -> str:
    """Where the file of one unit's deadlines is."""
    return f"{FOLDER}/units/{unit_id}.ics"


def rhythm_path() -> str:
    """Where the file of the rhythm is."""
    return f"{FOLDER}/rhythm.ics"


def _file(report: Report, path: str, name: str, events: Iterable[Event]) -> Iterator[Artifact]:
    calendar = Calendar()
    calendar.add("prodid", f"-//plan-progress//{METHOD_VERSION}//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-caldesc", t("calendar.ics.about", day=day(report.as_of)))
    for event in events:
        calendar.add_component(event)
    if calendar.subcomponents:
        yield Artifact(path, calendar.to_ical(), OWNER)


def _deadline(report: Report, due: Deadline) -> Event:
    owner = due.owner.name if due.owner else t("threeforms.owner_none")
    if due.entry:
        plan, section = due.entry.plan, due.entry.target.section
        status = t("calendar.ics.status", status=t(f"status.label.{due.entry.status}"))
    else:
        task = due.task
        plan = report.package.plan_by_id[task.plan_id] if task else report.package.plans[0]
        section = task.section if task else ""
        status = t("calendar.ics.state", state=t(f"reading.state.{due.last.event.state}")) if due.last else ""
    text = t(
        "calendar.ics.description",
        plan=plan.name,
        section=heading(section),
        owner=owner,
        status=status,
        precision="" if due.exact else t("calendar.ics.year_only"),
    )
    return _event(report, due.id, due.day, t("calendar.ics.summary", name=due.name), text)


def _beat(report: Report, beat: Beat) -> Event:
    target = beat.entry.target
    text = t("calendar.ics.beat", name=target.name, section=heading(target.section), plan=beat.entry.plan.name)
    return _event(report, f"{target.target_id}-{beat.day:%Y%m%d}", beat.day, target.name, text)


def _event(report: Report, key: str, on: date, summary: str, description: str) -> Event:
    event = Event()
    event.add("uid", f"{key}@{report.package.meta.get('name') or 'plan-progress'}")
    event.add("dtstamp", datetime.combine(report.as_of, time(), UTC))
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", description)
    event.add("transp", "TRANSPARENT")
    return event
