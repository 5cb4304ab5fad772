"""`python -m build_scripts VERB`: runs a verb and turns every known failure into lines and an exit code."""

from __future__ import annotations

import io
import os
import sys

from rich.console import Console

from build_scripts.cli import app
from build_scripts.core.errors import BuildError, DataError


def main() -> int:
    """Run the command line; gives the exit code of the data contract, never a traceback for a user's mistake."""
    _speak_utf8()
    errors = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
    try:
        app(standalone_mode=True)
    except DataError as failure:
        for problem in failure.problems:
            errors.print(str(problem))
        return failure.exit_code
    except BuildError as failure:
        errors.print(str(failure))
        return failure.exit_code
    except BrokenPipeError:
        # Whoever read our output has closed it (`| head`); the interpreter must not complain about it again on exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as failure:
        errors.print(f"无法读写 {failure.filename or '文件'}：{failure.strerror or failure}；请检查权限和磁盘空间")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _speak_utf8() -> None:
    """Print UTF-8 whatever the locale says: a pipe on another system must not end in a traceback over 数."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
