"""Rules on what the method can judge: each kind with its comparator, direction, figures, unit and fields (rules 1, 8).

What fits what is in `kinds.KINDS`; here each way of not fitting is one check with its own words.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from build_scripts.checks.check import Check
from build_scripts.checks.kinds import KINDS, fits_nature, fits_unit, kinds_for, nature_of, natures_of, units
from build_scripts.core.records import Indicator, Severity, Target, Violation
from build_scripts.core.standing import AMOUNTS
from build_scripts.load import Tables, violation
from build_scripts.locale import listed, t

_MORE = frozenset(("ge", "gt"))


def _with_indicators(tables: Tables) -> Iterator[tuple[int, Target, Indicator]]:
    """Every target of a known kind with its indicator."""
    indicators = tables.by_id(Indicator)
    for row, target in tables.of(Target):
        indicator = indicators.get(target.indicator_id)
        if indicator is not None and target.kind in KINDS:
            yield row, target, indicator


def comparator_fits_kind(tables: Tables, _today: date) -> Iterator[Violation]:
    """A target's comparator is one its kind can be judged by."""
    place = tables.place(Target)
    for row, target in tables.where(Target, "kind", KINDS.__contains__):
        allowed = KINDS[target.kind].comparators
        if target.comparator not in allowed:
            facts = {"kind": target.kind, "found": target.comparator}
            yield violation("comparator-kind", place, row, "comparator", facts, allowed=listed(sorted(allowed)))


def comparator_fits_direction(tables: Tables, _today: date) -> Iterator[Violation]:
    """A comparator points the way the indicator does: what should fall has no lower bound, and the other way round."""
    place = tables.place(Target)
    for row, target, indicator in _with_indicators(tables):
        comparators = KINDS[target.kind].comparators
        if target.comparator not in comparators or indicator.direction in comparators[target.comparator]:
            continue
        allowed = [each for each, directions in comparators.items() if indicator.direction in directions]
        facts = {"kind": target.kind, "found": target.comparator, "direction": indicator.direction}
        facts |= {"indicator": indicator.name, "allowed": listed(allowed)}
        do = "do" if allowed else "do_none"
        yield violation("comparator-direction", place, row, "comparator", facts, do=do)


def figures_fit_kind(tables: Tables, _today: date) -> Iterator[Violation]:
    """An indicator's figures are of a nature its target's kind can judge: growth rates for a mean growth, and so on."""
    place = tables.place(Target)
    for row, target, indicator in _with_indicators(tables):
        if fits_nature(target.kind, indicator):
            continue
        nature = nature_of(indicator)
        wanted = (t(f"natures.name.{each}") for each in KINDS[target.kind].natures)
        facts = {"kind": target.kind, "indicator": indicator.name, "unit": indicator.unit or t("checks.empty")}
        facts |= {"nature": t(f"natures.name.{nature}"), "wanted": listed(wanted), "direction": indicator.direction}
        facts["others"] = listed(kinds_for(nature, indicator.direction))
        wrong_way = nature in KINDS[target.kind].natures
        what, do = ("direction", "do_direction") if wrong_way else ("what", "do" if facts["others"] else "do_none")
        yield violation("kind-nature", place, row, "kind", facts, what=what, do=do)


def unit_is_the_indicators(tables: Tables, _today: date) -> Iterator[Violation]:
    """A target's unit is its indicator's, except where the kind restates it (倍, %/年, 个百分点/年, 位)."""
    place = tables.place(Target)
    for row, target, indicator in _with_indicators(tables):
        allowed = units(target.kind, indicator)
        unfit = not fits_nature(target.kind, indicator)  # another unit would not help
        if fits_unit(target.kind, indicator, target.unit) or unfit or (not target.unit and target.value is None):
            continue
        empty = t("checks.empty")
        facts = {"found": target.unit or empty, "unit": indicator.unit or empty, "indicator": indicator.name}
        restated = listed(each or empty for each in allowed)
        do = "do" if allowed == (indicator.unit,) else "do_restated"
        yield violation("unit-mismatch", place, row, "unit", do=do, restated=restated, facts=facts)


