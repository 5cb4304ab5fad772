"""Gets the package's own files, gives them as files of the site: the tables, their schemas, the descriptor.

Also the deadlines as iCalendar files, made from the report.
"""

from build_scripts.downloads.calendar_files import calendar_files
from build_scripts.downloads.package_files import Download, package_files
from build_scripts.downloads.robots import robots_file

__all__ = ["Download", "calendar_files", "package_files", "robots_file"]
