"""The one place that reads a clock; brings in nothing but the standard library."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

_DEFAULT = "Asia/Shanghai"


def now() -> datetime:
    """This second in the plans' own time zone."""
    return datetime.now(ZoneInfo(_DEFAULT)).replace(microsecond=0)


def today() -> date:
    """Today in the plans' own time zone."""
    return now().date()


def today_of(package_dir: Path) -> date:
    """Today where the package's government is: in the time zone its descriptor names, if it names one that is known."""
    try:
        said = json.loads((package_dir / "datapackage.json").read_bytes())["disclosure"]["timezone"]
        return datetime.now(ZoneInfo(said)).date()
    except (OSError, ValueError, LookupError, TypeError, RecursionError):  # what is wrong with it, `check` says
        return today()
