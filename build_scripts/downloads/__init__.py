"""Gets the report, gives small files beside the pages: the deadlines as iCalendar, and `robots.txt`."""

from build_scripts.downloads.calendar_files import calendar_files
from build_scripts.downloads.robots import robots_file

__all__ = ["calendar_files", "robots_file"]
