"""Gets the report, gives every generated page as a typed view. A page kind is a module here and a template.

`PAGES` is the registry: to add a kind, write `pages/<kind>.py` with a View and `pages(report)`, its template
`templates/pages/<kind>.md.j2`, its test, and add its line below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from build_scripts.downloads import Download
from build_scripts.model import Page
from build_scripts.pages import data, home, indicator, plan, project, region, source, target, targets, unit
from build_scripts.report import Report

PAGES: tuple[Callable[[Report], Iterator[Page]], ...] = (
    home.pages,
    plan.pages,
    project.pages,
    targets.pages,
    target.pages,
    indicator.pages,
    region.pages,
    unit.pages,
    source.pages,
)


def build_pages(report: Report, downloads: Iterable[Download]) -> Iterator[Page]:
    """All generated pages of the site, in registry order."""
    yield from chain.from_iterable(pages(report) for pages in PAGES)
    yield from data.pages(report, downloads)


__all__ = ["PAGES", "build_pages"]
