"""What the engine relies on, by the contract itself: a package brings its own schemas, and may have loosened them.

Gets tables, gives problems. Where the schemas say the same, they have said it first, and nothing is told twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import Any

from build_scripts.checks.check import Check
from build_scripts.checks.kinds import KINDS
from build_scripts.checks.series import rivals
from build_scripts.core.characters import strings
from build_scripts.core.links import LONGEST, has_scheme, leads_out
from build_scripts.core.periods import FIRST_DAY, LAST_DAY, parse_period
from build_scripts.core.records import (
    Breakdown,
    Bulletin,
    Indicator,
    Observation,
    Plan,
    ProblemEvent,
    Project,
    Region,
    RelatedIndicator,
    Responsibility,
    Search,
    Severity,
    Source,
    Target,
    TaskEvent,
    Unit,
    Violation,
    Word,
)
from build_scripts.core.tables import TABLE_OF, TABLES
from build_scripts.core.vocabulary import LISTS, PROJECT_KIND, REGION_LEVEL, UNIT_CATEGORY
from build_scripts.load import DESCRIPTOR, Place, Tables, violation
from build_scripts.load.violations import shown, visible
from build_scripts.locale import by_comma, listed

# What a published figure is: final, provisional, estimated and so on, or why there is none.
OBS_STATUS = "A P E B D F M O L N Q"
# Why a figure may differ from the number printed.
PRINTED_DIFFERS = "computed converted counted nearby implied"
# The words of the contract's lists: record → field → words. Kinds and comparators of targets are rule 1's.
CODES: Mapping[type, Mapping[str, str]] = {
    Responsibility: {"role": "lead responsible"},
    Indicator: {
        "direction": "up down none",
        "frequency": "A Q M",
        "nature": "level share growth index rank count time",
    },
    Target: {"kind": " ".join(KINDS), "path": "linear log", "printed_differs": PRINTED_DIFFERS},
    RelatedIndicator: {"relation": "part_of growth_of narrower_region wider_region sub_annual proxy"},
    Source: {"kind": "document live"},
    Observation: {"obs_status": OBS_STATUS, "printed_differs": PRINTED_DIFFERS},
    TaskEvent: {"state": "planned started in_progress done suspended cancelled"},
    ProblemEvent: {"state": "open in_progress resolved verified reopened"},
    Search: {
        "place_kind": "issuer_site official_media archive request",
        "result": "not_found exists_not_collected unreachable",
    },
    Bulletin: {"kind": "month quarter year"},
    Breakdown: {"obs_status": OBS_STATUS},
    Word: {"list": " ".join(LISTS)},
}
# The fields whose words are a government's own, with the list they are of.
_OF_LISTS: Mapping[type, tuple[str, str]] = {
    Project: ("kind", PROJECT_KIND),
    Unit: ("category", UNIT_CATEGORY),
    Region: ("level", REGION_LEVEL),
}
_RANGES: Mapping[type, Mapping[str, tuple[int, int]]] = {
    Plan: {"period_start": (1900, 2099), "period_end": (1900, 2099)},
    Indicator: {"decimals": (0, 6), "interval_months": (1, 600)},
    Target: {"peers": (2, 999_999_999)},
    Source: {"tier": (1, 3)},
}
_PERIODS: Mapping[type, tuple[str, ...]] = {
    Target: ("baseline_period", "period_start", "target_period"),
}
# A field that names a row of another table, by how it ends.
_REFERENCES = {
    f"{record}_id": f"{record}s" for record in ("plan", "project", "unit", "region", "target", "task", "source")
}
_REFERENCES |= {
    "indicator_id": "indicators",
    "problem_id": "problems",
    "group_id": "regions",
    "duplicate_of": "targets",
    "series_id": "series",
}


# What a thing is called, and who says so: pages, links and downloads have nothing else to name it by.
_NAMES = frozenset({"title", "name", "issuer", "publisher"})


def things_have_names(tables: Tables, _today: date) -> Iterator[Violation]:
    """Whatever has a page, a row or a link has a name."""
    for table in TABLES.values():
        for column in table.columns:
            if column.name in _NAMES and not (column.nullable or column.optional):
                for row, _item in tables.rows_where(table.record, column.name, lambda text: not text.strip()):
                    yield violation("name-missing", tables.place(table.record), row, column.name)


def words_are_of_the_lists(tables: Tables, _today: date) -> Iterator[Violation]:
    """A word of a list is one the contract knows."""
    for record, fields in CODES.items():
        may_be_empty = {column.name for column in TABLE_OF[record].columns if column.nullable or column.optional}
        for field, known in fields.items():
            words = frozenset((*known.split(), *(("", None) if field in may_be_empty else ())))
            for row, item in tables.rows_where(record, field, _not_in(words)):
                facts = {"found": shown(getattr(item, field)), "allowed": listed(known.split())}
                yield violation("word-unknown", tables.place(record), row, field, facts)


def kinds_are_of_the_vocabulary(tables: Tables, _today: date) -> Iterator[Violation]:
    """A level of place, kind of project or kind of body is one that the government's vocabulary has."""
    for record, (field, name) in _OF_LISTS.items():
        codes = tables.lists.codes(name)
        for row, item in tables.rows_where(record, field, _not_in(codes)):
            facts = {"found": shown(getattr(item, field)), "allowed": listed(codes), "list": name}
            own = name in tables.lists.words
            do = "do_own" if own else "do"
            yield violation("word-unlisted", tables.place(record), row, field, facts, do=do)


