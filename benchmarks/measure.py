"""Runs a command and measures it: the clock, all processors, the most memory any of its processes held."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """One run: seconds by the clock, seconds of all processors, MB of its largest process, its exit code."""

    wall: float
    cpu: float
    peak: int
    code: int


def environment() -> dict[str, str]:
    """The environment of what is measured: compiled modules are kept, as they are unless somebody says otherwise."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def measured(command: list[str], folder: Path, log: Path) -> Run:
    """Run a command in `folder`, its output into `log`.

    Raises:
        SystemExit: it failed; its last lines are in the message.
    """
    begun = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT, env=environment())
        _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)}:\n" + "\n".join(log.read_text(encoding="utf-8").splitlines()[-20:]))
    scale = 1024 if sys.platform != "darwin" else 1024**2
    return Run(time.monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // scale, process.returncode)


def machine() -> str:
    """What the figures were measured on, in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        lines = [line for line in info.read_text(encoding="utf-8").splitlines() if line.startswith("model name")]
        name = lines[0].partition(":")[2].strip() if lines else name
    python = platform.python_version()
    return f"{name}, {os.cpu_count()} processors, {memory:.0f} GB, Python {python}, load {os.getloadavg()[0]:.1f}"
