"""Keeps a site in step with its sources while it is looked at: watches, lets a warm process build, tells open pages.

The process that builds is another one. It keeps libraries and what they learnt from build to build, is started anew
when our code has changed, and may fall over an edit without taking the pages along.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread

from watchfiles import watch

from build_scripts.core.settings import CODE, CONFIG, LEDGER, REDIRECTS, Settings
from build_scripts.site.live_server import LiveServer
from build_scripts.site.serve import Sources, watched, with_our_code

_BUILDER = "build_scripts.cli.rebuild"
_LAST_WORDS = 30


class Builder:
    """The warm process: started when it is first needed, and again after it was stopped or has died."""

    def __init__(self, options: Sequence[str | None], module: str = _BUILDER) -> None:
        self._command = [sys.executable, "-m", module, json.dumps(list(options))]
        self._process: subprocess.Popen[str] | None = None
        self._said: deque[str] = deque(maxlen=_LAST_WORDS)

    def build(self) -> list[str]:
        """Build once; gives the lines that say what is wrong, none if all went well."""
        process = self._process or self._start()
        try:
            print("build", file=process.stdin, flush=True)
            answer = process.stdout.readline() if process.stdout else ""
        except BrokenPipeError:
            answer = ""
        if answer:
            return [str(line) for line in json.loads(answer)["problems"]]
        self.stop()
        return list(self._said) or [_BUILDER]

    def stop(self) -> None:
        """End the process; the next build starts another."""
        if self._process:
            self._process.terminate()
            self._process.wait()
            self._reader.join()
        self._process = None

    def _start(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter with arguments from us
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**with_our_code(), "PYTHONUTF8": "1"},
            encoding="utf-8",
            errors="replace",
        )
        self._said.clear()
        self._reader = Thread(target=self._listen, args=(process,), daemon=True)
        self._reader.start()
        self._process = process
        return process

    def _listen(self, process: subprocess.Popen[str]) -> None:
        """Pass on what the process says, and remember the end of it: its last words, should it die."""
        for line in process.stderr or ():
            sys.stderr.write(line)
            sys.stderr.flush()
            self._said.append(line.rstrip())


def keep_in_step(
    settings: Settings, server: LiveServer, builder: Builder, done: Callable[[Sequence[str]], None]
) -> None:
    """Build now and after every change, until interrupted; `done` is called after each with what is wrong."""

    def build() -> None:
        server.tell(building=True)
        problems = builder.build()
        server.tell(building=False, problems=tuple(problems))
        done(problems)

    beside = _beside(settings)
    try:
        build()
        folders = watched(settings)
        for changes in watch(*folders, watch_filter=Sources(), yield_on_timeout=True, rust_timeout=500, debounce=400):
            before, beside = beside, _beside(settings)
            if not changes and beside == before:
                continue
            if any(Path(path).is_relative_to(CODE) for _, path in changes):
                builder.stop()
            build()
    finally:
        builder.stop()


def _beside(settings: Settings) -> list[bytes]:
    """The settings and records that lie beside the watched folders; watching their folder would mean watching all."""
    files = [settings.root / name for name in (CONFIG, LEDGER, REDIRECTS)]
    return [path.read_bytes() if path.is_file() else b"" for path in files]
