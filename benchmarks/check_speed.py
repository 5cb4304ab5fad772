"""How long `check` takes: the published package, and an invented one with a million observations.

Seconds are of processor time, so that a busy machine does not blur them. Run
`python benchmarks/check_speed.py [rows]` from the project's root; exits 1 when a million rows need over 20 s.
"""

import random
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "tests")]

from packages import write_package  # noqa: E402

from build_scripts.checks import CHECKS, find_violations  # noqa: E402
from build_scripts.core.collector import collect_rarely  # noqa: E402
from build_scripts.core.pause import no_collecting  # noqa: E402
from build_scripts.load import read  # noqa: E402

TODAY = date(2026, 11, 21)
MANY = 1_000_000
LIMIT_SECONDS = 20.0


def more_observations(folder: Path, rows: int, seed: int = 20260630) -> None:
    """Adds `rows` monthly figures of invented indicators, each ten years long; the same seed gives the same."""
    chance = random.Random(seed)
    indicators = [f"series-{index}" for index in range(rows // 120 + 1)]
    with (folder / "targets/indicators.csv").open("a", encoding="utf-8", newline="") as file:
        file.writelines(f"{name},{name},亿元,2,up,M,虚构\n" for name in indicators)
    with (folder / "progress/observations.csv").open("a", encoding="utf-8", newline="") as file:
        value = 0.0
        for row in range(rows):
            name, month = indicators[row // 120], row % 120
            value = chance.uniform(100, 90_000) if month == 0 else value * chance.uniform(0.95, 1.07)
            period = f"{2014 + month // 12}-{month % 12 + 1:02d}"
            pub = date(2024, 3, 1) + timedelta(days=row % 28)
            file.write(f"{name},city,{period},main,{pub},gazette,{value:.2f},A,,,,\n")


def timed(label: str, folder: Path) -> float:
    """Prints the processor seconds reading and checking a package take, and the slowest rules; gives the sum."""
    start = time.process_time()
    with no_collecting():  # as `examine` does
        tables = read(folder)
        middle = time.process_time()
        problems = find_violations(tables, TODAY)
    end = time.process_time()
    took = f"read {middle - start:.2f} s, rules {end - middle:.2f} s"
    print(f"{label}: {tables.row_count} rows, {len(problems)} problems; {took}")
    rules, whole = [], end - start
    tables.derived.clear()
    for check in CHECKS:
        start = time.process_time()
        with no_collecting():  # as `find_violations` does
            list(check.problems(tables, TODAY))
        rules.append((time.process_time() - start, check.code))
    print("  slowest rules:", ", ".join(f"{code} {seconds:.2f} s" for seconds, code in sorted(rules, reverse=True)[:3]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"  {whole / tables.row_count * 1e6:.1f} µs a row; {peak} MB at the most so far")
    return whole


def main() -> int:
    collect_rarely()  # as the command line does
    start = time.process_time()
    import frictionless  # noqa: F401, PLC0415

    print(f"import of frictionless: {time.process_time() - start:.2f} s")
    timed("published package", Path(__file__).parents[1] / "datapackage")
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    with tempfile.TemporaryDirectory() as folder:
        package = write_package(Path(folder))
        more_observations(package, rows)
        seconds = timed("invented package", package)
    return int(rows >= MANY and seconds * MANY / rows > LIMIT_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
