"""Where the Atom feeds are: pages name the feed about their subject, `feeds` writes it there. Gets ids, gives paths."""

from __future__ import annotations

FOLDER = "feeds"
UPDATES = f"{FOLDER}/updates.xml"
REVISIONS = f"{FOLDER}/revisions.xml"
BULLETINS = f"{FOLDER}/bulletins.xml"


def project_feed(project_id: str) -> str:
    """The feed of what is published about one project."""
    return f"{FOLDER}/projects/{project_id}.xml"


def region_feed(region_id: str) -> str:
    """The feed of what is published about one region."""
    return f"{FOLDER}/regions/{region_id}.xml"
