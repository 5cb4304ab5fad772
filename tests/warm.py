"""The command line in a process of its own, forked from one that has brought in libraries and code already.

A command takes a second to bring them in, most of what a check of a small package costs. Every command run here is a
process of its own all the same, and knows nothing of those before it. Where a process cannot be forked, or is to begin
in another folder or environment than this one, it starts anew. The verbs are never there before: they say their options
in the language that is chosen as a process begins.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import random
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

LIBRARIES = (
    "typer", "rich.console", "rich.table", "frictionless", "yaml", "jinja2", "altair", "icalendar", "xlsxwriter",
    "fontTools.ttLib", "PIL.Image", "markdown", "pymdownx", "babel.dates", "mkdocs.config", "pygments.lexers",
    "openpyxl", "http.client", "concurrent.futures.process", "multiprocessing.spawn",
)  # fmt: skip
CODE = (
    "build", "checks", "assess", "explain", "report", "pages", "publish", "feeds", "forms", "exports", "search",
    "cards", "site.engine", "site.page_pool", "load.validate", "cards.draw", "charts.render", "importing", "starter",
)  # fmt: skip
ROOT = Path(__file__).resolve().parents[1]
# What a process reads once, as it begins.
BEGINNING = ("PYTHON", "LC_", "LANG", "TZ", "MALLOC_", "LD_")


class Warm:
    """Forks a process for each command, one after the other."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        command = [sys.executable, str(Path(__file__).resolve()), str(theirs.fileno())]
        self.environment = dict(os.environ)
        alone = {**self.environment, "OPENBLAS_NUM_THREADS": "1"}  # the fewer threads when it forks, the better
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=alone, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL
        )
        theirs.close()
        self.line = ours.makefile("rw", encoding="utf-8")

    def can_begin_in(self, folder: Path, environment: Mapping[str, str]) -> bool:
        """Whether a forked process is what a new one would be in this folder and environment."""
        names = {name for name in {*environment, *self.environment} if name.startswith(BEGINNING)}
        return folder == ROOT and all(environment.get(name) == self.environment.get(name) for name in names)

    def run(
        self, arguments: Sequence[str], cwd: Path, environment: Mapping[str, str], timeout: float
    ) -> subprocess.CompletedProcess[str]:
        """Run `python -m build_scripts …`; gives its exit code and what it printed."""
        with tempfile.TemporaryDirectory() as folder:
            out, err = Path(folder, "out"), Path(folder, "err")
            given = {"arguments": [*arguments], "cwd": str(cwd), "environment": dict(environment)}
            self.line.write(json.dumps({**given, "out": str(out), "err": str(err), "timeout": timeout}) + "\n")
            self.line.flush()
            said = self.line.readline()
            assert said, "the process that forks has died"
            code = json.loads(said)
            assert code is not None, f"{arguments} took more than {timeout} s"
            printed, complained = (path.read_text(encoding="utf-8") for path in (out, err))
        return subprocess.CompletedProcess([*arguments], code, printed, complained)


_warm: list[Warm] = []


def run(
    arguments: Sequence[str], cwd: Path, environment: Mapping[str, str] | None = None, timeout: float = 600
) -> subprocess.CompletedProcess[str]:
    """`python -m build_scripts …` in the folder `cwd`."""
    environment = dict(os.environ if environment is None else environment)
    if hasattr(os, "fork"):
        if not _warm or _warm[0].process.poll() is not None:
            _warm[:] = [Warm()]
        if _warm[0].can_begin_in(cwd, environment):
            return _warm[0].run(arguments, cwd, environment, timeout)
    command = [sys.executable, "-m", "build_scripts", *arguments]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, encoding="utf-8", env=environment, check=False, timeout=timeout
    )


def _serve(line: Any) -> None:
    """Fork as long as somebody asks."""
    sys.path[0] = str(ROOT)
    for name in (*LIBRARIES, *(f"build_scripts.{part}" for part in CODE)):
        importlib.import_module(name)
    _use_libraries()
    while said := line.readline():
        asked = json.loads(said)
        child = os.fork()
        if not child:
            line.detach()
            _begin(asked)
        line.write(json.dumps(_end(child, asked["timeout"])) + "\n")
        line.flush()


def _use_libraries() -> None:
    """Have them make ready what they make once a process: frictionless its plugins, jsonschema its rules."""
    frictionless = importlib.import_module("frictionless")
    schema = frictionless.Schema.from_descriptor({"fields": [{"name": "one", "type": "string"}]})
    frictionless.Package(resources=[frictionless.Resource(name="one", data=[["one"], ["1"]], schema=schema)]).validate()
    importlib.import_module("build_scripts.locale.catalogue").has("")  # the words of the language nobody chose


def _end(child: int, timeout: float) -> int | None:
    """The exit code of a process; none when it did not end in time."""
    late = []

    def stop(_number: int, _frame: object) -> None:
        late.append(True)
        os.killpg(child, signal.SIGKILL)

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, timeout)
    _pid, status = os.waitpid(child, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    return None if late else os.waitstatus_to_exitcode(status)


def _begin(asked: Mapping[str, Any]) -> None:
    """Be the new process: its folder, its environment, its output, its main module."""
    os.setsid()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    random.seed()
    for number, path in ((1, asked["out"]), (2, asked["err"])):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, number)
        os.close(file)
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv = ["build_scripts", *asked["arguments"]]
    code = 1
    try:
        runpy.run_module("build_scripts", run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if not isinstance(end.code, int | None):
            sys.stderr.write(f"{end.code}\n")
    except BaseException:
        sys.excepthook(*sys.exc_info())  # a traceback where a new process would write one
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])).makefile("rw", encoding="utf-8"))
