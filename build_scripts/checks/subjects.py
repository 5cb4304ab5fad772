"""Rules about what a row is about: its words against its indicator's name, a work's against its plan, a step's state.

Words are compared by pairs of signs, which needs no dictionary. All are warnings.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from build_scripts.checks.check import Check
from build_scripts.checks.kinds import of_nature
from build_scripts.core.printed import plain
from build_scripts.core.records import (
    Indicator,
    Observation,
    Plan,
    Severity,
    Source,
    Target,
    Task,
    TaskEvent,
    Violation,
)
from build_scripts.core.vocabulary import Role
from build_scripts.load import Tables, violation
from build_scripts.load.violations import shown
from build_scripts.locale.documents import all_of, printed

_HAN = re.compile(r"[\u4e00-\u9fff]+")
# What is said of every figure, and of none in particular.
_COVERED, _BETTER = 0.7, 0.45
_PAIRS_AT_LEAST = 2
# So many places make a table.
_MANY = 3
_HABIT_AT_LEAST = 10
_HABIT = 0.95
_NOT_OFTEN = 0.2
_FAR_DAYS = 300
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
# What the note of a step says in such a state.
_STATES = ("started", "done", "suspended", "cancelled", "planned")


def targets_are_about_their_indicator(tables: Tables, _today: date) -> Iterator[Violation]:
    """A target's words are no better about another indicator of its unit than about its own."""
    place = tables.place(Target)
    names = _names(tables)
    # Indicators of many places bear the same names: each name is held against a target's words once.
    alike: dict[str, dict[frozenset[str], str]] = defaultdict(dict)
    for each, (unit, pairs) in names.items():
        if len(pairs) >= _PAIRS_AT_LEAST:
            alike[unit][frozenset(pairs)] = max(each, alike[unit].get(frozenset(pairs), ""))
    for row, target in tables.of(Target):
        own = names.get(target.indicator_id)
        if own is None or not own[1]:
            continue
        words = _pairs(f"{target.name} {target.promise}")
        mine = len(own[1] & words) / len(own[1])
        best, other = max(
            ((len(pairs & words) / len(pairs), each) for pairs, each in alike[own[0]].items() if pairs != own[1]),
            default=(0.0, ""),
        )
        if best >= _COVERED and best > mine + _BETTER:
            facts = {"found": target.indicator_id, "other": other, "words": shown(target.name)}
            yield violation("indicator-words", place, row, "indicator_id", facts)


def figures_are_about_their_indicator(tables: Tables, _today: date) -> Iterator[Violation]:
    """The words of a printed figure are about its indicator, and not only about another of the same unit.

    A figure that is printed as a change is one of growth.
    """
    place = tables.place(Observation)
    names = _names(tables)
    defined = {each.indicator_id: _pairs(f"{each.name} {each.definition}") for _row, each in tables.of(Indicator)}
    shares = of_nature(tables, "share")
    seen: dict[tuple[str, str], tuple[int, bool, str]] = {}
    for row, item in tables.of(Observation):
        words = _figure_pairs(item.figure_as_printed)
        own = names.get(item.indicator_id)
        if own is None:
            continue
        if item.indicator_id in shares and _tells_a_change(item.figure_as_printed):
            facts = {"found": item.indicator_id, "words": shown(item.figure_as_printed)}
            yield violation("figure-words", place, row, "indicator_id", facts, what="what_growth", do="do_growth")
            continue
        key = own[0], item.figure_as_printed
        mine = len(own[1] & words)
        if not words or 2 * mine >= len(own[1]):
            continue
        if key not in seen:
            alike = [(pairs, each) for each, (unit, pairs) in names.items() if unit == own[0]]
            seen[key] = max((len(pairs & words), pairs <= words, each) for pairs, each in alike)
        best, whole, other = seen[key]
        # What the definition says, too, may be common words; not so where they hold another's whole name.
        least = _PAIRS_AT_LEAST if whole or not words & defined[item.indicator_id] else len(words) + 1
        if best >= least and other != item.indicator_id:
            facts = {"found": item.indicator_id, "other": other, "words": shown(item.figure_as_printed)}
            yield violation("figure-words", place, row, "indicator_id", facts)


def rows_of_one_table_are_of_one_indicator(tables: Tables, _today: date) -> Iterator[Violation]:
    """Where a source gives an indicator for many places, no place stands alone in it with another of the same unit."""
    place = tables.place(Observation)
    units = {each.indicator_id: each.unit for _row, each in tables.of(Indicator)}
    parts = {region for region, role in tables.roles.items() if role is Role.PART}
    given: dict[tuple[str, str, str], dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    of_parts = {
        (item.source_id, item.period) for _row, item in tables.where(Observation, "region_id", parts.__contains__)
    }
    for row, item in tables.of(Observation) if of_parts else ():
        if item.value is not None and (item.source_id, item.period) in of_parts:
            key = item.source_id, item.period, units.get(item.indicator_id, "")
            given[key][item.indicator_id][item.region_id] = row
    for of_indicator in given.values():
        most = max(of_indicator, key=lambda each: len(of_indicator[each]))
        for indicator_id, of_region in of_indicator.items():
            (region, row), *others = of_region.items()
            many = len(of_indicator[most]) >= _MANY and region not in of_indicator[most]
            if many and not others and region in parts:
                facts = {"found": indicator_id, "other": most, "count": len(of_indicator[most]), "region": region}
                yield violation("table-indicator", place, row, "indicator_id", facts)


def _tells_a_change(text: str) -> bool:
    """Whether a figure is printed as so much more or less, and as nothing else."""
    words = plain(text)
    return bool(printed("grew").search(words)) and not printed("share").search(words)


def _names(tables: Tables) -> Mapping[str, tuple[str, frozenset[str]]]:
    """Each indicator's unit, and its name in pairs of signs."""
    return {each.indicator_id: (each.unit, _pairs(each.name)) for _row, each in tables.of(Indicator)}


@lru_cache(maxsize=16384)
def _figure_pairs(words: str) -> frozenset[str]:
    """A printed figure in pairs of signs, less what every figure may say."""
    return _pairs(printed("common").sub(" ", plain(words)))


def _pairs(text: str) -> frozenset[str]:
    runs = _HAN.findall(plain(text))
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))