def _not_in(there: Collection[object]) -> Callable[[object], bool]:
    return lambda value: value not in there


def numbers_and_days_are_in_range(tables: Tables, _today: date) -> Iterator[Violation]:
    """Days lie within 1900–2099; decimals, tiers, years and counts within what they can be."""
    for table in TABLES.values():
        limits = _RANGES.get(table.record, {})
        days = {column.name: (FIRST_DAY, LAST_DAY) for column in table.columns if column.type is date}
        for field, (least, most) in {**limits, **days}.items():
            outside = partial(_outside, least, most)
            for row, item in tables.rows_where(table.record, field, outside):
                facts = {"found": getattr(item, field), "least": least, "most": most}
                yield violation("out-of-range", tables.place(table.record), row, field, facts)


def _outside(least: Any, most: Any, value: Any) -> bool:  # noqa: ANN401 - days or numbers
    return value is not None and not least <= value <= most


def periods_can_be_read(tables: Tables, _today: date) -> Iterator[Violation]:
    """The periods of targets and searches have one of the method's forms."""
    for record, fields in _PERIODS.items():
        for row, item in tables.rows(record):
            for field in fields:
                value = getattr(item, field)
                if value and parse_period(value) is None:
                    yield violation("period-unreadable", tables.place(record), row, field, found=shown(value))


def rows_have_keys_of_their_own(tables: Tables, _today: date) -> Iterator[Violation]:
    """No two rows of a table have the same key."""
    for table in TABLES.values():
        key_of = attrgetter(*table.key)
        rows = tables.rows(table.record)
        if table.record is Observation:  # most of a large package: only rows about the same can have one key
            rows = tuple(chain.from_iterable(rivals(tables).values()))
        if len({key_of(item) for _row, item in rows}) == len(rows):
            continue
        first: dict[tuple[object, ...], int] = {}
        for row, item in rows:
            key = tuple(getattr(item, name) for name in table.key)
            if key in first:
                facts = {"key": by_comma(map(str, key)), "first": first[key]}
                yield violation("key-twice", tables.place(table.record), row, table.key[0], facts)
            first.setdefault(key, row)


def what_is_named_is_there(tables: Tables, _today: date) -> Iterator[Violation]:
    """An id in another table's column is one of that table's."""
    known = {
        table.name: {getattr(item, table.key[0]) for _row, item in tables.rows(table.record)}
        for table in TABLES.values()
    }
    for table in TABLES.values():
        fields = [(column, parent) for column in table.columns if (parent := _parent(table.name, column.name))]
        for column, parent in fields:
            if tables.dropped(TABLES[parent].record) or tables.lost(TABLES[parent].record):
                continue
            there = known[parent] | ({None} if column.nullable else set())
            for row, item in tables.rows_where(table.record, column.name, _not_in(there)):
                facts = {"found": shown(getattr(item, column.name)), "table": parent}
                yield violation("name-unknown", tables.place(table.record), row, column.name, facts)


def _parent(table: str, field: str) -> str:
    """The table whose row a field names; empty for a table's own id and for whatever names none."""
    parent = next((name for ending, name in _REFERENCES.items() if field == ending or field.endswith(f"_{ending}")), "")
    return "" if field == TABLES[table].key[0] and parent == table else parent


def addresses_lead_to_the_web(tables: Tables, _today: date) -> Iterator[Violation]:
    """An address that becomes a link begins with http, https or mailto, whatever a schema allows."""
    for table in TABLES.values():
        fields = [column.name for column in table.columns if column.name == "url"]
        for row, item in tables.rows(table.record):
            for field in fields:
                value = getattr(item, field)
                if value and not leads_out(value):
                    yield violation(
                        "address-form", tables.place(table.record), row, field, found=shown(value), most=LONGEST
                    )
    for path, text, _prose in strings(dict(tables.meta)):
        name = path.rpartition(".")[2]
        if name in {"path", "homepage", "url"} and text != name and has_scheme(text) and not leads_out(text):
            yield violation("address-form", Place(DESCRIPTOR), 0, visible(path), found=shown(text), most=LONGEST)


CHECKS = (
    Check("name-missing", Severity.ERROR, things_have_names),
    Check("word-unknown", Severity.ERROR, words_are_of_the_lists),
    Check("word-unlisted", Severity.ERROR, kinds_are_of_the_vocabulary),
    Check("out-of-range", Severity.ERROR, numbers_and_days_are_in_range),
    Check("period-unreadable", Severity.ERROR, periods_can_be_read, 4),
    Check("key-twice", Severity.ERROR, rows_have_keys_of_their_own, 12),
    Check("name-unknown", Severity.ERROR, what_is_named_is_there),
    Check("address-form", Severity.ERROR, addresses_lead_to_the_web),
)
