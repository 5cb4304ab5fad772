"""`python -m build_scripts VERB`: runs a verb and turns every known failure into lines and an exit code."""

from __future__ import annotations

import sys

from rich.console import Console

from build_scripts.cli import app
from build_scripts.errors import BuildError, DataError


def main() -> int:
    """Run the command line; gives the exit code of the data contract, never a traceback for a user's mistake."""
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
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
