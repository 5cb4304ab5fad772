"""Bulletins: what a month, quarter or year brought, told only from what was published by the bulletin's own day.

Gets a package and the site's day, gives one `Digest` a bulletin. A digest is made from what had been published by its
day and recorded by its release (`asof`), so whatever comes later leaves it, and the page made from it, as they were.
"""

from build_scripts.bulletins.digest import (
    Digest,
    GroupCount,
    News,
    NewsKind,
    StatusChange,
    digests,
)
from build_scripts.bulletins.later import Later, later
from build_scripts.bulletins.rhythm import Proposal, ProposalError, propose
from build_scripts.bulletins.summary import summary, title

__all__ = [
    "Digest",
    "GroupCount",
    "Later",
    "News",
    "NewsKind",
    "Proposal",
    "ProposalError",
    "StatusChange",
    "digests",
    "later",
    "propose",
    "summary",
    "title",
]
