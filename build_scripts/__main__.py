"""`python -m build_scripts VERB`: asks first, with the standard library alone, whether there is anything to do."""

from __future__ import annotations

import atexit
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import NoReturn

if sys.version_info < (3, 11):  # noqa: UP036 - no catalogue of words can be read by an older one
    sys.stderr.write(
        f"build_scripts needs Python 3.11 or newer, and {sys.executable} is {sys.version.split()[0]}; "
        "run: make setup && .venv/bin/python -m build_scripts\n"
    )
    sys.exit(2)

from build_scripts.cli.shortcut import nothing_to_do
from build_scripts.core.language import choose, use
from build_scripts.core.settings import DESCRIPTOR


def main() -> int:
    """Run the command line; gives the exit code of the data contract, never a traceback for a user's mistake."""
    _speak_utf8()
    use(choose(option(sys.argv[1:], "--language"), package_of(sys.argv[1:])))
    try:
        said = nothing_to_do(sys.argv[1:])
        if said is None:
            code: int = import_module("build_scripts.cli.run").run()
            return code
        sys.stdout.write("".join(f"{line}\n" for line in said))
        sys.stdout.flush()
    except ImportError as failure:
        line = import_module("build_scripts.cli.lacking").lacking(failure, sys.argv[1:])
        if line is None:
            raise
        sys.stderr.write(f"{line}\n")
        return 2
    except BrokenPipeError:
        # Whoever read our output has closed it (`| head`); the interpreter must not complain about it again on exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def package_of(arguments: Sequence[str]) -> Path:
    """The package a command is about: the one an option names, the one that stands by itself (`migrate`), or ours."""
    alone = (Path(each) for each in arguments[1:] if not each.startswith("-"))
    named = option(arguments, "--package")
    there = next((path for path in alone if (path / DESCRIPTOR).is_file()), Path("datapackage"))
    return Path(named) if named else there


def option(arguments: Sequence[str], name: str) -> str | None:
    """What an option is given on the command line, before anything knows which options there are."""
    for place, each in enumerate(arguments):
        if each == name:
            return arguments[place + 1] if place + 1 < len(arguments) else None
        if each.startswith(f"{name}="):
            return each.partition("=")[2]
    return None


def _speak_utf8() -> None:
    """Print UTF-8 whatever the locale says: a pipe on another system must not end in a traceback over 数.

    A stream that was closed when we began (`>&-`) goes nowhere: nobody who prints need ask whether there is one.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - for as long as we run
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def _read_utf8() -> None:
    """Begin anew with UTF-8 for names of files where Python was told to take them for something else.

    A name that it cannot read is carried along as single bytes, which no page, setting or message can hold.
    """
    if sys.getfilesystemencoding().lower().replace("-", "") != "utf8":
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 - ourselves


def _run() -> NoReturn:
    """Run the command line and end with its code, by `_end`.

    Python calls exit functions last in, first out, and no library is there yet: ours comes after all of theirs.
    """
    _read_utf8()
    codes: list[int] = []
    atexit.register(lambda: [_end(code) for code in codes])
    codes.append(main())
    sys.exit(codes[0])


def _end(code: int) -> NoReturn:
    """End at once: the system frees what is held, where Python takes half a second over a build."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            code = code or 1
        except OSError as failure:  # a full disk, mostly
            code = code or 1
            with suppress(OSError):
                sys.stderr.write(f"{import_module('build_scripts.cli.run').unreachable(failure)}\n")
    os._exit(code)


if __name__ == "__main__":
    _run()
