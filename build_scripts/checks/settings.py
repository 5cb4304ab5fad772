"""Rules on what a package says of its government and in other languages: `disclosure`, translations, series."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from build_scripts.checks.check import Check
from build_scripts.core.beside import DESCRIPTOR_TABLE, KEY_JOINER
from build_scripts.core.government import MEMBER, SETTINGS, faults, government, says_what
from build_scripts.core.periods import parse_period
from build_scripts.core.records import (
    Breakdown,
    Observation,
    Series,
    SeriesDimension,
    Severity,
    Target,
    Translation,
    Violation,
)
from build_scripts.core.tables import TABLES, Table
from build_scripts.core.translated import descriptor_texts
from build_scripts.load import DESCRIPTOR, Place, Tables, violation
from build_scripts.load.violations import shown, visible
from build_scripts.locale import listed
from build_scripts.locale.catalogue import read_words

# One figure of twelve months may be a total of its own; several are a habit.
_YEAR, _SEVERAL = 12, 2


def settings_can_be_used(tables: Tables, _today: date) -> Iterator[Violation]:
    """The government's settings in the descriptor are ones the engine understands."""
    for fault in faults(tables.meta):
        near = get_close_matches(fault.found, SETTINGS, n=1) if fault.what == "unknown" else []
        do = "do_near" if near else f"do_{fault.what}"
        facts = {"found": shown(fault.found), "near": near[0] if near else ""}
        yield violation("disclosure-invalid", Place(DESCRIPTOR), 0, visible(fault.field), facts, do=do)
    known = read_words("format.scale.names")
    for word in [] if tables.meta.get(MEMBER) is None else government(tables.meta).units_scale:
        if word not in known:
            facts = {"found": shown(word), "known": listed(known)}
            yield violation("disclosure-invalid", Place(DESCRIPTOR), 0, f"{MEMBER}.units_scale", facts, do="do_scale")


def translations_are_of_texts(tables: Tables, _today: date) -> Iterator[Violation]:
    """A translation is of a text field of a row that is there."""
    place, keys = tables.place(Translation), _Keys(tables)
    for row, item in tables.of(Translation):
        if item.table == DESCRIPTOR_TABLE:
            yield from _of_the_descriptor(tables.meta, item, place, row)
            continue
        table = TABLES.get(item.table)
        if table is None:
            near = get_close_matches(item.table, TABLES, n=1)
            facts = {"found": shown(item.table), "near": near[0] if near else ""}
            yield violation("translation-unknown", place, row, "table", facts, do="do_near" if near else "do")
            continue
        texts = [column.name for column in table.columns if column.type in (str, tuple)]
        if item.field not in texts:
            facts = {"found": shown(item.field), "table": item.table, "allowed": listed(texts)}
            yield violation("translation-unknown", place, row, "field", facts, what="what_field", do="do_field")
        elif not _partly_read(tables, table) and item.key not in keys.of(item.table):
            facts = {"found": shown(item.key), "table": item.table, "columns": KEY_JOINER.join(table.key)}
            yield violation("translation-unknown", place, row, "key", facts, what="what_key", do="do_key")


def _partly_read(tables: Tables, table: Table) -> bool:
    """Whether rows of a table could not be read, so that nobody knows which keys it has."""
    return bool(tables.dropped(table.record)) or tables.lost(table.record)


def _of_the_descriptor(meta: Mapping[str, Any], item: Translation, place: Place, row: int) -> Iterator[Violation]:
    """A translation of the descriptor names a text that is there; a letter still says what is asked."""
    texts = list(descriptor_texts(meta))
    if item.key != DESCRIPTOR_TABLE:
        facts = {"found": shown(item.key), "table": item.table, "columns": DESCRIPTOR_TABLE}
        yield violation("translation-unknown", place, row, "key", facts, what="what_key", do="do_key")
    elif item.field not in texts:
        facts = {"found": shown(item.field), "table": item.table, "allowed": listed(texts)}
        yield violation("translation-unknown", place, row, "field", facts, what="what_field", do="do_field")
    elif item.field.endswith(".wording") and not says_what(item.text):
        yield violation("disclosure-invalid", place, row, "text", {"found": shown(item.text)}, do="do_items")