def works_stand_in_their_plan(tables: Tables, _today: date) -> Iterator[Violation]:
    """A work's name, or the words its note quotes, stand in its plan's text."""
    place = tables.place(Task)
    looked, odd = 0, []
    for row, task in tables.of(Task):
        text = tables.texts.get(task.plan_id)
        quoted = next(all_of("original", task.note), None)
        looked += text is not None
        if text and text.passage_of(task.name) is None and not (quoted and text.passage_of(quoted[1])):
            odd.append((row, {"found": shown(quoted[1] if quoted else task.name), "plan": task.plan_id}))
    # A package whose works have names of its own making does not keep to the plan's words.
    if looked >= _HABIT_AT_LEAST and len(odd) <= (1 - _HABIT) * looked:
        for row, facts in odd:
            yield violation("work-not-in-plan", place, row, "plan_id", facts)
    yield from _strangers(tables)


def _strangers(tables: Tables) -> Iterator[Violation]:
    """Targets and works whose id begins as those of another plan's, where ids tell the plan."""
    words: dict[str, Counter[str]] = defaultdict(Counter)
    rows = [
        (record, row, item.plan_id, item_id.partition("-")[0])
        for record, key in ((Target, "target_id"), (Task, "task_id"))
        for row, item in tables.rows(record)
        for item_id in (getattr(item, key),)
    ]
    for _record, _row, plan_id, first in rows:
        words[plan_id][first] += 1
    usual = {
        plan_id: found.most_common(1)[0][0]
        for plan_id, found in words.items()
        if found.total() >= _HABIT_AT_LEAST and found.most_common(1)[0][1] >= _HABIT * found.total()
    }
    if len(set(usual.values())) < len(tables.of(Plan)):
        return
    for record, row, plan_id, first in rows:
        if first != usual.get(plan_id, first) and first in usual.values():
            facts = {"found": first, "plan": plan_id, "usual": usual[plan_id]}
            yield violation("work-not-in-plan", tables.place(record), row, "plan_id", facts, what="what_id", do="do_id")


def steps_are_in_the_state_they_tell(tables: Tables, _today: date) -> Iterator[Violation]:
    """A step's note says what its state says: begun, finished, halted, still planned."""
    place = tables.place(TaskEvent)
    told = [(row, event) for row, event in tables.of(TaskEvent) if event.state in _STATES and event.note]
    odd = [(row, event) for row, event in told if not printed(f"state.{event.state}").search(event.note)]
    if len(told) < _HABIT_AT_LEAST or len(odd) > _NOT_OFTEN * len(told):
        return
    for row, event in odd:
        facts = {"found": event.state, "note": shown(event.note)}
        yield violation("step-words", place, row, "state", facts)


def steps_are_news(tables: Tables, _today: date) -> Iterator[Violation]:
    """A step is published within some months, or its note names its year; so a year too early is seen."""
    place = tables.place(TaskEvent)
    for row, event in tables.of(TaskEvent):
        if (event.pub - event.date).days > _FAR_DAYS and str(event.date.year) not in _YEAR.findall(plain(event.note)):
            yield violation("step-late", place, row, "date", {"found": event.date, "pub": event.pub})


def undated_sources_are_explained(tables: Tables, _today: date) -> Iterator[Violation]:
    """Where a source has no day, the row says how its own came about, where the package keeps to that."""
    undated = {each.source_id for _row, each in tables.of(Source) if each.published is None and each.kind != "live"}
    rows = [
        (record, row, item)
        for record in (Observation, TaskEvent)
        for row, item in tables.rows(record)
        if item.source_id in undated
    ]
    odd = [each for each in rows if not printed("dated").search(each[2].note)]
    if len(rows) < _HABIT_AT_LEAST or len(odd) > (1 - _HABIT) * len(rows) + 1:
        return
    for record, row, item in odd:
        facts = {"found": item.pub, "source": item.source_id}
        yield violation("pub-undated", tables.place(record), row, "pub", facts)


CHECKS = (
    Check("indicator-words", Severity.WARNING, targets_are_about_their_indicator),
    Check("figure-words", Severity.WARNING, figures_are_about_their_indicator),
    Check("table-indicator", Severity.WARNING, rows_of_one_table_are_of_one_indicator),
    Check("work-not-in-plan", Severity.WARNING, works_stand_in_their_plan),
    Check("step-words", Severity.WARNING, steps_are_in_the_state_they_tell),
    Check("step-late", Severity.WARNING, steps_are_news),
    Check("pub-undated", Severity.WARNING, undated_sources_are_explained),
)
