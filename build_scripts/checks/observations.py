"""Rules about single published figures: when, for which period, within which bounds (rules 3, 4, 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

from build_scripts.checks.check import Check
from build_scripts.checks.kinds import nature_of, of_nature, range_of
from build_scripts.checks.series import series
from build_scripts.core.periods import parse_period
from build_scripts.core.records import (
    Breakdown,
    Bulletin,
    Indicator,
    Observation,
    ProblemEvent,
    Search,
    Severity,
    Source,
    Target,
    TaskEvent,
    Violation,
)
from build_scripts.core.standing import WITHOUT_VALUE
from build_scripts.core.tables import TABLES
from build_scripts.load import Place, Tables, violation
from build_scripts.locale import t

_BULLETIN_FORMS = {"month": "M", "quarter": "Q", "year": "A"}


def published_after_the_period(tables: Tables, _today: date) -> Iterator[Violation]:
    """A figure is not published before its period has ended; forecasts (F) and traces of annual tasks are excepted."""
    traces = {target.indicator_id for _row, target in tables.of(Target) if target.kind == "annual_task"}
    for place, row, item in _figures(tables, lambda indicator_id: indicator_id not in traces):
        when = parse_period(item.period)
        if when is None or item.obs_status == "F":
            continue
        if item.pub < when.end:
            do = "do_stock" if when.frequency == "M" and item.pub >= when.start else "do"
            facts = {"pub": item.pub, "period": item.period, "last": when.end}
            yield violation("pub-before-period-end", place, row, "pub", do=do, facts=facts)


def _figures(tables: Tables, of: Callable[[str], bool]) -> Iterator[tuple[Place, int, Observation | Breakdown]]:
    """The published figures of some indicators with where they stand: their own, then those of their parts."""
    for record in (Observation, Breakdown):
        place = tables.place(record)
        for row, item in tables.rows_where(record, "indicator_id", of):
            yield place, row, item


def nothing_from_the_future(tables: Tables, today: date) -> Iterator[Violation]:
    """Nothing was published after today."""
    dated: dict[type, str] = {
        Observation: "pub",
        Breakdown: "pub",
        TaskEvent: "pub",
        ProblemEvent: "pub",
        Source: "published",
    }
    for record, field in dated.items():
        for row, item in tables.rows_where(record, field, lambda day: day is not None and day > today):
            yield violation("pub-in-future", tables.place(record), row, field, found=getattr(item, field), today=today)


def periods_are_possible(tables: Tables, _today: date) -> Iterator[Violation]:
    """Every period exists in the calendar and has one of the method's forms; a bulletin's fits its kind."""
    for record in (Observation, Breakdown):
        for row, item in tables.rows_where(record, "period", lambda text: parse_period(text) is None):
            yield violation("period-impossible", tables.place(record), row, "period", found=item.period)
    for row, search in tables.of(Search):
        if search.period and parse_period(search.period) is None:
            yield violation("period-impossible", tables.place(Search), row, "period", found=search.period)
    for row, bulletin in tables.of(Bulletin):
        when = parse_period(bulletin.period)
        if when is None:
            yield violation("period-impossible", tables.place(Bulletin), row, "period", found=bulletin.period)
        elif when.frequency != _BULLETIN_FORMS.get(bulletin.kind):
            facts = {"found": bulletin.period, "kind": bulletin.kind}
            yield violation(
                "period-impossible", tables.place(Bulletin), row, "period", what="kind", do="do_kind", facts=facts
            )


def values_are_finite(tables: Tables, _today: date) -> Iterator[Violation]:
    """Every number is a finite one: no NaN, no infinity."""
    for table in TABLES.values():
        for name in (column.name for column in table.columns if column.type is Decimal):
            for row, item in tables.rows_where(table.record, name, _is_no_number):
                yield violation("value-not-finite", tables.place(table.record), row, name, found=getattr(item, name))


def _is_no_number(value: Decimal | None) -> bool:
    return value is not None and not value.is_finite()


def values_are_there(tables: Tables, _today: date) -> Iterator[Violation]:
    """A published figure has its value; only a row that says it has none (M, O, L, N, Q) may leave it empty."""
    for record in (Observation, Breakdown):
        for row, item in tables.rows_where(record, "value", lambda value: value is None):
            if item.obs_status not in WITHOUT_VALUE:
                yield violation("value-missing", tables.place(record), row, "value", found=item.obs_status)


def shares_lie_within_the_whole(tables: Tables, _today: date) -> Iterator[Violation]:
    """Shares lie within 0-100, or within the bounds that their indicator names."""
    shares = of_nature(tables, "share")
    yield from _out_of_range(tables, shares, "share-out-of-range")


def figures_lie_in_their_range(tables: Tables, _today: date) -> Iterator[Violation]:
    """Figures of another nature lie within the bounds their indicator names; ranks begin at 1, numbers at 0."""
    others = {item.indicator_id: item for _row, item in tables.of(Indicator) if nature_of(item) != "share"}
    yield from _out_of_range(tables, others, "value-out-of-range")


def _out_of_range(tables: Tables, indicators: Mapping[str, Indicator], code: str) -> Iterator[Violation]:
    bounded = {name: bounds for name, item in indicators.items() if (bounds := range_of(item)) != (None, None)}
    for place, row, item in _figures(tables, bounded.__contains__):
        if _beyond(bounded[item.indicator_id], item.value):
            yield violation(code, place, row, "value", facts=_range_facts(indicators[item.indicator_id], item.value))
    for row, target in tables.of(Target):
        indicator = indicators.get(target.indicator_id)
        if indicator is None or target.unit != indicator.unit:
            continue
        for name in ("value", "value_high", "baseline_value"):
            if _outside(indicator, getattr(target, name)):
                facts = _range_facts(indicator, getattr(target, name))
                yield violation(code, tables.place(Target), row, name, facts=facts)


def _outside(indicator: Indicator, value: Decimal | None) -> bool:
    return _beyond(range_of(indicator), value)


def _beyond(bounds: tuple[Decimal | None, Decimal | None], value: Decimal | None) -> bool:
    if value is None or not value.is_finite():
        return False
    least, most = bounds
    return (least is not None and value < least) or (most is not None and value > most)


def _range_facts(indicator: Indicator, value: object) -> dict[str, object]:
    """The facts of a figure out of range; the bounds in words, one of them may be missing."""
    least, most = range_of(indicator)
    words = "both" if None not in (least, most) else "least" if most is None else "most"
    return {"found": value, "indicator": indicator.name, "range": t(f"checks.range.{words}", least=least, most=most)}


def accumulations_never_fall(tables: Tables, _today: date) -> Iterator[Violation]:
    """A flow that accumulates from one start date never falls within one basis."""
    flows = {item.indicator_id for _row, item in tables.of(Target) if item.flow or item.kind == "cum_flow"}
    place = tables.place(Observation)
    for (indicator_id, _region, _basis), points in series(tables).items():
        running = [point for point in points if point.when.frequency in {"P", "A"}] if indicator_id in flows else []
        running.sort(key=lambda point: (point.when.start, point.when.months))
        for less, more in pairwise(running):
            if less.when.start == more.when.start and more.value < less.value:
                facts = {"found": more.value, "before": less.value, "period": less.item.period, "other": less.row}
                yield violation("flow-falls", place, more.row, "value", facts=facts)


CHECKS = (
    Check("pub-before-period-end", Severity.ERROR, published_after_the_period, 3),
    Check("pub-in-future", Severity.ERROR, nothing_from_the_future, 3),
    Check("period-impossible", Severity.ERROR, periods_are_possible, 4),
    Check("value-not-finite", Severity.ERROR, values_are_finite, 5),
    Check("value-missing", Severity.ERROR, values_are_there, 5),
    Check("share-out-of-range", Severity.ERROR, shares_lie_within_the_whole, 5),
    Check("value-out-of-range", Severity.ERROR, figures_lie_in_their_range, 5),
    Check("flow-falls", Severity.WARNING, accumulations_never_fall, 5),
)
