"""How cost grows with the package: `check`, `assess` and the site of N places (`many_places.py`).

    python benchmarks/scale.py [1 5 10 …] [--stage-only-from 50] [--check-only-from 1000] [--stages] [--out FOLDER]

Every size is made, checked, assessed and built from nothing, one after the other, in processes of their own. Printed
for each: seconds of all processors, milliseconds of processors a page, the same as a ratio to the first size, the most
memory of one process, and the longest page; with `--stages` also time and memory of each stage of a build. `1 5 50
--stages` builds ×5 wholly and ×50 without HTML. Exits 1 when a limit is broken.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from many_places import multiply
from measure import Run, measured

ROOT = Path(__file__).parents[1]
DAY = "2026-11-28"
RATIO, PEAK, PEAK_AT, LONGEST = 1.2, 1000, 10, 300_000


@dataclass(frozen=True)
class Size:
    """What one size cost: runs by verb, and the pages of its site."""

    times: int
    runs: dict[str, Run]
    pages: int
    longest: int
    whole: bool

    def row(self, first: Size) -> str:
        """One line of the table."""
        check, assess, build = (self.runs.get(verb) for verb in ("check", "assess", "build"))
        cells = [f"×{self.times}", *(f"{run.cpu:.1f}" if run else "–" for run in (check, assess, build))]
        if build:
            cells += [f"{self.pages}", f"{self.per_page:.1f}", f"{self.per_page / first.per_page:.2f}"]
            cells += [f"{build.peak}", f"{self.longest / 1000:.0f}"]
        else:
            cells += ["–"] * 5
        return "| " + " | ".join(cells) + " |" + ("" if self.whole or not build else " staged only, no HTML")

    @property
    def per_page(self) -> float:
        """Milliseconds of processors a page."""
        return 1000 * self.runs["build"].cpu / max(self.pages, 1) if "build" in self.runs else float("nan")

    @property
    def broken(self) -> bool:
        """Whether a limit that needs no other size is broken."""
        peak = max(run.peak for run in self.runs.values())
        return self.longest > LONGEST or (self.times <= PEAK_AT and peak > PEAK)


HEAD = (
    "| places | check, s | assess, s | build, s | pages | ms a page | to the first | peak MB | longest page, kB |\n"
    "|---|---|---|---|---|---|---|---|---|"
)


def measure(times: int, root: Path, *, stage_only: bool, build: bool) -> Size:
    """One size, from nothing."""
    shutil.rmtree(root, ignore_errors=True)
    multiply(ROOT / "datapackage", root / "datapackage", times)
    for name in ("docs", "mkdocs.yml", "publications.csv"):
        source = ROOT / name
        if source.exists():
            (shutil.copytree if source.is_dir() else shutil.copyfile)(source, root / name)
    common = ["--package", str(root / "datapackage"), "--as-of", DAY]
    verbs = {"check": [], "assess": []}
    if build:
        verbs["build"] = ["--out", str(root / "build"), "--timings", *(["--stage-only"] if stage_only else [])]
    runs = {}
    for verb, more in verbs.items():
        command = [sys.executable, "-m", "build_scripts", verb, *common, *more]
        runs[verb] = measured(command, ROOT, root / f"{verb}.log")
    folder, name = (root / "build" / "docs", "*.md") if stage_only else (root / "build" / "site", "*.html")
    sizes = [path.stat().st_size for path in folder.rglob(name)] if build else []
    return Size(times, runs, len(sizes), max(sizes, default=0), not stage_only)


def timings(root: Path) -> list[str]:
    """The table of stages that a build printed last."""
    lines = (root / "build.log").read_text(encoding="utf-8").splitlines()
    return lines[max(number for number, line in enumerate(lines) if line.startswith("┏")) :]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[1, 5, 10])
    parser.add_argument("--stage-only-from", type=int, default=50, help="no HTML from so many places on")
    parser.add_argument("--check-only-from", type=int, default=1_000, help="no build at all from so many places on")
    parser.add_argument("--stages", action="store_true", help="also time and memory of each stage of each build")
    parser.add_argument("--out", type=Path, help="keep packages and sites here")
    given = parser.parse_args()
    broken, first = False, None
    told: list[str] = []
    print(HEAD, flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        for times in given.sizes:
            root = (given.out or Path(scratch)) / f"x{times}"
            build = times < given.check_only_from
            size = measure(times, root, stage_only=times >= given.stage_only_from, build=build)
            first = first or size
            print(size.row(first), flush=True)
            told += [f"\n×{times}, stage by stage:\n", *timings(root)] if given.stages and build else []
            broken |= size.broken or (size.whole and size.per_page > RATIO * first.per_page)
            if not given.out:
                shutil.rmtree(root)
    print("\n".join(told))
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
