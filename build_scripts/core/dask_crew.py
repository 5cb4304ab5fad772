"""A crew of workers on a Dask cluster, on this machine or others: as `Crew`, with processes that others started.

The workers need the same project, the same versions and the same folders (a shared file system). At most twice as many
batches as there are workers are out at a time; the rest wait here, where this process takes from their end. A batch
whose worker dies goes to another; one that cannot be done out there is done here.
"""

from __future__ import annotations

import hashlib
import time
from asyncio import CancelledError
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any

from build_scripts.core.crew import Crew, Done, Job, Result
from build_scripts.core.language import in_force, in_language

_PATIENCE = "20s"
_one_at_a_time = Lock()


class ClusterError(Exception):
    """No cluster to work with: the library `missing`, the scheduler `unreachable`, no `workers`, `other` code there."""


class DaskCrew(Crew):
    """The workers of the cluster whose scheduler has this address (`tcp://127.0.0.1:8786`).

    Raises:
        ClusterError: there is no such cluster, or it cannot do our work.
    """

    is_there = True

    def __init__(self, scheduler: str) -> None:
        try:
            distributed: Any = import_module("distributed")
        except ImportError as failure:
            raise ClusterError("missing") from failure
        try:
            self._client: Any = distributed.Client(scheduler, timeout=_PATIENCE, set_as_default=False)
            codes = self._client.run(our_code)
        except (OSError, ValueError, TimeoutError) as failure:
            raise ClusterError("unreachable") from failure
        except Exception as failure:  # the workers lack our modules: whatever unpickling makes of it
            self._client.close()
            raise ClusterError("other") from failure
        if not codes or set(codes.values()) != {our_code()}:
            self._client.close()
            raise ClusterError("other" if codes else "workers")
        super().__init__(len(codes))
        self._out = ThreadPoolExecutor(2 * len(codes), thread_name_prefix="cluster")

    def copies(self) -> bool:
        """Never: the workers are there, and know nothing of this process."""
        return False

    def _start(self, work: Callable[[list[Job]], list[Result]], part: list[Job]) -> Future[Done[Result]]:
        return self._out.submit(self._elsewhere, partial(in_language, in_force(), work), part)

    def _elsewhere(self, work: Callable[[list[Job]], list[Result]], part: list[Job]) -> Done[Result]:
        """One batch done by a worker; what is lost on the way is told as a broken pool, and done here."""
        distributed: Any = import_module("distributed")
        lost = (distributed.KilledWorker, distributed.client.FutureCancelledError, distributed.comm.CommClosedError)
        try:
            found: Done[Result] = self._client.submit(_alone, our_code(), work, part, pure=False).result()
        except (*lost, CancelledError, ClusterError) as failure:
            raise BrokenProcessPool(str(failure)) from failure
        return found

    def __exit__(self, *_failure: object) -> None:
        """Leave the cluster; its workers stay."""
        self._out.shutdown(wait=True, cancel_futures=True)
        self._client.close()


def _alone(code: str, work: Callable[[list[Job]], list[Result]], part: list[Job]) -> Done[Result]:
    """A batch done in a worker, one at a time however many threads it has, and the processor's seconds it took.

    Raises:
        ClusterError: a worker that came later has other code than whoever asks.
    """
    if code != our_code():
        raise ClusterError("other")
    with _one_at_a_time:
        before = time.process_time()
        return work(part), time.process_time() - before


@cache
def our_code() -> str:
    """A hash of all files of this program."""
    root = Path(__file__).parents[1]
    found = hashlib.sha256()
    for path in sorted(path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        found.update(f"{path.relative_to(root).as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()
