"""Rules about what happened to tasks and problems: a possible order of states, nothing told before it happened (10)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeVar

from build_scripts.checks.check import Check
from build_scripts.core.records import ProblemEvent, Severity, TaskEvent, Violation
from build_scripts.load import Tables, violation
from build_scripts.locale import holds, listed, t

E = TypeVar("E", TaskEvent, ProblemEvent)
_AFTER_CANCELLED = frozenset({"cancelled", "planned"})
# State of a problem → states that may come next; `""` is before the first row.
_NEXT_PROBLEM_STATES = {
    "": {"open", "in_progress", "resolved"},
    "open": {"open", "in_progress", "resolved"},
    "in_progress": {"in_progress", "resolved"},
    "resolved": {"resolved", "verified", "reopened"},
    "verified": {"verified", "reopened"},
    "reopened": {"reopened", "in_progress", "resolved"},
}


def task_states_follow(tables: Tables, _today: date) -> Iterator[Violation]:
    """A task that is done does not start again, one that is cancelled goes on only after it is planned anew."""
    place = tables.place(TaskEvent)
    by_task: dict[str, list[tuple[int, TaskEvent]]] = defaultdict(list)
    for row, event in tables.of(TaskEvent):
        by_task[event.task_id].append((row, event))
    for told in by_task.values():
        for (other, before), (row, event) in pairwise(_standing(told)):
            if _says("correction", event) or _says("taken_up", event):
                continue
            again = before.state == "done" and event.state != "done"
            revived = before.state == "cancelled" and event.state not in _AFTER_CANCELLED
            if again or revived:
                facts = {"found": event.state, "before": before.state, "other": other, "date": before.date}
                yield violation("event-order", place, row, "state", facts=facts)


def _says(what: str, event: TaskEvent | ProblemEvent) -> bool:
    """Whether an event's note takes an earlier row back, or up again: the file is append-only."""
    return holds(f"checks.said.{what}", event.note)


def _standing(told: Sequence[tuple[int, E]]) -> list[tuple[int, E]]:
    """Steps by their day, without those a later row corrected: told before it, and not of an earlier day."""
    standing: list[tuple[int, E]] = []
    for row, event in sorted(told, key=lambda entry: (entry[1].pub, entry[0])):
        if _says("correction", event):
            standing = [(other, before) for other, before in standing if before.date < event.date]
        standing.append((row, event))
    return sorted(standing, key=lambda entry: (entry[1].date, entry[1].pub, entry[0]))


def problem_states_follow(tables: Tables, _today: date) -> Iterator[Violation]:
    """A problem is verified only after it is resolved, and taken up again only after it is reopened."""
    place = tables.place(ProblemEvent)
    by_problem: dict[str, list[tuple[int, ProblemEvent]]] = defaultdict(list)
    for row, event in tables.of(ProblemEvent):
        by_problem[event.problem_id].append((row, event))
    for told in by_problem.values():
        state = ""
        for row, event in _standing(told):
            said = _says("correction", event) or _says("taken_up", event)
            if event.state not in _NEXT_PROBLEM_STATES.get(state, set()) and not said:
                allowed = listed(sorted(_NEXT_PROBLEM_STATES.get(state, set())))
                facts = {"found": event.state, "before": state or t("checks.problem-order.none"), "allowed": allowed}
                yield violation("problem-order", place, row, "state", facts=facts)
            state = event.state


def nothing_told_before_it_happened(tables: Tables, _today: date) -> Iterator[Violation]:
    """What has happened was published on that day or later; only a plan may be announced beforehand."""
    for row, event in tables.of(TaskEvent):
        if event.state != "planned" and event.date > event.pub:
            facts = {"found": event.date, "pub": event.pub}
            yield violation("event-before-it-happened", tables.place(TaskEvent), row, "date", facts=facts)
    for row, step in tables.of(ProblemEvent):
        if step.date > step.pub:
            facts = {"found": step.date, "pub": step.pub}
            yield violation("event-before-it-happened", tables.place(ProblemEvent), row, "date", facts=facts)


CHECKS = (
    Check("event-order", Severity.ERROR, task_states_follow, 10),
    Check("problem-order", Severity.ERROR, problem_states_follow, 10),
    Check("event-before-it-happened", Severity.ERROR, nothing_told_before_it_happened, 3),
)
