"""How long `check` takes: the published package, and an invented one with 20,000 observations.

Seconds are of processor time, so that a busy machine does not blur them. Run
`python benchmarks/check_speed.py [rows]` from the project's root.
"""

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "tests")]

from packages import write_package  # noqa: E402

from build_scripts.checks import CHECKS, find_violations  # noqa: E402
from build_scripts.load import read  # noqa: E402

TODAY = date(2026, 11, 21)


def more_observations(folder: Path, rows: int) -> None:
    """Adds `rows` monthly stocks of invented indicators, each ten years long."""
    indicators = [f"series-{index}" for index in range(rows // 120 + 1)]
    with (folder / "targets/indicators.csv").open("a", encoding="utf-8", newline="") as file:
        file.writelines(f"{name},{name},个,0,up,M,虚构\n" for name in indicators)
    with (folder / "progress/observations.csv").open("a", encoding="utf-8", newline="") as file:
        for row in range(rows):
            name, month = indicators[row // 120], row % 120
            period = f"{2014 + month // 12}-{month % 12 + 1:02d}"
            file.write(f"{name},city,{period},main,2024-03-01,gazette,{100 + month},A,,,,\n")


def timed(label: str, folder: Path) -> None:
    """Prints the processor seconds reading and checking a package take, and the slowest rules."""
    start = time.process_time()
    tables = read(folder)
    middle = time.process_time()
    problems = find_violations(tables, TODAY)
    end = time.process_time()
    took = f"read {middle - start:.2f} s, rules {end - middle:.2f} s"
    print(f"{label}: {tables.row_count} rows, {len(problems)} problems; {took}")
    rules = []
    for check in CHECKS:
        start = time.process_time()
        list(check.problems(tables, TODAY))
        rules.append((time.process_time() - start, check.code))
    print("  slowest rules:", ", ".join(f"{code} {seconds:.2f} s" for seconds, code in sorted(rules, reverse=True)[:3]))


def main() -> None:
    start = time.process_time()
    import frictionless  # noqa: F401, PLC0415

    print(f"import of frictionless: {time.process_time() - start:.2f} s")
    timed("published package", Path(__file__).parents[1] / "datapackage")
    with tempfile.TemporaryDirectory() as folder:
        package = write_package(Path(folder))
        more_observations(package, int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
        timed("invented package", package)


if __name__ == "__main__":
    main()
