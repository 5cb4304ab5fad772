"""Atom feeds: all updates, each project's, each region's, revisions, bulletins. Gets the report, gives artifacts.

Same report, same bytes: entries are ordered by day and id, and every time in a feed is the day on which something was
new here: that of its publication, or, where it was found late, that on which it was recorded.
"""

from build_scripts.feeds.atom import Feed, atom
from build_scripts.feeds.entries import Entry, bulletin_entries, publication_entries, revision_entries
from build_scripts.feeds.feeds import feed_files

__all__ = [
    "Entry",
    "Feed",
    "atom",
    "bulletin_entries",
    "feed_files",
    "publication_entries",
    "revision_entries",
]
