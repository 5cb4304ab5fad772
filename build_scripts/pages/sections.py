"""Which sections a site has: what a government has none of gets no page, no tab and no link."""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts.pages.site_data import SiteData


def absent(given: SiteData) -> tuple[str, ...]:
    """The addresses of the sections that would have nothing in them."""
    return tuple(sorted(_absent(given)))


def _absent(given: SiteData) -> Iterator[str]:
    package = given.report.package
    if not package.projects:
        yield "projects/"
    if not package.units:
        yield "units/"
    if not package.tasks:
        yield "works/"
    if not package.tasks and not any(target.kind in ("milestone", "annual_task") for target in package.targets):
        yield "forms/tasks/"
    if package.government.information_request is None:
        yield "letters/"
    if not given.digests and not given.approvals:
        yield "bulletins/"
    if not given.digests and not any(project.kind in ORGANISED for project in package.projects):
        yield "organisation/"


# Kinds of project by which a plan says how its work is organised.
ORGANISED = frozenset(("mechanism", "platform", "coordination"))
