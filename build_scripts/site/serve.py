"""Serve the site on this machine and keep it in step with data, templates, words, code and `docs/`.

The site engine serves and reloads the browser; we watch the sources and restage after a change, in a process of its
own so that edited Python counts too. A change that does not build leaves the pages as they were.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

from build_scripts.core.errors import SiteError
from build_scripts.core.settings import CODE, CONFIG, THEME, Settings
from build_scripts.locale import t

HOST = "127.0.0.1"


class Sources(DefaultFilter):
    """What counts as a change: sources, not caches, drafts of editors, or anything under the build folder."""

    ignore_dirs = (*DefaultFilter.ignore_dirs, "build", ".cache")

    def __call__(self, change: Change, path: str) -> bool:
        """Whether `path` is worth a rebuild."""
        return super().__call__(change, path) and not Path(path).name.startswith((".", "~$"))


def watched(settings: Settings) -> tuple[Path, ...]:
    """The folders whose changes show on the site, those there are."""
    return tuple(folder for folder in (settings.package_dir, settings.docs_dir, CODE) if folder.is_dir())


def with_our_code() -> dict[str, str]:
    """The environment in which another Python finds our code, whichever folder it works in."""
    path = os.pathsep.join([str(CODE.parent), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {**os.environ, "PYTHONPATH": path}


def engine_command(settings: Settings, config: Path, port: int) -> list[str]:
    """The engine's own server for the derived configuration, on loopback only."""
    address = f"{HOST}:{port}"
    if settings.engine == "zensical":
        return [sys.executable, "-m", "zensical", "serve", "-f", str(config), "-a", address]
    options = ["--no-strict", "--quiet", "-w", str(THEME), "-w", str(settings.root / CONFIG)]
    program = "properdocs" if settings.engine == "properdocs" else "mkdocs"
    return [sys.executable, "-m", program, "serve", "-f", str(config), "-a", address, *options]


def serve(
    command: list[str],
    environment: dict[str, str],
    folders: Iterable[Path],
    restage: Callable[[], None],
) -> None:
    """Run the engine's server until we are stopped, whichever way; call `restage` after every change in `folders`.

    Raises:
        SiteError: the server ended by itself, for instance because the port is taken.
    """
    signal.signal(signal.SIGTERM, _interrupt)
    server = subprocess.Popen(command, env=environment)  # noqa: S603 - our own interpreter with arguments from us
    try:
        for changes in watch(*folders, watch_filter=Sources(), yield_on_timeout=True, rust_timeout=1000):
            if server.poll() is not None:
                raise SiteError(t("errors.site.stopped", code=server.returncode))
            if changes:
                restage()
    finally:
        server.terminate()
        server.wait()


def _interrupt(*_signal: object) -> None:
    """End as after Ctrl+C: else the engine's server would go on without us, and keep the port."""
    raise KeyboardInterrupt
