"""Runs every benchmark and writes what they print to `benchmarks/RESULTS.md`, with the machine they ran on.

    python benchmarks/bench.py [--only check scale peer stage assess] [--runs 3] [--quick]

Each benchmark runs `--runs` times; of a line with figures that differ from run to run the medians are written. What a
busy machine does to seconds it hardly does to ratios inside one run: compare those. `--quick` measures small sizes.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from measure import machine

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
BENCHMARKS: dict[str, tuple[str, list[str], list[str]]] = {
    "check": ("A million observations: `check_speed.py`", ["check_speed.py"], ["100000"]),
    "scale": ("One place and many: `scale.py`", ["scale.py"], ["1", "2"]),
    "peer": ("Synthetic indicators, as other generators are measured: `peer.py`", ["peer.py"], ["20", "50"]),
    "stage": ("From nothing, unchanged, one value: `site_stage.py`", ["site_stage.py", "--runs", "1"], []),
    "assess": ("The method: `assess_speed.py`", ["assess_speed.py"], ["10000"]),
}
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def run(command: list[str]) -> tuple[str, int]:
    """What a benchmark prints, and its exit code: 1 when a limit is broken."""
    made = subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return made.stdout.strip() or made.stderr.strip()[-2000:], made.returncode


def median_of(texts: list[str]) -> str:
    """The first text with the median of all in place of each number; the first alone where the words differ."""
    if len({_NUMBER.sub("#", text) for text in texts}) > 1:
        return texts[0]
    columns = zip(*(_NUMBER.findall(text) for text in texts), strict=True)
    middle = iter([_middle(numbers) for numbers in columns])
    return _NUMBER.sub(lambda _found: next(middle), texts[0])


def _middle(numbers: tuple[str, ...]) -> str:
    """The median, written as the numbers are."""
    if len(set(numbers)) == 1:
        return numbers[0]
    decimals = max(len(number.partition(".")[2]) for number in numbers)
    value = statistics.median(float(number.replace(",", "")) for number in numbers)
    return f"{value:,.{decimals}f}" if any("," in number for number in numbers) else f"{value:.{decimals}f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="*", choices=BENCHMARKS, default=list(BENCHMARKS))
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    day = datetime.now(tz=UTC).date().isoformat()
    head = f"# Benchmarks\n\nWritten by `make bench` on {day}, medians of {given.runs}.\n\nMachine: {machine()}.\n\n"
    parts = [f"{head}Seconds of processors unless wall is said; on a busy machine only ratios within a table count.\n"]
    broken = 0
    for name in given.only:
        title, command, small = BENCHMARKS[name]
        command = [f"benchmarks/{command[0]}", *command[1:], *(small if given.quick else [])]
        made = [run(command) for _ in range(given.runs)]
        code = max(code for _text, code in made)
        broken |= code
        text = median_of([text for text, _code in made])
        verdict = "within its limits" if not code else "a limit is broken"
        shown = text if text.startswith("| ") else f"```text\n{text}\n```"
        parts.append(f"## {title}\n\n{shown}\n\n{verdict}\n")
        RESULTS.write_text("\n".join(parts), encoding="utf-8")
        print(f"{name}: {verdict}", flush=True)
    return broken


if __name__ == "__main__":
    sys.exit(main())
