"""Rules on what comes first: of two days, of two bounds; and on days still to come that cannot be known yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from build_scripts.checks.check import Check
from build_scripts.core.periods import parse_period
from build_scripts.core.records import (
    Bulletin,
    Indicator,
    Plan,
    Problem,
    ProblemEvent,
    Severity,
    Source,
    TaskEvent,
    Violation,
)
from build_scripts.load import Tables, violation

# Work that goes on has its end before it; what is done may name the end that was planned once.
_GOING_ON = frozenset({"planned", "started", "in_progress"})


def days_are_in_order(tables: Tables, _today: date) -> Iterator[Violation]:
    """A plan, a source, a step and a problem each have first what comes first."""
    for row, plan in tables.of(Plan):
        if plan.issued_on.year > plan.period_end:
            facts = {"found": plan.issued_on, "other": plan.period_end}
            yield violation("day-order", tables.place(Plan), row, "issued_on", facts, what="plan")
    for row, source in tables.of(Source):
        if source.accessed and source.published and source.accessed < source.published:
            facts = {"found": source.accessed, "other": source.published}
            yield violation("day-order", tables.place(Source), row, "accessed", facts, what="source")
    for row, step in tables.of(TaskEvent):
        if step.planned_date and step.state in _GOING_ON and step.planned_date < step.date:
            facts = {"found": step.planned_date, "other": step.date}
            yield violation("day-order", tables.place(TaskEvent), row, "planned_date", facts, what="step")
    yield from _problems(tables)


def _problems(tables: Tables) -> Iterator[Violation]:
    """What is due or dealt with before it was found."""
    opened = {problem.problem_id: problem.opened for _row, problem in tables.of(Problem)}
    for row, problem in tables.of(Problem):
        if problem.due and problem.due < problem.opened:
            facts = {"found": problem.due, "other": problem.opened}
            yield violation("day-order", tables.place(Problem), row, "due", facts, what="problem")
    for row, event in tables.of(ProblemEvent):
        first = opened.get(event.problem_id)
        if first and event.date < first:
            facts = {"found": event.date, "other": first}
            yield violation("day-order", tables.place(ProblemEvent), row, "date", facts, what="event")


def days_have_come(tables: Tables, today: date) -> Iterator[Violation]:
    """No plan is issued, no page read and no problem found after today."""
    dated: dict[type, str] = {Plan: "issued_on", Source: "accessed", Problem: "opened"}
    for record, field in dated.items():
        for row, item in tables.rows_where(record, field, lambda day: day is not None and day > today):
            yield violation("day-to-come", tables.place(record), row, field, found=getattr(item, field), today=today)


def bulletins_follow_their_day(tables: Tables, _today: date) -> Iterator[Violation]:
    """A bulletin is released on the day it speaks of or later, and that day is not before its period began."""
    place = tables.place(Bulletin)
    for row, bulletin in tables.of(Bulletin):
        if bulletin.as_of > bulletin.released:
            facts: dict[str, object] = {"found": bulletin.as_of, "other": bulletin.released}
            yield violation("bulletin-days", place, row, "as_of", facts)
        when = parse_period(bulletin.period)
        if when is not None and bulletin.as_of < when.start:
            facts = {"found": bulletin.as_of, "other": bulletin.period, "first": when.start}
            yield violation("bulletin-days", place, row, "as_of", facts, what="early", do="do_early")


def bounds_are_in_order(tables: Tables, _today: date) -> Iterator[Violation]:
    """The least that an indicator can be is not more than the most."""
    for row, item in tables.of(Indicator):
        if item.min is not None and item.max is not None and item.min > item.max:
            facts = {"found": item.min, "other": item.max}
            yield violation("bounds-order", tables.place(Indicator), row, "min", facts)


CHECKS = (
    Check("day-order", Severity.WARNING, days_are_in_order),
    Check("day-to-come", Severity.WARNING, days_have_come),
    Check("bulletin-days", Severity.ERROR, bulletins_follow_their_day),
    Check("bounds-order", Severity.ERROR, bounds_are_in_order, 5),
)
