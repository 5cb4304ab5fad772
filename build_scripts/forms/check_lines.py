"""What the package's checks find in answers, in a clerk's words.

Gets a violation and the tables it was found in, gives a `Line`: no row numbers and no column names, for a clerk has
only the workbook. What only an editor could act on is left to `check`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from build_scripts.core.records import Indicator, Observation, Severity, Violation
from build_scripts.core.tables import TABLES
from build_scripts.forms.lines import Level, Line, Spot, make_line
from build_scripts.load import Tables
from build_scripts.locale import listed, number, period, t
from build_scripts.locale.catalogue import has

# Where a cell has been asked about already, these say the same once more, and less.
_ASKED_BETTER = frozenset(
    {
        "jump",
        "outlier",
        "county-sum",
        "figure-whole",
        "step-late",
        "share-out-of-range",
        "value-out-of-range",
        "day-order",
    }
)
# What an editor copied is held against the words of its source; a form is its own source. A year nobody reported is
# no mistake of this form, and how bases and days are written is nothing a clerk has written.
_FOR_EDITORS = frozenset(
    {
        "place-words", "period-words", "indicator-words", "figure-words", "status-words", "period-late", "period-title",
        "calendar-gap", "basis-near", "printed-unread", "printed-explained", "pub-source", "pub-undated",
        "source-twice", "source-day", "recorded-when",
    }
)  # fmt: skip
# What a clerk may want to read, but need not answer: states are chosen from a list.
_ONLY_SAID = frozenset({"step-words"})
_STATES = {"task_events": "task_state", "problem_events": "problem_state"}


def is_for_editors(found: Violation) -> bool:
    """Whether a clerk could do nothing about it."""
    return found.code in _FOR_EDITORS and found.severity is not Severity.ERROR


def is_asked_better(found: Violation) -> bool:
    """Whether the forms' own questions about a cell say it better."""
    return found.code in _ASKED_BETTER


def clerks_line(found: Violation, tables: Tables, file: str, at: Spot) -> Line:
    """The line about a violation at a cell; the checks' own words where the forms have none."""
    level = Level.ERROR if found.severity is Severity.ERROR else Level.CHECK
    level = Level.NOTE if found.code in _ONLY_SAID else level
    plain = found.code.replace("-", "_")
    for code in (f"checked_{plain}_{found.sentence.removeprefix('what_')}", f"checked_{plain}"):
        if file and has(f"forms_lines.{code}.what"):
            return make_line(code, file, at, dict(_facts(found, tables)), level)
    return make_line("package", file, at, {"message": found.message, "hint": found.hint}, level)


def _facts(found: Violation, tables: Tables) -> Iterator[tuple[str, object]]:
    """The violation's facts as people write them, with the unit, and the other row's period and source in words."""
    rows = dict(tables.rows(TABLES[found.resource].record)) if found.resource in TABLES else {}
    own = rows.get(found.row)
    yield "unit", _unit(tables, own)
    yield "own_period", period(own.period) if isinstance(own, Observation) else ""
    for name, value in found.facts.items():
        yield name, _words(found, name, value)
    row = found.facts.get("other")
    other = rows.get(row) if isinstance(row, int) else None
    yield "other_period", period(other.period) if isinstance(other, Observation) else ""


def _unit(tables: Tables, row: object) -> str:
    if not isinstance(row, Observation):
        return ""
    units = (item.unit for _row, item in tables.of(Indicator) if item.indicator_id == row.indicator_id)
    return next(units, "")


def _words(found: Violation, name: str, value: object) -> object:
    if isinstance(value, Decimal):
        return number(value)
    if family := _STATES.get(found.resource):
        if name not in {"found", "before", "allowed"}:
            return value
        told = str(value).split(t("format.joined.words"))
        codes = [code for code in told if name != "allowed" or code != found.facts.get("before")]
        return listed(t(f"forms.{family}.{each}") if has(f"forms.{family}.{each}") else each for each in codes)
    return period(str(value)) if name in {"year", "period"} else value
