"""How long the parts of a run take and how far each has come. Gets parts as they run, gives a list of them.

Whoever works says which part it is at, as one writes to a log; only while somebody listens is anything kept. Handing a
watch from stage to stage would put it into the signature of everything that takes a while.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

Item = TypeVar("Item")
# Where the interpreter begins to be ours; what came before is a few hundredths of a second.
_BEGUN = time.perf_counter()


@dataclass(slots=True)
class Part:
    """A part of a run: its name (`stage` or `stage-part`), how much is to be done and is, and what it took.

    `here` are the processor's seconds of this process, `elsewhere` those of processes that help it; `peak` is the most
    memory that this process had held when the part ended, in MB.
    """

    name: str
    total: int | None = None
    done: int = 0
    wall: float = 0.0
    here: float = 0.0
    elsewhere: float = 0.0
    peak: int = 0


class Listener(Protocol):
    """Whoever wants to know while it happens; called in the process that works, so it must be quick."""

    def begun(self, part: Part) -> None:
        """A part begins, or goes on."""

    def moved(self, part: Part) -> None:
        """Some more of it is done."""

    def ended(self, part: Part) -> None:
        """It has ended, well or not."""

    def rest(self) -> None:
        """Nothing happens until `go_on`: no thread may run meanwhile."""

    def go_on(self) -> None:
        """Something may happen again."""


@dataclass(slots=True)
class Watch:
    """All parts of one run, in the order in which they began, by name."""

    listeners: tuple[Listener, ...] = ()
    parts: dict[str, Part] = field(default_factory=dict)
    running: list[Part] = field(default_factory=list)

    def start(self, name: str, total: int | None) -> Part:
        """The part of this name inside the one that runs, new or the one of before."""
        whole = f"{self.running[-1].name}-{name}" if self.running else name
        part = self.parts.setdefault(whole, Part(whole))
        if total is not None:
            part.total = (part.total or 0) + total
        self.running.append(part)
        return part


_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watched(*listeners: Listener) -> Iterator[Watch]:
    """Keep what the parts take until the end of this block; what ran before it counts as the part `start`."""
    watch = Watch(listeners)
    begun = time.perf_counter() - _BEGUN
    watch.parts["start"] = Part("start", wall=begun, here=time.process_time(), peak=most_memory())
    before = _watch.set(watch)
    try:
        yield watch
    finally:
        _watch.reset(before)


@contextmanager
def resting() -> Iterator[None]:
    """Whoever listens rests meanwhile, so that this process can be copied."""
    watch = _watch.get()
    listeners = watch.listeners if watch else ()
    for each in listeners:
        each.rest()
    try:
        yield
    finally:
        for each in listeners:
            each.go_on()


def unwatched() -> None:
    """Nobody listens any more: a copy of a process that is watched has no bars to show."""
    _watch.set(None)


@contextmanager
def part(name: str, total: int | None = None) -> Iterator[None]:
    """The block is a part of the run; `total` is how many things are to be done in it, if that is known."""
    watch = _watch.get()
    if watch is None:
        yield
        return
    this = watch.start(name, total)
    for each in watch.listeners:
        each.begun(this)
    wall, here = time.perf_counter(), time.process_time()
    try:
        yield
    finally:
        this.wall += time.perf_counter() - wall
        this.here += time.process_time() - here
        this.peak = most_memory()
        watch.running.pop()
        for each in watch.listeners:
            each.ended(this)


def most_memory() -> int:
    """The most memory this process has held so far, in MB; 0 where the system does not say."""
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024**2 if sys.platform == "darwin" else 1024)


def step(count: int = 1, elsewhere: float = 0.0) -> None:
    """So much more of the part that runs is done; `elsewhere` are the seconds it took other processes."""
    watch = _watch.get()
    if watch is None or not watch.running:
        return
    this = watch.running[-1]
    this.done += count
    for each in watch.running:
        each.elsewhere += elsewhere
    for listener in watch.listeners:
        listener.moved(this)


def counted(items: Iterable[Item]) -> Iterator[Item]:
    """The same items, each a step of the part that runs."""
    for item in items:
        yield item
        step()
