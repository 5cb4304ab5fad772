"""Other processes at work for this one: gets jobs that can be done in any order, gives their results in order.

One crew serves a whole run: charts, cards and pages. Its processes start when they are first asked for something and
keep what they have learnt. Whoever asks goes on meanwhile and later does what nobody has begun, from the end of the
row. Should a process die, its jobs are done here: jobs give results and write nothing but whole files.

A run that will want them starts them first of all, as copies of itself (`begin`): they need not bring in every library
once more. Copies are made only of a process with a single thread, for another's locks would stay shut in them.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, suppress
from functools import partial
from multiprocessing import get_context
from typing import Generic, TypeVar

from build_scripts.core.collector import collect_rarely
from build_scripts.core.language import in_force, in_language
from build_scripts.core.stopwatch import step

Job = TypeVar("Job")
Result = TypeVar("Result")
# `PR_SET_PDEATHSIG` of Linux.
_DEATH_SIGNAL = 1


def processors() -> int:
    """How many processes this one may have at work at a time."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # no such thing on this system
        return os.cpu_count() or 1


def may_copy() -> bool:
    """Whether this process may be copied as it stands: it has one thread, by the system's own count."""
    try:
        return len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208 - names are enough
    except OSError:  # no such thing on this system
        return False


class Crew(AbstractContextManager["Crew"]):
    """Up to `helpers` other processes; without any, everything is done here."""

    def __init__(self, helpers: int | None = None) -> None:
        self.helpers = processors() - 1 if helpers is None else helpers
        self._pool: ProcessPoolExecutor | None = None

    def begin(self) -> None:
        """Start the processes now, if they can be copies of this one; before a file is locked or a thread started."""
        if self.helpers and self._pool is None and may_copy():
            self._pool = ProcessPoolExecutor(self.helpers, get_context("fork"), _settle, (os.getpid(),))
            self._pool.submit(os.getpid)

    def share(
        self, work: Callable[[list[Job]], list[Result]], jobs: Sequence[Job], batch: int, alone: int = 0
    ) -> Shared[Job, Result]:
        """Have `jobs` done in batches of this size by `work`, a function of a module, and go on meanwhile.

        Up to `alone` jobs are all done here: so few are not worth another process.
        """
        parts = [list(jobs[start : start + batch]) for start in range(0, len(jobs), batch)]
        if not self.helpers or len(jobs) <= alone:
            return Shared(work, [(part, None) for part in parts])
        return Shared(work, [(part, self._start(work, part)) for part in parts])

    def _start(self, work: Callable[[list[Job]], list[Result]], part: list[Job]) -> Future[Done[Result]] | None:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.helpers, get_context("spawn"), collect_rarely)
        try:
            return self._pool.submit(_timed, partial(in_language, in_force(), work), part)
        except BrokenProcessPool:
            self._pool = None
            return None

    def __exit__(self, *_failure: object) -> None:
        """Let the processes go, whatever became of the run."""
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _settle(parent: int) -> None:
    """A copy settles in: it ends when its parent does, and leaves what it was given with it alone."""
    with suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    gc.freeze()
    collect_rarely()


Done = tuple[list[Result], float]


class Shared(Generic[Job, Result]):
    """Jobs at work: `results` waits for them, and does here what nobody has begun."""

    def __init__(
        self,
        work: Callable[[list[Job]], list[Result]],
        row: list[tuple[list[Job], Future[Done[Result]] | None]],
    ) -> None:
        self._work = work
        self._row = row

    def results(self, here: Callable[[list[Job]], list[Result]] | None = None) -> list[Result]:
        """All results in the order of the jobs; `here` does a job in this process, `work` where it is not given."""
        do = here or self._work
        made: dict[int, list[Result]] = {}
        for place in reversed(range(len(self._row))):
            part, begun = self._row[place]
            if begun is None or begun.cancel():
                made[place] = do(part)
                step(len(part))
        for place, (part, begun) in enumerate(self._row):
            if place not in made and begun is not None:
                made[place] = self._of_another(part, begun, do)
        return [result for place in range(len(self._row)) for result in made[place]]

    @staticmethod
    def _of_another(
        part: list[Job], begun: Future[Done[Result]], do: Callable[[list[Job]], list[Result]]
    ) -> list[Result]:
        try:
            results, seconds = begun.result()
        except BrokenProcessPool:
            results, seconds = do(part), 0.0
        step(len(part), seconds)
        return results


def _timed(work: Callable[[list[Job]], list[Result]], part: list[Job]) -> Done[Result]:
    """A batch done, and the processor's seconds it took."""
    before = time.process_time()
    return work(part), time.process_time() - before
