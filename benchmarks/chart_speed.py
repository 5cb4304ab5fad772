"""How long charts take: about 300 trajectories, each in two widths with a picture to download, cold and warm.

Run from the project's root::

    python benchmarks/chart_speed.py [COUNT]

Prints seconds of the clock and of the processors (this process and its workers), so that the figures mean something
on a busy machine too, and what some of the same pictures cost drawn by Vega and with the font.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from build_scripts import charts
from build_scripts.charts import letters, render, svg
from build_scripts.core.method import Assessment, Status
from build_scripts.core.records import Indicator, Observation, Plan, Region, Source, Target
from build_scripts.report import Figure, TargetEntry

MEASURED = 40
SOURCE = Source("s", "公报（虚构）", "测试市统计局", date(2025, 3, 1), "https://example.org/", 1, "")
PLAN = Plan("p", "规划（虚构）", "规划", "测政〔2021〕1号", "测试市人民政府", date(2021, 3, 1), 2021, 2025, "")
CITY = Region("city", "测试市", "city", "990100", 1)
INDICATOR = Indicator("gdp", "地区生产总值", "亿元", 2, "up", "A", "")


def entry(number: int) -> TargetEntry:
    """An invented target with a baseline, a deadline and six observations, unlike every other one."""
    fields = dict.fromkeys(Target.__slots__)
    fields |= {
        "target_id": f"target-{number}", "plan_id": "p", "indicator_id": "gdp", "region_id": "city",
        "name": f"第{number}项目标", "kind": "level_by", "comparator": "ge", "value": Decimal(2250 + number),
        "unit": "亿元", "baseline_period": "2020", "baseline_value": Decimal(1540), "baseline_basis": "main",
        "target_period": "2025", "section": "", "figure_as_printed": "", "in_totals": True, "flags": (), "note": "",
    }  # fmt: skip
    published = [(year, Decimal(1540 + number + 120 * step)) for step, year in enumerate(range(2019, 2025))]
    figures = tuple(
        Figure(
            Observation("gdp", "city", str(year), "main", date(year + 1, 3, 1), "s", value, "A", None, None, "", ""),
            SOURCE,
        )
        for year, value in published
    )
    verdict = Assessment(Status.ON_TRACK, period="2024", progress_pct=Decimal("91.8"), time_pct=Decimal("80.0"))
    joined: dict[str, Any] = dict.fromkeys(TargetEntry.__slots__, ())
    joined |= {
        "target": Target(**fields), "assessment": verdict, "as_of": date(2026, 11, 21), "plan": PLAN, "project": None,
        "indicator": INDICATOR, "region": CITY, "reference": None, "lead": None, "figures": figures,
        "previous_id": None, "next_id": None, "deadline": date(2025, 12, 31),
    }  # fmt: skip
    return TargetEntry(**joined)


def processor_seconds() -> float:
    """Seconds of processor time of this process and of the workers that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def timed(name: str, work: Callable[[], Any]) -> Any:
    """Do `work`, say how long it took."""
    clock, used = time.perf_counter(), processor_seconds()
    result = work()
    print(f"{name:<34}{time.perf_counter() - clock:8.2f} s clock{processor_seconds() - used:8.2f} s processor")
    return result


def beside_vega(specs: list[charts.ChartSpec]) -> None:
    """Draw some charts without Vega and with it, their PNGs too, these also with the font: milliseconds each."""
    jobs = [render._job(spec) for spec in specs]
    wholes: list[str] = []
    ways: dict[str, Callable[[int], Any]] = {
        "SVG by us": lambda at: render._picture(jobs[at].form, jobs[at].wide),
        "SVG by Vega": lambda at: svg.clean(render._svg(render._filled(jobs[at].form, jobs[at].wide))),
        "PNG by us": lambda at: render._png(wholes[at]),
        "PNG by Vega": lambda at: render._packed(
            render._pixels_of_vega(letters.outlined(wholes[at]) or ""), wholes[at]
        ),
        "the same with the font": lambda at: render._packed(
            render._pixels_of_vega(render._with_fonts(wholes[at])), wholes[at]
        ),
    }
    for job in jobs:
        body = render._picture(job.form, job.wide)
        wholes.append(svg.standalone(body, job.wide_size, job.title, job.alt, job.notes))
    render._prepare()
    for name, work in ways.items():
        work(0)
        begun = time.process_time()
        for at in range(len(jobs)):
            work(at)
        print(f"  {name:<20}{(time.process_time() - begun) / len(jobs) * 1000:8.1f} ms each")


def main(count: int) -> None:
    entries = [entry(number) for number in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        specs = timed(f"{count} records → ChartSpec", lambda: [charts.trajectory(each) for each in entries])
        drawn = timed("ChartSpec → pictures, cold", lambda: charts.render_all(specs, cache))
        again = timed("ChartSpec → pictures, warm", lambda: charts.render_all(specs, cache))
        files = timed("files to download", lambda: [a for s in specs for a in charts.artifacts(s, drawn[s.id])])
        timed("interactive bundle, cold", lambda: charts.bundle(cache))
        timed("interactive bundle, warm", lambda: charts.bundle(cache))
    beside_vega([spec for spec in specs[:MEASURED] if spec])
    assert again == drawn
    sizes = sorted(len(picture.wide.encode()) for picture in drawn.values())
    pngs = sorted(len(picture.png) for picture in drawn.values())
    print(f"inline SVG: median {sizes[len(sizes) // 2]:,} bytes; PNG: median {pngs[len(pngs) // 2]:,} bytes")
    print(f"files: {len(files):,}, {sum(len(a.data) for a in files) / 1e6:.1f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
