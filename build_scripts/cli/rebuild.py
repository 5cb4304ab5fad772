"""The process behind `serve` that stays warm: builds whenever it reads a line, says in one line how that went.

Started anew when our code has changed, so that what it holds in memory is never older than what it was started from.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from build_scripts.cli.build import bring_up_to_date
from build_scripts.cli.options import settings
from build_scripts.cli.plain import Plain
from build_scripts.core.collector import collect_rarely, tidy_up
from build_scripts.core.errors import BuildError, DataError
from build_scripts.core.language import choose, use
from build_scripts.core.memory import remembering
from build_scripts.core.settings import Settings
from build_scripts.locale import t

# Nobody is kept waiting while this process tidies up: it does so when it has not been asked for so long.
_PAUSE_S = 1.0


def main() -> None:
    """Build once a line read, until there is none."""
    collect_rarely()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us decides
    package, as_of, out, known = json.loads(sys.argv[1])
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever a library prints is no answer
    console = Plain(stderr=True)
    with remembering() as memory:
        while sys.stdin.readline():
            begun = time.monotonic()
            wrong = _build(lambda: settings(Path(package), as_of, Path(out), known=known), console)
            answers.write(json.dumps({"problems": wrong, "seconds": round(time.monotonic() - begun, 1)}) + "\n")
            answers.flush()
            memory.turn()
            if not _is_asked(_PAUSE_S):
                tidy_up()


def _is_asked(within: float) -> bool:
    """Whether the next line comes so soon; a system that cannot say so says no."""
    try:
        return bool(select.select([sys.stdin], [], [], within)[0])
    except OSError:
        return False


def _build(chosen: Callable[[], Settings], console: Console) -> list[str]:
    """Build once; gives the lines that say what is wrong, none if all went well."""
    try:
        asked = chosen()
        use(choose(None, asked.package_dir))
        bring_up_to_date(asked, console, lambda: console.print(t("site.run.waiting", path=asked.out_dir)))
    except DataError as failure:
        return [str(problem) for problem in failure.problems]
    except BuildError as failure:
        return str(failure).splitlines()
    except Exception:  # edited code may raise anything, and whoever edits it wants to see where
        return traceback.format_exc().splitlines()
    return []


if __name__ == "__main__":
    main()
