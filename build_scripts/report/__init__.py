"""Gets a package and a day, gives the `Report`: every record with its assessment, joined, counted and in order.

Pages, charts, downloads and feeds ask the report and nothing else. Only what was published by the day is in it.
"""

from build_scripts.report.build import build_report, join_report
from build_scripts.report.entries import Figure, RelatedSeries, TargetEntry, TaskUpdate, latest_of
from build_scripts.report.report import Report
from build_scripts.report.tally import Tally, tally
from build_scripts.report.updates import Update

__all__ = [
    "Figure",
    "RelatedSeries",
    "Report",
    "Tally",
    "TargetEntry",
    "TaskUpdate",
    "Update",
    "build_report",
    "join_report",
    "latest_of",
    "tally",
]
