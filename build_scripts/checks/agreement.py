"""Rules about a figure against others and its own words: status, growth and level, ranks, counts, parts of a year.

All are warnings; where a rule rests on habit, the package's own rows say what is usual.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter

from build_scripts.checks.check import Check
from build_scripts.checks.kinds import nature_of, of_nature
from build_scripts.checks.series import Point, series
from build_scripts.checks.words import words_of
from build_scripts.core.numbers import is_whole
from build_scripts.core.periods import parse_period
from build_scripts.core.printed import plain
from build_scripts.core.records import Indicator, Observation, Severity, Target, Violation
from build_scripts.core.standing import WITHOUT_VALUE
from build_scripts.load import Tables, violation
from build_scripts.locale import listed
from build_scripts.locale.documents import printed

# A number with its unit and nothing else: from a form or a table, where no words could say that it is an estimate.
_BARE = re.compile(r"\s*[-+]?[\d,.]*\s*\S{0,8}\s*")
_GROWTH_ID = "-growth"
_HABIT_AT_LEAST = 10
_HABIT = Decimal("0.8")
# Growth in current prices may differ from real growth by the prices; otherwise only by rounding.
_PRICES, _ROUNDING = Decimal(12), Decimal("1.5")
_PART_OVER = Decimal("1.02")


def statuses_fit_the_words(tables: Tables, _today: date) -> Iterator[Violation]:
    """A status says what the row says: no value, an estimate, a forecast, a first or a last figure."""
    place = tables.place(Observation)
    usual = _usual_statuses(tables)
    breaks = {item.indicator_id for _row, item in tables.where(Observation, "obs_status", "B".__eq__)}
    bases = {
        (item.indicator_id, item.basis) for _row, item in tables.where(Observation, "indicator_id", breaks.__contains__)
    }
    on_one_basis = {each for each, count in Counter(each for each, _basis in bases).items() if count == 1}
    for row, item in tables.of(Observation):
        status = item.obs_status
        if item.value is not None and status in WITHOUT_VALUE:
            what = "what_value"
        elif status in "AP":
            is_usual = status == usual.get(item.indicator_id, status)
            what = _misfit(status, item.figure_as_printed, item.note, is_usual)
        elif status == "B":
            what = "what_break" if item.indicator_id in on_one_basis else ""
        else:
            what = _misfit_of_guess(item)
        if what:
            facts = {"found": status, "usual": usual.get(item.indicator_id, "")}
            yield violation("status-words", place, row, "obs_status", facts, what=what)


@lru_cache(maxsize=16384)
def _misfit(status: str, figure: str, note: str, is_usual: bool) -> str:
    """How a figure that is called the last (A) or a first one (P) is said to be something else."""
    words = plain(f"{figure} {note}")
    if printed("preliminary").search(words):
        return "what_first" if status == "A" else ""
    return "" if is_usual or (status == "A" and printed("final").search(words)) else "what_usual"


def _misfit_of_guess(item: Observation) -> str:
    """How a forecast or an estimate is none."""
    if item.obs_status == "F":
        when = parse_period(item.period)
        return "what_forecast" if when is not None and item.pub > when.end else ""
    is_bare = _BARE.fullmatch(item.figure_as_printed)
    is_said = item.obs_status != "E" or is_bare or printed("about").search(words_of(item))
    return "" if is_said else "what_estimate"


def _usual_statuses(tables: Tables) -> dict[str, str]:
    """The status nearly all figures of an indicator have, where there are enough to tell."""
    told = attrgetter("indicator_id", "obs_status")
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for (indicator_id, status), count in Counter(told(item) for _row, item in tables.of(Observation)).items():
        counts[indicator_id][status] = count
    usual = {}
    for indicator_id, found in counts.items():
        status, most = found.most_common(1)[0]
        if found.total() >= _HABIT_AT_LEAST and most >= _HABIT * found.total():
            usual[indicator_id] = status
    return usual


def ranks_and_counts_are_whole(tables: Tables, _today: date) -> Iterator[Violation]:
    """A rank is a whole number within as many as are ranked; what is counted is whole."""
    place = tables.place(Observation)
    nature = {item.indicator_id: nature_of(item) for _row, item in tables.of(Indicator)}
    peers: dict[str, int] = {}
    for _row, target in tables.of(Target):
        if target.peers:
            peers[target.indicator_id] = max(target.peers, peers.get(target.indicator_id, 0))
    whole = {each for each, kind in nature.items() if kind in ("rank", "count")}
    for row, item in tables.where(Observation, "indicator_id", whole.__contains__):
        kind = nature[item.indicator_id]
        if item.value is None or not item.value.is_finite():
            continue
        most = peers.get(item.indicator_id) if kind == "rank" else None
        if not is_whole(item.value):
            yield violation("figure-whole", place, row, "value", {"found": item.value})
        elif kind == "rank" and (item.value < 1 or (most and item.value > most)):
            facts = {"found": item.value, "most": most or "–"}
            yield violation("figure-whole", place, row, "value", facts, what="what_rank", do="do_rank")


def growth_is_told_alike(tables: Tables, _today: date) -> Iterator[Violation]:
    """The growth beside a level is the one recorded as an indicator of its own, for the same place and period."""
    place = tables.place(Observation)
    level_of = _levels(tables)
    beside: dict[tuple[str, str, str], list[tuple[int, Decimal]]] = defaultdict(list)
    alone: dict[tuple[str, str, str], list[tuple[int, Decimal]]] = defaultdict(list)
    for row, item in tables.of(Observation):
        level = level_of.get(item.indicator_id)
        if item.yoy is not None:
            beside[item.indicator_id, item.region_id, item.period].append((row, item.yoy))
        if level and item.value is not None:
            alone[level, item.region_id, item.period].append((row, item.value))
    for key in beside.keys() & alone.keys():
        for own, others, field in ((beside[key], alone[key], "yoy"), (alone[key], beside[key], "value")):
            told = {value for _row, value in others}
            for row, value in own:
                if value not in told:
                    facts = {"found": value, "others": listed(map(str, sorted(told))), "other": others[0][0]}
                    yield violation("growth-told", place, row, field, facts)


def _levels(tables: Tables) -> dict[str, str]:
    """The level an indicator is the growth of: by its id (`gdp-growth`), or by its name (地区生产总值增速)."""
    indicators = [item for _row, item in tables.of(Indicator)]
    by_name = {item.name: item.indicator_id for item in indicators}
    ids = {item.indicator_id for item in indicators}
    found = {}
    for item in indicators:
        if nature_of(item) != "growth":
            continue
        by_id = item.indicator_id.removesuffix(_GROWTH_ID)
        level = by_id if by_id in ids else by_name.get(printed("growth_name").sub("", item.name), "")
        if level and level != item.indicator_id:
            found[item.indicator_id] = level
    return found


def growth_follows_from_the_levels(tables: Tables, _today: date) -> Iterator[Violation]:
    """A growth rate agrees with the two levels it is between, but for rounding, or prices where it is a real one."""
    place = tables.place(Observation)
    counted = of_nature(tables, "count")
    for (indicator_id, _region, _basis), points in series(tables).items():
        if all(point.item.yoy is None for point in points):
            continue
        by_period = {(each.when.start, each.when.months): each for each in points}
        for point in points:
            start = point.when.start
            before = by_period.get((start.replace(year=start.year - 1), point.when.months)) if start.day < 29 else None
            if point.item.yoy is None or before is None or not before.value:
                continue
            growth = (point.value / before.value - 1) * 100
            room = _ROUNDING if point.item.yoy_real is False or indicator_id in counted else _PRICES
            if abs(growth - point.item.yoy) > room:
                facts = {"found": point.item.yoy, "growth": f"{growth:.1f}", "other": before.row}
                yield violation("growth-levels", place, point.row, "yoy", facts)


def parts_are_within_the_year(tables: Tables, _today: date) -> Iterator[Violation]:
    """What is summed up from January on, or in a quarter, is no more than the whole year's figure (flows: rule 5)."""
    place = tables.place(Observation)
    summed = {target.indicator_id for _row, target in tables.of(Target) if target.flow or target.kind == "cum_flow"}
    flows = of_nature(tables, "level")
    for (indicator_id, _region, _basis), points in series(tables).items():
        if indicator_id not in flows or indicator_id in summed:
            continue
        years = {point.when.year: point for point in points if point.when.frequency == "A"}
        for point in points:
            whole = years.get(point.when.year)
            if whole and _is_part(point) and point.value > whole.value * _PART_OVER > 0:
                facts = {"found": point.value, "year": whole.item.period, "value": whole.value, "other": whole.row}
                yield violation("part-of-year", place, point.row, "value", facts)


def _is_part(point: Point) -> bool:
    """Whether a figure is of a part of a calendar year from its first day on, or of a quarter."""
    when = point.when
    return when.frequency == "Q" or (when.frequency == "P" and when.start.month == 1 and when.months < 12)


CHECKS = (
    Check("status-words", Severity.WARNING, statuses_fit_the_words),
    Check("figure-whole", Severity.WARNING, ranks_and_counts_are_whole),
    Check("growth-told", Severity.WARNING, growth_is_told_alike),
    Check("growth-levels", Severity.WARNING, growth_follows_from_the_levels),
    Check("part-of-year", Severity.WARNING, parts_are_within_the_year),
)
