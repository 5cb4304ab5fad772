"""The status history of a large package, made by a crew: each process reads the package once and takes some days.

Gets a report, gives its history as `Report.history` would make it. A small package is not worth another process.
"""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from build_scripts.assess import StatusAt, quarter_ends, status_history
from build_scripts.core.crew import Crew
from build_scripts.core.kept import keep, key_of, look
from build_scripts.core.records import Package
from build_scripts.report.report import Report

# So many verdicts take longer than giving the package to another process.
WORTH = 60_000
_KIND = "package"
Job = tuple[Path, str, date]


def make_history(report: Report, crew: Crew, cache_dir: Path) -> None:
    """Have the report's history made by the crew, where that is worth it; else it is made when it is asked for."""
    first = min((plan.issued_on for plan in report.package.plans), default=report.as_of)
    days = quarter_ends(first.year, report.as_of)
    if not crew.helpers or len(days) * len(report.package.targets) < WORTH:
        return
    # A copy: what has been looked up in it meanwhile need not travel.
    data = pickle.dumps(replace(report.package))
    key = key_of(data)
    keep(cache_dir, _KIND, key, data)
    try:
        told = crew.share(_verdicts, [(cache_dir, key, day) for day in days], 1).results()
    finally:
        (cache_dir / _KIND / key).unlink(missing_ok=True)
    by_day = [{each.target_id: each for each in said} for said in told]
    report.remember_history(
        said[target.target_id] for target in report.package.targets for said in by_day if target.target_id in said
    )


def _verdicts(jobs: list[Job]) -> list[list[StatusAt]]:
    """The verdicts of each day, in whatever process."""
    return [status_history(_package(folder, key), [day]) for folder, key, day in jobs]


@lru_cache(maxsize=1)
def _package(folder: Path, key: str) -> Package:
    """The package that was left for the crew."""
    data = look(folder, _KIND, key)
    if data is None:
        raise FileNotFoundError(key)
    package: Package = pickle.loads(data)  # noqa: S301 - written by the process that asked, checked by its hash
    return package