class _Keys:
    """The keys of every table as translations write them, made when they are asked for."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.known: dict[str, frozenset[str]] = {}

    def of(self, name: str) -> frozenset[str]:
        if name not in self.known:
            table = TABLES[name]
            rows = (item for _row, item in self.tables.rows(table.record))
            self.known[name] = frozenset(KEY_JOINER.join(str(getattr(it, key)) for key in table.key) for it in rows)
        return self.known[name]


def translations_are_in_the_languages(tables: Tables, _today: date) -> Iterator[Violation]:
    """A translation is in one of the package's languages, and not in the one its texts are in."""
    languages = government(tables.meta).languages
    for row, item in tables.where(Translation, "lang", lambda lang: lang not in languages[1:]):
        own = item.lang == languages[0]
        facts = {"found": item.lang, "languages": listed(languages), "member": f"{MEMBER}.languages"}
        what, do = ("what_own", "do_own") if own else ("what", "do")
        yield violation("translation-language", tables.place(Translation), row, "lang", facts, what=what, do=do)


def fiscal_years_are_told(tables: Tables, _today: date) -> Iterator[Violation]:
    """Figures of twelve months that do not begin in January count as years only where the settings say when they do."""
    own = government(tables.meta).fiscal_year_start
    texts = [item.period for _row, item in tables.of(Observation)]
    for _row, target in tables.of(Target):
        texts += filter(None, (target.baseline_period, target.period_start, target.target_period))
    periods = [period for text in texts if (period := parse_period(text))]
    years = [each.start.month for each in periods if each.months == _YEAR and each.start.day == 1]
    for month, count in sorted(Counter(each for each in years if each not in {1, own}).items()):
        if count >= _SEVERAL:
            facts = {"count": count, "month": month, "own": own}
            yield violation("fiscal-year-unset", Place(DESCRIPTOR), 0, f"{MEMBER}.fiscal_year_start", facts)


def series_differ(tables: Tables, _today: date) -> Iterator[Violation]:
    """A series says by what it is told apart, and no two of an indicator say the same."""
    dimensions: dict[str, list[tuple[str, str]]] = {}
    for _row, item in tables.of(SeriesDimension):
        dimensions.setdefault(item.series_id, []).append((item.dimension, item.value))
    first: dict[tuple[str, tuple[tuple[str, str], ...]], str] = {}
    for row, series in tables.of(Series):
        apart = tuple(sorted(dimensions.get(series.series_id, ())))
        if not apart:
            facts: Mapping[str, object] = {"found": series.series_id}
            yield violation("series-apart", tables.place(Series), row, "series_id", facts)
            continue
        other = first.setdefault((series.indicator_id, apart), series.series_id)
        if other != series.series_id:
            facts = {"found": series.series_id, "other": other}
            yield violation("series-apart", tables.place(Series), row, "series_id", facts, what="what_same")


def breakdowns_are_of_their_indicator(tables: Tables, _today: date) -> Iterator[Violation]:
    """A row of breakdowns names the indicator that its series is of."""
    owner = {series.series_id: series.indicator_id for _row, series in tables.of(Series)}
    for row, item in tables.of(Breakdown):
        if owner.get(item.series_id, item.indicator_id) != item.indicator_id:
            facts = {"found": item.indicator_id, "own": owner[item.series_id], "series": item.series_id}
            yield violation("breakdown-indicator", tables.place(Breakdown), row, "indicator_id", facts)


CHECKS = (
    Check("disclosure-invalid", Severity.ERROR, settings_can_be_used),
    Check("translation-unknown", Severity.ERROR, translations_are_of_texts),
    Check("translation-language", Severity.WARNING, translations_are_in_the_languages),
    Check("fiscal-year-unset", Severity.WARNING, fiscal_years_are_told),
    Check("series-apart", Severity.ERROR, series_differ),
    Check("breakdown-indicator", Severity.ERROR, breakdowns_are_of_their_indicator),
)
