"""A Python that lacks what the program needs: which one it is, what it lacks, what to run. Standard library only."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from build_scripts.core.settings import ROOT
from build_scripts.locale import t

_VENV = ".venv"


def lacking(failure: ImportError, arguments: Sequence[str]) -> str | None:
    """The line about a package that cannot be brought in; None where what is missing is our own or Python's."""
    name = failure.name or ""
    package = name.partition(".")[0]
    if package in {"", "build_scripts", *sys.stdlib_module_names}:
        return None
    kind = "missing" if isinstance(failure, ModuleNotFoundError) else "other"
    return t(f"errors.lacking.{kind}", python=sys.executable, name=name, run=_to_run(arguments))


def _to_run(arguments: Sequence[str]) -> str:
    """What to type instead: with the project's own Python, which is made first where it is not there or lacks it."""
    own = ROOT / _VENV / "bin" / "python"
    ours = Path(sys.prefix).resolve() == (ROOT / _VENV).resolve()
    there = Path.cwd().resolve() == ROOT
    typed = shlex.join([f"{_VENV}/bin/python" if there else str(own), "-m", "build_scripts", *arguments])
    if own.exists() and not ours:
        return typed
    folder = "" if there else f" -C {shlex.quote(str(ROOT))}"
    return f"make{folder} {'distclean ' if ours else ''}setup && {typed}"
