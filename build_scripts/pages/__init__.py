"""Gets the report, charts and downloads, gives every generated page as a typed view.

`PAGES` is the registry. To add a page kind: `pages/<kind>.py` with a View and `pages(given)`, its template
`templates/pages/<kind>.md.j2`, its test, and a line below.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from itertools import chain

from build_scripts.core.records import Link, Page
from build_scripts.pages import (
    bulletin,
    bulletins,
    calendar,
    data,
    dictionary,
    forms,
    home,
    indicator,
    letters_page,
    method,
    organisation,
    plan,
    plan_text,
    problems,
    project,
    publications,
    quality,
    region,
    revisions,
    search_page,
    searches,
    source,
    target,
    targets,
    unit,
    whole_report,
    withdrawn,
    works,
)
from build_scripts.pages.embeds import EmbedView, embed_views
from build_scripts.pages.figures import chart_specs
from build_scripts.pages.file_list import files_page
from build_scripts.pages.heads import apart
from build_scripts.pages.redirects import Redirect, read_redirects, redirects
from build_scripts.pages.sections import absent
from build_scripts.pages.site_data import SiteData
from build_scripts.report.reach import reach_words

PAGES: tuple[Callable[[SiteData], Iterator[Page]], ...] = (
    home.pages,
    plan.pages,
    plan_text.pages,
    project.pages,
    works.pages,
    targets.pages,
    target.pages,
    withdrawn.pages,
    indicator.pages,
    region.pages,
    unit.pages,
    source.pages,
    forms.pages,
    problems.pages,
    letters_page.pages,
    calendar.pages,
    organisation.pages,
    quality.pages,
    search_page.pages,
    searches.pages,
    revisions.pages,
    dictionary.pages,
    method.pages,
    bulletins.pages,
    bulletin.pages,
    publications.pages,
    data.pages,
    whole_report.pages,
)


def build_pages(given: SiteData) -> Iterator[Page]:
    """All generated pages of the site, in registry order; each says how far the record reaches."""
    words, without = reach_words(given.report), absent(given)
    made = chain.from_iterable(pages(given) for pages in PAGES)
    there = (page for page in made if page.address not in without)
    yield from apart(
        replace(page, reach=page.reach or words, absent=without, crumbs=_led_by(page, without)) for page in there
    )


def _led_by(page: Page, without: Collection[str]) -> tuple[Link, ...]:
    """The crumbs of a page that lead to pages there are."""
    return tuple(each for each in page.crumbs if each.address not in without)


__all__ = [
    "PAGES",
    "EmbedView",
    "Redirect",
    "SiteData",
    "build_pages",
    "chart_specs",
    "embed_views",
    "files_page",
    "read_redirects",
    "redirects",
]
