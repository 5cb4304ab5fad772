"""Shares the pages of a build among processes: each brings up MkDocs for itself, what comes back is put together here.

Pages are dealt out in batches; the process that asked takes from the other end of the row meanwhile. If a helper dies,
its batches are made here: helpers write nothing but pages of the new site and records, each whole or not at all.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from build_scripts.core.kept import key_of
from build_scripts.site.csp import Guard
from build_scripts.site.finish import finished
from build_scripts.site.last_site import LastSite, NewSite
from build_scripts.site.mkdocs_project import listening, open_project
from build_scripts.site.page_maker import PageMaker
from build_scripts.site.page_records import Shelf

# Below this many pages, bringing up MkDocs once more costs more than it saves.
POOL_FROM = 240
_BATCH = 12
Page = dict[str, Any]


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
    """Pages made: what is to be known of each, and what was warned of.

    `seconds` are those of another process that made them.
    """

    pages: dict[str, Page] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    wrong: tuple[str, ...] = ()
    leans_on_others: bool = False
    seconds: float = 0.0


def make_page(maker: PageMaker, site: NewSite, guard: Guard, file: Any) -> Page:  # noqa: ANN401 - a file of MkDocs
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


def processors() -> int:
    """How many processes this one may have at work at a time."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # no such thing on this system
        return os.cpu_count() or 1


class Helpers(AbstractContextManager["Helpers"]):
    """Other processes at work on a row of pages."""

    def __init__(self, bench: Bench, names: Sequence[str], helpers: int) -> None:
        self._pool = ProcessPoolExecutor(helpers, get_context("spawn"), _bring_up, (bench,))
        parts = [list(names[start : start + _BATCH]) for start in range(0, len(names), _BATCH)]
        self._row = [(part, self._pool.submit(_make, part)) for part in parts]

    def batches(self, make_here: Callable[[Iterable[str]], Batch]) -> Iterator[Batch]:
        """All pages; those that no helper has begun are made here, from the end of the row."""
        begun: list[tuple[list[str], Future[Batch]]] = []
        while self._row:
            names, result = self._row.pop()
            if result.cancel():
                yield make_here(names)
            else:
                begun.append((names, result))
        for names, result in begun:
            try:
                yield result.result()
            except BrokenProcessPool:
                yield make_here(names)

    def __exit__(self, *_failure: object) -> None:
        """Let the helpers go, whatever became of the build."""
        self._pool.shutdown(wait=True, cancel_futures=True)


class _Helper:
    """What one helping process keeps from batch to batch."""

    def __init__(self, bench: Bench) -> None:
        with listening() as heard:
            project = open_project(bench.config, bench.new, bench.store)
            if project is None:
                raise ValueError(bench.config)
            self.maker = PageMaker(project, Shelf(bench.store), heard)
        self.heard = heard
        self.counted = 0.0
        self.guard = bench.guard
        self.site = NewSite(bench.new, bench.last)

    def make(self, names: Iterable[str]) -> Batch:
        """Make these pages."""
        self.heard.clear()
        batch = Batch(heard=self.heard)
        with listening(self.heard):
            for name in names:
                file = self.maker.project.files.get_file_from_path(name)
                batch.pages[name] = make_page(self.maker, self.site, self.guard, file)
        batch.wrong = self.guard.wrong
        batch.leans_on_others = self.maker.leans_on_others()
        batch.seconds, self.counted = time.process_time() - self.counted, time.process_time()
        return batch


_helper: list[_Helper] = []


def _bring_up(bench: Bench) -> None:
    """Begin a helping process."""
    _helper[:] = [_Helper(bench)]


def _make(names: list[str]) -> Batch:
    """One batch, in a helping process."""
    return _helper[0].make(names)
