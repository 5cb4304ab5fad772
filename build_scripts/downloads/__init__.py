"""Gets the package's own files, gives them as files of the site: the tables, their schemas, the descriptor."""

from build_scripts.downloads.package_files import Download, package_files

__all__ = ["Download", "package_files"]
