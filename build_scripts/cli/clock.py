"""The one place that reads a clock; brings in nothing but the standard library."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This second in the plans' own time zone."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).replace(microsecond=0)


def today() -> date:
    """Today in the plans' own time zone."""
    return now().date()
