"""The `serve` verb: builds, serves on this machine only, rebuilds on change."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console

from build_scripts.build import stage_all
from build_scripts.cli.ahead import ahead
from build_scripts.cli.clock import today
from build_scripts.cli.options import (
    PACKAGE_DEFAULT,
    AsOfOption,
    Engine,
    EngineOption,
    KnownOption,
    OutOption,
    PackageOption,
    settings,
)
from build_scripts.cli.plain import Plain
from build_scripts.core.errors import SiteError
from build_scripts.core.settings import Settings
from build_scripts.locale import t
from build_scripts.report.reach import of_day
from build_scripts.site.engine import engine_environment, write_config
from build_scripts.site.live import Builder, keep_in_step
from build_scripts.site.live_server import LiveServer
from build_scripts.site.serve import HOST, engine_command, watched, with_our_code
from build_scripts.site.serve import serve as serve_forever
from build_scripts.site.workplace import workplace

LIVE_WORDS = ("building", "problems", "none")
PortOption = Annotated[int, typer.Option("--port", min=1, max=65535, help=t("cli.option.port"))]


def serve(
    package: PackageOption = PACKAGE_DEFAULT,
    as_of: AsOfOption = None,
    out: OutOption = None,
    engine: EngineOption = Engine.PAGES,
    port: PortOption = 8000,
    known: KnownOption = None,
) -> None:
    """Preview the site on this machine; it is built again whenever data, templates, words or code change."""
    chosen = settings(package, as_of, out, engine, known)
    console = Plain()
    if line := ahead(chosen):
        console.print(line)
    if engine == Engine.PAGES:
        _serve_live(chosen, [str(chosen.package_dir), as_of, str(chosen.out_dir), known], port, console)
        return
    with workplace(chosen.out_dir, lambda: console.print(t("site.run.waiting", path=chosen.out_dir))):
        report, _staged = stage_all(chosen, today())
        dated = of_day(chosen, report)
        config = write_config(dated, chosen.site_dir)
    console.print(t("cli.said.preview", address=f"{HOST}:{port}"))
    environment = engine_environment(dated)
    serve_forever(engine_command(chosen, config, port), environment, watched(chosen), lambda: _restage(chosen, console))


def _serve_live(chosen: Settings, options: list[str | None], port: int, console: Console) -> None:
    """Serve with the page engine: a warm process builds, open pages load again by themselves.

    Raises:
        SiteError: the port is taken.
    """
    try:
        server = LiveServer(chosen.site_dir, port, {name: t(f"site.live.{name}") for name in LIVE_WORDS})
    except OSError as failure:
        raise SiteError(t("site.live.port", port=port, reason=failure.strerror or failure)) from failure
    console.print(t("cli.said.preview", address=f"{HOST}:{port}"))

    def done(problems: Sequence[str]) -> None:
        for line in problems:
            console.print(line)
        if problems:
            console.print(t("cli.said.kept"))

    try:
        keep_in_step(chosen, server, Builder(options), done)
    finally:
        server.close()


def _restage(chosen: Settings, console: Console) -> None:
    """Restage in a new process, so that changed Python is read too; says what came of it."""
    command = [sys.executable, "-m", "build_scripts", "build", "--stage-only", "--wait", "--engine", chosen.engine]
    command += ["--package", str(chosen.package_dir), "--as-of", chosen.as_of.isoformat()]
    command += ["--known", chosen.known.isoformat()] if chosen.known else []
    command += ["--out", str(chosen.out_dir)]
    result = subprocess.run(command, cwd=chosen.root, env=with_our_code(), check=False)  # noqa: S603
    if result.returncode:
        console.print(t("cli.said.kept"))