def only_amounts_flow(tables: Tables, _today: date) -> Iterator[Violation]:
    """Only an amount or a number that is to be reached can be pro-rated within a year (`flow`); a rate never is."""
    place = tables.place(Target)
    for row, target, indicator in _with_indicators(tables):
        if not target.flow or target.kind not in ("cum_flow", "annual_floor"):
            continue
        facts = {"indicator": indicator.name, "found": target.comparator}
        if AMOUNTS.isdisjoint(natures_of(indicator)):
            yield violation("kind-flow", place, row, "flow", facts)
        elif target.kind == "annual_floor" and not _upwards(target, indicator):
            yield violation("kind-flow", place, row, "flow", facts, what="downwards", do="do_downwards")


def only_what_grows_is_kept(tables: Tables, _today: date) -> Iterator[Violation]:
    """Only a number that is to grow stays reached once it is (`monotone`, the default of `count_by`)."""
    place = tables.place(Target)
    for row, target, indicator in _with_indicators(tables):
        monotone = target.kind == "count_by" if target.monotone is None else target.monotone
        if not monotone or target.comparator == "none" or not KINDS[target.kind].has_path:
            continue
        if target.comparator in KINDS[target.kind].comparators and not _upwards(target, indicator):
            yield violation("kind-monotone", place, row, "monotone", {"kind": target.kind, "found": target.comparator})


def _upwards(target: Target, indicator: Indicator) -> bool:
    """Whether more is better by the comparator."""
    return target.comparator in _MORE or (target.comparator == "approx" and indicator.direction == "up")


def a_reference_is_named(tables: Tables, _today: date) -> Iterator[Violation]:
    """A moving reference is another series in the same unit."""
    place = tables.place(Target)
    known = tables.by_id(Indicator)
    for row, target, indicator in _with_indicators(tables):
        if target.kind != "moving_ref":
            continue
        there = target.reference_indicator_id or target.indicator_id, target.reference_region_id
        if not there[1] or there == (target.indicator_id, target.region_id):
            yield violation("kind-reference", place, row, "reference_region_id")
        elif there[0] in known and known[there[0]].unit != indicator.unit:
            facts = {"found": known[there[0]].unit or t("checks.empty"), "unit": indicator.unit or t("checks.empty")}
            yield violation("kind-reference", place, row, "reference_indicator_id", facts, what="unit", do="do_unit")


def only_paths_have_a_scale(tables: Tables, _today: date) -> Iterator[Violation]:
    """Only a target that is judged along a path to its year may name the scale of it (`path`)."""
    place = tables.place(Target)
    for row, target in tables.of(Target):
        if target.path and target.kind in KINDS and not KINDS[target.kind].has_path:
            allowed = listed(kind for kind, needs in KINDS.items() if needs.has_path)
            yield violation("kind-path", place, row, "path", {"kind": target.kind}, allowed=allowed)


def natures_are_named(tables: Tables, _today: date) -> Iterator[Violation]:
    """Where a package says what its figures are (`nature`), every indicator does; else the unit has to tell."""
    text = tables.text.get("indicators")
    if text is None or not any(indicator.nature for _row, indicator in tables.of(Indicator)):
        return
    for row, indicator in tables.of(Indicator):
        if not indicator.nature:
            taken = t(f"natures.name.{nature_of(indicator)}")
            facts = {"indicator": indicator.name, "unit": indicator.unit or t("checks.empty"), "taken": taken}
            yield violation("nature-assumed", tables.place(Indicator), row, "nature", facts)


CHECKS = (
    Check("comparator-kind", Severity.ERROR, comparator_fits_kind, 1),
    Check("comparator-direction", Severity.ERROR, comparator_fits_direction, 1),
    Check("kind-nature", Severity.ERROR, figures_fit_kind, 1),
    Check("kind-flow", Severity.ERROR, only_amounts_flow, 1),
    Check("kind-monotone", Severity.ERROR, only_what_grows_is_kept, 1),
    Check("kind-reference", Severity.ERROR, a_reference_is_named, 1),
    Check("kind-path", Severity.ERROR, only_paths_have_a_scale, 1),
    Check("unit-mismatch", Severity.ERROR, unit_is_the_indicators, 8),
    Check("nature-assumed", Severity.WARNING, natures_are_named),
)
