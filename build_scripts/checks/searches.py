"""Rules about the record of searches and about when a row was recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from build_scripts.checks.check import Check
from build_scripts.core.records import Breakdown, Observation, ProblemEvent, Search, Severity, TaskEvent, Violation
from build_scripts.load import Tables, violation

_RECORDED = (Observation, Breakdown, TaskEvent, ProblemEvent, Search)


def searches_name_what_was_looked_for(tables: Tables, _today: date) -> Iterator[Violation]:
    """A search names a plan, a target, a task, or an indicator with its region; of others nothing can be said."""
    place = tables.place(Search)
    for row, item in tables.of(Search):
        if item.plan_id or item.target_id or item.task_id or (item.indicator_id and item.region_id):
            continue
        half = "region_id" if item.indicator_id else "indicator_id" if item.region_id else ""
        do = "do_half" if half else "do"
        yield violation("search-names-nothing", place, row, half or "target_id", what="half" if half else "what", do=do)


def known_publications_can_be_found(tables: Tables, _today: date) -> Iterator[Violation]:
    """A publication known to exist has an address, or the note says how it is known."""
    for row, item in tables.of(Search):
        if item.result == "exists_not_collected" and not (item.url or item.note):
            yield violation("search-nowhere", tables.place(Search), row, "url")


def recorded_when_it_could_be(tables: Tables, today: date) -> Iterator[Violation]:
    """A row was recorded when it was published or looked for, or later; neither is of tomorrow."""
    for record in _RECORDED:
        for row, item in tables.rows(record):
            first = item.date if record is Search else item.pub
            recorded = item.recorded_on or first
            facts = {"found": recorded, "first": first, "today": today}
            if record is Search and first > today:
                facts["found"] = first
                yield _when(tables, record, row, "date", "future", facts)
            elif recorded < first or recorded > today >= first:
                yield _when(tables, record, row, "recorded_on", "what" if recorded < first else "future", facts)


def _when(tables: Tables, record: type, row: int, field: str, what: str, facts: dict[str, object]) -> Violation:
    do = "do_future" if what == "future" else "do"
    return violation("recorded-when", tables.place(record), row, field, what=what, do=do, facts=facts)


CHECKS = (
    Check("search-names-nothing", Severity.ERROR, searches_name_what_was_looked_for),
    Check("search-nowhere", Severity.WARNING, known_publications_can_be_found),
    Check("recorded-when", Severity.WARNING, recorded_when_it_could_be),
)
