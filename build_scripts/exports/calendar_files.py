"""Deadlines as iCalendar files, for everyone and for each unit, and the plan's own rhythm.

Gets the report, gives artifacts. Ids stay the same for ever and the only time stamp is the report's day, so the same
data gives the same bytes and a calendar program that fetches a file again finds its entries.
Source: RFC 5545 (all-day events end on the day after).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path

from icalendar import Calendar, Event

from build_scripts.core.kept import Keep, key_of, made_anew
from build_scripts.core.method import METHOD_VERSION
from build_scripts.core.records import Artifact
from build_scripts.locale import day, heading, t
from build_scripts.report import Report
from build_scripts.report.deadlines import Beat, Deadline, beats, by_unit, deadlines

FOLDER = "calendar"
OWNER = "downloads/calendar_files"


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a calendar says of one day."""

    uid: str
    on: date
    summary: str
    description: str
    url: str


def calendar_files(report: Report, keep: Keep = made_anew, root: str = "") -> Iterator[Artifact]:
    """All deadlines, each unit's led and shared ones, and the rhythm of yearly duties; no file without an entry.

    `root` is the site's own address, ending in a slash; without it no entry can say where its page is.
    """
    due = deadlines(report)
    yield from _file(report, all_path(), t("calendar.ics.all"), [_deadline(report, each, root) for each in due], keep)
    of_unit = by_unit(report, due)
    for unit in report.package.units:
        own = [_deadline(report, each, root) for each in of_unit.get(unit.unit_id, ())]
        yield from _file(report, unit_path(unit.unit_id), t("calendar.ics.unit", unit=unit.name), own, keep)
    turns = [_beat(report, each, root) for each in beats(report)]
    yield from _file(report, rhythm_path(), t("calendar.ics.rhythm"), turns, keep)


def all_path() -> str:
    """Where the file of all deadlines is."""
    return f"{FOLDER}/deadlines.ics"


def unit_path(unit_id: str) -> str:
    """Where the file of one unit's deadlines is."""
    return f"{FOLDER}/units/{unit_id}.ics"


def rhythm_path() -> str:
    """Where the file of the rhythm is."""
    return f"{FOLDER}/rhythm.ics"


def _file(report: Report, path: str, name: str, entries: Sequence[_Entry], keep: Keep) -> Iterator[Artifact]:
    """One calendar, kept by its words: folding lines takes a third of a second in all."""
    if entries:
        about = t("calendar.ics.about", day=day(report.as_of))
        key = key_of(_maker(), name, about, report.as_of.isoformat(), repr(entries))
        yield Artifact(path, keep("calendars", key, partial(_written, name, about, report.as_of, entries)), OWNER)


def _written(name: str, about: str, as_of: date, entries: Sequence[_Entry]) -> bytes:
    """The calendar's bytes."""
    calendar = Calendar()
    calendar.add("prodid", f"-//plan-progress//{METHOD_VERSION}//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-caldesc", about)
    for entry in entries:
        calendar.add_component(_event(entry, as_of))
    return bytes(calendar.to_ical())


@cache
def _maker() -> str:
    """What besides the words decides the bytes: the library, the method's version, this code."""
    return key_of(version("icalendar"), METHOD_VERSION, Path(__file__).read_bytes())


def _deadline(report: Report, due: Deadline, root: str) -> _Entry:
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
    place = f"targets/{due.id}/" if due.entry else f"works/{due.task.task_id if due.task else ''}/"
    page = f"{root}{place}" if root else ""
    return _entry(report, due.id, due.day, t("calendar.ics.summary", name=due.name), text, page)


def _beat(report: Report, beat: Beat, root: str) -> _Entry:
    target = beat.entry.target
    text = t("calendar.ics.beat", name=target.name, section=heading(target.section), plan=beat.entry.plan.name)
    page = f"{root}targets/{target.target_id}/" if root else ""
    return _entry(report, f"{target.target_id}-{beat.day:%Y%m%d}", beat.day, target.name, text, page)


def _entry(report: Report, key: str, on: date, summary: str, description: str, page: str) -> _Entry:
    return _Entry(f"{key}@{report.package.meta.get('name') or 'plan-progress'}", on, summary, description, page)


def _event(entry: _Entry, as_of: date) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", datetime.combine(as_of, time(), UTC))
    event.add("dtstart", entry.on)
    event.add("dtend", entry.on + timedelta(days=1))
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    if entry.url:
        event.add("url", entry.url)
    event.add("transp", "TRANSPARENT")
    return event
