"""SiteData of pages from the invented package with a test's own changes, verdicts computed by the method."""

from datetime import date
from pathlib import Path

from packages import emptied, write_package

from build_scripts.checks import load_day
from build_scripts.exports import Publication, assessed_edition
from build_scripts.exports.project import package_schemas
from build_scripts.pages import SiteData
from build_scripts.report import Report, build_report

__all__ = ["emptied", "made", "page", "publication"]

TODAY = date(2026, 11, 21)


def made(tmp_path: Path, *changes, as_of: date = date(2024, 6, 30), charts=None) -> SiteData:
    folder = tmp_path / f"package-{len(list(tmp_path.iterdir()))}"
    folder.mkdir()
    write_package(folder, *changes)
    report = build_report(load_day(folder, TODAY, as_of).seen, as_of)
    return SiteData(report, charts or {}, publication(folder, report))


def publication(folder: Path, report: Report) -> Publication:
    """What is published of a report on the package in `folder`."""
    return Publication(assessed_edition(report, package_schemas(folder)))


def page(pages, address: str):
    return next(each for each in pages if each.address == address)
