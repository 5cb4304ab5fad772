"""Which feeds there are. Gets the report, the bulletins and what is known of the site, gives one artifact a feed."""

from __future__ import annotations

from collections.abc import Iterator

from build_scripts.bulletins import Digest
from build_scripts.core.identity import Site
from build_scripts.core.records import Artifact
from build_scripts.feeds.atom import Feed, atom
from build_scripts.feeds.entries import (
    Entry,
    bulletin_entries,
    newest_first,
    publication_entries,
    revision_entries,
)
from build_scripts.locale import sentences, t
from build_scripts.pages import feedlinks, parts
from build_scripts.report import Report

OWNER = "feeds"
# A program asks for a feed again and again: each holds the newest entries only.
KEPT = 200
_LISTED = frozenset({"revisions", "bulletins"})


def feed_files(report: Report, digests: tuple[Digest, ...], site: Site) -> Iterator[Artifact]:
    """Every feed of the site; one without entries is valid too and waits for its first."""
    name = str(report.package.meta.get("name") or "plan-progress")
    for feed in _feeds(report, digests):
        yield Artifact(feed.path, atom(feed, site, name), OWNER)


def _feeds(report: Report, digests: tuple[Digest, ...]) -> Iterator[Feed]:
    package = report.package
    since = min((plan.issued_on for plan in package.plans), default=report.as_of)
    published = newest_first(publication_entries(report, KEPT + 1))

    def feed(path: str, kind: str, page: str, entries: tuple[Entry, ...], key: str = "", name: str = "") -> Feed:
        words = {"name": name} if name else {}
        title, subtitle = t(f"feeds.{kind}.title", **words), t(f"feeds.{kind}.subtitle", **words)
        # What the page lists whole is looked up there, all else in the tables.
        rest = "" if len(entries) <= KEPT else page if kind in _LISTED else "data/"
        if rest:
            where = "page" if kind in _LISTED else "tables"
            subtitle = sentences([subtitle, t(f"feeds.newest.{where}", count=KEPT)])
        return Feed(path, key or kind, title, subtitle, page, since, entries[:KEPT], rest)

    yield feed(feedlinks.UPDATES, "updates", "", published)
    yield feed(feedlinks.REVISIONS, "revisions", "data/revisions/", newest_first(revision_entries(report)))
    yield feed(feedlinks.BULLETINS, "bulletins", "bulletins/", newest_first(bulletin_entries(digests)))
    for project in package.projects:
        own = tuple(entry for entry in published if project.project_id in entry.project_ids)
        link, path = parts.project_link(project), feedlinks.project_feed(project.project_id)
        yield feed(path, "project", link.address, own, f"project|{project.project_id}", link.label)
    for region in package.regions:
        own = tuple(entry for entry in published if region.region_id in entry.region_ids)
        link, path = parts.region_link(region), feedlinks.region_feed(region.region_id)
        yield feed(path, "region", link.address, own, f"region|{region.region_id}", link.label)
