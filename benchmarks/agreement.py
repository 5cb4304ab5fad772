"""Our method against another authority's own classes, on the values that the authority itself compared.

    python benchmarks/agreement.py [PACKAGE] [--all]

Reads the official judgements of a package (`examples/canada/datapackage` by default) that say what was compared and
which of our statuses mean the same. Each target is judged from those two figures alone, once with the scale the method
takes for its kind and once with `path: log`; what is counted is how often the status means the same. `--all` lists
every target.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from build_scripts.assess.engine import assess
from build_scripts.assess.inputs import TargetInputs
from build_scripts.checks import load_package
from build_scripts.core.method import Status
from build_scripts.core.records import OfficialJudgement, Package
from build_scripts.core.series import Obs

EXAMPLE = Path(__file__).parents[1] / "examples" / "canada" / "datapackage"
LOADED_ON = date(2026, 11, 28)


@dataclass(frozen=True, slots=True)
class Case:
    """One target: the authority's word, our statuses that mean the same, ours by the kind's own scale and by log."""

    target_id: str
    verdict: str
    same_as: tuple[str, ...]
    default: Status
    log: Status

    def agrees(self, ours: Status) -> bool:
        """Whether a status of ours means what the authority says."""
        return ours.value in self.same_as


def cases(package: Package) -> Iterator[Case]:
    """Every judgement that says which two figures were compared."""
    for judgement in package.official_judgements:
        if None in {judgement.value, judgement.period, judgement.baseline_value, judgement.baseline_period}:
            continue
        ours = (judged(package, judgement, path) for path in ("", "log"))
        yield Case(judgement.target_id, judgement.verdict, judgement.same_as, *ours)


def judged(package: Package, judgement: OfficialJudgement, path: str) -> Status:
    """Our status from the authority's figures, on the last day of the year after the later one."""
    target = package.target_by_id[judgement.target_id]
    year = int(judgement.period or 0)
    value = target.value if judgement.target_value is None else judgement.target_value
    inputs = TargetInputs(
        kind=target.kind,
        direction=package.indicator_by_id[target.indicator_id].direction,
        comparator=target.comparator,
        value=value,
        unit=target.unit,
        base_period=judgement.baseline_period,
        base_value=judgement.baseline_value,
        target_period=target.target_period,
        path=path,
        observations=(Obs(str(year), judgement.value, date(year + 1, 1, 1)),),
    )
    return assess(inputs, date(year + 1, 12, 31)).status


def main() -> None:
    """Print the table of agreement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", nargs="?", type=Path, default=EXAMPLE)
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    found = list(cases(load_package(given.package, LOADED_ON)))
    if given.all:
        print("| target | authority | default | log |\n|---|---|---|---|")
        for each in found:
            print(f"| {each.target_id} | {each.verdict} | {each.default.value} | {each.log.value} |")
    print("| authority | cases | the kind's own scale | `path: log` |\n|---|---|---|---|")
    for verdict in dict.fromkeys(each.verdict for each in found):
        rows = [each for each in found if each.verdict == verdict]
        same = [sum(each.agrees(ours) for each, ours in zip(rows, which, strict=True)) for which in _both(rows)]
        print(f"| {verdict} | {len(rows)} | {same[0]} | {same[1]} |")
    same = [sum(each.agrees(ours) for each, ours in zip(found, which, strict=True)) for which in _both(found)]
    print(f"| **all** | {len(found)} | {same[0]} | {same[1]} |")


def _both(rows: list[Case]) -> tuple[list[Status], list[Status]]:
    return [each.default for each in rows], [each.log for each in rows]


if __name__ == "__main__":
    main()
