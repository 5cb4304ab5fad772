"""Shares the pages of a build among processes; what comes back is put together here.

A copy of this process has MkDocs as it is here, any other brings it up for itself.

Helpers write nothing but pages of the new site and records, each whole or not at all, so what one of them left undone
is made here.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from build_scripts.core.crew import Crew, Shared
from build_scripts.core.kept import key_of
from build_scripts.core.language import Later
from build_scripts.site.csp import Guard
from build_scripts.site.finish import finished
from build_scripts.site.last_site import KnownPage, LastSite, NewSite
from build_scripts.site.mkdocs_project import Document, listening, open_project, surroundings
from build_scripts.site.page_maker import PageMaker
from build_scripts.site.page_records import Shelf

# Up to this many pages, bringing up MkDocs once more costs more than it saves.
POOL_FROM = 240
_BATCH = 12
# Where to read what is to be done, and the names of pages.
Task = tuple[Path, list[str]]


@dataclass(frozen=True, slots=True)
class Bench:
    """What a process needs to make pages of one build."""

    config: Path
    new: Path
    last: LastSite
    store: Path
    guard: Guard


@dataclass(slots=True)
class Batch:
    """Pages made: what is to be known of each, and what was warned of."""

    pages: dict[str, KnownPage] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    wrong: tuple[Later, ...] = ()
    leans_on_others: bool = False
    hashes: dict[str, str] = field(default_factory=dict)


def make_page(maker: PageMaker, site: NewSite, guard: Guard, file: Document) -> KnownPage:
    """Make a page and put it into the site; gives what is to be known of it."""
    made = maker.record(file)
    html = maker.html(file, made.record)
    if html.strip():
        site.put(file.dest_uri, finished(file.dest_uri, html, guard))
    return {
        "drawn": key_of(made.key, maker.drawing),
        "answers": dict(made.answers),
        "anchors": made.record.anchors,
        "links": made.record.links,
    }


def share_pages(
    crew: Crew, bench: Bench, names: Sequence[str], note: Path, here: Callable[[list[Task]], list[Batch]]
) -> Shared[Task, Batch]:
    """Have these pages made by the crew, and by `here` in this process and its copies.

    What other processes need to know is left for them in the file `note`.
    """
    if not crew.helpers or len(names) <= POOL_FROM:
        return crew.share(_make, [(note, list(names))] if names else [], 1, alone=1, here=here)
    if not crew.copies():
        note.write_bytes(pickle.dumps((bench, dict(os.environ))))
    parts = [(note, list(names[start : start + _BATCH])) for start in range(0, len(names), _BATCH)]
    return crew.share(_make, parts, 1, here=here)


class _Helper:
    """What one helping process keeps from batch to batch."""

    def __init__(self, note: Path) -> None:
        bench, environment = pickle.loads(note.read_bytes())  # noqa: S301 - written by the process that started us
        with surroundings(environment), listening() as heard:
            project = open_project(bench.config, bench.new, bench.store)
            if project is None:
                raise ValueError(bench.config)
            self.maker = PageMaker(project, Shelf(bench.store), heard)
        self.environment = environment
        self.heard = heard
        self.guard = bench.guard
        self.site = NewSite(bench.new, bench.last)

    def make(self, names: Iterable[str]) -> Batch:
        """Make these pages."""
        self.heard.clear()
        batch = Batch(heard=self.heard)
        with surroundings(self.environment), listening(self.heard):
            for name in names:
                file = self.maker.project.document(name)
                batch.pages[name] = make_page(self.maker, self.site, self.guard, file)
        batch.wrong = self.guard.wrong
        batch.leans_on_others = self.maker.leans_on_others()
        batch.hashes = self.site.hashes
        return batch


_helper: dict[Path, _Helper] = {}


def _make(tasks: list[Task]) -> list[Batch]:
    """Batches of pages, in a helping process; what it knows of an earlier site is let go."""
    made = []
    for note, names in tasks:
        if note not in _helper:
            _helper.clear()
            _helper[note] = _Helper(note)
        made.append(_helper[note].make(names))
    return made
