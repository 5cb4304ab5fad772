"""Rules on the flags of targets: known ones only, each with the argument it takes (data contract, flags).

`FLAGS` is the vocabulary; the value says what an argument is, empty where a flag takes none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches

from build_scripts.checks.check import Check
from build_scripts.checks.kinds import natures_of
from build_scripts.core.records import Indicator, Severity, Target, Violation
from build_scripts.core.standing import AMOUNTS
from build_scripts.load import Tables, violation
from build_scripts.locale import listed

FLAGS: Mapping[str, str] = {
    "base-inferred": "",
    "year-inferred": "",
    "no-deadline": "",
    "no-threshold": "",
    "approx": "",
    "range": "",
    "aspirational": "",
    "planning-stage": "",
    "ambiguous": "",
    "layout": "",
    "dup-of": "target",
    "due": "day",
    "group-sum": "",
    "group-ratio": "ratio",
}


def flags_are_known(tables: Tables, _today: date) -> Iterator[Violation]:
    """Every flag of a target is one the site knows, with an argument where it takes one."""
    place = tables.place(Target)
    targets = {target.target_id for _row, target in tables.of(Target)}
    indicators = {indicator.indicator_id for _row, indicator in tables.of(Indicator)}
    for row, target in tables.of(Target):
        for flag in target.flags:
            name, _, argument = flag.partition(":")
            if name not in FLAGS:
                near = get_close_matches(name, FLAGS, n=1, cutoff=0.7)
                do = "do_near" if near else "do"
                facts = {"found": flag, "allowed": listed(FLAGS), "near": near[0] if near else ""}
                yield violation("flag-unknown", place, row, "flags", facts, do=do)
            elif not _argument_fits(FLAGS[name], argument, targets, indicators):
                wanted = FLAGS[name] or "none"
                facts = {"found": flag, "name": name}
                yield violation("flag-unknown", place, row, "flags", facts, what="argument", do=f"do_{wanted}")


def _argument_fits(wanted: str, argument: str, targets: set[str], indicators: set[str]) -> bool:
    """Whether a flag's argument is what it takes: nothing, a target, a day, or two indicators to divide."""
    if not wanted:
        return not argument
    if wanted == "target":
        return argument in targets
    if wanted == "day":
        try:
            date.fromisoformat(argument)
        except ValueError:
            return False
        return True
    top, _, bottom = argument.partition("/")
    return {top, bottom} <= indicators


def only_amounts_add_up(tables: Tables, _today: date) -> Iterator[Violation]:
    """Only amounts and numbers of a group's members are summed (`group-sum`): no shares, rates, ranks or indices."""
    place = tables.place(Target)
    indicators = tables.by_id(Indicator)
    for row, target in tables.of(Target):
        indicator = indicators.get(target.indicator_id)
        if indicator is None or "group-sum" not in target.flags:
            continue
        if indicator.additive is False or AMOUNTS.isdisjoint(natures_of(indicator)):
            facts = {"indicator": indicator.name, "unit": indicator.unit}
            yield violation("flag-sum", place, row, "flags", facts)


CHECKS = (
    Check("flag-unknown", Severity.ERROR, flags_are_known),
    Check("flag-sum", Severity.ERROR, only_amounts_add_up, 1),
)
