"""Runs a verb and turns every known failure into lines and an exit code."""

from __future__ import annotations

from typer.exceptions import Abort, TyperException

from build_scripts.cli.plain import Plain
from build_scripts.cli.usage import usage_lines
from build_scripts.cli.verbs import app
from build_scripts.core.collector import collect_rarely
from build_scripts.core.errors import BuildError, DataError, reason_of
from build_scripts.locale import t


def unreachable(failure: OSError) -> str:
    """What could not be read or written, and why, in a line."""
    path = failure.filename or t("errors.a_file")
    return t("errors.unreachable", path=path, reason=reason_of(failure))


def run() -> int:
    """Run the command line; gives the exit code of the data contract, never a traceback for a user's mistake."""
    collect_rarely()
    errors = Plain(stderr=True)
    try:
        code = app(standalone_mode=False)
    except TyperException as failure:
        for line in usage_lines(failure):
            errors.print(line)
        return getattr(failure, "exit_code", 2)
    except Abort:
        errors.print(t("usage.aborted"))
        return 1
    except DataError as failure:
        for problem in failure.problems:
            errors.print(str(problem))
        return failure.exit_code
    except BuildError as failure:
        errors.print(str(failure))
        return failure.exit_code
    except BrokenPipeError:
        raise
    except OSError as failure:
        errors.print(unreachable(failure))
        return 1
    return code if isinstance(code, int) else 0
