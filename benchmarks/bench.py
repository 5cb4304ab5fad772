"""Runs every benchmark and writes what they print to `benchmarks/RESULTS.md`, with the machine they ran on.

    python benchmarks/bench.py [--only check scale peer charts stage savings assess search] [--runs 3] [--quick]

Each benchmark runs `--runs` times; of a line with figures that differ from run to run the medians are written. What a
busy machine does to seconds it hardly does to ratios inside one run: compare those. `--quick` measures small sizes.
With `--only`, the sections of the other benchmarks stay as they were measured; each says when, and on what.
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
_SEARCHED = ["build/site", "--times", "1", "5", "10", "50"]
# For each its title, its script, what the script is asked, and what with `--quick`.
BENCHMARKS: dict[str, tuple[str, str, list[str], list[str]]] = {
    "check": ("A million observations", "check_speed.py", [], ["100000"]),
    "scale": ("One place and many", "scale.py", ["1", "5", "10", "50"], ["1", "2"]),
    "peer": ("Synthetic indicators, as other generators are measured", "peer.py", ["200", "1000"], ["20", "50"]),
    "charts": ("Charts", "chart_speed.py", ["300"], ["30"]),
    "stage": ("From nothing, unchanged, one value", "site_stage.py", ["--runs", "1"], ["--runs", "1"]),
    "savings": ("What a build spares itself", "savings.py", [], []),
    "search": ("First answer of the search", "search_speed.py", _SEARCHED, [*_SEARCHED[:3], "--runs", "1"]),
    "assess": ("The method", "assess_speed.py", [], ["10000"]),
}
HEAD = """# Benchmarks

Written by `make bench`; each section says when, how often and on what machine. Seconds of processors unless wall is
said; on a busy machine only ratios within a section count.
"""
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
    broken = 0
    for name in given.only:
        title, script, asked, small = BENCHMARKS[name]
        if name == "search" and not (ROOT / "build" / "site").is_dir():
            run(["-m", "build_scripts", "build"])
        command = [f"benchmarks/{script}", *(small if given.quick else asked)]
        made = [run(command) for _ in range(given.runs)]
        code = max(code for _text, code in made)
        broken |= code
        text = median_of([text for text, _code in made])
        verdict = "within its limits" if not code else "a limit is broken"
        shown = text if text.startswith("| ") else f"```text\n{text}\n```"
        day = datetime.now(tz=UTC).date().isoformat()
        about = f"{day}, medians of {given.runs}; {machine()}{', small sizes' if given.quick else ''}."
        put(f"{title}: `{script}`", f"{about}\n\n{shown}\n\n{verdict}\n")
        print(f"{name}: {verdict}", flush=True)
    return broken


def put(title: str, text: str) -> None:
    """Write a section of the results; those of other benchmarks stay as they were measured."""
    found = RESULTS.read_text(encoding="utf-8") if RESULTS.is_file() else ""
    known = dict(part.split("\n\n", 1) for part in re.split(r"^## ", found, flags=re.MULTILINE)[1:])
    sections = {**known, title: text}
    order = [f"{each}: `{script}`" for each, script, *_ in BENCHMARKS.values()]
    listed = [f"## {each}\n\n{sections[each].strip()}\n" for each in order if each in sections]
    RESULTS.write_text("\n".join([HEAD, *listed]), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
