"""Who has reported what for a period, and who is late.

Gets a `PackageIndex` and a period, gives one `UnitStatus` per lead unit. What was reported is read off the source rows
that `ingest` writes: their ids name unit and period, their notes how much each form held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from build_scripts.core.records import Source
from build_scripts.forms.content import IndicatorRow, ProblemRow, TaskRow, unit_forms
from build_scripts.forms.layout import NO_LEAD, Form
from build_scripts.forms.package_index import PackageIndex, series_key, unit_name
from build_scripts.forms.periods import FormPeriod
from build_scripts.forms.submission import FORM_SOURCES, source_prefix
from build_scripts.locale import day, listed, t

# Days after a period's end until a form counts as late; the plan prints no day, this is our own convention.
DUE_DAYS = 10


class State(StrEnum):
    """Where a unit stands with a period's forms."""

    REPORTED = "reported"
    PARTIAL = "partial"
    WAITING = "waiting"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class UnitStatus:
    """One unit's three forms for one period: how many rows are due, how many came, and which have not, per form."""

    unit_id: str
    unit: str
    period: FormPeriod
    expected: Mapping[Form, int]
    reported: Mapping[Form, int]
    missing: Mapping[Form, tuple[str, ...]]
    last: date | None
    state: State
    nothing_new: bool
    due: date

    def days_late(self, as_of: date) -> int:
        """How many days the forms are overdue on `as_of`; 0 when they are not."""
        return max((as_of - self.due).days, 0) if self.state in {State.LATE, State.PARTIAL} else 0


def statuses(book: PackageIndex, period: FormPeriod, due_days: int = DUE_DAYS) -> Iterator[UnitStatus]:
    """Every unit that has something due for the period, in the units' order."""
    due = period.end + timedelta(days=due_days)
    for unit_id in book.lead_units():
        if unit_id == NO_LEAD:
            continue
        due_rows = _due(book, unit_id, period)
        expected = {form: len(rows) for form, rows in due_rows.items()}
        sources = _sources(book, unit_id, period)
        if not any(expected.values()) and not sources:
            continue
        reported = _reported(book, sources)
        nothing_new = bool(sources) and not any(reported.values())
        yield UnitStatus(
            unit_id=unit_id,
            unit=unit_name(book.package, unit_id),
            period=period,
            expected=expected,
            reported=reported,
            missing=_missing(book, sources, due_rows, reported),
            last=max((source.published for source in sources if source.published), default=None),
            state=_state(expected, reported, late=book.as_of > due, sent=bool(sources), nothing_new=nothing_new),
            nothing_new=nothing_new,
            due=due,
        )


def _due(book: PackageIndex, unit_id: str, period: FormPeriod) -> dict[Form, dict[str, str]]:
    """The rows of each form that are marked as due: their names by key."""
    forms = unit_forms(book, unit_id, period)
    required = t("forms.required.due")
    return {form: {row.key: _name(row) for row in getattr(forms, form) if row.required == required} for form in Form}


def _name(row: IndicatorRow | TaskRow | ProblemRow) -> str:
    """A row's name as changes are told in, a figure's with its place."""
    if isinstance(row, IndicatorRow):
        return t("forms.figure_name", name=row.name, region=row.region)
    return row.title if isinstance(row, ProblemRow) else row.name


def _missing(
    book: PackageIndex, sources: list[Source], due: Mapping[Form, Mapping[str, str]], reported: Mapping[Form, int]
) -> dict[Form, tuple[str, ...]]:
    """The due rows nobody has answered: neither by a row of their own nor, in a source's note, by “nothing new”."""
    keys, notes = _keys(book, {source.source_id for source in sources}), "".join(source.note for source in sources)
    found = {}
    for form, rows in due.items():
        names = [name for key, name in rows.items() if key not in keys[form] and f"“{name}”" not in notes]
        found[form] = tuple(names) if reported[form] < len(rows) else ()
    return found


def _keys(book: PackageIndex, ids: set[str]) -> dict[Form, set[str]]:
    """The rows of each form that some sources gave rows of the package to."""
    package = book.package
    return {
        Form.INDICATORS: {series_key(o.indicator_id, o.region_id) for o in package.observations if o.source_id in ids},
        Form.TASKS: {event.task_id for event in package.task_events if event.source_id in ids},
        Form.PROBLEMS: {event.problem_id for event in package.problem_events if event.source_id in ids},
    }


def _sources(book: PackageIndex, unit_id: str, period: FormPeriod) -> list[Source]:
    ids = re.compile(re.escape(source_prefix(unit_id, period)) + r"-[0-9a-f]{10}")
    return [source for source in book.package.sources if ids.fullmatch(source.source_id)]


def _reported(book: PackageIndex, sources: list[Source]) -> dict[Form, int]:
    """How many rows of each form came: the fullest workbook's count, or more where several together brought more."""
    found = {form: len(keys) for form, keys in _keys(book, {source.source_id for source in sources}).items()}
    for source in sources:
        counts = re.search(t("forms.source.note_pattern"), source.note)
        for form, count in zip(Form, counts.groups() if counts else (), strict=False):
            found[form] = max(found[form], int(count))
    return found


def _state(
    expected: Mapping[Form, int], reported: Mapping[Form, int], *, late: bool, sent: bool, nothing_new: bool
) -> State:
    if not sent:
        return State.LATE if late else State.WAITING
    whole = all(reported[form] >= expected[form] for form in Form)
    return State.REPORTED if whole or nothing_new else State.PARTIAL


def others(book: PackageIndex, period: FormPeriod) -> Iterator[tuple[str, date]]:
    """Who else sent forms for the period: units and bodies that lead nothing, each with the day of the last."""
    ids = re.compile(rf"{FORM_SOURCES}.+-{period.code.lower()}-[0-9a-f]{{10}}")
    leading = tuple(f"{source_prefix(unit_id, period)}-" for unit_id in book.lead_units())
    found: dict[str, date] = {}
    for source in book.package.sources:
        if not source.published or source.published > book.as_of:
            continue
        if ids.fullmatch(source.source_id) and not source.source_id.startswith(leading):
            found[source.publisher] = max(source.published, found.get(source.publisher, source.published))
    yield from found.items()


def missing_lines(status: UnitStatus) -> Iterator[str]:
    """The rows a unit has not reported, a line per form."""
    for form, names in status.missing.items():
        if names:
            yield t("forms.status.missing", form=form.sheet, names=t("forms.separator").join(names))


def reminder(status: UnitStatus, as_of: date) -> str:
    """One line to send to a unit that has not reported everything."""
    open_rows = [
        t("forms.status.open", form=form.sheet, count=status.expected[form] - status.reported[form])
        for form in Form
        if status.expected[form] > status.reported[form]
    ]
    late = status.days_late(as_of)
    return t(
        "forms.status.reminder_late" if late else "forms.status.reminder",
        unit=status.unit,
        period=status.period.words,
        rows=listed(open_rows),
        days=late,
        due=day(status.due),
    )
