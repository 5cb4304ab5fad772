"""Other processes at work for this one: gets jobs that can be done in any order, gives their results in order.

One crew serves a whole run. Where it can, it makes a copy of this process for each row of jobs: the copy knows all that
is known here, so nothing is sent but results. Whoever asks goes on meanwhile and later takes from the same row. Copies
are made only of a process with a single thread, for another's locks would stay shut in them; whoever has more threads
gets processes started anew, to which jobs are sent (on a Dask cluster, too: `core.dask_crew`). Should a process die, or
a job fail in it, the job is done here: jobs give results and write nothing but whole files.
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, suppress
from functools import partial
from multiprocessing import get_context
from typing import IO, Any, Generic, TypeVar

from build_scripts.core.collector import collect_rarely
from build_scripts.core.language import in_force, in_language
from build_scripts.core.stopwatch import resting, step, unwatched

Job = TypeVar("Job")
Result = TypeVar("Result")
# `PR_SET_PDEATHSIG` of Linux.
_DEATH_SIGNAL = 1
# So many bytes hold the place of a batch, and so many batches a row has at the most: all fit into a pipe.
_PLACE, _LONGEST = 4, 10_000
# Everybody waits for the process that is helped: it comes first where processors are short.
_GIVES_WAY = 10


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

    # Whether the processes are there already: then a few jobs are worth sending out, too.
    is_there = False

    def __init__(self, helpers: int | None = None) -> None:
        self.helpers = processors() - 1 if helpers is None else helpers
        self._pool: ProcessPoolExecutor | None = None
        self._at_work: set[Copied[Any, Any]] = set()

    def copies(self) -> bool:
        """Whether the next jobs go to copies of this process, which know what it knows."""
        if not self.helpers:
            return False
        with resting():
            return may_copy()

    def share(
        self,
        work: Callable[[list[Job]], list[Result]],
        jobs: Sequence[Job],
        batch: int,
        alone: int = 0,
        here: Callable[[list[Job]], list[Result]] | None = None,
    ) -> Shared[Job, Result]:
        """Have `jobs` done in batches of this size by `work`, a function of a module, and go on meanwhile.

        Up to `alone` jobs are all done here: so few are not worth another process. `here` does a job in this process
        and in copies of it, `work` where it is not given.
        """
        batch = max(batch, len(jobs) // _LONGEST + 1)
        row = [list(jobs[start : start + batch]) for start in range(0, len(jobs), batch)]
        if not self.helpers or len(jobs) <= (0 if self.is_there else alone):
            return Shared(here or work, row)
        if self.copies():
            return Copied(here or work, row, min(self.helpers, len(row)), self._at_work)
        return Sent(here or work, row, [self._start(work, part) for part in row])

    def aside(self, make: Callable[[], Result]) -> Callable[[], Result]:
        """Have a copy of this process make something meanwhile; gives what waits for it.

        Where there are no copies it is made here, when it is asked for.
        """
        if not self.copies():
            return make
        shared: Copied[int, Result] = Copied(lambda _job: [make()], [[0]], 1, self._at_work)
        return lambda: shared.collected()[0]

    def beside(self, makes: Sequence[Callable[[], Result]]) -> Callable[[], list[Result]]:
        """Have copies of this process make several things meanwhile; gives what waits for them and makes the rest.

        Where there are no copies all are made here, when they are asked for.
        """
        row = [[make] for make in makes]
        if not self.copies():
            return Shared(_made, row).results
        return Copied(_made, row, min(self.helpers, len(row)), self._at_work).results

    def _start(self, work: Callable[[list[Job]], list[Result]], part: list[Job]) -> Future[Done[Result]] | None:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.helpers, get_context("spawn"), _begin, (os.getpid(),))
        try:
            return self._pool.submit(_timed, partial(in_language, in_force(), work), part)
        except BrokenProcessPool:
            self._pool = None
            return None

    def __exit__(self, *_failure: object) -> None:
        """Let the processes go, whatever became of the run."""
        for row in tuple(self._at_work):
            row.end()
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _made(makes: list[Callable[[], Result]]) -> list[Result]:
    return [make() for make in makes]


# The results of a batch, and the processor's seconds that they took.
Done = tuple[list[Result], float]


class Shared(Generic[Job, Result]):
    """A row of jobs, in batches; this one is done here when its results are asked for, which is once."""

    def __init__(self, do: Callable[[list[Job]], list[Result]], row: list[list[Job]]) -> None:
        self._do = do
        self._row = row
        self._made: dict[int, list[Result]] = {}

    def results(self) -> list[Result]:
        """All results in the order of the jobs."""
        for place in range(len(self._row)):
            if place not in self._made:
                self._here(place)
        return [result for place in range(len(self._row)) for result in self._made[place]]

    def _here(self, place: int) -> None:
        self._made[place] = self._do(self._row[place])
        step(len(self._row[place]))

    def _given(self, place: int, done: Done[Result]) -> None:
        self._made[place], seconds = done
        step(len(self._row[place]), seconds)


class Copied(Shared[Job, Result]):
    """A row at which copies of this process are at work: each takes the next batch from a pipe that holds their places.

    A copy writes what it makes into a file of its own, which is read when it has ended.
    """

    def __init__(
        self,
        do: Callable[[list[Job]], list[Result]],
        row: list[list[Job]],
        copies: int,
        at_work: set[Copied[Any, Any]],
    ) -> None:
        super().__init__(do, row)
        self._places: int | None
        self._places, end = os.pipe()
        os.write(end, b"".join(place.to_bytes(_PLACE, "big") for place in range(len(row))))
        os.close(end)
        self._at_work = at_work
        at_work.add(self)
        self._copies: list[tuple[int, IO[bytes]]] = []
        with resting(), suppress(OSError):  # a system that has no room for another process
            for _ in range(copies):
                self._copies.append(self._copy())

    def _copy(self) -> tuple[int, IO[bytes]]:
        """A copy at work, and the file it writes into."""
        parent, out = os.getpid(), tempfile.TemporaryFile()  # noqa: SIM115 - closed when it has been read
        copy = os.fork()
        if not copy:
            try:
                _settle(parent)
                for place in self._next():
                    pickle.dump((place, _timed(self._do, self._row[place])), out)
                out.flush()
            finally:  # whatever failed is done again by whoever asks, and told there
                os._exit(0)
        return copy, out

    def _next(self) -> Iterator[int]:
        while self._places is not None and (place := os.read(self._places, _PLACE)):
            yield int.from_bytes(place, "big")

    def results(self) -> list[Result]:
        """All results in the order of the jobs; what no copy has begun is done here meanwhile."""
        for place in self._next():
            self._here(place)
        return self.collected()

    def collected(self) -> list[Result]:
        """All results, by the copies alone if they can."""
        while self._copies:
            copy, out = self._copies.pop()
            os.waitpid(copy, 0)
            with out:
                for place, done in _written(out):
                    self._given(place, done)
        self.end()
        return super().results()

    def end(self) -> None:
        """Let the copies go, whatever they are at."""
        for copy, out in self._copies:
            os.kill(copy, signal.SIGKILL)
            os.waitpid(copy, 0)
            out.close()
        self._copies.clear()
        if self._places is not None:
            os.close(self._places)
        self._places = None
        self._at_work.discard(self)


def _written(out: IO[bytes]) -> Iterator[tuple[int, Done[Any]]]:
    """What a copy has written, to its end or to what cannot be read: that is made here, like what was never begun."""
    out.seek(0)
    with suppress(Exception):
        while True:
            yield pickle.load(out)  # noqa: S301 - written by a copy of this process


class Sent(Shared[Job, Result]):
    """A row that was sent to other processes; what none of them has begun is done here, from the end."""

    def __init__(
        self,
        do: Callable[[list[Job]], list[Result]],
        row: list[list[Job]],
        begun: list[Future[Done[Result]] | None],
    ) -> None:
        super().__init__(do, row)
        self._begun = begun

    def results(self) -> list[Result]:
        """All results in the order of the jobs."""
        for place, future in reversed(list(enumerate(self._begun))):
            if future is None or future.cancel():
                self._here(place)
        for place, future in enumerate(self._begun):
            if future is not None and not future.cancelled():
                with suppress(BrokenProcessPool):
                    self._given(place, future.result())
        return super().results()


def _settle(parent: int) -> None:
    """A copy settles in: it ends when its parent does, gives way to it, and leaves what it was given with it alone."""
    _end_with(parent)
    os.nice(_GIVES_WAY)
    gc.freeze()
    collect_rarely()
    unwatched()


def _begin(parent: int) -> None:
    """A process started anew begins: it ends when its parent does, which alone is asked to stop (`Ctrl-C`)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with(parent)
    collect_rarely()


def _end_with(parent: int) -> None:
    """End this process with its parent, however that ends: nobody else would tell it to."""
    try:
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
    except (OSError, AttributeError, TypeError):  # another system
        return
    if os.getppid() != parent:
        os._exit(1)


def _timed(work: Callable[[list[Job]], list[Result]], part: list[Job]) -> Done[Result]:
    """A batch done, and the processor's seconds it took."""
    before = time.process_time()
    return work(part), time.process_time() - before
