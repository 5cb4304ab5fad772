"""Rules about the words people ask by: other names that lead to one thing, and words that no plan answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from build_scripts.checks.check import Check
from build_scripts.core.records import Indicator, Region, Severity, Target, Task, Unanswered, Unit, Violation
from build_scripts.load import Tables, violation


def other_names_lead_to_one(tables: Tables, _today: date) -> Iterator[Violation]:
    """A unit or a place is called by no name that another of its kind goes by."""
    for record in (Unit, Region):
        rows: list[tuple[int, Unit | Region]] = list(tables.of(record))
        taken = {item.name: row for row, item in rows}
        for row, item in rows:
            for word in item.also_called:
                if taken.setdefault(word, row) != row:
                    place = tables.place(record)
                    yield violation("also-called-twice", place, row, "also_called", found=word, other=taken[word])


def near_things_exist(tables: Tables, _today: date) -> Iterator[Violation]:
    """What an unanswered word leads to instead is there."""
    targets = {target.target_id for _row, target in tables.of(Target)}
    tasks = {task.task_id for _row, task in tables.of(Task)}
    for row, word in tables.of(Unanswered):
        for field, ids, known in (("target_ids", word.target_ids, targets), ("task_ids", word.task_ids, tasks)):
            for name in ids:
                if name not in known:
                    yield violation("unanswered-unknown", tables.place(Unanswered), row, field, found=name)


def unanswered_words_are(tables: Tables, _today: date) -> Iterator[Violation]:
    """A word that no plan answers stands in the name of no target, task or indicator of a target."""
    measured = {target.indicator_id for _row, target in tables.of(Target)}
    named = [(target.target_id, (target.name, target.promise, *target.also_called)) for _, target in tables.of(Target)]
    named += [(task.task_id, (task.name, *task.also_called)) for _, task in tables.of(Task)]
    named += [
        (indicator.indicator_id, (indicator.name, *indicator.also_called))
        for _, indicator in tables.of(Indicator)
        if indicator.indicator_id in measured
    ]
    for row, unanswered in tables.of(Unanswered):
        for field, words in (("word", (unanswered.word,)), ("also_called", unanswered.also_called)):
            for word in words:
                found = next((name for name, texts in named if any(word in text for text in texts)), None)
                if found:
                    yield violation("unanswered-answered", tables.place(Unanswered), row, field, found=word, by=found)


CHECKS = (
    Check("also-called-twice", Severity.WARNING, other_names_lead_to_one),
    Check("unanswered-unknown", Severity.WARNING, near_things_exist),
    Check("unanswered-answered", Severity.WARNING, unanswered_words_are),
)
