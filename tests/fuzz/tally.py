"""Make slips in the published package, many at once in rows of their own, and count which `check` lets pass in silence.

`python tests/fuzz/tally.py [how many] [seed]` prints the tally by class. A slip is seen when its own row has a problem
that it did not have; where other rows tell of it (an indicator's unit), it is made alone and any new problem counts.
"""

from __future__ import annotations

import csv
import io
import random
import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from mutants import HONEST, SLIPS, Row, Slip  # noqa: E402

from build_scripts.checks import find_violations  # noqa: E402
from build_scripts.core.records import Violation  # noqa: E402
from build_scripts.load import take  # noqa: E402
from build_scripts.load.reader import read_snapshot  # noqa: E402

TODAY = date(2026, 11, 28)
PACKAGE = ROOT / "datapackage"
SILENT_AT_MOST = 0.10
NOISE_AT_MOST = 0.02
# So few rows of one table at a time that what is usual in it stays usual.
_SHARE = 0.03
_FEWEST = 3
_ALONE = frozenset({"indicators", "plans", "regions"})


@dataclass
class Count:
    """How many slips of a class were made, and the ids of those nobody was told of."""

    made: int = 0
    silent: list[str] | None = None

    def add(self, name: str, *, seen: bool) -> None:
        """Count one slip."""
        self.made += 1
        self.silent = [*(self.silent or []), *([] if seen else [name])]


class Bench:
    """The published package in memory, and what `check` says of it with some rows changed."""

    def __init__(self) -> None:
        self.snapshot = take(PACKAGE)
        self.paths = {Path(path).stem: path for path in self.snapshot.files if path.endswith(".csv")}
        self.rows: dict[str, list[Row]] = {
            name: list(csv.DictReader(io.StringIO(self.snapshot.files[path].decode(), newline="")))
            for name, path in self.paths.items()
        }
        self.before = self.problems({})
        self.known = {_mark(each) for each in self.before}

    def problems(self, changed: dict[tuple[str, int], Row]) -> tuple[Violation, ...]:
        """Everything `check` finds with these rows (table, index) in place of their own."""
        files = dict(self.snapshot.files)
        for table in {name for name, _at in changed}:
            own = self.rows[table]
            rows = [changed.get((table, at), row) for at, row in enumerate(own)]
            rows += [row for (name, at), row in sorted(changed.items(), key=_place) if name == table and at >= len(own)]
            files[self.paths[table]] = _written(rows)
        return find_violations(read_snapshot(replace(self.snapshot, files=files)), TODAY)

    def seen(self, changed: dict[tuple[str, int], Row], *, anywhere: bool) -> set[tuple[str, int]]:
        """Which of the changed rows have a new problem; all of them when any row may tell."""
        new = [each for each in self.problems(changed) if _mark(each) not in self.known]
        if anywhere:
            return set(changed) if new else set()
        told = {(each.resource, each.row - 2) for each in new}
        return {key for key in changed if key in told}


def run(slips: tuple[Slip, ...], count: int, seed: int, bench: Bench | None = None) -> dict[str, Count]:
    """Make about `count` slips, spread evenly over the classes, and count them."""
    bench = bench or Bench()
    dice = random.Random(seed)
    each = max(1, count // len(slips))
    waiting: list[tuple[Slip, int, Row]] = []
    for slip in slips:
        rows = list(enumerate(bench.rows[slip.table]))
        dice.shuffle(rows)
        made = [(slip, at, new) for at, row in rows if (new := slip.make(dict(row), dice, bench.rows)) is not None]
        waiting += made[:each]
    dice.shuffle(waiting)
    tally: dict[str, Count] = defaultdict(Count)
    while waiting:
        batch, waiting = _batch(bench, waiting)
        changed = {(slip.table, at): new for slip, at, new in batch}
        seen = bench.seen(changed, anywhere=batch[0][0].table in _ALONE)
        for slip, at, _new in batch:
            key = next(iter(bench.rows[slip.table][at].values()))
            tally[slip.name].add(f"{key} (row {at + 2})", seen=(slip.table, at) in seen)
    return {slip.name: tally[slip.name] for slip in slips if slip.name in tally}


def _batch(
    bench: Bench, waiting: list[tuple[Slip, int, Row]]
) -> tuple[list[tuple[Slip, int, Row]], list[tuple[Slip, int, Row]]]:
    """Slips to make at once: rows of their own, few of each table; or one alone."""
    if waiting[0][0].table in _ALONE:
        return waiting[:1], waiting[1:]
    taken: list[tuple[Slip, int, Row]] = []
    left: list[tuple[Slip, int, Row]] = []
    used: set[tuple[str, int]] = set()
    per_table: dict[str, int] = defaultdict(int)
    for item in waiting:
        slip, at, _new = item
        room = max(_FEWEST, int(_SHARE * len(bench.rows[slip.table])))
        if slip.table in _ALONE or (slip.table, at) in used or per_table[slip.table] >= room:
            left.append(item)
            continue
        used.add((slip.table, at))
        per_table[slip.table] += 1
        taken.append(item)
    return taken, left


def table(tally: dict[str, Count]) -> str:
    """The tally as a table in Markdown."""
    lines = ["| class | made | silent |", "|---|---:|---:|"]
    lines += [f"| {name} | {count.made} | {len(count.silent or [])} |" for name, count in tally.items()]
    made, silent = totals(tally)
    return "\n".join([*lines, f"| **all** | {made} | {silent} ({silent / made:.1%}) |"])


def totals(tally: dict[str, Count]) -> tuple[int, int]:
    """How many were made, and how many passed in silence."""
    return sum(count.made for count in tally.values()), sum(len(count.silent or []) for count in tally.values())


def _place(item: tuple[tuple[str, int], Row]) -> tuple[str, int]:
    return item[0]


def _mark(item: Violation) -> tuple[str, int, str, str]:
    return item.file, item.row, item.code, item.field


def _written(rows: list[Row]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def main(how_many: int, seed: int) -> int:
    """Print both tallies and the slips nobody was told of; 1 when too many passed, or honest work made noise."""
    bench = Bench()
    harmful = run(SLIPS, how_many, seed, bench)
    lines = [table(harmful), ""]
    lines += [f"{name}: {', '.join(count.silent[:12])}" for name, count in harmful.items() if count.silent]
    honest = run(HONEST, how_many // 10, seed, bench)
    made, silent = totals(honest)
    noise = made - silent
    lines += ["", f"honest edits: {made}, told without need: {noise} ({noise / made:.1%})"]
    lines += [f"  {name}: {count.made - len(count.silent or [])} of {count.made}" for name, count in honest.items()]
    sys.stdout.write("\n".join(lines) + "\n")
    slips, unseen = totals(harmful)
    return int(unseen > SILENT_AT_MOST * slips or noise > NOISE_AT_MOST * made)


if __name__ == "__main__":
    sys.exit(main(*(int(each) for each in (*sys.argv[1:], *("5000", "1")[len(sys.argv) - 1 :]))))
