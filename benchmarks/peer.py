"""Synthetic indicator sites as other report generators are measured by: N indicators, 20 years, 11 areas each.

    python benchmarks/peer.py [200 1000 …] [--out FOLDER]

Makes a package of N indicators (no targets), builds its whole site from nothing with charts, downloads and search, and
prints seconds by the clock and of all processors, pages, and the slope from the first size to the last: 1 is linear.
Exits 1 when a limit is broken.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
import shutil
import sys
import tempfile
from pathlib import Path

from measure import Run, measured

ROOT = Path(__file__).parents[1]
YEARS = range(2004, 2024)
AREAS = 10
LIMITS = {200: 8.0, 1000: 45.0}
SLOPE = 1.1
DAY = "2024-06-30"


def write(folder: Path, name: str, rows: list[dict[str, object]], columns: list[str]) -> None:
    """A table as CSV; columns that a row lacks are empty."""
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def package(folder: Path, count: int, seed: int = 20260630) -> Path:
    """A package of `count` indicators in `folder`; the same seed gives the same."""
    chance = random.Random(seed)
    shutil.copytree(ROOT / "datapackage", folder)
    meta = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    shutil.rmtree(folder / "targets" / "texts", ignore_errors=True)
    columns: dict[str, list[str]] = {}
    for resource in meta["resources"]:
        schema = json.loads((folder / resource["schema"]).read_text(encoding="utf-8"))
        columns[resource["path"]] = [field["name"] for field in schema["fields"]]
        write(folder, resource["path"], [], columns[resource["path"]])
    areas = ["city", *(f"area-{number}" for number in range(AREAS))]
    tables: dict[str, list[dict[str, object]]] = {
        "targets/plans.csv": [
            {"plan_id": "plan", "title": "虚构市统计监测方案", "short_title": "监测方案", "issuer": "虚构市人民政府",
             "issued_on": "2004-01-10", "period_start": 2004, "period_end": 2030, "summary": "虚构的方案，只供测量。"},
        ],
        "targets/regions.csv": [
            {"region_id": area, "name": f"虚构{number}县" if number else "虚构市",
             "level": "county" if number else "city", "adcode": f"9901{number:02d}", "order": number + 1}
            for number, area in enumerate(areas)
        ],
        "targets/indicators.csv": [
            {"indicator_id": f"indicator-{number}", "name": f"虚构指标{number}", "unit": "万元", "decimals": 1,
             "direction": "up", "frequency": "A", "definition": "虚构的指标，只供测量。", "nature": "level",
             "additive": "false"}
            for number in range(count)
        ],
        "progress/sources.csv": [
            {"source_id": f"yearbook-{year}", "title": f"虚构统计年鉴{year}", "publisher": "虚构市统计局",
             "published": f"{year + 1}-06-01", "url": f"https://example.org/{year}", "tier": 1, "kind": "document"}
            for year in YEARS
        ],
    }  # fmt: skip
    figures: list[dict[str, object]] = []
    for number in range(count):
        for area in areas:
            value = chance.uniform(50, 500)
            for year in YEARS:
                value *= chance.uniform(0.97, 1.09)
                figures.append(
                    {"indicator_id": f"indicator-{number}", "region_id": area, "period": year, "basis": "main",
                     "pub": f"{year + 1}-06-01", "source_id": f"yearbook-{year}", "value": f"{value:.1f}",
                     "obs_status": "A"}
                )  # fmt: skip
    tables["progress/observations.csv"] = figures
    for path, rows in tables.items():
        write(folder, path, rows, columns[path])
    return folder


def build(count: int, root: Path) -> Run:
    """The whole site of `count` indicators, from nothing."""
    package(root / "datapackage", count)
    for name in ("docs", "mkdocs.yml"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, root / name)
    command = [
        "build",
        "--timings",
        "--package",
        str(root / "datapackage"),
        "--as-of",
        DAY,
        "--out",
        str(root / "build"),
    ]
    return measured([sys.executable, "-m", "build_scripts", *command], ROOT, root / "log.txt")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[200, 1000])
    parser.add_argument("--out", type=Path, help="keep packages and sites here")
    given = parser.parse_args()
    found: list[tuple[int, Run]] = []
    with tempfile.TemporaryDirectory() as scratch:
        for count in given.sizes:
            root = (given.out or Path(scratch)) / str(count)
            shutil.rmtree(root, ignore_errors=True)
            root.mkdir(parents=True)
            run = build(count, root)
            pages = sum(1 for _ in (root / "build" / "site").rglob("*.html"))
            limit = f" (limit {LIMITS[count]:.0f})" if count in LIMITS else ""
            size = f"{run.peak} MB, {pages} pages"
            print(f"{count:>6} indicators: {run.wall:7.1f} s wall{limit}, {run.cpu:7.1f} s cpu, {size}", flush=True)
            found.append((count, run))
    slope = 0.0
    if len(found) > 1:
        (few, one), (many, other) = found[0], found[-1]
        slope = math.log(other.cpu / one.cpu) / math.log(many / few)
        print(f"slope {slope:.2f} (limit {SLOPE})")
    late = any(run.wall > LIMITS.get(count, math.inf) for count, run in found)
    return int(late or slope > SLOPE)


if __name__ == "__main__":
    sys.exit(main())
