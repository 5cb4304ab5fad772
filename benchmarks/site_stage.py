"""How long a site takes, from nothing, unchanged and after one value, against bare MkDocs in the same round.

    python benchmarks/site_stage.py [--runs 3] [--package datapackage]

Works on a copy of the project in a temporary folder, with a store of results of its own. A round measures everything
once, one after the other, so that what else the machine does weighs on all alike; medians and the medians of the
rounds' ratios are printed. Bare MkDocs makes pages only; ours come with a search, so the last line says how the whole
compares to MkDocs with the theme's search. Seconds by the clock on the wall and by the processors, all of them
together; from the shell, but for the page engine alone and for `serve`, whose process is warm. Exits 1 when a limit is
broken.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from measure import environment

sys.path.insert(0, str(Path(__file__).parents[1]))

from build_scripts.core.settings import LEDGER, RELEASES, Settings
from build_scripts.site.engine import build_site, engine_command, engine_environment, write_config
from build_scripts.site.live import Builder
from build_scripts.site.workplace import workplace

ROOT = Path(__file__).parents[1]
AS_OF = "2026-11-28"
_LIKE = ("whole, from nothing", "the same with the theme's search")
# By the clock: at most so many times what bare MkDocs takes, and at most so many seconds.
RATIOS = {"whole, from nothing": 1.3}
SECONDS = {"whole, nothing changed": 1.5, "whole, one value": 9.0, "in serve, one value": 3.0}


def copied(package: Path, folder: Path) -> Settings:
    """The project in a folder of its own, so that what is kept between runs is kept there."""
    shutil.copytree(package, folder / "datapackage")
    for name in ("docs", RELEASES):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
    for name in ("mkdocs.yml", LEDGER):
        if (ROOT / name).is_file():
            shutil.copyfile(ROOT / name, folder / name)
    return Settings(folder, folder / "datapackage", date.fromisoformat(AS_OF), folder / "build")


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock on the wall, and of all processors, children's too."""
    begun, spent = time.monotonic(), sum(os.times()[:4])
    work()
    return time.monotonic() - begun, sum(os.times()[:4]) - spent


def build(settings: Settings) -> None:
    """The whole command, from the shell."""
    command = [sys.executable, "-m", "build_scripts", "build", "--package", str(settings.package_dir), "--as-of", AS_OF]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, env=environment())


def bare(settings: Settings, *, search: bool = False) -> None:
    """MkDocs alone, on the pages as they are staged; with the theme's own search in place of the one staged with them.

    It is the official command in a process of its own: nothing of ours takes part but the theme's templates.
    """
    config = write_config(settings, aside(settings) / "site", "bare.yml")
    if search:
        said = json.loads(config.read_text(encoding="utf-8"))
        config.write_text(json.dumps(said | {"plugins": [{"search": {"lang": ["zh", "en"]}}]}), encoding="utf-8")
    command, environment = engine_command("mkdocs", config), engine_environment(settings)
    subprocess.run(command, cwd=settings.out_dir, env=environment, check=True, capture_output=True)


def site_stage(settings: Settings) -> None:
    """The page engine alone, in this process, on the pages as they are staged."""
    with workplace(settings.out_dir) as work:
        build_site(settings, work)


def aside(settings: Settings) -> Path:
    """A new place for what is not wanted any more.

    Nothing is removed before the end: where thousands of files have just gone, ext4 takes seconds of the processor to
    find room for as many, which is neither ours nor MkDocs's.
    """
    return Path(tempfile.mkdtemp(dir=settings.root, prefix="aside-"))


def forget(settings: Settings, *names: str) -> None:
    """Put out of the way what is kept, or a part of it."""
    for path in (settings.root / name for name in names):
        if path.exists():
            path.rename(aside(settings) / path.name)


def edit(settings: Settings, number: int) -> None:
    """Give one observation another value."""
    table = settings.package_dir / "progress" / "observations.csv"
    header, first, *rest = table.read_text(encoding="utf-8").splitlines(keepends=True)
    cells, place = first.split(","), header.split(",").index("value")
    cells[place] = str(round(float(re.sub(r"[^\d.-]", "", cells[place]) or 1) + number / 10, 1))
    table.write_text("".join([header, ",".join(cells), *rest]), encoding="utf-8", newline="")


def one_round(settings: Settings, number: int) -> dict[str, tuple[float, float]]:
    """Everything once; the first entry is what the others are held against."""
    seconds: dict[str, tuple[float, float]] = {}
    forget(settings, ".cache", "build")
    whole = timed(lambda: build(settings))
    seconds["bare MkDocs, the same pages"] = timed(lambda: bare(settings))
    seconds["the same with the theme's search"] = timed(lambda: bare(settings, search=True))
    seconds["whole, from nothing"] = whole
    forget(settings, ".cache/pages", ".cache/page-links", ".cache/cut-words", "build/site")
    seconds["page engine alone, from nothing"] = timed(lambda: site_stage(settings))
    build(settings)
    seconds["whole, nothing changed"] = timed(lambda: build(settings))
    edit(settings, 2 * number + 1)
    seconds["whole, one value"] = timed(lambda: build(settings))
    builder = Builder([str(settings.package_dir), AS_OF, str(settings.out_dir), None])
    builder.build()
    edit(settings, 2 * number + 2)
    seconds["in serve, one value"] = (timed(builder.build)[0], float("nan"))
    builder.stop()
    return seconds


def shown(rounds: list[dict[str, tuple[float, float]]]) -> list[str]:
    """The table: for each measure its medians, and the medians of its ratios to the first."""
    first = next(iter(rounds[0]))
    lines = [f"{'':34}{'wall s':>9}{'of bare':>9}{'cpu s':>9}{'of bare':>9}"]
    for name in rounds[0]:
        line = f"{name:34}"
        for clock in (0, 1):
            line += f"{statistics.median(each[name][clock] for each in rounds):9.2f}"
            line += f"{statistics.median(each[name][clock] / each[first][clock] for each in rounds):9.2f}"
        line += f"   (at most {RATIOS[name]} of bare)" if name in RATIOS else ""
        lines.append(line + (f"   (at most {SECONDS[name]} s)" if name in SECONDS else ""))
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--package", type=Path, default=ROOT / "datapackage")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="site-stage-") as folder:
        settings = copied(given.package.resolve(), Path(folder))
        rounds = [one_round(settings, number) for number in range(given.runs)]
        pages = sum(1 for _ in settings.site_dir.rglob("*.html"))
    print(f"{pages} pages, {os.cpu_count()} processors, {given.runs} rounds, load {os.getloadavg()[0]:.1f}")
    print("\n".join(shown(rounds)))
    print(f"whole, from nothing, of bare with the theme's search: {of_bare(rounds, *_LIKE):.2f} by the clock")
    return int(is_broken(rounds))


def is_broken(rounds: list[dict[str, tuple[float, float]]]) -> bool:
    """Whether a median is over its limit."""
    seconds = {name: statistics.median(each[name][0] for each in rounds) for name in SECONDS}
    over = any(seconds[name] > most for name, most in SECONDS.items())
    return over or any(of_bare(rounds, name) > most for name, most in RATIOS.items())


def of_bare(rounds: list[dict[str, tuple[float, float]]], name: str, to: str = "") -> float:
    """The median of a measure's ratios to bare MkDocs, or to the measure `to`, by the clock."""
    first = to or next(iter(rounds[0]))
    return statistics.median(each[name][0] / each[first][0] for each in rounds)


if __name__ == "__main__":
    sys.exit(main())
