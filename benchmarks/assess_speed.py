"""How fast the method is: the real package, its history by quarter, and 100,000 invented targets.

Run from the project's root: `python benchmarks/assess_speed.py [TARGETS]`. Prints seconds of wall and processor time;
exits 1 when a limit is broken (real package 0.2 s; 100,000 targets with 10 observations each 20 s of processor time).
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from build_scripts.assess import Event, Obs, TargetInputs, assess, assess_package, quarter_ends, status_history
from build_scripts.checks import load_package

DAY = date(2026, 6, 30)
PACKAGE_LIMIT_S = 0.2
MANY_LIMIT_S = 20.0
MANY = 100_000
# The kinds in the proportions of the two plans (targets of 294), those without any formula left out.
KINDS = {
    "count_by": 87, "level_by": 36, "share_by": 33, "milestone": 19, "cum_flow": 18, "travel_time": 13, "rank": 12,
    "envelope": 11, "multiple_of_base": 7, "annual_floor": 4, "avg_growth": 3, "avg_increment": 1,
}  # fmt: skip


def invented(count: int) -> Iterator[TargetInputs]:
    """`count` targets with 10 observations (or events) each; the same ones every time."""
    chance = random.Random(20260630)
    kinds = chance.choices(list(KINDS), list(KINDS.values()), k=count)
    for number, kind in enumerate(kinds):
        # A fifth has no deadline; of the others most are still running.
        end = chance.choice(("2025", "2027", "2027", "2030", None))
        yield TargetInputs(
            kind=kind,
            direction="up",
            comparator=chance.choice(("ge", "ge", "gt", "approx")),
            value=Decimal(2) if kind == "multiple_of_base" else Decimal(chance.randint(300, 1200)),
            base_period="2020",
            base_value=Decimal(chance.randint(100, 300)) if chance.random() < 0.6 else None,
            target_period=end,
            period_start="2021",
            observations=() if kind == "milestone" else tuple(observations(chance, kind)),
            events=tuple(events(chance)) if kind == "milestone" else (),
            target_id=f"target-{number}",
        )


def observations(chance: random.Random, kind: str) -> Iterator[Obs]:
    """Ten observations: years with revisions, now and then a tier 3 or preliminary one; accumulations for a flow."""
    for index in range(10):
        months = 6 * (index + 1)
        year = 2021 + index // 2
        yield Obs(
            period=f"2021-01-01/P{months}M" if kind == "cum_flow" else str(year),
            value=Decimal(chance.randint(10_000, 90_000)) / 100,
            pub=date(2021 + months // 12, 2 + months % 12, 10)
            if kind == "cum_flow"
            else date(year + 1, 2 + index % 2, 9),
            obs_status="P" if index % 2 == 0 else "A",
            tier=chance.choice((1, 1, 2, 3)),
            source_id=f"source-{index}",
        )


def events(chance: random.Random) -> Iterator[Event]:
    """Ten events of one work."""
    for index in range(10):
        state = "done" if index == 9 and chance.random() < 0.5 else "in_progress"
        yield Event(state, date(2021 + index // 2, 3 + index % 6, 4), tier=chance.choice((1, 2, 3)))


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    package = load_package(Path("datapackage"), date(2026, 11, 21))
    start = time.perf_counter()
    assess_package(package, DAY)
    one_day = time.perf_counter() - start
    print(f"real package, {len(package.targets)} targets: {one_day:.3f} s (limit {PACKAGE_LIMIT_S})")
    start = time.perf_counter()
    rows = status_history(package, quarter_ends(2021, DAY))
    print(f"its history, {len(rows)} verdicts: {time.perf_counter() - start:.3f} s")
    found: Counter[str] = Counter()
    made = list(invented(count))
    start, processor = time.perf_counter(), time.process_time()
    for inputs in made:
        found[assess(inputs, DAY).status] += 1
    wall, spent = time.perf_counter() - start, time.process_time() - processor
    print(f"{count:,} invented targets, 10 observations each: {wall:.1f} s wall, {spent:.1f} s processor time")
    print(f"  {spent / count * 1e6:.0f} µs each; the limit for {MANY:,} is {MANY_LIMIT_S} s")
    print("  " + ", ".join(f"{name} {number}" for name, number in found.most_common()))
    return int(one_day > PACKAGE_LIMIT_S or spent * MANY / count > MANY_LIMIT_S)


if __name__ == "__main__":
    sys.exit(main())
